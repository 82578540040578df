//! Which drafts stand on a review branch.

use std::collections::HashMap;

use super::identity::stem;
use super::{Entry, Place};
use crate::config::Config;
use crate::git::{Error, Repo};
use crate::model::PostmortemId;

/// The review branch of each draft that has one: a local branch, other than the default one and the current one,
/// whose tree holds a document of that name where the draft would be published.
///
/// # Errors
/// Git's.
pub fn reviews(
    repo: &Repo,
    config: &Config,
    drafts: &[&Entry],
) -> Result<HashMap<PostmortemId, String>, Error> {
    let mut found = HashMap::new();
    let drafts: Vec<_> = drafts.iter().filter(|draft| matches!(draft.place, Place::Draft { .. })).collect();
    if drafts.is_empty() {
        return Ok(found);
    }
    let default = repo.default_branch()?;
    let current = repo.head()?.branch;
    for branch in repo.refs(&["refs/heads"])? {
        let name = branch.name.trim_start_matches("refs/heads/");
        let aside = Some(name) == default.as_deref() || Some(name) == current.as_deref();
        let Some(commit) = branch.commit.as_ref().filter(|_| !aside && name != config.drafts.branch) else {
            continue;
        };
        for folder in config.folders() {
            for entry in repo.list_dir(commit, &folder)? {
                let Ok(id) = PostmortemId::new(stem(&entry.name)) else { continue };
                if drafts.iter().any(|draft| draft.id == id) {
                    found.entry(id).or_insert_with(|| name.to_owned());
                }
            }
        }
    }
    Ok(found)
}

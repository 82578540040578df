//! Names that documents had: an id that was used once stays valid when its file is moved, or comes to share its name.

use std::collections::HashMap;

use super::find::{find, wanted, whole};
use super::identity::possible_ids;
use super::{Entry, FindError, Place};
use crate::config::Config;
use crate::git::{CommitId, Error, Repo};
use crate::model::PostmortemId;

/// The one entry that `typed` names, or named once: what [`super::find()`] finds, but where the whole of a name was typed
/// that nothing has today, the history is asked who had it, before a part of another's name counts.
///
/// # Errors
/// As [`super::find()`].
pub fn find_ever<'a>(
    repo: &Repo,
    config: &Config,
    commit: Option<&CommitId>,
    entries: &'a [Entry],
    typed: &str,
) -> Result<&'a Entry, FindError> {
    let found = find(entries, typed);
    let is_whole = || PostmortemId::new(&wanted(typed)).is_ok_and(|id| id.short() != id.as_str());
    if whole(entries, typed).is_some() || found.is_ok() && !is_whole() {
        return found;
    }
    // A history that cannot be read has no better answer.
    let former = commit.and_then(|commit| had(repo, config, commit, entries, typed).ok().flatten());
    former.map_or(found, Ok)
}

/// The published document that had a name: the first that came to it, where several did.
fn had<'a>(
    repo: &Repo,
    config: &Config,
    commit: &CommitId,
    entries: &'a [Entry],
    typed: &str,
) -> Result<Option<&'a Entry>, Error> {
    let Ok(name) = PostmortemId::new(&wanted(typed)) else { return Ok(None) };
    let folders = config.folders();
    // Which document of today a path has become, as we go back from the newest change.
    let mut became: HashMap<String, &Entry> = entries
        .iter()
        .filter(|entry| entry.place == Place::Tree && entry.repo.is_none())
        .map(|entry| (entry.path.clone(), entry))
        .collect();
    let places: Vec<&str> = folders.iter().map(String::as_str).collect();
    let mut first = None;
    for (path, from) in repo.brought_below(commit, &places)? {
        // Before this change, another document may have stood there.
        let Some(entry) = became.remove(&path) else { continue };
        if possible_ids(&path, &folders).any(|id| id == name) {
            first = Some(entry);
        }
        if let Some(from) = from {
            became.insert(from, entry);
        }
    }
    Ok(first)
}

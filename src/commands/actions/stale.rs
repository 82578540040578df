//! Which rows nobody seems to work on, and why.

use std::collections::HashSet;

use super::filter::Row;
use crate::error::CliError;
use crate::git::{CommitId, Repo};
use crate::model::ActionItem;
use crate::promise::{People, named_files};
use crate::session::Project;

/// Where a file of owners may be, the first that there is counts.
const CODEOWNERS: [&str; 4] = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"];

/// Keeps the rows that look forgotten, each with its reason. Rows of other repositories are not judged: their people are
/// others.
pub(super) fn keep(rows: &mut Vec<Row<'_>>, project: &Project) -> Result<(), CliError> {
    rows.retain(|row| row.entry.repo.is_none());
    let items: Vec<&ActionItem> = rows.iter().map(|row| row.action).collect();
    let reasons = reasons(&items, project, project.now.timestamp())?;
    rows.iter_mut().zip(reasons).for_each(|(row, reason)| row.stale = reason);
    rows.retain(|row| row.stale.is_some());
    Ok(())
}

/// Why each of some items looks forgotten at an instant, if it does.
pub(in crate::commands) fn reasons(
    items: &[&ActionItem],
    project: &Project,
    now: i64,
) -> Result<Vec<Option<String>>, CliError> {
    let Some(commit) = project.commit.as_ref().filter(|_| !items.is_empty()) else {
        return Ok(vec![None; items.len()]);
    };
    let committers = project.repo.committers(commit)?;
    let owners = code_owners(&project.repo, commit)?;
    let authors = committers.iter().map(|one| (one.name.as_str(), one.mail.as_str(), one.last));
    let people = People::new(authors, owners.as_deref());
    let files = gone(items, &project.repo, commit)?;
    let reason = |item: &&ActionItem| {
        let owner = item.owner.as_deref().and_then(|owner| people.gone(owner, &project.config, now));
        let gone = named_files(&item.text).filter(|file| files.contains(*file));
        let gone = gone.map(|file| format!("{file} is gone"));
        let reasons: Vec<String> = owner.into_iter().chain(gone).collect();
        (!reasons.is_empty()).then(|| reasons.join("; "))
    };
    Ok(items.iter().map(reason).collect())
}

/// Of the files that items name, those that the history had and the examined revision has not.
fn gone(items: &[&ActionItem], repo: &Repo, commit: &CommitId) -> Result<HashSet<String>, CliError> {
    let named: HashSet<&str> = items.iter().flat_map(|item| named_files(&item.text)).collect();
    let mut missing = Vec::new();
    for file in named {
        if repo.file(commit, file)?.is_none() {
            missing.push(file);
        }
    }
    if missing.is_empty() {
        return Ok(HashSet::new());
    }
    let removed = repo.removed_below(commit, &missing)?;
    let is_it = |path: &String| missing.contains(&path.as_str());
    Ok(removed.into_iter().map(|(path, _)| path).filter(is_it).collect())
}

/// The text of the file that names owners, as of a commit.
///
/// # Errors
/// Git's.
pub(in crate::commands) fn code_owners(repo: &Repo, commit: &CommitId) -> Result<Option<String>, CliError> {
    for path in CODEOWNERS {
        if let Some(file) = repo.file(commit, path)? {
            return Ok(Some(String::from_utf8_lossy(&repo.read(&file.blob)?).into_owned()));
        }
    }
    Ok(None)
}

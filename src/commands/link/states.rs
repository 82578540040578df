//! Where the links of a document lead by now.

use std::collections::HashMap;

use super::resolve::Names;
use crate::error::CliError;
use crate::git::{Commit, CommitId, Repo, Tag};
use crate::model::Link;
use crate::render::links::{LinkRow, LinkState, TwinRow};
use crate::session::Project;

/// A link's place in the list, and its revision as its own repository knows it.
type Own = (usize, String);

/// The links of a document, each with its state: git is asked once for all that lead here.
///
/// # Errors
/// git's.
pub(super) fn states(project: &Project, names: &Names<'_>, links: &[Link]) -> Result<Vec<LinkRow>, CliError> {
    let mut by_repo: Vec<(Option<String>, Vec<Own>)> = Vec::new();
    let mut rows: Vec<LinkRow> = links.iter().map(|link| LinkRow::new(link, LinkState::Unresolved)).collect();
    for (at, link) in links.iter().enumerate() {
        if !link.role.is_revision() {
            rows[at].state = LinkState::Address;
            continue;
        }
        let prefix = names.prefix(&link.revision);
        let (repo, revision) = match &prefix {
            Some((name, revision, _)) => (Some((*name).to_owned()), (*revision).to_owned()),
            None => (None, link.revision.clone()),
        };
        match by_repo.iter_mut().find(|(known, _)| *known == repo) {
            Some((_, own)) => own.push((at, revision)),
            None => by_repo.push((repo, vec![(at, revision)])),
        }
    }
    for (repo, own) in by_repo {
        let other = match &repo {
            None => None,
            Some(_) => {
                let folder = names.prefix(&links[own[0].0].revision).map(|(_, _, folder)| folder);
                match folder.and_then(|folder| Names::open(&folder)) {
                    Some(other) => Some(other),
                    // Not at hand: what was recorded stands, and nobody can tell more here.
                    None => continue,
                }
            }
        };
        in_repo(other.as_ref().unwrap_or(&project.repo), &own, &mut rows)?;
    }
    Ok(rows)
}

/// The links into one repository.
fn in_repo(repo: &Repo, own: &[Own], rows: &mut [LinkRow]) -> Result<(), CliError> {
    let tags: HashMap<&str, CommitId> =
        repo.tags()?.iter().map(|Tag { name, commit, .. }| (name.as_str(), *commit)).collect();
    let mut there: Vec<(usize, CommitId)> = Vec::new();
    for (at, revision) in own {
        let end = revision.split_once("..").map_or(revision.as_str(), |(_, to)| to.trim_start_matches('.'));
        let row = &mut rows[*at];
        let recorded = row.commit.as_deref().unwrap_or(end);
        let full: Option<CommitId> = recorded.parse().ok();
        // A person may have written the row, with a short id or with none.
        let commit = match full {
            Some(full) => repo.commit(&full).ok().map(|commit| commit.id),
            None => repo.resolve(recorded).ok(),
        };
        match commit {
            Some(commit) => there.push((*at, commit)),
            None if repo.is_shallow() => row.state = LinkState::Unseen,
            None if row.commit.is_none() => row.state = LinkState::Unresolved,
            None => {
                row.state = LinkState::Vanished;
                row.twin = namesake(repo, row)?.map(|twin| twin_row(&twin, "subject"));
            }
        }
        if let (Some(commit), Some(now)) = (commit, tags.get(end))
            && *now != commit
        {
            row.now = Some(now.to_string());
        }
    }
    let commits: Vec<CommitId> = there.iter().map(|(_, commit)| *commit).collect();
    let alone = repo.unreachable(&commits)?;
    for (at, commit) in there {
        let row = &mut rows[at];
        row.state = match (alone.contains(&commit), row.now.is_some()) {
            (true, _) => {
                row.twin = repo.twin(&commit)?.map(|twin| twin_row(&twin, "patch"));
                LinkState::Unreachable
            }
            (false, true) => LinkState::Moved,
            (false, false) => LinkState::Reachable,
        };
    }
    Ok(())
}

fn twin_row(twin: &Commit, by: &'static str) -> TwinRow {
    TwinRow { commit: twin.id.to_string(), subject: twin.subject.clone(), by }
}

/// The commit with the subject of one that is gone: its patch cannot be compared any more.
fn namesake(repo: &Repo, row: &LinkRow) -> Result<Option<Commit>, CliError> {
    if row.subject.is_empty() {
        return Ok(None);
    }
    let escaped: String = row.subject.chars().fold(String::new(), |mut escaped, c| {
        if r"\^$.[]|()?*+{}".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
        escaped
    });
    let found = repo.saying(&format!("^{escaped}"), &[])?;
    Ok(found.into_iter().find(|commit| commit.subject == row.subject))
}

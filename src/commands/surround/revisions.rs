//! Where the links of many documents lead: whether the commits are there, on a branch or tag, and of which day.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::DateTime;

use crate::deploy::is_version_of;
use crate::error::CliError;
use crate::git::{CommitId, Repo};
use crate::lint::{Revision, Standing};
use crate::model::Link;

/// What became of links, by revision and commit as written.
pub(super) type Resolved = HashMap<(String, String), Revision>;

/// What a link leads to, as far as that is known yet.
#[derive(Debug, Clone, Copy)]
enum Lead {
    Commit(CommitId),
    Missing,
    /// Nobody can tell here.
    Unknown,
}

/// Resolves links in one question, and asks in another which of the commits no branch or tag has. Revisions of other
/// repositories, numbers of pull requests, and what a shallow clone cannot have are left alone.
///
/// # Errors
/// Git's.
pub(super) fn resolve<'l>(repo: &Repo, links: impl Iterator<Item = &'l Link>) -> Result<Resolved, CliError> {
    let is_here = |link: &&Link| link.role.is_revision() && !link.revision.contains(':');
    let mut wanted: Vec<&Link> = links.filter(is_here).collect();
    wanted.sort_by_key(|link| (&link.revision, &link.commit));
    wanted.dedup_by_key(|link| (&link.revision, &link.commit));
    if wanted.is_empty() {
        return Ok(Resolved::new());
    }
    let mut names: Vec<&str> = wanted.iter().flat_map(|link| sides(link)).collect();
    names.sort_unstable();
    names.dedup();
    let found = repo.named_each(&names)?;
    let mut leads: HashMap<&str, Lead> = HashMap::with_capacity(names.len());
    for (name, found) in names.iter().zip(found) {
        let lead = match found {
            Ok(named) => Lead::Commit(named.commit),
            Err(_) => without_a_name(repo, name)?,
        };
        leads.insert(name, lead);
    }
    let of = |link: &Link| -> Lead {
        // Of a range the end counts, and the beginning has to be there as well.
        let mut all = sides(link).map(|name| leads.get(name).copied().unwrap_or(Lead::Unknown));
        let end = all.next().unwrap_or(Lead::Unknown);
        match all.next() {
            Some(Lead::Missing) => Lead::Missing,
            _ => end,
        }
    };
    let leads: Vec<Lead> = wanted.iter().map(|link| of(link)).collect();
    let mut commits: Vec<CommitId> =
        leads.iter().filter_map(|lead| if let Lead::Commit(id) = lead { Some(*id) } else { None }).collect();
    commits.sort_unstable();
    commits.dedup();
    let alone: HashSet<CommitId> = repo.unreachable(&commits)?.into_iter().collect();
    let mut resolved = Resolved::with_capacity(wanted.len());
    for (link, lead) in wanted.into_iter().zip(leads) {
        let revision = match lead {
            Lead::Unknown => continue,
            Lead::Missing => Revision { standing: Standing::Missing, day: None },
            Lead::Commit(id) => {
                let committed = DateTime::from_timestamp(repo.commit(&id)?.committed, 0);
                let standing = if alone.contains(&id) { Standing::Unreachable } else { Standing::Reachable };
                Revision { standing, day: committed.map(|committed| committed.date_naive()) }
            }
        };
        resolved.insert((link.revision.clone(), link.commit.clone()), revision);
    }
    Ok(resolved)
}

/// The revisions of one document's links. Where two rows name one revision, the one that leads to less counts.
pub(super) fn of(links: &[Link], resolved: &Resolved) -> BTreeMap<String, Revision> {
    let mut own: BTreeMap<String, Revision> = BTreeMap::new();
    let rank = |standing: Standing| match standing {
        Standing::Reachable => 0,
        Standing::Unreachable => 1,
        Standing::Missing => 2,
    };
    for link in links.iter().filter(|link| link.role.is_revision()) {
        let Some(found) = resolved.get(&(link.revision.clone(), link.commit.clone())) else { continue };
        let known = own.entry(link.revision.clone()).or_insert_with(|| found.clone());
        if rank(found.standing) > rank(known.standing) {
            *known = found.clone();
        }
    }
    own
}

/// The names to look up for a link, the one that counts first: the recorded commit, else the revision, of a range its
/// end; then the beginning of the range.
fn sides(link: &Link) -> impl Iterator<Item = &str> {
    let (from, to) = link.range().map_or((None, link.revision.as_str()), |(from, to)| (Some(from), to));
    let end = if link.commit.is_empty() { to } else { &link.commit };
    std::iter::once(end).chain(from).map(str::trim).filter(|name| !name.is_empty())
}

/// What a name means that git does not know: the version of a tag, else nothing that is here.
fn without_a_name(repo: &Repo, name: &str) -> Result<Lead, CliError> {
    // `#123` is found by a search through all messages, which is another command's to make.
    let is_number = name.starts_with(['#', '!']) || name.to_lowercase().starts_with("pr");
    if is_number || repo.is_shallow() {
        return Ok(Lead::Unknown);
    }
    let mut tags = repo.tags()?.iter().filter(|tag| is_version_of(&tag.name, name));
    Ok(match (tags.next(), tags.next()) {
        (Some(tag), None) => Lead::Commit(tag.commit),
        (Some(_), Some(_)) => Lead::Unknown,
        (None, _) => Lead::Missing,
    })
}

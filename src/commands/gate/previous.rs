//! Which tags are releases of what, and the release before one.

use std::collections::{HashMap, HashSet};

use crate::config::{Config, fits_name};
use crate::error::CliError;
use crate::git::{CommitId, Linked, Repo, Tag};
use crate::promise::{is_pre_release, version_order};

/// The services whose release a tag is, by name.
pub(super) fn services(config: &Config, tag: &str) -> Vec<String> {
    let own = config.services.iter();
    let own = own.filter(|(_, service)| service.tags.iter().any(|pattern| fits_name(pattern, tag)));
    own.map(|(name, _)| name.clone()).collect()
}

/// Whether a tag is judged at all.
pub(super) fn is_judged(config: &Config, tag: &str) -> bool {
    config.gate_tags().iter().any(|pattern| fits_name(pattern, tag)) || !services(config, tag).is_empty()
}

/// The patterns of a tag's earlier releases: its services', else the gate's own that it fits, else all that are judged.
pub(super) fn patterns<'c>(config: &'c Config, tag: Option<&str>) -> Vec<&'c str> {
    let all = config.gate_tags().iter().map(String::as_str);
    let Some(tag) = tag else { return all.collect() };
    let own = services(config, tag);
    let of_services =
        own.iter().filter_map(|name| config.services.get(name)).flat_map(|service| &service.tags);
    let of_services: Vec<&str> = of_services.map(String::as_str).collect();
    if !of_services.is_empty() {
        return of_services;
    }
    let fitting: Vec<&str> = all.clone().filter(|pattern| fits_name(pattern, tag)).collect();
    if fitting.is_empty() { all.collect() } else { fitting }
}

/// The release before one.
pub(super) struct Previous {
    /// Its tag.
    pub(super) tag: Tag,
    /// The commits that came since.
    pub(super) new: HashSet<CommitId>,
}

/// The release before a commit: of the tags that fit and whose commit is a proper ancestor the nearest by number of
/// commits, then by version. Pre-releases count only for one. None means that there is none.
///
/// # Errors
/// Git's.
pub(super) fn previous(
    repo: &Repo,
    commit: &CommitId,
    patterns: &[&str],
    tag: Option<&str>,
) -> Result<Option<Previous>, CliError> {
    let counts_pre = tag.is_some_and(is_pre_release);
    let is_one = |found: &&Tag| {
        found.commit != *commit
            && Some(found.name.as_str()) != tag
            && patterns.iter().any(|pattern| fits_name(pattern, &found.name))
            && (counts_pre || !is_pre_release(&found.name))
    };
    // Of several tags on one commit, the highest version.
    let mut releases: HashMap<CommitId, &Tag> = HashMap::new();
    for found in repo.tags()?.iter().filter(is_one) {
        let known = releases.entry(found.commit).or_insert(found);
        if version_order(&found.name, &known.name).is_gt() {
            *known = found;
        }
    }
    if releases.is_empty() {
        return Ok(None);
    }
    let Some(met) = repo.first_met(commit, |id| releases.contains_key(id))? else { return Ok(None) };
    let (mut best, mut new) = (releases[&met], repo.range(&met, commit)?);
    // An ancestor of a release is further away than that: only what the first one does not have can be nearer.
    for other in newest(&new, &releases) {
        let own = repo.range(&other.commit, commit)?;
        let is_later = || version_order(&other.name, &best.name).is_gt();
        if own.len() < new.len() || own.len() == new.len() && is_later() {
            (best, new) = (other, own);
        }
    }
    Ok(Some(Previous { tag: best.clone(), new: new.into_iter().map(|(id, _)| id).collect() }))
}

/// The releases among some commits, children first, that no other release among them has.
fn newest<'t>(commits: &[Linked], releases: &HashMap<CommitId, &'t Tag>) -> Vec<&'t Tag> {
    let mut is_had: HashSet<CommitId> = HashSet::new();
    let mut newest = Vec::new();
    for (id, parents) in commits {
        let release = releases.get(id);
        newest.extend(release.filter(|_| !is_had.contains(id)));
        if release.is_some() || is_had.contains(id) {
            is_had.extend(parents);
        }
    }
    newest
}

//! Which tags are releases of what, and the release before one.

use crate::config::{Config, fits_name};
use crate::error::CliError;
use crate::git::{CommitId, Repo, Tag};
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
) -> Result<Option<Tag>, CliError> {
    let counts_pre = tag.is_some_and(is_pre_release);
    let is_one = |found: &Tag| {
        found.commit != *commit
            && Some(found.name.as_str()) != tag
            && patterns.iter().any(|pattern| fits_name(pattern, &found.name))
            && (counts_pre || !is_pre_release(&found.name))
    };
    let mut all: Vec<Tag> = repo.tags_within(commit, None)?.into_iter().filter(is_one).collect();
    let Some(newest) = all.iter().max_by_key(|found| found.created) else { return Ok(None) };
    // An ancestor of a candidate is further away than that: only what the newest does not have can be nearer.
    let beside: Vec<Tag> = match all.len() {
        1 => Vec::new(),
        _ => repo.tags_within(commit, Some(&newest.commit))?.into_iter().filter(is_one).collect(),
    };
    let mut best = newest.commit;
    if !beside.is_empty() {
        let distance = |found: &CommitId| Ok::<_, CliError>(repo.ahead_behind(commit, found)?.0);
        let mut nearest = (distance(&best)?, newest.name.clone());
        for other in &beside {
            let own = (distance(&other.commit)?, other.name.clone());
            if own.0 < nearest.0 || (own.0 == nearest.0 && version_order(&own.1, &nearest.1).is_gt()) {
                (nearest, best) = (own, other.commit);
            }
        }
    }
    all.retain(|found| found.commit == best);
    Ok(all.into_iter().max_by(|a, b| version_order(&a.name, &b.name)))
}

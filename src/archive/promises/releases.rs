//! Release tags, and which of them are whose.

use super::super::Entry;
use crate::config::{Config, fits_name};
use crate::git::{CommitId, Error, Repo, Tag};

/// A tag that is a release of some service, or of the repository.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Tagged {
    pub(super) name: String,
    pub(super) commit: CommitId,
}

impl Tagged {
    /// The release tags that were made by an instant.
    ///
    /// # Errors
    /// Git's.
    pub(super) fn read(repo: &Repo, config: &Config, until: Option<i64>) -> Result<Vec<Self>, Error> {
        let is_release = |name: &str| {
            let services = config.services.values().flat_map(|service| &service.tags);
            config.deploy.tags.iter().chain(services).any(|pattern| fits_name(pattern, name))
        };
        let is_there = |tag: &&Tag| until.is_none_or(|until| tag.created <= until);
        let tags = repo.tags()?.iter().filter(|tag| is_release(&tag.name)).filter(is_there);
        Ok(tags.map(|tag| Self { name: tag.name.clone(), commit: tag.commit }).collect())
    }
}

/// The patterns of a document's releases: of the services that it names, else of the repository.
pub(super) fn patterns<'c>(config: &'c Config, entry: &Entry) -> Vec<&'c str> {
    let named = entry.postmortem.service.as_deref().unwrap_or_default().split(',').map(str::trim);
    let own = named.filter_map(|name| {
        config.services.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, service)| service)
    });
    let own: Vec<&str> = own.flat_map(|service| &service.tags).map(String::as_str).collect();
    if own.is_empty() { config.deploy.tags.iter().map(String::as_str).collect() } else { own }
}

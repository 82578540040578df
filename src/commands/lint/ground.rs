//! Where a lint stands: a repository with its configuration and documents, or nowhere.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::LintArgs;
use super::around::Around;
use crate::archive::{Archive, Depth, Entry};
use crate::config::Config;
use crate::document::Vocabulary;
use crate::error::CliError;
use crate::git::Repo;
use crate::session::{Examine, Project, Session};

/// A repository, read as far as it was needed, or none.
pub(super) struct Ground {
    project: Result<Project, CliError>,
    /// Published documents and drafts, by their rows.
    everything: OnceCell<Archive>,
    /// Published documents, their items as history has them.
    published: OnceCell<Archive>,
    /// Where each published document stands among them, by its path.
    by_path: OnceCell<HashMap<String, usize>>,
    /// What holds outside any repository.
    defaults: (Config, Vocabulary),
}

impl Ground {
    /// Stands where the run does.
    ///
    /// # Errors
    /// A faulty configuration, an unknown revision; outside a repository alone is none.
    pub(super) fn new(session: &Session, args: &LintArgs) -> Result<Self, CliError> {
        let project = match Repo::open(session.place()) {
            Ok(repo) => {
                let examine = Examine { rev: args.rev.clone(), ..Examine::default() };
                Ok(session.examine_in(repo, &examine)?)
            }
            Err(error) => Err(error.into()),
        };
        let config = Config::default();
        let vocabulary = config.vocabulary();
        let defaults = (config, vocabulary);
        let (everything, published, by_path) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Ok(Self { project, everything, published, by_path, defaults })
    }

    /// The repository.
    ///
    /// # Errors
    /// Where there is none.
    pub(super) fn project(&self) -> Result<&Project, CliError> {
        self.project.as_ref().map_err(Clone::clone)
    }

    pub(super) fn config(&self) -> &Config {
        self.project.as_ref().map_or(&self.defaults.0, |project| &project.config)
    }

    pub(super) fn vocabulary(&self) -> &Vocabulary {
        self.project.as_ref().map_or(&self.defaults.1, |project| &project.vocabulary)
    }

    /// Published documents and drafts.
    ///
    /// # Errors
    /// git's.
    pub(super) fn archive(&self) -> Result<&Archive, CliError> {
        keep(&self.everything, || self.project()?.everything())
    }

    /// Published documents.
    ///
    /// # Errors
    /// git's.
    pub(super) fn published(&self) -> Result<&[Entry], CliError> {
        Ok(&self.settled()?.entries)
    }

    /// The published document at a path from the top.
    pub(super) fn published_at(&self, path: &str) -> Option<&Entry> {
        let entries = self.published().ok()?;
        let by_path = self
            .by_path
            .get_or_init(|| entries.iter().enumerate().map(|(at, entry)| (entry.path.clone(), at)).collect());
        entries.get(*by_path.get(path)?)
    }

    /// The published documents with the status in force of their items, and what of them was not seen.
    ///
    /// # Errors
    /// git's.
    pub(super) fn settled(&self) -> Result<&Archive, CliError> {
        keep(&self.published, || settled(self.project()?))
    }

    /// What is known beside documents.
    ///
    /// # Errors
    /// git's.
    pub(super) fn around(&self) -> Result<Around<'_>, CliError> {
        match &self.project {
            Ok(project) => Around::new(project, self.settled()?),
            Err(_) => Ok(Around::nowhere()),
        }
    }
}

/// The published documents of a repository with the status in force of their items.
///
/// # Errors
/// git's.
pub(super) fn settled(project: &Project) -> Result<Archive, CliError> {
    let mut archive = project.published()?;
    project.settle(&mut archive, Depth::Words, None, None)?;
    // Of what others say only promises that are still owed are compared: of thousands the rest would fill the memory.
    for entry in &mut archive.entries {
        let postmortem = &mut entry.postmortem;
        postmortem.actions.retain(|item| item.status.is_owed());
        postmortem.actions.shrink_to_fit();
        postmortem.links = Vec::new();
    }
    Ok(archive)
}

fn keep<T>(cell: &OnceCell<T>, make: impl FnOnce() -> Result<T, CliError>) -> Result<&T, CliError> {
    if let Some(made) = cell.get() {
        return Ok(made);
    }
    let made = make()?;
    Ok(cell.get_or_init(|| made))
}

//! Where a lint stands: a repository with its configuration and documents, or nowhere.

use std::cell::OnceCell;

use super::LintArgs;
use super::around::Around;
use crate::archive::Archive;
use crate::commands::surround::{Page, Published};
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
    published: OnceCell<Published>,
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
        Ok(Self { project, everything: OnceCell::new(), published: OnceCell::new(), defaults })
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

    /// Published documents, and what of them was not seen.
    ///
    /// # Errors
    /// git's.
    pub(super) fn published(&self) -> Result<&Published, CliError> {
        keep(&self.published, || Published::read(self.project()?))
    }

    /// The published document at a path from the top.
    pub(super) fn published_at(&self, path: &str) -> Option<Page<'_>> {
        let published = self.published().ok()?;
        Some(published.page(published.place(path)?))
    }

    /// What is known beside documents.
    ///
    /// # Errors
    /// git's.
    pub(super) fn around(&self) -> Result<Around<'_>, CliError> {
        match &self.project {
            Ok(project) => Around::new(project, self.published()?),
            Err(_) => Ok(Around::nowhere()),
        }
    }
}

fn keep<T>(cell: &OnceCell<T>, make: impl FnOnce() -> Result<T, CliError>) -> Result<&T, CliError> {
    if let Some(made) = cell.get() {
        return Ok(made);
    }
    let made = make()?;
    Ok(cell.get_or_init(|| made))
}

//! The one place at which lint asks what surrounds documents.

use std::sync::Arc;

pub(in crate::commands) use crate::commands::surround::Beside;
use crate::commands::surround::{Published, Surround};
use crate::error::CliError;
use crate::lint::Surroundings;
use crate::session::Project;

/// What is known beside documents.
pub(in crate::commands) struct Around<'p>(Option<Surround<'p>>);

impl<'p> Around<'p> {
    /// Outside any repository.
    pub(in crate::commands) fn nowhere() -> Self {
        Self(None)
    }

    /// In a repository, whose published documents are at hand.
    ///
    /// # Errors
    /// git's.
    pub(in crate::commands) fn new(project: &'p Project, published: &'p Published) -> Result<Self, CliError> {
        Ok(Self(Some(Surround::new(project, published)?)))
    }

    /// The surroundings of some documents, in their order.
    ///
    /// # Errors
    /// git's.
    pub(in crate::commands) fn of(&self, documents: &[Beside<'_>]) -> Result<Vec<Surroundings>, CliError> {
        // People are the same in all of them.
        let in_prose = Arc::default();
        let one = |document: &Beside<'_>| Surroundings {
            file: document.file.to_owned(),
            id: document.id.map(ToString::to_string),
            state: document.state,
            in_prose: Arc::clone(&in_prose),
            ..Surroundings::default()
        };
        match &self.0 {
            Some(surround) => surround.of(documents),
            None => Ok(documents.iter().map(one).collect()),
        }
    }
}

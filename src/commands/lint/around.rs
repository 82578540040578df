//! The one place at which lint asks what surrounds documents.

use std::sync::Arc;

use crate::archive::Archive;
use crate::error::CliError;
use crate::lint::Surroundings;
use crate::model::{Postmortem, PostmortemId, State};
use crate::session::Project;

/// A document whose surroundings are asked for.
#[derive(Debug, Clone, Copy)]
pub(in crate::commands) struct Beside<'d> {
    /// The file's path as it is told to the reader.
    pub(in crate::commands) file: &'d str,
    /// The document's id, where it has one.
    pub(in crate::commands) id: Option<&'d PostmortemId>,
    /// Where it stands, where that is known.
    pub(in crate::commands) state: Option<State>,
    /// What it says.
    #[allow(dead_code, reason = "links and promises of a document decide what is looked up")]
    pub(in crate::commands) postmortem: &'d Postmortem,
}

/// What is known beside documents.
pub(in crate::commands) struct Around<'p>(Option<&'p Project>);

impl<'p> Around<'p> {
    /// Outside any repository.
    pub(in crate::commands) fn nowhere() -> Self {
        Self(None)
    }

    /// In a repository, whose published documents are at hand with the status in force of their items.
    ///
    /// # Errors
    /// git's.
    pub(in crate::commands) fn new(project: &'p Project, _published: &'p Archive) -> Result<Self, CliError> {
        Ok(Self(Some(project)))
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
            now: self.0.map(|project| project.now),
            in_prose: Arc::clone(&in_prose),
            ..Surroundings::default()
        };
        Ok(documents.iter().map(one).collect())
    }
}

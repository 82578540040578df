//! What is known beside documents, gathered for many of them at once: the people, the past, the commits and files that they
//! name.
//!
//! What is the same for all documents is read once; the rest takes a git process or two for as many documents as are
//! asked about together.

mod people;
mod published;
mod revisions;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

pub use published::{Page, Published};

use crate::commands::actions::stale;
use crate::error::CliError;
use crate::git::{CommitId, Repo};
use crate::lint::{Closed, InProse, Past, Surroundings};
use crate::model::{ActionItem, Postmortem, State};
use crate::promise::{People, named_files};
use crate::session::Project;

/// The names and handles of the people of a repository, as written.
///
/// # Errors
/// Git's.
pub fn names(repo: &Repo, commit: &CommitId) -> Result<BTreeSet<String>, CliError> {
    Ok(people::read(repo, commit)?.0)
}

/// A document whose surroundings are asked for.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'d> {
    /// The file's path as it is told to the reader.
    pub file: &'d str,
    /// The document's id, where it has one.
    pub id: Option<&'d str>,
    /// Where it stands, where that is known.
    pub state: Option<State>,
    /// What it says.
    pub postmortem: &'d Postmortem,
}

/// What is the same for all documents of a repository.
pub struct Surround<'p> {
    project: &'p Project,
    names: Arc<BTreeSet<String>>,
    people: Option<Arc<People>>,
    past: Arc<Past>,
    /// The people as prose names them, once a rule asks.
    in_prose: InProse,
    published: &'p Published,
}

impl<'p> Surround<'p> {
    /// Reads what is the same for all documents.
    ///
    /// # Errors
    /// Git's.
    pub fn new(project: &'p Project, published: &'p Published) -> Result<Self, CliError> {
        let (names, people) = match &project.commit {
            Some(commit) => {
                let (names, people) = people::read(&project.repo, commit)?;
                (names, Some(Arc::new(people)))
            }
            None => (BTreeSet::new(), None),
        };
        let past = published.past(project)?;
        Ok(Self { project, names: Arc::new(names), people, past, in_prose: Arc::default(), published })
    }

    /// The surroundings of some documents, in their order.
    ///
    /// # Errors
    /// Git's.
    pub fn of(&self, documents: &[Beside<'_>]) -> Result<Vec<Surroundings>, CliError> {
        let links = documents.iter().flat_map(|document| &document.postmortem.links);
        let revisions = revisions::resolve(&self.project.repo, links)?;
        let gone = match &self.project.commit {
            Some(commit) => {
                let items: Vec<&ActionItem> = documents.iter().flat_map(owed).collect();
                Some(stale::gone(&items, &self.project.repo, commit)?)
            }
            None => None,
        };
        let one = |document: &Beside<'_>| Surroundings {
            file: document.file.to_owned(),
            id: document.id.map(ToString::to_string),
            state: document.state,
            now: Some(self.project.now),
            names: Arc::clone(&self.names),
            people: self.people.clone(),
            gone: gone.as_ref().map(|gone| named_and_gone(document, gone)),
            revisions: revisions::of(&document.postmortem.links, &revisions),
            closed: self.closed_of(document),
            older: Some(Arc::clone(&self.past)),
            in_prose: Arc::clone(&self.in_prose),
        };
        Ok(documents.iter().map(one).collect())
    }

    /// A draft's rows may be another document's by the same name: only of what is published history tells.
    fn closed_of(&self, document: &Beside<'_>) -> BTreeMap<String, Closed> {
        let id = document.id.filter(|_| document.state == Some(State::Published));
        id.and_then(|id| self.published.closed(id)).cloned().unwrap_or_default()
    }
}

/// The items that somebody still owes.
fn owed<'d>(document: &Beside<'d>) -> impl Iterator<Item = &'d ActionItem> + use<'d> {
    document.postmortem.actions.iter().filter(|item| item.status.is_owed())
}

fn named_and_gone(document: &Beside<'_>, gone: &HashSet<String>) -> BTreeSet<String> {
    let named = owed(document).flat_map(|item| named_files(&item.text));
    named.filter(|file| gone.contains(*file)).map(str::to_owned).collect()
}

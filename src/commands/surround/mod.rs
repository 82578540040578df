//! What is known beside documents, gathered for many of them at once: the people, the past, the commits and files that they
//! name.
//!
//! What is the same for all documents is read once; the rest takes a git process or two for as many documents as are
//! asked about together.

mod people;
mod revisions;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use crate::archive::{Archive, Entry, Place, causes_of};
use crate::commands::actions::stale;
use crate::document::Vocabulary;
use crate::error::CliError;
use crate::git::{CommitId, Repo};
use crate::lint::{Closed, InProse, Older, Past, Surroundings};
use crate::model::{ActionItem, Postmortem, PostmortemId, State, Status};
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
    pub id: Option<&'d PostmortemId>,
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
    /// What commits said about the items of published documents that their rows do not say, by the document's id.
    closed: HashMap<&'p str, BTreeMap<String, Closed>>,
}

impl<'p> Surround<'p> {
    /// Reads what is the same for all documents. The archive holds the published documents with all that they say (a
    /// selection without `statuses`), and is settled: the status of its items is the one in force.
    ///
    /// # Errors
    /// Git's.
    pub fn new(project: &'p Project, archive: &'p Archive) -> Result<Self, CliError> {
        let (names, people) = match &project.commit {
            Some(commit) => {
                let (names, people) = people::read(&project.repo, commit)?;
                (names, Some(Arc::new(people)))
            }
            None => (BTreeSet::new(), None),
        };
        let published: Vec<&Entry> = archive
            .entries
            .iter()
            .filter(|entry| entry.place == Place::Tree && entry.repo.is_none())
            .collect();
        let closed = published.iter().map(|entry| (entry.id.as_str(), closed(entry)));
        let closed = closed.filter(|(_, closed)| !closed.is_empty()).collect();
        let past = Arc::new(past(&project.repo, &project.vocabulary, &published)?);
        Ok(Self { project, names: Arc::new(names), people, past, in_prose: Arc::default(), closed })
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
        id.and_then(|id| self.closed.get(id.as_str())).cloned().unwrap_or_default()
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

/// The items of a document that a commit closed though their rows are open.
fn closed(entry: &Entry) -> BTreeMap<String, Closed> {
    let untold = entry.standings.iter().filter(|standing| {
        standing.row.is_owed() && matches!(standing.status, Status::Done | Status::Cancelled)
    });
    untold
        .filter_map(|standing| {
            let commit = standing.closed.as_ref()?.commit.short();
            Some((standing.label.clone(), Closed { commit, status: standing.status }))
        })
        .collect()
}

/// The published documents with their promises and causes, oldest first.
fn past(repo: &Repo, vocabulary: &Vocabulary, published: &[&Entry]) -> Result<Past, CliError> {
    let told = causes_of(repo, vocabulary, published)?;
    let mut all: Vec<Older> = published
        .iter()
        .zip(told)
        .map(|(entry, told)| Older {
            id: entry.id.to_string(),
            title: entry.postmortem.title.clone(),
            date: entry.postmortem.date,
            causes: told,
            actions: entry.postmortem.actions.iter().filter(|item| item.status.is_owed()).cloned().collect(),
        })
        .collect();
    all.sort_by(|a, b| (a.date, &a.id).cmp(&(b.date, &b.id)));
    Ok(Past::from(all))
}

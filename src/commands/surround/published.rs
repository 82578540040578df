//! The published documents, as little of each as it takes to name them and to compare others with them.
//!
//! Ten thousand of them must not fill the memory: what the archive says beside that is let go of before the first is looked
//! at.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::archive::{Archive, Depth, Entry, Place, Selection, Unseen, Wanted, each_cause};
use crate::error::CliError;
use crate::git::ObjectId;
use crate::lint::{Closed, Older, Past, Telling};
use crate::model::{PostmortemId, Status};
use crate::rank::small;
use crate::session::Project;

/// Of what others say only promises that are still owed are compared.
const OWED: [Status; 2] = [Status::Open, Status::Doing];

/// A published document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page<'p> {
    /// Its id.
    pub id: &'p str,
    /// Its path in the tree.
    pub path: &'p str,
    /// Its bytes.
    pub blob: ObjectId,
}

impl Page<'_> {
    /// The document as commands that change one take it: where it is, and nothing of what it says.
    #[must_use]
    pub fn entry(&self) -> Option<Entry> {
        let id = PostmortemId::new(self.id).ok()?;
        let (path, blob, standings) = (self.path.to_owned(), self.blob, Vec::new());
        Some(Entry { id, repo: None, path, place: Place::Tree, blob, postmortem: Box::default(), standings })
    }
}

/// Where the names of a document end, and its bytes.
#[derive(Debug)]
struct Named {
    id_end: u32,
    path_end: u32,
    blob: ObjectId,
}

/// All published documents of a repository.
#[derive(Debug, Default)]
pub struct Published {
    /// Id and path of each, one after the other.
    names: String,
    /// Newest incident first.
    documents: Vec<Named>,
    /// Their places in the order of paths.
    by_path: Vec<u32>,
    /// Their places, oldest incident first, as the past is told.
    oldest_first: Vec<u32>,
    /// The past without causes, until somebody asks for it.
    telling: RefCell<Telling>,
    past: OnceCell<Arc<Past>>,
    /// What commits said about items that their rows do not say, by the document's id.
    closed: HashMap<String, BTreeMap<String, Closed>>,
    /// What might have been there and was not seen.
    pub unseen: Vec<Unseen>,
}

impl Published {
    /// Reads them, their items with the status in force.
    ///
    /// # Errors
    /// Git's.
    pub fn read(project: &Project) -> Result<Self, CliError> {
        let wanted = Wanted::Items(OWED.to_vec());
        let selection = Selection { commit: project.commit, wanted, ..Selection::default() };
        let mut archive = project.load(&selection)?;
        project.settle(&mut archive, Depth::Words, Some(&OWED), None)?;
        Ok(Self::new(archive))
    }

    fn new(archive: Archive) -> Self {
        // What is being put by is waited for at the end of this: its bytes are not to lie beside the causes.
        let Archive { entries, unseen, writing: _writing, .. } = archive;
        let mut new = Self { unseen, ..Self::default() };
        let mut order: Vec<u32> = (0..entries.len()).map(small).collect();
        order.sort_unstable_by_key(|at| &entries[*at as usize].path);
        new.by_path.clone_from(&order);
        let age = |at: &u32| {
            let entry = &entries[*at as usize];
            (entry.postmortem.date, &entry.id)
        };
        order.sort_by(|a, b| age(a).cmp(&age(b)));
        for at in &order {
            let Entry { id, postmortem, .. } = &entries[*at as usize];
            let (title, date, actions) = (&postmortem.title, postmortem.date, &postmortem.actions);
            new.telling.get_mut().add(&Older { id: id.as_str(), title, date, actions });
        }
        new.oldest_first = order;
        new.documents.reserve_exact(entries.len());
        for entry in entries {
            new.names.push_str(entry.id.as_str());
            let id_end = small(new.names.len());
            new.names.push_str(&entry.path);
            new.documents.push(Named { id_end, path_end: small(new.names.len()), blob: entry.blob });
            let closed = closed(&entry);
            if !closed.is_empty() {
                new.closed.insert(entry.id.to_string(), closed);
            }
        }
        new.names.shrink_to_fit();
        new
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.documents.len()
    }

    /// The document at a place, newest incident first.
    #[must_use]
    pub fn page(&self, at: usize) -> Page<'_> {
        let Named { id_end, path_end, blob } = self.documents[at];
        let start = at.checked_sub(1).map_or(0, |before| self.documents[before].path_end as usize);
        let (id, path) = self.names[start..path_end as usize].split_at(id_end as usize - start);
        Page { id, path, blob }
    }

    /// All of them, newest incident first.
    pub fn pages(&self) -> impl Iterator<Item = Page<'_>> {
        (0..self.count()).map(|at| self.page(at))
    }

    /// The place of the document at a path from the top.
    #[must_use]
    pub fn place(&self, path: &str) -> Option<usize> {
        let found = self.by_path.binary_search_by(|at| self.page(*at as usize).path.cmp(path));
        Some(self.by_path[found.ok()?] as usize)
    }

    /// What a commit closed of a document's items though their rows are open.
    pub(super) fn closed(&self, id: &str) -> Option<&BTreeMap<String, Closed>> {
        self.closed.get(id)
    }

    /// The documents with their promises and causes, oldest first.
    pub(super) fn past(&self, project: &Project) -> Result<Arc<Past>, CliError> {
        if let Some(past) = self.past.get() {
            return Ok(Arc::clone(past));
        }
        let mut telling = self.telling.take();
        let pages = self.oldest_first.iter().map(|at| self.page(*at as usize));
        let files: Vec<(&str, ObjectId)> = pages.map(|page| (page.path, page.blob)).collect();
        each_cause(&project.repo, &project.vocabulary, &files, |at, told| telling.cause(at, told))?;
        Ok(Arc::clone(self.past.get_or_init(|| Arc::new(telling.end()))))
    }
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

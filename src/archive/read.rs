//! Blobs to meaning, in parallel, through the cache.

use serde::{Deserialize, Serialize};

use super::cache::{Cache, Key, encode, key};
use super::cores::on_all_cores;
use super::records::Records;
use super::shelf;
use super::stored::Stored;
use super::writing::Writing;
use crate::document::{Purpose, Source, Vocabulary, parse, purpose};
use crate::git::{Error, ObjectId, Repo};
use crate::model::{Postmortem, Status};

/// What a document turned out to be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) enum Reading {
    /// A post-mortem.
    Postmortem(Box<Postmortem>),
    /// A contents page or a template.
    Page(Purpose),
}

/// What of each document is wanted: memory costs more time than reading does.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Wanted {
    /// All of it.
    #[default]
    Everything,
    /// The action items in some states, which are not none, and what lists of them show of their documents.
    Items(Vec<Status>),
    /// The title and the links.
    Links,
}

impl Wanted {
    /// The states of items that are wanted, where not all are.
    #[must_use]
    pub fn statuses(&self) -> Option<&[Status]> {
        match self {
            Self::Items(statuses) => Some(statuses),
            Self::Everything | Self::Links => None,
        }
    }
}

/// Below this number of documents the cache costs more than it saves.
pub(super) const WORTH_CACHING: usize = 32;

/// As many documents are worth a thread for a little with each.
const MANY: usize = 1_000;

/// What is asked of documents.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'w> {
    /// What of each is kept.
    pub(super) wanted: &'w Wanted,
    /// Whether they come on a shelf.
    pub(super) is_shelved: bool,
}

/// A document that was read.
#[derive(Debug)]
pub(super) struct Read {
    /// What it is, as far as that is wanted.
    pub(super) reading: Reading,
    /// The same as it is stored on a shelf; nothing where it comes on none.
    pub(super) volume: Vec<u8>,
}

/// Reads documents, given as path and blob, in their order, and keeps what is wanted of them; a document that cannot be
/// read is an `Err` of words. What is read anew is put by in `writing`, if there is one.
pub(super) fn read_all(
    repo: &Repo,
    vocabulary: &Vocabulary,
    files: &[(&str, &ObjectId)],
    asked: Asked<'_>,
    writing: Option<&mut Writing>,
) -> Result<Vec<Result<Read, String>>, Error> {
    let fresh = |at: usize, bytes: &[u8]| read(files[at].0, bytes, vocabulary);
    if files.len() < WORTH_CACHING {
        let asked = Asked { is_shelved: false, ..asked };
        let read = repo.map_files(files, |at, bytes| asked.of(fresh(at, bytes)))?;
        return Ok(read.into_iter().map(|read| read.map_err(|error| error.to_string())).collect());
    }
    let file = stored(repo, vocabulary);
    let cache = Cache::open(&file);
    let of = |(path, blob): &(&str, &ObjectId)| key(blob, path);
    let keys: Vec<Key> =
        if files.len() < MANY { files.iter().map(of).collect() } else { on_all_cores(files, of) };
    let mut all: Vec<Option<Result<Read, String>>> = match cache.is_empty() {
        true => files.iter().map(|_| None).collect(),
        // Decoding is most of what the cache costs.
        false => on_all_cores(&keys, |key| cache.find(*key).map(|reading| Ok(asked.of(reading)))),
    };
    let missing: Vec<usize> = (0..files.len()).filter(|at| all[*at].is_none()).collect();
    let unread: Vec<(&str, &ObjectId)> = missing.iter().map(|at| files[*at]).collect();
    // Where nothing is new nothing is begun, not even a thread that would find that out.
    let writing = writing.filter(|_| !missing.is_empty());
    let records = writing.map(|writing| writing.records(&file, &keys));
    let pile = || records.map(Records::pile);
    let read = repo.map_files_with(&unread, pile, |pile, at, bytes| {
        let at = missing[at];
        let reading = fresh(at, bytes);
        if let Some(pile) = pile {
            pile.add(keys[at], |out| encode(&reading, out));
        }
        asked.of(reading)
    })?;
    for (at, read) in missing.into_iter().zip(read) {
        all[at] = Some(read.map_err(|error| error.to_string()));
    }
    Ok(all.into_iter().flatten().collect())
}

pub(super) fn read(path: &str, bytes: &[u8], vocabulary: &Vocabulary) -> Reading {
    let document = parse(&Source { name: path, bytes }, vocabulary);
    match purpose(path, &document) {
        Purpose::Postmortem => Reading::Postmortem(Box::new(document.into_postmortem())),
        other => Reading::Page(other),
    }
}

impl Asked<'_> {
    /// A reading without what nobody asked for.
    fn of(self, mut reading: Reading) -> Read {
        let mut volume = Vec::new();
        if let Reading::Postmortem(postmortem) = &mut reading {
            prune(postmortem, self.wanted);
            if self.is_shelved {
                volume = shelf::encode(postmortem);
            }
        }
        Read { reading, volume }
    }
}

fn prune(postmortem: &mut Postmortem, wanted: &Wanted) {
    match wanted {
        Wanted::Everything => return,
        Wanted::Items(statuses) => {
            postmortem.actions.retain(|action| statuses.contains(&action.status));
            postmortem.actions.shrink_to_fit();
            postmortem.links = Vec::new();
        }
        Wanted::Links => postmortem.actions = Vec::new(),
    }
    (postmortem.authors, postmortem.reviewers) = (Vec::new(), Vec::new());
    postmortem.sections = Vec::new();
}

/// The file of what was read before with these words.
pub(super) fn stored(repo: &Repo, vocabulary: &Vocabulary) -> Stored {
    Stored::new(&repo.state_dir(), reader(), vocabulary.fingerprint())
}

/// The fingerprint of this reader's source, from the build.
pub(super) fn reader() -> u64 {
    env!("READER_FINGERPRINT").parse().expect("the build script writes a number")
}

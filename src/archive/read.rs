//! Blobs to meaning, in parallel, through the cache.

use serde::{Deserialize, Serialize};

use super::cache::{Cache, Key, encode, key};
use super::cores::on_all_cores;
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

/// Reads documents, given as path and blob, in their order, and keeps what is wanted of them; a document that cannot be
/// read is an `Err` of words. What was read anew is put by.
pub(super) fn read_all(
    repo: &Repo,
    vocabulary: &Vocabulary,
    files: &[(&str, &ObjectId)],
    wanted: &Wanted,
    writing: &mut Writing,
) -> Result<Vec<Result<Reading, String>>, Error> {
    let worth = files.len() >= WORTH_CACHING;
    let cache = worth.then(|| Cache::open(stored(repo, vocabulary)));
    let of = |(path, blob): &(&str, &ObjectId)| key(blob, path);
    let keys: Vec<Key> =
        if files.len() < MANY { files.iter().map(of).collect() } else { on_all_cores(files, of) };
    let mut readings: Vec<Option<Result<Reading, String>>> = match &cache {
        Some(cache) => look_up(cache, &keys, wanted),
        None => files.iter().map(|_| None).collect(),
    };
    let missing: Vec<usize> = (0..files.len()).filter(|at| readings[*at].is_none()).collect();
    let unread: Vec<(&str, &ObjectId)> = missing.iter().map(|at| files[*at]).collect();
    let fresh = repo.map_files(&unread, |at, bytes| {
        let reading = read(files[missing[at]].0, bytes, vocabulary);
        let record = if worth { encode(&reading) } else { Vec::new() };
        (pruned(reading, wanted), record)
    })?;
    let mut records: Vec<(Key, Vec<u8>)> = Vec::new();
    for (at, reading) in missing.into_iter().zip(fresh) {
        readings[at] = Some(match reading {
            Ok((reading, record)) => {
                records.push((keys[at], record));
                Ok(reading)
            }
            Err(error) => Err(error.to_string()),
        });
    }
    if cache.is_some() && !records.is_empty() {
        let file = stored(repo, vocabulary);
        // What stands there by then is kept too: other trees may be put by before this one.
        writing.add(move || Cache::open(file).write(records, &keys));
    }
    Ok(readings.into_iter().flatten().collect())
}

pub(super) fn read(path: &str, bytes: &[u8], vocabulary: &Vocabulary) -> Reading {
    let document = parse(&Source { name: path, bytes }, vocabulary);
    match purpose(path, &document) {
        Purpose::Postmortem => Reading::Postmortem(Box::new(document.into_postmortem())),
        other => Reading::Page(other),
    }
}

/// The reading without what nobody asked for.
fn pruned(mut reading: Reading, wanted: &Wanted) -> Reading {
    let Reading::Postmortem(postmortem) = &mut reading else { return reading };
    match wanted {
        Wanted::Everything => return reading,
        Wanted::Items(statuses) => {
            postmortem.actions.retain(|action| statuses.contains(&action.status));
            postmortem.actions.shrink_to_fit();
            postmortem.links = Vec::new();
        }
        Wanted::Links => postmortem.actions = Vec::new(),
    }
    (postmortem.authors, postmortem.reviewers) = (Vec::new(), Vec::new());
    postmortem.sections = Vec::new();
    reading
}

/// Decodes on all cores: decoding is most of what the cache costs.
fn look_up(cache: &Cache, keys: &[Key], wanted: &Wanted) -> Vec<Option<Result<Reading, String>>> {
    on_all_cores(keys, |key| cache.find(*key).map(|reading| Ok(pruned(reading, wanted))))
}

/// The file of what was read before with these words.
pub(super) fn stored(repo: &Repo, vocabulary: &Vocabulary) -> Stored {
    Stored::new(&repo.state_dir(), reader(), vocabulary.fingerprint())
}

/// The fingerprint of this reader's source, from the build.
pub(super) fn reader() -> u64 {
    env!("READER_FINGERPRINT").parse().expect("the build script writes a number")
}

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

/// Below this number of documents the cache costs more than it saves.
pub(super) const WORTH_CACHING: usize = 32;

/// Reads documents, given as path and blob, in their order; a document that cannot be read is an `Err` of words. Of
/// the items, only those in `statuses` are kept, where it names any, and nothing of what only lists of documents show:
/// memory costs more time than reading does. What was read anew is put by.
pub(super) fn read_all(
    repo: &Repo,
    vocabulary: &Vocabulary,
    files: &[(&str, &ObjectId)],
    statuses: Option<&[Status]>,
    writing: &mut Writing,
) -> Result<Vec<Result<Reading, String>>, Error> {
    let worth = files.len() >= WORTH_CACHING;
    let cache = worth.then(|| Cache::open(stored(repo, vocabulary)));
    let keys: Vec<Key> = files.iter().map(|(path, blob)| key(blob, path)).collect();
    let mut readings: Vec<Option<Result<Reading, String>>> = match &cache {
        Some(cache) => look_up(cache, &keys, statuses),
        None => files.iter().map(|_| None).collect(),
    };
    let missing: Vec<usize> = (0..files.len()).filter(|at| readings[*at].is_none()).collect();
    let wanted: Vec<(&str, &ObjectId)> = missing.iter().map(|at| files[*at]).collect();
    let fresh = repo.map_files(&wanted, |at, bytes| {
        let reading = read(files[missing[at]].0, bytes, vocabulary);
        let record = if worth { encode(&reading) } else { Vec::new() };
        (pruned(reading, statuses), record)
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

/// The reading without what nobody asked for: who wants items in some states wants neither the others nor the people,
/// sections and links of their document.
fn pruned(mut reading: Reading, statuses: Option<&[Status]>) -> Reading {
    if let (Reading::Postmortem(postmortem), Some(statuses)) = (&mut reading, statuses) {
        postmortem.actions.retain(|action| statuses.contains(&action.status));
        postmortem.actions.shrink_to_fit();
        (postmortem.authors, postmortem.reviewers) = (Vec::new(), Vec::new());
        (postmortem.sections, postmortem.links) = (Vec::new(), Vec::new());
    }
    reading
}

/// Decodes on all cores: decoding is most of what the cache costs.
fn look_up(cache: &Cache, keys: &[Key], statuses: Option<&[Status]>) -> Vec<Option<Result<Reading, String>>> {
    on_all_cores(keys, |key| cache.find(*key).map(|reading| Ok(pruned(reading, statuses))))
}

/// The file of what was read before with these words.
pub(super) fn stored(repo: &Repo, vocabulary: &Vocabulary) -> Stored {
    Stored::new(&repo.state_dir(), reader(), vocabulary.fingerprint())
}

/// The fingerprint of this reader's source, from the build.
pub(super) fn reader() -> u64 {
    env!("READER_FINGERPRINT").parse().expect("the build script writes a number")
}

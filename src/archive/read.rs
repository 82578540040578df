//! Blobs to meaning, in parallel, through the cache.

use std::thread;

use serde::{Deserialize, Serialize};

use super::cache::{Cache, Key, key};
use crate::document::{Purpose, Source, Vocabulary, parse, purpose};
use crate::git::{Error, ObjectId, Repo};
use crate::model::Postmortem;

/// What a document turned out to be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) enum Reading {
    /// A post-mortem.
    Postmortem(Box<Postmortem>),
    /// A contents page or a template.
    Page(Purpose),
}

/// Below this number of documents the cache costs more than it saves.
const WORTH_CACHING: usize = 32;

/// Reads documents, given as path and blob, in their order; a document that cannot be read is an `Err` of words.
pub(super) fn read_all(
    repo: &Repo,
    vocabulary: &Vocabulary,
    files: &[(&str, &ObjectId)],
) -> Result<Vec<Result<Reading, String>>, Error> {
    if files.len() < WORTH_CACHING {
        let blobs: Vec<ObjectId> = files.iter().map(|(_, blob)| **blob).collect();
        let readings = repo.map_blobs(&blobs, |at, bytes| read(files[at].0, bytes, vocabulary))?;
        return Ok(readings.into_iter().map(|reading| reading.map_err(|error| error.to_string())).collect());
    }
    let cache = Cache::open(&repo.state_dir(), reader(), vocabulary.fingerprint());
    let keys: Vec<Key> = files.iter().map(|(path, blob)| key(blob, path)).collect();
    let mut readings: Vec<Option<Result<Reading, String>>> =
        look_up(&cache, &keys).into_iter().map(|known| known.map(Ok)).collect();
    let missing: Vec<usize> = (0..files.len()).filter(|at| readings[*at].is_none()).collect();
    let blobs: Vec<ObjectId> = missing.iter().map(|at| *files[*at].1).collect();
    let fresh = repo.map_blobs(&blobs, |at, bytes| read(files[missing[at]].0, bytes, vocabulary))?;
    let is_new = !fresh.is_empty();
    for (at, reading) in missing.into_iter().zip(fresh) {
        readings[at] = Some(reading.map_err(|error| error.to_string()));
    }
    let readings: Vec<_> = readings.into_iter().flatten().collect();
    if is_new {
        let known =
            keys.iter().zip(&readings).filter_map(|(key, reading)| Some((*key, reading.as_ref().ok()?)));
        cache.write(&known.collect::<Vec<_>>());
    }
    Ok(readings)
}

fn read(path: &str, bytes: &[u8], vocabulary: &Vocabulary) -> Reading {
    let document = parse(&Source { name: path, bytes }, vocabulary);
    match purpose(path, &document) {
        Purpose::Postmortem => Reading::Postmortem(Box::new(document.into_postmortem())),
        other => Reading::Page(other),
    }
}

/// Decodes in as many threads as there are processors: decoding is most of a warm run.
fn look_up(cache: &Cache, keys: &[Key]) -> Vec<Option<Reading>> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let part = keys.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let workers: Vec<_> = keys
            .chunks(part)
            .map(|chunk| scope.spawn(move || chunk.iter().map(|key| cache.find(*key)).collect::<Vec<_>>()))
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("decoding does not panic")).collect()
    })
}

/// The fingerprint of this reader's source, from the build.
fn reader() -> u64 {
    env!("READER_FINGERPRINT").parse().expect("the build script writes a number")
}

//! What was read before, kept in one binary file below the common git directory.
//!
//! A record is found by blob and path; the whole file belongs to one reader and one vocabulary, and is void for
//! any other. Nothing in it depends on the clock or on other documents. It is safe to delete; a damaged one
//! counts as none.
//!
//! Layout (little endian): magic, reader, vocabulary, CRC-32 of all that follows, number of records, then an
//! index of `(key, offset, length)` sorted by key, then the records in postcard's encoding.

use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

use super::read::Reading;
use crate::git::ObjectId;

const MAGIC: [u8; 8] = *b"gpmread1";
const HEADER: usize = 8 + 8 + 8 + 4 + 4;
const SLOT: usize = 8 + 8 + 4 + 4;
/// Records of documents that the examined revision does not have are kept up to so many times its own.
const KEEP: usize = 4;

/// The key of a record: a hash over the path and the blob's id, beside the id's own first bytes.
pub(super) type Key = (u64, u64);

/// The key of the document with this blob at this path.
pub(super) fn key(blob: &ObjectId, path: &str) -> Key {
    let id = blob.as_bytes();
    let mut hasher = std::collections::hash_map::DefaultHasher::new();
    (id, path).hash(&mut hasher);
    // An id is a hash already: its bytes are as good as any other hash of it.
    let own = id.first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes));
    (hasher.finish(), own)
}

/// The cache file as it was found.
pub(super) struct Cache {
    file: PathBuf,
    reader: u64,
    vocabulary: u64,
    bytes: Vec<u8>,
    count: usize,
}

impl Cache {
    /// Opens the cache of a reader and a vocabulary; a missing, foreign or damaged file is an empty cache.
    pub(super) fn open(folder: &Path, reader: u64, vocabulary: u64) -> Self {
        let file = folder.join("cache.bin");
        let bytes = std::fs::read(&file).unwrap_or_default();
        let count = whole(&bytes, reader, vocabulary);
        let bytes = if count.is_some() { bytes } else { Vec::new() };
        Self { file, reader, vocabulary, bytes, count: count.unwrap_or(0) }
    }

    /// The record of a key; a record that does not decode counts as absent.
    pub(super) fn find(&self, key: Key) -> Option<Reading> {
        postcard::from_bytes(self.record(self.position(key)?)?).ok()
    }

    /// Writes a new cache: the records that this run read, and as many of the older ones as fit. Failing to write
    /// is no failure of the command: the cache is a convenience.
    pub(super) fn write(&self, now: &[(Key, &Reading)]) {
        let mut records: Vec<(Key, Vec<u8>)> = Vec::with_capacity(now.len());
        for (key, reading) in now {
            records.extend(postcard::to_stdvec(reading).ok().map(|bytes| (*key, bytes)));
        }
        let kept: std::collections::HashSet<Key> = records.iter().map(|(key, _)| *key).collect();
        let others = (0..self.count).filter_map(|at| Some((self.slot(at)?.0, self.record(at)?.to_vec())));
        let room = now.len().saturating_mul(KEEP - 1);
        records.extend(others.filter(|(key, _)| !kept.contains(key)).take(room));
        records.sort_unstable_by_key(|(key, _)| *key);
        let _ = store(&self.file, &self.encode(&records));
    }

    fn encode(&self, records: &[(Key, Vec<u8>)]) -> Vec<u8> {
        let mut body = Vec::new();
        let mut offset = HEADER + records.len() * SLOT;
        for (key, bytes) in records {
            body.extend(key.0.to_le_bytes());
            body.extend(key.1.to_le_bytes());
            body.extend(word(offset).to_le_bytes());
            body.extend(word(bytes.len()).to_le_bytes());
            offset += bytes.len();
        }
        for (_, bytes) in records {
            body.extend(bytes);
        }
        let mut file = Vec::with_capacity(HEADER + body.len());
        file.extend(MAGIC);
        file.extend(self.reader.to_le_bytes());
        file.extend(self.vocabulary.to_le_bytes());
        file.extend(crc32fast::hash(&body).to_le_bytes());
        file.extend(word(records.len()).to_le_bytes());
        file.extend(body);
        file
    }

    /// Binary search in the index.
    fn position(&self, key: Key) -> Option<usize> {
        let (mut low, mut high) = (0, self.count);
        while low < high {
            let middle = low.midpoint(high);
            match self.slot(middle)?.0.cmp(&key) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(middle),
            }
        }
        None
    }

    fn slot(&self, at: usize) -> Option<(Key, usize, usize)> {
        let slot = self.bytes.get(HEADER + at * SLOT..HEADER + (at + 1) * SLOT)?;
        let key = (long(slot, 0)?, long(slot, 8)?);
        Some((key, short(slot, 16)?, short(slot, 20)?))
    }

    fn record(&self, at: usize) -> Option<&[u8]> {
        let (_, offset, length) = self.slot(at)?;
        self.bytes.get(offset..offset.checked_add(length)?)
    }
}

/// The number of records of a file that is whole and belongs to this reader and vocabulary.
fn whole(bytes: &[u8], reader: u64, vocabulary: u64) -> Option<usize> {
    let ours = bytes.get(..8)? == MAGIC && long(bytes, 8)? == reader && long(bytes, 16)? == vocabulary;
    let sum = u32::try_from(short(bytes, 24)?).ok()?;
    if ours && crc32fast::hash(bytes.get(HEADER..)?) == sum { short(bytes, 28) } else { None }
}

/// Replaces the file in one step, so that a reader sees the old or the new one and a kill leaves no half.
fn store(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let draft = folder.join(format!("cache.{}.tmp", std::process::id()));
    let written = std::fs::write(&draft, bytes).and_then(|()| std::fs::rename(&draft, file));
    if written.is_err() {
        let _ = std::fs::remove_file(&draft);
    }
    written
}

fn word(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn long(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?))
}

fn short(bytes: &[u8], at: usize) -> Option<usize> {
    let word = u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?);
    usize::try_from(word).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Postmortem;

    fn reading(title: &str) -> Reading {
        Reading::Postmortem(Box::new(Postmortem { title: title.to_owned(), ..Postmortem::default() }))
    }

    fn blob(n: u8) -> ObjectId {
        ObjectId::from_bytes(&[n; 20]).unwrap()
    }

    fn filled(folder: &Path) -> Vec<(Key, Reading)> {
        let all: Vec<_> = (0..100).map(|n| (key(&blob(n), "a.md"), reading(&format!("t{n}")))).collect();
        Cache::open(folder, 1, 2)
            .write(&all.iter().map(|(key, reading)| (*key, reading)).collect::<Vec<_>>());
        all
    }

    #[test]
    fn what_was_written_is_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let all = filled(folder.path());
        let cache = Cache::open(folder.path(), 1, 2);
        assert!(all.iter().all(|(key, reading)| cache.find(*key).as_ref() == Some(reading)));
        assert_eq!(cache.find(key(&blob(1), "b.md")), None, "another path is another document");
    }

    #[test]
    fn another_reader_or_vocabulary_finds_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let all = filled(folder.path());
        assert_eq!(Cache::open(folder.path(), 9, 2).find(all[0].0), None);
        assert_eq!(Cache::open(folder.path(), 1, 9).find(all[0].0), None);
    }

    #[test]
    fn any_damage_makes_it_empty_and_it_is_written_anew() {
        let folder = tempfile::tempdir().unwrap();
        let all = filled(folder.path());
        let file = folder.path().join("cache.bin");
        let whole = std::fs::read(&file).unwrap();
        for at in (0..whole.len()).step_by(97).chain([whole.len() - 1]) {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x40;
            std::fs::write(&file, &damaged).unwrap();
            let found = Cache::open(folder.path(), 1, 2).find(all[7].0);
            assert!(found.is_none() || found.as_ref() == Some(&all[7].1), "byte {at}");
        }
        std::fs::write(&file, &whole[..whole.len() / 2]).unwrap();
        assert_eq!(Cache::open(folder.path(), 1, 2).find(all[7].0), None);
        filled(folder.path());
        assert!(Cache::open(folder.path(), 1, 2).find(all[7].0).is_some());
    }

    #[test]
    fn older_records_stay_until_they_are_too_many() {
        let folder = tempfile::tempdir().unwrap();
        let all = filled(folder.path());
        let newer = reading("newer");
        let newer_key = key(&blob(200), "n.md");
        Cache::open(folder.path(), 1, 2).write(&[(newer_key, &newer)]);
        let cache = Cache::open(folder.path(), 1, 2);
        assert_eq!(cache.find(newer_key), Some(newer));
        let kept = all.iter().filter(|(key, _)| cache.find(*key).is_some()).count();
        assert_eq!(kept, KEEP - 1);
    }
}

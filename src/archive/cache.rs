//! What was read before, document by document.
//!
//! A record is found by blob and path. Nothing in it depends on the clock or on other documents.
//!
//! Layout of the section (little endian): number of records, then an index of `(key, offset, length)` sorted by
//! key, then the records in postcard's encoding.

use std::borrow::Cow;
use std::collections::HashSet;
use std::hash::{Hash, Hasher};

use super::read::Reading;
use super::stored::{Stored, long, short, word};
use crate::git::ObjectId;

/// The name of the section.
const NAME: u32 = u32::from_le_bytes(*b"docs");
/// Where the index begins.
const INDEX: usize = 4;
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

/// Bytes of most records.
const USUAL: usize = 1 << 10;

/// A record as it is stored.
pub(super) fn encode(reading: &Reading) -> Vec<u8> {
    let record = postcard::to_io(reading, Vec::with_capacity(USUAL));
    record.expect("plain values of strings and numbers always encode")
}

/// The cache file as it was found.
pub(super) struct Cache {
    file: Stored,
    bytes: Vec<u8>,
    count: usize,
}

impl Cache {
    /// Opens the cache in a file; a missing, foreign or damaged one is an empty cache.
    pub(super) fn open(file: Stored) -> Self {
        let bytes = file.load(NAME);
        let count = short(&bytes, 0).unwrap_or(0);
        Self { file, bytes, count }
    }

    /// The record of a key; a record that does not decode counts as absent.
    pub(super) fn find(&self, key: Key) -> Option<Reading> {
        postcard::from_bytes(self.record(self.position(key)?)?).ok()
    }

    /// Writes a new cache: what this run read anew, what it found here, and as much of the rest as fits. Failing to
    /// write is no failure of the command: the cache is a convenience.
    pub(super) fn write(&self, fresh: Vec<(Key, Vec<u8>)>, asked: &[Key]) {
        let fresh_keys: HashSet<Key> = fresh.iter().map(|(key, _)| *key).collect();
        let asked_keys: HashSet<Key> = asked.iter().copied().collect();
        let mut room = asked.len().saturating_mul(KEEP - 1);
        let mut records: Vec<(Key, Cow<'_, [u8]>)> =
            fresh.into_iter().map(|(key, bytes)| (key, Cow::Owned(bytes))).collect();
        for at in 0..self.count {
            let Some(((key, ..), record)) = self.slot(at).zip(self.record(at)) else { continue };
            let wanted = asked_keys.contains(&key);
            if fresh_keys.contains(&key) || (!wanted && room == 0) {
                continue;
            }
            room -= usize::from(!wanted);
            records.push((key, Cow::Borrowed(record)));
        }
        records.sort_unstable_by_key(|(key, _)| *key);
        self.store(&records);
    }

    fn store(&self, records: &[(Key, Cow<'_, [u8]>)]) {
        let count = word(records.len());
        let mut index = Vec::with_capacity(records.len() * SLOT);
        let mut offset = INDEX + records.len() * SLOT;
        for (key, bytes) in records {
            index.extend(key.0.to_le_bytes());
            index.extend(key.1.to_le_bytes());
            index.extend(word(offset));
            index.extend(word(bytes.len()));
            offset += bytes.len();
        }
        let mut parts: Vec<&[u8]> = vec![&count, &index];
        parts.extend(records.iter().map(|(_, bytes)| bytes.as_ref()));
        self.file.replace(NAME, &parts);
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
        let slot = self.bytes.get(INDEX + at * SLOT..INDEX + (at + 1) * SLOT)?;
        let key = (long(slot, 0)?, long(slot, 8)?);
        Some((key, short(slot, 16)?, short(slot, 20)?))
    }

    fn record(&self, at: usize) -> Option<&[u8]> {
        let (_, offset, length) = self.slot(at)?;
        self.bytes.get(offset..offset.checked_add(length)?)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

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
        let keys: Vec<Key> = all.iter().map(|(key, _)| *key).collect();
        let records = all.iter().map(|(key, reading)| (*key, encode(reading))).collect();
        Cache::open(Stored::new(folder, 1, 2)).write(records, &keys);
        all
    }

    #[test]
    fn what_was_written_is_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let all = filled(folder.path());
        let cache = Cache::open(Stored::new(folder.path(), 1, 2));
        assert!(all.iter().all(|(key, reading)| cache.find(*key).as_ref() == Some(reading)));
        assert_eq!(cache.find(key(&blob(1), "b.md")), None, "another path is another document");
    }

    #[test]
    fn another_reader_or_vocabulary_finds_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let all = filled(folder.path());
        assert_eq!(Cache::open(Stored::new(folder.path(), 9, 2)).find(all[0].0), None);
        assert_eq!(Cache::open(Stored::new(folder.path(), 1, 9)).find(all[0].0), None);
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
            let found = Cache::open(Stored::new(folder.path(), 1, 2)).find(all[7].0);
            assert!(found.is_none() || found.as_ref() == Some(&all[7].1), "byte {at}");
        }
        std::fs::write(&file, &whole[..whole.len() / 2]).unwrap();
        assert_eq!(Cache::open(Stored::new(folder.path(), 1, 2)).find(all[7].0), None);
        filled(folder.path());
        assert!(Cache::open(Stored::new(folder.path(), 1, 2)).find(all[7].0).is_some());
    }

    #[test]
    fn older_records_stay_until_they_are_too_many() {
        let folder = tempfile::tempdir().unwrap();
        let all = filled(folder.path());
        let newer = reading("newer");
        let newer_key = key(&blob(200), "n.md");
        Cache::open(Stored::new(folder.path(), 1, 2)).write(vec![(newer_key, encode(&newer))], &[newer_key]);
        let cache = Cache::open(Stored::new(folder.path(), 1, 2));
        assert_eq!(cache.find(newer_key), Some(newer));
        let kept = all.iter().filter(|(key, _)| cache.find(*key).is_some()).count();
        assert_eq!(kept, KEEP - 1);
    }
}

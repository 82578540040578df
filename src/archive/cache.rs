//! What was read before, document by document.
//!
//! A record is found by blob and path. Nothing in it depends on the clock or on other documents.
//!
//! Layout of the section (little endian): the records in postcard's encoding, an index of `(key, offset, length)` sorted by
//! key, number of records.

use std::hash::{Hash, Hasher};

use super::read::Reading;
use super::stored::{Stored, long, short, word};
use crate::git::ObjectId;

/// The name of the section.
pub(super) const NAME: u32 = u32::from_le_bytes(*b"docs");
/// The bytes of the number of records.
const COUNT: usize = 4;
const SLOT: usize = 8 + 8 + 4 + 4;

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

/// Where in the section a record lies.
pub(super) struct Place {
    pub(super) key: Key,
    pub(super) offset: usize,
    pub(super) length: usize,
}

/// Writes a record as it is stored.
pub(super) fn encode(reading: &Reading, out: &mut Vec<u8>) {
    postcard::to_io(reading, out).expect("plain values of strings and numbers always encode");
}

/// What stands behind the records: where each lies, sorted by key, and how many there are.
pub(super) fn index(places: &[Place]) -> Vec<u8> {
    let mut index = Vec::with_capacity(places.len() * SLOT + COUNT);
    for Place { key, offset, length } in places {
        index.extend(key.0.to_le_bytes());
        index.extend(key.1.to_le_bytes());
        index.extend(word(*offset));
        index.extend(word(*length));
    }
    index.extend(word(places.len()));
    index
}

/// The cache file as it was found.
pub(super) struct Cache {
    bytes: Vec<u8>,
    /// Where the index begins.
    index: usize,
    count: usize,
}

impl Cache {
    /// Opens the cache in a file; a missing, foreign or damaged one is an empty cache.
    pub(super) fn open(file: &Stored) -> Self {
        let bytes = file.load(NAME);
        let (index, count) = placed(&bytes).unwrap_or_default();
        Self { bytes, index, count }
    }

    /// Whether it has no record.
    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Every record with its key.
    pub(super) fn records(&self) -> impl Iterator<Item = (Key, &[u8])> {
        (0..self.count).filter_map(|at| Some((self.slot(at)?.0, self.record(at)?)))
    }

    /// The record of a key; a record that does not decode counts as absent.
    pub(super) fn find(&self, key: Key) -> Option<Reading> {
        postcard::from_bytes(self.record(self.position(key)?)?).ok()
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
        let slot = self.bytes.get(self.index + at * SLOT..self.index + (at + 1) * SLOT)?;
        let key = (long(slot, 0)?, long(slot, 8)?);
        Some((key, short(slot, 16)?, short(slot, 20)?))
    }

    fn record(&self, at: usize) -> Option<&[u8]> {
        let (_, offset, length) = self.slot(at)?;
        self.bytes.get(offset..offset.checked_add(length)?)
    }
}

/// Where the index of a section begins, and how many records it has.
fn placed(bytes: &[u8]) -> Option<(usize, usize)> {
    let end = bytes.len().checked_sub(COUNT)?;
    let count = short(bytes, end)?;
    Some((end.checked_sub(count.checked_mul(SLOT)?)?, count))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::records::Records;
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
        let records = Records::new(Stored::new(folder, 1, 2));
        let mut pile = records.pile();
        all.iter().for_each(|(key, reading)| pile.add(*key, |out| encode(reading, out)));
        drop(pile);
        records.finish(&keys).unwrap().finish().unwrap();
        all
    }

    #[test]
    fn what_was_written_is_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let all = filled(folder.path());
        let cache = Cache::open(&Stored::new(folder.path(), 1, 2));
        assert!(all.iter().all(|(key, reading)| cache.find(*key).as_ref() == Some(reading)));
        assert_eq!(cache.find(key(&blob(1), "b.md")), None, "another path is another document");
    }

    #[test]
    fn another_reader_or_vocabulary_finds_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let all = filled(folder.path());
        assert_eq!(Cache::open(&Stored::new(folder.path(), 9, 2)).find(all[0].0), None);
        assert_eq!(Cache::open(&Stored::new(folder.path(), 1, 9)).find(all[0].0), None);
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
            let found = Cache::open(&Stored::new(folder.path(), 1, 2)).find(all[7].0);
            assert!(found.is_none() || found.as_ref() == Some(&all[7].1), "byte {at}");
        }
        std::fs::write(&file, &whole[..whole.len() / 2]).unwrap();
        assert_eq!(Cache::open(&Stored::new(folder.path(), 1, 2)).find(all[7].0), None);
        filled(folder.path());
        assert!(Cache::open(&Stored::new(folder.path(), 1, 2)).find(all[7].0).is_some());
    }
}

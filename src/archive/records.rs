//! Records of documents on their way into the cache: written down as each is read, while others are still being read.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use super::cache::{Cache, Key, NAME, Place, index};
use super::replacement::Replacement;
use super::stored::Stored;

/// Records of documents that the examined revision does not have are kept up to so many times its own.
const KEEP: usize = 4;

/// So many bytes of records are written together.
const MANY: usize = 1 << 16;

/// The records of what is read now.
pub(super) struct Records {
    file: Stored,
    /// Made by the first who has something to write; none where it failed.
    new: OnceLock<Option<Replacement>>,
    places: Mutex<Vec<Place>>,
    has_failed: AtomicBool,
}

/// One thread's records. They are written once they are many, and when the thread lets go of them.
pub(super) struct Pile<'r> {
    of: &'r Records,
    records: Vec<u8>,
    /// Where in `records` each lies.
    places: Vec<Place>,
}

impl Records {
    /// None, for a file.
    pub(super) fn new(file: Stored) -> Self {
        let (new, places) = (OnceLock::new(), Mutex::default());
        Self { file, new, places, has_failed: AtomicBool::new(false) }
    }

    /// Where a thread adds records.
    pub(super) fn pile(&self) -> Pile<'_> {
        Pile { of: self, records: Vec::new(), places: Vec::new() }
    }

    /// The file with all records as its first section: what was added, what stands there by now of the documents that were
    /// asked for, and as much of the rest as fits. None where nothing was added, or not all of it could be written: that is
    /// no failure of the command, the cache is a convenience.
    pub(super) fn finish(self, asked: &[Key]) -> Option<Replacement> {
        let old = self.new.get().is_some().then(|| Cache::open(&self.file)).filter(|old| !old.is_empty());
        if let Some(old) = old {
            self.keep(&old, asked);
        }
        let mut new = self.new.into_inner()?.filter(|_| !self.has_failed.into_inner())?;
        let mut places = self.places.into_inner().unwrap_or_else(PoisonError::into_inner);
        // What stands on several branches may have been read for each of them.
        places.sort_unstable_by_key(|place| place.key);
        places.dedup_by_key(|place| place.key);
        new.write(&index(&places)).ok()?;
        new.close(NAME);
        Some(new)
    }

    /// Adds older records.
    fn keep(&self, old: &Cache, asked: &[Key]) {
        let fresh: HashSet<Key> = self.places().iter().map(|place| place.key).collect();
        let asked_keys: HashSet<Key> = asked.iter().copied().collect();
        let mut room = asked.len().saturating_mul(KEEP - 1);
        let mut pile = self.pile();
        for (key, record) in old.records().filter(|(key, _)| !fresh.contains(key)) {
            let wanted = asked_keys.contains(&key);
            if wanted || room > 0 {
                room -= usize::from(!wanted);
                pile.add(key, |out| out.extend_from_slice(record));
            }
        }
    }

    fn places(&self) -> MutexGuard<'_, Vec<Place>> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pile<'_> {
    /// Adds the record of a document, which `write` writes.
    pub(super) fn add(&mut self, key: Key, write: impl FnOnce(&mut Vec<u8>)) {
        let offset = self.records.len();
        write(&mut self.records);
        self.places.push(Place { key, offset, length: self.records.len() - offset });
        if self.records.len() >= MANY {
            self.write();
        }
    }

    fn write(&mut self) {
        let new = self.of.new.get_or_init(|| Replacement::new(&self.of.file).ok());
        match new.as_ref().and_then(|new| new.write(&self.records).ok()) {
            Some(begin) => {
                let moved = |place: Place| Place { offset: place.offset + begin as usize, ..place };
                self.of.places().extend(self.places.drain(..).map(moved));
            }
            None => self.of.has_failed.store(true, Ordering::Relaxed),
        }
        self.places.clear();
        self.records.clear();
    }
}

impl Drop for Pile<'_> {
    fn drop(&mut self) {
        if !self.places.is_empty() {
            self.write();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::replacement::tests::names;
    use super::*;

    fn stored(folder: &Path) -> Stored {
        Stored::new(folder, 1, 2)
    }

    /// Writes records of one byte, of which so many documents were asked for.
    fn write(folder: &Path, records: &[(Key, u8)], asked: &[Key]) {
        let fresh = Records::new(stored(folder));
        let mut pile = fresh.pile();
        records.iter().for_each(|(key, byte)| pile.add(*key, |out| out.push(*byte)));
        drop(pile);
        fresh.finish(asked).unwrap().finish().unwrap();
    }

    fn read(folder: &Path) -> Vec<(Key, Vec<u8>)> {
        Cache::open(&stored(folder)).records().map(|(key, record)| (key, record.to_vec())).collect()
    }

    #[test]
    fn older_records_stay_until_they_are_too_many() {
        let folder = tempfile::tempdir().unwrap();
        let old: Vec<(Key, u8)> = (0..100).map(|n| ((u64::from(n), 0), n)).collect();
        let keys: Vec<Key> = old.iter().map(|(key, _)| *key).collect();
        write(folder.path(), &old, &keys);
        let new = (200, 0);
        write(folder.path(), &[(new, 200)], &[new]);
        let found = read(folder.path());
        assert_eq!((found.len(), found.last()), (KEEP, Some(&(new, vec![200]))));
        // What was asked for stays, however much there is.
        write(folder.path(), &old, &keys);
        write(folder.path(), &[((0, 0), 77)], &keys);
        let found = read(folder.path());
        assert!(found.iter().map(|(key, _)| *key).collect::<Vec<_>>().starts_with(&keys));
        assert_eq!(found[..2], [((0, 0), vec![77]), ((1, 0), vec![1])]);
    }

    #[test]
    fn records_come_from_many_threads_and_one_of_each_stays() {
        let record = |n: u16| ((u64::from(n), 1), n.to_le_bytes().repeat(200));
        let folder = tempfile::tempdir().unwrap();
        let fresh = Records::new(stored(folder.path()));
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let mut pile = fresh.pile();
                    (0..500).for_each(|n| pile.add(record(n).0, |out| out.extend(record(n).1)));
                });
            }
        });
        fresh.finish(&[]).unwrap().finish().unwrap();
        assert_eq!(read(folder.path()), (0..500).map(record).collect::<Vec<_>>());
    }

    #[test]
    fn what_another_wrote_meanwhile_stays() {
        let folder = tempfile::tempdir().unwrap();
        let fresh = Records::new(stored(folder.path()));
        fresh.pile().add((1, 1), |out| out.push(b'a'));
        write(folder.path(), &[((2, 2), b'b')], &[]);
        fresh.finish(&[(1, 1)]).unwrap().finish().unwrap();
        assert_eq!(read(folder.path()), [((1, 1), b"a".to_vec()), ((2, 2), b"b".to_vec())]);
    }

    #[test]
    fn where_nothing_can_be_written_nothing_is_put_by() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("file"), "").unwrap();
        let fresh = Records::new(stored(&folder.path().join("file")));
        let mut pile = fresh.pile();
        pile.add((1, 1), |out| out.push(b'a'));
        pile.add((2, 2), |out| out.push(b'b'));
        drop(pile);
        assert!(fresh.finish(&[]).is_none());
        assert_eq!(names(folder.path()), ["file"]);
        assert!(Records::new(stored(folder.path())).finish(&[]).is_none(), "nothing was added");
    }

    #[test]
    fn records_of_a_reading_that_failed_leave_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let fresh = Records::new(stored(folder.path()));
        fresh.pile().add((1, 1), |out| out.push(b'a'));
        assert_eq!(names(folder.path()).len(), 1);
        drop(fresh);
        assert_eq!(names(folder.path()).len(), 0);
    }
}

//! Where a pack has its objects: git's index of it, version 2.
//!
//! The form is that of [gitformat-pack](https://git-scm.com/docs/gitformat-pack), "Version 2 pack-*.idx files".

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::OnceLock;

use super::ObjectId;
use super::pack::from_end;
use crate::git::names::{FANOUT, Names, number};

/// The signature and the version that are read here.
const HEAD: [u8; 8] = [0xff, b't', b'O', b'c', 0, 0, 0, 2];

/// The index of one pack.
#[derive(Debug)]
pub(super) struct Index {
    file: File,
    names: Names,
    /// Bytes of an object's name.
    hash: usize,
    /// All places, where all names are in memory: four bytes more for each.
    places: OnceLock<Option<Vec<u8>>>,
}

impl Index {
    /// Opens an index; nothing where it has another form.
    pub(super) fn open(path: &Path, hash: usize) -> Option<Self> {
        let file = File::open(path).ok()?;
        let mut head = [0; HEAD.len() + FANOUT];
        file.read_exact_at(&mut head, 0).ok()?;
        let names = Names::new(head.strip_prefix(&HEAD)?, head.len() as u64, hash)?;
        Some(Self { file, names, hash, places: OnceLock::new() })
    }

    /// The sum at the end of the pack that this is the index of.
    pub(super) fn sum_of_pack(&self) -> Option<Vec<u8>> {
        from_end(&self.file, 2 * self.hash, self.hash)
    }

    /// Where an object begins in the pack.
    pub(super) fn find(&self, id: &ObjectId) -> Option<u64> {
        let at = self.names.find(&self.file, id)?;
        let count = self.names.count();
        // The places stand behind the names, and a sum of four bytes for each object.
        let places = HEAD.len() + FANOUT + count * (self.hash + 4);
        let short = match self.memory(places) {
            Some(all) => number(all.get(at * 4..at * 4 + 4)?),
            None => number(&self.bytes::<4>(places + at * 4)?),
        };
        // The uppermost bit says that it did not fit, and where it stands instead.
        if short >> 31 == 0 {
            return Some(u64::from(short));
        }
        self.bytes(places + count * 4 + (short & 0x7fff_ffff) as usize * 8).map(u64::from_be_bytes)
    }

    fn memory(&self, places: usize) -> Option<&Vec<u8>> {
        let load = || {
            let mut all = vec![0; self.names.count() * 4];
            self.file.read_exact_at(&mut all, places as u64).ok()?;
            Some(all)
        };
        self.names.are_in_memory().then(|| self.places.get_or_init(load).as_ref())?
    }

    fn bytes<const N: usize>(&self, at: usize) -> Option<[u8; N]> {
        let mut bytes = [0; N];
        self.file.read_exact_at(&mut bytes, at as u64).ok()?;
        Some(bytes)
    }
}

//! Where a pack has its objects: git's index of it, version 2.
//!
//! The form is that of [gitformat-pack](https://git-scm.com/docs/gitformat-pack), "Version 2 pack-*.idx files".

use std::cmp::Ordering;
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering as Order};

use super::ObjectId;
use super::pack::from_end;

/// The signature and the version that are read here.
const HEAD: [u8; 8] = [0xff, b't', b'O', b'c', 0, 0, 0, 2];
/// How many names begin with a byte or a smaller one, for each byte.
const FANOUT: usize = 256 * 4;
/// Bytes of names that are read at once where not all are in memory.
const PAGE: usize = 2048;
/// A pack with more objects never has all their names in memory, which is much quicker and takes 24 bytes (36) for each.
const IN_MEMORY: usize = 2_000_000;
/// Objects of a pack for each that is asked for, before its names are worth their memory.
const WORTH: usize = 64;

/// All names of a pack, and all places.
type Memory = (Vec<u8>, Vec<u8>);

/// The index of one pack.
#[derive(Debug)]
pub(super) struct Index {
    file: File,
    fanout: Vec<u32>,
    /// Bytes of an object's name.
    hash: usize,
    /// How often it was asked.
    asked: AtomicUsize,
    /// All names, and all places, once it was asked often; nothing of a large pack.
    memory: OnceLock<Option<Memory>>,
}

impl Index {
    /// Opens an index; nothing where it has another form.
    pub(super) fn open(path: &Path, hash: usize) -> Option<Self> {
        let file = File::open(path).ok()?;
        let mut head = [0; HEAD.len() + FANOUT];
        file.read_exact_at(&mut head, 0).ok()?;
        let fanout: Vec<u32> = head.strip_prefix(&HEAD)?.chunks_exact(4).map(number).collect();
        fanout.is_sorted().then_some(Self {
            file,
            fanout,
            hash,
            asked: AtomicUsize::new(0),
            memory: OnceLock::new(),
        })
    }

    /// The sum at the end of the pack that this is the index of.
    pub(super) fn sum_of_pack(&self) -> Option<Vec<u8>> {
        from_end(&self.file, 2 * self.hash, self.hash)
    }

    /// Where an object begins in the pack.
    pub(super) fn find(&self, id: &ObjectId) -> Option<u64> {
        let name = id.as_bytes();
        if name.len() != self.hash {
            return None;
        }
        let first = usize::from(name[0]);
        let mut below = if first == 0 { 0 } else { self.fanout[first - 1] as usize };
        let mut above = self.fanout[first] as usize;
        let memory = self.memory();
        let mut page = [0; PAGE];
        // Names are spread evenly: the bytes behind the first tell where to look, mostly at once.
        let share = u32::from_be_bytes(name[1..5].try_into().ok()?);
        let ahead = ((above - below) as u64 * u64::from(share)) >> 32;
        let mut guess = below + usize::try_from(ahead).ok()?;
        while below < above {
            let from = guess.saturating_sub(PAGE / self.hash / 2).max(below);
            let names = self.names(from, above, memory, &mut page)?;
            let count = names.len() / self.hash;
            let of = |at: usize| &names[at * self.hash..][..self.hash];
            if name < of(0) {
                above = from;
            } else if name > of(count - 1) {
                below = from + count;
            } else {
                let found = search(count, |at| of(at).cmp(name))?;
                return self.offset(from + found, memory);
            }
            guess = usize::midpoint(below, above);
        }
        None
    }

    /// A page of names from a place on, which end before another.
    fn names<'n>(
        &self,
        from: usize,
        before: usize,
        memory: Option<&'n Memory>,
        page: &'n mut [u8; PAGE],
    ) -> Option<&'n [u8]> {
        let range = from * self.hash..from.saturating_add(PAGE / self.hash).min(before) * self.hash;
        if let Some((names, _)) = memory {
            return names.get(range);
        }
        let names = &mut page[..range.len()];
        self.file.read_exact_at(names, (HEAD.len() + FANOUT + range.start) as u64).ok()?;
        Some(names)
    }

    /// The place of the object that is told at a place of the index.
    fn offset(&self, at: usize, memory: Option<&Memory>) -> Option<u64> {
        let count = self.count();
        let offsets = self.offsets();
        let short = match memory {
            Some((_, offsets)) => number(offsets.get(at * 4..at * 4 + 4)?),
            None => number(&self.bytes::<4>(offsets + at * 4)?),
        };
        // The uppermost bit says that it did not fit, and where it stands instead.
        if short >> 31 == 0 {
            return Some(u64::from(short));
        }
        self.bytes(offsets + count * 4 + (short & 0x7fff_ffff) as usize * 8).map(u64::from_be_bytes)
    }

    fn memory(&self) -> Option<&Memory> {
        if let Some(known) = self.memory.get() {
            return known.as_ref();
        }
        let asked = self.asked.fetch_add(1, Order::Relaxed);
        let is_worth_it = asked.saturating_mul(WORTH) >= self.count();
        is_worth_it.then(|| self.memory.get_or_init(|| self.load()).as_ref())?
    }

    /// All names and places of a pack that is not too large.
    fn load(&self) -> Option<Memory> {
        let count = self.count();
        if count > IN_MEMORY {
            return None;
        }
        let (mut names, mut offsets) = (vec![0; count * self.hash], vec![0; count * 4]);
        self.file.read_exact_at(&mut names, (HEAD.len() + FANOUT) as u64).ok()?;
        self.file.read_exact_at(&mut offsets, self.offsets() as u64).ok()?;
        Some((names, offsets))
    }

    fn count(&self) -> usize {
        self.fanout.last().map_or(0, |count| *count as usize)
    }

    /// Where the places begin: behind the names, and a sum of four bytes for each object.
    fn offsets(&self) -> usize {
        HEAD.len() + FANOUT + self.count() * (self.hash + 4)
    }

    fn bytes<const N: usize>(&self, at: usize) -> Option<[u8; N]> {
        let mut bytes = [0; N];
        self.file.read_exact_at(&mut bytes, at as u64).ok()?;
        Some(bytes)
    }
}

/// The place among some in their order that compares as equal.
fn search(count: usize, compare: impl Fn(usize) -> Ordering) -> Option<usize> {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = usize::midpoint(low, high);
        match compare(middle) {
            Ordering::Less => low = middle + 1,
            Ordering::Greater => high = middle,
            Ordering::Equal => return Some(middle),
        }
    }
    None
}

fn number(bytes: &[u8]) -> u32 {
    u32::from_be_bytes(bytes.try_into().expect("four bytes are asked for"))
}

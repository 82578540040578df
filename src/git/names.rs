//! A table of names of objects in their order, as the indexes of packs and commit-graphs have one: where a name stands.

use std::cmp::Ordering;
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering as Order};

use super::ObjectId;

/// Bytes of a fanout: how many names begin with a byte or a smaller one, for each byte.
pub(super) const FANOUT: usize = 256 * 4;
/// Bytes of names that are read at once where not all are in memory.
const PAGE: usize = 2048;
/// Names that are read at once where all are looked at.
const ALL: usize = 2048;
/// Of a table with more names never all are in memory, which is much quicker and takes 20 bytes (32) for each.
const IN_MEMORY: usize = 2_000_000;
/// Names of a table for each that is asked for, before they are worth their memory.
const WORTH: usize = 64;

/// The names of a file.
#[derive(Debug)]
pub(super) struct Names {
    fanout: Vec<u32>,
    /// Where the names begin in the file.
    from: u64,
    /// Bytes of a name.
    hash: usize,
    /// How often it was asked.
    asked: AtomicUsize,
    /// All names, once it was asked often; nothing of a large table.
    memory: OnceLock<Option<Vec<u8>>>,
}

impl Names {
    /// The names that begin at a place of a file, by their fanout; nothing where that is none.
    pub(super) fn new(fanout: &[u8], from: u64, hash: usize) -> Option<Self> {
        let fanout: Vec<u32> = fanout.chunks_exact(4).map(number).collect();
        let is_one = fanout.len() * 4 == FANOUT && fanout.is_sorted();
        is_one.then_some(Self { fanout, from, hash, asked: AtomicUsize::new(0), memory: OnceLock::new() })
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.fanout.last().map_or(0, |count| *count as usize)
    }

    /// Whether all of them are in memory: whoever keeps something for each may do so, too.
    pub(super) fn are_in_memory(&self) -> bool {
        self.memory.get().is_some_and(Option::is_some)
    }

    /// The place of a name among them.
    pub(super) fn find(&self, file: &File, id: &ObjectId) -> Option<usize> {
        let first = usize::from(id.as_bytes()[0]);
        let below = if first == 0 { 0 } else { self.fanout[first - 1] as usize };
        self.search(file, id, below, self.fanout[first] as usize)
    }

    /// The name at a place.
    pub(super) fn name(&self, file: &File, at: usize) -> Option<ObjectId> {
        let mut name = vec![0; Some(self.hash).filter(|_| at < self.count())?];
        file.read_exact_at(&mut name, self.from + (at * self.hash) as u64).ok()?;
        ObjectId::from_bytes(&name)
    }

    /// The place of a name among some of them.
    fn search(&self, file: &File, id: &ObjectId, mut below: usize, mut above: usize) -> Option<usize> {
        let name = id.as_bytes();
        if name.len() != self.hash {
            return None;
        }
        let memory = self.memory(file);
        let mut page = [0; PAGE];
        // Names are spread evenly: the bytes behind the first tell where to look, mostly at once.
        let share = u32::from_be_bytes(name[1..5].try_into().ok()?);
        let ahead = ((above - below) as u64 * u64::from(share)) >> 32;
        let mut guess = below + usize::try_from(ahead).ok()?;
        while below < above {
            let from = guess.saturating_sub(PAGE / self.hash / 2).max(below);
            let names = self.some(file, from, above, memory, &mut page)?;
            let count = names.len() / self.hash;
            let of = |at: usize| &names[at * self.hash..][..self.hash];
            if name < of(0) {
                above = from;
            } else if name > of(count - 1) {
                below = from + count;
            } else {
                return search(count, |at| of(at).cmp(name)).map(|found| from + found);
            }
            guess = usize::midpoint(below, above);
        }
        None
    }

    /// Whether some names are surely not among them: all are looked at, for what is damaged may be there and not be found.
    pub(super) fn lack(&self, file: &File, some: &[ObjectId]) -> bool {
        let (mut names, mut last) = (vec![0; ALL * self.hash], Vec::new());
        let mut is_behind = |name: &[u8]| {
            let is_behind = last.as_slice() < name;
            last.clear();
            last.extend_from_slice(name);
            is_behind && some.iter().all(|id| id.as_bytes() != name)
        };
        (0..self.count()).step_by(ALL).all(|from| {
            let names = &mut names[..(self.count() - from).min(ALL) * self.hash];
            let read = file.read_exact_at(names, self.from + (from * self.hash) as u64);
            read.is_ok() && names.chunks_exact(self.hash).all(&mut is_behind)
        })
    }

    /// A page of names from a place on, which end before another.
    fn some<'n>(
        &self,
        file: &File,
        from: usize,
        before: usize,
        memory: Option<&'n Vec<u8>>,
        page: &'n mut [u8; PAGE],
    ) -> Option<&'n [u8]> {
        let range = from * self.hash..from.saturating_add(PAGE / self.hash).min(before) * self.hash;
        if let Some(names) = memory {
            return names.get(range);
        }
        let names = &mut page[..range.len()];
        file.read_exact_at(names, self.from + range.start as u64).ok()?;
        Some(names)
    }

    fn memory(&self, file: &File) -> Option<&Vec<u8>> {
        if let Some(known) = self.memory.get() {
            return known.as_ref();
        }
        let asked = self.asked.fetch_add(1, Order::Relaxed);
        let is_worth_it = asked.saturating_mul(WORTH) >= self.count();
        is_worth_it.then(|| self.memory.get_or_init(|| self.load(file)).as_ref())?
    }

    fn load(&self, file: &File) -> Option<Vec<u8>> {
        let mut names = vec![0; Some(self.count()).filter(|count| *count <= IN_MEMORY)? * self.hash];
        file.read_exact_at(&mut names, self.from).ok()?;
        Some(names)
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

/// Four bytes as a number.
pub(super) fn number(bytes: &[u8]) -> u32 {
    u32::from_be_bytes(bytes.try_into().expect("four bytes are asked for"))
}

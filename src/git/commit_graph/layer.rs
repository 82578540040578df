//! One file of a commit-graph, read as far as it is needed.
//!
//! The form is that of [gitformat-commit-graph](https://git-scm.com/docs/gitformat-commit-graph), version 1.

use std::cell::{OnceCell, RefCell};
use std::fs::File;
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::path::Path;

use super::{ObjectId, Place};
use crate::git::names::{FANOUT, Names, number};

/// Signature, version, kind of hash, number of chunks, number of files that it builds on.
const HEAD: usize = 8;
/// A line of the table of contents: a chunk's name and where it begins.
const LINE: usize = 4 + 8;
/// Bytes behind the tree in the record of a commit: two parents, and its level and date.
const BEHIND: usize = 16;
/// Records that are read at once.
const BLOCK: u32 = 512;
/// A parent that is none.
const NONE: u32 = 0x7000_0000;
/// Set where the other parents stand in a list of their own, and at the last one of such a list.
const MORE: u32 = 0x8000_0000;

/// What is kept of the record of a commit: a walk reads a hundred thousand of them, and not in their order.
#[derive(Debug, Clone, Copy)]
struct Row {
    first: u32,
    second: u32,
    level: u32,
}

/// A file with some commits.
#[derive(Debug)]
pub(super) struct Layer {
    file: File,
    name: ObjectId,
    names: Names,
    /// The place of its first commit: so many are in the files below.
    begin: Place,
    hash: usize,
    /// Where the records of commits begin.
    records: u64,
    blocks: Vec<OnceCell<Option<Vec<Row>>>>,
    /// Where records are read into.
    read: RefCell<Vec<u8>>,
    /// The bytes of the file with parents behind the first, where there are more than two.
    edges: Range<u64>,
}

impl Layer {
    /// Opens a file that builds on others, by their names; nothing where it does not, or is damaged.
    pub(super) fn open(path: &Path, hash: usize, below: &[(ObjectId, Place)]) -> Option<Self> {
        let file = File::open(path).ok()?;
        let length = file.metadata().ok()?.len();
        let mut head = [0; HEAD];
        file.read_exact_at(&mut head, 0).ok()?;
        let (form, [count, bases]) = head.split_last_chunk()?;
        let is_known = *form == [b'C', b'G', b'P', b'H', 1, if hash == 20 { 1 } else { 2 }];
        if !is_known || usize::from(*bases) != below.len() {
            return None;
        }
        let chunks = Chunks::read(&file, usize::from(*count), length.checked_sub(hash as u64)?)?;
        let mut fanout = [0; FANOUT];
        file.read_exact_at(&mut fanout, chunks.sized(b"OIDF", FANOUT)?.start).ok()?;
        let names_from = chunks.find(b"OIDL")?.start;
        let names = Names::new(&fanout, names_from, hash)?;
        chunks.sized(b"OIDL", names.count().checked_mul(hash)?)?;
        let records = chunks.sized(b"CDAT", names.count().checked_mul(hash + BEHIND)?)?.start;
        let edges = chunks.find(b"EDGE").unwrap_or(0..0);
        let begin = below.last().map_or(0, |(_, end)| *end);
        begin.checked_add(u32::try_from(names.count()).ok()?).filter(|end| *end < NONE)?;
        if !below.is_empty() {
            let mut told = vec![0; below.len() * hash];
            let from = chunks.sized(b"BASE", told.len())?.start;
            file.read_exact_at(&mut told, from).ok()?;
            let mut told = told.chunks_exact(hash);
            if !below.iter().all(|(name, _)| told.next() == Some(name.as_bytes())) {
                return None;
            }
        }
        let mut name = vec![0; hash];
        file.read_exact_at(&mut name, length - hash as u64).ok()?;
        let name = ObjectId::from_bytes(&name)?;
        let blocks = vec![OnceCell::new(); names.count().div_ceil(BLOCK as usize)];
        Some(Self { file, name, names, begin, hash, records, blocks, read: RefCell::default(), edges })
    }

    /// Its name: the sum at its end.
    pub(super) fn name(&self) -> ObjectId {
        self.name
    }

    /// The place of its first commit.
    pub(super) fn begin(&self) -> Place {
        self.begin
    }

    /// The place behind its last commit.
    pub(super) fn end(&self) -> Place {
        self.begin + u32::try_from(self.names.count()).unwrap_or(0)
    }

    /// The place of a commit.
    pub(super) fn find(&self, commit: &ObjectId) -> Option<Place> {
        let at = self.names.find(&self.file, commit)?;
        Some(self.begin + u32::try_from(at).ok()?)
    }

    /// The name of the commit at a place.
    pub(super) fn name_of(&self, place: Place) -> Option<ObjectId> {
        self.names.name(&self.file, place.checked_sub(self.begin)? as usize)
    }

    /// Whether it surely has none of some commits.
    pub(super) fn lacks(&self, commits: &[ObjectId]) -> bool {
        self.names.lack(&self.file, commits)
    }

    /// The level of the commit at a place, its parents behind those in a list; nothing where it is damaged.
    pub(super) fn read(&self, place: Place, parents: &mut Vec<Place>) -> Option<u32> {
        let Row { first, second, level } = self.row(place)?;
        let mut add = |parent: u32| {
            parents.push(parent);
            (parent < self.end()).then_some(())
        };
        if first != NONE {
            add(first)?;
        }
        if second & MORE != 0 {
            let mut at = self.edges.start + u64::from(second & !MORE) * 4;
            loop {
                let edge = self.edge(at)?;
                add(edge & !MORE)?;
                if edge & MORE != 0 {
                    break;
                }
                at += 4;
            }
        } else if second != NONE {
            add(second)?;
        }
        // A second parent without a first is none that git writes.
        (first != NONE || second == NONE).then_some(level)
    }

    /// The level of the commit at a place.
    pub(super) fn level(&self, place: Place) -> Option<u32> {
        self.row(place).map(|row| row.level)
    }

    /// When the commit at a place was committed, in seconds of Unix time, as far as 34 bits go.
    pub(super) fn date(&self, place: Place) -> Option<i64> {
        let (size, at) = (self.hash + BEHIND, place.checked_sub(self.begin)? as usize);
        let (mut last, behind) = ([0; 8], self.records + ((at + 1) * size) as u64);
        self.file.read_exact_at(&mut last, behind - 8).ok()?;
        i64::try_from(u64::from_be_bytes(last) & 0x3_ffff_ffff).ok()
    }

    fn row(&self, place: Place) -> Option<Row> {
        let at = place.checked_sub(self.begin)?;
        let block = self.blocks.get((at / BLOCK) as usize)?;
        let rows = block.get_or_init(|| self.block((at / BLOCK) as usize)).as_ref()?;
        rows.get((at % BLOCK) as usize).copied()
    }

    fn block(&self, at: usize) -> Option<Vec<Row>> {
        let (size, from) = (self.hash + BEHIND, at * BLOCK as usize);
        let mut bytes = self.read.borrow_mut();
        bytes.resize(BLOCK as usize * size, 0);
        let bytes = &mut bytes[..self.names.count().checked_sub(from)?.min(BLOCK as usize) * size];
        self.file.read_exact_at(bytes, self.records + (from * size) as u64).ok()?;
        let row = |record: &[u8]| {
            let word = |at: usize| number(&record[self.hash + at * 4..][..4]);
            Row { first: word(0), second: word(1), level: word(2) >> 2 }
        };
        Some(bytes.chunks_exact(size).map(row).collect())
    }

    fn edge(&self, at: u64) -> Option<u32> {
        let mut bytes = [0; 4];
        (at + 4 <= self.edges.end).then_some(())?;
        self.file.read_exact_at(&mut bytes, at).ok()?;
        Some(number(&bytes))
    }
}

/// The table of contents of a file.
struct Chunks(Vec<([u8; 4], Range<u64>)>);

impl Chunks {
    /// Reads it: the chunks follow one another, and end before the sum at the end of the file.
    fn read(file: &File, count: usize, end: u64) -> Option<Self> {
        let mut table = vec![0; (count + 1) * LINE];
        file.read_exact_at(&mut table, HEAD as u64).ok()?;
        let lines: Vec<([u8; 4], u64)> = table
            .chunks_exact(LINE)
            .map(|line| Some((*line.first_chunk()?, u64::from_be_bytes(*line.last_chunk()?))))
            .collect::<Option<_>>()?;
        let first = (HEAD + table.len()) as u64;
        let are_in_order = lines.is_sorted_by_key(|(_, from)| *from);
        let is_whole = lines.first()?.1 >= first && lines.last()? == &([0; 4], end);
        let chunk = |pair: &[([u8; 4], u64)]| (pair[0].0, pair[0].1..pair[1].1);
        (are_in_order && is_whole).then(|| Self(lines.windows(2).map(chunk).collect()))
    }

    /// The bytes of a chunk.
    fn find(&self, name: &[u8; 4]) -> Option<Range<u64>> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, range)| range.clone())
    }

    /// The same of one that has so many bytes.
    fn sized(&self, name: &[u8; 4], bytes: usize) -> Option<Range<u64>> {
        self.find(name).filter(|range| range.end - range.start == bytes as u64)
    }
}

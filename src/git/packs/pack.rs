//! A pack's bytes, read block by block: the heads of its objects and what they are packed into.
//!
//! The form is that of [gitformat-pack](https://git-scm.com/docs/gitformat-pack), "pack-*.pack files have the following
//! format".

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;

use zlib_rs::{Inflate, InflateFlush, Status};

use super::index::Index;
use super::{Kind, LARGEST, ObjectId};

/// Bytes that are read at once, where many objects are read.
pub(super) const BLOCK: usize = 1 << 15;
/// The same for a few objects, which do not lie together.
pub(super) const SMALL: usize = 1 << 12;
/// Blocks that a reader keeps: commits and trees lie in parts of their own.
const BLOCKS: usize = 4;
/// Room behind what is unpacked: as far as it lasts, zlib looks at many bits at a time (`INFLATE_FAST_MIN_LEFT`).
const ROOM: usize = 264;
/// The longest head: a size, and the name of a base.
const HEAD: usize = 64;

/// One pack.
#[derive(Debug)]
pub(super) struct Pack {
    file: File,
    pub(super) index: Index,
}

/// How an object is told.
pub(super) enum Told {
    /// By itself.
    Whole(Kind),
    /// As a change of the object at a place.
    From(u64),
    /// As a change of an object.
    Of(ObjectId),
}

/// The head of an object in a pack.
pub(super) struct Head {
    pub(super) told: Told,
    /// Bytes of it, unpacked.
    size: usize,
    /// Where its packed bytes begin.
    begin: u64,
}

impl Pack {
    /// Opens the pack of an index; nothing where either has another form than git's present one, or where the index is of
    /// another pack: git puts packs away while we read.
    pub(super) fn open(index: &Path, hash: usize) -> Option<Self> {
        let file = File::open(index.with_extension("pack")).ok()?;
        let mut head = [0; 8];
        file.read_exact_at(&mut head, 0).ok()?;
        let is_known = head == *b"PACK\0\0\0\x02" || head == *b"PACK\0\0\0\x03";
        let index = Index::open(index, hash)?;
        let sum = from_end(&file, hash, hash)?;
        (is_known && index.sum_of_pack()? == sum).then_some(Self { file, index })
    }
}

/// The look of one thread at a pack.
pub(super) struct Look<'p> {
    pub(super) pack: &'p Pack,
    /// Bytes that are read at once.
    block: usize,
    /// The newest last.
    blocks: Vec<Block>,
    /// Where objects are unpacked.
    made: Vec<u8>,
}

struct Block {
    number: u64,
    bytes: Vec<u8>,
}

impl<'p> Look<'p> {
    pub(super) fn new(pack: &'p Pack, block: usize) -> Self {
        Self { pack, block, blocks: Vec::new(), made: Vec::new() }
    }

    /// The head of the object that begins at a place; nothing where it is broken.
    pub(super) fn head(&mut self, at: u64, hash: usize) -> Option<Head> {
        let mut copied = [0; HEAD];
        let bytes = self.start(at, &mut copied)?;
        let (first, mut rest) = bytes.split_first()?;
        let (kind, mut size, mut shift, mut byte) = (first >> 4 & 7, usize::from(first & 15), 4, *first);
        while byte & 0x80 != 0 {
            (byte, rest) = rest.split_first().map(|(byte, rest)| (*byte, rest))?;
            size |= usize::from(byte & 0x7f).checked_shl(shift)?;
            shift += 7;
        }
        let told = match kind {
            1 => Told::Whole(Kind::Commit),
            2 => Told::Whole(Kind::Tree),
            3 => Told::Whole(Kind::Blob),
            4 => Told::Whole(Kind::Tag),
            6 => {
                (byte, rest) = rest.split_first().map(|(byte, rest)| (*byte, rest))?;
                let mut back = u64::from(byte & 0x7f);
                while byte & 0x80 != 0 {
                    (byte, rest) = rest.split_first().map(|(byte, rest)| (*byte, rest))?;
                    back = back.checked_add(1)?.checked_mul(128)? | u64::from(byte & 0x7f);
                }
                Told::From(at.checked_sub(back).filter(|_| back > 0)?)
            }
            7 => {
                let (base, behind) = rest.split_at_checked(hash)?;
                rest = behind;
                Told::Of(ObjectId::from_bytes(base)?)
            }
            _ => return None,
        };
        let begin = at + (bytes.len() - rest.len()) as u64;
        (size <= LARGEST).then_some(Head { told, size, begin })
    }

    /// What an object is packed into, unpacked; nothing where it is broken.
    pub(super) fn unpack(&mut self, head: &Head, inflate: &mut Inflate) -> Option<Vec<u8>> {
        let mut made = std::mem::take(&mut self.made);
        inflate.reset(true);
        if made.len() < head.size + ROOM {
            made.resize(head.size + ROOM, 0);
        }
        let (mut at, mut length) = (head.begin, 0);
        loop {
            let bytes = self.block(at)?;
            let (before, after) = (inflate.total_in(), inflate.total_out());
            let status = inflate.decompress(bytes, made.get_mut(length..)?, InflateFlush::NoFlush).ok()?;
            let (read, written) = (inflate.total_in() - before, inflate.total_out() - after);
            at += read;
            length += usize::try_from(written).ok()?;
            match status {
                Status::StreamEnd => break,
                _ if read == 0 && written == 0 => return None,
                _ => {}
            }
        }
        let unpacked = (length == head.size).then(|| made[..length].to_vec());
        // One large object takes no memory from then on.
        self.made = if made.len() > BLOCK { Vec::new() } else { made };
        unpacked
    }

    /// The bytes from a place on, as far as any head goes.
    fn start<'b>(&'b mut self, at: u64, copied: &'b mut [u8; HEAD]) -> Option<&'b [u8]> {
        let first = self.block(at)?;
        if first.len() >= HEAD {
            // Asked again, for a borrow cannot end on one way only.
            return self.block(at);
        }
        let length = first.len();
        copied[..length].copy_from_slice(first);
        let more = self.block(at + length as u64).unwrap_or_default();
        let more = &more[..more.len().min(HEAD - length)];
        copied[length..length + more.len()].copy_from_slice(more);
        Some(&copied[..length + more.len()])
    }

    /// The bytes from a place to the end of its block; nothing behind the end of the pack.
    fn block(&mut self, at: u64) -> Option<&[u8]> {
        let number = at / self.block as u64;
        match self.blocks.iter().rposition(|block| block.number == number) {
            Some(known) if known + 1 < self.blocks.len() => {
                let block = self.blocks.remove(known);
                self.blocks.push(block);
            }
            Some(_) => {}
            None => {
                let mut bytes = if self.blocks.len() < BLOCKS {
                    Vec::with_capacity(self.block)
                } else {
                    self.blocks.remove(0).bytes
                };
                bytes.resize(self.block, 0);
                let read = read_at(&self.pack.file, &mut bytes, number * self.block as u64)?;
                bytes.truncate(read);
                self.blocks.push(Block { number, bytes });
            }
        }
        let within = usize::try_from(at % self.block as u64).ok()?;
        self.blocks.last()?.bytes.get(within..).filter(|bytes| !bytes.is_empty())
    }
}

/// So many bytes that begin so far before the end.
pub(super) fn from_end(file: &File, before: usize, many: usize) -> Option<Vec<u8>> {
    let mut bytes = vec![0; many];
    let from = file.metadata().ok()?.len().checked_sub(before as u64)?;
    file.read_exact_at(&mut bytes, from).ok()?;
    Some(bytes)
}

/// As many bytes as the file has there.
fn read_at(file: &File, bytes: &mut [u8], from: u64) -> Option<usize> {
    let mut length = 0;
    while length < bytes.len() {
        match file.read_at(&mut bytes[length..], from + length as u64) {
            Ok(0) => break,
            Ok(more) => length += more,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(_) => return None,
        }
    }
    Some(length)
}

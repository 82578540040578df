//! The file of what was read before, below the common git directory: whole and of this reader, or as good as absent.
//!
//! Layout (little endian): magic, reader, vocabulary, number of sections, CRC-32 of the table; the table of sections, each
//! with its name, offset, length and CRC-32; then the sections, the newest first. A question reads only the section that
//! it needs. The file is safe to delete.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use super::section::{Parts, Section};

/// Which kind of file, and which form of it.
const MAGIC: [u8; 8] = *b"gpmread2";
const HEADER: usize = 8 + 8 + 8 + 4 + 4;
const SLOT: usize = 4 * 4;
/// Sections beyond this number go, the oldest first.
const MOST: usize = 8;

/// The file, for one reader and one vocabulary.
#[derive(Debug, Clone)]
pub(super) struct Stored {
    path: PathBuf,
    owner: [u8; 24],
}

/// A section as the table has it.
#[derive(Debug, Clone, Copy)]
struct Slot {
    name: u32,
    offset: u32,
    length: u32,
    sum: u32,
}

impl Stored {
    /// The file in a folder, as it counts for a reader's source and the words that its reading depends on.
    pub(super) fn new(folder: &Path, reader: u64, vocabulary: u64) -> Self {
        let mut owner = [0; 24];
        owner[..8].copy_from_slice(&MAGIC);
        owner[8..16].copy_from_slice(&reader.to_le_bytes());
        owner[16..].copy_from_slice(&vocabulary.to_le_bytes());
        Self { path: folder.join("cache.bin"), owner }
    }

    /// The file of what a history said, beside that of documents: the same for every vocabulary.
    pub(super) fn of_history(folder: &Path, reader: u64) -> Self {
        Self { path: folder.join("history.bin"), ..Self::new(folder, reader, 0) }
    }

    /// The file of what documents tell as causes.
    pub(super) fn of_causes(folder: &Path, reader: u64, vocabulary: u64) -> Self {
        Self { path: folder.join("causes.bin"), ..Self::new(folder, reader, vocabulary) }
    }

    /// The file of what messages say about other commits, of every branch and tag.
    pub(super) fn of_turns(folder: &Path, reader: u64) -> Self {
        Self { path: folder.join("turns.bin"), ..Self::new(folder, reader, 0) }
    }

    /// The file of what linked commits are made of: it depends on no reader and no word, only on its own form.
    pub(super) fn of_links(folder: &Path, form: u64) -> Self {
        Self { path: folder.join("links.bin"), ..Self::new(folder, form, 0) }
    }

    /// The bytes of a section; nothing where it is missing, foreign or damaged.
    pub(super) fn load(&self, name: u32) -> Vec<u8> {
        self.read(name).unwrap_or_default()
    }

    fn read(&self, name: u32) -> Option<Vec<u8>> {
        let (mut file, slot) = self.find(name)?;
        let size = file.metadata().ok()?.len();
        // A damaged length must not become memory.
        let end = u64::from(slot.offset) + u64::from(slot.length);
        let mut bytes = Vec::with_capacity(usize::try_from(slot.length).ok().filter(|_| end <= size)?);
        file.seek(SeekFrom::Start(slot.offset.into())).ok()?;
        file.take(slot.length.into()).read_to_end(&mut bytes).ok()?;
        (bytes.len() == slot.length as usize && crc32fast::hash(&bytes) == slot.sum).then_some(bytes)
    }

    /// A section without its bytes in memory; none where it is missing, foreign or damaged. Whoever replaces the file
    /// meanwhile puts another in its place, and this one stays what it was.
    pub(super) fn open(&self, name: u32) -> Option<Section> {
        let (file, slot) = self.find(name)?;
        Section::new(file, slot.offset.into(), slot.length as usize, slot.sum)
    }

    /// A section that is not looked at as a whole, because its parts have sums of their own.
    pub(super) fn parts(&self, name: u32) -> Option<Parts> {
        let (file, slot) = self.find(name)?;
        Parts::new(file, slot.offset.into(), slot.length as usize)
    }

    fn find(&self, name: u32) -> Option<(File, Slot)> {
        let mut file = File::open(&self.path).ok()?;
        let slot = self.table(&mut file)?.into_iter().find(|slot| slot.name == name)?;
        Some((file, slot))
    }

    /// The sections of a file that is ours.
    fn table(&self, file: &mut File) -> Option<Vec<Slot>> {
        let mut head = [0; HEADER];
        file.read_exact(&mut head).ok()?;
        let count = short(&head, 24)?;
        if head[..24] != self.owner || count > MOST {
            return None;
        }
        let mut table = vec![0; count * SLOT];
        file.read_exact(&mut table).ok()?;
        if crc32fast::hash(&table).to_le_bytes() != head[28..] {
            return None;
        }
        let word = |at: usize| Some(u32::from_le_bytes(table.get(at..at + 4)?.try_into().ok()?));
        let slot = |at: usize| {
            Some(Slot { name: word(at)?, offset: word(at + 4)?, length: word(at + 8)?, sum: word(at + 12)? })
        };
        (0..count).map(|at| slot(at * SLOT)).collect()
    }

    /// Puts a section in the place of the one with its name; the others stay. The file is replaced in one step, so that
    /// a reader sees the old or the new one and a kill leaves no half. Failing to write is no failure of the command:
    /// what was read before is a convenience.
    pub(super) fn replace(&self, name: u32, parts: &[&[u8]]) {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        // Linked work trees that are read side by side in one process write the same file.
        static WRITES: AtomicU32 = AtomicU32::new(0);
        let write = WRITES.fetch_add(1, Ordering::Relaxed);
        let stem = self.path.file_stem().unwrap_or_default().to_string_lossy();
        let draft = folder.join(format!("{stem}.{}.{write}.tmp", std::process::id()));
        let mut old = File::open(&self.path).ok();
        // Of a file that was cut off nothing can be taken over.
        let written = std::fs::create_dir_all(folder)
            .and_then(|()| self.write(&draft, name, parts, old.as_mut()))
            .or_else(|_| self.write(&draft, name, parts, None))
            .and_then(|()| std::fs::rename(&draft, &self.path));
        if written.is_err() {
            let _ = std::fs::remove_file(&draft);
        }
    }

    fn write(&self, draft: &Path, name: u32, parts: &[&[u8]], mut old: Option<&mut File>) -> io::Result<()> {
        let mut kept = old.as_mut().and_then(|old| self.table(old)).unwrap_or_default();
        kept.retain(|slot| slot.name != name);
        kept.truncate(MOST - 1);
        let too_long = |_| io::Error::from(io::ErrorKind::FileTooLarge);
        let mut sum = crc32fast::Hasher::new();
        parts.iter().for_each(|part| sum.update(part));
        let length = u32::try_from(parts.iter().map(|part| part.len()).sum::<usize>()).map_err(too_long)?;
        let mut offset = u32::try_from(HEADER + (kept.len() + 1) * SLOT).map_err(too_long)?;
        let mut table = Vec::with_capacity((kept.len() + 1) * SLOT);
        let new = Slot { name, offset, length, sum: sum.finalize() };
        for slot in [new].iter().chain(&kept) {
            table.extend(
                [slot.name, offset, slot.length, slot.sum].iter().flat_map(|word| word.to_le_bytes()),
            );
            offset = offset.checked_add(slot.length).ok_or(io::ErrorKind::FileTooLarge)?;
        }
        let mut out = BufWriter::with_capacity(1 << 16, File::create(draft)?);
        out.write_all(&self.owner)?;
        out.write_all(&word(kept.len() + 1))?;
        out.write_all(&crc32fast::hash(&table).to_le_bytes())?;
        out.write_all(&table)?;
        parts.iter().try_for_each(|part| out.write_all(part))?;
        let mut out = out.into_inner()?;
        for slot in kept {
            let Some(old) = &mut old else { break };
            old.seek(SeekFrom::Start(slot.offset.into()))?;
            // The kernel copies; whether the section is whole is looked at when it is read.
            let copied = io::copy(&mut old.take(slot.length.into()), &mut out)?;
            if copied != u64::from(slot.length) {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(())
    }
}

/// A length or an offset as it is stored.
pub(super) fn word(n: usize) -> [u8; 4] {
    u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes()
}

/// Eight bytes as a number.
pub(super) fn long(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?))
}

/// A length or an offset.
pub(super) fn short(bytes: &[u8], at: usize) -> Option<usize> {
    let word = u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?);
    usize::try_from(word).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_section_is_replaced_alone() {
        let folder = tempfile::tempdir().unwrap();
        let stored = Stored::new(folder.path(), 1, 2);
        stored.replace(7, &[b"seven, ", b"in parts"]);
        stored.replace(8, &[b"eight"]);
        assert_eq!((stored.load(7), stored.load(8)), (b"seven, in parts".to_vec(), b"eight".to_vec()));
        stored.replace(7, &[b""]);
        assert_eq!((stored.load(7), stored.load(8)), (Vec::new(), b"eight".to_vec()));
        assert_eq!(Stored::new(folder.path(), 1, 3).load(8), b"", "another vocabulary's");
        Stored::new(folder.path(), 1, 3).replace(8, &[b"other"]);
        assert_eq!(stored.load(8), b"", "there is one owner at a time");
    }

    #[test]
    fn the_oldest_section_goes_when_there_are_too_many() {
        let folder = tempfile::tempdir().unwrap();
        let stored = Stored::new(folder.path(), 1, 2);
        let names: Vec<u32> = (0..u32::try_from(MOST).unwrap() + 2).collect();
        names.iter().for_each(|name| stored.replace(*name, &[&name.to_le_bytes()]));
        let there: Vec<bool> = names.iter().map(|name| stored.load(*name) == name.to_le_bytes()).collect();
        assert_eq!(there.iter().filter(|is_there| **is_there).count(), MOST);
        assert!(!there[0] && !there[1]);
    }

    #[test]
    fn damage_never_reads_as_content() {
        let folder = tempfile::tempdir().unwrap();
        let stored = Stored::new(folder.path(), 1, 2);
        stored.replace(7, &[b"seven"]);
        stored.replace(8, &[b"eight"]);
        let whole = std::fs::read(&stored.path).unwrap();
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x81;
            std::fs::write(&stored.path, &damaged).unwrap();
            assert!([&b""[..], b"seven"].contains(&stored.load(7).as_slice()), "byte {at}");
            std::fs::write(&stored.path, &whole[..at]).unwrap();
            assert!([&b""[..], b"eight"].contains(&stored.load(8).as_slice()), "cut at {at}");
            let opened = |name| stored.open(name).map(|mut section| section.bytes(0, section.len()).unwrap());
            assert_eq!(opened(7).unwrap_or_default(), stored.load(7), "byte {at}");
            assert_eq!(opened(8).unwrap_or_default(), stored.load(8), "byte {at}");
            stored.replace(9, &[b"nine"]);
            assert_eq!(stored.load(9), b"nine");
        }
    }
}

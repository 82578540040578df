//! The file of what was read before, below the common git directory: whole and of this reader, or as good as absent.
//!
//! Layout (little endian): magic, reader, vocabulary, number of sections, CRC-32 of the table; the table of sections, each
//! with its name, offset, length and CRC-32, the newest first; then the sections. A question reads only the section that it
//! needs. The file is safe to delete.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::replacement::Replacement;
use super::section::{Parts, Section};

/// Which kind of file, and which form of it.
const MAGIC: [u8; 8] = *b"gpmread3";
const HEADER: usize = 8 + 8 + 8 + 4 + 4;
const SLOT: usize = 4 * 4;
/// Sections beyond this number go, the oldest first.
pub(super) const MOST: usize = 8;
/// Where the first section begins: behind a table with room for all.
pub(super) const FIRST: u32 = (HEADER + MOST * SLOT) as u32;

/// The file, for one reader and one vocabulary.
#[derive(Debug, Clone)]
pub(super) struct Stored {
    path: PathBuf,
    owner: [u8; 24],
}

/// A section as the table has it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    /// Its name.
    pub(super) name: u32,
    /// Where in the file it begins.
    pub(super) offset: u32,
    /// How many bytes it has.
    pub(super) length: u32,
    /// Their CRC-32.
    pub(super) sum: u32,
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
    pub(super) fn table(&self, file: &mut File) -> Option<Vec<Slot>> {
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

    /// Puts a section in the place of the one with its name; the others stay. Failing to write is no failure of the
    /// command: what was read before is a convenience.
    pub(super) fn replace(&self, name: u32, parts: &[&[u8]]) {
        let written = Replacement::new(self).and_then(|mut file| {
            parts.iter().try_for_each(|part| file.write(part).map(drop))?;
            file.close(name);
            file.finish()
        });
        drop(written);
    }

    /// Where the file is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// What stands before the first section: whose they are, and where.
    pub(super) fn head(&self, sections: &[Slot]) -> Vec<u8> {
        let table: Vec<u8> = sections
            .iter()
            .flat_map(|slot| [slot.name, slot.offset, slot.length, slot.sum])
            .flat_map(u32::to_le_bytes)
            .collect();
        let sum = crc32fast::hash(&table).to_le_bytes();
        [&self.owner[..], &word(sections.len()), &sum, &table].concat()
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

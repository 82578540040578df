//! The file that takes the place of a stored one, written section after section while their content comes in.

use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

use crc32fast::Hasher;

use super::stored::{FIRST, MOST, Slot, Stored};

/// A file beside the stored one, until it is finished; whoever lets go of it before leaves nothing behind.
pub(super) struct Replacement {
    stored: Stored,
    draft: PathBuf,
    file: File,
    sections: Vec<Slot>,
    open: Mutex<Open>,
}

/// The section that is being written.
struct Open {
    begin: u32,
    /// Where the next bytes go.
    end: u32,
    /// The sums of what was written, by where it begins.
    sums: Vec<(u32, Hasher)>,
}

impl Open {
    fn at(begin: u32) -> Mutex<Self> {
        Mutex::new(Self { begin, end: begin, sums: Vec::new() })
    }

    /// A place for bytes.
    fn place(&mut self, bytes: usize, sum: Hasher) -> io::Result<u32> {
        let place = self.end;
        let end = u32::try_from(bytes).ok().and_then(|length| place.checked_add(length));
        self.end = end.ok_or(ErrorKind::FileTooLarge)?;
        self.sums.push((place, sum));
        Ok(place)
    }
}

impl Replacement {
    /// An empty file.
    ///
    /// # Errors
    /// The system's, where none can be written there.
    pub(super) fn new(stored: &Stored) -> io::Result<Self> {
        // Linked work trees that are read side by side in one process write the same file.
        static WRITES: AtomicU32 = AtomicU32::new(0);
        let write = WRITES.fetch_add(1, Ordering::Relaxed);
        let folder = stored.path().parent().unwrap_or(Path::new("."));
        let stem = stored.path().file_stem().unwrap_or_default().to_string_lossy();
        std::fs::create_dir_all(folder)?;
        let draft = folder.join(format!("{stem}.{}.{write}.tmp", std::process::id()));
        let file = File::create(&draft)?;
        Ok(Self { stored: stored.clone(), draft, file, sections: Vec::new(), open: Open::at(FIRST) })
    }

    /// Writes bytes of the section that is not closed yet, and tells where in it they begin. Any thread may; which of two
    /// comes first is left to chance, and nobody waits for another's bytes.
    ///
    /// # Errors
    /// The system's, and that the file has become longer than offsets in it can say.
    pub(super) fn write(&self, bytes: &[u8]) -> io::Result<u32> {
        let mut sum = Hasher::new();
        sum.update(bytes);
        let (begin, place) = {
            let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
            (open.begin, open.place(bytes.len(), sum)?)
        };
        self.file.write_all_at(bytes, place.into())?;
        Ok(place - begin)
    }

    /// What was written since the last section is one, under a name of its own.
    pub(super) fn close(&mut self, name: u32) {
        let open = self.open.get_mut().unwrap_or_else(PoisonError::into_inner);
        let (begin, end, mut sums) = (open.begin, open.end, std::mem::take(&mut open.sums));
        sums.sort_unstable_by_key(|(place, _)| *place);
        let mut whole = Hasher::new();
        sums.iter().for_each(|(_, sum)| whole.combine(sum));
        debug_assert!(self.sections.len() < MOST && self.sections.iter().all(|section| section.name != name));
        self.sections.push(Slot { name, offset: begin, length: end - begin, sum: whole.finalize() });
        self.open = Open::at(end);
    }

    /// Puts the file in the place of the stored one, in one step: a reader sees the old or the new one, and a kill leaves
    /// no half. Sections of the stored one that were not written anew stay, behind the new ones, as far as there is room.
    ///
    /// # Errors
    /// The system's; the stored file stays what it was.
    pub(super) fn finish(mut self) -> io::Result<()> {
        if let Ok(mut old) = File::open(self.stored.path()) {
            for slot in self.stored.table(&mut old).unwrap_or_default() {
                let is_new = self.sections.iter().all(|section| section.name != slot.name);
                if is_new && self.sections.len() < MOST {
                    self.take_over(&mut old, slot)?;
                }
            }
        }
        self.file.write_all_at(&self.stored.head(&self.sections), 0)?;
        std::fs::rename(&self.draft, self.stored.path())
    }

    /// Copies a section of the stored file. Whether it is whole is looked at when it is read; of one that was cut off there
    /// is nothing to take over.
    fn take_over(&mut self, old: &mut File, slot: Slot) -> io::Result<()> {
        let place = self.open.get_mut().unwrap_or_else(PoisonError::into_inner).begin;
        let end = place.checked_add(slot.length).ok_or(ErrorKind::FileTooLarge)?;
        self.file.seek(SeekFrom::Start(place.into()))?;
        old.seek(SeekFrom::Start(slot.offset.into()))?;
        if io::copy(&mut old.take(slot.length.into()), &mut self.file)? == u64::from(slot.length) {
            self.sections.push(Slot { offset: place, ..slot });
            self.open = Open::at(end);
        }
        Ok(())
    }
}

impl Drop for Replacement {
    fn drop(&mut self) {
        // Once it is finished there is none by this name.
        drop(std::fs::remove_file(&self.draft));
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// What lies in a folder.
    pub(in crate::archive) fn names(folder: &Path) -> Vec<String> {
        let names = std::fs::read_dir(folder).unwrap();
        names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn sections_written_piece_by_piece_take_the_place_of_those_with_their_names() {
        let folder = tempfile::tempdir().unwrap();
        let stored = Stored::new(folder.path(), 1, 2);
        stored.replace(7, &[b"old seven"]);
        stored.replace(9, &[b"nine"]);
        let mut file = Replacement::new(&stored).unwrap();
        let places = [&b"new "[..], b"", b"seven", b""].map(|part| file.write(part).unwrap());
        assert_eq!(places, [0, 4, 4, 9]);
        file.close(7);
        assert_eq!(file.write(b"eight").unwrap(), 0);
        file.close(8);
        assert_eq!(stored.load(7), b"old seven", "nothing counts before it is finished");
        file.finish().unwrap();
        let all = [7, 8, 9].map(|name| stored.load(name));
        assert_eq!(all, [&b"new seven"[..], b"eight", b"nine"]);
        assert_eq!(names(folder.path()), ["cache.bin"]);
    }

    #[test]
    fn what_threads_write_side_by_side_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let stored = Stored::new(folder.path(), 1, 2);
        let mut file = Replacement::new(&stored).unwrap();
        let written = crate::git::side_by_side(50, |n| {
            let bytes = vec![n as u8; 1000 + n];
            (file.write(&bytes).unwrap(), bytes)
        });
        file.close(7);
        file.finish().unwrap();
        let all = stored.load(7);
        assert_eq!(all.len(), written.iter().map(|(_, bytes)| bytes.len()).sum::<usize>());
        for (place, bytes) in written {
            assert_eq!(all[place as usize..][..bytes.len()], bytes);
        }
    }

    #[test]
    fn one_that_is_let_go_of_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let stored = Stored::new(folder.path(), 1, 2);
        stored.replace(7, &[b"seven"]);
        let mut file = Replacement::new(&stored).unwrap();
        file.write(&vec![1; 1 << 18]).unwrap();
        file.close(7);
        assert_eq!(names(folder.path()).len(), 2);
        drop(file);
        assert_eq!((names(folder.path()), stored.load(7)), (vec!["cache.bin".to_owned()], b"seven".to_vec()));
    }

    #[test]
    fn of_a_file_that_was_cut_off_what_is_whole_is_taken_over() {
        let folder = tempfile::tempdir().unwrap();
        let stored = Stored::new(folder.path(), 1, 2);
        stored.replace(7, &[b"seven"]);
        stored.replace(8, &[b"eight"]);
        let whole = std::fs::read(stored.path()).unwrap();
        std::fs::write(stored.path(), &whole[..whole.len() - 1]).unwrap();
        stored.replace(9, &[b"nine"]);
        stored.replace(10, &[b"ten"]);
        let all = [7, 8, 9, 10].map(|name| stored.load(name));
        assert_eq!(all, [&b""[..], b"eight", b"nine", b"ten"]);
    }
}

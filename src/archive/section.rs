//! A section of a file of what was read before, without its bytes in memory. Whoever replaces the file meanwhile puts
//! another in its place, and this one stays what it was.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::os::unix::fs::FileExt;

/// A section that is whole and is read piece by piece.
#[derive(Debug)]
pub(super) struct Section {
    file: BufReader<File>,
    /// Where in it the next byte comes from.
    at: i64,
    length: usize,
}

/// A section that is not looked at as a whole, because its parts have sums of their own; any thread reads them.
#[derive(Debug)]
pub(super) struct Parts {
    file: File,
    begin: u64,
    length: usize,
}

impl Section {
    /// The bytes of a file that begin at a place, if they have this CRC-32.
    pub(super) fn new(mut file: File, begin: u64, length: usize, wanted: u32) -> Option<Self> {
        file.seek(SeekFrom::Start(begin)).ok()?;
        let mut file = BufReader::with_capacity(1 << 16, file);
        let (mut sum, mut left) = (crc32fast::Hasher::new(), length);
        while left > 0 {
            let bytes = file.fill_buf().ok()?;
            let bytes = &bytes[..bytes.len().min(left)];
            if bytes.is_empty() {
                return None;
            }
            sum.update(bytes);
            let many = bytes.len();
            left -= many;
            file.consume(many);
        }
        let at = i64::try_from(length).ok()?;
        (sum.finalize() == wanted).then_some(Self { file, at, length })
    }

    /// How many bytes it has.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.length
    }

    /// Bytes of it, from one place to another.
    pub(super) fn bytes(&mut self, from: usize, to: usize) -> Option<Vec<u8>> {
        // A damaged length must not become memory.
        let mut bytes = vec![0; to.checked_sub(from).filter(|_| to <= self.length)?];
        let start = i64::try_from(from).ok()?;
        // What lies behind one another is read without a call for each.
        self.file.seek_relative(start - self.at).ok()?;
        self.at = start;
        self.file.read_exact(&mut bytes).ok()?;
        self.at = i64::try_from(to).ok()?;
        Some(bytes)
    }
}

impl Parts {
    /// The bytes of a file that begin at a place, as far as there are any.
    pub(super) fn new(file: File, begin: u64, length: usize) -> Option<Self> {
        // A damaged length must not become memory.
        let is_there = begin + length as u64 <= file.metadata().ok()?.len();
        is_there.then_some(Self { file, begin, length })
    }

    /// So many bytes of it; nothing where it ends before.
    pub(super) fn bytes(&self, from: usize, length: usize) -> Option<Vec<u8>> {
        from.checked_add(length).filter(|end| *end <= self.length)?;
        let mut bytes = vec![0; length];
        self.file.read_exact_at(&mut bytes, self.begin + from as u64).ok()?;
        Some(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::super::stored::Stored;

    #[test]
    fn a_section_is_read_in_pieces_and_not_beyond_its_end() {
        let folder = tempfile::tempdir().unwrap();
        let stored = Stored::new(folder.path(), 1, 2);
        stored.replace(7, &[b"behind it"]);
        let long = vec![7; 100_000];
        stored.replace(8, &[b"eight", &long, b"and its end"]);
        let mut section = stored.open(8).unwrap();
        assert_eq!(section.bytes(3, 7).unwrap(), b"ht\x07\x07");
        assert_eq!(section.bytes(100_005, 100_016).unwrap(), b"and its end");
        assert_eq!(section.bytes(0, 5).unwrap(), b"eight");
        assert_eq!(section.bytes(5, 100_005).unwrap(), long);
        assert_eq!((section.bytes(100_010, 100_017), section.bytes(5, 4)), (None, None));
        assert_eq!(section.bytes(100_016, 100_016).unwrap(), b"");
        assert!(stored.open(9).is_none());
    }

    #[test]
    fn parts_are_read_from_any_place_and_not_beyond_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let stored = Stored::new(folder.path(), 1, 2);
        stored.replace(7, &[b"behind it"]);
        stored.replace(8, &[b"eight"]);
        let parts = stored.parts(8).unwrap();
        assert_eq!(
            (parts.bytes(1, 3).unwrap(), parts.bytes(0, 5).unwrap()),
            (b"igh".to_vec(), b"eight".to_vec())
        );
        assert_eq!((parts.bytes(5, 0).unwrap(), parts.bytes(3, 3)), (Vec::new(), None));
        assert_eq!(parts.bytes(usize::MAX, 2), None);
        assert!(stored.parts(9).is_none());
    }
}

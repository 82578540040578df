//! The index file, read for what it recorded of the work tree: times, sizes, ids and paths of entries.
//!
//! Written after `Documentation/gitformat-index.txt` of git. Only the plain forms (versions 2 and 3) are read; of a
//! compressed, split or sparse one nothing is said, and git is asked instead. The checksum is not verified: git does
//! not either where `index.skipHash` is set, and a damaged index shows as a difference that git then explains.

/// One entry as it stands in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct IndexEntry<'i> {
    /// When the file was last changed, seconds and nanoseconds.
    pub(super) changed: (u32, u32),
    /// What it is, as in a tree.
    pub(super) mode: u32,
    /// Its size modulo 4 GiB.
    pub(super) size: u32,
    /// The blob.
    pub(super) id: &'i [u8],
    /// Assumed unchanged, or outside the sparse cone: whatever stands in the work tree does not count.
    pub(super) is_absent: bool,
    /// Of a merge: 0 where there is none.
    pub(super) stage: u16,
    /// The path, from the top.
    pub(super) path: &'i [u8],
}

const ASSUMED: u16 = 0x8000;
const EXTENDED: u16 = 0x4000;
const SKIPPED: u16 = 0x4000;
/// Bytes of an entry before its id.
const FIXED: usize = 40;

/// Every entry in order; `None` where the file is of a form that is not read, or is not whole. `hash` is the length of
/// an id in bytes.
pub(super) fn entries(bytes: &[u8], hash: usize) -> Option<Vec<IndexEntry<'_>>> {
    let version = word(bytes, 4)?;
    if bytes.get(..4)? != b"DIRC" || !matches!(version, 2 | 3) {
        return None;
    }
    let count = usize::try_from(word(bytes, 8)?).ok()?;
    let mut entries = Vec::with_capacity(count.min(bytes.len() / (FIXED + hash)));
    let mut at = 12;
    for _ in 0..count {
        let (entry, length) = entry(bytes.get(at..)?, hash)?;
        entries.push(entry);
        at += length;
    }
    has_all(bytes, at, hash).then_some(entries)
}

fn entry(bytes: &[u8], hash: usize) -> Option<(IndexEntry<'_>, usize)> {
    let flags = half(bytes, FIXED + hash)?;
    let extended = if flags & EXTENDED == 0 { None } else { Some(half(bytes, FIXED + hash + 2)?) };
    let start = FIXED + hash + 2 + extended.map_or(0, |_| 2);
    let length = bytes.get(start..)?.iter().position(|byte| *byte == 0)?;
    let entry = IndexEntry {
        changed: (word(bytes, 8)?, word(bytes, 12)?),
        mode: word(bytes, 24)?,
        size: word(bytes, 36)?,
        id: bytes.get(FIXED..FIXED + hash)?,
        is_absent: flags & ASSUMED != 0 || extended.is_some_and(|flags| flags & SKIPPED != 0),
        stage: flags >> 12 & 3,
        path: bytes.get(start..start + length)?,
    };
    // One to eight NULs, so that the next entry begins at a multiple of eight bytes from this one.
    Some((entry, (start + length + 8) / 8 * 8))
}

/// Whether what follows the entries takes nothing from them: an extension with a small letter changes their meaning.
fn has_all(bytes: &[u8], mut at: usize, hash: usize) -> bool {
    let end = bytes.len().saturating_sub(hash);
    while at + 8 <= end {
        let optional = bytes[at].is_ascii_uppercase();
        let Some(size) = word(bytes, at + 4).and_then(|size| usize::try_from(size).ok()) else {
            return false;
        };
        if !optional {
            return false;
        }
        at = at.saturating_add(8).saturating_add(size);
    }
    at == end
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn half(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An index of version 2 with one entry per path, as git lays it out.
    fn index(paths: &[&str], extension: &[u8]) -> Vec<u8> {
        let mut bytes = b"DIRC\0\0\0\x02".to_vec();
        bytes.extend(u32::try_from(paths.len()).unwrap().to_be_bytes());
        for path in paths {
            let start = bytes.len();
            for number in [1u32, 2, 1_767_225_600, 7, 0, 0, 0o100_644, 0, 0, 42] {
                bytes.extend(number.to_be_bytes());
            }
            bytes.extend([9; 20]);
            bytes.extend(u16::try_from(path.len()).unwrap().to_be_bytes());
            bytes.extend(path.as_bytes());
            bytes.push(0);
            while !(bytes.len() - start).is_multiple_of(8) {
                bytes.push(0);
            }
        }
        bytes.extend(extension);
        bytes.extend([0; 20]);
        bytes
    }

    #[test]
    fn paths_of_every_length_are_read() {
        let paths: Vec<String> = (1..40).map(|length| "p".repeat(length)).collect();
        let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
        let bytes = index(&paths, b"");
        let read = entries(&bytes, 20).unwrap();
        let names: Vec<&str> = read.iter().map(|entry| std::str::from_utf8(entry.path).unwrap()).collect();
        assert_eq!(names, paths);
        assert_eq!((read[0].changed, read[0].size, read[0].mode), ((1_767_225_600, 7), 42, 0o100_644));
        assert_eq!((read[0].id, read[0].is_absent, read[0].stage), (&[9; 20][..], false, 0));
    }

    #[test]
    fn what_changes_the_meaning_of_entries_is_left_to_git() {
        assert!(entries(&index(&["a"], b"TREE\0\0\0\x02xx"), 20).is_some());
        assert!(entries(&index(&["a"], b"link\0\0\0\x02xx"), 20).is_none());
        assert!(entries(&index(&["a"], b"sdir\0\0\0\0"), 20).is_none());
        let mut four = index(&["a"], b"");
        four[7] = 4;
        assert!(entries(&four, 20).is_none());
    }

    #[test]
    fn a_cut_file_is_no_index() {
        let whole = index(&["a", "docs/b.md"], b"");
        for length in 0..whole.len() {
            assert!(entries(&whole[..length], 20).is_none(), "{length} bytes");
        }
    }
}

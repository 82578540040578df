//! The index file, read for what it recorded of the work tree: times, sizes, ids and paths of entries.
//!
//! Written after `Documentation/gitformat-index.txt` of git. Only the plain forms (versions 2 and 3) are read; of a
//! compressed, split or sparse one nothing is said, and git is asked instead. The checksum is not verified: git does
//! not either where `index.skipHash` is set, and a damaged index shows as a difference that git then explains.

/// One entry as it stands in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct IndexEntry<'i> {
    /// When anything about the file was last changed, seconds and nanoseconds: nobody can set that back.
    pub(super) touched: (u32, u32),
    /// When the file was last written to, seconds and nanoseconds.
    pub(super) changed: (u32, u32),
    /// What it is, as in a tree.
    pub(super) mode: u32,
    /// Its size modulo 4 GiB.
    pub(super) size: u32,
    /// The blob.
    pub(super) id: &'i [u8],
    /// Assumed unchanged: whatever stands in the work tree does not count.
    pub(super) is_assumed: bool,
    /// Outside the sparse cone: no file is missed. One that is there all the same counts for git.
    pub(super) is_skipped: bool,
    /// Of a merge: 0 where there is none.
    pub(super) stage: u16,
    /// The path, from the top.
    pub(super) path: &'i [u8],
}

impl IndexEntry<'_> {
    /// Whether git does not miss the file where it is not there.
    pub(super) fn may_be_absent(&self) -> bool {
        self.is_assumed || self.is_skipped
    }
}

const ASSUMED: u16 = 0x8000;
const EXTENDED: u16 = 0x4000;
const SKIPPED: u16 = 0x4000;
/// Bytes of an entry before its id.
const FIXED: usize = 40;

/// An index file that was read to its end.
pub(super) struct Index<'i> {
    /// Every entry, in the order of paths.
    entries: Vec<IndexEntry<'i>>,
    /// The trees that git remembers the entries to be, where it does.
    trees: Option<&'i [u8]>,
    hash: usize,
}

impl<'i> Index<'i> {
    /// Reads a file; `None` where it is of a form that is not read, or is not whole. `hash` is the length of an id
    /// in bytes.
    pub(super) fn read(bytes: &'i [u8], hash: usize) -> Option<Self> {
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
        let trees = extensions(bytes, at, hash)?;
        Some(Self { entries, trees, hash })
    }

    /// The entries below a folder (`""` is the top).
    pub(super) fn below(&self, folder: &str) -> &[IndexEntry<'i>] {
        if folder.is_empty() {
            return &self.entries;
        }
        let start = self.entries.partition_point(|entry| is_before(entry.path, folder));
        let rest = &self.entries[start..];
        &rest[..rest.partition_point(|entry| is_below(entry.path, folder))]
    }

    /// The tree that the entries below a folder make, where git has kept it: it drops one with any change below.
    ///
    /// The extension `TREE` lists folders depth first: a name that ends in NUL, the number of entries (-1 where the
    /// tree is not known) and of folders right below it, and the id where it is known.
    pub(super) fn tree(&self, folder: &str) -> Option<&'i [u8]> {
        let mut wanted = folder.split('/').filter(|name| !name.is_empty());
        let (mut node, mut rest) = tree_node(self.trees?, self.hash)?;
        let mut name = wanted.next();
        while let Some(looked_for) = name {
            let mut found = None;
            for _ in 0..node.folders {
                let (below, after) = tree_node(rest, self.hash)?;
                if below.name == looked_for.as_bytes() {
                    found = Some((below, after));
                    break;
                }
                rest = skip_folders(after, below.folders, self.hash, 0)?;
            }
            (node, rest) = found?;
            name = wanted.next();
        }
        node.id
    }
}

/// Whether a path comes before everything below a folder.
fn is_before(path: &[u8], folder: &str) -> bool {
    let folder = folder.as_bytes();
    match path.get(..folder.len()) {
        Some(start) if start == folder => path.get(folder.len()).is_none_or(|byte| *byte < b'/'),
        _ => path < folder,
    }
}

fn is_below(path: &[u8], folder: &str) -> bool {
    path.strip_prefix(folder.as_bytes()).is_some_and(|rest| rest.starts_with(b"/"))
}

/// A folder as the extension `TREE` has it.
struct TreeNode<'i> {
    name: &'i [u8],
    folders: usize,
    id: Option<&'i [u8]>,
}

/// One folder, and the bytes after it.
fn tree_node(bytes: &[u8], hash: usize) -> Option<(TreeNode<'_>, &[u8])> {
    let end = bytes.iter().position(|byte| *byte == 0)?;
    let (name, rest) = (&bytes[..end], &bytes[end + 1..]);
    let line = rest.iter().position(|byte| *byte == b'\n')?;
    let (count, folders) = std::str::from_utf8(&rest[..line]).ok()?.split_once(' ')?;
    let (is_known, folders) = (count.parse::<i64>().ok()? >= 0, folders.parse().ok()?);
    let rest = &rest[line + 1..];
    let (id, rest) = if is_known { (Some(rest.get(..hash)?), rest.get(hash..)?) } else { (None, rest) };
    Some((TreeNode { name, folders, id }, rest))
}

/// Folders nested deeper than this are a damaged file's.
const DEEPEST: usize = 512;

/// The bytes after so many folders with all that is below them.
fn skip_folders(mut bytes: &[u8], folders: usize, hash: usize, depth: usize) -> Option<&[u8]> {
    if depth > DEEPEST {
        return None;
    }
    for _ in 0..folders {
        let (node, rest) = tree_node(bytes, hash)?;
        bytes = skip_folders(rest, node.folders, hash, depth + 1)?;
    }
    Some(bytes)
}

fn entry(bytes: &[u8], hash: usize) -> Option<(IndexEntry<'_>, usize)> {
    let flags = half(bytes, FIXED + hash)?;
    let extended = if flags & EXTENDED == 0 { None } else { Some(half(bytes, FIXED + hash + 2)?) };
    let start = FIXED + hash + 2 + extended.map_or(0, |_| 2);
    let length = bytes.get(start..)?.iter().position(|byte| *byte == 0)?;
    let entry = IndexEntry {
        touched: (word(bytes, 0)?, word(bytes, 4)?),
        changed: (word(bytes, 8)?, word(bytes, 12)?),
        mode: word(bytes, 24)?,
        size: word(bytes, 36)?,
        id: bytes.get(FIXED..FIXED + hash)?,
        is_assumed: flags & ASSUMED != 0,
        is_skipped: extended.is_some_and(|flags| flags & SKIPPED != 0),
        stage: flags >> 12 & 3,
        path: bytes.get(start..start + length)?,
    };
    // One to eight NULs, so that the next entry begins at a multiple of eight bytes from this one.
    Some((entry, (start + length + 8) / 8 * 8))
}

/// The extension `TREE`, where there is one, of what follows the entries; `None` where anything there takes something
/// from the entries: an extension with a small letter changes their meaning.
fn extensions(bytes: &[u8], mut at: usize, hash: usize) -> Option<Option<&[u8]>> {
    let end = bytes.len().checked_sub(hash)?;
    let mut trees = None;
    while at + 8 <= end {
        let name = &bytes[at..at + 4];
        let size = usize::try_from(word(bytes, at + 4)?).ok()?;
        let content = bytes.get(at + 8..at.checked_add(8)?.checked_add(size)?)?;
        match name {
            b"TREE" => trees = Some(content),
            [first, ..] if first.is_ascii_uppercase() => {}
            _ => return None,
        }
        at += 8 + size;
    }
    (at == end).then_some(trees)
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
        let read = Index::read(&bytes, 20).unwrap().entries;
        let names: Vec<&str> = read.iter().map(|entry| std::str::from_utf8(entry.path).unwrap()).collect();
        assert_eq!(names, paths);
        assert_eq!((read[0].changed, read[0].size, read[0].mode), ((1_767_225_600, 7), 42, 0o100_644));
        assert_eq!((read[0].touched, read[0].id, read[0].stage), ((1, 2), &[9; 20][..], 0));
        assert!(!read[0].is_assumed && !read[0].is_skipped);
    }

    #[test]
    fn what_changes_the_meaning_of_entries_is_left_to_git() {
        assert!(Index::read(&index(&["a"], b"TREE\0\0\0\x02xx"), 20).is_some());
        assert!(Index::read(&index(&["a"], b"link\0\0\0\x02xx"), 20).is_none());
        assert!(Index::read(&index(&["a"], b"sdir\0\0\0\0"), 20).is_none());
        let mut four = index(&["a"], b"");
        four[7] = 4;
        assert!(Index::read(&four, 20).is_none());
    }

    #[test]
    fn a_cut_file_is_no_index() {
        let whole = index(&["a", "docs/b.md"], b"");
        for length in 0..whole.len() {
            assert!(Index::read(&whole[..length], 20).is_none(), "{length} bytes");
        }
    }

    #[test]
    fn a_folder_is_what_lies_below_it_and_nothing_beside() {
        let paths = ["docs", "docs-old/a", "docs.md", "docs/a", "docs/b/c", "docs0", "e"];
        let bytes = index(&paths, b"");
        let index = Index::read(&bytes, 20).unwrap();
        let below = |folder: &str| -> Vec<&str> {
            index.below(folder).iter().map(|entry| std::str::from_utf8(entry.path).unwrap()).collect()
        };
        assert_eq!(below("docs"), ["docs/a", "docs/b/c"]);
        assert_eq!(below("docs/b"), ["docs/b/c"]);
        assert_eq!(below("doc"), [""; 0]);
        assert_eq!(below("zoo"), [""; 0]);
        assert_eq!(below(""), paths);
    }

    #[test]
    fn the_tree_of_a_folder_is_found_where_git_knows_it() {
        let known = |name: &str, folders: usize, id: u8| {
            [format!("{name}\0{} {folders}\n", 3).as_bytes(), &[id; 20]].concat()
        };
        let trees = [
            b"\0-1 2\n".to_vec(),
            known("code", 1, 1),
            known("docs", 0, 2),
            known("docs", 2, 3),
            b"drafts\0-1 0\n".to_vec(),
            known("post-mortems", 0, 4),
        ];
        let trees = trees.concat();
        let size = u32::try_from(trees.len()).unwrap().to_be_bytes();
        let bytes = super::tests::index(&["a"], &[b"TREE".as_slice(), &size, &trees].concat());
        let index = Index::read(&bytes, 20).unwrap();
        assert_eq!(index.tree(""), None);
        assert_eq!(index.tree("docs"), Some(&[3; 20][..]));
        assert_eq!(index.tree("docs/post-mortems"), Some(&[4; 20][..]));
        assert_eq!(index.tree("code/docs"), Some(&[2; 20][..]));
        assert_eq!(index.tree("docs/drafts"), None);
        assert_eq!(index.tree("nowhere"), None);
    }
}

//! What a tree is made of, read from its bytes.

use std::cmp::Ordering;

use super::ObjectId;

/// One name of a tree.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry<'t> {
    /// The mode in octal digits, as it is written.
    mode: &'t [u8],
    /// The name.
    pub(super) name: &'t [u8],
    /// The object behind it.
    pub(super) id: ObjectId,
}

impl Entry<'_> {
    /// Which of two comes first in a tree: the name of a folder counts as if it ended with a slash.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        let end = |entry: &Self| entry.is_folder().then_some(b'/');
        let name = |entry: &Self| entry.name.iter().copied().chain(end(entry));
        name(self).cmp(name(other))
    }

    /// Whether it is a tree itself.
    pub(super) fn is_folder(&self) -> bool {
        self.mode() & 0o170_000 == 0o040_000
    }

    /// What it is and who may run it; nought where that cannot be read.
    pub(super) fn mode(&self) -> i32 {
        let digits = std::str::from_utf8(self.mode).ok();
        digits.and_then(|digits| i32::from_str_radix(digits, 8).ok()).unwrap_or_default()
    }
}

/// A mode as git compares it: of old ones that a group could write to, who may run it is all that counts.
pub(super) fn canonical(mode: i32) -> i32 {
    match mode & 0o170_000 {
        0o100_000 => 0o100_644 | mode & 0o100 | (mode & 0o100) >> 3 | (mode & 0o100) >> 6,
        kind => kind,
    }
}

/// The names of a tree: mode, blank, name, zero, the id's bytes, one behind the other; as far as that can be read.
pub(super) fn entries(mut bytes: &[u8], hash: usize) -> impl Iterator<Item = Entry<'_>> {
    std::iter::from_fn(move || {
        let end = bytes.iter().position(|byte| *byte == 0)?;
        let (head, rest) = (&bytes[..end], &bytes[end + 1..]);
        let blank = head.iter().position(|byte| *byte == b' ')?;
        let (id, behind) = rest.split_at_checked(hash)?;
        bytes = behind;
        Some(Entry { mode: &head[..blank], name: &head[blank + 1..], id: ObjectId::from_bytes(id)? })
    })
}

/// Whether all of a tree can be read.
pub(super) fn is_whole(bytes: &[u8], hash: usize) -> bool {
    let length = |entry: Entry<'_>| entry.mode.len() + 1 + entry.name.len() + 1 + hash;
    entries(bytes, hash).map(length).sum::<usize>() == bytes.len()
}

/// Whether a name is that of the tree that has nothing in it.
pub(super) fn is_empty_tree(tree: &ObjectId) -> bool {
    [
        "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
        "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
    ]
    .contains(&tree.to_string().as_str())
}

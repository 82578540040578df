//! The trees of some folders, looked up from the trees of many commits.

use std::collections::HashMap;

use git2::{ErrorCode, Odb, OdbObject};

use super::{FolderTrees, ObjectId};

/// A look from root trees into folders; what was below a tree once is below it again.
pub(super) struct FolderScan<'r> {
    odb: Odb<'r>,
    /// The names on the way to each folder.
    folders: Vec<Vec<&'r [u8]>>,
    /// Bytes of an object's name.
    hash: usize,
    /// By tree, folder and depth.
    known: HashMap<(ObjectId, usize, usize), Option<ObjectId>>,
}

impl<'r> FolderScan<'r> {
    pub(super) fn new(odb: Odb<'r>, folders: &'r [String], hash: usize) -> Self {
        let names = |folder: &'r String| {
            folder.split('/').filter(|name| !name.is_empty()).map(str::as_bytes).collect()
        };
        Self { odb, folders: folders.iter().map(names).collect(), hash, known: HashMap::new() }
    }

    /// The folders' trees below a root; none where a tree on the way is not at hand.
    pub(super) fn trees(&mut self, root: ObjectId) -> Option<FolderTrees> {
        // Most trees are the root of one commit only: its entries are looked at once for all folders.
        let below: FolderTrees = match self.read(root)? {
            Some(object) => {
                let first = |names: &Vec<&[u8]>| match names.first() {
                    None => Some(root),
                    Some(name) => subtree(object.data(), name, self.hash),
                };
                self.folders.iter().map(first).collect()
            }
            None => vec![None; self.folders.len()],
        };
        let mut found: FolderTrees = Vec::with_capacity(below.len());
        for (at, tree) in below.into_iter().enumerate() {
            found.push(match tree {
                Some(tree) => self.descend(tree, at, 1)?,
                None => None,
            });
        }
        Some(found)
    }

    /// From a tree that lies at a depth of the way to a folder.
    fn descend(&mut self, tree: ObjectId, folder: usize, depth: usize) -> Option<Option<ObjectId>> {
        let Some(name) = self.folders[folder].get(depth).copied() else { return Some(Some(tree)) };
        if let Some(known) = self.known.get(&(tree, folder, depth)) {
            return Some(*known);
        }
        let below = self.read(tree)?.and_then(|data| subtree(data.data(), name, self.hash));
        let found = match below {
            Some(below) => self.descend(below, folder, depth + 1)?,
            None => None,
        };
        self.known.insert((tree, folder, depth), found);
        Some(found)
    }

    /// A tree's entries; nothing where it cannot be read, `None` where it is not there.
    #[allow(clippy::option_option, reason = "a missing tree and an unreadable one are told apart")]
    fn read(&self, tree: ObjectId) -> Option<Option<OdbObject<'_>>> {
        match self.odb.read(tree.to_git2()) {
            Ok(object) => Some(Some(object)),
            // The empty tree need not be stored anywhere.
            Err(error) if error.code() == ErrorCode::NotFound && !is_empty_tree(&tree) => None,
            Err(_) => Some(None),
        }
    }
}

fn is_empty_tree(tree: &ObjectId) -> bool {
    [
        "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
        "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
    ]
    .contains(&tree.to_string().as_str())
}

/// The tree of a name among a tree's entries: mode, blank, name, zero, the id's bytes, one behind the other.
fn subtree(mut entries: &[u8], wanted: &[u8], hash: usize) -> Option<ObjectId> {
    while !entries.is_empty() {
        let end = entries.iter().position(|byte| *byte == 0)?;
        let (head, rest) = (&entries[..end], entries.get(end + 1..)?);
        let blank = head.iter().position(|byte| *byte == b' ')?;
        let id = rest.get(..hash)?;
        if &head[blank + 1..] == wanted {
            return (head.starts_with(b"40000 ") || head.starts_with(b"040000 "))
                .then(|| ObjectId::from_bytes(id))
                .flatten();
        }
        entries = &rest[hash..];
    }
    None
}

//! The trees of some folders, looked up from the trees of many commits.

use std::collections::HashMap;

use git2::ErrorCode;

use super::{FolderTrees, ObjectId};
use crate::git::packs::{Bytes, Kind, Objects};
use crate::git::tree_bytes::{Entry, entries, is_empty_tree};

/// What stands under a name at the top, and whether it is a folder.
type Top = Option<(ObjectId, bool)>;

/// A look from root trees into folders; what was below a tree once is below it again.
pub(super) struct FolderScan<'r> {
    /// The names on the way to each folder.
    folders: Vec<Vec<&'r [u8]>>,
    /// The first of these names, each once.
    tops: Vec<&'r [u8]>,
    /// Bytes of an object's name.
    hash: usize,
    /// Files count as well.
    files: bool,
    /// By tree, folder and depth.
    known: HashMap<(ObjectId, usize, usize), Option<ObjectId>>,
    /// The trees of the first names at the last commit, and the state that they came to.
    last: Option<(Vec<Top>, u32)>,
    numbers: HashMap<FolderTrees, u32>,
    /// Each state of the folders once.
    pub(super) states: Vec<FolderTrees>,
}

impl<'r> FolderScan<'r> {
    pub(super) fn new(folders: &'r [String], files: bool, hash: usize) -> Self {
        let names = |folder: &'r String| -> Vec<&'r [u8]> {
            folder.split('/').filter(|name| !name.is_empty()).map(str::as_bytes).collect()
        };
        let folders: Vec<_> = folders.iter().map(names).collect();
        let mut tops: Vec<&[u8]> = folders.iter().filter_map(|names| names.first().copied()).collect();
        tops.sort_unstable();
        tops.dedup();
        let (known, numbers) = (HashMap::new(), HashMap::new());
        Self { folders, tops, hash, files, known, last: None, numbers, states: Vec::new() }
    }

    /// What stands in the folders below a root, as a place among the states; none where a tree on the way is not at hand.
    pub(super) fn state(&mut self, root: ObjectId, objects: &mut Objects<'_>) -> Option<u32> {
        // Most trees are the root of one commit only: its entries are looked at once for all folders.
        let mut tops: Vec<Top> = vec![None; self.tops.len()];
        if !tops.is_empty()
            && let Some(object) = read(root, objects)?
        {
            for entry in entries(&object, self.hash).filter(|entry| self.files || entry.is_folder()) {
                if let Ok(at) = self.tops.binary_search(&entry.name) {
                    tops[at] = Some((entry.id, entry.is_folder()));
                }
            }
        }
        if self.folders.iter().any(Vec::is_empty) {
            tops.push(Some((root, true)));
        }
        // And most commits have nothing to do with any of them.
        if let Some((last, state)) = &self.last
            && *last == tops
        {
            return Some(*state);
        }
        let mut found: FolderTrees = Vec::with_capacity(self.folders.len());
        for at in 0..self.folders.len() {
            let top = match self.folders[at].first() {
                None => Some((root, true)),
                // Nothing is below a file.
                Some(name) => self.tops.binary_search(name).ok().and_then(|top| {
                    tops[top].filter(|(_, is_folder)| *is_folder || self.folders[at].len() == 1)
                }),
            };
            found.push(match top {
                Some((tree, _)) => self.descend((tree, at, 1), objects)?,
                None => None,
            });
        }
        let state = *self.numbers.entry(found).or_insert_with_key(|trees| {
            self.states.push(trees.clone());
            u32::try_from(self.states.len() - 1).expect("a history has fewer states than that")
        });
        self.last = Some((tops, state));
        Some(state)
    }

    /// From a tree that lies at a depth of the way to a folder.
    fn descend(
        &mut self,
        (tree, folder, depth): (ObjectId, usize, usize),
        objects: &mut Objects<'_>,
    ) -> Option<Option<ObjectId>> {
        let Some(name) = self.folders[folder].get(depth).copied() else { return Some(Some(tree)) };
        if let Some(known) = self.known.get(&(tree, folder, depth)) {
            return Some(*known);
        }
        let is_last = depth + 1 == self.folders[folder].len();
        let below = read(tree, objects)?.and_then(|object| {
            let mut entries = entries(&object, self.hash);
            let is_one = |entry: &Entry<'_>| entry.is_folder() || self.files && is_last;
            entries.find(|entry| entry.name == name && is_one(entry)).map(|entry| entry.id)
        });
        let found = match below {
            Some(below) => self.descend((below, folder, depth + 1), objects)?,
            None => None,
        };
        self.known.insert((tree, folder, depth), found);
        Some(found)
    }
}

/// A tree's entries; nothing where it cannot be read, `None` where it is not there.
#[allow(clippy::option_option, reason = "a missing tree and an unreadable one are told apart")]
fn read<'o>(tree: ObjectId, objects: &'o mut Objects<'_>) -> Option<Option<Bytes<'o>>> {
    match objects.read(tree, Kind::Tree) {
        Ok(object) => Some(Some(object)),
        // The empty tree need not be stored anywhere.
        Err(error) if error.code() == ErrorCode::NotFound && !is_empty_tree(&tree) => None,
        Err(_) => Some(None),
    }
}

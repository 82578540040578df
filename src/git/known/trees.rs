//! The few trees that lead from a commit to the documents, kept from one command to the next. An object is what it is for
//! ever; to read these from where they lie takes as long as everything else that is asked about a commit.

use std::path::Path;

use super::own::OwnFile;
use crate::git::{CommitId, IdMap, ObjectId, tree_bytes};

/// A name in a folder: its bytes, its mode and its object.
pub(in crate::git) type Name = (Vec<u8>, i32, ObjectId);

const MAGIC: [u8; 8] = *b"gpmtree1";

/// What a run kept: the trees of commits, and what is in these and in some below.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::git) struct KeptFolders {
    pub(in crate::git) tops: IdMap<CommitId, ObjectId>,
    pub(in crate::git) folders: IdMap<ObjectId, Vec<Name>>,
}

/// Each commit with its tree, and each tree with its bytes as git has them.
type Form<'k> = (Vec<(CommitId, ObjectId)>, Vec<(ObjectId, &'k [u8])>);

impl KeptFolders {
    /// Reads what lies in the folder of our own files; nothing where there is none that can be believed.
    pub(in crate::git) fn read(state: &Path) -> Self {
        let bytes = OwnFile::new(state, "trees", MAGIC).read().unwrap_or_default();
        let Ok((tops, trees)) = postcard::from_bytes::<Form<'_>>(&bytes) else { return Self::default() };
        let names = |(tree, bytes): (ObjectId, &[u8])| {
            let entries = tree_bytes::entries(bytes, tree.as_bytes().len());
            (tree, entries.map(|entry| (entry.name.to_vec(), entry.mode(), entry.id)).collect())
        };
        Self { tops: tops.into_iter().collect(), folders: trees.into_iter().map(names).collect() }
    }

    /// Keeps it in the place of what was there.
    pub(in crate::git) fn write(&self, state: &Path) {
        let raw = |names: &Vec<Name>| {
            let one = |(name, mode, id): &Name| {
                [format!("{mode:o} ").as_bytes(), name, b"\0", id.as_bytes()].concat()
            };
            names.iter().flat_map(one).collect::<Vec<u8>>()
        };
        let trees: Vec<(ObjectId, Vec<u8>)> =
            self.folders.iter().map(|(tree, names)| (*tree, raw(names))).collect();
        let trees = trees.iter().map(|(tree, bytes)| (*tree, bytes.as_slice())).collect();
        let tops = self.tops.iter().map(|(commit, tree)| (*commit, *tree)).collect();
        if let Ok(bytes) = postcard::to_allocvec::<Form<'_>>(&(tops, trees)) {
            OwnFile::new(state, "trees", MAGIC).write(&bytes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trees_are_kept_as_they_are() {
        let folder = tempfile::tempdir().unwrap();
        for hash in [20, 32] {
            let id = |n: u8| ObjectId::from_bytes(&vec![n; hash]).unwrap();
            let names = vec![
                (b"a b".to_vec(), 0o100_644, id(0)),
                (vec![0xff, b'x'], 0o120_000, id(3)),
                (b"docs".to_vec(), 0o040_000, id(4)),
            ];
            let kept = KeptFolders {
                tops: [(CommitId::new(id(9)), id(1))].into_iter().collect(),
                folders: [(id(1), names), (id(4), Vec::new())].into_iter().collect(),
            };
            kept.write(folder.path());
            assert_eq!(KeptFolders::read(folder.path()), kept);
        }
        assert_eq!(KeptFolders::read(&folder.path().join("none")), KeptFolders::default());
    }
}

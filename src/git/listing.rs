//! The files of many trees: the documents as they stood at many commits.

use std::thread;

use super::objects::kind_of;
use super::packs::{Kind, Objects};
use super::tree_bytes::{entries, is_empty_tree};
use super::{EntryKind, Error, ObjectId, Repo, TreeFile};

/// Sets that a thread is worth.
const WORTH_A_THREAD: usize = 8;

/// Some trees, each with the path that leads to it.
pub type Folders<'f> = Vec<(ObjectId, &'f str)>;

impl Repo {
    /// Lists every file below the trees of each set, links and submodules left out, on all cores, and hands them to `f`
    /// with the place of the set, those of a folder before those of the folders in it; the answers come in the order of
    /// `sets`, and none where a tree of it could not be read.
    /// Sets that follow each other are read the quicker the more they have in common.
    ///
    /// # Errors
    /// Only where a repository handle cannot be opened.
    pub fn map_trees<T: Send>(
        &self,
        sets: &[Folders<'_>],
        f: impl Fn(usize, Vec<TreeFile>) -> T + Sync,
    ) -> Result<Vec<Option<T>>, Error> {
        let (location, hash) = (self.location(), self.object_format_digits() / 2);
        let packs = self.packs();
        let share = |from: usize, sets: &[Folders<'_>]| -> Result<Vec<Option<T>>, Error> {
            let repo = location.open()?;
            let odb = repo.odb().map_err(|error| Error::object("open the object database", &error))?;
            let mut objects = Objects::new(odb, &packs);
            let one = |(at, set): (usize, &Folders<'_>)| {
                let mut files = Vec::new();
                for (tree, path) in set {
                    let path = path.trim_matches('/');
                    let prefix = if path.is_empty() { String::new() } else { format!("{path}/") };
                    list(&mut objects, *tree, &prefix, hash, &mut files)?;
                }
                Some(f(from + at, files))
            };
            Ok(sets.iter().enumerate().map(one).collect())
        };
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let size = sets.len().div_ceil(cores).max(WORTH_A_THREAD);
        let shares: Vec<_> = thread::scope(|scope| {
            let share = &share;
            let workers: Vec<_> = (sets.chunks(size).enumerate())
                .map(|(at, sets)| scope.spawn(move || share(at * size, sets)))
                .collect();
            workers
                .into_iter()
                .map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                .collect()
        });
        let mut answers = Vec::with_capacity(sets.len());
        for share in shares {
            answers.extend(share?);
        }
        Ok(answers)
    }
}

fn list(
    objects: &mut Objects<'_>,
    tree: ObjectId,
    prefix: &str,
    hash: usize,
    files: &mut Vec<TreeFile>,
) -> Option<()> {
    let mut below = Vec::new();
    match objects.read(tree, Kind::Tree) {
        Ok(bytes) => {
            for entry in entries(&bytes, hash) {
                let path = format!("{prefix}{}", String::from_utf8_lossy(entry.name));
                match kind_of(entry.mode()) {
                    Some(EntryKind::File) => files.push(TreeFile { path, blob: entry.id }),
                    Some(EntryKind::Dir) => below.push((entry.id, format!("{path}/"))),
                    _ => {}
                }
            }
        }
        Err(_) if is_empty_tree(&tree) => {}
        Err(_) => return None,
    }
    below.into_iter().try_for_each(|(tree, prefix)| list(objects, tree, &prefix, hash, files))
}

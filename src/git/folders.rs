//! Looking into the folders of a commit. What a small folder holds is kept in mind: every command asks a dozen times about
//! the few that lead to the documents, and the next command asks again.

use std::cell::{Cell, OnceCell, RefCell};

use git2::{ErrorCode, Tree};

use super::known::{KeptFolders, Name};
use super::objects::kind_of;
use super::{CommitId, EntryKind, Error, IdMap, ObjectId, Repo};

/// Folders with more names are looked into anew each time.
const SMALL: usize = 256;
/// As many folders are kept in mind, and commits.
const MOST: usize = 64;

/// The folders that were looked into. An object is what it is for ever, so that nothing here grows old.
#[derive(Default)]
pub(super) struct Folders {
    tops: RefCell<IdMap<CommitId, ObjectId>>,
    small: RefCell<IdMap<ObjectId, Vec<Name>>>,
    /// What an earlier command kept, and this one has not asked for yet.
    kept: OnceCell<RefCell<KeptFolders>>,
    /// Whether anything had to be read from where it lies.
    is_new: Cell<bool>,
}

impl Repo {
    /// The tree of a folder of a commit, without reading it; `None` where the path is no folder.
    ///
    /// # Errors
    /// [`Error::MissingObject`] where the clone is partial and a tree cannot be fetched.
    pub fn folder_id(&self, commit: &CommitId, path: &str) -> Result<Option<ObjectId>, Error> {
        self.fetching(commit, path, || self.find_folder(commit, path))
    }

    /// Reads trees, and once more after a fetch where a partial clone lacks some.
    pub(super) fn fetching<T>(
        &self,
        commit: &CommitId,
        path: &str,
        read: impl Fn() -> Result<T, git2::Error>,
    ) -> Result<T, Error> {
        match read() {
            Err(error) if error.code() == ErrorCode::NotFound && self.fetch_trees(commit, path) => read(),
            other => other,
        }
        .map_err(|error| self.missing(&error, commit.object()))
    }

    /// The tree of a folder of a commit.
    pub(super) fn folder(&self, commit: &CommitId, path: &str) -> Result<Option<Tree<'_>>, Error> {
        let Some(id) = self.folder_id(commit, path)? else { return Ok(None) };
        self.fetching(commit, path, || self.handle().and_then(|handle| handle.find_tree(id.to_git2())))
            .map(Some)
    }

    /// What a name in a folder of a commit stands for: its mode and its object.
    pub(super) fn name_below(
        &self,
        commit: &CommitId,
        folder: &str,
        name: &[u8],
    ) -> Result<Option<(i32, ObjectId)>, Error> {
        let Some(tree) = self.folder_id(commit, folder)? else { return Ok(None) };
        self.fetching(commit, folder, || self.look_up(tree, name))
    }

    /// Keeps what was looked into so far for the next command, where it is not kept already. Who never uses this program here
    /// finds nothing of it, and where objects stand for others nothing is kept.
    pub fn keep_folders(&self) {
        let state = self.state_dir();
        if !self.folders.is_new.replace(false) || self.has_replacements() || !state.is_dir() {
            return;
        }
        let (tops, folders) = (self.folders.tops.borrow().clone(), self.folders.small.borrow().clone());
        KeptFolders { tops, folders }.write(&state);
    }

    fn kept_folders(&self) -> &RefCell<KeptFolders> {
        let read = || match self.has_replacements() {
            true => KeptFolders::default(),
            false => KeptFolders::read(&self.state_dir()),
        };
        self.folders.kept.get_or_init(|| RefCell::new(read()))
    }

    fn find_folder(&self, commit: &CommitId, path: &str) -> Result<Option<ObjectId>, git2::Error> {
        let known = self.folders.tops.borrow().get(commit).copied();
        let mut tree = match known {
            Some(tree) => tree,
            None => {
                let tree = self.top(commit)?;
                let mut tops = self.folders.tops.borrow_mut();
                if tops.len() < MOST {
                    tops.insert(*commit, tree);
                }
                tree
            }
        };
        for name in path.split('/').filter(|name| !name.is_empty()) {
            match self.look_up(tree, name.as_bytes())? {
                Some((mode, below)) if kind_of(mode) == Some(EntryKind::Dir) => tree = below,
                _ => return Ok(None),
            }
        }
        Ok(Some(tree))
    }

    /// The tree of a commit.
    fn top(&self, commit: &CommitId) -> Result<ObjectId, git2::Error> {
        if let Some(tree) = self.kept_folders().borrow_mut().tops.remove(commit) {
            return Ok(tree);
        }
        self.folders.is_new.set(true);
        Ok(ObjectId::from_git2(
            self.handle().and_then(|handle| handle.find_commit(commit.object().to_git2()))?.tree_id(),
        ))
    }

    fn look_up(&self, tree: ObjectId, name: &[u8]) -> Result<Option<(i32, ObjectId)>, git2::Error> {
        if let Some(big) = self.big(tree)? {
            let found = big.get_name_bytes(name);
            return Ok(found.map(|entry| (entry.filemode(), ObjectId::from_git2(entry.id()))));
        }
        let small = self.folders.small.borrow();
        let found = small.get(&tree).and_then(|names| names.iter().find(|(own, ..)| own == name));
        Ok(found.map(|(_, mode, id)| (*mode, *id)))
    }

    /// Every name in a folder, in git's order.
    pub(super) fn names_in<T>(
        &self,
        tree: ObjectId,
        read: impl Fn(&[u8], i32, ObjectId) -> T,
    ) -> Result<Vec<T>, git2::Error> {
        if let Some(big) = self.big(tree)? {
            let entries = big.iter();
            let read = entries
                .map(|entry| read(entry.name_bytes(), entry.filemode(), ObjectId::from_git2(entry.id())));
            return Ok(read.collect());
        }
        let small = self.folders.small.borrow();
        let names = small.get(&tree).map_or(&[][..], Vec::as_slice);
        Ok(names.iter().map(|(name, mode, id)| read(name, *mode, *id)).collect())
    }

    /// A tree that is not kept in mind, because it is big; none where it is, from now on.
    fn big(&self, tree: ObjectId) -> Result<Option<Tree<'_>>, git2::Error> {
        if self.folders.small.borrow().contains_key(&tree) {
            return Ok(None);
        }
        let mut small = self.folders.small.borrow_mut();
        if let Some(names) = self.kept_folders().borrow_mut().folders.remove(&tree) {
            small.insert(tree, names);
            return Ok(None);
        }
        let read = self.handle().and_then(|handle| handle.find_tree(tree.to_git2()))?;
        if read.len() > SMALL || small.len() >= MOST {
            return Ok(Some(read));
        }
        self.folders.is_new.set(true);
        let names = read
            .iter()
            .map(|entry| (entry.name_bytes().to_vec(), entry.filemode(), ObjectId::from_git2(entry.id())));
        small.insert(tree, names.collect());
        Ok(None)
    }
}

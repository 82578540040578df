//! Trees and blobs, read and written in process.

use git2::{ErrorCode, ObjectType};

use super::{CommitId, Error, ObjectId, Repo, tree_bytes};

/// What a name in a folder stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// A folder.
    Dir,
    /// A file.
    File,
    /// A symbolic link.
    Link,
    /// Another repository's commit.
    Submodule,
}

/// One name in a folder of a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirEntry {
    /// The name; lossy where it is not UTF-8.
    pub name: String,
    /// What it stands for.
    pub kind: EntryKind,
    /// The object behind it.
    pub id: ObjectId,
}

/// One file of a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreeFile {
    /// The path from the top; lossy where it is not UTF-8.
    pub path: String,
    /// Its content.
    pub blob: ObjectId,
}

/// What a walk through a folder came upon.
#[derive(Default)]
pub(super) struct Walked {
    pub(super) files: Vec<TreeFile>,
    /// Links and submodules, which it does not go into.
    pub(super) others: Vec<(String, EntryKind)>,
}

impl Repo {
    /// What stands in a folder of a commit (`""` is the top); nothing where the path is no folder.
    ///
    /// # Errors
    /// [`Error::MissingObject`] where the clone is partial and a tree cannot be fetched.
    pub fn list_dir(&self, commit: &CommitId, path: &str) -> Result<Vec<DirEntry>, Error> {
        let Some(tree) = self.folder_id(commit, path)? else { return Ok(Vec::new()) };
        let read = |name: &[u8], mode, id| {
            let name = String::from_utf8_lossy(name).into_owned();
            kind_of(mode).map(|kind| DirEntry { name, kind, id })
        };
        let entries = self.fetching(commit, path, || self.names_in(tree, read))?;
        Ok(entries.into_iter().flatten().collect())
    }

    /// Every file below a folder of a commit (`""` is the top), links and submodules left out, in git's order.
    ///
    /// # Errors
    /// As [`Repo::list_dir`].
    pub fn files(&self, commit: &CommitId, folder: &str) -> Result<Vec<TreeFile>, Error> {
        let Some(tree) = self.folder_id(commit, folder)? else { return Ok(Vec::new()) };
        let prefix = folder.trim_matches('/');
        let prefix = if prefix.is_empty() { String::new() } else { format!("{prefix}/") };
        Ok(self.walk_whole(commit, tree, &prefix)?.files)
    }

    /// Walks a folder of a commit, after a fetch where a partial clone lacks some of it.
    pub(super) fn walk_whole(
        &self,
        commit: &CommitId,
        tree: ObjectId,
        prefix: &str,
    ) -> Result<Walked, Error> {
        let mut walked = Walked::default();
        let mut done = self.walk(tree, prefix, &mut walked);
        if done.is_err() && self.fetch_trees(commit, prefix) {
            walked = Walked::default();
            done = self.walk(tree, prefix, &mut walked);
        }
        done.map_err(|error| self.missing(&error, tree))?;
        Ok(walked)
    }

    /// One file of a commit; `None` where the path is none.
    ///
    /// # Errors
    /// As [`Repo::list_dir`].
    pub fn file(&self, commit: &CommitId, path: &str) -> Result<Option<TreeFile>, Error> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let entries = self.list_dir(commit, folder)?;
        let found = entries.into_iter().find(|entry| entry.name == name && entry.kind == EntryKind::File);
        Ok(found.map(|entry| TreeFile { path: path.to_owned(), blob: entry.id }))
    }

    /// Whether a file of a commit may be executed.
    ///
    /// # Errors
    /// As [`Repo::list_dir`].
    pub fn is_executable(&self, commit: &CommitId, path: &str) -> Result<bool, Error> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        Ok(self.name_below(commit, folder, name.as_bytes())?.is_some_and(|(mode, _)| mode == 0o100_755))
    }

    /// The content of a blob.
    ///
    /// # Errors
    /// [`Error::MissingObject`] where it is not at hand and could not be fetched.
    pub fn read(&self, blob: &ObjectId) -> Result<Vec<u8>, Error> {
        self.read_blob(*blob)
    }

    /// Writes a blob as it is, without filters.
    ///
    /// # Errors
    /// [`Error::Object`] where the object directory is not writable.
    pub fn write_blob(&self, bytes: &[u8]) -> Result<ObjectId, Error> {
        let written = self
            .handle()
            .and_then(|handle| handle.blob(bytes))
            .map_err(|error| Error::object("write a blob", &error))?;
        let written = ObjectId::from_git2(written);
        self.share_objects([written]);
        Ok(written)
    }

    /// The id that a blob would have, without writing it.
    ///
    /// # Errors
    /// [`Error::Object`] where it cannot be told.
    pub fn hash_blob(&self, bytes: &[u8]) -> Result<ObjectId, Error> {
        let format = self.hash();
        let hashed = git2::Oid::hash_object_ext(git2::ObjectType::Blob, bytes, format);
        Ok(ObjectId::from_git2(hashed.map_err(|error| Error::object("hash a blob", &error))?))
    }

    /// Reads the trees' own bytes: libgit2's walk fails on a folder whose name is not UTF-8, and takes longer.
    fn walk(&self, tree: ObjectId, prefix: &str, walked: &mut Walked) -> Result<(), git2::Error> {
        let odb = self.handle()?.odb()?;
        let object = odb.read(tree.to_git2())?;
        if object.kind() != ObjectType::Tree || !tree_bytes::is_whole(object.data(), tree.as_bytes().len()) {
            return Err(git2::Error::from_str("it is no tree, or a broken one"));
        }
        for entry in tree_bytes::entries(object.data(), tree.as_bytes().len()) {
            let name = String::from_utf8_lossy(entry.name);
            let mut path = String::with_capacity(prefix.len() + name.len() + 1);
            path.push_str(prefix);
            path.push_str(&name);
            match kind_of(entry.mode()) {
                Some(EntryKind::File) => walked.files.push(TreeFile { path, blob: entry.id }),
                Some(EntryKind::Dir) => {
                    path.push('/');
                    self.walk(entry.id, &path, walked)?;
                }
                Some(kind) => walked.others.push((path, kind)),
                None => {}
            }
        }
        Ok(())
    }

    /// Lets git fetch the trees that a partial clone left behind; libgit2 never fetches.
    pub(super) fn fetch_trees(&self, commit: &CommitId, folder: &str) -> bool {
        if !self.is_partial() {
            return false;
        }
        let listing =
            self.git().args(["ls-tree", "-r", "-t", "--full-tree", "--name-only"]).arg(commit.to_string());
        let folder = folder.trim_matches('/');
        let listing = if folder.is_empty() { listing } else { listing.arg("--").arg(folder) };
        listing.run().is_ok()
    }

    pub(super) fn missing(&self, error: &git2::Error, id: ObjectId) -> Error {
        if error.code() == ErrorCode::NotFound {
            Error::MissingObject { id, partial: self.is_partial() }
        } else {
            Error::object(format!("read object {id}"), error)
        }
    }
}

pub(super) fn kind_of(mode: i32) -> Option<EntryKind> {
    match mode & 0o170_000 {
        0o040_000 => Some(EntryKind::Dir),
        0o100_000 => Some(EntryKind::File),
        0o120_000 => Some(EntryKind::Link),
        0o160_000 => Some(EntryKind::Submodule),
        _ => None,
    }
}

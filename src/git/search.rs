//! Files of a name looked for in the trees of many commits, each tree read once however many commits share it.

use std::collections::HashMap;
use std::rc::Rc;

use super::objects::kind_of;
use super::{CommitId, EntryKind, Error, ObjectId, Repo, TreeFile};

/// A search for files whose name is wanted.
pub struct TreeSearch<'r, F> {
    repo: &'r Repo,
    wanted: F,
    /// What lies below a tree, by paths from there.
    known: HashMap<ObjectId, Rc<Vec<TreeFile>>>,
}

impl<'r, F: Fn(&str) -> bool> TreeSearch<'r, F> {
    /// A search that has not looked anywhere yet; `wanted` is asked with the file's name.
    pub fn new(repo: &'r Repo, wanted: F) -> Self {
        Self { repo, wanted, known: HashMap::new() }
    }

    /// The wanted files below a folder of a commit (`""` is the top), with their paths from the top.
    ///
    /// # Errors
    /// As [`Repo::list_dir`].
    pub fn files(&mut self, commit: &CommitId, folder: &str) -> Result<Vec<TreeFile>, Error> {
        let Some(tree) = self.repo.folder(commit, folder)? else { return Ok(Vec::new()) };
        let id = ObjectId::from_git2(tree.id());
        let mut found = self.below(id);
        if found.is_err() && self.repo.fetch_trees(commit, folder) {
            found = self.below(id);
        }
        let found = found.map_err(|error| self.repo.missing(&error, id))?;
        let folder = folder.trim_matches('/');
        let within =
            |path: &str| if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") };
        Ok(found.iter().map(|file| TreeFile { path: within(&file.path), blob: file.blob }).collect())
    }

    fn below(&mut self, id: ObjectId) -> Result<Rc<Vec<TreeFile>>, git2::Error> {
        if let Some(known) = self.known.get(&id) {
            return Ok(Rc::clone(known));
        }
        let tree = self.repo.handle().and_then(|handle| handle.find_tree(id.to_git2()))?;
        let mut found = Vec::new();
        for entry in &tree {
            let object = ObjectId::from_git2(entry.id());
            let name = String::from_utf8_lossy(entry.name_bytes());
            match kind_of(entry.filemode()) {
                Some(EntryKind::File) if (self.wanted)(&name) => {
                    found.push(TreeFile { path: name.into_owned(), blob: object });
                }
                Some(EntryKind::Dir) => {
                    let below = self.below(object)?;
                    let path = |file: &TreeFile| format!("{name}/{}", file.path);
                    found.extend(below.iter().map(|file| TreeFile { path: path(file), blob: file.blob }));
                }
                _ => {}
            }
        }
        let found = Rc::new(found);
        self.known.insert(id, Rc::clone(&found));
        Ok(found)
    }
}

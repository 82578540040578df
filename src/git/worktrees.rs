//! The work trees of a repository and what each has checked out.

use std::path::PathBuf;

use super::{Error, Repo};

/// A work tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkTree {
    /// Its top; the git directory for a bare repository.
    pub path: PathBuf,
    /// The short name of the branch that it has checked out; `None` when detached or bare.
    pub branch: Option<String>,
}

impl Repo {
    /// All work trees, the main one first.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn work_trees(&self) -> Result<Vec<WorkTree>, Error> {
        let output = self.git().args(["worktree", "list", "--porcelain", "-z"]).run()?;
        let text = String::from_utf8_lossy(&output.stdout);
        let mut trees: Vec<WorkTree> = Vec::new();
        for line in text.split('\0') {
            if let Some(path) = line.strip_prefix("worktree ") {
                trees.push(WorkTree { path: PathBuf::from(path), branch: None });
            } else if let (Some(name), Some(tree)) = (line.strip_prefix("branch "), trees.last_mut()) {
                tree.branch = Some(name.strip_prefix("refs/heads/").unwrap_or(name).to_owned());
            }
        }
        Ok(trees)
    }
}

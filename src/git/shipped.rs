//! What lies between two releases, and what landed on a branch until a moment.

use super::cli::Begun;
use super::{Commit, CommitId, Error, Repo};

/// How much a release brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shipped {
    /// Commits that it has and the other lacks.
    pub commits: usize,
    /// Files that differ.
    pub files: usize,
}

/// The question how much a release brings, at which git works while something else is done.
pub struct ShippedAsked {
    commits: Begun,
    files: Begun,
}

impl ShippedAsked {
    /// The answer; none where git could not tell.
    #[must_use]
    pub fn finish(self) -> Option<Shipped> {
        // Both are waited for, whatever the first says.
        let (files, commits) = (self.files.finish().ok(), self.commits.finish().ok());
        let (files, commits) = (files.filter(|said| said.code == 0)?, commits.filter(|said| said.code == 0)?);
        let files = files.stdout.iter().filter(|byte| **byte == 0).count();
        Some(Shipped { commits: commits.text().parse().ok()?, files })
    }
}

impl Repo {
    /// Begins to count how much the second commit brings against the first; git counts commits and files at once.
    ///
    /// # Errors
    /// [`Error::NoGit`].
    pub fn begin_shipped(&self, from: &CommitId, to: &CommitId) -> Result<ShippedAsked, Error> {
        let commits = self.git().args(["rev-list", "--count", &format!("{from}..{to}")]).begin()?;
        let (from, to) = (from.to_string(), to.to_string());
        let question = ["diff-tree", "-r", "-z", "--name-only", "--no-renames", &from, &to];
        Ok(ShippedAsked { commits, files: self.git().args(question).begin()? })
    }

    /// The newest commits of a branch's own line that were committed at or before a moment, in seconds of Unix time: what
    /// landed there one after the other, merges and plain commits alike.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn landed_before(&self, tip: &CommitId, until: i64, most: usize) -> Result<Vec<Commit>, Error> {
        let (until, most) = (format!("--min-age={}", until.max(0)), format!("--max-count={most}"));
        let tip = tip.to_string();
        let output = self.git().args(["rev-list", "--first-parent", &most, &until, &tip]).run()?;
        let text = output.text();
        text.lines().filter_map(|line| line.parse().ok()).map(|id| self.commit(&id)).collect()
    }

    /// The commits that revisions name, in their order, and none for those that name none: one git for all of them.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn resolve_each(&self, revisions: &[&str]) -> Result<Vec<Option<CommitId>>, Error> {
        if revisions.is_empty() {
            return Ok(Vec::new());
        }
        // What has a line break in it would shift every answer behind it.
        let line = |rev: &&str| {
            let plain = !rev.is_empty() && !rev.contains(['\n', '\r', '\0']);
            if plain { format!("{rev}^{{commit}}\n") } else { "-\n".to_owned() }
        };
        let input: String = revisions.iter().map(line).collect();
        let asked = ["cat-file", "--batch-check=%(objectname)"];
        let output = self.git().args(asked).input(input).run()?;
        let text = output.text();
        Ok(text.lines().map(|line| line.parse().ok()).collect())
    }
}

//! What lies between two releases, and what landed on a branch until a moment.

use super::{Commit, CommitId, Error, Repo};

/// How much a release brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shipped {
    /// Commits that it has and the other lacks.
    pub commits: usize,
    /// Files that differ.
    pub files: usize,
}

impl Repo {
    /// How much the second commit brings against the first; git counts both at once.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn shipped(&self, from: &CommitId, to: &CommitId) -> Result<Shipped, Error> {
        let range = format!("{from}..{to}");
        let counted = self.git().args(["rev-list", "--count", &range]).begin()?;
        let files = self.changed_paths(from, to)?.len();
        let counted = counted.finish()?;
        let commits = counted.text().parse().map_err(|_| Error::Git {
            deed: "rev-list".into(),
            words: super::cli::words(&counted.stderr),
        })?;
        Ok(Shipped { commits, files })
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

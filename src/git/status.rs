//! What the work tree has that HEAD has not, looked up while something else goes on.
//!
//! Ten thousand documents that nobody touched should cost no `git status`: the index and the file system tell at
//! once that nothing differs. Wherever they leave a doubt, git itself is asked.

use std::thread::JoinHandle;

use super::look::Look;
use super::{CommitId, Error, Repo};

/// A look at the work tree that is under way.
#[derive(Debug)]
pub struct StatusCheck(JoinHandle<WorkStatus>);

/// How work tree and upstream differ from HEAD.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkStatus {
    /// Paths below the folders asked for that differ or are not tracked.
    pub uncommitted: Vec<String>,
    /// Why the work tree could not be looked at, in git's words.
    pub failed: Option<String>,
    /// The upstream of the current branch, where it has commits that HEAD has not.
    pub upstream: Option<String>,
    /// How many these are.
    pub behind: u32,
}

impl Repo {
    /// Looks in the background at the paths below `folders` that `counts` asks about, beside what `head` (the commit
    /// of HEAD) has; `None` in a repository without a work tree.
    #[must_use]
    pub fn begin_status(
        &self,
        head: Option<CommitId>,
        folders: Vec<String>,
        counts: impl Fn(&str) -> bool + Send + Sync + 'static,
    ) -> Option<StatusCheck> {
        let top = self.work_tree().filter(|_| !folders.is_empty())?.to_owned();
        let tracked = self.settings().is_ok_and(|settings| {
            settings.all().iter().any(|one| one.key.starts_with("branch.") && one.key.ends_with(".merge"))
        });
        let open = self.elsewhere();
        Some(StatusCheck(std::thread::spawn(move || {
            let question = match open() {
                Ok(repo) => Question { repo, folders },
                Err(error) => return WorkStatus { failed: Some(error.to_string()), ..WorkStatus::default() },
            };
            let mut status = if tracked { question.upstream() } else { WorkStatus::default() };
            let look = Look { repo: &question.repo, top: &top, head, counts: &counts };
            if look.is_clean(&question.folders) != Some(true) {
                match question.ask() {
                    Ok(paths) => status.uncommitted = paths.into_iter().filter(|path| counts(path)).collect(),
                    Err(error) => status.failed = Some(error.to_string()),
                }
            }
            status
        })))
    }
}

impl Repo {
    /// Whether the work tree or the index has anything that HEAD has not, files that nobody tracks included. Git itself is
    /// asked, which knows of sparse and split indexes, and takes no lock for it.
    ///
    /// # Errors
    /// [`Error::Git`] where there is no work tree, or it cannot be looked at.
    pub fn has_uncommitted(&self) -> Result<bool, Error> {
        let options = ["status", "--porcelain=v2", "-z", "--untracked-files=normal", "--no-renames"];
        let output = self.git().args(options).env("GIT_OPTIONAL_LOCKS", "0").run()?;
        Ok(!output.stdout.is_empty())
    }
}

impl StatusCheck {
    /// Waits for the answer.
    #[must_use]
    pub fn finish(self) -> WorkStatus {
        self.0.join().unwrap_or_default()
    }
}

/// Everything that the question needs, away from the repository's own thread.
struct Question {
    repo: Repo,
    folders: Vec<String>,
}

impl Question {
    /// What git itself says of the work tree.
    fn ask(&self) -> Result<Vec<String>, Error> {
        let options = ["status", "--porcelain=v2", "-z", "--untracked-files=all", "--no-renames", "--"];
        let mut git = self.repo.git().args(options).env("GIT_OPTIONAL_LOCKS", "0");
        for folder in &self.folders {
            git = git.path(folder);
        }
        git.run().map(|output| changed_paths(&output.stdout))
    }

    /// How far the upstream is ahead.
    fn upstream(&self) -> WorkStatus {
        let git = || self.repo.git();
        let count = git().args(["rev-list", "--count", "HEAD..@{upstream}"]).run();
        let behind = count.ok().and_then(|output| output.text().trim().parse().ok()).unwrap_or(0);
        if behind == 0 {
            return WorkStatus::default();
        }
        let name = git().args(["rev-parse", "--abbrev-ref", "@{upstream}"]).run().map(|output| output.text());
        WorkStatus { upstream: name.ok(), behind, ..WorkStatus::default() }
    }
}

/// Reads `--porcelain=v2 -z`: records end in NUL, without renames each is one path.
fn changed_paths(bytes: &[u8]) -> Vec<String> {
    let mut paths = Vec::new();
    for record in bytes.split(|byte| *byte == 0) {
        let record = String::from_utf8_lossy(record);
        let (kind, rest) = record.split_once(' ').unwrap_or_default();
        // `1 XY sub mH mI mW hH hI path`; an unmerged `u` has two more fields.
        let path = match kind {
            "?" => Some(rest),
            "1" => rest.splitn(8, ' ').nth(7),
            "u" => rest.splitn(10, ' ').nth(9),
            _ => None,
        };
        paths.extend(path.map(str::to_owned));
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_git_says_of_paths() {
        let text = "1 .M N... 100644 100644 100644 a b docs/a b.md\0\
                    u UU N... 1 2 3 4 5 6 7 docs/c.md\0? docs/new.md\0";
        assert_eq!(changed_paths(text.as_bytes()), ["docs/a b.md", "docs/c.md", "docs/new.md"]);
    }
}

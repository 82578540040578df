//! What the work tree has that HEAD has not, asked of git while something else goes on.

use std::io::Read;
use std::process::{Child, ChildStdout, Stdio};

use super::{Error, Repo};

/// A question to `git status` that is being answered.
#[derive(Debug)]
pub struct StatusCheck {
    child: Child,
    stdout: ChildStdout,
}

/// How work tree and upstream differ from HEAD.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkStatus {
    /// Paths below the folders asked for that differ or are not tracked.
    pub uncommitted: Vec<String>,
    /// The upstream of the current branch.
    pub upstream: Option<String>,
    /// Commits that the upstream has and HEAD has not.
    pub behind: u32,
}

impl Repo {
    /// Asks in the background; nothing in a repository without a work tree.
    ///
    /// # Errors
    /// [`Error::NoGit`] where git cannot be started.
    pub fn begin_status(&self, folders: &[String]) -> Result<Option<StatusCheck>, Error> {
        if self.work_tree().is_none() || folders.is_empty() {
            return Ok(None);
        }
        let options =
            ["status", "--porcelain=v2", "--branch", "-z", "--untracked-files=all", "--no-renames", "--"];
        let mut git = self.git().args(options).env("GIT_OPTIONAL_LOCKS", "0");
        for folder in folders {
            git = git.path(folder);
        }
        let mut command = git.command();
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(|error| Error::NoGit { words: error.to_string() })?;
        let stdout = child.stdout.take().expect("standard output was asked for as a pipe");
        Ok(Some(StatusCheck { child, stdout }))
    }
}

impl StatusCheck {
    /// Waits for the answer; a git that failed has none.
    #[must_use]
    pub fn finish(mut self) -> WorkStatus {
        let mut bytes = Vec::new();
        let read = self.stdout.read_to_end(&mut bytes).is_ok();
        let ended = self.child.wait().is_ok_and(|status| status.success());
        if read && ended { WorkStatus::read(&bytes) } else { WorkStatus::default() }
    }
}

impl WorkStatus {
    /// Reads `--porcelain=v2 --branch -z`: records end in NUL, without renames each is one path.
    fn read(bytes: &[u8]) -> Self {
        let mut status = Self::default();
        for record in bytes.split(|byte| *byte == 0) {
            let record = String::from_utf8_lossy(record);
            let mut words = record.splitn(2, ' ');
            match (words.next().unwrap_or_default(), words.next().unwrap_or_default()) {
                ("#", header) => status.header(header),
                ("?", path) => status.uncommitted.push(path.to_owned()),
                // `1 XY sub mH mI mW hH hI path`; an unmerged `u` has three more fields.
                ("1", rest) => status.uncommitted.extend(rest.splitn(8, ' ').nth(7).map(str::to_owned)),
                ("u", rest) => status.uncommitted.extend(rest.splitn(10, ' ').nth(9).map(str::to_owned)),
                _ => {}
            }
        }
        status
    }

    fn header(&mut self, header: &str) {
        if let Some(upstream) = header.strip_prefix("branch.upstream ") {
            self.upstream = Some(upstream.to_owned());
        } else if let Some(counts) = header.strip_prefix("branch.ab ") {
            let behind = counts.split_once(" -").and_then(|(_, behind)| behind.parse().ok());
            self.behind = behind.unwrap_or(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_git_says_of_paths_and_of_the_upstream() {
        let text = "# branch.oid 1\0# branch.head main\0# branch.upstream origin/main\0# branch.ab +1 -3\0\
                    1 .M N... 100644 100644 100644 a b docs/a b.md\0\
                    u UU N... 1 2 3 4 5 6 7 docs/c.md\0? docs/new.md\0";
        let status = WorkStatus::read(text.as_bytes());
        assert_eq!(status.uncommitted, ["docs/a b.md", "docs/c.md", "docs/new.md"]);
        assert_eq!((status.upstream.as_deref(), status.behind), (Some("origin/main"), 3));
    }
}

//! What the work tree has that HEAD has not, looked up while something else goes on.
//!
//! Ten thousand documents that nobody touched should cost no `git status`: the index and the file system tell at
//! once that nothing differs. Wherever they leave a doubt, git itself is asked.

use std::collections::HashMap;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::thread::JoinHandle;

use super::index::{self, IndexEntry};
use super::{CommitId, Error, ObjectId, Repo};

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
        counts: impl Fn(&str) -> bool + Send + 'static,
    ) -> Option<StatusCheck> {
        let top = self.work_tree().filter(|_| !folders.is_empty())?.to_owned();
        let tracked = self.settings().is_ok_and(|settings| {
            settings.all().iter().any(|one| one.key.starts_with("branch.") && one.key.ends_with(".merge"))
        });
        let look = Look { repo: self.again().ok()?, top, head, folders };
        Some(StatusCheck(std::thread::spawn(move || {
            let mut status = if tracked { look.upstream() } else { WorkStatus::default() };
            if look.is_clean(&counts) != Some(true) {
                match look.ask() {
                    Ok(paths) => status.uncommitted = paths.into_iter().filter(|path| counts(path)).collect(),
                    Err(error) => status.failed = Some(error.to_string()),
                }
            }
            status
        })))
    }
}

impl StatusCheck {
    /// Waits for the answer.
    #[must_use]
    pub fn finish(self) -> WorkStatus {
        self.0.join().unwrap_or_default()
    }
}

/// Everything that the look needs, away from the repository's own thread.
struct Look {
    repo: Repo,
    top: PathBuf,
    head: Option<CommitId>,
    folders: Vec<String>,
}

impl Look {
    /// Whether nothing differs; `None` where only git can tell.
    fn is_clean(&self, counts: &dyn Fn(&str) -> bool) -> Option<bool> {
        let bytes = std::fs::read(self.repo.index_file()).ok()?;
        let written = std::fs::metadata(self.repo.index_file()).ok()?;
        let written = (written.mtime(), written.mtime_nsec());
        let hash = if self.repo.object_format() == "sha256" { 32 } else { 20 };
        let mut known: HashMap<&str, &[u8]> = HashMap::new();
        for entry in index::entries(&bytes, hash)? {
            let Ok(path) = std::str::from_utf8(entry.path) else { continue };
            let is_file = entry.mode & 0o170_000 == 0o100_000;
            if !is_file || !self.covers(path) {
                continue;
            }
            if entry.stage != 0 || !self.is_untouched(&entry, path, written) {
                return Some(false);
            }
            known.insert(path, entry.id);
        }
        Some(self.is_head(&known)? && self.has_nothing_new(&known, counts))
    }

    fn covers(&self, path: &str) -> bool {
        self.folders.iter().any(|folder| {
            folder.is_empty() || path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/'))
        })
    }

    /// Whether the file still has the size and time that the index recorded. A file as young as the index itself
    /// may have changed without either (git calls it racy): its content tells.
    fn is_untouched(&self, entry: &IndexEntry<'_>, path: &str, written: (i64, i64)) -> bool {
        if entry.is_absent {
            return true;
        }
        let Ok(file) = std::fs::symlink_metadata(self.top.join(path)) else { return false };
        let recorded = (i64::from(entry.changed.0), i64::from(entry.changed.1));
        let same_time = file.mtime() == recorded.0 && (recorded.1 == 0 || file.mtime_nsec() == recorded.1);
        let same_size = u64::from(entry.size) == file.size() & u64::from(u32::MAX);
        same_time && same_size && (recorded < written || self.has_content(path, entry.id))
    }

    /// Whether a file has the content that the index recorded. One that is filtered on its way into the repository
    /// seems to have another, and git is asked.
    fn has_content(&self, path: &str, id: &[u8]) -> bool {
        let format = self.repo.handle.object_format();
        let Ok(bytes) = std::fs::read(self.top.join(path)) else { return false };
        git2::Oid::hash_object_ext(git2::ObjectType::Blob, &bytes, format)
            .is_ok_and(|own| ObjectId::from_git2(own).as_bytes() == id)
    }

    /// Whether the index has just what HEAD has.
    fn is_head(&self, known: &HashMap<&str, &[u8]>) -> Option<bool> {
        let Some(head) = self.head else { return Some(known.is_empty()) };
        let mut count = 0;
        for folder in &self.folders {
            for file in self.repo.files(&head, folder).ok()? {
                count += 1;
                if known.get(file.path.as_str()) != Some(&file.blob.as_bytes()) {
                    return Some(false);
                }
            }
        }
        Some(count == known.len())
    }

    /// Whether no file that counts is missing from the index.
    fn has_nothing_new(&self, known: &HashMap<&str, &[u8]>, counts: &dyn Fn(&str) -> bool) -> bool {
        let mut folders = self.folders.clone();
        while let Some(folder) = folders.pop() {
            let Ok(entries) = std::fs::read_dir(self.top.join(&folder)) else { continue };
            for entry in entries.flatten() {
                let Ok(name) = entry.file_name().into_string() else { continue };
                let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
                match entry.file_type() {
                    Ok(kind) if kind.is_dir() && path != ".git" => folders.push(path),
                    Ok(kind) if kind.is_dir() => {}
                    _ if !known.contains_key(path.as_str()) && counts(&path) => return false,
                    _ => {}
                }
            }
        }
        true
    }

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

//! Our own files: those that a killed process left behind go away after a while.

use std::fs;
use std::path::Path;
use std::time::Duration;

use super::{Repo, refs};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A text whose editor or whose saving failed is kept this long; it is somebody's work.
const KEPT_TEXTS: Duration = Duration::from_secs(30 * 24 * 60 * 60);

impl Repo {
    /// Clears away what nobody comes back for, and opens the rest to those whom the repository is open to. Called where
    /// something was written anyway; whatever fails is left for another time.
    pub fn tidy_state(&self) {
        let folder = self.state_dir();
        self.share(&folder);
        self.share(&folder.join("cache.bin"));
        self.share(&folder.join("history.bin"));
        self.share(&folder.join("causes.bin"));
        self.share(&folder.join("links.bin"));
        let is_ours = |name: &str| {
            let staging =
                ["asked-", "cache.", "causes.", "history.", "links.", "said-", "trees-", "writing."]
                    .iter()
                    .any(|start| name.starts_with(start));
            (staging && name.ends_with(".tmp"))
                || name.strip_prefix("merge-").is_some_and(|id| id.bytes().all(|b| b.is_ascii_digit()))
        };
        sweep(&folder, DAY, is_ours);
        sweep(&folder.join("edit"), KEPT_TEXTS, |name| name.ends_with(".md"));
    }
}

/// Removes what has not been written to for an age and has a name that counts.
fn sweep(folder: &Path, age: Duration, counts: impl Fn(&str) -> bool) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let is_left = entry.file_name().to_str().is_some_and(&counts);
        if !is_left || refs::age(&path).is_none_or(|found| found < age) {
            continue;
        }
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        drop(if is_folder { fs::remove_dir_all(path) } else { fs::remove_file(path) });
    }
}

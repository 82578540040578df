//! Whether the work tree is as HEAD has it, told by the index and the file system alone.

use std::fs::File;
use std::io::Read;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use rustix::fs::{Mode, OFlags, openat};
use rustix::io::Errno;

use super::index::{Index, IndexEntry};
use super::untouched::{Untouched, is_file, open_below};
use super::{CommitId, Repo};

/// A look at documents that most likely nobody touched. Every answer but `Some(true)` is a doubt, and git's to settle.
pub(super) struct Look<'r> {
    pub(super) repo: &'r Repo,
    /// The top of the work tree.
    pub(super) top: &'r Path,
    /// The commit of HEAD.
    pub(super) head: Option<CommitId>,
    /// Whether a path is asked about at all.
    pub(super) counts: &'r (dyn Fn(&str) -> bool + Sync),
}

impl Look<'_> {
    /// Whether nothing below the folders differs.
    pub(super) fn is_clean(&self, folders: &[String]) -> Option<bool> {
        // One file for both: another git may put a newer index in its place meanwhile.
        let mut file = File::open(self.repo.index_file()).ok()?;
        let written = file.metadata().ok()?;
        let written = (written.mtime(), written.mtime_nsec());
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).ok()?;
        let hash = if self.repo.object_format() == "sha256" { 32 } else { 20 };
        let index = Index::read(&bytes, hash)?;
        let (format, counts) = (self.repo.hash(), self.counts);
        let files = Untouched { format, top: self.top, counts, written };
        let top =
            openat(rustix::fs::CWD, self.top, OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty()).ok()?;
        for folder in folders {
            let folder = folder.trim_matches('/');
            let entries = index.below(folder);
            let is_clean = self.is_head(&index, folder, entries)?
                && match self.open(top.as_fd(), folder) {
                    Ok(directory) => files.are(&directory, folder, entries)?,
                    Err(Errno::NOENT) => entries.iter().all(IndexEntry::may_be_absent),
                    Err(_) => return None,
                };
            if !is_clean {
                return Some(false);
            }
        }
        Some(true)
    }

    /// Whether the index has just what HEAD has below a folder: by the tree that git remembers, else entry by entry.
    fn is_head(&self, index: &Index<'_>, folder: &str, entries: &[IndexEntry<'_>]) -> Option<bool> {
        let Some(head) = self.head else { return Some(entries.is_empty()) };
        let tree = self.repo.folder_id(&head, folder).ok()?;
        if let (Some(known), Some(tree)) = (index.tree(folder), tree) {
            return Some(known == tree.as_bytes());
        }
        // Both are in the order of paths.
        let files = if tree.is_some() { self.repo.files(&head, folder).ok()? } else { Vec::new() };
        let mut entries = entries.iter().filter(|entry| is_file(entry));
        let same = files.iter().all(|file| {
            entries.next().is_some_and(|entry| {
                entry.path == file.path.as_bytes() && entry.id == file.blob.as_bytes() && entry.stage == 0
            })
        });
        Some(same && entries.next().is_none())
    }

    /// The folder, with no symbolic link on the way: behind one, git sees nothing of what it tracks.
    fn open(&self, top: BorrowedFd<'_>, folder: &str) -> Result<OwnedFd, Errno> {
        let mut directory = open_below(top, ".")?;
        for name in folder.split('/').filter(|name| !name.is_empty()) {
            directory = open_below(directory.as_fd(), name)?;
        }
        Ok(directory)
    }
}

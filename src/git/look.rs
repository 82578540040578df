//! Whether the work tree is as HEAD has it, told by the index and the file system alone.

use std::fs::File;
use std::io::Read;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use rustix::fs::{AtFlags, Dir, FileType, Mode, OFlags, fstat, openat, statat};
use rustix::io::Errno;

use super::index::{Index, IndexEntry};
use super::{CommitId, ObjectId, Repo};

/// A look at documents that most likely nobody touched. Every answer but `Some(true)` is a doubt, and git's to settle.
pub(super) struct Look<'r> {
    pub(super) repo: &'r Repo,
    /// The top of the work tree.
    pub(super) top: &'r Path,
    /// The commit of HEAD.
    pub(super) head: Option<CommitId>,
    /// Whether a path is asked about at all.
    pub(super) counts: &'r dyn Fn(&str) -> bool,
}

/// Names in a directory: how many, and the sum of their files' numbers. As many names as were found under the names of
/// the index, with the same sum, are those names, also where a file system takes two for one.
type Seen = (usize, u64);

/// When the index itself was written, in seconds and nanoseconds.
type Instant = (i64, i64);

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
        let top =
            openat(rustix::fs::CWD, self.top, OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty()).ok()?;
        for folder in folders {
            let folder = folder.trim_matches('/');
            let entries = index.below(folder);
            let is_clean = self.is_head(&index, folder, entries)?
                && match self.open(top.as_fd(), folder) {
                    Ok(directory) => self.is_untouched(&directory, folder, entries, written)?,
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

    /// Whether a directory has the entries as they were recorded, and nothing else that counts. `entries` are all
    /// of those below it.
    fn is_untouched(
        &self,
        directory: &OwnedFd,
        folder: &str,
        entries: &[IndexEntry<'_>],
        written: Instant,
    ) -> Option<bool> {
        let start = if folder.is_empty() { 0 } else { folder.len() + 1 };
        let mut names: Vec<&[u8]> = Vec::with_capacity(entries.len());
        let mut folders: Vec<&[u8]> = Vec::new();
        let mut seen = Seen::default();
        let mut rest = entries;
        while let Some(entry) = rest.first() {
            let below = entry.path.get(start..)?;
            let Some(end) = below.iter().position(|byte| *byte == b'/') else {
                rest = &rest[1..];
                if !is_file(entry) {
                    continue;
                }
                let Some(inode) = self.recorded(directory, below, entry, written) else {
                    return Some(false);
                };
                seen = (seen.0 + 1, seen.1.wrapping_add(inode));
                names.push(below);
                continue;
            };
            let name = &below[..end];
            let path = std::str::from_utf8(&entry.path[..start + end]).ok()?;
            let inside =
                rest.partition_point(|entry| entry.path.get(start..start + end + 1) == below.get(..=end));
            let (entries, after) = rest.split_at(inside);
            rest = after;
            folders.push(name);
            let is_clean = match open_below(directory.as_fd(), name) {
                Ok(directory) => {
                    seen = (seen.0 + 1, seen.1.wrapping_add(fstat(&directory).ok()?.st_ino));
                    self.is_untouched(&directory, path, entries, written)?
                }
                Err(Errno::NOENT) => entries.iter().all(IndexEntry::may_be_absent),
                Err(_) => false,
            };
            if !is_clean {
                return Some(false);
            }
        }
        if entries_of(directory).ok()? == seen {
            return Some(true);
        }
        // Paths are in the order of `name/`, which is not that of names.
        folders.sort_unstable();
        self.has_nothing_new(directory, folder, &names, &folders)
    }

    /// The number of the file (0 where it need not be there), if it still has the size, times and permission that the index
    /// recorded. A file as young as the index itself may have changed without any (git calls it racy): its content
    /// tells.
    fn recorded(
        &self,
        directory: &OwnedFd,
        name: &[u8],
        entry: &IndexEntry<'_>,
        written: Instant,
    ) -> Option<u64> {
        if entry.stage != 0 {
            return None;
        }
        if entry.is_assumed {
            return Some(0);
        }
        let file = match statat(directory, name, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(file) => file,
            Err(error) => return (error == Errno::NOENT && entry.is_skipped).then_some(0),
        };
        let recorded = (i64::from(entry.changed.0), i64::from(entry.changed.1));
        let is_same = FileType::from_raw_mode(file.st_mode) == FileType::RegularFile
            && file.st_mode & 0o100 == entry.mode & 0o100
            && is_then(entry.changed, file.st_mtime, file.st_mtime_nsec)
            && (entry.touched == (0, 0) || is_then(entry.touched, file.st_ctime, file.st_ctime_nsec))
            && u64::try_from(file.st_size)
                .is_ok_and(|size| size & u64::from(u32::MAX) == u64::from(entry.size))
            && (recorded < written || self.has_content(entry));
        is_same.then_some(file.st_ino)
    }

    /// Whether a file has the content that the index recorded. One that is filtered on its way into the repository
    /// seems to have another, and git is asked.
    fn has_content(&self, entry: &IndexEntry<'_>) -> bool {
        let format = self.repo.handle.object_format();
        let Ok(path) = std::str::from_utf8(entry.path) else { return false };
        let Ok(bytes) = std::fs::read(self.top.join(path)) else { return false };
        git2::Oid::hash_object_ext(git2::ObjectType::Blob, &bytes, format)
            .is_ok_and(|own| ObjectId::from_git2(own).as_bytes() == entry.id)
    }

    /// Whether a directory has no file that counts besides `names`, nor below a directory besides `folders`; both are
    /// sorted.
    fn has_nothing_new(
        &self,
        directory: &OwnedFd,
        folder: &str,
        names: &[&[u8]],
        folders: &[&[u8]],
    ) -> Option<bool> {
        let inside =
            |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        for entry in Dir::read_from(directory).ok()? {
            let entry = entry.ok()?;
            let name = entry.file_name().to_bytes();
            let is_folder = match entry.file_type() {
                FileType::Directory => true,
                FileType::Unknown => return None,
                _ => false,
            };
            let known = if is_folder { folders } else { names };
            if matches!(name, b"." | b"..")
                || (is_folder && name == b".git")
                || known.binary_search(&name).is_ok()
            {
                continue;
            }
            let Ok(name) = std::str::from_utf8(name) else { return Some(false) };
            let path = inside(name);
            let is_news = match is_folder {
                true => {
                    let below = open_below(directory.as_fd(), name).ok()?;
                    !self.has_nothing_new(&below, &path, &[], &[])?
                }
                false => (self.counts)(&path),
            };
            if is_news {
                return Some(false);
            }
        }
        Some(true)
    }
}

/// Whether a file has a recorded time; not every git records nanoseconds.
fn is_then(recorded: (u32, u32), seconds: i64, nanoseconds: impl TryInto<u32>) -> bool {
    i64::from(recorded.0) == seconds
        && (recorded.1 == 0 || nanoseconds.try_into().is_ok_and(|found| found == recorded.1))
}

/// What a directory has, itself and its parent left out.
fn entries_of(directory: &OwnedFd) -> Result<Seen, Errno> {
    let mut seen = Seen::default();
    for entry in Dir::read_from(directory)? {
        let entry = entry?;
        if !matches!(entry.file_name().to_bytes(), b"." | b"..") {
            seen = (seen.0 + 1, seen.1.wrapping_add(entry.ino()));
        }
    }
    Ok(seen)
}

fn is_file(entry: &IndexEntry<'_>) -> bool {
    entry.mode & 0o170_000 == 0o100_000
}

fn open_below(directory: BorrowedFd<'_>, name: impl rustix::path::Arg) -> Result<OwnedFd, Errno> {
    let flags = OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::RDONLY | OFlags::CLOEXEC;
    openat(directory, name, flags, Mode::empty())
}

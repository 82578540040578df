//! Whether files of the work tree are as the index recorded them: told by their times and sizes, on every core.

use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::Path;

use rustix::fs::{AtFlags, Dir, FileType, Mode, OFlags, fstat, openat, statat};
use rustix::io::Errno;

use super::index::IndexEntry;
use super::{ObjectId, side_by_side};

/// Fewer files are looked at on one core.
const MANY: usize = 1024;
/// Files of a directory that are looked at in one go.
const SHARE: usize = 256;

/// Names in a directory: how many, and the sum of their files' numbers. As many names as were found under the names of
/// the index, with the same sum, are those names, also where a file system takes two for one.
type Seen = (usize, u64);

/// When the index itself was written, in seconds and nanoseconds.
type Instant = (i64, i64);

/// A look at files, from any thread.
pub(super) struct Untouched<'l> {
    pub(super) format: git2::ObjectFormat,
    /// The top of the work tree.
    pub(super) top: &'l Path,
    /// Whether a path is asked about at all.
    pub(super) counts: &'l (dyn Fn(&str) -> bool + Sync),
    pub(super) written: Instant,
}

/// What can be looked at by itself in a directory: some of its files, or all that is in one folder of it.
enum Part<'i> {
    Files(&'i [IndexEntry<'i>]),
    Folder { name: &'i [u8], entries: &'i [IndexEntry<'i>] },
}

impl Untouched<'_> {
    /// Whether a directory has the entries as they were recorded, and nothing else that counts; `None` is a doubt. `entries`
    /// are all of those below it.
    pub(super) fn are(&self, directory: &OwnedFd, folder: &str, entries: &[IndexEntry<'_>]) -> Option<bool> {
        let start = if folder.is_empty() { 0 } else { folder.len() + 1 };
        let parts = parts(entries, start)?;
        let mut seen = Seen::default();
        let look = |at: usize| self.look(directory, start, &parts[at]);
        let looks = match entries.len() {
            0..MANY => (0..parts.len()).map(look).collect(),
            _ => side_by_side(parts.len(), look),
        };
        for part in looks {
            match part? {
                Some((count, sum)) => seen = (seen.0 + count, seen.1.wrapping_add(sum)),
                None => return Some(false),
            }
        }
        if entries_of(directory).ok()? == seen {
            return Some(true);
        }
        let mut names: Vec<&[u8]> = Vec::with_capacity(entries.len());
        let mut folders: Vec<&[u8]> = Vec::new();
        for part in &parts {
            match part {
                Part::Files(files) => {
                    names.extend(files.iter().filter(|file| is_file(file)).map(|file| &file.path[start..]));
                }
                Part::Folder { name, .. } => folders.push(name),
            }
        }
        // Paths are in the order of `name/`, which is not that of names.
        folders.sort_unstable();
        self.has_nothing_new(directory, folder, &names, &folders)
    }

    /// What a part has in a directory, nothing where it is not as it was recorded; `None` is a doubt.
    #[allow(clippy::option_option, reason = "a doubt is not the answer that something differs")]
    fn look(&self, directory: &OwnedFd, start: usize, part: &Part<'_>) -> Option<Option<Seen>> {
        let (name, entries) = match part {
            Part::Files(entries) => {
                let mut seen = Seen::default();
                for entry in entries.iter().filter(|entry| is_file(entry)) {
                    let Some(inode) = self.recorded(directory, &entry.path[start..], entry) else {
                        return Some(None);
                    };
                    seen = (seen.0 + 1, seen.1.wrapping_add(inode));
                }
                return Some(Some(seen));
            }
            Part::Folder { name, entries } => (*name, *entries),
        };
        let path = std::str::from_utf8(&entries.first()?.path[..start + name.len()]).ok()?;
        let (is_clean, seen) = match open_below(directory.as_fd(), name) {
            Ok(directory) => {
                let inode = fstat(&directory).ok()?.st_ino;
                (self.are(&directory, path, entries)?, (1, inode))
            }
            Err(Errno::NOENT) => (entries.iter().all(IndexEntry::may_be_absent), Seen::default()),
            Err(_) => (false, Seen::default()),
        };
        Some(is_clean.then_some(seen))
    }

    /// The number of the file (0 where it need not be there), if it still has the size, times and permission that the index
    /// recorded. A file as young as the index itself may have changed without any (git calls it racy): its content
    /// tells.
    fn recorded(&self, directory: &OwnedFd, name: &[u8], entry: &IndexEntry<'_>) -> Option<u64> {
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
            && (recorded < self.written || self.has_content(entry));
        is_same.then_some(file.st_ino)
    }

    /// Whether a file has the content that the index recorded. One that is filtered on its way into the repository
    /// seems to have another, and git is asked.
    fn has_content(&self, entry: &IndexEntry<'_>) -> bool {
        let Ok(path) = std::str::from_utf8(entry.path) else { return false };
        let Ok(bytes) = std::fs::read(self.top.join(path)) else { return false };
        git2::Oid::hash_object_ext(git2::ObjectType::Blob, &bytes, self.format)
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

/// The parts of a directory by its entries, in their order; `start` is where names in it begin in their paths.
fn parts<'i>(entries: &'i [IndexEntry<'i>], start: usize) -> Option<Vec<Part<'i>>> {
    let mut parts = Vec::new();
    let end_of =
        |entry: &IndexEntry<'_>| Some(entry.path.get(start..)?.iter().position(|byte| *byte == b'/'));
    let mut rest = entries;
    while let Some(entry) = rest.first() {
        let inside = match end_of(entry)? {
            None => rest.iter().take(SHARE).take_while(|entry| end_of(entry) == Some(None)).count(),
            Some(end) => {
                let name = &entry.path[start..=start + end];
                rest.partition_point(|entry| entry.path.get(start..=start + end) == Some(name))
            }
        };
        let (own, behind) = rest.split_at(inside);
        parts.push(match end_of(entry)? {
            None => Part::Files(own),
            Some(end) => Part::Folder { name: &entry.path[start..start + end], entries: own },
        });
        rest = behind;
    }
    Some(parts)
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

pub(super) fn is_file(entry: &IndexEntry<'_>) -> bool {
    entry.mode & 0o170_000 == 0o100_000
}

pub(super) fn open_below(directory: BorrowedFd<'_>, name: impl rustix::path::Arg) -> Result<OwnedFd, Errno> {
    let flags = OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::RDONLY | OFlags::CLOEXEC;
    openat(directory, name, flags, Mode::empty())
}

#[cfg(test)]
#[path = "untouched_tests.rs"]
mod tests;

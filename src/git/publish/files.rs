//! One path in its three places: the commit, the index and the file.

use std::fs::{self, Permissions};
use std::path::{Path, PathBuf};

use super::content::{Content, agree};
use super::entry::IndexEntry;
use super::{Depth, PathChange, readiness, remove_empty_folders, write_file};
use crate::git::{CommitId, Error, ObjectId, Repo};

/// A path as it was found, and what it shall become.
pub(super) struct Place<'c> {
    change: &'c PathChange,
    top: PathBuf,
    /// What `HEAD` has.
    head: Option<ObjectId>,
    /// Whether `HEAD` has it executable.
    executable: bool,
    index: IndexEntry,
    /// What the file holds.
    file: Option<Content>,
    permissions: Option<Permissions>,
    /// The new content.
    wanted: Option<Content>,
}

impl<'c> Place<'c> {
    /// Looks at all three places.
    pub(super) fn look(repo: &Repo, head: Option<&CommitId>, change: &'c PathChange) -> Result<Self, Error> {
        let top = repo.work_tree().ok_or(Error::Bare)?.to_owned();
        let path = change.path.as_str();
        refuse_links(&top, path)?;
        let in_head = head.map(|head| repo.file(head, path)).transpose()?.flatten().map(|file| file.blob);
        let like = change.like.as_deref().unwrap_or(path);
        let executable = head.map(|head| repo.is_executable(head, like)).transpose()?.unwrap_or(false);
        let absolute = top.join(path);
        let bytes = match fs::read(&absolute) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(Error::io("read", &absolute, &error)),
        };
        let content = |bytes: Option<&[u8]>| bytes.map(|bytes| Content::of(repo, path, bytes)).transpose();
        Ok(Self {
            change,
            head: in_head,
            executable,
            index: IndexEntry::read(repo, path)?,
            file: content(bytes.as_deref())?,
            permissions: fs::metadata(&absolute).ok().map(|found| found.permissions()),
            wanted: content(change.bytes.as_deref())?,
            top,
        })
    }

    pub(super) fn path(&self) -> &str {
        &self.change.path
    }

    /// Whether commit, index and file hold the wanted content already. A file outside a sparse cone may be absent.
    pub(super) fn is_settled(&self) -> bool {
        self.is_wanted(self.head)
            && !self.index.torn
            && self.index.blob() == self.head
            && self.file_is(self.head)
    }

    /// Refuses to bury anybody's work: what differs from `HEAD` must be what we are about to write.
    pub(super) fn check(&self, repo: &Repo, depth: Depth) -> Result<(), Error> {
        let path = self.change.path.clone();
        if depth == Depth::WorkTree {
            return self.check_file(repo);
        }
        if self.head != self.change.expect && !self.is_wanted(self.head) {
            return Err(Error::Changed { path, newer: self.head });
        }
        let dirty = |how: &'static str| Err(self.dirty(how));
        if !self.file_is(self.head) && !self.file_is_wanted() {
            return match self.head {
                None => dirty("is there already, and not committed"),
                Some(_) if self.file.is_none() => dirty("was removed, and that is not committed"),
                Some(_) => dirty("has changes that are not committed"),
            };
        }
        if self.index.torn {
            return dirty("is in conflict");
        }
        if self.index.blob() != self.head && !self.is_wanted(self.index.blob()) {
            return dirty("has staged changes");
        }
        self.check_mode(repo)?;
        if self.wanted.is_some()
            && let Some(rule) = readiness::is_ignored(repo, &path)?
        {
            return Err(Error::Ignored { path, rule });
        }
        Ok(())
    }

    /// Whether it may be executed is a change like any other: of the index, and of the file where git looks at it.
    fn check_mode(&self, repo: &Repo) -> Result<(), Error> {
        let dirty = |how: &'static str| Err(self.dirty(how));
        let (Some(_), Some((mode, _))) = (self.head, &self.index.content) else { return Ok(()) };
        if (mode == "100755") != self.executable {
            return dirty("has a staged change of its mode");
        }
        let watched = repo.settings()?.is_on("core.filemode") != Some(false);
        let file = self.permissions.as_ref().filter(|_| watched && self.file.is_some());
        match file.and_then(is_executable) {
            Some(now) if now != self.executable => dirty("has a change of its mode that is not committed"),
            _ => Ok(()),
        }
    }

    /// Where only the file is written, it is the file that must be what was read; commit and index do not count.
    fn check_file(&self, repo: &Repo) -> Result<(), Error> {
        if agree(self.file.as_ref(), self.change.expect) || self.file_is_wanted() {
            return Ok(());
        }
        let newer = self.file.as_ref().map(|file| repo.write_blob(&file.bytes)).transpose()?;
        Err(Error::Changed { path: self.change.path.clone(), newer })
    }

    pub(super) fn write(&self, repo: &Repo) -> Result<(), Error> {
        let absolute = self.top.join(self.path());
        let Some(wanted) = &self.wanted else {
            if self.file.is_some() {
                fs::remove_file(&absolute).map_err(|error| Error::io("remove", &absolute, &error))?;
                remove_empty_folders(repo, &self.top, self.path());
            }
            return Ok(());
        };
        let old = self.file.as_ref();
        if old.is_some_and(|old| old.bytes == wanted.bytes) {
            return Ok(());
        }
        // The new text was made from the blob. Where the file is that very blob, nothing stands between the two;
        // otherwise it gets the form that a checkout would give it.
        let alike = old.zip(self.change.expect).is_some_and(|(old, expect)| old.is_raw(expect));
        let filtered = if alike { None } else { Some(repo.checked_out(self.path(), &wanted.bytes)?) };
        let bytes = filtered.as_ref().unwrap_or(&wanted.bytes);
        if old.is_some_and(|old| old.bytes == *bytes) {
            return Ok(());
        }
        write_file(repo, &absolute, bytes)?;
        if old.is_none() && self.executable {
            make_executable(&absolute)?;
        }
        Ok(())
    }

    pub(super) fn stage(&self, repo: &Repo) -> Result<(), Error> {
        if self.wanted.is_some() {
            if self.file.is_some() {
                self.index.uncover(repo, self.path())?;
            }
            // `--sparse`: a document may stand outside the cone, and git would refuse it.
            return repo.git().args(["add", "--sparse", "--"]).path(self.path()).run().map(drop);
        }
        let remove = ["rm", "--cached", "--sparse", "--quiet", "--ignore-unmatch", "--"];
        repo.git().args(remove).path(self.path()).run().map(drop)
    }

    /// Lets git overlook a file that it was told to overlook before, now that it is as it should be.
    pub(super) fn settle(&self, repo: &Repo) {
        if self.wanted.is_some() && self.file.is_some() {
            self.index.cover(repo, self.path());
        }
    }

    /// Puts file and index entry back as they were found; what cannot be put back is left for the user to see. A text
    /// that is neither the old one nor ours is somebody's: it is kept as a blob, which git leaves alone for two weeks.
    pub(super) fn put_back(&self, repo: &Repo) -> Option<ObjectId> {
        let absolute = self.top.join(self.path());
        let now = fs::read(&absolute).ok();
        let other = now.as_ref().filter(|now| !self.is_known(repo, now));
        let other = other.and_then(|other| repo.write_blob(other).ok());
        match &self.file {
            Some(file) => {
                if now.as_ref() != Some(&file.bytes) {
                    drop(write_file(repo, &absolute, &file.bytes));
                }
                drop(self.permissions.clone().map(|found| fs::set_permissions(&absolute, found)));
            }
            None => {
                drop(fs::remove_file(&absolute));
                remove_empty_folders(repo, &self.top, self.path());
            }
        }
        self.index.put_back(repo, self.path());
        other
    }

    /// Whether bytes are what the file held before, or what we wrote into it.
    fn is_known(&self, repo: &Repo, bytes: &[u8]) -> bool {
        let Ok(content) = Content::of(repo, self.path(), bytes) else { return false };
        [&self.file, &self.wanted].into_iter().flatten().any(|known| known.equals(&content))
    }

    /// Whether a commit holds the wanted content.
    pub(super) fn holds(&self, repo: &Repo, commit: &CommitId) -> bool {
        repo.file(commit, self.path()).is_ok_and(|file| self.is_wanted(file.map(|file| file.blob)))
    }

    fn dirty(&self, how: &'static str) -> Error {
        Error::Dirty { path: self.change.path.clone(), how, head: self.head.is_some() }
    }

    fn is_wanted(&self, blob: Option<ObjectId>) -> bool {
        agree(self.wanted.as_ref(), blob)
    }

    fn file_is(&self, blob: Option<ObjectId>) -> bool {
        agree(self.file.as_ref(), blob) || self.index.skipped && self.file.is_none()
    }

    fn file_is_wanted(&self) -> bool {
        match (&self.file, &self.wanted) {
            (Some(file), Some(wanted)) => file.equals(wanted),
            (file, wanted) => file.is_none() && wanted.is_none(),
        }
    }
}

#[cfg(unix)]
#[allow(clippy::unnecessary_wraps, reason = "elsewhere nobody can tell")]
fn is_executable(permissions: &Permissions) -> Option<bool> {
    use std::os::unix::fs::PermissionsExt;
    Some(permissions.mode() & 0o100 != 0)
}

#[cfg(not(unix))]
fn is_executable(_permissions: &Permissions) -> Option<bool> {
    None
}

/// Lets everybody execute a file who may read it, as a checkout does.
#[cfg(unix)]
fn make_executable(path: &Path) -> Result<(), Error> {
    use std::os::unix::fs::PermissionsExt;
    let found = fs::metadata(path).map_err(|error| Error::io("read", path, &error))?;
    let mode = found.permissions().mode();
    fs::set_permissions(path, Permissions::from_mode(mode | (mode & 0o444) >> 2))
        .map_err(|error| Error::io("make executable", path, &error))
}

#[cfg(not(unix))]
fn make_executable(_path: &Path) -> Result<(), Error> {
    Ok(())
}

/// A link in the way would lead the file out of the work tree, and git would not follow.
fn refuse_links(top: &Path, path: &str) -> Result<(), Error> {
    let mut walked = top.to_owned();
    let components: Vec<&str> = path.split('/').collect();
    for (at, name) in components.iter().enumerate() {
        walked.push(name);
        let is_last = at + 1 == components.len();
        let bad = match fs::symlink_metadata(&walked) {
            Ok(metadata) if is_last => !metadata.is_file(),
            Ok(metadata) => !metadata.is_dir(),
            Err(_) => false,
        };
        if bad || matches!(*name, "" | "." | "..") || name.eq_ignore_ascii_case(".git") {
            return Err(Error::Unreachable { path: path.to_owned(), component: walked });
        }
    }
    Ok(())
}

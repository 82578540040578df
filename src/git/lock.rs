//! Locks: our own around work on files, and waiting for git's on its index.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use super::{Error, Repo, refs};

/// Held while the work tree is read, edited and committed; free again when dropped, or when the process ends.
#[derive(Debug)]
pub struct WorkLock {
    file: File,
    patience: Duration,
}

impl WorkLock {
    /// The same lock for a child: it lasts until both have let go, so that a `git commit` that outlives us still
    /// keeps the next one of us waiting.
    pub(super) fn share(&self) -> Option<File> {
        self.file.try_clone().ok()
    }

    /// How long others are waited for, as it was asked for this lock.
    pub(super) fn patience(&self) -> Duration {
        self.patience
    }
}

impl Repo {
    /// Takes the lock around work on files, waiting for another process of ours; while it is held, another git on
    /// the index is waited for as long.
    ///
    /// # Errors
    /// [`Error::Locked`] with the lock file once the wait is over, [`Error::InsideCommit`] at once where it would never end,
    /// [`Error::HandsOff`] in a run that leaves the work tree alone.
    pub fn lock_work(&self, wait: Duration) -> Result<WorkLock, Error> {
        if self.place().hands_off {
            return Err(Error::HandsOff);
        }
        let path = self.state_folder("")?.join("work.lock");
        let file = self.lock_file(&path).map_err(|error| Error::io("open", &path, &error))?;
        // The commit that holds it waits for its hook, and we were started by that.
        let is_inside = self.place().committing.as_deref() == Some(self.common_dir());
        let wait_for = if is_inside { Duration::ZERO } else { wait };
        match wait_until(wait_for, || file.try_lock().is_ok()) {
            true => Ok(WorkLock { file, patience: wait }),
            false if is_inside => Err(Error::InsideCommit),
            false => Err(Error::Locked { path, age: None }),
        }
    }

    /// Waits for our turn among processes of our own that write the same refs. Compare and swap alone keeps their
    /// writes whole; in turns, nobody is beaten to it again and again. Whoever waits too long goes on without.
    pub(super) fn take_turn(&self, name: &str, wait: Duration) -> Option<WorkLock> {
        let path = self.state_folder("").ok()?.join(name);
        let file = self.lock_file(&path).ok()?;
        let end = Instant::now() + wait;
        while file.try_lock().is_err() {
            if Instant::now() >= end {
                return None;
            }
            thread::sleep(Duration::from_millis(2));
        }
        Some(WorkLock { file, patience: wait })
    }

    /// Opens a file to be locked, made if need be. One that another user made and we may only read can be locked all the
    /// same.
    fn lock_file(&self, path: &Path) -> std::io::Result<File> {
        let opened = File::options().create(true).truncate(false).read(true).write(true).open(path);
        let opened = match opened {
            Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => File::open(path),
            opened => opened,
        };
        self.share(path);
        opened
    }

    /// Waits until no git holds the index.
    ///
    /// # Errors
    /// [`Error::Locked`] with the lock file and its age once the wait is over.
    pub(super) fn wait_for_index(&self, wait: Duration) -> Result<(), Error> {
        let lock = self.index_lock();
        let free = wait_until(wait, || !lock.exists());
        if free { Ok(()) } else { Err(Error::Locked { age: refs::age(&lock), path: lock }) }
    }

    /// The lock file of the index in use, which `GIT_INDEX_FILE` may have moved.
    pub(super) fn index_lock(&self) -> PathBuf {
        let mut lock = self.index_file().as_os_str().to_owned();
        lock.push(".lock");
        PathBuf::from(lock)
    }
}

/// Asks again with growing pauses until the answer is yes or the time is over.
pub(super) fn wait_until(wait: Duration, mut ready: impl FnMut() -> bool) -> bool {
    let end = Instant::now() + wait;
    let mut pause = Duration::from_millis(2);
    loop {
        if ready() {
            return true;
        }
        let now = Instant::now();
        if now >= end {
            return false;
        }
        thread::sleep(pause.min(end - now));
        pause = (pause * 2).min(Duration::from_millis(200));
    }
}

/// Writes a file so that readers see the old content or the new one, never half of it. The first half of the work is
/// done among our own files, so that one who is killed leaves nothing strange beside the document; the caller holds
/// the work lock, so the name there is free.
pub(super) fn write_whole(repo: &Repo, path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let fail = |error: &std::io::Error| Error::io("write", path, error);
    let directory = repo.state_folder("")?;
    let permissions = fs::metadata(path).ok().map(|metadata| metadata.permissions());
    let beside = path.with_extension("postmortem-tmp");
    for staging in [directory.join("writing.tmp"), beside] {
        // One that somebody who was killed left may belong to another user: ours is a new one.
        drop(fs::remove_file(&staging));
        let written = fs::write(&staging, bytes).and_then(|()| match &permissions {
            Some(kept) => fs::set_permissions(&staging, kept.clone()),
            None => Ok(()),
        });
        match written.and_then(|()| fs::rename(&staging, path)) {
            Ok(()) => return Ok(()),
            // The git directory may be on another file system than the work tree.
            Err(error) if error.kind() == std::io::ErrorKind::CrossesDevices => {
                drop(fs::remove_file(&staging));
            }
            Err(error) => {
                drop(fs::remove_file(&staging));
                return Err(fail(&error));
            }
        }
    }
    fs::write(path, bytes).map_err(|error| fail(&error))
}

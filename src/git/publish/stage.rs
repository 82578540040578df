//! Content of the index alone: what is staged at a path, and other bytes in its place, whatever the file has.

use super::entry::IndexEntry;
use super::with_index;
use crate::git::{Error, ObjectId, Repo, WorkLock};

/// What is staged at a path; `None` where the index has no entry.
///
/// # Errors
/// [`Error::Dirty`] for a path in conflict; git's.
pub fn staged(repo: &Repo, path: &str) -> Result<Option<ObjectId>, Error> {
    let entry = IndexEntry::read(repo, path)?;
    if entry.torn {
        return Err(Error::Dirty { path: path.to_owned(), how: "is in conflict", head: true });
    }
    Ok(entry.blob())
}

/// Stages bytes at a path that has an entry, while the work lock is held; its mode and its file stay.
///
/// # Errors
/// [`Error::Locked`] where another git keeps the index; git's.
pub fn stage_bytes(repo: &Repo, lock: &WorkLock, path: &str, bytes: &[u8]) -> Result<(), Error> {
    let blob = repo.write_blob(bytes)?;
    repo.wait_for_index(lock.patience())?;
    with_index(repo, lock, || {
        let entry = IndexEntry::read(repo, path)?;
        let Some((mode, _)) = &entry.content else { return Ok(()) };
        let update = format!("{mode} {blob}\t{path}\0");
        repo.git().args(["update-index", "-z", "--index-info"]).input(update).run()?;
        entry.cover(repo, path);
        Ok(())
    })
}

//! Whether a commit can be made here at all, asked before anything is touched.

use super::Depth;
use crate::git::{CommitId, Error, Repo};

/// A repository that a commit can be made in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readiness {
    /// The branch that is checked out.
    pub branch: String,
    /// Its commit, if it has one.
    pub commit: Option<CommitId>,
}

impl Readiness {
    /// Asks whether a commit can be made on the checked-out branch.
    ///
    /// # Errors
    /// [`Error::Bare`], [`Error::InProgress`], [`Error::Detached`], [`Error::NoIdentity`].
    pub fn check(repo: &Repo) -> Result<Self, Error> {
        if repo.work_tree().is_none() {
            return Err(Error::Bare);
        }
        if let Some(what) = repo.in_progress() {
            return Err(Error::InProgress { what });
        }
        let head = repo.head()?;
        let Some(branch) = head.branch else { return Err(Error::Detached { commit: head.commit }) };
        repo.identity()?;
        Ok(Self { branch, commit: head.commit })
    }
}

pub(super) fn check(repo: &Repo, depth: Depth) -> Result<(), Error> {
    match depth {
        Depth::Commit => Readiness::check(repo).map(drop),
        Depth::Stage | Depth::WorkTree if repo.work_tree().is_none() => Err(Error::Bare),
        Depth::Stage | Depth::WorkTree => Ok(()),
    }
}

/// The rule that makes git ignore a path, as `file:line:pattern`; nothing for a tracked path.
///
/// # Errors
/// [`Error::Git`] with git's words.
pub fn is_ignored(repo: &Repo, path: &str) -> Result<Option<String>, Error> {
    let Some(top) = repo.work_tree() else { return Ok(None) };
    // `check-ignore` takes paths, not pathspecs: from the top, by file name.
    let command = repo.git().args(["check-ignore", "-v", "-z", "--stdin"]);
    let output = command.input(format!("{}\0", top.join(path).display())).answer()?;
    if output.code != 0 {
        return Ok(None);
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let fields: Vec<&str> = text.split('\0').collect();
    match fields[..] {
        [_, _, pattern, ..] if pattern.starts_with('!') => Ok(None),
        [source, line, pattern, ..] => Ok(Some(format!("{source}:{line}:{pattern}"))),
        _ => Ok(None),
    }
}

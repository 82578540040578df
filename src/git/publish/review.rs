//! Commits on a branch that nobody has checked out: a document in review.

use crate::git::{CommitId, Error, NewCommit, ObjectId, RefUpdate, Repo};

/// A commit for a branch that is not checked out.
#[derive(Debug, Clone)]
pub struct BranchCommit<'a> {
    /// The branch's short name; made where it does not exist.
    pub branch: &'a str,
    /// The commit to go on from: the branch's tip, what its remote is ahead with, or where a new branch begins.
    pub parent: CommitId,
    /// The branch's tip when the change was thought out; `None` where it did not exist.
    pub tip: Option<CommitId>,
    /// Paths and their content; `None` removes one.
    pub changes: Vec<(String, Option<ObjectId>)>,
    /// The message.
    pub message: &'a str,
}

/// Commits on a branch without touching index and work tree. Signed where `commit.gpgSign` asks for it; no hook
/// of a commit runs, as there is nothing checked out that it could look at.
///
/// # Errors
/// [`Error::CheckedOut`] where a work tree has the branch, [`Error::Moved`] where its tip is another by now,
/// [`Error::BranchInTheWay`], [`Error::NoIdentity`].
pub fn commit_on_branch(repo: &Repo, commit: &BranchCommit<'_>) -> Result<CommitId, Error> {
    repo.refuse_in_quarantine()?;
    let name = format!("refs/heads/{}", commit.branch);
    check_name(repo, commit.branch)?;
    let out = repo.work_trees()?.into_iter().find(|tree| tree.branch.as_deref() == Some(commit.branch));
    if let Some(tree) = out {
        return Err(Error::CheckedOut { branch: commit.branch.to_owned(), path: tree.path });
    }
    let sign = repo.settings()?.is_on("commit.gpgsign").unwrap_or(false);
    let new = NewCommit {
        base: Some(commit.parent),
        changes: commit.changes.clone(),
        parents: vec![commit.parent],
        message: commit.message.to_owned(),
        sign,
    };
    let made = repo.write_commit(&new)?;
    let old = commit.tip.map(|tip| tip.object());
    let update = RefUpdate { name, old, new: Some(made.object()) };
    let reflog = format!("postmortem: {}", commit.message.lines().next().unwrap_or_default());
    repo.update_refs(&[update], &reflog)?;
    Ok(made)
}

fn check_name(repo: &Repo, branch: &str) -> Result<(), Error> {
    let valid = repo.git().args(["check-ref-format", "--branch", branch]).answer()?;
    if valid.code == 0 && valid.text() == branch {
        return Ok(());
    }
    Err(Error::Git { deed: "branch".into(), words: format!("'{branch}' is not a valid branch name") })
}

//! Commits on a branch that nobody has checked out: a document in review.

use crate::git::{CommitId, Error, NewCommit, ObjectId, RefUpdate, Repo};

/// A commit for a branch that is not checked out.
#[derive(Debug, Clone)]
pub struct BranchCommit<'a> {
    /// The branch's short name; made where it does not exist.
    pub branch: &'a str,
    /// The commits to go on from: the branch's tip, what its remote has, or where a new branch begins. The tree is that
    /// of the last one, but for the changes.
    pub parents: Vec<CommitId>,
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
    check_free(repo, commit.branch)?;
    let sign = repo.settings()?.is_on("commit.gpgsign").unwrap_or(false);
    let new = NewCommit {
        base: commit.parents.last().copied(),
        changes: commit.changes.clone(),
        parents: commit.parents.clone(),
        message: commit.message.to_owned(),
        sign,
    };
    let made = repo.write_commit(&new)?;
    let reflog = format!("postmortem: {}", commit.message.lines().next().unwrap_or_default());
    move_to(repo, commit.branch, commit.tip, made, &reflog)?;
    Ok(made)
}

/// Lets a branch go on to what its remote has, or makes it there. Nothing is checked out.
///
/// # Errors
/// As [`commit_on_branch`].
pub fn forward_branch(repo: &Repo, branch: &str, tip: Option<CommitId>, to: CommitId) -> Result<(), Error> {
    repo.refuse_in_quarantine()?;
    check_free(repo, branch)?;
    move_to(repo, branch, tip, to, "postmortem: fast-forward")
}

fn move_to(repo: &Repo, branch: &str, tip: Option<CommitId>, to: CommitId, why: &str) -> Result<(), Error> {
    let name = format!("refs/heads/{branch}");
    let update = RefUpdate { name, old: tip.map(|tip| tip.object()), new: Some(to.object()) };
    repo.update_refs(&[update], why)
}

/// A name that a branch can have, and that no work tree has checked out.
fn check_free(repo: &Repo, branch: &str) -> Result<(), Error> {
    check_name(repo, branch)?;
    match repo.work_trees()?.into_iter().find(|tree| tree.branch.as_deref() == Some(branch)) {
        Some(tree) => Err(Error::CheckedOut { branch: branch.to_owned(), path: tree.path }),
        None => Ok(()),
    }
}

fn check_name(repo: &Repo, branch: &str) -> Result<(), Error> {
    let valid = repo.git().args(["check-ref-format", "--branch", branch]).answer()?;
    if valid.code == 0 && valid.text() == branch {
        return Ok(());
    }
    Err(Error::Git { deed: "branch".into(), words: format!("'{branch}' is not a valid branch name") })
}

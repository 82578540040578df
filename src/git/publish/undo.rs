//! Taking back the newest commit, where nobody else can have seen it.

use super::files::Place;
use super::{Depth, PATIENCE, PathChange, readiness, with_index};
use crate::git::{CommitId, Error, RefUpdate, Repo, WorkLock};

/// Whether the newest commit was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TipUndo {
    /// `HEAD` is this commit again.
    Dropped(CommitId),
    /// It was left, and why: the change must be undone by another commit.
    Kept(&'static str),
}

/// Drops the newest commit of the checked-out branch if all that it did was to change one path, and no other ref
/// holds it; index entry and file go back to what the commit before had.
///
/// # Errors
/// As [`super::commit_paths`].
pub fn undo_tip(repo: &Repo, _lock: &WorkLock, path: &str) -> Result<TipUndo, Error> {
    let ready = readiness::Readiness::check(repo)?;
    let Some(tip) = ready.commit else { return Ok(TipUndo::Kept("there is no commit yet")) };
    if let Some(why) = why_kept(repo, &ready.branch, &tip, path)? {
        return Ok(TipUndo::Kept(why));
    }
    repo.wait_for_index(PATIENCE)?;
    let parent = repo.commit(&tip)?.parents[0];
    let (before, now) = (repo.file(&parent, path)?, repo.file(&tip, path)?);
    let bytes = before.map(|file| repo.read(&file.blob)).transpose()?;
    let change = PathChange { path: path.to_owned(), bytes, expect: now.map(|file| file.blob) };
    let place = Place::look(repo, Some(&tip), &change)?;
    place.check(repo, Depth::WorkTree)?;
    // The ref moves last: killed before that, the path shows as changed, and a second run goes on from there.
    let undone = place.write(repo).and_then(|()| with_index(repo, || place.stage(repo))).and_then(|()| {
        let name = format!("refs/heads/{}", ready.branch);
        let update = RefUpdate { name, old: Some(tip.object()), new: Some(parent.object()) };
        repo.update_refs(&[update], "postmortem: take back the newest commit")
    });
    if let Err(error) = undone {
        place.put_back(repo);
        return Err(error);
    }
    Ok(TipUndo::Dropped(parent))
}

fn why_kept(repo: &Repo, branch: &str, tip: &CommitId, path: &str) -> Result<Option<&'static str>, Error> {
    let commit = repo.commit(tip)?;
    let [parent] = commit.parents[..] else {
        return Ok(Some("the newest commit has not exactly one parent"));
    };
    let (before, after) = (parent.to_string(), tip.to_string());
    let changed =
        repo.git().args(["diff-tree", "-r", "-z", "--name-only", "--no-renames", &before, &after]).run()?;
    if changed.stdout != format!("{path}\0").as_bytes() {
        return Ok(Some("the newest commit changed other files too"));
    }
    let contains = format!("--contains={tip}");
    let holders = repo.git().args(["for-each-ref", "--format=%(refname)", &contains]).run()?;
    let own = format!("refs/heads/{branch}");
    if holders.text().lines().any(|name| name != own) {
        return Ok(Some("the newest commit is in another branch, tag or remote"));
    }
    Ok(None)
}

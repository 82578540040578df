//! Taking back the newest commit, where nobody else can have seen it.

use super::files::Place;
use super::{Depth, PathChange, readiness, with_index};
use crate::git::{CommitId, Error, RefUpdate, Repo, TreeFile, WorkLock};

/// Whether the newest commit was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TipUndo {
    /// `HEAD` is this commit again.
    Dropped(CommitId),
    /// It was left, and why: the change must be undone by another commit.
    Kept(&'static str),
}

/// Drops the newest commit of the checked-out branch if all that it did was to add these files with this very content,
/// and no other ref holds it; they leave the index and the work tree. A commit that changed one of them is left:
/// before it there is an older text, not none.
///
/// # Errors
/// As [`super::commit_paths`].
pub fn undo_tip(repo: &Repo, lock: &WorkLock, files: &[TreeFile]) -> Result<TipUndo, Error> {
    let ready = readiness::Readiness::check(repo)?;
    let Some(tip) = ready.commit else { return Ok(TipUndo::Kept("there is no commit yet")) };
    if let Some(why) = why_kept(repo, &ready.branch, &tip, files)? {
        return Ok(TipUndo::Kept(why));
    }
    repo.wait_for_index(lock.patience())?;
    let parent = repo.commit(&tip)?.parents[0];
    let gone = |file: &TreeFile| PathChange::new(file.path.as_str(), None, Some(file.blob));
    let changes: Vec<PathChange> = files.iter().map(gone).collect();
    let places = changes.iter().map(|change| Place::look(repo, Some(&tip), change));
    let places = places.collect::<Result<Vec<_>, _>>()?;
    for place in &places {
        place.check(repo, Depth::Commit)?;
    }
    // The ref moves last: killed before that, the paths show as changed, and a second run goes on from there.
    let name = format!("refs/heads/{}", ready.branch);
    let update = RefUpdate { name, old: Some(tip.object()), new: Some(parent.object()) };
    let undone = places
        .iter()
        .try_for_each(|place| place.write(repo).and_then(|()| with_index(repo, lock, || place.stage(repo))))
        .and_then(|()| repo.update_refs(&[update], "postmortem: take back the newest commit"));
    if let Err(error) = undone {
        for place in &places {
            place.put_back(repo);
        }
        return Err(error);
    }
    Ok(TipUndo::Dropped(parent))
}

fn why_kept(
    repo: &Repo,
    branch: &str,
    tip: &CommitId,
    files: &[TreeFile],
) -> Result<Option<&'static str>, Error> {
    let commit = repo.commit(tip)?;
    let [parent] = commit.parents[..] else {
        return Ok(Some("the newest commit has not exactly one parent"));
    };
    let (before, after) = (parent.to_string(), tip.to_string());
    let question = ["diff-tree", "-r", "-z", "--name-status", "--no-renames", &before, &after];
    let changed = String::from_utf8_lossy(&repo.git().args(question).run()?.stdout).into_owned();
    let fields: Vec<&str> = changed.split('\0').filter(|field| !field.is_empty()).collect();
    let (changed, _) = fields.as_chunks::<2>();
    if changed.len() != files.len() || !files.iter().all(|file| changed.contains(&["A", file.path.as_str()]))
    {
        return Ok(Some("the newest commit did other things"));
    }
    for file in files {
        if repo.file(tip, &file.path)?.map(|found| found.blob) != Some(file.blob) {
            return Ok(Some("the newest commit has another text"));
        }
    }
    let contains = format!("--contains={tip}");
    let holders = repo.git().args(["for-each-ref", "--format=%(refname)", &contains]).run()?;
    let own = format!("refs/heads/{branch}");
    if holders.text().lines().any(|name| name != own) {
        return Ok(Some("the newest commit is in another branch, tag or remote"));
    }
    Ok(None)
}

//! Saving changed items: published documents in one commit, drafts where they live.

use std::cell::RefCell;

use super::apply::{Outcome, Work, apply};
use super::message::{self, Act};
use crate::archive::Place;
use crate::commands::keep::{Keeping, or_published, or_uncommitted};
use crate::error::CliError;
use crate::git::publish::{
    Committed, Depth, PATIENCE, PathChange, PathCommit, commit_paths, stage_bytes, staged,
};
use crate::git::{CommitId, Error, ObjectId, WorkLock};
use crate::session::Project;

/// What became of all of it.
#[derive(Default)]
pub(super) struct Saved<'w, 'a> {
    /// Each document's items, in the order in which they were asked for.
    pub(super) done: Vec<(&'w Work<'a>, Vec<Outcome>)>,
    /// The commit with the published documents.
    pub(super) commit: Option<CommitId>,
    /// Published documents whose edit is staged.
    pub(super) staged: Vec<String>,
    /// Published documents whose edit is in the file only, and why.
    pub(super) unstaged: Vec<(String, String)>,
    /// Drafts that were saved, and remarks on them.
    pub(super) drafts: Vec<String>,
}

/// Saves the work. Nothing is written unless all of the published documents can be.
///
/// # Errors
/// Those of [`apply()`], of the work tree, and git's.
pub(super) fn save<'w, 'a>(
    project: &Project,
    works: &'w [Work<'a>],
    act: Act,
    no_commit: bool,
) -> Result<Saved<'w, 'a>, CliError> {
    let mut saved = Saved::default();
    let (published, drafts): (Vec<_>, Vec<_>) =
        works.iter().partition(|work| work.entry.place == Place::Tree);
    if let Some(first) = published.first() {
        let lock = lock(project).map_err(|error| or_published(error, first.entry))?;
        if no_commit {
            stage(project, &lock, &published, &mut saved)?;
        } else {
            commit(project, &lock, &published, act, &mut saved)?;
        }
    }
    for work in drafts {
        draft(project, work, act, &mut saved)?;
    }
    Ok(saved)
}

/// How often we wait again where others of us get on.
const ROUNDS: usize = 12;

/// The lock around work on files. Many who close items at once stand in a queue: as long as commits are made meanwhile,
/// nobody is stuck, and we wait on.
fn lock(project: &Project) -> Result<WorkLock, Error> {
    let repo = &project.repo;
    for _ in 0..ROUNDS {
        let head = repo.head()?.commit;
        match repo.lock_work(PATIENCE) {
            Err(Error::Locked { .. }) if repo.head()?.commit != head => {}
            other => return other,
        }
    }
    repo.lock_work(PATIENCE)
}

/// One commit with all published documents, made while nobody else of us works here.
fn commit<'w, 'a>(
    project: &Project,
    lock: &WorkLock,
    works: &[&'w Work<'a>],
    act: Act,
    saved: &mut Saved<'w, 'a>,
) -> Result<(), CliError> {
    let repo = &project.repo;
    let head = repo.head()?.commit;
    let mut changes = Vec::new();
    let mut done = Vec::new();
    for work in works {
        let path = work.entry.path.as_str();
        let file = head.map(|head| repo.file(&head, path)).transpose()?.flatten();
        let Some(file) = file else { return Err(removed(path).into()) };
        let old = repo.read(&file.blob)?;
        let (new, outcomes) = apply(project, work, &old)?;
        if new != old {
            changes.push(PathChange::new(path, Some(new), Some(file.blob)));
        }
        done.push((*work, outcomes));
    }
    if !changes.is_empty() {
        let message = message::message(project, act, &done);
        let change = PathCommit { changes, message: &message, depth: Depth::Commit };
        let made = commit_paths(repo, lock, &change).map_err(or_uncommitted)?;
        if let Committed::Commit(commit) = made {
            saved.commit = Some(commit);
        }
    }
    saved.done.extend(done);
    Ok(())
}

fn removed(path: &str) -> Error {
    Error::Changed { path: path.to_owned(), newer: None }
}

/// The edit in file and index, each made on what stands there: nobody's other changes are staged or lost.
fn stage<'w, 'a>(
    project: &Project,
    lock: &WorkLock,
    works: &[&'w Work<'a>],
    saved: &mut Saved<'w, 'a>,
) -> Result<(), CliError> {
    let repo = &project.repo;
    let top = repo.work_tree().ok_or(Error::Bare)?;
    let mut changes = Vec::new();
    let mut indexed: Vec<(&str, Result<Vec<u8>, String>)> = Vec::new();
    for work in works {
        let path = work.entry.path.as_str();
        let old = std::fs::read(top.join(path)).map_err(|_| removed(path))?;
        let index: Option<ObjectId> = staged(repo, path)?;
        let (new, outcomes) = apply(project, work, &old)?;
        if new != old {
            changes.push(PathChange::new(path, Some(new), Some(repo.write_blob(&old)?)));
        }
        match index {
            Some(blob) => {
                let old = repo.read(&blob)?;
                match apply(project, work, &old) {
                    Ok((new, _)) if new == old => {}
                    Ok((new, _)) => indexed.push((path, Ok(new))),
                    Err(error) => indexed.push((path, Err(error.message))),
                }
            }
            None => indexed.push((path, Err("git does not track it yet".to_owned()))),
        }
        saved.done.push((*work, outcomes));
    }
    if !changes.is_empty() {
        commit_paths(repo, lock, &PathCommit { changes, message: "", depth: Depth::WorkTree })?;
    }
    for (path, content) in indexed {
        match content {
            Ok(bytes) => {
                stage_bytes(repo, lock, path, &bytes)?;
                saved.staged.push(path.to_owned());
            }
            Err(why) => saved.unstaged.push((path.to_owned(), why)),
        }
    }
    Ok(())
}

fn draft<'w, 'a>(
    project: &Project,
    work: &'w Work<'a>,
    act: Act,
    saved: &mut Saved<'w, 'a>,
) -> Result<(), CliError> {
    let verb = message::verb(act, work.asks.iter().map(|ask| ask.seen.label.as_str()));
    let keeping = Keeping { project, entry: work.entry, verb: &verb, strict: false, no_commit: false };
    let outcomes = RefCell::new(Vec::new());
    let kept = keeping.keep(&[], |bytes| {
        let (new, made) = apply(project, work, bytes)?;
        outcomes.replace(made);
        Ok(new)
    })?;
    if kept.changed {
        saved.drafts.push(kept.place);
    }
    saved.done.push((work, outcomes.into_inner()));
    Ok(())
}

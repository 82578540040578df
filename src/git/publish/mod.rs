//! Work on the checked-out branch, at named paths only: written, staged and committed through `git commit`, so that
//! the team's hooks and signing apply while everything else stays as it is, staged or not.

mod content;
mod entry;
mod files;
mod readiness;
mod review;
mod stage;
mod undo;

use std::time::{Duration, Instant};

use super::repo::COMMITTING;
use super::{CommitId, Error, ObjectId, Repo, WorkLock, cli, lock};
use files::Place;
pub use readiness::{Readiness, is_ignored};
pub use review::{BranchCommit, commit_on_branch, forward_branch};
pub use stage::{stage_bytes, staged};
pub use undo::{TipUndo, undo_tip};

/// How long another of us, or another git, may hold what we need before a command gives up.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// How far a change goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Into the file only.
    WorkTree,
    /// Into the index too.
    Stage,
    /// Into a commit.
    Commit,
}

/// One path and what it shall hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathChange {
    /// The path from the top of the work tree.
    pub path: String,
    /// The new content; `None` removes it.
    pub bytes: Option<Vec<u8>>,
    /// The blob that `HEAD` had there when the change was thought out, or the file where only that is written
    /// (`None`: nothing).
    pub expect: Option<ObjectId>,
    /// A path of `HEAD` whose executable bit a new file takes over.
    pub like: Option<String>,
}

impl PathChange {
    /// A change of one path.
    pub fn new(path: impl Into<String>, bytes: Option<Vec<u8>>, expect: Option<ObjectId>) -> Self {
        Self { path: path.into(), bytes, expect, like: None }
    }
}

/// Changes that belong together.
#[derive(Debug, Clone)]
pub struct PathCommit<'a> {
    /// The paths.
    pub changes: Vec<PathChange>,
    /// The message.
    pub message: &'a str,
    /// How far they go.
    pub depth: Depth,
}

/// What became of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Committed {
    /// `HEAD` is this commit now, and it holds them.
    Commit(CommitId),
    /// They stand in the index.
    Staged,
    /// They stand in the files only.
    Written,
    /// `HEAD` held them already.
    Already(CommitId),
}

/// Writes paths, and stages or commits them, while the work lock is held. Where anything fails, a refusing hook
/// for one, those paths are put back as they were.
///
/// # Errors
/// [`Error::Bare`], [`Error::Detached`], [`Error::InProgress`], [`Error::NoIdentity`] before anything is touched;
/// [`Error::Changed`] where `HEAD` no longer has the expected content; [`Error::Dirty`] where index or file differ
/// from `HEAD`; [`Error::Ignored`], [`Error::Unreachable`]; [`Error::Locked`] where another git keeps the index;
/// [`Error::Refused`] where `git commit` says no.
pub fn commit_paths(repo: &Repo, lock: &WorkLock, change: &PathCommit<'_>) -> Result<Committed, Error> {
    repo.refuse_in_quarantine()?;
    readiness::check(repo, change.depth)?;
    if change.depth != Depth::WorkTree {
        repo.wait_for_index(lock.patience())?;
    }
    let head = repo.head()?.commit;
    let places = change.changes.iter().map(|change| Place::look(repo, head.as_ref(), change));
    let places = places.collect::<Result<Vec<_>, _>>()?;
    let settled = change.depth != Depth::WorkTree && places.iter().all(Place::is_settled);
    if let (Some(head), true) = (head, settled) {
        return Ok(Committed::Already(head));
    }
    for place in &places {
        place.check(repo, change.depth)?;
    }
    let outcome = carry_out(repo, lock, &places, change);
    match outcome {
        Err(mut error) if !is_done(repo, &places, change.depth) => {
            for place in &places {
                let other = place.put_back(repo);
                if let Error::Refused { found, .. } = &mut error {
                    found.extend(other.map(|blob| (place.path().to_owned(), blob)));
                }
            }
            Err(error)
        }
        // A process of ours that was killed left its `git commit` running, and that one finished first.
        Err(_) => repo.resolve("HEAD").map(Committed::Already),
        Ok(committed) => {
            places.iter().for_each(|place| place.settle(repo));
            Ok(committed)
        }
    }
}

/// Whether changes could be made at all as things stand; nothing is touched. To be asked before somebody spends their
/// time on them.
///
/// # Errors
/// As [`commit_paths`], but for what only the attempt can tell.
pub fn check_paths(repo: &Repo, changes: &[PathChange], depth: Depth) -> Result<(), Error> {
    repo.refuse_in_quarantine()?;
    readiness::check(repo, depth)?;
    let head = repo.head()?.commit;
    changes.iter().try_for_each(|change| Place::look(repo, head.as_ref(), change)?.check(repo, depth))
}

fn carry_out(
    repo: &Repo,
    lock: &WorkLock,
    places: &[Place<'_>],
    change: &PathCommit<'_>,
) -> Result<Committed, Error> {
    for place in places {
        place.write(repo)?;
    }
    if change.depth == Depth::WorkTree {
        return Ok(Committed::Written);
    }
    for place in places {
        with_index(repo, lock, || place.stage(repo))?;
    }
    if change.depth == Depth::Stage {
        return Ok(Committed::Staged);
    }
    with_index(repo, lock, || run_commit(repo, lock, places, change.message))?;
    repo.resolve("HEAD").map(Committed::Commit)
}

/// `git commit` with paths takes these alone, and leaves what else is staged in the index.
fn run_commit(repo: &Repo, lock: &WorkLock, places: &[Place<'_>], message: &str) -> Result<(), Error> {
    let command = repo
        .git()
        .localized()
        .args(["commit", "--quiet", "--no-edit", "-m", message])
        .arg("--only")
        .arg("--");
    let command = places.iter().fold(command, |command, place| command.path(place.path()));
    let command = match lock.share() {
        Some(file) => command.stdin(file),
        None => command,
    };
    let command = command.env(COMMITTING, repo.common_dir());
    let output = command.answer_with_hooks(&repo.state_folder("")?)?;
    if output.code == 0 {
        return Ok(());
    }
    // Hooks speak on either stream.
    let said = [String::from_utf8_lossy(&output.stdout).trim().to_owned(), output.stderr];
    let said: Vec<&str> = said.iter().map(String::as_str).filter(|words| !words.is_empty()).collect();
    Err(Error::Refused { words: cli::words(&said.join("\n")), found: Vec::new() })
}

/// Runs a step that needs the index, again where another git was quicker.
fn with_index<T>(repo: &Repo, lock: &WorkLock, step: impl Fn() -> Result<T, Error>) -> Result<T, Error> {
    let end = Instant::now() + lock.patience();
    let held = repo.index_lock();
    loop {
        let outcome = step();
        if outcome.is_ok() || !held.exists() {
            return outcome;
        }
        repo.wait_for_index(end.saturating_duration_since(Instant::now()))?;
    }
}

/// Whether `HEAD` holds everything after all.
fn is_done(repo: &Repo, places: &[Place<'_>], depth: Depth) -> bool {
    let head = (depth == Depth::Commit).then(|| repo.resolve("HEAD").ok()).flatten();
    head.is_some_and(|head| places.iter().all(|place| place.holds(repo, &head)))
}

/// Removes the folders above a path that are empty now, up to the top. The folder that we stand in stays, as `git rm`
/// leaves it: no git could be started from a folder that is gone.
fn remove_empty_folders(repo: &Repo, top: &std::path::Path, path: &str) {
    let here = repo.cwd().canonicalize().ok();
    let mut folder = std::path::Path::new(path).parent();
    while let Some(relative) = folder.filter(|folder| !folder.as_os_str().is_empty()) {
        let absolute = top.join(relative);
        let is_here = here.is_some() && absolute.canonicalize().ok() == here;
        if is_here || std::fs::remove_dir(&absolute).is_err() {
            return;
        }
        folder = relative.parent();
    }
}

fn write_file(repo: &Repo, path: &std::path::Path, bytes: &[u8]) -> Result<(), Error> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| Error::io("create", folder, &error))?;
    }
    lock::write_whole(repo, path, bytes)
}

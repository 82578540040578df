//! Saving drafts: a commit on the tip that was read, moved into place by compare and swap, and tried again.

use std::thread;
use std::time::{Duration, Instant};

use super::{Drafts, View};
use crate::git::commits::People;
use crate::git::{CommitId, Error, NewCommit, ObjectId, RefUpdate};

/// How long a ref may be held, without anybody getting on, before we say so.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long we give way to writers who do get on: each of them moves the ref, so that our turn comes.
const GIVING_WAY: Duration = Duration::from_secs(60);

/// How long we wait for our turn among processes of our own.
const TURN: Duration = Duration::from_secs(10);

/// What a save made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The commit; the tip as it was where nothing changed.
    pub commit: CommitId,
    /// The content of each changed path, in the order of the changes; `None` for removed ones.
    pub blobs: Vec<Option<ObjectId>>,
    /// Whether there was anything to save.
    pub changed: bool,
}

impl Drafts<'_> {
    /// Saves paths (`None` removes one) in one commit. `expect` names the content that each path had when it was
    /// read (`None`: it was not there); other writers may change everything else meanwhile.
    ///
    /// # Errors
    /// [`Error::Changed`] where a path no longer has the expected content, [`Error::CheckedOut`] where a work tree
    /// has the branch, [`Error::BranchInTheWay`], [`Error::Locked`] where a ref stays held, [`Error::NoIdentity`],
    /// [`Error::Diverged`] where a removed path would come back from the remote.
    pub fn save(
        &self,
        changes: &[(String, Option<Vec<u8>>)],
        message: &str,
        expect: &[(String, Option<ObjectId>)],
    ) -> Result<Saved, Error> {
        self.repo.refuse_in_quarantine()?;
        let write = |(_, bytes): &(String, Option<Vec<u8>>)| {
            bytes.as_ref().map(|bytes| self.repo.write_blob(bytes)).transpose()
        };
        let blobs = changes.iter().map(write).collect::<Result<Vec<_>, _>>()?;
        let wanted: Vec<_> =
            changes.iter().zip(&blobs).map(|((path, _), blob)| (path.clone(), *blob)).collect();
        let people = self.repo.people()?;
        let _turn = self.repo.take_turn("drafts.turn", TURN);
        let begun = Instant::now();
        let mut moved = begun;
        let mut pause = Duration::from_millis(1);
        loop {
            match self.try_save(&people, &wanted, message, expect) {
                Ok((commit, changed)) => return Ok(Saved { commit, blobs, changed }),
                Err(Error::Moved { .. }) if begun.elapsed() < GIVING_WAY => moved = Instant::now(),
                Err(Error::Locked { .. }) if moved.elapsed() < PATIENCE => {}
                Err(error) => return Err(error),
            }
            thread::sleep(pause + jitter(pause));
            pause = (pause * 2).min(Duration::from_millis(100));
        }
    }

    fn try_save(
        &self,
        people: &People,
        wanted: &[(String, Option<ObjectId>)],
        message: &str,
        expect: &[(String, Option<ObjectId>)],
    ) -> Result<(CommitId, bool), Error> {
        let view = self.view()?;
        if let Some(path) = view.checked_out() {
            let branch = self.name.trim_start_matches("refs/heads/").to_owned();
            return Err(Error::CheckedOut { branch, path });
        }
        for (path, blob) in expect {
            let now = view.find(path).map(|file| file.blob);
            if now != *blob {
                return Err(Error::Changed { path: path.clone(), newer: now });
            }
        }
        let same = wanted.iter().all(|(path, blob)| view.find(path).map(|file| file.blob) == *blob);
        if let (true, Some(tip)) = (same, view.local_tip().or(view.remote_tip())) {
            return Ok((tip, false));
        }
        refuse_what_would_come_back(&view, wanted)?;
        let (base, parents) = foundation(&view, wanted);
        let mut changes = wanted.to_vec();
        if parents.len() == 2 {
            changes = joined_changes(&view, wanted);
        }
        let reflog = message.lines().next().unwrap_or_default();
        let message = message.to_owned();
        let new = NewCommit { base, changes, parents, message: message.clone(), sign: self.sign };
        let commit = self.repo.write_commit_by(people, &new)?;
        let old = view.local.as_ref().map(|found| found.target);
        let update = RefUpdate { name: self.name.clone(), old, new: Some(commit.object()) };
        self.repo.update_refs(&[update], reflog)?;
        Ok((commit, true))
    }
}

/// The tree to start from and the parents: the remote's tip while we have nothing of our own, else ours; both where
/// a draft as only they have it is changed, or the next merge would find two unrelated files. While another one
/// diverged no commit can have both: it would say that what they wrote there was taken in.
fn foundation(view: &View, wanted: &[(String, Option<ObjectId>)]) -> (Option<CommitId>, Vec<CommitId>) {
    match (view.local_tip(), view.remote_tip()) {
        (None, None) => (None, Vec::new()),
        (None, Some(theirs)) => (Some(theirs), vec![theirs]),
        (Some(_), Some(theirs)) if view.is_behind() => (Some(theirs), vec![theirs]),
        (Some(ours), Some(theirs))
            if view.diverged().is_none() && wanted.iter().any(|(path, _)| is_theirs(view, path)) =>
        {
            (Some(ours), vec![ours, theirs])
        }
        (Some(ours), _) => (Some(ours), vec![ours]),
    }
}

/// Whether the remote has a path as we never had it.
fn is_theirs(view: &View, path: &str) -> bool {
    view.find(path).is_some_and(|file| file.theirs)
}

/// A removal holds only where the commit descends from what the remote has, or the next reading joins it in again.
pub(super) fn refuse_what_would_come_back(
    view: &View,
    wanted: &[(String, Option<ObjectId>)],
) -> Result<(), Error> {
    let Some(diverged) = view.diverged() else { return Ok(()) };
    let mut removed = wanted.iter().filter(|(_, blob)| blob.is_none());
    if removed.any(|(path, _)| is_theirs(view, path)) { Err(view.apart(diverged)) } else { Ok(()) }
}

/// With both tips as parents, the tree is the joined one.
fn joined_changes(view: &View, wanted: &[(String, Option<ObjectId>)]) -> Vec<(String, Option<ObjectId>)> {
    let theirs = view.remote_tip();
    let taken = view.files().iter().filter(|file| Some(file.tip) == theirs);
    let taken = taken.filter(|file| wanted.iter().all(|(path, _)| *path != file.path));
    let mut changes: Vec<_> = taken.map(|file| (file.path.clone(), Some(file.blob))).collect();
    changes.extend(view.dropped().iter().map(|path| (path.clone(), None)));
    changes.extend(wanted.iter().cloned());
    changes
}

/// A part of a pause that differs between processes and moments, so that writers do not march in step.
pub(super) fn jitter(pause: Duration) -> Duration {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let seed = now.subsec_nanos() ^ std::process::id().wrapping_mul(2_654_435_761);
    pause * (seed % 16) / 16
}

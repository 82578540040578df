//! Both branches of drafts, here and as last fetched, and the commit that joins them.

use std::collections::BTreeMap;
use std::thread;
use std::time::Duration;

use super::Drafts;
use super::save::jitter;
use crate::git::lock::WorkLock;
use crate::git::{CommitId, Error, NewCommit, ObjectId, RefUpdate};

/// How long another of us that syncs this clone is waited for.
const TURN: Duration = Duration::from_secs(60);

/// The files of a branch: path and content.
pub type DraftTree = BTreeMap<String, ObjectId>;

/// Both branches, and where they parted.
#[derive(Debug, Clone, Default)]
pub struct Sides {
    /// The tip here.
    pub ours: Option<CommitId>,
    /// The tip of the remote-tracking branch.
    pub theirs: Option<CommitId>,
    /// The newest commit that both have.
    pub base: Option<CommitId>,
    /// What each of them holds: base, ours, theirs.
    pub files: [DraftTree; 3],
}

impl Sides {
    /// Whether everything that is here is there too, so that nothing has to be made.
    #[must_use]
    pub fn is_behind(&self) -> bool {
        self.theirs.is_some() && (self.ours.is_none() || self.base == self.ours)
    }

    /// Whether everything that is there is here too.
    #[must_use]
    pub fn is_ahead(&self) -> bool {
        self.ours.is_some() && (self.theirs.is_none() || self.base == self.theirs)
    }
}

impl Drafts<'_> {
    /// Waits for our turn among those of us that sync this clone; whoever waits too long goes on without.
    #[must_use]
    pub fn sync_turn(&self) -> Option<WorkLock> {
        self.repo.take_turn("sync.turn", TURN)
    }

    /// Both branches as they are now.
    ///
    /// # Errors
    /// [`Error::CheckedOut`] where a work tree has the branch; git's.
    pub fn sides(&self) -> Result<Sides, Error> {
        let view = self.view()?;
        if let Some(path) = view.checked_out() {
            let branch = self.name.trim_start_matches("refs/heads/").to_owned();
            return Err(Error::CheckedOut { branch, path });
        }
        let (ours, theirs) = (view.local_tip(), view.remote_tip());
        let base = match (&ours, &theirs) {
            (Some(ours), Some(theirs)) if ours == theirs => Some(*ours),
            (Some(ours), Some(theirs)) => self.repo.merge_base(ours, theirs)?,
            _ => None,
        };
        let read = |tip: &Option<CommitId>| -> Result<DraftTree, Error> {
            let files = tip.as_ref().map(|tip| self.repo.files(tip, "")).transpose()?.unwrap_or_default();
            Ok(files.into_iter().map(|file| (file.path, file.blob)).collect())
        };
        Ok(Sides { files: [read(&base)?, read(&ours)?, read(&theirs)?], ours, theirs, base })
    }

    /// Goes on from the remote's tip, which has everything that is here.
    ///
    /// # Errors
    /// [`Error::Moved`] where somebody saved meanwhile.
    pub fn follow(&self, sides: &Sides) -> Result<(), Error> {
        let Some(theirs) = sides.theirs.filter(|theirs| sides.ours != Some(*theirs)) else { return Ok(()) };
        self.move_to(sides, theirs, "sync: go on from the remote")
    }

    /// Joins both branches in a commit that holds these files, and has both tips as parents; only the remote's where
    /// what led here is not to be told.
    ///
    /// # Errors
    /// [`Error::Moved`] where somebody saved meanwhile.
    pub fn join(
        &self,
        sides: &Sides,
        files: &DraftTree,
        message: &str,
        without_history: bool,
    ) -> Result<CommitId, Error> {
        let before = &sides.files[2];
        let mut changes: Vec<(String, Option<ObjectId>)> = before
            .keys()
            .filter(|path| !files.contains_key(*path))
            .map(|path| (path.clone(), None))
            .collect();
        let new = files.iter().filter(|(path, blob)| before.get(*path) != Some(*blob));
        changes.extend(new.map(|(path, blob)| (path.clone(), Some(*blob))));
        let ours = sides.ours.filter(|_| !without_history);
        let parents = ours.into_iter().chain(sides.theirs).collect();
        let message = message.to_owned();
        let new =
            NewCommit { base: sides.theirs, changes, parents, message: message.clone(), sign: self.sign };
        let commit = self.repo.write_commit(&new)?;
        self.move_to(sides, commit, message.lines().next().unwrap_or_default())?;
        Ok(commit)
    }

    fn move_to(&self, sides: &Sides, new: CommitId, reflog: &str) -> Result<(), Error> {
        let old = sides.ours.map(|ours| ours.object());
        let update = RefUpdate { name: self.name.clone(), old, new: Some(new.object()) };
        let mut pause = Duration::from_millis(5);
        for _ in 0..8 {
            match self.repo.update_refs(std::slice::from_ref(&update), reflog) {
                Err(Error::Locked { .. }) => thread::sleep(pause + jitter(pause)),
                other => return other,
            }
            pause *= 2;
        }
        self.repo.update_refs(&[update], reflog)
    }
}

/// Waits before another try, longer each time, and not as long as others do.
pub fn pause_before_retry(tries: u32) {
    let pause = Duration::from_millis(20 << tries.min(6));
    thread::sleep(pause + jitter(pause));
}

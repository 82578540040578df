//! One step of a sync: what was fetched and what is here become one, here.

use super::plan::{Names, plan};
use super::told::Account;
use super::{Sync, What};
use crate::error::CliError;
use crate::git::{CommitId, DraftTree, Error, Sides, pause_before_retry};
use crate::render::count;

/// How often we begin again because somebody saved a draft here meanwhile.
const ATTEMPTS: u32 = 60;

/// Both sides in one.
#[derive(Debug)]
pub(super) struct Settled {
    /// What the branch here has; nothing where there are no drafts.
    pub(super) tip: Option<CommitId>,
    /// What the remote has.
    pub(super) theirs: Option<CommitId>,
    /// How many commits the remote lacks.
    pub(super) ahead: usize,
    /// The files of both.
    pub(super) files: DraftTree,
}

impl Sync<'_> {
    /// Joins what was fetched with what is here, and moves the branch here; nothing moves in a dry run.
    ///
    /// # Errors
    /// git's.
    pub(super) fn settle(&self, mut sides: Sides, account: &mut Account) -> Result<Settled, CliError> {
        for tries in 0..ATTEMPTS {
            match self.try_settle(&sides, account) {
                Ok(settled) => return Ok(settled),
                Err(Failure::Moved) => pause_before_retry(tries),
                Err(Failure::Other(error)) => return Err(error),
            }
            sides = self.drafts.sides()?;
        }
        Err(CliError::new("drafts are saved here all the time").hint("run it again"))
    }

    fn try_settle(&self, sides: &Sides, account: &mut Account) -> Result<Settled, Failure> {
        let dry_run = self.args.dry_run;
        let settled = |tip, files: &DraftTree| -> Result<Settled, Failure> {
            let ahead = self.ahead(tip, sides.theirs)?;
            let ahead = if self.args.squash { ahead.min(1) } else { ahead };
            Ok(Settled { tip, theirs: sides.theirs, ahead, files: files.clone() })
        };
        let [_, ours, theirs] = &sides.files;
        if sides.is_behind() {
            if !dry_run {
                self.drafts.follow(sides)?;
            }
            return settled(sides.theirs, theirs);
        }
        let squash = self.args.squash && !dry_run;
        if sides.ours.is_none() || sides.is_ahead() && !squash {
            return settled(sides.ours, ours);
        }
        let (files, told) = if sides.is_ahead() {
            (ours.clone(), Vec::new())
        } else {
            let theirs = format!("{}/{}", self.remote, self.branch);
            let names = Names { ours: &self.branch, theirs: &theirs };
            let plan = plan(self.project, sides, names)?;
            (plan.files, plan.told)
        };
        let joined = told.iter().filter(|told| matches!(told.what, What::Joined | What::Conflict(_))).count();
        let tip = if dry_run {
            sides.ours
        } else {
            let what = if joined == 0 {
                String::new()
            } else {
                format!(": join {}", count(joined, "draft", "drafts"))
            };
            let message = format!("sync with {}{what}", self.remote);
            Some(self.drafts.join(sides, &files, &message, self.args.squash)?)
        };
        // Said once, also where another try had to be made.
        for one in told {
            account.told.retain(|known| known.id != one.id || known.what.is_of_another_kind(&one.what));
            account.told.push(one);
        }
        settled(tip, &files)
    }

    fn ahead(&self, tip: Option<CommitId>, theirs: Option<CommitId>) -> Result<usize, Failure> {
        let Some(tip) = tip else { return Ok(0) };
        let repo = &self.project.repo;
        let ahead = match theirs {
            Some(theirs) => repo.ahead_behind(&tip, &theirs)?.0,
            None => repo.commits_until(&tip)?,
        };
        Ok(usize::try_from(ahead).unwrap_or(usize::MAX))
    }
}

enum Failure {
    /// Somebody saved meanwhile.
    Moved,
    Other(CliError),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Moved { .. } => Self::Moved,
            other => Self::Other(other.into()),
        }
    }
}

impl From<CliError> for Failure {
    fn from(error: CliError) -> Self {
        Self::Other(error)
    }
}

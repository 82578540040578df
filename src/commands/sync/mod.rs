//! `git postmortem sync`: drafts are fetched, joined and sent, by git's own transport and never by force.

mod files;
mod leak;
mod plan;
mod settle;
mod told;
mod units;

use clap::Args;

use crate::error::{CliError, ExitStatus};
use crate::git::{CommitId, Drafts, Pushed, Sides, pause_before_retry};
use crate::session::{Project, Session};

pub(crate) use files::spare;
use settle::Settled;
pub(crate) use told::said;
use told::{Account, Told, What};

/// How often we begin again because somebody else pushed meanwhile.
const ATTEMPTS: u32 = 60;

/// Share the drafts: fetch, join and push them
///
/// Drafts that both sides changed are joined by section, row and item; where both changed the same place, both texts
/// stay there between marks, and the answer is 1. Private drafts are never sent, and nothing is ever forced.
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Examples:\n  git postmortem sync\n  git postmortem sync --dry-run\n  git postmortem sync --remote upstream --no-push\n\nExit status: 0 in step, 1 a draft has a conflict to settle, 2 could not sync."
)]
pub struct SyncArgs {
    /// The remote to share with; without it, drafts.remote
    #[arg(long, value_name = "NAME")]
    pub remote: Option<String>,
    /// Say what would be joined and sent, and change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Fetch and join, and send nothing
    #[arg(long)]
    pub no_push: bool,
    /// Send the drafts as they are, in one commit without their unsent history
    #[arg(long)]
    pub squash: bool,
    /// Send also what looks like a key, a token or a password
    #[arg(long)]
    pub allow_secrets: bool,
    /// Print one object, see docs/schema
    #[arg(long)]
    pub json: bool,
}

/// Shares the drafts.
///
/// # Errors
/// No remote, or one that cannot be reached or refuses; a secret in what would be sent; a checked-out branch.
pub fn run(session: &Session, args: &SyncArgs) -> Result<ExitStatus, CliError> {
    let project = session.project()?;
    let sync = Sync::new(session, &project, args)?;
    let account = sync.run()?;
    account.tell(session, args.json)?;
    Ok(if account.is_refused() { ExitStatus::No } else { ExitStatus::Done })
}

/// One run.
struct Sync<'s> {
    session: &'s Session,
    project: &'s Project,
    args: &'s SyncArgs,
    remote: String,
    branch: String,
    drafts: Drafts<'s>,
}

impl<'s> Sync<'s> {
    fn new(session: &'s Session, project: &'s Project, args: &'s SyncArgs) -> Result<Self, CliError> {
        let settings = &project.config.drafts;
        let remote = args.remote.clone().unwrap_or_else(|| settings.remote.clone());
        let known: Vec<String> = project.repo.settings()?.remotes().into_iter().map(str::to_owned).collect();
        if !known.contains(&remote) {
            return Err(no_remote(&remote, &known));
        }
        let branch = settings.branch.clone();
        let drafts = Drafts::branch(&project.repo, &branch, &remote, settings.sign);
        Ok(Self { session, project, args, remote, branch, drafts })
    }

    fn run(&self) -> Result<Account, CliError> {
        let _turn = self.drafts.sync_turn();
        let before = self.drafts.sides()?.files[1].clone();
        let mut account = Account {
            remote: self.remote.clone(),
            branch: self.branch.clone(),
            dry_run: self.args.dry_run,
            ..Account::default()
        };
        for tries in 0..ATTEMPTS {
            let sides = self.fetch()?;
            let there = sides.files[2].clone();
            let settled = self.settle(sides, &mut account)?;
            let known = there.clone();
            if let Some(tip) = self.to_send(&settled)? {
                account.leaks = self.leaks(&tip, &settled, &there)?;
                if !account.leaks.is_empty() && !self.args.dry_run {
                    return Err(leak::refuse(&account.leaks));
                }
                if !self.args.dry_run && !self.args.no_push {
                    match self.push(&tip)? {
                        Pushed::Done => account.sent = Some(settled.ahead),
                        Pushed::Behind => {
                            pause_before_retry(tries);
                            continue;
                        }
                        Pushed::Refused(words) => return Err(self.refused(&words)),
                        Pushed::Stopped(words) => return Err(self.stopped(&words)),
                    }
                }
            } else if !self.args.dry_run && !self.args.no_push {
                account.sent = Some(0);
            }
            account.is_empty = settled.tip.is_none();
            account.compare(&before, &known, &settled.files);
            self.look_for_marks(&settled, &mut account)?;
            self.look_for_published(&settled, &mut account)?;
            return Ok(account);
        }
        Err(CliError::new(format!("others push to {}/{} all the time", self.remote, self.branch))
            .because("what they had is joined here, and nothing is lost")
            .hint("run it again"))
    }

    fn fetch(&self) -> Result<Sides, CliError> {
        let repo = &self.project.repo;
        let _waiting = self.session.ui.wait_for(&format!("fetching drafts from {}", self.remote));
        let fail = |error| self.unreachable(error);
        repo.fetch_branch(&self.remote, &self.branch, false).map_err(fail)?;
        let sides = self.drafts.sides()?;
        let is_apart = sides.ours.is_some() && sides.theirs.is_some() && sides.base.is_none();
        if is_apart && repo.is_shallow() {
            // Where both met may lie behind the end of a history that was cut off.
            repo.fetch_branch(&self.remote, &self.branch, true).map_err(fail)?;
            return Ok(self.drafts.sides()?);
        }
        Ok(sides)
    }

    fn push(&self, tip: &CommitId) -> Result<Pushed, CliError> {
        let _waiting = self.session.ui.wait_for(&format!("sending drafts to {}", self.remote));
        Ok(self.project.repo.push_branch(&self.remote, &self.branch, tip)?)
    }

    /// The tip that the remote lacks.
    fn to_send(&self, settled: &Settled) -> Result<Option<CommitId>, CliError> {
        let tip = settled.tip.filter(|tip| settled.theirs != Some(*tip));
        Ok(tip.filter(|_| settled.ahead > 0))
    }

    fn leaks(
        &self,
        tip: &CommitId,
        settled: &Settled,
        there: &crate::git::DraftTree,
    ) -> Result<Vec<leak::Leak>, CliError> {
        if self.args.allow_secrets || self.args.no_push {
            return Ok(Vec::new());
        }
        let mut leaks = leak::find(self.project, tip, &self.remote, &settled.files, there)?;
        // A trial makes no commit of its own: what --squash would leave behind is left out of what it tells.
        leaks.retain(|leak| leak.commit.is_none() || !(self.args.squash && self.args.dry_run));
        Ok(leaks)
    }

    /// Drafts that have a conflict of an earlier time.
    fn look_for_marks(&self, settled: &Settled, account: &mut Account) -> Result<(), CliError> {
        for (path, blob) in &settled.files {
            let Some(stem) = path.strip_suffix(".md").filter(|stem| !stem.contains('/')) else { continue };
            let id = plan::shown(stem);
            let is_told = |told: &Told| told.id == id && matches!(told.what, What::Conflict(_));
            let line = crate::document::merge::conflict(&self.project.repo.read(blob)?);
            if let Some(line) = line.filter(|_| !account.told.iter().any(is_told)) {
                account.told.push(Told { id, what: What::Torn(line), remarks: Vec::new() });
            }
        }
        Ok(())
    }

    /// Drafts that stayed though their document is published here.
    fn look_for_published(&self, settled: &Settled, account: &mut Account) -> Result<(), CliError> {
        let is_kept = |told: &&Told| matches!(told.what, What::KeptTheirs | What::KeptOurs);
        let kept: Vec<String> = account.told.iter().filter(is_kept).map(|told| told.id.clone()).collect();
        if kept.is_empty() {
            return Ok(());
        }
        let published = self.project.published()?;
        for id in kept {
            let entry = published.entries.iter().find(|entry| entry.id.as_str() == id);
            if let Some(entry) = entry {
                account.warnings.push(format!(
                    "{id} is published ({}), and its draft was changed since: it stays a draft (git postmortem publish {} takes the changes in)",
                    entry.path, entry.id.short()
                ));
            } else if let Some(subject) = self.removal(&id, settled)? {
                account.warnings.push(format!("{id} was taken away at {} ({subject})", self.remote));
            }
        }
        Ok(())
    }

    /// What the remote's commit says that took a draft away.
    fn removal(&self, id: &str, settled: &Settled) -> Result<Option<String>, CliError> {
        let Some(theirs) = settled.theirs else { return Ok(None) };
        let name = crate::model::PostmortemId::new(id).map(|id| crate::archive::draft_path(&id));
        let Ok(path) = name else { return Ok(None) };
        let history = self.project.repo.path_history(&theirs, &path, false)?;
        let first = history.into_iter().next().filter(|revision| revision.blob.is_none());
        Ok(first.map(|revision| revision.subject))
    }

    fn unreachable(&self, error: crate::git::Error) -> CliError {
        let crate::git::Error::Git { words, .. } = &error else { return error.into() };
        let mut lines = words.lines().filter(|line| !line.trim().is_empty());
        let first = lines.next().unwrap_or("git fetch failed").to_owned();
        let mut said =
            CliError::new(format!("the drafts of {} could not be fetched", self.remote)).because(first);
        said = lines.take(3).fold(said, CliError::because);
        said.hint("nothing was changed; drafts can be written without it, and synced later")
    }

    fn stopped(&self, words: &str) -> CliError {
        let error = CliError::new("the hook pre-push of this clone stopped the push; nothing was sent");
        in_words(error, words).hint(format!(
            "what {} had is joined here; what the hook objects to is its own to say",
            self.remote
        ))
    }

    fn refused(&self, words: &str) -> CliError {
        let error = CliError::new(format!("{} refused the drafts", self.remote));
        in_words(error, words).hint(format!(
            "what {} had is joined here; who may push to its branch {} is for the remote to say",
            self.remote, self.branch
        ))
    }
}

fn in_words(error: CliError, words: &str) -> CliError {
    words.lines().filter(|line| !line.trim().is_empty()).take(6).fold(error, CliError::because)
}

fn no_remote(remote: &str, known: &[String]) -> CliError {
    if known.is_empty() {
        return CliError::new("this repository has no remote to share drafts with")
            .hint("git remote add origin URL names one; until then drafts are only on this machine");
    }
    CliError::new(format!("there is no remote '{remote}'"))
        .hint(format!("there are {}: git postmortem sync --remote {}", known.join(", "), known[0]))
        .hint(format!("git config postmortem.drafts.remote {} makes it the one for drafts", known[0]))
}

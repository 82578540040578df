//! `publish --branch`: the document goes on a branch for review, and what reviewers change comes back.

use super::linted::{To, may_go};
use super::prepare::{Prepared, Standing};
use super::theirs::{Theirs, refuse_moved, remember};
use super::{PublishArgs, outcome, request, worded};
use crate::commands::drafted::Drafted;
use crate::commands::echoes::Echoes;
use crate::commands::subject;
use crate::error::{CliError, ExitStatus};
use crate::git::publish::{BranchCommit, commit_on_branch, forward_branch};
use crate::git::{CommitId, Error, ObjectId, Repo};
use crate::render::count;
use crate::session::{Project, Session};

/// The branch, here and as last fetched: reviewers push to the remote.
struct Review {
    branch: String,
    /// What a reader compares it with.
    base: CommitId,
    /// The branch here.
    tip: Option<CommitId>,
    /// The remote-tracking branch, by its short name.
    remote: Option<Tip>,
    /// Where the review stands: nowhere yet, on one commit, or on two that went separate ways.
    newest: Vec<Tip>,
}

/// A branch, by its short name, and its newest commit.
type Tip = (String, CommitId);

/// Paths of a review and what they shall hold.
type Changes = Vec<(String, Option<ObjectId>)>;

/// Puts a draft in review, or adds to a review what has changed since.
///
/// # Errors
/// Where the branch is checked out or its name impossible, or both sides changed the same lines.
pub(super) fn run(
    session: &Session,
    project: &Project,
    drafted: &Drafted<'_>,
    prepared: &mut Prepared,
    args: &PublishArgs,
) -> Result<ExitStatus, CliError> {
    if prepared.standing == Standing::Superseded {
        return Err(CliError::new(format!("'{}' has been through review already", prepared.path))
            .hint(format!("git postmortem publish {} takes the draft away", prepared.id.short())));
    }
    let repo = &project.repo;
    repo.identity()?;
    let review = Review::find(project, prepared, args)?;
    let written = prepared.text.clone();
    let again = format!("git postmortem publish {} --branch {}", prepared.id.short(), review.branch);
    for (name, tip) in &review.newest {
        refuse_moved(repo, &prepared.id, &prepared.path, (name, tip))?;
        if let Some(file) = repo.file(tip, &prepared.path)? {
            let theirs = Theirs { name: name.clone(), tip: *tip, path: file.path, blob: file.blob };
            prepared.take_in(project, drafted, &theirs, (args, Some(again.clone())))?;
        }
    }
    if !may_go(session, project, prepared, args, To::Reviewers)? {
        return Ok(ExitStatus::No);
    }
    if args.dry_run {
        session.ui.lines(&planned(&review, prepared));
        return Ok(ExitStatus::Done);
    }
    let mut changes: Changes =
        prepared.attachments.iter().map(|(path, blob)| (path.clone(), Some(*blob))).collect();
    changes.push((prepared.path.clone(), Some(repo.write_blob(&prepared.text)?)));
    let unchanged = review.has(repo, &changes)?;
    let tip = match unchanged {
        Some(tip) => tip,
        None => {
            let worded = || worded(project, drafted, prepared, "review");
            let message = args.message.clone().unwrap_or_else(worded);
            review.commit(repo, changes, &message)?
        }
    };
    if unchanged.is_some() && review.tip != Some(tip) {
        forward_branch(repo, &review.branch, review.tip, tip)?;
    }
    remember(repo, &prepared.id, tip)?;
    if prepared.text != written || !prepared.taken_files.is_empty() {
        let from = prepared.taken_in.join(" and ");
        prepared.merging(project, drafted, args).bring_back(&prepared.text, &prepared.taken_files, &from)?;
    }
    subject::remember(project, &drafted.entry.id);
    tell(session, project, drafted, prepared, &review, (tip, unchanged.is_some()))
}

/// The lines of `--dry-run`.
fn planned(review: &Review, prepared: &Prepared) -> Vec<(&'static str, String)> {
    let mut lines = vec![("would commit", format!("{}   {}", review.branch, prepared.path))];
    lines.extend(outcome::taken_in(prepared));
    lines.push(("nothing", "was changed".to_owned()));
    lines
}

/// What was done, and what to type to go on.
fn tell(
    session: &Session,
    project: &Project,
    drafted: &Drafted<'_>,
    prepared: &Prepared,
    review: &Review,
    (tip, unchanged): (CommitId, bool),
) -> Result<ExitStatus, CliError> {
    let (ahead, _) = project.repo.ahead_behind(&tip, &review.base)?;
    let ahead = count(usize::try_from(ahead).unwrap_or(usize::MAX), "commit", "commits");
    let new = match (unchanged, prepared.taken_in.is_empty()) {
        (false, _) => format!("commit {}, ", tip.short()),
        (true, true) => "nothing new, ".to_owned(),
        (true, false) => String::new(),
    };
    let mut lines = vec![("review", format!("{}   {new}{ahead} ahead", review.branch))];
    lines.push(("", prepared.path.clone()));
    lines.extend(outcome::taken_in(prepared));
    lines.extend(outcome::no_more_private(drafted, &review.branch));
    let before = review.tip.filter(|_| !unchanged);
    let mut request = request::lines(project, prepared, &review.branch, before)?;
    if unchanged {
        request.retain(|(label, _)| *label != "undo");
    }
    if review.remote.as_ref().is_some_and(|(_, there)| *there == tip) {
        request.retain(|(label, _)| *label != "push");
    }
    lines.extend(request);
    session.ui.lines(&lines);
    let archive = project.published()?;
    let echoes = Echoes::new(archive.entries.iter().collect(), &project.config);
    session.ui.out(&request::body(project, prepared, &echoes));
    Ok(ExitStatus::Done)
}

impl Review {
    fn find(project: &Project, prepared: &Prepared, args: &PublishArgs) -> Result<Self, CliError> {
        let repo = &project.repo;
        let branch =
            args.branch_name().map_or_else(|| format!("review/{}", prepared.id.short()), ToOwned::to_owned);
        if branch == project.config.drafts.branch {
            return Err(CliError::new(format!(
                "'{branch}' is the branch of the drafts, and takes no review"
            ))
            .hint("git postmortem publish --branch NAME takes another name"));
        }
        let base = match &args.base {
            Some(rev) => repo.resolve(rev)?,
            None => repo.head()?.commit.ok_or_else(|| {
                CliError::new("there is no commit to begin a review branch from")
                    .hint("git postmortem publish commits the document as the first one")
            })?,
        };
        let (tip, remote) = tips(repo, &branch)?;
        let mut review = Self { branch, base, tip, remote, newest: Vec::new() };
        review.newest = review.newest(repo, prepared)?;
        // An old review that was merged begins anew: merging the same commits again would bring nothing.
        if let [(_, merged)] = &review.newest[..]
            && repo.is_ancestor(merged, &base)?
        {
            review.newest.clear();
        }
        Ok(review)
    }

    /// The commits that nothing newer of the review descends from.
    fn newest(&self, repo: &Repo, prepared: &Prepared) -> Result<Vec<Tip>, CliError> {
        let here = self.tip.map(|tip| (self.branch.clone(), tip));
        let (Some(ours), Some((name, theirs))) = (self.tip, &self.remote) else {
            return Ok(here.or_else(|| self.remote.clone()).into_iter().collect());
        };
        if repo.is_ancestor(&ours, theirs)? {
            return Ok(self.remote.clone().into_iter().collect());
        }
        if repo.is_ancestor(theirs, &ours)? {
            return Ok(here.into_iter().collect());
        }
        // Both went on: one commit joins them, where ours did nothing but what we do here.
        let names: Vec<&str> = prepared.attachments.iter().map(|(path, _)| path.as_str()).collect();
        let is_known = |path: &String| *path == prepared.path || names.contains(&path.as_str());
        let base = repo.merge_base(&ours, theirs)?;
        let changed = base.map(|base| repo.changed_paths(&base, &ours)).transpose()?;
        let joins = changed.is_some_and(|changed| changed.iter().all(is_known))
            && repo.file(theirs, &prepared.path)?.is_some();
        if joins {
            return Ok(here.into_iter().chain(self.remote.clone()).collect());
        }
        Err(CliError::new(format!("{} and {name} went separate ways", self.branch))
            .hint(format!("git switch {} && git merge {name} joins them", self.branch)))
    }

    /// The commit that holds all this already, where the review stands on one.
    fn has(&self, repo: &Repo, changes: &Changes) -> Result<Option<CommitId>, CliError> {
        let [(_, newest)] = &self.newest[..] else { return Ok(None) };
        for (path, blob) in changes {
            if repo.file(newest, path)?.map(|file| file.blob) != *blob {
                return Ok(None);
            }
        }
        Ok(Some(*newest))
    }

    fn commit(&self, repo: &Repo, changes: Changes, message: &str) -> Result<CommitId, CliError> {
        let mut parents: Vec<CommitId> = self.newest.iter().map(|(_, commit)| *commit).collect();
        if parents.is_empty() {
            parents.push(self.base);
        }
        let commit = BranchCommit { branch: &self.branch, parents, tip: self.tip, changes, message };
        commit_on_branch(repo, &commit).map_err(other_name)
    }
}

/// The branch here, and the remote-tracking one that it is pushed to.
fn tips(repo: &Repo, branch: &str) -> Result<(Option<CommitId>, Option<Tip>), CliError> {
    let settings = repo.settings()?;
    let configured = settings.get(&format!("branch.{branch}.remote")).filter(|remote| *remote != ".");
    let remote = match configured {
        Some(remote) => Some(remote.to_owned()),
        None => repo.remotes_by_weight()?.into_iter().next(),
    };
    let there = remote.map(|remote| format!("{remote}/{branch}"));
    let name = format!("refs/heads/{branch}");
    let tracking = there.as_ref().map(|there| format!("refs/remotes/{there}"));
    let names: Vec<&str> = [Some(name.as_str()), tracking.as_deref()].into_iter().flatten().collect();
    let refs = repo.refs(&names)?;
    let tip = |name: &str| refs.iter().find(|found| found.name == name).and_then(|found| found.commit);
    let theirs = tracking.and_then(|tracking| tip(&tracking));
    Ok((tip(&name), there.zip(theirs)))
}

/// Another name for the branch is the way out where this one cannot be.
fn other_name(error: Error) -> CliError {
    let taken = matches!(error, Error::BranchInTheWay { .. });
    let mut error = CliError::from(error);
    if taken {
        error.hints = vec!["git postmortem publish --branch NAME takes another name".to_owned()];
    }
    error
}

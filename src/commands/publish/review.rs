//! `publish --branch`: the document goes on a branch for review, and what reviewers change comes back.

use super::prepare::{Prepared, Standing};
use super::{PublishArgs, request, worded};
use crate::commands::drafted::Drafted;
use crate::commands::subject;
use crate::error::{CliError, ExitStatus};
use crate::git::publish::{BranchCommit, commit_on_branch};
use crate::git::{CommitId, Error, ObjectId, RefUpdate, Repo};
use crate::render::{count, labelled};
use crate::session::{Project, Session};

/// The branch, and what it has of the document.
struct Review {
    branch: String,
    /// What a reader compares it with.
    base: CommitId,
    /// The branch here.
    tip: Option<CommitId>,
    /// The newest commit of the review, here or as last fetched.
    newest: Option<CommitId>,
    /// The document on the tip.
    theirs: Option<ObjectId>,
    /// The text that draft and branch last had in common.
    common: Option<ObjectId>,
}

/// Puts a draft in review, or adds to a review what has changed since.
///
/// # Errors
/// Where the branch is checked out or its name impossible, or both sides changed the same lines.
pub(super) fn run(
    session: &Session,
    project: &Project,
    drafted: &Drafted<'_>,
    prepared: &Prepared,
    args: &PublishArgs,
) -> Result<ExitStatus, CliError> {
    if prepared.standing == Standing::Superseded {
        return Err(CliError::new(format!("'{}' has been through review already", prepared.path))
            .hint(format!("git postmortem publish {} takes the draft away", prepared.id.short())));
    }
    let repo = &project.repo;
    repo.identity()?;
    let review = Review::find(project, drafted, prepared, args)?;
    if args.dry_run {
        let line = format!("{}   {}", review.branch, prepared.path);
        session.ui.out(&labelled(&[("would commit", line), ("nothing", "was changed".to_owned())]));
        return Ok(ExitStatus::Done);
    }
    let text = review.merge(project, drafted, prepared)?;
    let blob = repo.write_blob(&text)?;
    let mut changes: Vec<_> =
        prepared.attachments.iter().map(|(path, blob)| (path.clone(), Some(*blob))).collect();
    changes.push((prepared.path.clone(), Some(blob)));
    let unchanged = review.theirs == Some(blob);
    let tip = match review.newest {
        Some(newest) if unchanged => newest,
        newest => {
            let worded = || worded(project, drafted, prepared, "review");
            let message = args.message.clone().unwrap_or_else(worded);
            let Review { branch, base, tip, .. } = &review;
            let parent = newest.unwrap_or(*base);
            let commit = BranchCommit { branch, parent, tip: *tip, changes, message: &message };
            commit_on_branch(repo, &commit).map_err(other_name)?
        }
    };
    remember_common(repo, prepared, tip)?;
    if text != prepared.text {
        bring_back(drafted, &text, &review.branch)?;
    }
    subject::remember(project, &drafted.entry.id);
    let mut lines = vec![("review", standing(project, &review, tip, unchanged)?)];
    lines.push(("", prepared.path.clone()));
    let before = review.tip.filter(|_| !unchanged);
    let mut request = request::lines(project, prepared, &review.branch, before)?;
    if unchanged {
        request.retain(|(label, _)| *label != "undo");
    }
    lines.extend(request);
    session.ui.out(&labelled(&lines));
    session.ui.out(&request::body(project, prepared));
    Ok(ExitStatus::Done)
}

impl Review {
    fn find(
        project: &Project,
        drafted: &Drafted<'_>,
        prepared: &Prepared,
        args: &PublishArgs,
    ) -> Result<Self, CliError> {
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
        let (tip, newest) = tips(repo, &branch)?;
        let theirs = match &newest {
            Some(newest) => repo.file(newest, &prepared.path)?.map(|file| file.blob),
            None => None,
        };
        let common = match &newest {
            Some(newest) => common(repo, drafted, prepared, newest)?,
            None => None,
        };
        Ok(Self { branch, base, tip, newest, theirs, common })
    }

    /// The draft with what reviewers changed. A conflict goes into the draft, where its author settles it.
    fn merge(
        &self,
        project: &Project,
        drafted: &Drafted<'_>,
        prepared: &Prepared,
    ) -> Result<Vec<u8>, CliError> {
        let (Some(newest), Some(theirs)) = (self.newest, self.theirs) else {
            return Ok(prepared.text.clone());
        };
        let repo = &project.repo;
        let base = self.common.map(|blob| repo.read(&blob)).transpose()?.unwrap_or_default();
        let labels = ["draft", "before", self.branch.as_str()];
        let merged = repo.merge_texts(&base, &prepared.text, &repo.read(&theirs)?, labels)?;
        if merged.conflicts == 0 {
            return Ok(merged.bytes);
        }
        bring_back(drafted, &merged.bytes, &self.branch)?;
        remember_common(repo, prepared, newest)?;
        let places = count(usize::try_from(merged.conflicts).unwrap_or(usize::MAX), "place", "places");
        let id = prepared.id.short();
        Err(CliError::new(format!("the draft and {} changed the same lines in {places}", self.branch))
            .because("both versions stand in the draft now, between conflict marks; the branch is as it was")
            .hint(format!(
                "git postmortem edit {id} -e, then git postmortem publish {id} --branch {}",
                self.branch
            )))
    }
}

/// The branch here, and the newest commit of the review: reviewers push to the remote, and what was fetched of that
/// counts.
fn tips(repo: &Repo, branch: &str) -> Result<(Option<CommitId>, Option<CommitId>), CliError> {
    let name = format!("refs/heads/{branch}");
    let remote = repo.remotes_by_weight()?.into_iter().next();
    let tracking = remote.map_or_else(String::new, |remote| format!("refs/remotes/{remote}/{branch}"));
    let refs = repo.refs(&[&name, if tracking.is_empty() { &name } else { &tracking }])?;
    let tip = |name: &str| refs.iter().find(|found| found.name == name).and_then(|found| found.commit);
    let (here, there) = (tip(&name), tip(&tracking));
    match (here, there) {
        (Some(ours), Some(theirs)) if repo.is_ancestor(&ours, &theirs)? => Ok((here, there)),
        (Some(ours), Some(theirs)) if repo.is_ancestor(&theirs, &ours)? => Ok((here, here)),
        (Some(_), Some(_)) => {
            let remote = tracking.trim_start_matches("refs/remotes/").to_owned();
            Err(CliError::new(format!("{branch} and {remote} went separate ways"))
                .hint(format!("git switch {branch} && git merge {remote} joins them")))
        }
        _ => Ok((here, here.or(there))),
    }
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

/// The ref that remembers, in this clone, which commit of the review the draft has taken in.
fn memory(prepared: &Prepared) -> String {
    format!("refs/postmortem/review/{}", prepared.id)
}

/// What both sides last had in common: as remembered here, else the newest text of the branch that the draft has
/// had too (published from another clone).
fn common(
    repo: &Repo,
    drafted: &Drafted<'_>,
    prepared: &Prepared,
    tip: &CommitId,
) -> Result<Option<ObjectId>, CliError> {
    let remembered = repo.refs(&[&memory(prepared)])?.into_iter().find_map(|found| found.commit);
    if let Some(commit) = remembered
        && repo.is_ancestor(&commit, tip)?
    {
        return Ok(repo.file(&commit, &prepared.path)?.map(|file| file.blob));
    }
    let ours = drafted.contents()?;
    let history = repo.path_history(tip, &prepared.path, false)?;
    Ok(history.into_iter().filter_map(|revision| revision.blob).find(|blob| ours.contains(blob)))
}

/// The review is over; what was remembered of it goes. Where that fails, nothing is lost.
pub(super) fn forget(repo: &Repo, prepared: &Prepared) {
    let name = memory(prepared);
    let known = repo.refs(&[&name]).unwrap_or_default().into_iter().find(|found| found.name == name);
    if let Some(found) = known {
        let update = RefUpdate { name, old: Some(found.target), new: None };
        drop(repo.update_refs(&[update], "postmortem: review over"));
    }
}

fn remember_common(repo: &Repo, prepared: &Prepared, tip: CommitId) -> Result<(), CliError> {
    let name = memory(prepared);
    let old = repo.refs(&[&name])?.into_iter().find(|found| found.name == name).map(|found| found.target);
    if old != Some(tip.object()) {
        repo.update_refs(&[RefUpdate { name, old, new: Some(tip.object()) }], "postmortem: in review")?;
    }
    Ok(())
}

/// The draft takes in what reviewers changed.
fn bring_back(drafted: &Drafted<'_>, text: &[u8], branch: &str) -> Result<(), CliError> {
    let path = &drafted.entry.path;
    let changes = [(path.clone(), Some(text.to_vec()))];
    let expect = [(path.clone(), Some(drafted.entry.blob))];
    drafted.drafts.save(&changes, &format!("take in {branch}"), &expect)?;
    Ok(())
}

fn standing(project: &Project, review: &Review, tip: CommitId, unchanged: bool) -> Result<String, CliError> {
    let (ahead, _) = project.repo.ahead_behind(&tip, &review.base)?;
    let ahead = count(usize::try_from(ahead).unwrap_or(usize::MAX), "commit", "commits");
    let new = if unchanged { "nothing new".to_owned() } else { format!("commit {}", tip.short()) };
    Ok(format!("{}   {new}, {ahead} ahead", review.branch))
}

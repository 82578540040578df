//! `publish --branch`: the document goes on a branch for review, and what reviewers change comes back.

use super::prepare::{Prepared, Standing};
use super::{PublishArgs, request, worded};
use crate::commands::drafted::Drafted;
use crate::commands::subject;
use crate::error::{CliError, ExitStatus};
use crate::git::publish::{BranchCommit, commit_on_branch};
use crate::git::{CommitId, ObjectId, RefUpdate, Repo};
use crate::render::{count, labelled};
use crate::session::{Project, Session};

/// The branch, and what it has of the document.
struct Review {
    branch: String,
    /// Where a new branch begins.
    base: CommitId,
    tip: Option<CommitId>,
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
    let tip = match review.tip {
        Some(tip) if unchanged => tip,
        tip => {
            let message =
                args.message.clone().unwrap_or_else(|| worded(project, drafted, prepared, "review"));
            let Review { branch, base, .. } = &review;
            commit_on_branch(repo, &BranchCommit { branch, base: *base, tip, changes, message: &message })?
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
        let base = match &args.base {
            Some(rev) => repo.resolve(rev)?,
            None => repo.head()?.commit.ok_or_else(|| {
                CliError::new("there is no commit to begin a review branch from")
                    .hint("git postmortem publish commits the document as the first one")
            })?,
        };
        let name = format!("refs/heads/{branch}");
        let tip =
            repo.refs(&[&name])?.into_iter().find(|found| found.name == name).and_then(|found| found.commit);
        let theirs = match &tip {
            Some(tip) => repo.file(tip, &prepared.path)?.map(|file| file.blob),
            None => None,
        };
        let common = match &tip {
            Some(tip) => common(repo, drafted, prepared, tip)?,
            None => None,
        };
        Ok(Self { branch, base, tip, theirs, common })
    }

    /// The draft with what reviewers changed. A conflict goes into the draft, where its author settles it.
    fn merge(
        &self,
        project: &Project,
        drafted: &Drafted<'_>,
        prepared: &Prepared,
    ) -> Result<Vec<u8>, CliError> {
        let (Some(tip), Some(theirs)) = (self.tip, self.theirs) else { return Ok(prepared.text.clone()) };
        let repo = &project.repo;
        let base = self.common.map(|blob| repo.read(&blob)).transpose()?.unwrap_or_default();
        let labels = ["draft", "before", self.branch.as_str()];
        let merged = repo.merge_texts(&base, &prepared.text, &repo.read(&theirs)?, labels)?;
        if merged.conflicts == 0 {
            return Ok(merged.bytes);
        }
        bring_back(drafted, &merged.bytes, &self.branch)?;
        remember_common(repo, prepared, tip)?;
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

//! `git postmortem publish`: a draft becomes a document of the project.

mod arguments;
mod attachments;
mod linted;
mod outcome;
mod places;
mod prepare;
mod refusals;
mod request;
mod review;
mod theirs;

use crate::commands::drafted::{self, Drafted};
use crate::commands::echoes::Echoes;
use crate::commands::{noted, subject};
use crate::config::Publish;
use crate::error::{CliError, ExitStatus};
use crate::git::CommitId;
use crate::git::publish::{Committed, Depth, PATIENCE, PathCommit, Readiness, commit_paths};
use crate::model::PostmortemId;
use crate::session::{Project, Session};

pub use arguments::PublishArgs;
use linted::{To, may_go};
use prepare::{Prepared, Standing};
use theirs::Theirs;

/// Publishes a draft.
///
/// # Errors
/// Where the draft cannot be found, the path is taken, or the repository takes no commit now; nothing is changed
/// then.
pub fn run(session: &Session, args: &PublishArgs) -> Result<ExitStatus, CliError> {
    let project = session.project()?;
    let Some(drafted) = find(session, &project, args)? else { return Ok(ExitStatus::Done) };
    if args.way(project.config.documents.publish) != Publish::Branch || drafted.is_diverged() {
        drafted.check_removal()?;
    }
    let mut prepared = Prepared::from(session, &project, &drafted, args)?;
    match args.way(project.config.documents.publish) {
        Publish::Branch => review::run(session, &project, &drafted, &mut prepared, args),
        Publish::Commit => commit(session, &project, &drafted, &mut prepared, args, Depth::Commit),
        Publish::Stage => commit(session, &project, &drafted, &mut prepared, args, Depth::Stage),
    }
}

/// The draft that is meant; none where it is published already and nothing is left to do.
fn find<'p>(
    session: &Session,
    project: &'p Project,
    args: &PublishArgs,
) -> Result<Option<Drafted<'p>>, CliError> {
    refuse_draft_as_branch(project, args)?;
    let missing = match drafted::choose(project, args.id.as_deref()) {
        Ok(found) => return Ok(Some(found)),
        Err(missing) => missing,
    };
    // A run that was killed after its last step, or the same command typed twice.
    let Some(typed) = args.id.as_deref() else { return Err(missing) };
    let archive = project.published()?;
    let Ok(entry) = crate::archive::find(&archive.entries, typed) else { return Err(missing) };
    session.ui.lines(&[
        ("published", format!("{}   already", entry.path)),
        ("undo", format!("git postmortem unpublish {}", entry.id.short())),
    ]);
    Ok(None)
}

/// `publish --branch login` reads as the draft `login`, and means a branch of that name and whichever draft was
/// touched last.
fn refuse_draft_as_branch(project: &Project, args: &PublishArgs) -> Result<(), CliError> {
    let (None, Some(name)) = (&args.id, args.branch_name()) else { return Ok(()) };
    let drafts = drafted::all(project)?;
    let Ok(draft) = crate::archive::find(&drafts, name) else { return Ok(()) };
    Err(CliError::new(format!("'{name}' is a draft, and stands where a branch is named"))
        .hint(format!("git postmortem publish {} --branch puts it in review", draft.id.short()))
        .hint("another branch name needs the draft in front: publish ID --branch NAME"))
}

fn commit(
    session: &Session,
    project: &Project,
    drafted: &Drafted<'_>,
    prepared: &mut Prepared,
    args: &PublishArgs,
    depth: Depth,
) -> Result<ExitStatus, CliError> {
    if prepared.standing == Standing::Superseded && !args.dry_run {
        return finish(session, project, drafted, prepared, &outcome::superseded(prepared));
    }
    if depth == Depth::Commit {
        Readiness::check(&project.repo)?;
    }
    let reviews = take_in_reviews(project, drafted, prepared, args)?;
    if !may_go(session, project, prepared, args, To::Readers)? {
        return Ok(ExitStatus::No);
    }
    let message = message(project, drafted, prepared, args);
    if args.dry_run {
        session.ui.lines(&outcome::planned(&project.repo.head()?, drafted, prepared, &message, depth));
        return Ok(ExitStatus::Done);
    }
    let lock = project.repo.lock_work(PATIENCE)?;
    let changes = prepared.changes(project)?;
    let made = commit_paths(&project.repo, &lock, &PathCommit { changes, message: &message, depth });
    let made = made.map_err(|error| refusals::explain(error, prepared))?;
    drop(lock);
    let first = match made {
        Committed::Commit(commit) | Committed::Already(commit) => {
            format!("{}   commit {}", prepared.path, commit.short())
        }
        Committed::Staged | Committed::Written => {
            session.ui.lines(&outcome::staged(prepared));
            return Ok(ExitStatus::Done);
        }
    };
    let mut lines = vec![("published", first)];
    lines.extend(outcome::taken_in(prepared));
    let branch = project.repo.head()?.branch.unwrap_or_else(|| "HEAD".to_owned());
    lines.extend(outcome::no_more_private(drafted, &branch));
    let archive = project.published()?;
    let echoes = Echoes::new(archive.entries.iter().collect(), &project.config);
    lines.extend(outcome::actions(prepared, &echoes, session.ui.look().width));
    lines.extend(
        reviews.iter().map(|name| ("review", format!("over: git branch -D {name} removes its branch"))),
    );
    lines.push(("undo", undo(project, prepared)?));
    finish(session, project, drafted, prepared, &lines)
}

/// Takes in what reviewers changed on branches that are not merged; hands back the names of those of this clone.
fn take_in_reviews(
    project: &Project,
    drafted: &Drafted<'_>,
    prepared: &mut Prepared,
    args: &PublishArgs,
) -> Result<Vec<String>, CliError> {
    let repo = &project.repo;
    let reviews = project.reviews(&[&drafted.entry])?;
    let id = &drafted.entry.id;
    let tracking =
        |name: &&str| matches!(repo.refs(&[&format!("refs/remotes/{name}")]).as_deref(), Ok([_, ..]));
    if let (Standing::Free, Some(branch)) = (prepared.standing, reviews.landed(id).filter(tracking)) {
        return Err(CliError::new(format!("{branch} has {id} already"))
            .hint(format!("git pull, then git postmortem publish {} takes the draft away", id.short())));
    }
    let pushed = if reviews.of(id).is_empty() { Vec::new() } else { repo.refs(&["refs/remotes"])? };
    for branch in &pushed {
        let name = branch.name.trim_start_matches("refs/remotes/");
        let same = reviews.of(id).iter().any(|review| name.ends_with(&format!("/{}", review.name)));
        if let Some(tip) = branch.commit.as_ref().filter(|_| same) {
            theirs::refuse_moved(repo, &prepared.id, &prepared.path, (name, tip))?;
        }
    }
    for review in reviews.of(id) {
        let theirs = Theirs {
            name: review.branch.clone(),
            tip: review.tip,
            path: review.path.clone(),
            blob: review.blob,
        };
        prepared.take_in(project, drafted, &theirs, (args, None))?;
    }
    let mut over = Vec::new();
    for review in reviews.of(id).iter().filter(|review| review.branch == review.name) {
        if has_nothing_else(project, prepared, &review.tip)? {
            over.push(review.name.clone());
        }
    }
    Ok(over)
}

/// Whether a branch did nothing but what is published now: one with other work on it is nobody's to remove.
fn has_nothing_else(project: &Project, prepared: &Prepared, tip: &CommitId) -> Result<bool, CliError> {
    let repo = &project.repo;
    let Some(head) = &project.commit else { return Ok(false) };
    let Some(base) = repo.merge_base(head, tip)? else { return Ok(false) };
    let is_ours = |path: &String| {
        *path == prepared.path || prepared.attachments.iter().any(|(beside, _)| beside == path)
    };
    Ok(repo.changed_paths(&base, tip)?.iter().all(is_ours))
}

/// The way back: to a draft, or to what was published before.
fn undo(project: &Project, prepared: &Prepared) -> Result<String, CliError> {
    let id = prepared.id.short();
    if let (Standing::Ours(before), Some(head)) = (prepared.standing, project.commit)
        && !project.repo.stores_as(&prepared.path, &prepared.text, before)?
    {
        return Ok(format!("git postmortem restore {id} --at {}", head.short()));
    }
    Ok(format!("git postmortem unpublish {id}"))
}

/// The document is where it belongs: the draft has done its work.
fn finish(
    session: &Session,
    project: &Project,
    drafted: &Drafted<'_>,
    prepared: &Prepared,
    lines: &[(&str, String)],
) -> Result<ExitStatus, CliError> {
    let removed = drafted.remove_as(&project.repo, &prepared.id, &prepared.beside);
    drafted::forget_review(&project.repo, &prepared.id);
    subject::remember(project, &prepared.id);
    if !drafted.entry.postmortem.links.is_empty() {
        noted::refresh(session);
    }
    session.ui.lines(lines);
    removed.map_err(|error| {
        let again = format!("git postmortem publish {}", drafted.entry.id);
        error.because("the document is published, and the draft is still there").hint(again)
    })?;
    Ok(ExitStatus::Done)
}

/// The message of the commit, as configured or as typed.
fn message(project: &Project, drafted: &Drafted<'_>, prepared: &Prepared, args: &PublishArgs) -> String {
    args.message.clone().unwrap_or_else(|| worded(project, drafted, prepared, "publish"))
}

/// The configured message; the document may have been renamed and reworded since it was read as a draft.
fn worded(project: &Project, drafted: &Drafted<'_>, prepared: &Prepared, verb: &str) -> String {
    let mut entry = drafted.entry.clone();
    entry.id = prepared.id.clone();
    *entry.postmortem = prepared.postmortem.clone();
    subject::message(project, &entry, verb)
}

/// Reads a typed id.
fn typed_id(typed: &str) -> Result<PostmortemId, CliError> {
    PostmortemId::new(typed).map_err(|_| {
        CliError::new(format!("'{typed}' has no letter or digit to make an id of"))
            .hint("an id is like 2026-03-08-api-outage")
    })
}

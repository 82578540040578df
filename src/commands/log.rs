//! `git postmortem log`: the history of one document, from the first draft to the newest published change.

mod life;

use chrono::DateTime;
use clap::Args;

use crate::archive::{Entry, Place, draft_path};
use crate::commands::subject;
use crate::error::{CliError, ExitStatus};
use crate::git::{Drafts, ObjectId, PathRevision};
use crate::model::{PostmortemId, State};
use crate::render::revisions::{self as show, RevisionRow};
use crate::session::{Project, Session};

/// Show the history of a post-mortem across draft and published, or the life of one of its action items
///
/// Newest first. Renames are followed; a discarded or unpublished document is found by its whole id. Of an action item
/// (ID#3) it tells, oldest first, when it was promised, how its due date moved and its status changed, and by which
/// commit; changes of drafts are marked local.
#[derive(Debug, Clone, Args)]
pub struct LogArgs {
    /// Which post-mortem, or which action item (ID#3, ID:3)
    #[arg(value_name = "ID|ACTION-ID")]
    pub id: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Shows the history.
///
/// # Errors
/// An unknown or ambiguous id, and git's.
pub fn run(session: &Session, args: &LogArgs) -> Result<ExitStatus, CliError> {
    if let Some(action) = args.id.as_deref().and_then(life::split) {
        return life::run(session, action, args.json);
    }
    let project = session.project()?;
    let archive = project.everything()?;
    let (id, revisions) = match subject::choose(&project, &archive.entries, args.id.as_deref()) {
        Ok(entry) => (entry.id.clone(), of_entry(&project, entry)?),
        Err(error) => of_the_gone(&project, args.id.as_deref(), error)?,
    };
    let rows: Vec<RevisionRow> = revisions.into_iter().map(|revision| revision.row).collect();
    let mut incomplete = Vec::new();
    if project.repo.is_shallow() {
        incomplete.push("the history is shallow: older changes are not in this clone".to_owned());
    }
    let ui = &session.ui;
    if args.json {
        let written = ui.out_with(|out| show::json(out, id.as_str(), &rows, &incomplete));
        written
            .map_err(|error| CliError::new("the answer could not be written").because(error.to_string()))?;
    } else {
        if args.id.as_deref() != Some(id.as_str()) {
            ui.status(id.as_str());
        }
        ui.out(&show::table(&rows, ui.look()));
        incomplete.iter().for_each(|unseen| ui.warn(unseen));
    }
    Ok(ExitStatus::Done)
}

/// A commit that changed a document, and what the document was then.
struct Revision {
    row: RevisionRow,
    /// `None` where the commit took it away.
    blob: Option<ObjectId>,
}

/// Everything that is known of a document that is there.
fn of_entry(project: &Project, entry: &Entry) -> Result<Vec<Revision>, CliError> {
    let mut names = vec![entry.id.to_string()];
    names.extend(entry.postmortem.formerly.iter().map(|former| former.id.clone()));
    let mut published = Vec::new();
    if let (Place::Tree, Some(commit)) = (&entry.place, &project.commit) {
        published = project.repo.path_history(commit, &entry.path, true)?;
    }
    // A draft may have become a document of another name, and been renamed since.
    names.extend(
        published
            .iter()
            .filter_map(|revision| PostmortemId::new(stem(&revision.path)).ok())
            .map(|id| id.to_string()),
    );
    names.sort();
    names.dedup();
    let mut rows = drafts(project, &names)?;
    add(&mut rows, published, State::Published);
    for review in project.reviews(&[entry])?.of(&entry.id) {
        add(&mut rows, project.repo.path_history(&review.tip, &review.path, false)?, State::InReview);
    }
    Ok(sorted(rows))
}

/// A document that is neither draft nor published any more still has its history.
fn of_the_gone(
    project: &Project,
    typed: Option<&str>,
    error: CliError,
) -> Result<(PostmortemId, Vec<Revision>), CliError> {
    let Some(id) = typed.and_then(|typed| PostmortemId::new(typed).ok()) else { return Err(error) };
    let mut rows = drafts(project, &[id.to_string()])?;
    if let Some(commit) = &project.commit {
        for folder in project.config.folders() {
            let path = if folder.is_empty() { format!("{id}.md") } else { format!("{folder}/{id}.md") };
            add(&mut rows, project.repo.path_history(commit, &path, false)?, State::Published);
        }
    }
    if rows.is_empty() { Err(error) } else { Ok((id, sorted(rows))) }
}

/// The history on the branch of drafts and among the private ones.
fn drafts(project: &Project, names: &[String]) -> Result<Vec<Revision>, CliError> {
    let settings = &project.config.drafts;
    let shared = Drafts::branch(&project.repo, &settings.branch, &settings.remote, settings.sign);
    let mut rows = Vec::new();
    for drafts in [shared, Drafts::private(&project.repo)] {
        for id in names.iter().filter_map(|name| PostmortemId::new(name).ok()) {
            add(&mut rows, drafts.history(&draft_path(&id))?, State::Draft);
        }
    }
    Ok(rows)
}

/// Adds what is not there yet: a merged review branch and the examined revision share commits.
fn add(rows: &mut Vec<Revision>, history: Vec<PathRevision>, state: State) {
    for revision in history {
        let commit = revision.commit.to_string();
        if rows.iter().any(|known| known.row.commit == commit && known.row.path == revision.path) {
            continue;
        }
        let blob = revision.blob;
        let row = RevisionRow {
            commit,
            date: DateTime::from_timestamp(revision.committed, 0).unwrap_or_default(),
            author: revision.author_name,
            subject: revision.subject,
            state,
            path: revision.path,
            removed: blob.is_none(),
        };
        rows.push(Revision { row, blob });
    }
}

/// The file's name without its extension.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Newest first; in one second the later state first, as it was published after it was drafted.
fn sorted(mut rows: Vec<Revision>) -> Vec<Revision> {
    rows.sort_by(|a, b| b.row.date.cmp(&a.row.date).then_with(|| b.row.state.cmp(&a.row.state)));
    rows
}

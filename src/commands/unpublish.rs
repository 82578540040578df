//! `git postmortem unpublish`: a published document becomes a draft again.

use crate::archive::{Entry, FindError, draft_name, draft_path, find};
use crate::commands::drafted::{self, Saving};
use crate::commands::subject;
use crate::error::{CliError, ExitStatus};
use crate::git::publish::{
    Committed, Depth, PATIENCE, PathChange, PathCommit, Readiness, TipUndo, commit_paths, undo_tip,
};
use crate::git::{CommitId, Drafts, TreeFile, WorkLock};
use crate::model::PostmortemId;
use crate::session::{Project, Session};

/// Take a published document back into a draft
#[derive(Debug, Clone, clap::Args)]
pub struct UnpublishArgs {
    /// The document: any unambiguous part of its id; without it, the one last touched
    #[arg(value_name = "ID")]
    pub id: Option<String>,
}

/// What to say where nothing published was named, but a draft.
fn as_draft(project: &Project, published: &[Entry], typed: Option<&str>) -> Option<CliError> {
    let typed = typed.filter(|typed| matches!(find(published, typed), Err(FindError::Unknown { .. })))?;
    let drafted = drafted::choose(project, Some(typed)).ok()?;
    let id = &drafted.entry.id;
    Some(
        CliError::new(format!("{id} is a draft already"))
            .hint(format!("git postmortem discard {} throws it away", id.short())),
    )
}

/// Makes a published document a draft again: an unpushed newest commit that did nothing else is dropped, otherwise
/// the document's removal is committed.
///
/// # Errors
/// Where there is no such document, a draft of its name says something else, or the repository takes no commit now.
pub fn run(session: &Session, args: &UnpublishArgs) -> Result<ExitStatus, CliError> {
    let project = session.project()?;
    let archive = project.published()?;
    let entry = subject::choose(&project, &archive.entries, args.id.as_deref())
        .map_err(|missing| as_draft(&project, &archive.entries, args.id.as_deref()).unwrap_or(missing))?;
    let head = Readiness::check(&project.repo)?.commit;
    let head = head.ok_or_else(|| CliError::new("there is no commit yet"))?;
    let mut files = vec![TreeFile { path: entry.path.clone(), blob: entry.blob }];
    files.extend(attachments(&project, &archive.entries, &head, entry)?);
    let private = was_private(&project, entry)?;
    let drafts = drafted::place(&project, private);
    let lock = project.repo.lock_work(PATIENCE)?;
    let made = keep_as_draft(&project, &drafts, entry, &files)?;
    let (removed, is_dropped) = match remove(&project, &lock, entry, &files) {
        Ok(removed) => removed,
        Err(error) => {
            // Everything is to be as it was, the drafts too.
            if let Some((changes, expect)) = made {
                drop(drafts.save(&changes, &format!("publish {} again", entry.id), &expect));
            }
            return Err(error);
        }
    };
    drafted::forget_review(&project.repo, &entry.id);
    subject::remember(&project, &entry.id);
    let whose = match (private, is_dropped) {
        (false, _) => "only on this machine",
        (true, true) => "private again: no push sends it",
        (true, false) => "private again, but the history keeps what was published",
    };
    session.ui.lines(&[
        ("draft", format!("{}   ({whose})", entry.id)),
        ("removed", format!("{}   {removed}", entry.path)),
        ("undo", format!("git postmortem publish {}", entry.id.short())),
    ]);
    Ok(ExitStatus::Done)
}

/// Whether the document came from a private draft: it goes back where it was last, under whichever of its names.
fn was_private(project: &Project, entry: &Entry) -> Result<bool, CliError> {
    let mut names = vec![draft_path(&entry.id)];
    let formerly = entry.postmortem.formerly.iter().filter_map(|name| PostmortemId::new(name).ok());
    names.extend(formerly.map(|id| draft_path(&id)));
    let last = |private: bool| -> Result<Option<i64>, CliError> {
        let paths = drafted::place(project, private).paths_ever()?;
        Ok(paths.into_iter().filter(|(path, _)| names.contains(path)).map(|(_, when)| when).max())
    };
    // Within a second it is private that cannot do harm.
    Ok(match last(true)? {
        None => false,
        Some(private) => last(false)?.is_none_or(|shared| private >= shared),
    })
}

/// The files that belong to a document alone: those in the folder of its name, but for what is a post-mortem of its
/// own there.
pub(super) fn attachments(
    project: &Project,
    published: &[Entry],
    head: &CommitId,
    entry: &Entry,
) -> Result<Vec<TreeFile>, CliError> {
    let Some(folder) = attachments_folder(&entry.path) else { return Ok(Vec::new()) };
    let mut files = project.repo.files(head, folder)?;
    files.retain(|file| published.iter().all(|other| other.path != file.path || !stands_alone(other)));
    Ok(files)
}

/// Whether a page says what only a post-mortem says; notes beside one are read too, and do not.
fn stands_alone(entry: &Entry) -> bool {
    let said = &entry.postmortem;
    said.severity.is_some()
        || !said.actions.is_empty()
        || !said.sections.is_empty()
        || said.timeline_events > 0
}

/// The folder of a document's own name; an index page has none, its folder holds other things too.
pub(super) fn attachments_folder(path: &str) -> Option<&str> {
    let (stem, _) = path.rsplit_once('.')?;
    let name = stem.rsplit('/').next().unwrap_or(stem);
    let generic = ["readme", "index", "_index"].iter().any(|known| name.eq_ignore_ascii_case(known));
    (!generic).then_some(stem)
}

/// Saves the document as a draft; hands back what would undo that, where it was not there before.
fn keep_as_draft(
    project: &Project,
    drafts: &Drafts<'_>,
    entry: &Entry,
    files: &[TreeFile],
) -> Result<Option<Saving>, CliError> {
    let stem = draft_name(&entry.id);
    let path = draft_path(&entry.id);
    if let Some(draft) = drafted::all(project)?.into_iter().find(|draft| draft.path == path) {
        if draft.blob == entry.blob {
            return Ok(None);
        }
        return Err(CliError::new(format!("a draft {} says something else than the document", draft.id))
            .hint(format!("git postmortem discard {} throws that draft away", draft.id.short())));
    }
    // Where it has no folder of its own, no file lies in it.
    let folder = attachments_folder(&entry.path).unwrap_or_default();
    let mut changes = Vec::new();
    for file in files {
        let target = file.path.strip_prefix(folder).filter(|rest| rest.starts_with('/'));
        let target = target.map_or_else(|| path.clone(), |rest| format!("{stem}{rest}"));
        changes.push((target, Some(project.repo.read(&file.blob)?)));
    }
    let saved = drafts.save(&changes, &format!("unpublish {}", entry.id), &[(path.clone(), None)])?;
    let back = changes.into_iter().map(|(path, _)| (path, None)).collect();
    Ok(Some((back, vec![(path, saved.blobs.first().copied().flatten())])))
}

/// Removes the files; says how, and whether the commit that published them is gone.
fn remove(
    project: &Project,
    lock: &WorkLock,
    entry: &Entry,
    files: &[TreeFile],
) -> Result<(String, bool), CliError> {
    let repo = &project.repo;
    if let TipUndo::Dropped(_) = undo_tip(repo, lock, files)? {
        return Ok(("its commit was in nobody else's hands, and is dropped".to_owned(), true));
    }
    let gone = |file: &TreeFile| PathChange::new(file.path.as_str(), None, Some(file.blob));
    let message = subject::message(project, entry, "unpublish");
    let changes = files.iter().map(gone).collect();
    let made = commit_paths(repo, lock, &PathCommit { changes, message: &message, depth: Depth::Commit })?;
    let said = match made {
        Committed::Commit(commit) | Committed::Already(commit) => format!("commit {}", commit.short()),
        Committed::Staged | Committed::Written => "staged".to_owned(),
    };
    Ok((said, false))
}

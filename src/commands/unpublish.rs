//! `git postmortem unpublish`: a published document becomes a draft again.

use crate::archive::Entry;
use crate::commands::drafted::{self, Saving};
use crate::commands::subject;
use crate::error::{CliError, ExitStatus};
use crate::git::publish::{
    Committed, Depth, PATIENCE, PathChange, PathCommit, Readiness, TipUndo, commit_paths, undo_tip,
};
use crate::git::{CommitId, Drafts, TreeFile, WorkLock};
use crate::render::labelled;
use crate::session::{Project, Session};

/// Take a published document back into a draft
#[derive(Debug, Clone, clap::Args)]
pub struct UnpublishArgs {
    /// The document: any unambiguous part of its id; without it, the one last touched
    #[arg(value_name = "ID")]
    pub id: Option<String>,
}

/// Makes a published document a draft again: an unpushed newest commit that did nothing else is dropped, otherwise
/// the document's removal is committed.
///
/// # Errors
/// Where there is no such document, a draft of its name says something else, or the repository takes no commit now.
pub fn run(session: &Session, args: &UnpublishArgs) -> Result<ExitStatus, CliError> {
    let project = session.project()?;
    let archive = project.published()?;
    let entry = subject::choose(&project, &archive.entries, args.id.as_deref())?;
    let head = Readiness::check(&project.repo)?.commit;
    let head = head.ok_or_else(|| CliError::new("there is no commit yet"))?;
    let files = files(&project, &head, entry)?;
    let drafts = drafted::place(&project, false);
    let lock = project.repo.lock_work(PATIENCE)?;
    let made = keep_as_draft(&project, &drafts, entry, &files)?;
    let removed = match remove(&project, &lock, entry, &files) {
        Ok(removed) => removed,
        Err(error) => {
            // Everything is to be as it was, the drafts too.
            if let Some((changes, expect)) = made {
                drop(drafts.save(&changes, &format!("publish {} again", entry.id), &expect));
            }
            return Err(error);
        }
    };
    subject::remember(&project, &entry.id);
    session.ui.out(&labelled(&[
        ("draft", format!("{}   (only on this machine)", entry.id)),
        ("removed", format!("{}   {removed}", entry.path)),
        ("undo", format!("git postmortem publish {}", entry.id.short())),
    ]));
    Ok(ExitStatus::Done)
}

/// The document and its attachments, as `HEAD` has them.
fn files(project: &Project, head: &CommitId, entry: &Entry) -> Result<Vec<TreeFile>, CliError> {
    let document = TreeFile { path: entry.path.clone(), blob: entry.blob };
    let folder = attachments_folder(&entry.path);
    let mut files = vec![document];
    if let Some(folder) = folder {
        files.extend(project.repo.files(head, folder)?);
    }
    Ok(files)
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
    let stem = entry.id.as_str().replace('/', "-");
    let path = format!("{stem}.md");
    if let Some(draft) = drafted::all(project)?.into_iter().find(|draft| draft.path == path) {
        if draft.blob == entry.blob {
            return Ok(None);
        }
        return Err(CliError::new(format!("a draft {} says something else than the document", draft.id))
            .hint(format!("git postmortem discard {} throws that draft away", draft.id.short())));
    }
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

fn remove(project: &Project, lock: &WorkLock, entry: &Entry, files: &[TreeFile]) -> Result<String, CliError> {
    let repo = &project.repo;
    if let TipUndo::Dropped(_) = undo_tip(repo, lock, files)? {
        return Ok("its commit was in nobody else's hands, and is dropped".to_owned());
    }
    let gone = |file: &TreeFile| PathChange { path: file.path.clone(), bytes: None, expect: Some(file.blob) };
    let message = subject::message(project, entry, "unpublish");
    let changes = files.iter().map(gone).collect();
    match commit_paths(repo, lock, &PathCommit { changes, message: &message, depth: Depth::Commit })? {
        Committed::Commit(commit) | Committed::Already(commit) => Ok(format!("commit {}", commit.short())),
        Committed::Staged | Committed::Written => Ok("staged".to_owned()),
    }
}

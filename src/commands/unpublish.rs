//! `git postmortem unpublish`: a published document becomes a draft again.

use crate::archive::{Entry, FindError, draft_name, draft_path, find, is_whole};
use crate::commands::drafted::{self, Saving};
use crate::commands::{noted, subject};
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
    // A draft's whole name means no document whose name it is a part of.
    let is_draft = |typed: &str| {
        !is_whole(published, typed) && drafted::all(project).is_ok_and(|drafts| is_whole(&drafts, typed))
    };
    let is_none = |typed: &str| matches!(find(published, typed), Err(FindError::Unknown { .. }));
    let typed = typed.filter(|typed| is_none(typed) || is_draft(typed))?;
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
    let typed = args.id.as_deref();
    let entry = match as_draft(&project, &archive.entries, typed) {
        Some(draft) => return Err(draft),
        None => subject::choose(&project, &archive.entries, typed)?,
    };
    let head = Readiness::check(&project.repo)?.commit;
    let head = head.ok_or_else(|| CliError::new("there is no commit yet"))?;
    let mut files = vec![TreeFile { path: entry.path.clone(), blob: entry.blob }];
    files.extend(attachments(&project, &archive.entries, &head, entry)?);
    let path = draft_path(&entry.id);
    let there = drafted::all(&project)?.into_iter().find(|draft| draft.path == path);
    let private = match &there {
        Some(draft) => drafted::is_private(draft),
        None => was_private(&project, entry)?,
    };
    let drafts = drafted::place(&project, private);
    let lock = project.repo.lock_work(PATIENCE)?;
    let made = keep_as_draft(&project, &drafts, (entry, &files), there.as_ref())?;
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
    if !entry.postmortem.links.is_empty() {
        noted::refresh(session);
    }
    let whose = match (private, is_dropped) {
        (false, _) => drafted::only_here(&project),
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
    let formerly = entry.postmortem.formerly.iter().filter_map(|name| PostmortemId::new(&name.id).ok());
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
    said.severity.is_some() || !said.actions.is_empty() || !said.sections.is_empty()
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
    (entry, files): (&Entry, &[TreeFile]),
    there: Option<&Entry>,
) -> Result<Option<Saving>, CliError> {
    let (stem, path) = (draft_name(&entry.id), draft_path(&entry.id));
    if let Some(draft) = there.filter(|draft| draft.blob != entry.blob) {
        return Err(CliError::new(format!("a draft {} says something else than the document", draft.id))
            .hint(format!("git postmortem discard {} throws that draft away", draft.id.short())));
    }
    let known = if there.is_some() { drafts.attachments(&stem)? } else { Vec::new() };
    // Where it has no folder of its own, no file lies in it.
    let folder = attachments_folder(&entry.path).unwrap_or_default();
    let (mut changes, mut expect) = (Vec::new(), vec![(path.clone(), there.map(|draft| draft.blob))]);
    for file in files {
        let rest = file.path.strip_prefix(folder).filter(|rest| rest.starts_with('/'));
        let target = rest.map_or_else(|| path.clone(), |rest| format!("{stem}{rest}"));
        if target == path && there.is_some() {
            continue;
        }
        match known.iter().find(|known| known.path == target) {
            Some(known) if known.blob == file.blob => continue,
            Some(_) => return Err(other_file(entry, file)),
            None if target != path => expect.push((target.clone(), None)),
            None => {}
        }
        changes.push((target, Some(project.repo.read(&file.blob)?)));
    }
    if changes.is_empty() {
        return Ok(None);
    }
    let saved = drafts.save(&changes, &format!("unpublish {}", entry.id), &expect)?;
    let made: Vec<_> = changes.into_iter().map(|(path, _)| path).zip(saved.blobs).collect();
    let back = made.iter().map(|(path, _)| (path.clone(), None)).collect();
    Ok(Some((back, made)))
}

fn other_file(entry: &Entry, file: &TreeFile) -> CliError {
    let name = file.path.rsplit('/').next().unwrap_or(&file.path);
    let id = entry.id.short();
    CliError::new(format!("the draft {} has another {name} than the document", entry.id))
        .hint(format!("git show 'HEAD:{}' > {name} gets the document's", file.path))
        .hint(format!("git postmortem discard {id} throws the draft away"))
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

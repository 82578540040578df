//! `git postmortem restore`: what was discarded or removed comes back, or an older text does.

use std::cmp::Reverse;
use std::collections::HashSet;

use crate::archive::{Entry, Place, draft_id, draft_name, draft_path, find};
use crate::commands::edited::{self, Edit};
use crate::commands::unpublish::attachments_folder;
use crate::commands::{drafted, subject};
use crate::error::{CliError, ExitStatus};
use crate::git::publish::{Committed, Depth, PATIENCE, PathChange, PathCommit, commit_paths};
use crate::git::{CommitId, Drafts, ObjectId};
use crate::model::PostmortemId;
use crate::session::{Project, Session};

/// Bring back a discarded draft, a removed document, or an older text
#[derive(Debug, Clone, clap::Args)]
pub struct RestoreArgs {
    /// What to bring back: any unambiguous part of its id
    #[arg(value_name = "ID")]
    pub id: String,
    /// The text as this revision has it, of the project or of the drafts
    #[arg(long, value_name = "REV")]
    pub at: Option<String>,
    /// Answer in JSON, see docs/schema
    #[arg(long)]
    pub json: bool,
}

/// What a name can stand for, in the order in which one counts before another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    Published,
    Draft { private: bool },
    Discarded { private: bool },
    Removed(CommitId),
}

/// Brings something back.
///
/// # Errors
/// Where nothing of that name ever was, or it is there already.
pub fn run(session: &Session, args: &RestoreArgs) -> Result<ExitStatus, CliError> {
    let project = session.project()?;
    let candidates = candidates(&project)?;
    let at = args.at.as_deref().map(|rev| project.repo.resolve(rev)).transpose()?;
    let (entry, found) = meant(&project, &candidates, &args.id, at.as_ref())?;
    let lines = match (*found, at) {
        (Found::Published, Some(at)) => older_document(&project, entry, &at)?,
        (Found::Draft { private }, Some(at)) => older_draft(&project, entry, private, &at)?,
        (Found::Discarded { private }, at) => discarded(&project, entry, private, at)?,
        (Found::Removed(removal), at) => removed(&project, entry, &removal, at)?,
        (Found::Published | Found::Draft { .. }, None) => return Err(there_already(entry, *found)),
    };
    subject::remember(&project, &entry.id);
    if args.json {
        let undo = lines.iter().filter(|(label, _)| *label == "undo").map(|(_, text)| text.clone()).collect();
        let place = lines.first().map(|(_, text)| text.clone()).unwrap_or_default();
        let row = Edit { place, undo, ..Edit::whole("restore", entry.id.to_string()) };
        return edited::tell(session, &row);
    }
    session.ui.lines(&lines);
    Ok(ExitStatus::Done)
}

type Lines = Vec<(&'static str, String)>;

fn there_already(entry: &Entry, found: Found) -> CliError {
    let what = if found == Found::Published { "published" } else { "a draft" };
    CliError::new(format!("{} is {what}: there is nothing to bring back", entry.id)).hint(format!(
        "git postmortem restore {} --at REV brings an older text back; git postmortem log lists them",
        entry.id.short()
    ))
}

impl Found {
    fn is_gone(self) -> bool {
        matches!(self, Self::Discarded { .. } | Self::Removed(_))
    }
}

/// What a typed name means. Of what is gone, the text at a revision may be the draft's or the document's.
fn meant<'c>(
    project: &Project,
    candidates: &'c [(Entry, Found)],
    typed: &str,
    at: Option<&CommitId>,
) -> Result<&'c (Entry, Found), CliError> {
    let mut ids = HashSet::new();
    let mut named: Vec<Entry> = Vec::new();
    for (entry, _) in candidates {
        if ids.insert(&entry.id) {
            named.push(entry.clone());
        }
    }
    let entry = find(&named, typed)?;
    let first = candidates.iter().find(|(known, _)| known.id == entry.id).expect("found among them");
    let Some(at) = at.filter(|_| first.1.is_gone()) else { return Ok(first) };
    for candidate in candidates {
        let (known, found) = candidate;
        let same = found.is_gone() && known.id == entry.id;
        if same && project.repo.file(at, &known.path)?.is_some() {
            return Ok(candidate);
        }
    }
    Ok(first)
}

/// The ids that can be brought back: of discarded drafts and removed documents, the last lost first.
///
/// # Errors
/// Git's.
pub(crate) fn gone(project: &Project) -> Result<Vec<PostmortemId>, CliError> {
    let mut known = HashSet::new();
    let all = candidates(project)?.into_iter();
    let first = all.filter(|(entry, _)| known.insert(draft_name(&entry.id)));
    Ok(first.filter(|(_, found)| found.is_gone()).map(|(entry, _)| entry.id).collect())
}

/// Everything that a name can mean, in the order in which one counts before another: what was lost last counts
/// before what was lost earlier.
fn candidates(project: &Project) -> Result<Vec<(Entry, Found)>, CliError> {
    let published = project.published()?.entries.into_iter().map(|entry| (entry, Found::Published));
    let mut all: Vec<(Entry, Found)> = published.collect();
    all.extend(drafted::all(project)?.into_iter().map(|entry| {
        let private = drafted::is_private(&entry);
        (entry, Found::Draft { private })
    }));
    let mut gone = removed_documents(project)?;
    for private in [false, true] {
        for (path, saved) in drafted::place(project, private).paths_ever()? {
            let stem = path.strip_suffix(".md").filter(|stem| !stem.contains('/'));
            let id = stem.and_then(draft_id);
            let place = Place::Draft { private, remote: false, diverged: None, saved };
            if let Some(id) = id {
                gone.push((saved, nameless(id, path, place), Found::Discarded { private }));
            }
        }
    }
    // Within a second the document counts: it is what the draft became.
    gone.sort_by_key(|(when, ..)| Reverse(*when));
    all.extend(gone.into_iter().map(|(_, entry, found)| (entry, found)));
    Ok(all)
}

/// The documents that `HEAD` once had, and when each was removed, in seconds of Unix time.
fn removed_documents(project: &Project) -> Result<Vec<(i64, Entry, Found)>, CliError> {
    let Some(head) = &project.commit else { return Ok(Vec::new()) };
    let folders = project.config.folders();
    let folders: Vec<&str> = folders.iter().map(String::as_str).collect();
    let mut removed = Vec::new();
    for (path, removal) in project.repo.removed_below(head, &folders)? {
        if let Some(id) = document_id(&path, &folders) {
            let when = project.repo.commit(&removal)?.committed;
            removed.push((when, nameless(id, path, Place::Tree), Found::Removed(removal)));
        }
    }
    Ok(removed)
}

/// The id that a document's path gave it: of its file, or of its folder for an index page.
fn document_id(path: &str, folders: &[&str]) -> Option<PostmortemId> {
    let stem = path.strip_suffix(".md")?;
    let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    if attachments_folder(path).is_some() {
        return PostmortemId::new(name).ok();
    }
    let below = folders.iter().filter_map(|documents| {
        folder.strip_prefix(documents.trim_end_matches('/')).and_then(|rest| rest.strip_prefix('/'))
    });
    PostmortemId::new(below.min_by_key(|rest| rest.len()).unwrap_or(name)).ok()
}

/// An entry of which only the name is known yet.
fn nameless(id: PostmortemId, path: String, place: Place) -> Entry {
    let blob = ObjectId::from_bytes(&[0; 20]).expect("20 bytes are a name");
    Entry { id, repo: None, path, place, blob, postmortem: Box::default(), standings: Vec::new() }
}

fn older_document(project: &Project, entry: &Entry, at: &CommitId) -> Result<Lines, CliError> {
    let repo = &project.repo;
    let file = repo.file(at, &entry.path)?.ok_or_else(|| no_text(entry, at))?;
    let before = repo.head()?.commit.unwrap_or(*at);
    let lock = repo.lock_work(PATIENCE)?;
    let bytes = Some(repo.read(&file.blob)?);
    let changes = vec![PathChange::new(entry.path.as_str(), bytes, Some(entry.blob))];
    let message = subject::message(project, entry, "restore");
    let made = commit_paths(repo, &lock, &PathCommit { changes, message: &message, depth: Depth::Commit })?;
    let commit = match made {
        Committed::Commit(commit) => format!("commit {}", commit.short()),
        _ => "has that text already".to_owned(),
    };
    Ok(vec![
        ("restored", format!("{}   {commit}", entry.path)),
        ("undo", format!("git postmortem restore {} --at {}", entry.id.short(), before.short())),
    ])
}

fn older_draft(project: &Project, entry: &Entry, private: bool, at: &CommitId) -> Result<Lines, CliError> {
    let drafts = drafted::place(project, private);
    let text = drafts.at(at, &entry.path)?.ok_or_else(|| no_text(entry, at))?;
    let before = drafts.history(&entry.path)?.first().map(|revision| revision.commit);
    let expect = [(entry.path.clone(), Some(entry.blob))];
    drafts.save(&[(entry.path.clone(), Some(text))], &format!("restore {}", entry.id), &expect)?;
    let mut lines = vec![("restored", format!("{}   as of {}", entry.id, at.short()))];
    if let Some(before) = before {
        lines.push(("undo", format!("git postmortem restore {} --at {}", entry.id.short(), before.short())));
    }
    Ok(lines)
}

fn discarded(
    project: &Project,
    entry: &Entry,
    private: bool,
    at: Option<CommitId>,
) -> Result<Lines, CliError> {
    let drafts = drafted::place(project, private);
    let last = last_commit(project, &drafts, entry)?;
    let from = at.or(last).ok_or_else(|| CliError::new(format!("{} never had a text", entry.id)))?;
    let stem = entry.path.trim_end_matches(".md");
    save(project, &drafts, entry, &from, (entry.path.as_str(), stem))
}

/// The commit that last had the draft: the one before its removal.
fn last_commit(project: &Project, drafts: &Drafts<'_>, entry: &Entry) -> Result<Option<CommitId>, CliError> {
    let history = drafts.history(&entry.path)?;
    let Some(removal) = history.first() else { return Ok(None) };
    if removal.blob.is_some() {
        return Ok(Some(removal.commit));
    }
    Ok(project.repo.commit(&removal.commit)?.parents.first().copied())
}

fn removed(
    project: &Project,
    entry: &Entry,
    removal: &CommitId,
    at: Option<CommitId>,
) -> Result<Lines, CliError> {
    let before = project.repo.commit(removal)?.parents.first().copied();
    let from = at.or(before).ok_or_else(|| CliError::new(format!("{} never had a text", entry.id)))?;
    let stem = entry.path.trim_end_matches(".md").to_owned();
    save(project, &drafted::place(project, false), entry, &from, (&entry.path, &stem))
}

/// Makes a draft of what a commit has on a path and in the folder of its name.
fn save(
    project: &Project,
    drafts: &Drafts<'_>,
    entry: &Entry,
    from: &CommitId,
    (path, folder): (&str, &str),
) -> Result<Lines, CliError> {
    let text = drafts.at(from, path)?.ok_or_else(|| no_text(entry, from))?;
    let name = draft_name(&entry.id);
    let target = draft_path(&entry.id);
    let mut changes = vec![(target.clone(), Some(text))];
    for file in project.repo.files(from, folder)? {
        let rest = file.path.strip_prefix(folder).unwrap_or(&file.path);
        changes.push((format!("{name}{rest}"), Some(project.repo.read(&file.blob)?)));
    }
    drafts.save(&changes, &format!("restore {}", entry.id), &[(target, None)])?;
    Ok(vec![
        ("draft", format!("{}   as of {}", entry.id, from.short())),
        ("undo", format!("git postmortem discard {}", entry.id.short())),
    ])
}

fn no_text(entry: &Entry, at: &CommitId) -> CliError {
    CliError::new(format!("{} has no text at {}", entry.id, at.short()))
        .hint(format!("git postmortem log {} lists its revisions", entry.id.short()))
}

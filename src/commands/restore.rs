//! `git postmortem restore`: what was discarded or removed comes back, or an older text does.

use crate::archive::{Entry, Place, find};
use crate::commands::{drafted, subject};
use crate::error::{CliError, ExitStatus};
use crate::git::publish::{Committed, Depth, PATIENCE, PathChange, PathCommit, commit_paths};
use crate::git::{CommitId, Drafts, ObjectId};
use crate::model::PostmortemId;
use crate::render::labelled;
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
    let entries: Vec<Entry> = candidates.iter().map(|(entry, _)| entry.clone()).collect();
    let entry = find(&entries, &args.id)?;
    let found = candidates.iter().find(|(known, _)| known.id == entry.id).map(|(_, found)| *found);
    let at = args.at.as_deref().map(|rev| project.repo.resolve(rev)).transpose()?;
    let lines = match (found, at) {
        (Some(Found::Published), Some(at)) => older_document(&project, entry, &at)?,
        (Some(Found::Draft { private }), Some(at)) => older_draft(&project, entry, private, &at)?,
        (Some(Found::Discarded { private }), at) => discarded(&project, entry, private, at)?,
        (Some(Found::Removed(removal)), at) => removed(&project, entry, &removal, at)?,
        (_, None) => return Err(there_already(entry, found)),
        (None, _) => return Err(CliError::new(format!("'{}' cannot be found again", args.id))),
    };
    subject::remember(&project, &entry.id);
    session.ui.out(&labelled(&lines));
    Ok(ExitStatus::Done)
}

type Lines = Vec<(&'static str, String)>;

fn there_already(entry: &Entry, found: Option<Found>) -> CliError {
    let what = if found == Some(Found::Published) { "published" } else { "a draft" };
    CliError::new(format!("{} is {what}: there is nothing to bring back", entry.id)).hint(format!(
        "git postmortem restore {} --at REV brings an older text back; git postmortem log lists them",
        entry.id.short()
    ))
}

/// Everything that a name can mean; each name once.
fn candidates(project: &Project) -> Result<Vec<(Entry, Found)>, CliError> {
    let mut all: Vec<(Entry, Found)> = Vec::new();
    let mut add = |entry: Entry, found: Found| {
        if !all.iter().any(|(known, _)| known.id == entry.id) {
            all.push((entry, found));
        }
    };
    for entry in project.published()?.entries {
        add(entry, Found::Published);
    }
    for entry in drafted::all(project)? {
        let private = drafted::is_private(&entry);
        add(entry, Found::Draft { private });
    }
    for private in [false, true] {
        for (path, saved) in drafted::place(project, private).paths_ever()? {
            let stem = path.strip_suffix(".md").filter(|stem| !stem.contains('/'));
            let id = stem.and_then(|stem| PostmortemId::new(stem).ok());
            let place = Place::Draft { private, remote: false, saved };
            if let Some(id) = id {
                add(nameless(id, path, place), Found::Discarded { private });
            }
        }
    }
    if let Some(head) = &project.commit {
        let folders = project.config.folders();
        let folders: Vec<&str> = folders.iter().map(String::as_str).collect();
        for (path, removal) in project.repo.removed_below(head, &folders)? {
            let stem = path.rsplit('/').next().and_then(|name| name.strip_suffix(".md"));
            if let Some(id) = stem.and_then(|stem| PostmortemId::new(stem).ok()) {
                add(nameless(id, path, Place::Tree), Found::Removed(removal));
            }
        }
    }
    Ok(all)
}

/// An entry of which only the name is known yet.
fn nameless(id: PostmortemId, path: String, place: Place) -> Entry {
    let blob = ObjectId::from_bytes(&[0; 20]).expect("20 bytes are a name");
    Entry { id, repo: None, path, place, blob, postmortem: Box::default() }
}

fn older_document(project: &Project, entry: &Entry, at: &CommitId) -> Result<Lines, CliError> {
    let repo = &project.repo;
    let file = repo.file(at, &entry.path)?.ok_or_else(|| no_text(entry, at))?;
    let before = repo.head()?.commit.unwrap_or(*at);
    let lock = repo.lock_work(PATIENCE)?;
    let bytes = Some(repo.read(&file.blob)?);
    let changes = vec![PathChange { path: entry.path.clone(), bytes, expect: Some(entry.blob) }];
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
    let target = format!("{}.md", entry.id);
    let mut changes = vec![(target.clone(), Some(text))];
    for file in project.repo.files(from, folder)? {
        let rest = file.path.strip_prefix(folder).unwrap_or(&file.path);
        changes.push((format!("{}{rest}", entry.id), Some(project.repo.read(&file.blob)?)));
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

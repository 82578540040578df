//! Whether attestations still hold: the text that was attested, and the commit that the context was told as of.

use super::AttestArgs;
use crate::archive::{Archive, Entry, Place, draft_path};
use crate::attest::{self, Recorded, Taken};
use crate::commands::{drafted, subject};
use crate::document::{Source, parse};
use crate::error::{CliError, ExitStatus};
use crate::git::{CommitId, ObjectId, PathRevision};
use crate::render::attest::{self as show, CommitState, State, VerifyRow};
use crate::session::{Project, Session};

/// So many versions of a document are searched for the one that was attested.
const MOST_VERSIONS: usize = 400;

/// Tells it.
///
/// # Errors
/// A post-mortem that cannot be told, and git's.
pub(super) fn run(session: &Session, args: &AttestArgs) -> Result<ExitStatus, CliError> {
    let project = session.project()?;
    let archive = project.everything()?;
    let entries = chosen(&project, &archive, args)?;
    let mut rows = Vec::new();
    for entry in &entries {
        let row = row(&project, entry)?;
        if row.state != State::Unattested || !args.all {
            rows.push(row);
        }
    }
    commits(&project, &mut rows)?;
    let mut incomplete: Vec<String> = archive.unseen.iter().map(ToString::to_string).collect();
    if project.repo.is_shallow() {
        incomplete.push("the clone is shallow: commits before its end are not here".to_owned());
    }
    let ui = &session.ui;
    if args.json {
        let written = ui.out_with(|out| show::verified(out, &rows, &incomplete));
        written
            .map_err(|error| CliError::new("the answer could not be written").because(error.to_string()))?;
    } else {
        ui.lines(&rows.iter().map(show::line).collect::<Vec<_>>());
        ui.status(&show::summary(&rows, entries.len()));
        incomplete.iter().for_each(|what| ui.warn(what));
        if let Some(row) = rows.iter().find(|row| row.state == State::Broken) {
            ui.hint(&format!("git postmortem attest {} writes it anew", row.postmortem));
        }
    }
    let holds = rows.iter().all(|row| row.state == State::Holds);
    Ok(if holds { ExitStatus::Done } else { ExitStatus::No })
}

fn chosen<'a>(
    project: &Project,
    archive: &'a Archive,
    args: &AttestArgs,
) -> Result<Vec<&'a Entry>, CliError> {
    if args.all {
        return Ok(archive.entries.iter().filter(|entry| entry.place == Place::Tree).collect());
    }
    if args.ids.is_empty() {
        return Ok(vec![subject::choose(project, &archive.entries, None)?]);
    }
    let mut chosen: Vec<&Entry> = Vec::new();
    for typed in &args.ids {
        let entry = subject::named(project, &archive.entries, typed)?;
        if !chosen.iter().any(|known| known.id == entry.id) {
            chosen.push(entry);
        }
    }
    Ok(chosen)
}

/// Of one document; what became of the commit is told of all at once.
fn row(project: &Project, entry: &Entry) -> Result<VerifyRow, CliError> {
    let bytes = project.repo.read(&entry.blob)?;
    let document = parse(&Source { name: &entry.path, bytes: &bytes }, &project.vocabulary);
    let taken = Taken::of(&document);
    let now = project.repo.hash_blob(taken.text().as_bytes())?.to_string();
    let mut row = VerifyRow::new(entry.name(), entry.path.clone(), entry.place != Place::Tree, now);
    let Some(Recorded { made: Some(made), .. }) = attest::recorded(&document) else { return Ok(row) };
    row.state = State::Holds;
    if attest::is_torn(&document) {
        row.break_with("two versions stand between marks of a merge".to_owned());
    }
    if made.document != row.now {
        row.sections = edited(project, entry, &made.document, &taken)?;
        row.break_with(show::edited(row.sections.as_deref()));
    }
    row.attested = Some(made.document);
    row.commit = made.commit;
    Ok(row)
}

/// The sections that were edited since, told from the version that was attested; none where no version of the document's
/// history is that one.
fn edited(
    project: &Project,
    entry: &Entry,
    attested: &str,
    now: &Taken,
) -> Result<Option<Vec<String>>, CliError> {
    for blob in versions(project, entry)?.into_iter().take(MOST_VERSIONS) {
        let Ok(bytes) = project.repo.read(&blob) else { continue };
        let document = parse(&Source { name: &entry.path, bytes: &bytes }, &project.vocabulary);
        let taken = Taken::of(&document);
        if project.repo.hash_blob(taken.text().as_bytes())?.to_string() == attested {
            return Ok(Some(taken.differing(now)));
        }
    }
    Ok(None)
}

/// The contents that a document had, newest first: as a draft, and as published.
fn versions(project: &Project, entry: &Entry) -> Result<Vec<ObjectId>, CliError> {
    let mut versions: Vec<PathRevision> = Vec::new();
    if let (Place::Tree, Some(commit)) = (&entry.place, &project.commit) {
        versions.extend(project.repo.path_history(commit, &entry.path, true)?);
    }
    for private in [false, true] {
        versions.extend(drafted::place(project, private).history(&draft_path(&entry.id))?);
    }
    Ok(versions.into_iter().filter_map(|version| version.blob).collect())
}

/// Whether each commit is still there and in a branch or tag.
fn commits(project: &Project, rows: &mut [VerifyRow]) -> Result<(), CliError> {
    let repo = &project.repo;
    let mut there: Vec<(usize, CommitId)> = Vec::new();
    for (at, row) in rows.iter_mut().enumerate() {
        let Some(named) = row.commit.clone() else { continue };
        match named.parse::<CommitId>().ok().filter(|id| repo.commit(id).is_ok()) {
            Some(id) => there.push((at, id)),
            None if repo.is_shallow() => row.commit_state = Some(CommitState::Unseen),
            None => {
                row.commit_state = Some(CommitState::Missing);
                row.break_with(format!("the commit {} is not in this repository any more", short(&named)));
            }
        }
    }
    let ids: Vec<CommitId> = there.iter().map(|(_, id)| *id).collect();
    let alone = repo.unreachable(&ids)?;
    for (at, id) in there {
        let row = &mut rows[at];
        if alone.contains(&id) {
            row.commit_state = Some(CommitState::Unreachable);
            row.break_with(format!("the commit {} is in no branch or tag any more", id.short()));
        } else {
            row.commit_state = Some(CommitState::Reachable);
        }
    }
    Ok(())
}

fn short(id: &str) -> &str {
    id.get(..7).unwrap_or(id)
}

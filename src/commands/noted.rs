//! The notes that `git log --notes=postmortem` shows beside linked commits: made from the published documents, for this
//! clone alone, and never pushed.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::archive::{Archive, Entry, Place, ends};
use crate::git::{CommitId, Error, Repo};
use crate::model::Link;
use crate::render::clean;
use crate::session::{Project, Session};

/// The ref that the notes are under.
pub const NOTES: &str = "refs/notes/postmortem";
/// The file below the state folder that says what they were made from last.
const MADE_FROM: &str = "notes";

/// Makes the notes anew after a document was published or changed. They are a convenience: where they cannot be made,
/// that is said with `-v` alone.
pub fn refresh(session: &Session) {
    let made = session.project().and_then(|project| {
        let archive = project.published()?;
        Ok(write(&project, &archive)?)
    });
    if let Err(error) = made {
        session.ui.detail(&format!("the notes of linked commits are not made: {}", error.message));
    }
}

/// The same where the documents were read already, and only where they link something else than the last time.
pub fn refresh_if_needed(session: &Session, project: &Project, archive: &Archive) {
    if project.past || project.as_of.is_some() || made_from(&project.repo) == Some(fingerprint(archive)) {
        return;
    }
    if let Err(error) = write(project, archive) {
        session.ui.detail(&format!("the notes of linked commits are not made: {error}"));
    }
}

fn write(project: &Project, archive: &Archive) -> Result<(), Error> {
    let repo = &project.repo;
    let (notes, at) = notes(repo, archive)?;
    // Notes that somebody else writes there are theirs: nothing is tried again until the links change.
    repo.set_notes(NOTES, &notes, at)?;
    remember(repo, fingerprint(archive));
    Ok(())
}

/// The documents that count: published ones.
fn published(archive: &Archive) -> impl Iterator<Item = &Entry> {
    archive.entries.iter().filter(|entry| entry.place == Place::Tree && entry.repo.is_none())
}

/// A text for each linked commit that is here, and the date of the newest of them.
fn notes(repo: &Repo, archive: &Archive) -> Result<(BTreeMap<CommitId, String>, i64), Error> {
    let mut lines: BTreeMap<CommitId, Vec<String>> = BTreeMap::new();
    let mut newest = 0;
    let revisions =
        |entry: &'_ Entry| entry.postmortem.links.clone().into_iter().filter(|link| link.role.is_revision());
    let links: Vec<(&Entry, Link)> =
        published(archive).flat_map(|entry| revisions(entry).map(move |link| (entry, link))).collect();
    let only: Vec<&Link> = links.iter().map(|(_, link)| link).collect();
    for ((entry, link), id) in links.iter().zip(ends(repo, &only)?) {
        let Some(commit) = id.and_then(|id| repo.commit(&id).ok()) else { continue };
        newest = newest.max(commit.committed);
        lines.entry(commit.id).or_default().push(line(entry, link));
    }
    let text = |mut lines: Vec<String>| {
        lines.sort();
        lines.dedup();
        lines.concat()
    };
    Ok((lines.into_iter().map(|(commit, lines)| (commit, text(lines))).collect(), newest))
}

/// `fix of 2026-03-08-api-outage: API outage (docs/post-mortems/2026-03-08-api-outage.md)`.
fn line(entry: &Entry, link: &Link) -> String {
    let title = clean(entry.title()).replace('\n', " ");
    format!("{} of {}: {title} ({})\n", link.role.word(), entry.id, clean(&entry.path))
}

/// A number for everything that the notes are made from.
fn fingerprint(archive: &Archive) -> u64 {
    let mut hasher = DefaultHasher::new();
    for entry in published(archive).filter(|entry| !entry.postmortem.links.is_empty()) {
        (entry.id.as_str(), &entry.path, entry.title()).hash(&mut hasher);
        for link in &entry.postmortem.links {
            (link.role, &link.revision, &link.commit).hash(&mut hasher);
        }
    }
    hasher.finish()
}

fn made_from(repo: &Repo) -> Option<u64> {
    std::fs::read_to_string(repo.state_dir().join(MADE_FROM)).ok()?.trim().parse().ok()
}

fn remember(repo: &Repo, fingerprint: u64) {
    let Ok(folder) = repo.state_folder("") else { return };
    let path = folder.join(MADE_FROM);
    if std::fs::write(&path, format!("{fingerprint}\n")).is_ok() {
        repo.share(&path);
    }
}

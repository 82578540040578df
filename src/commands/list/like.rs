//! `list --like`: the documents that are like one, with the words and files that make them so.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use super::Listed;
use crate::archive::{Entry, find};
use crate::document::{Document, Source, Vocabulary, is_filler, parse, substance, text_of};
use crate::error::CliError;
use crate::git::Span;
use crate::likeness::{Files, Query};
use crate::model::Link;
use crate::render::count;
use crate::render::postmortems::LikenessRow;
use crate::session::{Project, Session};

/// So many files are named as a reason.
const NAMED: usize = 10;
/// Less than this is nothing in common.
const LEAST: f64 = 0.01;

/// What others are compared with.
struct Subject<'a> {
    /// The document, where it is one that is kept here.
    entry: Option<&'a Entry>,
    bytes: Vec<u8>,
}

/// Puts the documents in the order of their likeness and leaves out those that have nothing in common; hands back what
/// is to be said about it.
///
/// # Errors
/// A name that is neither a post-mortem nor a file; git's.
pub(super) fn narrow(
    session: &Session,
    project: &Project,
    (typed, entries): (&str, &[Entry]),
    rows: &mut Vec<Listed<'_>>,
) -> Result<Vec<String>, CliError> {
    let subject = subject(session, project, typed, entries)?;
    let name = subject.entry.map_or("", |entry| entry.path.as_str());
    let document = parse(&Source { name, bytes: &subject.bytes }, &project.vocabulary);
    let query = Query::new(&words(&document, &project.vocabulary), is_filler);
    if query.is_empty() {
        return Err(CliError::new(format!("'{typed}' says nothing that others could be like")));
    }
    if let Some(own) = subject.entry {
        rows.retain(|listed| listed.entry.id != own.id);
    }
    let blobs: Vec<_> = rows.iter().map(|listed| listed.entry.blob).collect();
    let vocabulary = &project.vocabulary;
    let read =
        project.repo.map_blobs(&blobs, |_, bytes| query.count(&substance(&text_of(bytes), vocabulary)))?;
    let mut notes = Vec::new();
    let mut counted = Vec::with_capacity(read.len());
    for (listed, read) in rows.iter().zip(read) {
        counted.push(read.unwrap_or_else(|error| {
            notes.push(format!("{} could not be read: {error}", listed.entry.path));
            crate::likeness::Counted::default()
        }));
    }
    let own: Vec<&Link> = document.links().iter().map(|link| &link.value).collect();
    let files = files(project, &own, rows, &mut notes)?;
    for (listed, like) in rows.iter_mut().zip(query.rank(&counted, Some(&files))) {
        let files = like.files.into_iter().take(NAMED).collect();
        let score = (like.score * 1000.0).round() / 1000.0;
        listed.row.likeness = Some(LikenessRow { score, terms: like.terms, files });
    }
    let score = |listed: &Listed<'_>| listed.row.likeness.as_ref().map_or(0.0, |like| like.score);
    rows.retain(|listed| score(listed) >= LEAST);
    rows.sort_by(|a, b| score(b).total_cmp(&score(a)));
    Ok(notes)
}

/// A post-mortem by its id, else a file, else an error that names the nearest.
fn subject<'a>(
    session: &Session,
    project: &Project,
    typed: &str,
    entries: &'a [Entry],
) -> Result<Subject<'a>, CliError> {
    if typed == "-" {
        return Ok(Subject { entry: None, bytes: session.read_input()? });
    }
    match find(entries, typed) {
        Ok(entry) => Ok(Subject { entry: Some(entry), bytes: project.repo.read(&entry.blob)? }),
        Err(_) if session.path(Path::new(typed)).is_file() => {
            Ok(Subject { entry: None, bytes: session.read_file(Path::new(typed))? })
        }
        Err(error) => Err(error.into()),
    }
}

/// The words of a document; those of its title count double.
fn words(document: &Document<'_>, vocabulary: &Vocabulary) -> String {
    format!("{}\n{}", document.bare_title(), substance(document.text(), vocabulary))
}

/// The files that the linked commits and ranges of all documents changed, asked of git at once.
fn files(
    project: &Project,
    own: &[&Link],
    rows: &[Listed<'_>],
    notes: &mut Vec<String>,
) -> Result<Files, CliError> {
    let all = || own.iter().copied().chain(rows.iter().flat_map(|listed| &listed.entry.postmortem.links));
    let mut spans: Vec<Span> = Vec::new();
    let mut places: HashMap<Span, usize> = HashMap::new();
    // Without files of its own nothing can be in common.
    for link in all().filter(|_| !own.is_empty()) {
        let span = span(link);
        places.entry(span.clone()).or_insert_with(|| {
            spans.push(span);
            spans.len() - 1
        });
    }
    let touched = project.repo.paths_of(&spans)?;
    let absent = touched.iter().filter(|paths| paths.is_none()).count();
    if absent > 0 {
        let commits = count(absent, "linked commit or range is", "linked commits or ranges are");
        notes.push(format!("{commits} not in this clone: their files do not count"));
    }
    let of = |links: &mut dyn Iterator<Item = &Link>| -> BTreeSet<String> {
        let paths = links.filter_map(|link| touched[*places.get(&span(link))?].as_ref());
        paths.flatten().cloned().collect()
    };
    let own_files = of(&mut own.iter().copied());
    let others = rows.iter().map(|listed| of(&mut listed.entry.postmortem.links.iter())).collect();
    Ok(Files::new(&own_files, others))
}

/// The commit or range that a link is about.
fn span(link: &Link) -> Span {
    let start = link.revision.split_once("..").map(|(start, _)| start.to_owned());
    Span { end: link.commit.clone(), start: start.filter(|start| !start.is_empty()) }
}

//! Every layout that is read: a document in `tests/layouts`, and beside it, in a file of the same name and `.read`,
//! what a careful person reads in it. A new layout is two new files.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test fails by panicking, and says where")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use git_postmortem::document::edit::{adopt, apply};
use git_postmortem::document::{Document, Source, Vocabulary, parse};
use git_postmortem::model::{ActionItem, Status};

fn documents() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/layouts");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let mut documents: Vec<PathBuf> =
        files.filter(|file| file.extension().is_none_or(|end| end != "read")).collect();
    documents.sort();
    documents
}

/// One line a field that the document has, and one an item: status, owner, due date, references, text. A due date
/// that stands there and cannot be told is a `?`.
fn said(document: &Document<'_>) -> BTreeSet<String> {
    let read = document.postmortem();
    let fields = [
        ("title", Some(read.title.clone())),
        ("date", read.date.map(|date| date.to_string())),
        ("severity", read.severity.as_ref().map(|grade| grade.written.clone())),
        ("authors", Some(read.authors.join("; "))),
        ("status", read.status.clone()),
        ("minutes", read.duration_minutes.map(|minutes| minutes.to_string())),
        ("timeline", Some(document.timeline().len().to_string())),
    ];
    let fields =
        fields.into_iter().filter_map(|(name, value)| Some((name, value.filter(|v| !v.is_empty())?)));
    let items = read.actions.iter().map(item);
    fields.map(|(name, value)| format!("{name} = {value}")).chain(items).collect()
}

fn item(item: &ActionItem) -> String {
    let status = match item.status {
        Status::Doing => Status::Open.word(),
        status => status.word(),
    };
    let due = match (item.due, &item.unclear_due) {
        (Some(due), _) => due.to_string(),
        (None, Some(_)) => "?".to_owned(),
        (None, None) => "-".to_owned(),
    };
    let refs = if item.refs.is_empty() { "-".to_owned() } else { item.refs.join(" ") };
    format!("item = {status} | {} | {due} | {refs} | {}", item.owner.as_deref().unwrap_or("-"), item.text)
}

#[test]
fn every_layout_is_read_as_a_careful_person_reads_it() {
    let vocabulary = Vocabulary::default();
    let mut wrong = String::new();
    let documents = documents();
    for path in &documents {
        let name = path.file_name().unwrap().to_str().unwrap();
        let wanted = std::fs::read_to_string(format!("{}.read", path.display())).unwrap();
        let wanted: BTreeSet<String> = wanted.lines().map(str::to_owned).collect();
        let bytes = std::fs::read(path).unwrap();
        let read = said(&parse(&Source { name, bytes: &bytes }, &vocabulary));
        for line in wanted.symmetric_difference(&read) {
            let which = if read.contains(line) { "read" } else { "wanted" };
            wrong.push_str(&format!("{name}: {which} {line}\n"));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(documents.len() > 50, "{} documents", documents.len());
}

#[test]
fn adoption_keeps_every_item_and_every_word() {
    let vocabulary = Vocabulary::default();
    let mut changed = 0;
    for path in documents() {
        let name = path.file_name().unwrap().to_str().unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        let document = parse(&Source { name, bytes: text.as_bytes() }, &vocabulary);
        let plan = adopt(&document, name, &vocabulary, &vocabulary);
        let after = apply(&text, &plan.edits);
        let read = |text: &str| said(&parse(&Source { name, bytes: text.as_bytes() }, &vocabulary));
        assert_eq!(read(&after), read(&text), "{name}");
        for word in text.split(|c: char| !c.is_alphanumeric()) {
            // The cross in a box is a status, which a cell spells out.
            assert!(word == "x" || after.contains(word), "{name}: {word}");
        }
        let again = parse(&Source { name, bytes: after.as_bytes() }, &vocabulary);
        assert_eq!(adopt(&again, name, &vocabulary, &vocabulary).edits, [], "{name}");
        changed += usize::from(after != text);
    }
    assert!(changed > 30, "{changed} documents were adopted");
}

#[test]
fn line_ends_change_nothing() {
    let vocabulary = Vocabulary::default();
    for path in documents() {
        let name = path.file_name().unwrap().to_str().unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        let read = |text: &str| said(&parse(&Source { name, bytes: text.as_bytes() }, &vocabulary));
        let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        assert_eq!(read(&windows), read(&text), "{name}");
    }
}

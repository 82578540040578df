//! The sentence of an entry as it is written, and whether it reads back.

use std::collections::HashMap;

use super::{NewEvent, minute};
use crate::document::escape::{escape_cell, escape_line, literal};
use crate::document::parse::Document;
use crate::document::timeline::{TimelineEntry, spoken_kind, with_source};
use crate::document::vocabulary::Vocabulary;
use crate::model::EventKind;

/// The text with its turning point in front and its source behind it, as the reader takes it. Where the text opens with
/// the word for its turning point, that is enough.
pub(super) fn spoken(event: &NewEvent, vocabulary: &Vocabulary, cell: bool) -> String {
    let escaped = |text: &str| match (event.literal, cell) {
        (true, cell) => literal(text, cell),
        (false, true) => escape_cell(text),
        (false, false) => escape_line(text),
    };
    let text = event.text.trim();
    let said = match &event.source {
        Some(source) if event.literal => escaped(&with_source(text, source)),
        Some(source) => with_source(&escaped(text), &literal(source, cell)),
        None => escaped(text),
    };
    match event.kind.filter(|kind| spoken_kind(text, vocabulary) != Some(*kind)) {
        Some(kind) => format!("**{}:** {said}", kind.word()),
        None => said,
    }
}

/// An entry whose text follows a time and its zone in the same line: what the reader takes for the end of a span or for
/// the sign between the two goes into quotation marks.
pub(super) fn behind_time(event: &NewEvent) -> NewEvent {
    let text = event.text.trim();
    let is_bare = event.kind.is_none() && text.starts_with(|c: char| !(c.is_alphabetic() || c == '`'));
    if event.literal && is_bare {
        return NewEvent { text: format!("“{text}”"), ..event.clone() };
    }
    event.clone()
}

/// A line as a paragraph of its own: no sign at its beginning makes it anything else.
pub(super) fn paragraph(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && line[digits..].starts_with(['.', ')']) {
        return format!("{}\\{}", &line[..digits], &line[digits..]);
    }
    let opens = line.starts_with(['#', '>', '-', '+', '=', '|'])
        || ["* ", "~~~", "***", "___"].iter().any(|sign| line.starts_with(sign))
        || (line.starts_with('[') && line.contains("]:"));
    if opens { format!("\\{line}") } else { line.to_owned() }
}

/// What would not be read as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misread {
    /// An entry that was written.
    New(String),
    /// An entry that was there, by what it says: it would be read as of another time.
    Old(String),
}

impl std::fmt::Display for Misread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let short = |text: &str| text.chars().take(60).collect::<String>();
        match self {
            Self::New(text) => write!(f, "the entry '{}' would not read back as written", short(text)),
            Self::Old(text) => write!(f, "the entry '{}' would be read as of another time", short(text)),
        }
    }
}

/// What the entries of a timeline say, by minute and text.
type Read = HashMap<(Option<i64>, String), Vec<Option<EventKind>>>;

fn read(document: &Document<'_>) -> Read {
    let mut read = Read::new();
    for entry in document.timeline() {
        let key = (entry.event.at.map(minute), quoted(&entry.event.text));
        read.entry(key).or_default().push(entry.event.kind);
    }
    read
}

/// A text without the quotation marks that it may have been given.
fn quoted(text: &str) -> String {
    text.trim_matches(['“', '”', ' ']).to_owned()
}

/// Whether every entry of a document is still read as of the same time.
///
/// # Errors
/// The first entry of which that is not so.
pub fn keeps_times(before: &Document<'_>, after: &Document<'_>) -> Result<(), Misread> {
    let read = read(after);
    let is_kept =
        |entry: &&TimelineEntry| read.contains_key(&(entry.event.at.map(minute), quoted(&entry.event.text)));
    let moved = before.timeline().iter().find(|entry| !is_kept(entry));
    moved.map_or(Ok(()), |entry| Err(Misread::Old(entry.event.text.clone())))
}

/// Whether everything that was added to a document reads back, and everything else as before.
///
/// # Errors
/// The first entry of which that is not so.
pub fn reads_back(before: &Document<'_>, after: &Document<'_>, events: &[NewEvent]) -> Result<(), Misread> {
    keeps_times(before, after)?;
    let read = read(after);
    let is_there = |event: &&NewEvent| {
        let said = read.get(&(Some(minute(event.at)), quoted(&event.text)));
        said.is_some_and(|kinds| event.kind.is_none() || kinds.contains(&event.kind))
    };
    let misread = events.iter().find(|event| !is_there(event));
    misread.map_or(Ok(()), |event| Err(Misread::New(event.text.clone())))
}

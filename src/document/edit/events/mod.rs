//! Adding to the timeline, in the order of time and in the form that the timeline has.

mod beside;
mod mark;
mod row;
mod written;

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};

use super::{Edit, insert_block, rows, section};
use crate::document::escape::escape_cell;
use crate::document::parse::Document;
use crate::document::sections::Section;
use crate::document::timeline::{EntryForm, TimelineEntry};
use crate::document::vocabulary::Vocabulary;
use crate::document::zones::{self, Zone};
use crate::model::{EventKind, SectionKind};
use written::spoken;
pub use written::{Misread, keeps_times, reads_back};

/// An entry to be written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewEvent {
    /// When it happened.
    pub at: DateTime<Utc>,
    /// What happened.
    pub text: String,
    /// Which turning point it is.
    pub kind: Option<EventKind>,
    /// Where it is known from.
    pub source: Option<String>,
    /// Whether the text is no markdown: every sign in it stands for itself.
    pub literal: bool,
}

/// Adds an entry before the first later one. One that says the same at the same minute changes nothing, or is marked as
/// the turning point that it was not yet.
#[must_use]
pub fn add_event(document: &Document<'_>, vocabulary: &Vocabulary, event: &NewEvent) -> Vec<Edit> {
    if let Some(mark) = mark::mark(document, vocabulary, event) {
        return vec![mark];
    }
    add_events(document, vocabulary, std::slice::from_ref(event))
}

/// Adds entries, each before the first later one. Those that say the same at the same minute change nothing.
#[must_use]
pub fn add_events(document: &Document<'_>, vocabulary: &Vocabulary, events: &[NewEvent]) -> Vec<Edit> {
    let new = without_known(document, events);
    if new.is_empty() {
        return Vec::new();
    }
    let Some(section) = document.section(SectionKind::Timeline) else {
        let name = vocabulary.section_name(SectionKind::Timeline);
        let block = format!("## {name}\n\nAll times in UTC.\n\n{}", new_table(&new, vocabulary));
        return vec![insert_block(document, section::place(document, SectionKind::Timeline), &block)];
    };
    let entries: Vec<&TimelineEntry> =
        document.timeline().iter().filter(|entry| section.body.contains(&entry.span.start)).collect();
    match (rows::table(document, section), entries.first()) {
        (Some(table), first) if first.is_none_or(|first| first.form == EntryForm::Row) => {
            row::insert((document, vocabulary), section, &table, &new)
        }
        (_, Some(_)) => beside::insert((document, vocabulary), &entries, &new),
        (_, None) => vec![insert_block(document, section.own.end, &new_table(&new, vocabulary))],
    }
}

/// The minute of an instant.
fn minute(at: DateTime<Utc>) -> i64 {
    at.timestamp().div_euclid(60)
}

/// What the document does not say yet, each once, in the order of time.
fn without_known<'e>(document: &Document<'_>, events: &'e [NewEvent]) -> Vec<&'e NewEvent> {
    let mut known: HashMap<(i64, &str), Vec<Option<EventKind>>> = HashMap::new();
    for entry in document.timeline() {
        let Some(at) = entry.event.at else { continue };
        known.entry((minute(at), entry.event.text.as_str())).or_default().push(entry.event.kind);
    }
    let mut seen = HashSet::new();
    let is_new = |event: &&'e NewEvent| {
        let same = known.get(&(minute(event.at), event.text.trim()));
        let is_known = same.is_some_and(|kinds| event.kind.is_none() || kinds.contains(&event.kind));
        !is_known && seen.insert((minute(event.at), event.text.trim(), event.kind))
    };
    let mut new: Vec<&NewEvent> = events.iter().filter(is_new).collect();
    new.sort_by_key(|event| event.at);
    new
}

fn new_table(events: &[&NewEvent], vocabulary: &Vocabulary) -> String {
    let row = |event: &&NewEvent| {
        let said = spoken(event, vocabulary, true);
        rows::line(&[stamp(event.at, None), said])
    };
    let rows: Vec<String> = events.iter().map(row).collect();
    format!("| Time | Event |\n|------|-------|\n{}", rows.join("\n"))
}

/// The moment as it is written; with its zone where the timeline is in another one.
fn stamp(at: DateTime<Utc>, zone: Option<Zone>) -> String {
    let minute = at.format("%Y-%m-%d %H:%M");
    match zone {
        None | Some(Zone::East(0)) => minute.to_string(),
        Some(_) => format!("{minute} UTC"),
    }
}

/// The zone that the timeline is in, as its heading or the sentence above it says.
fn zone(document: &Document<'_>, section: &Section) -> Option<Zone> {
    let first = document.timeline().iter().find(|entry| section.body.contains(&entry.span.start));
    let end = first.map_or(section.own.end, |entry| entry.span.start).max(section.own.start);
    zones::named_zone(&section.name).or_else(|| zones::named_zone(&document.text()[section.own.start..end]))
}

/// Which of some entries is the first that is later than an instant, asked many times.
struct Later(Vec<Option<DateTime<Utc>>>);

impl Later {
    /// The latest instant up to each entry: the first that is later than another is later by its own.
    fn new(times: impl Iterator<Item = Option<DateTime<Utc>>>) -> Self {
        let latest = times.scan(None, |latest, at| {
            *latest = at.max(*latest);
            Some(*latest)
        });
        Self(latest.collect())
    }

    fn than(&self, at: DateTime<Utc>) -> Option<usize> {
        let first = self.0.partition_point(|latest| latest.is_none_or(|latest| latest <= at));
        (first < self.0.len()).then_some(first)
    }
}

/// A cell of a text that is no sentence of anybody's.
fn cell(text: &str) -> String {
    escape_cell(text)
}

//! Adding to the timeline, in the order of time and in the form that the timeline has.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::{Edit, insert_block, line_end, line_start, newline, rows, section};
use crate::document::escape::{escape_cell, escape_line};
use crate::document::language::TimeColumn;
use crate::document::parse::Document;
use crate::document::sections::Section;
use crate::document::tables::Table;
use crate::document::timeline::{EntryForm, TimelineEntry};
use crate::document::vocabulary::Vocabulary;
use crate::document::zones::{self, Zone};
use crate::model::{EventKind, SectionKind};

/// An entry to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    /// When it happened.
    pub at: DateTime<Utc>,
    /// What happened.
    pub text: String,
    /// Which turning point it is.
    pub kind: Option<EventKind>,
}

/// Adds an entry before the first later one. One that says the same at the same minute changes nothing.
#[must_use]
pub fn add_event(document: &Document<'_>, vocabulary: &Vocabulary, event: &NewEvent) -> Vec<Edit> {
    if document.timeline().iter().any(|entry| says_the_same(entry, event)) {
        return Vec::new();
    }
    let Some(section) = document.section(SectionKind::Timeline) else {
        let name = vocabulary.section_name(SectionKind::Timeline);
        let block = format!("## {name}\n\nAll times in UTC.\n\n{}", new_table(event));
        return vec![insert_block(document, section::place(document, SectionKind::Timeline), &block)];
    };
    let entries: Vec<&TimelineEntry> =
        document.timeline().iter().filter(|entry| section.body.contains(&entry.span.start)).collect();
    match (rows::table(document, section), entries.first()) {
        (Some(table), first) if first.is_none_or(|first| first.form == EntryForm::Row) => {
            vec![row(document, vocabulary, section, &table, event)]
        }
        (_, Some(_)) => vec![beside(document, &entries, event)],
        (_, None) => vec![insert_block(document, section.own.end, &new_table(event))],
    }
}

fn says_the_same(entry: &TimelineEntry, event: &NewEvent) -> bool {
    let minute = |at: DateTime<Utc>| at.timestamp().div_euclid(60);
    entry.event.at.map(minute) == Some(minute(event.at))
        && entry.event.text == event.text.trim()
        && (event.kind.is_none() || entry.event.kind == event.kind)
}

/// The text with its turning point in front, as the reader takes it.
fn spoken(event: &NewEvent, escape: fn(&str) -> String) -> String {
    let text = escape(&event.text);
    match event.kind {
        Some(kind) => format!("**{}:** {text}", kind.word()),
        None => text,
    }
}

fn new_table(event: &NewEvent) -> String {
    let row = rows::line(&[stamp(event, None), spoken(event, escape_cell)]);
    format!("| Time | Event |\n|------|-------|\n{row}")
}

/// The moment as it is written; with its zone where the timeline is in another one.
fn stamp(event: &NewEvent, zone: Option<Zone>) -> String {
    let minute = event.at.format("%Y-%m-%d %H:%M");
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

/// The index of the first entry that is later.
fn later(entries: &[&TimelineEntry], at: DateTime<Utc>) -> Option<usize> {
    entries.iter().position(|entry| entry.event.at.is_some_and(|other| other > at))
}

fn row(
    document: &Document<'_>,
    vocabulary: &Vocabulary,
    section: &Section,
    table: &Table,
    event: &NewEvent,
) -> Edit {
    let page = document.page();
    let names: Vec<String> =
        (0..table.columns()).map(|column| table.text(page, &table.head, column).into_owned()).collect();
    let meaning = |name: &String| {
        let words = &vocabulary.time_columns;
        words.look_up(name).or_else(|| words.look_up(name.split(['(', '（']).next().unwrap_or("")))
    };
    let find = |wanted| names.iter().position(|name| meaning(name) == Some(wanted));
    let time = find(TimeColumn::Time).or_else(|| find(TimeColumn::Date)).unwrap_or(0);
    let text = find(TimeColumn::Event).filter(|text| *text != time);
    let text = text.unwrap_or(if time + 1 < names.len() { time + 1 } else { names.len().saturating_sub(1) });
    let kind = find(TimeColumn::Kind);
    let zone = names.get(time).and_then(|name| zones::named_zone(name)).or_else(|| zone(document, section));
    let mut cells = vec![String::new(); names.len().max(2)];
    cells[text] = match kind {
        Some(_) => escape_cell(&event.text),
        None => spoken(event, escape_cell),
    };
    if let (Some(column), Some(kind)) = (kind, event.kind) {
        kind.word().clone_into(&mut cells[column]);
    }
    cells[time] = stamp(event, zone);
    let before = first_later_row(document, table, event.at);
    rows::insert(document, table, before, &rows::line(&cells))
}

/// The first row of the table whose entry is later.
fn first_later_row(document: &Document<'_>, table: &Table, at: DateTime<Utc>) -> Option<usize> {
    let timed = document.timeline().iter().filter_map(|entry| Some((entry.span.start, entry.event.at?)));
    let times: HashMap<usize, DateTime<Utc>> = timed.collect();
    table.rows.iter().position(|row| times.get(&row.span.start).is_some_and(|other| *other > at))
}

/// An entry like those that are there: bullet, line or heading.
fn beside(document: &Document<'_>, entries: &[&TimelineEntry], event: &NewEvent) -> Edit {
    let text = document.text();
    let newline = newline(text);
    let like = later(entries, event.at).map_or(entries.len() - 1, |at| at);
    let model = entries[like];
    let start = line_start(text, model.span.start);
    let when = format!("{} UTC", stamp(event, None));
    let said = spoken(event, escape_line);
    let lead = &text[start..model.span.start];
    let marker = match model.form {
        EntryForm::Item => {
            let marker = text[model.span.start..]
                .chars()
                .next()
                .filter(|c| matches!(c, '-' | '*' | '+'))
                .unwrap_or('-');
            format!("{lead}{marker} {when} – {said}")
        }
        EntryForm::Heading => {
            let hashes = text[model.span.clone()].bytes().take_while(|b| *b == b'#').count().max(3);
            format!("{} {when}{newline}{newline}{said}{newline}", "#".repeat(hashes))
        }
        EntryForm::Line | EntryForm::Row => format!("{lead}{when} {said}"),
    };
    let blank = model.form == EntryForm::Line && newline_behind(text, model.span.end);
    let gap = if blank { newline } else { "" };
    if later(entries, event.at).is_some() {
        return Edit { span: start..start, text: format!("{marker}{newline}{gap}") };
    }
    let end = match model.form {
        EntryForm::Heading => entry_end(document, model),
        _ => line_end(text, text[..model.span.end].trim_end().len().max(start)),
    };
    let lead = if model.form == EntryForm::Heading { newline } else { "" };
    Edit { span: end..end, text: format!("{newline}{gap}{lead}{}", marker.trim_end()) }
}

/// Whether an empty line follows.
fn newline_behind(text: &str, at: usize) -> bool {
    let end = line_end(text, at);
    let rest = text[end..].trim_start_matches('\r').strip_prefix('\n').unwrap_or("");
    rest.trim_start_matches('\r').starts_with('\n')
}

/// The end of what stands under an entry's heading.
fn entry_end(document: &Document<'_>, entry: &TimelineEntry) -> usize {
    let section = document.sections().iter().find(|section| section.heading == entry.span);
    section.map_or(entry.span.end, |section| {
        section.own.start + document.text()[section.own.clone()].trim_end().len()
    })
}

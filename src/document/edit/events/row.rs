//! Entries as rows of the table that a timeline is.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::written::spoken;
use super::{Later, NewEvent, cell, stamp, zone};
use crate::document::edit::{Edit, rows};
use crate::document::language::TimeColumn;
use crate::document::parse::Document;
use crate::document::sections::Section;
use crate::document::tables::Table;
use crate::document::vocabulary::Vocabulary;
use crate::document::zones::{self, Zone};

/// Where the parts of an entry go.
pub(super) struct Columns {
    count: usize,
    time: usize,
    pub(super) text: usize,
    kind: Option<usize>,
    source: Option<usize>,
    zone: Option<Zone>,
}

/// A row for each entry, before the first row that is later.
pub(super) fn insert(
    (document, vocabulary): (&Document<'_>, &Vocabulary),
    section: &Section,
    table: &Table,
    events: &[&NewEvent],
) -> Vec<Edit> {
    let columns = columns((document, vocabulary), section, table);
    let timed = document.timeline().iter().filter_map(|entry| Some((entry.span.start, entry.event.at?)));
    let times: HashMap<usize, DateTime<Utc>> = timed.collect();
    let later = Later::new(table.rows.iter().map(|row| times.get(&row.span.start).copied()));
    let edit = |event: &&NewEvent| {
        let row = rows::line(&cells(event, vocabulary, &columns));
        rows::insert(document, table, later.than(event.at), &row)
    };
    events.iter().map(edit).collect()
}

pub(super) fn columns(
    (document, vocabulary): (&Document<'_>, &Vocabulary),
    section: &Section,
    table: &Table,
) -> Columns {
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
    let zone = names.get(time).and_then(|name| zones::named_zone(name)).or_else(|| zone(document, section));
    let (kind, source) = (find(TimeColumn::Kind), find(TimeColumn::Source));
    Columns { count: names.len().max(2), time, text, kind, source, zone }
}

fn cells(event: &NewEvent, vocabulary: &Vocabulary, columns: &Columns) -> Vec<String> {
    let mut cells = vec![String::new(); columns.count];
    let kind = columns.kind.filter(|_| event.kind.is_some());
    let source = columns.source.zip(event.source.as_ref());
    let bare = NewEvent {
        kind: event.kind.filter(|_| columns.kind.is_none()),
        source: event.source.clone().filter(|_| columns.source.is_none()),
        ..event.clone()
    };
    cells[columns.text] = spoken(&bare, vocabulary, true);
    if let (Some(column), Some(kind)) = (kind, event.kind) {
        kind.word().clone_into(&mut cells[column]);
    }
    if let Some((column, source)) = source {
        cells[column] = cell(source);
    }
    cells[columns.time] = stamp(event.at, columns.zone);
    cells
}

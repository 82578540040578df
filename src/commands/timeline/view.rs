//! The merged timeline: the document's own entries and what is offered, in the order of time.

use crate::document::edit::NewEvent;
use crate::document::{Document, TimelineEntry};
use crate::events::{Event, Measures, measure, merge, settle_marks};
use crate::render::timeline::EventRow;

/// The timeline as it would be.
#[derive(Debug)]
pub(super) struct View {
    pub(super) rows: Vec<EventRow>,
    /// How many of the rows the document has.
    pub(super) own: usize,
    pub(super) measures: Measures,
    /// What the document says that it lasted, in minutes.
    pub(super) stated: Option<u32>,
}

impl View {
    pub(super) fn of(document: &Document<'_>, offered: Vec<Event>) -> Self {
        let merged = merged(document, offered);
        let measures = measure(&merged);
        let stated = document.postmortem().duration_minutes;
        let own = document.timeline().len();
        Self { rows: rows(document, merged), own, measures, stated }
    }

    /// How many rows the document does not have yet.
    pub(super) fn offered(&self) -> usize {
        self.rows.len() - self.own
    }
}

/// What the document lacks of what is offered.
pub(super) fn lacking(document: &Document<'_>, offered: Vec<Event>) -> Vec<NewEvent> {
    let lacking = merged(document, offered).into_iter().filter(|event| event.stands.is_none());
    let new = |event: Event| NewEvent {
        at: event.at,
        text: event.text,
        kind: event.kind,
        source: Some(event.sources.join(", ")).filter(|sources| !sources.is_empty()),
        literal: true,
    };
    lacking.map(new).collect()
}

fn merged(document: &Document<'_>, offered: Vec<Event>) -> Vec<Event> {
    let own = document.timeline().iter().enumerate().filter_map(|(at, entry)| own(at, entry));
    let mut merged = merge(own.chain(offered).collect());
    settle_marks(&mut merged);
    merged
}

fn own(number: usize, entry: &TimelineEntry) -> Option<Event> {
    Some(Event {
        at: entry.event.at?,
        text: entry.event.text.clone(),
        kind: entry.event.kind,
        implied: false,
        sources: entry.event.source.iter().cloned().collect(),
        stands: Some(number),
    })
}

/// The rows; entries whose instant is not known keep their place behind the one before them in the document.
fn rows(document: &Document<'_>, merged: Vec<Event>) -> Vec<EventRow> {
    let entries = document.timeline();
    let row = |entry: &TimelineEntry, sources: Vec<String>| EventRow {
        at: entry.event.at,
        written: Some(entry.event.written.clone()),
        text: entry.event.text.clone(),
        kind: entry.event.kind,
        sources,
        in_document: true,
        line: Some(document.line_of(entry.span.start)),
    };
    let unplaced = |from: usize| entries[from..].iter().take_while(|entry| entry.event.at.is_none());
    let mut rows: Vec<EventRow> =
        unplaced(0).map(|entry| row(entry, entry.event.source.iter().cloned().collect())).collect();
    for event in merged {
        match event.stands {
            Some(number) => {
                rows.push(row(&entries[number], event.sources));
                let behind = unplaced(number + 1);
                rows.extend(behind.map(|entry| row(entry, entry.event.source.iter().cloned().collect())));
            }
            None => rows.push(EventRow {
                at: Some(event.at),
                written: None,
                text: event.text,
                kind: event.kind,
                sources: event.sources,
                in_document: false,
                line: None,
            }),
        }
    }
    rows
}

//! The course of an incident as its timeline tells it: when it was noticed and when it was over.

use chrono::{DateTime, Utc};

use super::rule::Look;
use crate::document::{Telling, TimelineEntry};
use crate::events::{Event, Measures, measure};
use crate::model::EventKind;

/// Whether an entry says that somebody noticed, by its mark or by its words.
#[must_use]
pub(super) fn tells_detection(look: &Look<'_>, entry: &TimelineEntry) -> bool {
    match entry.event.kind {
        Some(EventKind::Detected | EventKind::Acknowledged) => true,
        _ => look.vocabulary.tells(Telling::Detected, &entry.event.text),
    }
}

/// Whether an entry says that it was over, by its mark or by its words.
#[must_use]
pub(super) fn tells_end(look: &Look<'_>, entry: &TimelineEntry) -> bool {
    match entry.event.kind {
        Some(EventKind::Mitigated | EventKind::Resolved) => true,
        _ => look.vocabulary.tells(Telling::Over, &entry.event.text),
    }
}

/// The turning points that entries are marked with.
#[must_use]
pub(super) fn marked(look: &Look<'_>) -> Measures {
    let event = |entry: &TimelineEntry| Some(Event { kind: entry.event.kind, ..Event::offered(entry.event.at?, "", "") });
    let events: Vec<Event> = look.document.timeline().iter().filter_map(event).collect();
    measure(&events)
}

/// From the first detection to the end, as entries are marked.
#[must_use]
pub(super) fn lasted(look: &Look<'_>) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let measures = marked(look);
    let (from, to) = (measures.begin?.0, measures.end?.0);
    (from < to).then_some((from, to))
}

/// Minutes as people say them: `2h 15m`.
#[must_use]
pub(super) fn spoken(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes}m"),
        (hours, 0) => format!("{hours}h"),
        (hours, minutes) => format!("{hours}h {minutes}m"),
    }
}

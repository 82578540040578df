//! The course of an incident as its timeline tells it: when it was noticed and when it was over.

use chrono::{DateTime, Utc};

use super::rule::Look;
use crate::document::{Telling, TimelineEntry};
use crate::events::{Event, Measures, measure};
use crate::model::EventKind;

/// Whether some entry says that somebody noticed, by its mark or by its words.
#[must_use]
pub(super) fn tells_detection(look: &Look<'_>) -> bool {
    tells(look, &[EventKind::Detected, EventKind::Acknowledged], Telling::Detected)
}

/// Whether some entry says that it was over, by its mark or by its words.
#[must_use]
pub(super) fn tells_end(look: &Look<'_>) -> bool {
    tells(look, &[EventKind::Mitigated, EventKind::Resolved], Telling::Over)
}

fn tells(look: &Look<'_>, kinds: &[EventKind], what: Telling) -> bool {
    let entries = look.document.timeline();
    let says = |at| look.vocabulary.tells(what, told(look, at));
    entries.iter().any(|entry| entry.event.kind.is_some_and(|kind| kinds.contains(&kind)))
        // The end is told late.
        || if what == Telling::Over {
            (0..entries.len()).rev().any(says)
        } else {
            (0..entries.len()).any(says)
        }
}

/// All that an entry tells: to the next one, or to the end of its section.
fn told<'l>(look: &Look<'l>, at: usize) -> &'l str {
    let document = look.document;
    let entries = document.timeline();
    let start = entries[at].span.start;
    let end = entries.get(at + 1).map(|next| next.span.start).filter(|next| *next > start);
    let around = || {
        document.sections().iter().rfind(|section| (section.heading.start..section.body.end).contains(&start))
    };
    let end = end.or_else(|| Some(around()?.body.end)).unwrap_or(document.text().len());
    document.text().get(start..end).unwrap_or("")
}

/// The turning points that entries are marked with.
#[must_use]
pub(super) fn marked(look: &Look<'_>) -> Measures {
    let event = |entry: &TimelineEntry| {
        Some(Event { kind: entry.event.kind, ..Event::offered(entry.event.at?, "", "") })
    };
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

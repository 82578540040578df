//! The times of a draft, so that they mean the same in another one.

use chrono::{DateTime, Utc};

use crate::commands::drafted::Drafted;
use crate::document::edit::Edit;
use crate::document::{Source, parse};
use crate::session::Project;

/// What happened, folded, and when.
type Event = (String, Option<DateTime<Utc>>);

fn events(project: &Project, name: &str, bytes: &[u8]) -> Vec<Event> {
    let read = parse(&Source { name, bytes }, &project.vocabulary);
    let events = read.timeline().iter();
    events.map(|entry| (entry.event.text.to_lowercase(), entry.event.at)).collect()
}

/// How many events of either draft happen at another instant in what was made of both.
pub(super) fn apart(
    project: &Project,
    from: &Drafted<'_>,
    into: &Drafted<'_>,
    ours: &[u8],
    after: &[u8],
) -> usize {
    let theirs = project.repo.read(&into.entry.blob).unwrap_or_default();
    let after = events(project, &into.entry.path, after);
    let mut before = events(project, &from.entry.path, ours);
    before.extend(events(project, &into.entry.path, &theirs));
    let is_apart =
        |(said, at): &&Event| at.is_some() && after.iter().all(|(text, now)| text != said || now != at);
    before.iter().filter(is_apart).count()
}

/// The draft with each of its times as day, time and zone.
pub(super) fn in_full(project: &Project, from: &Drafted<'_>, bytes: &[u8]) -> Vec<u8> {
    let document = parse(&Source { name: &from.entry.path, bytes }, &project.vocabulary);
    let text = document.text();
    let full = |entry: &crate::document::TimelineEntry| {
        let at = entry.event.at?;
        let start = entry.span.start + text.get(entry.span.clone())?.find(&entry.event.written)?;
        let span = start..start + entry.event.written.len();
        (!span.is_empty()).then(|| Edit { span, text: at.format("%Y-%m-%d %H:%M UTC").to_string() })
    };
    let edits: Vec<Edit> = document.timeline().iter().filter_map(full).collect();
    document.edited(bytes, &edits)
}

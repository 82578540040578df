//! Entries like those that a timeline has already: bullets, lines, headings.

use super::written::{behind_time, paragraph, spoken};
use super::{Later, NewEvent, stamp};
use crate::document::edit::{Edit, line_end, line_start, newline};
use crate::document::parse::Document;
use crate::document::timeline::{EntryForm, TimelineEntry};
use crate::document::vocabulary::Vocabulary;

/// Each entry before the first later one, in the form of that one; behind the last one in its form.
pub(super) fn insert(
    (document, vocabulary): (&Document<'_>, &Vocabulary),
    entries: &[&TimelineEntry],
    events: &[&NewEvent],
) -> Vec<Edit> {
    let later = Later::new(entries.iter().map(|entry| entry.event.at));
    let edit = |event: &&NewEvent| {
        let next = later.than(event.at);
        let model = entries[next.unwrap_or(entries.len() - 1)];
        beside((document, vocabulary), model, next.is_some(), event)
    };
    events.iter().map(edit).collect()
}

fn beside(
    (document, vocabulary): (&Document<'_>, &Vocabulary),
    model: &TimelineEntry,
    before: bool,
    event: &NewEvent,
) -> Edit {
    let text = document.text();
    let newline = newline(text);
    let start = line_start(text, model.span.start);
    let when = format!("{} UTC", stamp(event.at, None));
    let said = || spoken(&behind_time(event), vocabulary, false);
    let lead = &text[start..model.span.start];
    let entry = match model.form {
        EntryForm::Item => {
            let marker = text[model.span.start..].chars().next();
            let marker = marker.filter(|c| matches!(c, '-' | '*' | '+')).unwrap_or('-');
            format!("{lead}{marker} {when} – {}", said())
        }
        EntryForm::Heading => {
            let hashes = text[model.span.clone()].bytes().take_while(|b| *b == b'#').count().max(3);
            let said = paragraph(&spoken(event, vocabulary, false));
            format!("{} {when}{newline}{newline}{said}{newline}", "#".repeat(hashes))
        }
        EntryForm::Line | EntryForm::Row => format!("{lead}{when} {}", said()),
    };
    let blank = model.form == EntryForm::Line && newline_behind(text, model.span.end);
    let gap = if blank { newline } else { "" };
    if before {
        return Edit { span: start..start, text: format!("{entry}{newline}{gap}") };
    }
    let end = match model.form {
        EntryForm::Heading => entry_end(document, model),
        _ => line_end(text, text[..model.span.end].trim_end().len().max(start)),
    };
    let lead = if model.form == EntryForm::Heading { newline } else { "" };
    Edit { span: end..end, text: format!("{newline}{gap}{lead}{}", entry.trim_end()) }
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

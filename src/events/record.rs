//! Events of one's own in JSON: a time, a sentence, perhaps a kind and a source, by the names that such members have.

use serde_json::Value;

use super::sink::{Said, Sink};
use crate::document::{EventColumn, Vocabulary};
use crate::model::EventKind;

/// Names of members beside those that columns of timelines have, surest first.
const TIMES: [&str; 18] = [
    "time",
    "timestamp",
    "at",
    "@timestamp",
    "ts",
    "datetime",
    "date",
    "when",
    "created_at",
    "createdAt",
    "occurred_at",
    "occurredAt",
    "deployed_at",
    "finished_at",
    "started_at",
    "startedAt",
    "start",
    "created",
];
const TEXTS: [&str; 10] =
    ["text", "event", "message", "summary", "description", "title", "what", "msg", "body", "name"];

/// Takes one record.
pub(super) fn read(record: &Value, sink: &mut Sink<'_>) {
    let vocabulary = sink.asked.vocabulary;
    let time = time(record, vocabulary).unwrap_or_default();
    let text = find(record, &TEXTS, EventColumn::Event, vocabulary).unwrap_or_default();
    let kind = find(record, &["kind", "type"], EventColumn::Kind, vocabulary);
    let kind = kind.and_then(|word| named(&word, vocabulary));
    let source = find(record, &["source"], EventColumn::Source, vocabulary).unwrap_or_default();
    sink.event(&Said { time: &time, text: &text, kind, source: &source, ..Said::default() });
}

/// When a record happened, as it has it.
pub(super) fn time(record: &Value, vocabulary: &Vocabulary) -> Option<String> {
    find(record, &TIMES, EventColumn::Time, vocabulary)
}

/// The turning point that a word names, in any language.
pub(super) fn named(word: &str, vocabulary: &Vocabulary) -> Option<EventKind> {
    let word = word.trim();
    let own = EventKind::ALL.into_iter().find(|kind| kind.word().eq_ignore_ascii_case(word));
    own.or_else(|| vocabulary.event_kind(word))
}

fn find(record: &Value, names: &[&str], column: EventColumn, vocabulary: &Vocabulary) -> Option<String> {
    let said = |value: &Value| match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let known = names.iter().find_map(|name| record.get(*name).and_then(said));
    known.or_else(|| {
        let members = record.as_object()?.iter();
        members.filter(|(name, _)| vocabulary.event_column(name) == Some(column)).find_map(|(_, v)| said(v))
    })
}

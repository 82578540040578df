//! Spreadsheets: columns by the names that timelines give them in any language, any delimiter, quotes as they come.

use csv::{ReaderBuilder, StringRecord, Trim};

use super::format::ImportError;
use super::record::named;
use super::sink::{Said, Sink};
use crate::document::{EventColumn, StampZone, Vocabulary};

/// Where the parts of an event stand.
struct Columns {
    time: usize,
    /// A day apart from its time.
    date: Option<usize>,
    text: usize,
    kind: Option<usize>,
    source: Option<usize>,
}

/// Takes every row.
///
/// # Errors
/// Where no column holds times.
pub(super) fn read(text: &str, sink: &mut Sink<'_>) -> Result<(), ImportError> {
    let vocabulary = sink.asked.vocabulary;
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter(text))
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .from_reader(text.as_bytes());
    let mut columns: Option<Columns> = None;
    let mut record = StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => return Ok(()),
            Ok(true) => {}
            Err(error) => {
                let line =
                    error.position().map_or(sink.line + 1, |at| usize::try_from(at.line()).unwrap_or(0));
                sink.unread_at(line, &format!("it is no row: {error}"));
                continue;
            }
        }
        sink.line = record.position().map_or(0, |at| usize::try_from(at.line()).unwrap_or(0));
        if record.iter().all(str::is_empty) {
            continue;
        }
        match &columns {
            Some(columns) => row(&record, columns, sink),
            None => {
                let found = head(&record, vocabulary);
                match found {
                    Some(found) => {
                        sink.zone_of_column(record.get(found.time).and_then(StampZone::named_in));
                        columns = Some(found);
                    }
                    // Without a heading the first row is an event, or nothing is.
                    None if sink.is_moment(record.get(0).unwrap_or_default()) && record.len() > 1 => {
                        let found = Columns { time: 0, date: None, text: 1, kind: None, source: None };
                        row(&record, &found, sink);
                        columns = Some(found);
                    }
                    None => return Err(ImportError::NoColumn(record.iter().map(str::to_owned).collect())),
                }
            }
        }
    }
}

fn row(record: &StringRecord, columns: &Columns, sink: &mut Sink<'_>) {
    let cell = |at: Option<usize>| at.and_then(|at| record.get(at)).unwrap_or_default();
    let time = match columns.date {
        Some(date) if !cell(Some(columns.time)).is_empty() => {
            format!("{} {}", cell(Some(date)), cell(Some(columns.time)))
        }
        _ => cell(Some(columns.time)).to_owned(),
    };
    let vocabulary = sink.asked.vocabulary;
    let kind = Some(cell(columns.kind)).filter(|word| !word.is_empty());
    let kind = kind.and_then(|word| named(word, vocabulary));
    let (text, source) = (cell(Some(columns.text)), cell(columns.source));
    sink.event(&Said { time: time.trim(), text, kind, source, ..Said::default() });
}

/// The columns that a heading names; `None` where it names no times or no sentences.
fn head(record: &StringRecord, vocabulary: &Vocabulary) -> Option<Columns> {
    let names: Vec<String> = record.iter().map(|name| name.replace(['_', '-'], " ")).collect();
    let is = |wanted| move |name: &String| column(name, vocabulary) == Some(wanted);
    let find = |wanted| names.iter().position(is(wanted));
    // Of several columns of times, the one in UTC needs no conversion.
    let utc = |name: &String| {
        is(EventColumn::Time)(name) && StampZone::named_in(name).is_some_and(|zone| zone.name() == "UTC")
    };
    let time = names.iter().position(utc).or_else(|| find(EventColumn::Time));
    let date = find(EventColumn::Date);
    let (time, date) = match (time, date) {
        (Some(time), date) => (time, date),
        (None, date) => (date?, None),
    };
    let text = find(EventColumn::Event)?;
    Some(Columns { time, date, text, kind: find(EventColumn::Kind), source: find(EventColumn::Source) })
}

/// What a column holds, by its name: those of timelines, and those that tools give their exports.
fn column(name: &str, vocabulary: &Vocabulary) -> Option<EventColumn> {
    let bare = name.split(['(', '（', '[']).next().unwrap_or("").trim();
    let lower = bare.to_lowercase();
    match lower.as_str() {
        "created at" | "occurred at" | "@timestamp" | "created" | "event time" | "started at"
        | "time utc" | "ts" | "datetime" => Some(EventColumn::Time),
        "text" | "summary" | "title" | "body" | "sentence" => Some(EventColumn::Event),
        "event kind" | "mark" => Some(EventColumn::Kind),
        _ => vocabulary.event_column(name).or_else(|| vocabulary.event_column(bare)),
    }
}

/// The sign that parts the cells of the first line, outside of quotes.
fn delimiter(text: &str) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    let mut quoted = false;
    for byte in text.trim_start().bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            byte if !quoted => {
                counts.iter_mut().filter(|(sign, _)| *sign == byte).for_each(|(_, count)| *count += 1);
            }
            _ => {}
        }
    }
    // The first of those that are met most often.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(sign, _)| *sign)
}

//! Which record it is, told by its own bytes, and what was read of it.

use chrono::NaiveDate;
use serde_json::Value;

use super::json::{Records, records, value};
use super::sink::Sink;
use super::{Event, alerts, csv, deploys, pagerduty, record, slack};
use crate::document::{StampZone, Vocabulary};
use crate::model::pipeline::{ENVIRONMENTS, REVISIONS};

/// The records that are understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A spreadsheet.
    Csv,
    /// A JSON object a line, or an array of them.
    Jsonl,
    /// A channel of a Slack export.
    Slack,
    /// Log entries of PagerDuty.
    PagerDuty,
    /// Payloads of Prometheus Alertmanager.
    Alertmanager,
    /// What a pipeline deployed.
    Deploys,
}

impl Format {
    /// Every one, by the word on the command line.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Csv, "csv"),
        (Self::Jsonl, "jsonl"),
        (Self::Slack, "slack"),
        (Self::PagerDuty, "pagerduty"),
        (Self::Alertmanager, "alertmanager"),
        (Self::Deploys, "deploys"),
    ];

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Jsonl => "JSON lines",
            Self::Slack => "a Slack export",
            Self::PagerDuty => "PagerDuty log entries",
            Self::Alertmanager => "Alertmanager payloads",
            Self::Deploys => "deploys",
        }
    }
}

/// How a record is to be read.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// What it is called where it does not tell a better source.
    pub name: &'a str,
    /// The channel that it is an export of, where its place tells.
    pub channel: Option<&'a str>,
    /// What it is, where that is not left to be told by its bytes.
    pub format: Option<Format>,
    /// The words of columns and kinds.
    pub vocabulary: &'a Vocabulary,
    /// The day of times that have none.
    pub about: Option<NaiveDate>,
    /// The zone of times that have none; without it, UTC.
    pub zone: &'a Option<StampZone>,
    /// Whether people are named.
    pub names: bool,
    /// The environments whose deploys count.
    pub environments: &'a [String],
}

/// A part of a record that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// The line that it begins on, from 1.
    pub line: usize,
    /// Why.
    pub why: String,
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// What it was read as.
    pub format: Format,
    /// The events, in its own order.
    pub events: Vec<Event>,
    /// What could not be read.
    pub unread: Vec<Unread>,
    /// What is no event, by reason, and how much of it there was.
    pub passed_over: Vec<(String, usize)>,
    /// Times without a zone.
    pub unzoned: usize,
    /// Times without a day.
    pub undated: usize,
    /// Texts that were too long for a sentence.
    pub cut: usize,
    /// Why it may be only a part of what there was.
    pub partial: Option<String>,
}

/// Why nothing of a record can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportError {
    /// There is nothing in it.
    Empty,
    /// No column holds times and no column sentences; the columns.
    NoColumn(Vec<String>),
}

/// Reads a record.
///
/// # Errors
/// Where there is nothing in it, or a spreadsheet has no columns that are understood. Broken parts of a record are no
/// error: they are listed.
pub fn import(text: &str, asked: &Asked<'_>) -> Result<Imported, ImportError> {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return Err(ImportError::Empty);
    }
    let mut sink = Sink::new(text, asked);
    let is_json = text.trim_start().starts_with(['{', '[']);
    if asked.format == Some(Format::Csv) || (asked.format.is_none() && !is_json) {
        csv::read(text, &mut sink)?;
        return Ok(sink.finish(Format::Csv));
    }
    let records = records(text);
    let format = asked.format.unwrap_or_else(|| told(&records));
    read(&records, format, &mut sink);
    Ok(sink.finish(format))
}

fn read(records: &Records<'_>, format: Format, sink: &mut Sink<'_>) {
    let mut people = slack::People::new();
    if format == Format::Slack && sink.asked.names {
        let messages = records.records.iter().filter_map(|(_, record)| value(record).ok());
        messages.for_each(|message| slack::remember(&message, &mut people));
    }
    for (line, text) in &records.records {
        sink.line = *line;
        let record = match value(text) {
            Ok(record) => record,
            Err(why) => {
                sink.unread(&why);
                continue;
            }
        };
        match format {
            Format::Slack => slack::read(&record, &people, sink),
            Format::PagerDuty => pagerduty::read(&record, sink),
            Format::Alertmanager => alerts::read(&record, sink),
            Format::Deploys => deploys::read(&record, sink),
            Format::Jsonl | Format::Csv => record::read(&record, sink),
        }
    }
    if let Some((line, why)) = &records.broken {
        sink.unread_at(*line, why);
    }
    let says = |name: &str| records.around.get(name) == Some(&Value::Bool(true));
    if says("more") || says("has_more") {
        sink.partial = Some("it is one page of several".to_owned());
    }
    let truncated = records.around.get("truncatedAlerts").and_then(Value::as_u64).unwrap_or_default();
    if truncated > 0 {
        sink.partial = Some(format!("{truncated} alerts were left out by Alertmanager itself"));
    }
}

/// What records are, by what stands around them or by the first that can be read.
fn told(records: &Records<'_>) -> Format {
    match records.holder {
        Some("log_entries") => return Format::PagerDuty,
        Some("messages") => return Format::Slack,
        Some("alerts") => return Format::Alertmanager,
        Some("deploys") => return Format::Deploys,
        _ => {}
    }
    let first = records.records.iter().find_map(|(_, record)| value(record).ok());
    first.map_or(Format::Jsonl, |record| kind_of(&record))
}

fn kind_of(record: &Value) -> Format {
    let has = |name: &str| record.get(name).is_some();
    let type_of = super::json::text(record, "/type");
    let says = |names: &[&str]| !deploys::member(record, names).is_empty();
    if has("alerts") || (has("startsAt") && (has("labels") || has("annotations"))) {
        Format::Alertmanager
    } else if type_of.ends_with("_log_entry") || (has("created_at") && has("channel") && has("agent")) {
        Format::PagerDuty
    } else if has("ts") && (type_of == "message" || has("user") || has("bot_id") || has("subtype")) {
        Format::Slack
    } else if says(&REVISIONS) && (says(&ENVIRONMENTS) || !(has("text") || has("message"))) {
        Format::Deploys
    } else {
        Format::Jsonl
    }
}

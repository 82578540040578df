//! A timeline as a table, as JSON, for spreadsheets and for pages.

use std::io::{self, Write};

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;

use super::json::{self, Envelope};
use super::{Cell, Column, Look, Table, Tone, escape};
use crate::model::EventKind;

/// An event as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EventRow {
    /// When, where that can be told.
    pub at: Option<DateTime<Utc>>,
    /// The time as the document has it.
    pub written: Option<String>,
    /// What happened.
    pub text: String,
    /// Which turning point it is.
    pub kind: Option<EventKind>,
    /// Where it is known from, besides the document.
    pub sources: Vec<String>,
    /// Whether the document says so already.
    pub in_document: bool,
    /// The line of the document that says so.
    pub line: Option<u32>,
}

/// A part of a record that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnreadRow {
    /// The file as it was named.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// Why.
    pub reason: String,
}

impl EventRow {
    fn time(&self) -> String {
        let written = || self.written.clone().unwrap_or_default();
        self.at.map_or_else(written, |at| at.format("%Y-%m-%d %H:%M").to_string())
    }

    fn kind(&self) -> &'static str {
        self.kind.map_or("", EventKind::word)
    }
}

/// Draws the rows; what the document does not say yet has a plus in front.
#[must_use]
pub fn table(rows: &[EventRow], look: Look) -> String {
    let mut table = Table::new(vec![
        Column::whole(""),
        Column::whole("TIME (UTC)"),
        Column::whole("KIND"),
        Column::flowing("EVENT", 24, 6).whole_words(),
        Column::flowing("SOURCE", 12, 3).whole_words().spare(1),
    ]);
    for row in rows {
        let is_new = !row.in_document;
        table.row(vec![
            Cell::new(if is_new { "+" } else { "" }, Tone::Kept),
            Cell::new(&row.time(), if row.at.is_none() { Tone::Soon } else { Tone::Plain }),
            Cell::new(row.kind(), Tone::Strong),
            Cell::from(row.text.as_str()),
            Cell::new(&row.sources.join(", "), Tone::Dim),
        ]);
    }
    table.draw(look)
}

/// Writes the rows as JSON.
///
/// # Errors
/// Whatever the writer says.
pub fn json(
    out: &mut dyn Write,
    rows: &[EventRow],
    members: &[(&str, Value)],
    incomplete: &[String],
) -> io::Result<()> {
    json::write(out, &Envelope { name: "events", incomplete, members }, rows)
}

/// Writes the rows as CSV with a header, which `--import` reads.
///
/// # Errors
/// Whatever the writer says.
pub fn csv(out: &mut dyn Write, rows: &[EventRow]) -> io::Result<()> {
    writeln!(out, "time,kind,event,source,in_document")?;
    for row in rows {
        let at = row.at.map(|at| at.format("%Y-%m-%dT%H:%M:%SZ").to_string());
        let cells = [
            at.or_else(|| row.written.clone()).unwrap_or_default(),
            row.kind().to_owned(),
            row.text.clone(),
            row.sources.join(", "),
            row.in_document.to_string(),
        ];
        writeln!(out, "{}", cells.map(|cell| escape::csv(&cell)).join(","))?;
    }
    Ok(())
}

/// Writes the rows as a markdown table.
///
/// # Errors
/// Whatever the writer says.
pub fn markdown(out: &mut dyn Write, rows: &[EventRow]) -> io::Result<()> {
    writeln!(out, "| Time (UTC) | Kind | Event | Source |\n|---|---|---|---|")?;
    for row in rows {
        let cells = [row.time(), row.kind().to_owned(), row.text.clone(), row.sources.join(", ")];
        writeln!(out, "| {} |", cells.map(|cell| escape::markdown(&cell)).join(" | "))?;
    }
    Ok(())
}

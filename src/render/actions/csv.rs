//! Action items for spreadsheets.

use std::io::{self, Write};

use super::ActionRow;
use crate::render::escape;

/// The columns, named as in JSON.
const COLUMNS: [&str; 17] = [
    "id",
    "text",
    "owner",
    "due",
    "priority",
    "effort",
    "status",
    "overdue",
    "closed_by",
    "released_in",
    "postmortem",
    "title",
    "severity",
    "date",
    "service",
    "path",
    "line",
];

/// Writes the rows as CSV with a header. A cell that a spreadsheet would run has an apostrophe in front.
///
/// # Errors
/// Whatever the writer says.
pub fn csv(out: &mut dyn Write, rows: &[ActionRow]) -> io::Result<()> {
    writeln!(out, "{}", COLUMNS.join(","))?;
    for row in rows {
        let date = |date: Option<chrono::NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let cells = [
            row.id.clone(),
            row.text.clone(),
            text(&row.owner),
            date(row.due),
            text(&row.priority),
            row.effort.map(|effort| effort.word().to_owned()).unwrap_or_default(),
            row.status.word().to_owned(),
            row.overdue.to_string(),
            text(&row.closed_by),
            text(&row.released_in),
            row.postmortem.clone(),
            row.title.clone(),
            text(&row.severity),
            date(row.date),
            text(&row.service),
            row.path.clone(),
            row.line.to_string(),
        ];
        writeln!(out, "{}", cells.map(|cell| escape::csv(&cell)).join(","))?;
    }
    Ok(())
}

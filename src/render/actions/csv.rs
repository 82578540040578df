//! Action items for spreadsheets.

use std::borrow::Cow;
use std::io::{self, Write};

use super::ActionRow;
use crate::render::escape;

/// The columns, named as in JSON.
const COLUMNS: [&str; 18] = [
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
    "reason",
];

/// Writes the rows as CSV with a header. A text that a spreadsheet would run has an apostrophe in front.
///
/// # Errors
/// Whatever the writer says.
pub fn csv(out: &mut dyn Write, rows: &[ActionRow<'_>]) -> io::Result<()> {
    writeln!(out, "{}", COLUMNS.join(","))?;
    for row in rows {
        let date = |date: Option<chrono::NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
        let text = |text: &Option<Cow<'_, str>>| text.as_deref().unwrap_or_default().to_owned();
        let cells = [
            row.id.clone(),
            row.text.to_string(),
            text(&row.owner),
            date(row.due),
            text(&row.priority),
            row.effort.map(|effort| effort.word().to_owned()).unwrap_or_default(),
            row.status.word().to_owned(),
            row.overdue.to_string(),
            row.closed_by.clone().unwrap_or_default(),
            row.released_in.clone().unwrap_or_default(),
            row.postmortem.to_string(),
            row.title.to_string(),
            text(&row.severity),
            date(row.date),
            text(&row.service),
            row.path.to_string(),
            row.line.to_string(),
            row.reason.clone().unwrap_or_default(),
        ];
        writeln!(out, "{}", cells.map(|cell| escape::csv(&cell)).join(","))?;
    }
    Ok(())
}

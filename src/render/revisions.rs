//! The history of a post-mortem, as a table and as JSON.

use std::io::{self, Write};

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::json::{self, Envelope};
use super::{Cell, Column, Look, Table, Tone};
use crate::model::State;

/// A commit that changed a post-mortem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RevisionRow {
    /// The commit's full id.
    pub commit: String,
    /// The committer's date.
    pub date: DateTime<Utc>,
    /// Who wrote it.
    pub author: String,
    /// The first line of its message.
    pub subject: String,
    /// Which history it is in: that of drafts, of a review branch, of the examined revision.
    pub state: State,
    /// The document's path there.
    pub path: String,
    /// Whether the commit took the document away.
    pub removed: bool,
}

/// Draws the rows; the path is shown where it is not always the same.
#[must_use]
pub fn table(rows: &[RevisionRow], look: Look) -> String {
    let mut table = Table::new(vec![
        Column::whole("COMMIT"),
        Column::whole("DATE (UTC)"),
        Column::whole("STATE").spare(1),
        Column::flowing("CHANGE", 20, 3).whole_words(),
        Column::flowing("AUTHOR", 10, 1).spare(2),
        Column::whole("PATH").above(3),
    ]);
    let mut last: Option<(&str, State)> = None;
    for row in rows {
        let seen = last == Some((&row.path, row.state));
        last = Some((&row.path, row.state));
        let state = match row.state {
            _ if row.removed => format!("{} (removed)", row.state.word()),
            State::InReview => "in review".to_owned(),
            state => state.word().to_owned(),
        };
        table.row(vec![
            Cell::new(row.commit.get(..7).unwrap_or(&row.commit), Tone::Soon),
            Cell::from(row.date.format("%Y-%m-%d %H:%M").to_string()),
            Cell::new(&state, if row.state == State::Published { Tone::Plain } else { Tone::Dim }),
            Cell::from(row.subject.as_str()),
            Cell::from(row.author.as_str()),
            Cell::new(if seen { "" } else { &row.path }, Tone::Dim),
        ]);
    }
    table.draw(look)
}

/// Writes the rows as JSON, with the post-mortem's id in front.
///
/// # Errors
/// Whatever the writer says.
pub fn json(out: &mut dyn Write, id: &str, rows: &[RevisionRow], incomplete: &[String]) -> io::Result<()> {
    let members = [("postmortem", id.into())];
    json::write(out, &Envelope { name: "revisions", incomplete, members: &members }, rows)
}

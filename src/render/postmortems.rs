//! Post-mortems as a table and as JSON.

use std::io::{self, Write};

use chrono::NaiveDate;
use serde::Serialize;

use super::json::{self, Envelope};
use super::{Cell, Column, Look, Table, Tone};
use crate::model::{Kind, State};

/// A post-mortem as it is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PostmortemRow {
    /// Its name.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub state: State,
    /// Its severity's name on the scale, else as written.
    pub severity: Option<String>,
    /// The day of the incident.
    pub date: Option<NaiveDate>,
    /// Whether it happened.
    pub kind: Kind,
    /// Its service.
    pub service: Option<String>,
    /// How long it lasted, in minutes.
    pub duration_minutes: Option<u32>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Who reviewed it.
    pub reviewers: Vec<String>,
    /// Its document's path in the examined revision or on the branch of drafts.
    pub path: String,
    /// The branch that it stands on, where that is not the examined revision.
    pub branch: Option<String>,
    /// Whether it never leaves this machine.
    pub private: bool,
    /// What a reader should know: `published with other content too`.
    pub notes: Vec<String>,
    /// Why it is an answer, where something was asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reasons: Option<Vec<String>>,
    /// Promises in it.
    pub actions: ActionCounts,
}

/// Promises of a post-mortem by where they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct ActionCounts {
    /// All of them.
    pub total: usize,
    /// Open and doing.
    pub open: usize,
    /// Of these, past their day.
    pub overdue: usize,
}

/// Draws the rows; where there are reasons, these instead of promises.
#[must_use]
pub fn table(rows: &[PostmortemRow], look: Look) -> String {
    if rows.iter().any(|row| row.reasons.is_some()) {
        return reasoned(rows, look);
    }
    let mut table = Table::new(vec![
        Column::whole("ID").above(4),
        Column::whole("SEV").spare(3),
        Column::whole("STATE").spare(2),
        Column::whole("ACTIONS").spare(1),
        Column::flowing("TITLE", 18, 3),
        Column::flowing("", 16, 2).whole_words().spare(5),
    ])
    .indent(2);
    for row in rows {
        let ActionCounts { total, open, overdue } = row.actions;
        let (actions, tone) = match (total, open, overdue) {
            (0, ..) => (String::new(), Tone::Plain),
            (_, 0, _) => ("all settled".to_owned(), Tone::Kept),
            (_, open, 0) => (format!("{open} open"), Tone::Plain),
            (_, open, overdue) => (format!("{open} open, {overdue} overdue"), Tone::Over),
        };
        let state = state(row);
        let mut notes = row.notes.clone();
        notes.extend(row.branch.as_ref().filter(|_| row.state == State::InReview).cloned());
        table.row(vec![
            Cell::new(&row.id, Tone::Strong),
            Cell::from(row.severity.as_deref().unwrap_or_default()),
            Cell::new(state, if row.state == State::Published { Tone::Dim } else { Tone::Soon }),
            Cell::new(&actions, tone),
            Cell::from(row.title.as_str()),
            Cell::new(&notes.join("; "), Tone::Dim),
        ]);
    }
    table.draw(look)
}

fn state(row: &PostmortemRow) -> &'static str {
    match row.state {
        State::InReview => "in review",
        State::Draft if row.private => "private draft",
        other => other.word(),
    }
}

/// The rows with the reason for each.
fn reasoned(rows: &[PostmortemRow], look: Look) -> String {
    let mut table = Table::new(vec![
        Column::whole("ID").above(3),
        Column::whole("SEV").spare(3),
        Column::whole("STATE").spare(2),
        Column::flowing("WHY", 32, 4).whole_words(),
        Column::flowing("TITLE", 18, 1).spare(4),
    ])
    .indent(2);
    for row in rows {
        let reasons = row.reasons.as_deref().unwrap_or_default().join("; ");
        table.row(vec![
            Cell::new(&row.id, Tone::Strong),
            Cell::from(row.severity.as_deref().unwrap_or_default()),
            Cell::new(state(row), if row.state == State::Published { Tone::Dim } else { Tone::Soon }),
            Cell::from(reasons),
            Cell::new(&row.title, Tone::Dim),
        ]);
    }
    table.draw(look)
}

/// Writes the rows as JSON.
///
/// # Errors
/// Whatever the writer says.
pub fn json(out: &mut dyn Write, rows: &[PostmortemRow], incomplete: &[String]) -> io::Result<()> {
    json::write(out, &Envelope { name: "postmortems", incomplete, members: &[] }, rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: &str, state: State, actions: ActionCounts) -> PostmortemRow {
        PostmortemRow {
            id: id.into(),
            title: "Checkout returns 5xx".into(),
            state,
            severity: Some("SEV-2".into()),
            date: "2026-11-23".parse().ok(),
            kind: Kind::Incident,
            service: None,
            duration_minutes: Some(31),
            authors: vec!["Ana".into()],
            reviewers: vec![],
            path: format!("docs/post-mortems/{id}.md"),
            branch: (state == State::InReview).then(|| "review/checkout".into()),
            private: false,
            notes: vec![],
            reasons: None,
            actions,
        }
    }

    #[test]
    fn a_list_tells_state_and_promises() {
        let rows = [
            row("2026-11-23-checkout", State::Draft, ActionCounts::default()),
            row("2026-11-19-cache", State::InReview, ActionCounts { total: 2, open: 2, overdue: 0 }),
            row("2026-10-01-api", State::Published, ActionCounts { total: 3, open: 2, overdue: 1 }),
            row("2026-09-01-dns", State::Published, ActionCounts { total: 3, open: 0, overdue: 0 }),
        ];
        insta::assert_snapshot!(table(&rows, Look { width: Some(110), ..Look::default() }), @r"
        ID                   SEV    STATE      ACTIONS            TITLE
        2026-11-23-checkout  SEV-2  draft                         Checkout returns 5xx
        2026-11-19-cache     SEV-2  in review  2 open             Checkout returns 5xx  review/checkout
        2026-10-01-api       SEV-2  published  2 open, 1 overdue  Checkout returns 5xx
        2026-09-01-dns       SEV-2  published  all settled        Checkout returns 5xx
        ");
        insta::assert_snapshot!(table(&rows, Look { width: Some(64), ..Look::default() }), @r"
          SEV    STATE      ACTIONS            TITLE
        2026-11-23-checkout
          SEV-2  draft                         Checkout returns 5xx
        2026-11-19-cache
          SEV-2  in review  2 open             Checkout returns 5xx
        2026-10-01-api
          SEV-2  published  2 open, 1 overdue  Checkout returns 5xx
        2026-09-01-dns
          SEV-2  published  all settled        Checkout returns 5xx
        ");
        let mut out = Vec::new();
        json(&mut out, &rows, &[]).unwrap();
        let read: serde_json::Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(read["postmortems"][1]["state"], "in-review");
    }
}

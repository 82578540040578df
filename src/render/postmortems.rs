//! Post-mortems as a table and as JSON.

use std::io::{self, Write};

use chrono::NaiveDate;
use serde::Serialize;

use super::json::{self, Envelope};
use super::{Cell, Column, Look, Table, Tone, clean, shorten};
use crate::model::{Kind, State};

/// A post-mortem as it is listed.
#[derive(Debug, Clone, PartialEq, Serialize)]
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
    /// The lines that have what was looked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matches: Option<Vec<MatchLine>>,
    /// How like it is to what was asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub likeness: Option<LikenessRow>,
}

/// A line that has what was looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MatchLine {
    /// Its number, from 1.
    pub line: usize,
    /// What it says, without blanks around it.
    pub text: String,
}

/// How like a post-mortem is, and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LikenessRow {
    /// From 0 to 1.
    pub score: f64,
    /// The words in common that tell most.
    pub terms: Vec<String>,
    /// The files in common, the rarest first.
    pub files: Vec<String>,
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

/// Draws the rows by their likeness, with the reasons.
#[must_use]
pub fn alike(rows: &[PostmortemRow], look: Look) -> String {
    let mut table = Table::new(vec![
        Column::whole("ID").above(3),
        Column::whole("LIKE").right(),
        Column::flowing("TITLE", 18, 3).spare(1),
        Column::flowing("WORDS IN COMMON", 20, 3).whole_words(),
        Column::flowing("FILES IN COMMON", 16, 4).spare(2),
    ])
    .indent(2);
    for row in rows {
        let Some(like) = &row.likeness else { continue };
        let files = match like.files.as_slice() {
            [first, second, third, rest @ ..] if !rest.is_empty() => {
                format!("{first}, {second}, {third} and {} more", rest.len())
            }
            files => files.join(", "),
        };
        table.row(vec![
            Cell::new(&row.id, Tone::Strong),
            Cell::from(format!("{:.0} %", (like.score * 100.0).max(1.0))),
            Cell::from(row.title.as_str()),
            Cell::from(like.terms.join(", ")),
            Cell::new(&files, Tone::Dim),
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

/// The lines that have what was looked for, each behind the id and its number, as `git grep -n` has them.
#[must_use]
pub fn matches(rows: &[PostmortemRow], look: Look) -> String {
    let mut drawn = String::new();
    for row in rows {
        for found in row.matches.iter().flatten() {
            let head = format!("{}:{}:", clean(&row.id), found.line);
            let text = clean(&found.text);
            let text = match look.width {
                Some(columns) => shorten(&text, usize::from(columns).saturating_sub(head.len() + 1).max(20)),
                None => text.into_owned(),
            };
            drawn.push_str(&format!("{} {text}\n", look.paint(Tone::Dim, &head)));
        }
    }
    drawn
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
            matches: None,
            likeness: None,
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

//! The life of a promise, as a table and as JSON. Nobody is named but owners: who made a change is of no matter.

use std::io::{self, Write};

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::json::{self, Envelope};
use super::{Cell, Column, Look, Table, Tone};
use crate::model::{ActionItem, Status, Turn};

/// One thing that changed of an item, and the commit that changed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TurnRow {
    /// The commit's full id.
    pub commit: String,
    /// The committer's date.
    pub date: DateTime<Utc>,
    /// The first line of the commit's message.
    pub subject: String,
    /// Whether it is a draft's, which only this clone may have.
    pub local: bool,
    /// `promised`, `due`, `status`, `owner`, `priority`, `effort`, `text`, `removed`, `returned`.
    pub kind: &'static str,
    /// What it was; for a promise nothing.
    pub from: Option<String>,
    /// What it is.
    pub to: Option<String>,
    /// Whether the due date moved to a later day or away.
    pub put_off: bool,
    #[serde(skip)]
    words: String,
}

impl TurnRow {
    /// A row for a turn; `item` is what the version says.
    #[must_use]
    pub fn new(
        commit: String,
        date: DateTime<Utc>,
        subject: String,
        local: bool,
        turn: &Turn,
        item: Option<&ActionItem>,
    ) -> Self {
        let (kind, from, to) = parts(turn, item);
        let put_off = turn.is_put_off();
        let words = words(kind, from.as_deref(), to.as_deref(), turn);
        Self { commit, date, subject, local, kind, from, to, put_off, words }
    }
}

fn parts(turn: &Turn, item: Option<&ActionItem>) -> (&'static str, Option<String>, Option<String>) {
    let day = |day: &Option<chrono::NaiveDate>| day.map(|day| day.to_string());
    match turn {
        Turn::Promised => ("promised", None, item.map(said)),
        Turn::Removed => ("removed", None, None),
        Turn::Returned => ("returned", None, item.map(said)),
        Turn::Due(from, to) => ("due", day(from), day(to)),
        Turn::Status(from, to, state) => {
            let reason = state.as_deref().filter(|_| *to == Status::Cancelled);
            let reason = reason.and_then(|state| state.split_once(':')).map(|(_, why)| why.trim());
            let to = match reason {
                Some(why) => format!("{}: {why}", to.word()),
                None => to.word().to_owned(),
            };
            ("status", Some(from.word().to_owned()), Some(to))
        }
        Turn::Owner(from, to) => ("owner", from.clone(), to.clone()),
        Turn::Priority(from, to) => ("priority", from.clone(), to.clone()),
        Turn::Effort(from, to) => ("effort", from.map(str::to_owned), to.map(str::to_owned)),
        Turn::Text(from, to) => ("text", Some(from.clone()), Some(to.clone())),
    }
}

/// What an item says besides its text: `open, @ana, P1, due 2026-03-01`.
fn said(item: &ActionItem) -> String {
    let mut parts = vec![item.status.word().to_owned()];
    parts.extend(item.owner.clone());
    parts.extend(item.priority.as_ref().map(|grade| grade.written.clone()));
    parts.extend(item.due.map(|due| format!("due {due}")));
    parts.join(", ")
}

fn words(kind: &str, from: Option<&str>, to: Option<&str>, turn: &Turn) -> String {
    match (from, to) {
        _ if kind == "text" => format!("text was: {}", from.unwrap_or_default()),
        (None, None) => kind.to_owned(),
        (None, Some(to)) if matches!(turn, Turn::Promised | Turn::Returned) => format!("{kind}: {to}"),
        (None, Some(to)) => format!("{kind} {to}"),
        (Some(from), None) => format!("no {kind}, was {from}"),
        (Some(from), Some(to)) if turn.is_put_off() => format!("put off: {kind} {to}, was {from}"),
        (Some(from), Some(to)) => format!("{kind} {to}, was {from}"),
    }
}

/// Draws the rows, the oldest first.
#[must_use]
pub fn table(rows: &[TurnRow], look: Look) -> String {
    let mut table = Table::new(vec![
        Column::whole("COMMIT"),
        Column::whole("DATE (UTC)"),
        Column::flowing("PROMISE", 24, 1).whole_words(),
        Column::flowing("CHANGE", 20, 3).whole_words(),
        Column::whole("").spare(1),
    ]);
    let mut last: Option<&str> = None;
    for row in rows {
        let again = last == Some(row.commit.as_str());
        last = Some(&row.commit);
        let once = |text: String| if again { String::new() } else { text };
        table.row(vec![
            Cell::new(&once(row.commit.get(..7).unwrap_or(&row.commit).to_owned()), Tone::Soon),
            Cell::from(once(row.date.format("%Y-%m-%d %H:%M").to_string())),
            Cell::new(&row.words, if row.put_off { Tone::Soon } else { Tone::Plain }),
            Cell::new(&once(row.subject.clone()), Tone::Dim),
            Cell::new(if row.local { "local" } else { "" }, Tone::Dim),
        ]);
    }
    table.draw(look)
}

/// The life in one line: since when it is promised, and how often it was put off.
#[must_use]
pub fn summary(rows: &[TurnRow]) -> String {
    let published = || rows.iter().filter(|row| !row.local);
    let Some(first) = published().next() else {
        return "a draft so far: promised to nobody else".to_owned();
    };
    let times = published().filter(|row| row.put_off).count();
    let since = first.date.format("%Y-%m-%d");
    let due = published().find(|row| row.kind == "due");
    let promised = match due {
        Some(row) => row.from.as_ref().or(row.to.as_ref()),
        None => None,
    };
    let promised = promised.map(|day| format!(", first promised for {day}")).unwrap_or_default();
    let put_off = match times {
        0 => "never put off".to_owned(),
        1 => "put off once".to_owned(),
        2 => "put off twice".to_owned(),
        times => format!("put off {times} times"),
    };
    format!("published since {since}{promised}, {put_off}")
}

/// Writes the rows as JSON, with the item's id and text in front.
///
/// # Errors
/// Whatever the writer says.
pub fn json(
    out: &mut dyn Write,
    action: &str,
    text: &str,
    rows: &[TurnRow],
    incomplete: &[String],
) -> io::Result<()> {
    let members = [("action", action.into()), ("text", text.into())];
    json::write(out, &Envelope { name: "turns", incomplete, members: &members }, rows)
}

//! Action items as tables, JSON, CSV, markdown and calendars.

mod csv;
mod ics;
mod markdown;
mod table;

use std::borrow::Cow;
use std::io::{self, Write};

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::json::{self, Envelope};
use super::{clean, count};
use crate::model::{Effort, Inferred, Promise, State, Status};

pub use csv::csv;
pub use ics::ics;
pub use markdown::markdown;
pub use table::table;

/// An action item as it is shown: what the document says, and what a day makes of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ActionRow<'a> {
    /// The full id: `2026-03-08-api-outage#1`.
    pub id: String,
    /// What the table shows: the shortest id that still names it.
    #[serde(skip)]
    pub short_id: String,
    /// What was promised.
    pub text: Cow<'a, str>,
    /// Who promised it.
    pub owner: Option<Cow<'a, str>>,
    /// The last day on which it is kept in time.
    #[serde(serialize_with = "iso")]
    pub due: Option<NaiveDate>,
    /// The priority's name on the scale, else as written.
    pub priority: Option<Cow<'a, str>>,
    /// How much work.
    pub effort: Option<Effort>,
    /// The typed status.
    pub status: Status,
    /// Owed and past its day.
    pub overdue: bool,
    /// How it stands on the day of the question.
    #[serde(serialize_with = "days_over", rename = "days_over")]
    pub promise: Promise,
    /// The commit that closed it, where one did.
    pub closed_by: Option<String>,
    /// The first release that has that commit.
    pub released_in: Option<String>,
    /// The id of the post-mortem.
    pub postmortem: Cow<'a, str>,
    /// Its title.
    pub title: Cow<'a, str>,
    /// Its severity's name on the scale, else as written.
    pub severity: Option<Cow<'a, str>>,
    /// The day of the incident.
    #[serde(serialize_with = "iso")]
    pub date: Option<NaiveDate>,
    /// Its service.
    pub service: Option<Cow<'a, str>>,
    /// Where the post-mortem stands.
    pub state: State,
    /// The path of the document in its revision.
    pub path: Cow<'a, str>,
    /// The line from 1.
    pub line: u32,
    /// Whether the label in the id is the document's own.
    pub numbered: bool,
    /// Fields that were concluded, not read.
    pub inferred: &'a [Inferred],
    /// Issue ids and URLs.
    pub refs: &'a [String],
    /// What stands where a due date belongs and could not be told.
    pub due_unclear: Option<&'a str>,
    /// Why it stands where it stands, where rows were ranked or chosen for what happened to them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Promises of other documents that say the same, where rows were ranked.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub recurs: &'a [String],
    /// Only its issue tracker knows where it stands.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub tracked: bool,
    /// Why it looks forgotten, where that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stale: Option<String>,
    /// The commit that opened it again, where one did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reopened_by: Option<String>,
    /// The day on which it was first published, where the past was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promised: Option<NaiveDate>,
    /// The first date that was promised, where the past was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_due: Option<NaiveDate>,
    /// How often it was put off, where the past was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slipped: Option<usize>,
}

/// Rows under a heading; without grouping there is one group without a heading.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ActionGroup<'a> {
    /// What the rows have in common; empty where they were not grouped.
    pub heading: String,
    /// The rows in order.
    pub rows: Vec<ActionRow<'a>>,
}

/// What the last line of the table counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Summary {
    /// Owed: open and doing.
    pub open: usize,
    /// Of these, past their day.
    pub overdue: usize,
    /// Rows shown that are not owed (any more).
    pub settled: usize,
    /// The post-mortems that they are in.
    pub postmortems: usize,
}

impl Summary {
    /// Counts items, given the status of each and whether it is overdue, of so many post-mortems.
    #[must_use]
    pub fn of(items: impl IntoIterator<Item = (Status, bool)>, postmortems: usize) -> Self {
        let mut summary = Self { postmortems, ..Self::default() };
        for (status, overdue) in items {
            if status.is_owed() {
                summary.open += 1;
            } else {
                summary.settled += 1;
            }
            summary.overdue += usize::from(overdue);
        }
        summary
    }
}

impl Summary {
    /// The same where only what is overdue was asked for, beside all that is open: `3 overdue of 12 open, in 7
    /// post-mortems`.
    #[must_use]
    pub fn overdue_of(&self, all: &Self) -> String {
        let late = if self.overdue == 0 { "nothing is".to_owned() } else { self.overdue.to_string() };
        let documents = count(all.postmortems, "post-mortem", "post-mortems");
        format!("{late} overdue of {} open, in {documents}", all.open)
    }
}

/// `12 open, 4 overdue, in 7 post-mortems`.
impl std::fmt::Display for Summary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} open, {} overdue", self.open, self.overdue)?;
        if self.settled > 0 {
            write!(f, ", {} settled", self.settled)?;
        }
        write!(f, ", in {}", count(self.postmortems, "post-mortem", "post-mortems"))
    }
}

/// Writes the rows as JSON, with the counts under `summary`.
///
/// # Errors
/// Whatever the writer says.
pub fn json<'a, T: Sync>(
    out: &mut dyn Write,
    items: &'a [T],
    row: impl Fn(&'a T) -> ActionRow<'a> + Sync,
    summary: Summary,
    as_of: NaiveDate,
    incomplete: &[String],
) -> io::Result<()> {
    let members = [("as_of", as_of.to_string().into()), ("summary", serde_json::to_value(summary)?)];
    json::write_many(out, &Envelope { name: "actions", incomplete, members: &members }, items, row)
}

/// The severity and title of the post-mortem: `SEV-1 API outage`.
fn about(row: &ActionRow<'_>) -> String {
    let title = if row.title.is_empty() { &row.postmortem } else { &row.title };
    match &row.severity {
        Some(severity) => clean(&format!("{severity} {title}")).into_owned(),
        None => clean(title).into_owned(),
    }
}

/// A day as `2026-03-08`, without the detour by formatting: there are two in every row.
#[allow(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn iso<S: serde::Serializer>(day: &Option<NaiveDate>, serializer: S) -> Result<S::Ok, S::Error> {
    let Some(day) = day else { return serializer.serialize_none() };
    let Some(year) = u32::try_from(day.year()).ok().filter(|year| *year < 10_000) else {
        return serializer.collect_str(day);
    };
    let digit = |number: u32, unit: u32| b'0' + u8::try_from(number / unit % 10).unwrap_or(0);
    let (month, day) = (day.month(), day.day());
    let text = [
        digit(year, 1000),
        digit(year, 100),
        digit(year, 10),
        digit(year, 1),
        b'-',
        digit(month, 10),
        digit(month, 1),
        b'-',
        digit(day, 10),
        digit(day, 1),
    ];
    serializer.serialize_str(std::str::from_utf8(&text).expect("digits and dashes are ASCII"))
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn days_over<S: serde::Serializer>(promise: &Promise, serializer: S) -> Result<S::Ok, S::Error> {
    match promise {
        Promise::Overdue(days) => serializer.serialize_some(days),
        _ => serializer.serialize_none(),
    }
}

#[cfg(test)]
mod tests;

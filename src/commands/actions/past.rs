//! What became of items so far, in words: who closed them and when, how often they were put off.

use chrono::NaiveDate;

use super::filter::Row;
use super::rows::day;
use crate::archive::{Entry, Evidence, Standing};
use crate::model::Status;
use crate::promise::Source;
use crate::render::{clean, count};
use crate::session::Session;

/// Why a row is listed: that it was put off, where that was asked, and that it looks forgotten, where that was.
pub(super) fn reason(row: &Row<'_>, slipped: bool, today: NaiveDate) -> Option<String> {
    let put_off = row.standing.filter(|_| slipped).map(|standing| put_off(standing, today));
    let reasons: Vec<String> = put_off.into_iter().chain(row.stale.clone()).collect();
    (!reasons.is_empty()).then(|| reasons.join("; "))
}

/// How a row was put off: `put off twice, first promised for 2026-04-15, 222 days ago`.
fn put_off(standing: &Standing, today: NaiveDate) -> String {
    let times = match standing.put_off.len() {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        many => format!("{many} times"),
    };
    let first = standing.first_due.map(|due| format!(", first due {due}")).unwrap_or_default();
    let since = day(standing.promised.at).map(|promised| (today - promised).num_days().max(0));
    let since = since.map(|days| format!(", promised {} ago", count(days_of(days), "day", "days")));
    format!("put off {times}{first}{}", since.unwrap_or_default())
}

fn days_of(days: i64) -> usize {
    usize::try_from(days).unwrap_or(0)
}

/// Tells, for whoever asked with `-v`, what history says about the rows, and about items of the same documents that are
/// not among them because of it.
pub(super) fn tell(session: &Session, entries: &[&Entry], rows: &[Row<'_>]) {
    for entry in entries {
        for standing in &entry.standings {
            let is_shown = rows.iter().any(|row| row.standing.is_some_and(|own| std::ptr::eq(own, standing)));
            let is_against_row = standing.status != standing.row;
            if (is_shown || is_against_row)
                && let Some(told) = evidence(standing)
            {
                let id = format!("{}#{}", entry.name(), standing.label);
                session.ui.detail(&format!("{}: {told}", clean(&id)));
            }
        }
    }
}

/// The newest word about an item, and what came of it.
fn evidence(standing: &Standing) -> Option<String> {
    if let Some(closed) = &standing.closed {
        let release = match &standing.released_in {
            Some(tag) => format!(", first released in {}", clean(tag)),
            None => ", in no release yet".to_owned(),
        };
        let row = match standing.row {
            Status::Done => String::new(),
            row => format!("; its row says {}", row.word()),
        };
        return Some(format!("closed by {}{release}{row}", commit(closed)));
    }
    let reopened = standing.reopened.as_ref()?;
    Some(format!("opened again by {}; its row says {}", commit(reopened), standing.row.word()))
}

/// A commit with its day, and where in it the word was given.
fn commit(evidence: &Evidence) -> String {
    let how = match evidence.source {
        Source::Row => "its row",
        Source::Message => "a line in the message",
        Source::Revert => "a revert",
    };
    let day = day(evidence.at).map(|day| format!(" of {day}")).unwrap_or_default();
    format!("{}{day} ({how})", evidence.commit.short())
}

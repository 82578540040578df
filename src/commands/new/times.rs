//! When it happened: typed words to instants, and how they are told again.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};

use super::NewArgs;
use crate::commands::words;
use crate::error::CliError;
use crate::render::minutes;
use crate::session::Session;

/// The day of an incident and, where they are known, its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Times {
    /// The day that the document has, as its times have it in UTC.
    pub(super) day: NaiveDate,
    pub(super) start: Option<DateTime<Utc>>,
    pub(super) end: Option<DateTime<Utc>>,
}

impl Times {
    pub(super) fn of(session: &Session, args: &NewArgs) -> Result<Self, CliError> {
        let day = args.date.as_deref().map(|typed| past_day(session, typed)).transpose()?;
        let instant =
            |typed: &Option<String>| typed.as_deref().map(|typed| on_day(session, typed, day)).transpose();
        let (start, mut end) = (instant(&args.start)?, instant(&args.end)?);
        if let (Some(from), Some(to)) = (start, end)
            && to < from
            && day.is_some()
            && to + TimeDelta::days(1) - from < TimeDelta::days(1)
        {
            // Both clocks were typed with one day: the second is past midnight.
            end = Some(to + TimeDelta::days(1));
        }
        if let (Some(from), Some(to)) = (start, end)
            && to < from
        {
            let (from, to) = (show(from), show(to));
            return Err(CliError::new(format!("it would end ({to}) before it started ({from})"))
                .hint("write the day with the time: --start '2026-03-08 23:50'"));
        }
        let day = match (day, start.or(end)) {
            (Some(day), _) => day,
            (None, Some(at)) => at.date_naive(),
            (None, None) => session.today(),
        };
        Ok(Self { day, start, end })
    }

    /// Minutes from start to end.
    pub(super) fn minutes(&self) -> Option<u32> {
        let (start, end) = self.start.zip(self.end)?;
        u32::try_from((end - start).num_minutes()).ok()
    }

    /// What was understood, local and in UTC: `02:41–03:12 local = 2026-11-23 01:41–02:12 UTC, 31 minutes`.
    pub(super) fn told(&self, session: &Session) -> Option<String> {
        let start = self.start.or(self.end)?;
        let span = |from: NaiveDateTime, to: Option<NaiveDateTime>, dated: bool| {
            let form = if dated { "%Y-%m-%d %H:%M" } else { "%H:%M" };
            let end = to.filter(|to| *to != from).map(|to| {
                let form = if to.date() == from.date() { "%H:%M" } else { "%Y-%m-%d %H:%M" };
                format!("–{}", to.format(form))
            });
            format!("{}{}", from.format(form), end.unwrap_or_default())
        };
        let (from, to) = (session.to_local(start), self.end.map(|end| session.to_local(end)));
        let local = span(from, to, to.is_some_and(|to| to.date() != from.date()));
        let utc = span(start.naive_utc(), self.end.map(|end| end.naive_utc()), true);
        let length = self.minutes().map(|length| format!(", {}", minutes(length))).unwrap_or_default();
        Some(format!("{local} local = {utc} UTC{length}"))
    }
}

/// A day of an incident lies in the past: `fri` is the last one, and a day without a year is the last such day.
fn past_day(session: &Session, typed: &str) -> Result<NaiveDate, CliError> {
    let today = session.today();
    let day = words::last(typed, words::day(session, typed)?, today);
    if day <= today {
        return Ok(day);
    }
    Err(CliError::new(format!("{day} has not come yet")).hint("--date takes the day of the incident"))
}

/// An instant; a bare clock time belongs to the day that was typed, if one was.
fn on_day(session: &Session, typed: &str, day: Option<NaiveDate>) -> Result<DateTime<Utc>, CliError> {
    if let Some(day) = day
        && typed.trim().starts_with(|c: char| c.is_ascii_digit())
        && let Ok(at) = words::when(session, &format!("{day} {}", typed.trim()))
    {
        return Ok(at);
    }
    words::when(session, typed)
}

fn show(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d %H:%M UTC").to_string()
}

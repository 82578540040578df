//! When it happened: typed words to instants, and how they are told again.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};

use super::NewArgs;
use crate::commands::words;
use crate::error::CliError;
use crate::render::minutes;
use crate::session::Session;

/// Start and end, where they are known.
type Ends = (Option<DateTime<Utc>>, Option<DateTime<Utc>>);

/// The day of an incident and, where they are known, its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Times {
    /// The day that the document has, as its times have it in UTC.
    pub(super) day: NaiveDate,
    pub(super) start: Option<DateTime<Utc>>,
    pub(super) end: Option<DateTime<Utc>>,
}

impl Times {
    /// Reads the flags.
    ///
    /// # Errors
    /// Times that are none, have not come yet, or contradict each other or the day.
    pub(super) fn of(session: &Session, args: &NewArgs) -> Result<Self, CliError> {
        let day = args.date.as_deref().map(|typed| past_day(session, typed)).transpose()?;
        let (start, end) = ends(session, args, day)?;
        let to_come = |at: Option<DateTime<Utc>>| at.filter(|at| *at > session.now);
        if let Some(at) = to_come(start) {
            return Err(CliError::new(format!("--start is {}, which has not come yet", show(at)))
                .hint("write the day with the time: --start '2026-03-08 23:50'"));
        }
        if let Some(at) = to_come(end) {
            return Err(CliError::new(format!("--end is {}, which has not come yet", show(at))).hint(
                "leave --end out while it goes on; git postmortem note --kind resolved says when it is over",
            ));
        }
        let day = match (day, start.or(end)) {
            (Some(day), from) => {
                agree(session, day, from, end)?;
                day
            }
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

/// Both ends as they are meant. A bare clock time belongs to the day that was typed; without one, a bare end is the
/// first such moment after the start, `+40m` counts from the start, and a bare start is the last one before an end that
/// names its day.
fn ends(session: &Session, args: &NewArgs, day: Option<NaiveDate>) -> Result<Ends, CliError> {
    let read = |typed: &str| match day.and_then(|day| on_day(session, typed, day)) {
        Some(at) => Ok(at),
        None => words::when(session, typed),
    };
    let start = args.start.as_deref().map(read).transpose()?;
    let end = args.end.as_deref().map(read).transpose()?;
    let (Some(from), Some(to), Some(mut start), Some(mut end)) = (&args.start, &args.end, start, end) else {
        return Ok((start, end));
    };
    if to.trim_start().starts_with('+') {
        // From now it would be still to come; how long it lasted is what somebody means.
        end = start + (end - session.now);
    } else if is_bare(session, to) {
        end = after(session, to, start).unwrap_or(end);
    } else if is_bare(session, from) && day.is_none() {
        start = such_moments(session, from, end).into_iter().rfind(|at| *at <= end).unwrap_or(start);
    }
    if end < start {
        let (end, start) = (show(end), show(start));
        return Err(CliError::new(format!("it would end ({end}) before it started ({start})"))
            .hint("write the day with the time: --start '2026-03-08 23:50'"));
    }
    Ok((Some(start), Some(end)))
}

/// The first such moment from the start on. Where that is still to come and the start's own day had it already, that
/// one: then the two times contradict each other.
fn after(session: &Session, typed: &str, start: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let moments = such_moments(session, typed, start);
    let at = moments.iter().position(|moment| *moment >= start)?;
    let day = |moment| session.to_local(moment).date();
    let before = at.checked_sub(1).map(|at| moments[at]).filter(|before| day(*before) == day(start));
    Some(before.filter(|_| moments[at] > session.now).unwrap_or(moments[at]))
}

/// The moments about an instant at which a clock showed this time, in order.
fn such_moments(session: &Session, typed: &str, about: DateTime<Utc>) -> Vec<DateTime<Utc>> {
    let day = session.to_local(about).date();
    let days = (-2..=2).filter_map(|days| day.checked_add_signed(TimeDelta::days(days)));
    days.filter_map(|day| on_day(session, typed, day)).collect()
}

fn is_bare(session: &Session, typed: &str) -> bool {
    on_day(session, typed, session.today()).is_some()
}

/// The instant of a bare clock time on a day; nothing where the typed text names its own.
fn on_day(session: &Session, typed: &str, day: NaiveDate) -> Option<DateTime<Utc>> {
    let typed = typed.trim();
    let is_clock = typed.starts_with(|c: char| c.is_ascii_digit());
    is_clock.then(|| words::when(session, &format!("{day} {typed}")).ok()).flatten()
}

/// The day of the incident is one of the days that it lasted, by the local calendar or by that of UTC.
fn agree(
    session: &Session,
    day: NaiveDate,
    start: Option<DateTime<Utc>>,
    end: Option<DateTime<Utc>>,
) -> Result<(), CliError> {
    let (Some(start), Some(end)) = (start, end.or(start)) else { return Ok(()) };
    let local = |at| session.to_local(at).date();
    let first = local(start).min(start.date_naive());
    let last = local(end).max(end.date_naive());
    if (first..=last).contains(&day) {
        return Ok(());
    }
    Err(CliError::new(format!("--date says {day}, and the times say {}", local(start)))
        .hint("leave --date out: the day of the start is taken"))
}

fn show(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d %H:%M UTC").to_string()
}

//! Typed days and times to values, with the same sentence everywhere when they are none.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

use crate::document::time::{self, TimeError};
use crate::error::CliError;
use crate::model::Scale;
use crate::session::Session;

/// An instant: local unless it has `Z` or an offset.
///
/// # Errors
/// Where it is none.
pub fn when(session: &Session, typed: &str) -> Result<DateTime<Utc>, CliError> {
    Ok(time::parse_when(typed, &session.typed())?)
}

/// The last instant that is meant: of a day its last second.
///
/// # Errors
/// Where it is neither an instant nor a day.
pub fn until(session: &Session, typed: &str) -> Result<DateTime<Utc>, CliError> {
    let at = when(session, typed)?;
    let Ok(day) = day(session, typed) else { return Ok(at) };
    let midnight = |day: NaiveDate| when(session, &day.to_string());
    match day.succ_opt().filter(|_| midnight(day).is_ok_and(|midnight| midnight == at)) {
        Some(next) => Ok(midnight(next)? - TimeDelta::seconds(1)),
        None => Ok(at),
    }
}

/// A day, from the local today.
///
/// # Errors
/// Where it is none.
pub fn day(session: &Session, typed: &str) -> Result<NaiveDate, CliError> {
    day_from(typed, session.today())
}

/// A day, from a given today.
///
/// # Errors
/// Where it is none.
pub fn day_from(typed: &str, today: NaiveDate) -> Result<NaiveDate, CliError> {
    Ok(time::parse_day(typed, today)?)
}

/// The last day of a span from today: `2w` is `+2w`.
///
/// # Errors
/// Where it is neither a span nor a day.
pub fn within(typed: &str, today: NaiveDate) -> Result<NaiveDate, CliError> {
    let forward = format!("+{}", typed.trim());
    Ok(time::parse_day(&forward, today).or_else(|_| time::parse_day(typed, today))?)
}

/// The first day of a span up to today: `2w` is `-2w`, `fri` the last Friday.
///
/// # Errors
/// Where it is neither a span nor a day.
pub fn since(typed: &str, today: NaiveDate) -> Result<NaiveDate, CliError> {
    let back = format!("-{}", typed.trim());
    time::parse_day(&back, today).map_or_else(|_| Ok(last(typed, day_from(typed, today)?, today)), Ok)
}

/// The day that is meant where it must lie in the past: weekdays come again every week, days without a year every
/// year; a day that is written out stays what it is.
#[must_use]
pub fn last(typed: &str, day: NaiveDate, today: NaiveDate) -> NaiveDate {
    let means = |before: NaiveDate| {
        // `tomorrow` and `+3d` move with the day on which they are typed; `fri` and `Mar 8` do not.
        (1..=2).all(|days| time::parse_day(typed, before - Days::new(days)).ok() == Some(before))
    };
    let before = [7, 365, 366].map(|days| day - Days::new(days));
    let earlier = before.into_iter().filter(|_| day > today);
    earlier.filter(|before| *before <= today).find(|before| means(*before)).unwrap_or(day)
}

/// The name of a severity: by any spelling that the scale knows, or by its number alone.
///
/// # Errors
/// Where it is none of them.
pub fn severity(typed: &str, scale: &Scale) -> Result<String, CliError> {
    let number = |level: &String| level.chars().filter(char::is_ascii_digit).collect::<String>();
    let by_number =
        || scale.levels().iter().find(|level| !typed.is_empty() && number(level) == typed).cloned();
    let known = scale.rank(typed).and_then(|rank| scale.name(rank)).map(str::to_owned).or_else(by_number);
    known.ok_or_else(|| no_level("severity", typed, scale))
}

/// A word that is no severity or priority, and the names of those that are.
#[must_use]
pub fn no_level(what: &str, typed: &str, scale: &Scale) -> CliError {
    CliError::new(format!("'{typed}' is no {what}")).hint(format!("there are {}", scale.levels().join(", ")))
}

impl From<TimeError> for CliError {
    fn from(error: TimeError) -> Self {
        Self::new(error.to_string()).hint(error.hint())
    }
}

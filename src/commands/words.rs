//! Typed days and times to values, with the same sentence everywhere when they are none.

use chrono::{DateTime, NaiveDate, Utc};

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

/// The name of a severity: by any spelling that the scale knows, or by its number alone.
///
/// # Errors
/// Where it is none of them.
pub fn severity(typed: &str, scale: &Scale) -> Result<String, CliError> {
    let number = |level: &String| level.chars().filter(char::is_ascii_digit).collect::<String>();
    let by_number =
        || scale.levels().iter().find(|level| !typed.is_empty() && number(level) == typed).cloned();
    let known = scale.rank(typed).and_then(|rank| scale.name(rank)).map(str::to_owned).or_else(by_number);
    known.ok_or_else(|| {
        CliError::new(format!("'{typed}' is no severity"))
            .hint(format!("there are {}", scale.levels().join(", ")))
    })
}

impl From<TimeError> for CliError {
    fn from(error: TimeError) -> Self {
        Self::new(error.to_string()).hint(error.hint())
    }
}

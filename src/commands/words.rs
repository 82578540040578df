//! Typed days and times to values, with the same sentence everywhere when they are none.

use chrono::NaiveDate;

use crate::error::CliError;
use crate::session::Session;

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
    iso(typed, today).ok_or_else(|| no_day(typed))
}

/// The last day of a span from today: `2w` is `+2w`.
///
/// # Errors
/// Where it is neither a span nor a day.
pub fn within(typed: &str, today: NaiveDate) -> Result<NaiveDate, CliError> {
    let forward = format!("+{}", typed.trim());
    iso(&forward, today).or_else(|| iso(typed, today)).ok_or_else(|| no_day(typed))
}

fn no_day(typed: &str) -> CliError {
    CliError::new(format!("'{typed}' is no day"))
        .hint("a day is written 2026-03-08, 8 March 2026, fri, yesterday, -3d or +2w")
}

fn iso(typed: &str, _: NaiveDate) -> Option<NaiveDate> {
    typed.parse().ok()
}

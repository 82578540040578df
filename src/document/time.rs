//! Times and days as they are typed: local unless they say otherwise, relative to a moment that is given.

use std::fmt;
use std::sync::OnceLock;

use chrono::{
    DateTime, Datelike, Days, Duration, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc,
};

use super::clock;
use super::dates::Calendar;
use super::vocabulary::Vocabulary;
use super::zones::Zone;

/// The present, and what the local clock shows.
#[derive(Clone, Copy)]
pub struct Now<'a> {
    /// The present moment.
    pub utc: DateTime<Utc>,
    /// How many seconds the local clock is ahead of UTC at a moment.
    pub offset: &'a dyn Fn(DateTime<Utc>) -> i32,
}

impl fmt::Debug for Now<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Now").field("utc", &self.utc).finish_non_exhaustive()
    }
}

/// A text that is no time or no day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimeError {
    /// No moment could be read.
    NoTime(String),
    /// No day could be read.
    NoDay(String),
}

impl fmt::Display for TimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoTime(text) => write!(f, "'{text}' is no time"),
            Self::NoDay(text) => write!(f, "'{text}' is no day"),
        }
    }
}

impl TimeError {
    /// What would do.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NoTime(_) => {
                "a time is written 14:05, -40m, now, 2026-03-08 14:05 or 2026-03-08T14:05Z; local unless it has Z"
            }
            Self::NoDay(_) => "a day is written 2026-03-08, 8 March 2026, fri, yesterday, -3d or +2w",
        }
    }
}

impl std::error::Error for TimeError {}

impl Now<'_> {
    /// What the local calendar and clock show now.
    #[must_use]
    pub fn local(&self) -> NaiveDateTime {
        self.utc.naive_utc() + Duration::seconds(i64::from((self.offset)(self.utc)))
    }

    /// The local day.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.local().date()
    }

    /// The moment at which the local clock shows a time; where it is shown twice, one of the two; where it is
    /// skipped, a moment within the hour.
    #[must_use]
    pub fn at_local(&self, local: NaiveDateTime) -> DateTime<Utc> {
        let as_utc = Utc.from_utc_datetime(&local);
        let guess = as_utc - Duration::seconds(i64::from((self.offset)(as_utc)));
        as_utc - Duration::seconds(i64::from((self.offset)(guess)))
    }
}

/// Reads a typed moment.
///
/// `now`, `-40m`, `+2h`; `2026-03-08 14:05` and the like, local unless it has `Z` or an offset; a weekday or day with a
/// time (`fri 14:05`: the last such moment); a bare clock time is the last such moment, a bare day its beginning.
///
/// # Errors
/// [`TimeError::NoTime`] where it is none of these.
pub fn parse_when(text: &str, now: &Now<'_>) -> Result<DateTime<Utc>, TimeError> {
    read_when(text.trim(), now).ok_or_else(|| TimeError::NoTime(text.trim().to_owned()))
}

/// Reads a typed day: ISO, in words, `today`, `tomorrow`, `yesterday`, `+2w`, `-3d`, `fri` (the coming one), `Mar 8`
/// (the coming one), `Q2 2026` (its last day).
///
/// # Errors
/// [`TimeError::NoDay`] where it is none of these.
pub fn parse_day(text: &str, today: NaiveDate) -> Result<NaiveDate, TimeError> {
    read_day(text.trim(), today).ok_or_else(|| TimeError::NoDay(text.trim().to_owned()))
}

fn read_when(text: &str, now: &Now<'_>) -> Option<DateTime<Utc>> {
    if text.eq_ignore_ascii_case("now") {
        return Some(now.utc);
    }
    if let Some(moved) = moved(text, now) {
        return Some(moved);
    }
    let today = now.today();
    let bare = clock::stamp(text, calendar(today))
        .filter(|stamp| text[stamp.end..].trim().is_empty())
        .filter(|stamp| text.starts_with(|c: char| c.is_alphanumeric()) || stamp.day.is_some());
    if let Some(stamp) = bare {
        return match (stamp.day, stamp.time) {
            (None, Some(time)) => last_such(time, stamp.zone, now),
            (Some(day), time) => moment(day, time.unwrap_or(NaiveTime::MIN), stamp.zone, now),
            (None, None) => None,
        };
    }
    let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, "00:00"));
    let day = past_day(word, today)?;
    let stamp =
        clock::stamp(rest.trim(), calendar(today)).filter(|stamp| rest.trim()[stamp.end..].is_empty())?;
    moment(day, stamp.time.filter(|_| stamp.day.is_none())?, stamp.zone, now)
}

fn moment(day: NaiveDate, time: NaiveTime, zone: Option<Zone>, now: &Now<'_>) -> Option<DateTime<Utc>> {
    match zone {
        None => Some(now.at_local(day.and_time(time))),
        Some(zone) => zone.instant(day.and_time(time)),
    }
}

/// The last moment, now included, at which a clock showed this time.
fn last_such(time: NaiveTime, zone: Option<Zone>, now: &Now<'_>) -> Option<DateTime<Utc>> {
    // From tomorrow on, for zones ahead of the local one, back to the day before yesterday.
    let tomorrow = now.today().succ_opt()?;
    (0..4)
        .filter_map(|back| moment(tomorrow.checked_sub_days(Days::new(back))?, time, zone, now))
        .find(|moment| *moment <= now.utc)
}

/// `-40m`, `+2h`, `-3d`, `+2w`.
fn moved(text: &str, now: &Now<'_>) -> Option<DateTime<Utc>> {
    let (count, unit) = relative(text)?;
    match unit {
        "m" | "min" | "minutes" => now.utc.checked_add_signed(Duration::try_minutes(count)?),
        "h" | "hours" => now.utc.checked_add_signed(Duration::try_hours(count)?),
        "s" => now.utc.checked_add_signed(Duration::try_seconds(count)?),
        _ => {
            let local = now.local();
            let day = moved_day(local.date(), count, unit)?;
            Some(now.at_local(day.and_time(local.time())))
        }
    }
}

/// A signed number and its unit.
fn relative(text: &str) -> Option<(i64, &str)> {
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits = text[1..].bytes().take_while(u8::is_ascii_digit).count();
    let count: i64 = text[1..=digits].parse().ok().filter(|count| *count < 1_000_000)?;
    Some((sign * count, text[1 + digits..].trim()))
}

fn moved_day(day: NaiveDate, count: i64, unit: &str) -> Option<NaiveDate> {
    let months = |count: i64| {
        let months = Months::new(u32::try_from(count.unsigned_abs()).ok()?);
        if count < 0 { day.checked_sub_months(months) } else { day.checked_add_months(months) }
    };
    match unit {
        "d" | "day" | "days" => day.checked_add_signed(Duration::try_days(count)?),
        "w" | "week" | "weeks" => day.checked_add_signed(Duration::try_weeks(count)?),
        "mo" | "month" | "months" => months(count),
        "y" | "year" | "years" => months(count.checked_mul(12)?),
        _ => None,
    }
}

fn read_day(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    if let Some((count, unit)) = relative(text) {
        return moved_day(today, count, unit);
    }
    if let Some(day) = named_day(text, today) {
        return Some(day);
    }
    if let Some(weekday) = vocabulary().weekdays.look_up(text) {
        // The coming one: on a Friday, `fri` is in a week.
        let ahead = (i64::from(weekday) - i64::from(today.weekday().num_days_from_monday()) + 6) % 7 + 1;
        return today.checked_add_signed(Duration::days(ahead));
    }
    calendar(today).whole(text).map(|found| found.day)
}

fn named_day(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    match text.to_ascii_lowercase().as_str() {
        "today" | "now" => Some(today),
        "tomorrow" => today.succ_opt(),
        "yesterday" => today.pred_opt(),
        _ => None,
    }
}

/// A day in the past, today included: `fri` is the last Friday.
fn past_day(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    if let Some(day) = named_day(text, today) {
        return Some(day);
    }
    let weekday = vocabulary().weekdays.look_up(text)?;
    let back = (7 + i64::from(today.weekday().num_days_from_monday()) - i64::from(weekday)) % 7;
    today.checked_sub_signed(Duration::days(back))
}

/// What is typed is English, or numbers in ISO order.
fn calendar(today: NaiveDate) -> Calendar<'static> {
    Calendar::new(vocabulary(), None).lenient(Some(today))
}

fn vocabulary() -> &'static Vocabulary {
    static ENGLISH: OnceLock<Vocabulary> = OnceLock::new();
    ENGLISH.get_or_init(Vocabulary::default)
}

#[cfg(test)]
#[path = "time_tests.rs"]
mod tests;

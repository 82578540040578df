//! The moment that an entry of a timeline opens with: a day, a time, a zone.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc};

use super::dates::Calendar;
use super::zones::{Zone, zone};

/// By how many hours an entry must seem to lie before the one above it to be of the next day: a slip of the order is
/// smaller, a night is longer.
pub(crate) const MIDNIGHT: i64 = 16;

/// A moment at the beginning of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stamp {
    pub(crate) day: Option<NaiveDate>,
    pub(crate) time: Option<NaiveTime>,
    pub(crate) zone: Option<Zone>,
    /// Where the text goes on behind it.
    pub(crate) end: usize,
}

impl Stamp {
    /// The instant, given the day and zone that apply where the stamp has none.
    pub(crate) fn instant(&self, day: Option<NaiveDate>, zone: Option<Zone>) -> Option<DateTime<Utc>> {
        let local = self.day.or(day)?.and_time(self.time?);
        self.zone.or(zone).unwrap_or(Zone::East(0)).instant(local)
    }
}

/// Reads the moment that a text opens with: a time, a day, or a day and a time; of a span of time, all of it is read.
pub(crate) fn stamp(text: &str, calendar: Calendar<'_>) -> Option<Stamp> {
    let stamp = single(text, calendar)?;
    Some(if stamp.time.is_some() { Stamp { end: range_end(text, stamp.end), ..stamp } } else { stamp })
}

/// The same without the end of a span of time.
pub(crate) fn single(text: &str, calendar: Calendar<'_>) -> Option<Stamp> {
    let start = skip(text, 0, &['[', '(', '<', '~', '≈', ' ', '\u{a0}', '*', '`', ':']);
    // `🕐 14:05`
    let start = text.len()
        - text[start..]
            .trim_start_matches(|c: char| c == ' ' || c == '*' || !(c.is_ascii() || c.is_alphanumeric()))
            .len();
    let start = approximately(text, start, calendar);
    if let Some(found) = dotted(text, start, calendar) {
        return Some(found);
    }
    if let Some(found) = clock(text, start, calendar) {
        return Some(found);
    }
    if let Some((day, end)) = month_and_day(text, start, calendar)
        && let Some(clock) = clock(text, skip(text, end, &[' ', ',']), calendar)
    {
        return Some(Stamp { day: Some(day), ..clock });
    }
    let rest = &text[start..];
    // A date that stands far behind is part of the sentence.
    let head = rest.get(..rest.char_indices().nth(40).map_or(rest.len(), |(at, _)| at)).unwrap_or(rest);
    let date = calendar.find(head).filter(|date| is_lead(&head[..date.start]))?;
    let end = start + date.end;
    let next = skip(text, end, &[' ', ',', 'T', '\u{a0}', ')', '-', '–', '—', '(', '（', '@', '_']);
    let next = calendar.behind_weekday(text, next);
    let next = approximately(text, next, calendar);
    match clock(text, next, calendar) {
        Some(clock) => Some(Stamp { day: Some(date.day), ..clock }),
        None => Some(Stamp { day: Some(date.day), time: None, zone: None, end }),
    }
}

/// `20.07.` with a full stop behind is a day of the incident's time, `20.07` alone is a time.
fn dotted(text: &str, at: usize, calendar: Calendar<'_>) -> Option<Stamp> {
    let rest = &text.as_bytes()[at..];
    let digits =
        |from: usize| rest.get(from..).unwrap_or(&[]).iter().take_while(|b| b.is_ascii_digit()).count();
    let first = digits(0);
    let second = digits(first + 1);
    let dots = [first, first + 1 + second].map(|at| rest.get(at) == Some(&b'.'));
    let ends = first + second + 2;
    let is_day = (1..=2).contains(&first) && (1..=2).contains(&second) && dots == [true, true];
    if !is_day || digits(ends) > 0 {
        return None;
    }
    let (day, _) = month_and_day(text, at, calendar)?;
    let next = skip(text, at + ends, &[' ', ',', '\u{a0}', '-', '–', '—', '(', '*']);
    Some(match clock(text, approximately(text, next, calendar), calendar) {
        Some(clock) => Stamp { day: Some(day), ..clock },
        None => Stamp { day: Some(day), time: None, zone: None, end: at + ends },
    })
}

/// `03-26` right before a time: the year, and which is the month, are those that bring it nearest to the incident.
fn month_and_day(text: &str, at: usize, calendar: Calendar<'_>) -> Option<(NaiveDate, usize)> {
    let hint = calendar.near()?;
    let number = |from: usize| {
        let length = text.get(from..)?.bytes().take_while(u8::is_ascii_digit).count();
        let number = text[from..from + length].parse::<u32>().ok()?;
        (1..=2).contains(&length).then_some((number, from + length))
    };
    let (first, middle) = number(at)?;
    text.get(middle..)?.starts_with(['-', '/', '.']).then_some(())?;
    let (second, end) = number(middle + 1)?;
    let years = [hint.year() - 1, hint.year(), hint.year() + 1];
    let dates = years.into_iter().flat_map(|year| {
        [NaiveDate::from_ymd_opt(year, first, second), NaiveDate::from_ymd_opt(year, second, first)]
    });
    let distance = |date: &NaiveDate| (*date - hint).num_days().abs();
    dates.flatten().min_by_key(distance).filter(|date| distance(date) < 60).map(|date| (date, end))
}

/// The day that a cell states, without a year too.
pub(crate) fn day(text: &str, calendar: Calendar<'_>) -> Option<NaiveDate> {
    let found = calendar.find(text).map(|found| found.day);
    found.or_else(|| {
        month_and_day(text, 0, calendar).filter(|(_, end)| *end == text.len()).map(|(day, _)| day)
    })
}

fn is_lead(before: &str) -> bool {
    before.split_whitespace().count() <= 1 && !before.contains(['.', ':'])
}

fn skip(text: &str, at: usize, ignored: &[char]) -> usize {
    let rest = &text[at..];
    text.len() - rest.trim_start_matches(ignored).len()
}

/// Behind `ca.`, `around`, `from about`, `à`, `gegen`: two words at most.
fn approximately(text: &str, at: usize, calendar: Calendar<'_>) -> usize {
    let mut start = skip(text, at, &['~', '≈']);
    for _ in 0..2 {
        let rest = &text[start..];
        let length = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let word = &rest[..length];
        let known = ["ca", "c", "circa", "approx", "approximately"];
        if word.is_empty()
            || !(known.iter().any(|known| word.eq_ignore_ascii_case(known)) || calendar.fills(word))
        {
            break;
        }
        start = skip(text, start + length, &['.', ' ', '~', ':']);
    }
    start
}

/// `16:04`, `16.04`, `16:04:22`, `5:00 PM`, `5pm`, `1604 UTC`, with a zone behind it and perhaps the same time in
/// another zone.
fn clock(text: &str, at: usize, calendar: Calendar<'_>) -> Option<Stamp> {
    let one = |at: usize| {
        let (time, end) = time_of_day(text, at).or_else(|| four_digits(text, at, calendar))?;
        // `14.20 Uhr`
        let next = skip(text, end, &[' ', '\u{a0}']);
        let length = text[next..].find(|c: char| !c.is_alphabetic()).unwrap_or(text.len() - next);
        let end = if calendar.is_clock(&text[next..next + length]) { next + length } else { end };
        let zone =
            zone(text, skip(text, end, &[' ', '\u{a0}', '('])).filter(|_| !is_span(text, at..end, time));
        let (zone, end) = zone.map_or((None, end), |(zone, end)| (Some(zone), end));
        Some(Stamp { day: None, time: Some(time), zone, end })
    };
    let stamp = one(at)?;
    let next = skip(text, stamp.end, &[' ', '(', '/', '|', '=', ',']);
    // `14:05 CET (13:05 UTC)`: of the two, the one that is known best.
    let other = one(next).filter(|other| other.zone.is_some() && stamp.zone.is_some() && next > stamp.end);
    Some(match other {
        Some(other) => {
            let end = if text[other.end..].starts_with(')') { other.end + 1 } else { other.end };
            let best = if other.zone == Some(Zone::East(0)) || stamp.zone == Some(Zone::Unknown) {
                other
            } else {
                stamp
            };
            Stamp { end, ..best }
        }
        None => stamp,
    })
}

/// Whether what stands behind a time of hours and minutes is a later one, and no offset: `10:00-11:00`. With a `T` before
/// it or with seconds, a time is a machine's, and offsets are what machines write.
fn is_span(text: &str, written: std::ops::Range<usize>, time: NaiveTime) -> bool {
    let is_machines = text[..written.start].ends_with('T') || text[written.clone()].matches(':').count() > 1;
    let end = text[written.end..].strip_prefix('-').and_then(|_| time_of_day(text, written.end + 1));
    !is_machines && end.is_some_and(|(end, _)| end > time)
}

/// `1430 UTC`, `1430h`: four digits alone may be anything.
fn four_digits(text: &str, at: usize, calendar: Calendar<'_>) -> Option<(NaiveTime, usize)> {
    let digits = text.get(at..at + 4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    let next = skip(text, at + 4, &[' ']);
    let length = text[next..].find(|c: char| !c.is_alphabetic()).unwrap_or(text.len() - next);
    (zone(text, next).is_some_and(|(_, end)| end > next) && length > 0
        || calendar.is_clock(&text[next..next + length]))
    .then_some(())?;
    Some((NaiveTime::from_hms_opt(digits[..2].parse().ok()?, digits[2..].parse().ok()?, 0)?, at + 4))
}

/// Behind the end of a span of time: `16:04–16:30`.
fn range_end(text: &str, at: usize) -> usize {
    let next = skip(text, at, &[' ', '-', '–', '—', '〜', '~']);
    if next == at || text[at..next].chars().all(|c| c == ' ') {
        return at;
    }
    match time_of_day(text, next) {
        Some((_, end)) => zone(text, skip(text, end, &[' '])).map_or(end, |(_, end)| end),
        None => at,
    }
}

/// A time of day at `at`, and where it ends.
pub(crate) fn time_of_day(text: &str, at: usize) -> Option<(NaiveTime, usize)> {
    let bytes = text.as_bytes();
    let digits =
        |from: usize| bytes.get(from..).unwrap_or(&[]).iter().take_while(|b| b.is_ascii_digit()).count();
    let hour_digits = digits(at);
    if !(1..=2).contains(&hour_digits) {
        return None;
    }
    let hour: u32 = text[at..at + hour_digits].parse().ok()?;
    let mut end = at + hour_digits;
    let (mut minute, mut second, mut written) = (0, 0, false);
    // `14: 45` is a slip of the finger.
    let slip = bytes.get(end..end + 2) == Some(b": ") && digits(end + 2) == 2 && hour_digits == 2;
    end += usize::from(slip);
    if matches!(bytes.get(end), Some(b':' | b'.' | b'h')) && digits(end + 1) == 2 || slip {
        minute = text[end + 1..end + 3].parse().ok()?;
        written = true;
        end += 3;
        if bytes.get(end) == Some(&b':') && digits(end + 1) == 2 {
            second = text[end + 1..end + 3].parse().ok()?;
            end += 3;
        }
        if matches!(bytes.get(end), Some(b'.' | b',')) && digits(end + 1) > 0 {
            // A fraction of a second, or a version number that is no time.
            if bytes[at + hour_digits] == b'.' {
                return None;
            }
            end += 1 + digits(end + 1);
        }
    }
    // `14時30分`
    if let Some(behind) = text[end..].strip_prefix('時').filter(|_| !written) {
        let start = text.len() - behind.len();
        let count = digits(start);
        if count <= 2 && behind[count..].starts_with('分') {
            (minute, end) = (text[start..start + count].parse().ok()?, start + count + '分'.len_utf8());
        } else {
            end = start;
        }
        return Some((NaiveTime::from_hms_opt(hour, minute, 0)?, end));
    }
    // `14 h 10`
    if let Some(behind) = text[end..].strip_prefix(" h ").filter(|_| !written) {
        let start = text.len() - behind.len();
        if digits(start) == 2 {
            return Some((
                NaiveTime::from_hms_opt(hour, text[start..start + 2].parse().ok()?, 0)?,
                start + 2,
            ));
        }
    }
    let (hour, end, written) = match meridiem(text, end) {
        Some((afternoon, after)) if (1..=12).contains(&hour) => (hour % 12 + afternoon, after, true),
        _ => (hour, end, written),
    };
    if !written || bytes.get(end).is_some_and(|b| b.is_ascii_alphanumeric() && *b != b'Z') {
        return None;
    }
    let hour = if hour == 24 && minute == 0 { 0 } else { hour };
    Some((NaiveTime::from_hms_opt(hour, minute, second.min(59))?, end))
}

/// `am` adds 0 hours, `PM` adds 12.
fn meridiem(text: &str, at: usize) -> Option<(u32, usize)> {
    let start = skip(text, at, &[' ', '\u{a0}', '\u{202f}']);
    let rest = &text.as_bytes()[start..];
    let hours = match rest.first()? {
        b'a' | b'A' => 0,
        b'p' | b'P' => 12,
        _ => return None,
    };
    let end = match rest.get(1..)? {
        [b'm' | b'M', ..] => 2,
        [b'.', b'm' | b'M', b'.', ..] => 4,
        _ => return None,
    };
    (!rest.get(end).is_some_and(u8::is_ascii_alphanumeric)).then_some((hours, start + end))
}

#[cfg(test)]
#[path = "clock_tests.rs"]
mod tests;

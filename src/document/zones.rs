//! Time zones as documents name them.

/// What a time is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Zone {
    /// Minutes east of UTC.
    East(i32),
    /// A name that means several zones or none that is known here.
    Unknown,
}

/// The zone that a sentence or a column heading names: `Time (UTC)`, `All times in CET`.
pub(crate) fn named_zone(text: &str) -> Option<Zone> {
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let length = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        if length == 0 {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        }
        if let Some((zone, _)) = zone(text, at) {
            return Some(zone);
        }
        if let Some(zone) = region(rest) {
            return Some(zone);
        }
        at += length;
    }
    None
}

/// `Europe/Berlin`: a zone whose offset depends on the day is not guessed.
fn region(text: &str) -> Option<Zone> {
    const AREAS: [&str; 9] =
        ["Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"];
    let (area, city) = text.split_once('/')?;
    (AREAS.contains(&area) && city.starts_with(|c: char| c.is_ascii_uppercase())).then_some(Zone::Unknown)
}

/// Abbreviations that mean one offset in practice, in minutes east of UTC.
const ZONES: [(&str, i32); 25] = [
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
    ("EDT", -240),
    ("EST", -300),
    ("PDT", -420),
    ("PST", -480),
];

/// Abbreviations that are zones, but which one depends on who writes.
const UNCLEAR: [&str; 10] = ["ET", "PT", "CT", "MT", "CST", "CDT", "MST", "MDT", "AST", "NZST"];

/// A zone at `at`: a name, an offset, or `UTC+2`.
pub(super) fn zone(text: &str, at: usize) -> Option<(Zone, usize)> {
    let rest = text.get(at..)?;
    let length = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    let name = &rest[..length];
    if length == 0 {
        return offset(text, at).map(|(minutes, end)| (Zone::East(minutes), end));
    }
    if let Some((_, minutes)) = ZONES.iter().find(|(zone, _)| *zone == name) {
        let end = at + length;
        return match offset(text, end) {
            Some((more, end)) if *minutes == 0 => Some((Zone::East(more), end)),
            _ => Some((Zone::East(*minutes), end)),
        };
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
    (hours <= 14 && minutes < 60).then_some((sign * (hours * 60 + minutes), end))
}

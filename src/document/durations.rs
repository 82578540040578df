//! How long something lasted, as people write it.

use super::language::Unit;
use super::vocabulary::Vocabulary;

/// The minutes that a text states: `1.5 hours`, `2h 14m`, `6 hours and 14 minutes`, `~24h40m`, `1:30`.
///
/// Reads the first duration and what belongs to it; `None` where there is none (`?`, `N/A`).
pub(crate) fn minutes(text: &str, vocabulary: &Vocabulary) -> Option<u32> {
    in_words(text, vocabulary).or_else(|| clock(text))
}

/// The same without `1:30`, which elsewhere is a time of day.
pub(crate) fn in_words(text: &str, vocabulary: &Vocabulary) -> Option<u32> {
    let mut seconds = 0.0;
    let mut seen = false;
    let mut at = 0;
    let mut hours = false;
    while let Some((value, unit, end)) = next(text, at, seen, hours, vocabulary) {
        hours = unit == 3_600;
        seconds += value * f64::from(unit);
        seen = true;
        at = end;
    }
    if !seen {
        return None;
    }
    let minutes = (seconds / 60.0).round();
    // No incident lasts for centuries; a number beyond that is no duration.
    if minutes > 1e8 { None } else { Some(to_minutes(minutes)) }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 1e8")]
fn to_minutes(minutes: f64) -> u32 {
    minutes as u32
}

/// The next number with a unit: anywhere at first, then only where it goes on at once.
fn next(
    text: &str,
    from: usize,
    joined: bool,
    hours: bool,
    vocabulary: &Vocabulary,
) -> Option<(f64, u32, usize)> {
    let mut at = from;
    loop {
        let rest = &text[at..];
        let c = rest.chars().next()?;
        if c.is_ascii_digit() {
            let (value, end) = decimal(text, at)?;
            // `10月3日` is a day, no three days; `b93625d` is a commit.
            let is_part = |c: char| matches!(c, '月' | '/') || (!joined && c.is_ascii_alphabetic());
            let is_day = text[..at].ends_with(is_part);
            if let Some((unit, end)) = unit(text, end, vocabulary).filter(|_| !is_day) {
                return Some((value, unit, end));
            }
            if joined {
                return (hours && is_rest(text, from, at, end)).then_some((value, 60, end));
            }
            at = end;
        } else if c.is_alphabetic() {
            let end = at + rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
            match vocabulary.units.look_up(&text[at..end]) {
                Some(Unit::One) => {
                    if let Some((unit, end)) = unit(text, end, vocabulary) {
                        return Some((1.0, unit, end));
                    }
                }
                Some(Unit::Joins) => {}
                _ if joined => return None,
                _ => {}
            }
            at = end;
        } else if joined && c == '.' && at == from && is_short(&text[..at]) {
            at += 1;
        } else if joined && !matches!(c, ' ' | ',' | '\u{a0}' | '&' | '+') {
            return None;
        } else {
            at += c.len_utf8();
        }
    }
}

/// Whether a text ends in a word so short that a point behind it shortens it: `2 Std. 15 Min.`
fn is_short(text: &str) -> bool {
    let letters = text.chars().rev().take_while(|c| c.is_alphabetic()).count();
    (1..=4).contains(&letters)
}

/// Whether a number that directly follows hours is their minutes: `1 h 45`, `2h05`, but not `2 hours 45 users`.
fn is_rest(text: &str, from: usize, at: usize, end: usize) -> bool {
    let rest = text[end..].trim_start();
    end - at == 2
        && text[from..at].trim().is_empty()
        && (b'0'..=b'5').contains(&text.as_bytes()[at])
        && !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, ':' | '/' | '-' | '%'))
}

/// A number with an optional fraction.
fn decimal(text: &str, at: usize) -> Option<(f64, usize)> {
    let bytes = text.as_bytes();
    let digits = |from: usize| from + bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut end = digits(at);
    if matches!(bytes.get(end), Some(b'.' | b',')) && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
        end = digits(end + 1);
    }
    Some((text[at..end].replace(',', ".").parse().ok()?, end))
}

/// The seconds of the unit behind a number.
fn unit(text: &str, at: usize, vocabulary: &Vocabulary) -> Option<(u32, usize)> {
    let gap = text[at..].len() - text[at..].trim_start_matches([' ', '-', '\u{a0}']).len();
    let start = at + gap;
    let rest = &text[start..];
    let end = start + rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    let (word, end) = unit_word(text, start, end, vocabulary)?;
    let seconds = match word {
        Unit::Seconds => 1,
        Unit::Minutes => 60,
        Unit::Hours => 3_600,
        Unit::Days => 86_400,
        Unit::Weeks => 604_800,
        Unit::One | Unit::Joins => return None,
    };
    Some((seconds, end))
}

/// The unit at the beginning of a run of letters: all of it, or its first signs where a script has no blanks.
fn unit_word(text: &str, start: usize, end: usize, vocabulary: &Vocabulary) -> Option<(Unit, usize)> {
    let run = &text[start..end];
    if let Some(unit) = vocabulary.units.look_up(run) {
        return Some((unit, end));
    }
    if run.is_ascii() {
        return None;
    }
    let ends = run.char_indices().map(|(at, c)| at + c.len_utf8()).take(3).collect::<Vec<_>>();
    ends.into_iter().rev().find_map(|to| Some((vocabulary.units.look_up(&run[..to])?, start + to)))
}

/// `1:30` or `01:30:00`, where nothing else is said.
fn clock(text: &str) -> Option<u32> {
    let text = text.trim().trim_start_matches(['~', '≈']).trim();
    let mut parts = text.split(':');
    let (hours, minutes) = (parts.next()?, parts.next()?);
    let is_number = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    if !is_number(hours) || !is_number(minutes) || parts.any(|part| !is_number(part)) {
        return None;
    }
    Some(hours.parse::<u32>().ok()? * 60 + minutes.parse::<u32>().ok().filter(|m| *m < 60)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_people_write_them() {
        let vocabulary = Vocabulary::default();
        for (text, expected) in [
            ("30 minutes", Some(30)),
            ("1.5 hours", Some(90)),
            ("2h 14m", Some(134)),
            ("2h14m", Some(134)),
            ("6 hours and 14 minutes", Some(374)),
            ("~24h40m", Some(1480)),
            ("3h 45m (10:45 - 14:30 UTC)", Some(225)),
            ("54 hours 10 minutes", Some(3250)),
            ("5 hours, 26 minutes of impact", Some(326)),
            ("about an hour", Some(60)),
            ("47 minute outage", Some(47)),
            ("2 days", Some(2880)),
            ("90 seconds", Some(2)),
            ("1:30", Some(90)),
            ("?", None),
            ("N/A", None),
            ("", None),
            ("unknown", None),
            ("ongoing since 10:45", None),
            ("3 teams", None),
            ("Approximately 1,5 h", Some(90)),
            ("30-minute", Some(30)),
            ("約7時間17分", Some(437)),
            ("1 h 45", Some(105)),
            ("2 Std. 15 Min.", Some(135)),
            ("2h05", Some(125)),
            ("1 h 14:30", Some(60)),
            ("2025年10月3日 09:15", None),
            ("3日間", Some(4320)),
            ("約 15 分間停止", Some(15)),
            ("from b93625d until it was over: 57 hours", Some(3420)),
        ] {
            assert_eq!(minutes(text, &vocabulary), expected, "{text}");
        }
    }
}

//! The parts of a written date: runs, numbers, years, words, what stands between them.

use super::Found;
use chrono::NaiveDate;

pub(super) fn plausible(year: i32) -> bool {
    (1970..=2200).contains(&year)
}

pub(super) fn found(year: i32, month: i32, day: i32, start: usize, end: usize) -> Option<Found> {
    let (month, day) = (u32::try_from(month).ok()?, u32::try_from(day).ok()?);
    let day = NaiveDate::from_ymd_opt(year, month, day).filter(|_| plausible(year))?;
    Some(Found { day, start, end, whole: true, or: None })
}

/// The end of the run of digits, of letters, or of the one character at `at`.
pub(super) fn run_end(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return at + digits;
    }
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    // A letter beyond ASCII may go on with a word.
    if letters > 0 && rest.as_bytes().get(letters).is_none_or(u8::is_ascii) {
        return at + letters;
    }
    let length = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    at + length.max(rest.chars().next().map_or(0, char::len_utf8))
}

/// A number of at most `digits` digits at `at`, and where it ends.
pub(super) fn number(text: &str, at: usize, digits: usize) -> Option<(i32, usize)> {
    let rest = text.get(at..)?;
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    if length == 0 || length > digits { None } else { Some((rest[..length].parse().ok()?, at + length)) }
}

/// A year of four digits.
pub(super) fn year(text: &str, at: usize) -> Option<(i32, usize)> {
    let (year, end) = number(text, at, 4)?;
    (end - at == 4 && plausible(year)).then_some((year, end))
}

/// A year of two digits that nothing goes on behind: `08.03.26`.
pub(super) fn short_year(text: &str, at: usize) -> Option<(i32, usize)> {
    let (year, end) = number(text, at, 2)?;
    let goes_on = text[end..].starts_with(|c: char| c.is_alphanumeric() || c == '.' || c == '/')
        && !text[end..].starts_with(". ")
        && text[end..] != *".";
    (end - at == 2 && (5..70).contains(&year) && !goes_on).then_some((2000 + year, end))
}

pub(super) fn word(text: &str, at: usize) -> Option<(&str, usize)> {
    let end =
        at + text.get(at..)?.chars().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum::<usize>();
    (end > at).then(|| (&text[at..end], end))
}

/// Behind the blanks, commas, dots and hyphens that stand between the parts of a date.
pub(super) fn skip(text: &str, at: usize) -> usize {
    at + text[at..].bytes().take_while(|b| matches!(b, b' ' | b',' | b'.' | b'-' | b'_' | b'\t')).count()
}

pub(super) fn separator<'s>(text: &str, at: usize, candidates: &[&'s str]) -> Option<(&'s str, usize)> {
    let rest = text.get(at..)?;
    let direct = candidates.iter().find(|c| rest.starts_with(**c)).map(|c| (*c, at + c.len()));
    direct.or_else(|| rest.starts_with(' ').then_some((" ", at + 1)))
}

/// The last month of `Q2` or `H1` at `at`.
pub(super) fn part_of_year(text: &str, at: usize) -> Option<(i32, usize)> {
    let (months, digit, after) = match text.get(at..)?.as_bytes() {
        [b'Q' | b'q', digit @ b'1'..=b'4', after @ ..] => (3, digit, after),
        [b'H', digit @ b'1'..=b'2', after @ ..] => (6, digit, after),
        // Trimester and semester: only beside a year, or they may be anything.
        [b'T', digit @ b'1'..=b'4', b' ' | b'-' | b'/', b'2', b'0', ..] => (3, digit, &[][..]),
        [b'S', digit @ b'1'..=b'2', b' ' | b'-' | b'/', b'2', b'0', ..] => (6, digit, &[][..]),
        _ => return None,
    };
    (!after.first().is_some_and(u8::is_ascii_alphanumeric))
        .then(|| (i32::from(digit - b'0') * months, at + 2))
}

/// The number of a week at `at`: `W12`, `CW 12`, `KW12`.
pub(super) fn week(text: &str, at: usize) -> Option<(u32, usize)> {
    let rest = text.get(at..)?;
    let mark = ["CW", "KW", "W"].into_iter().find(|mark| rest.starts_with(mark))?;
    let blank = usize::from(mark.len() > 1 && rest[mark.len()..].starts_with(' '));
    let (number, end) = number(text, at + mark.len() + blank, 2)?;
    let goes_on = text[end..].starts_with(|c: char| c.is_alphanumeric());
    (!goes_on && (1..=53).contains(&number)).then(|| (number.unsigned_abs(), end))
}

//! How long something lasted, told by its beginning and its end.

use chrono::NaiveDate;

use super::clock;
use super::dates::Calendar;

/// Further behind, a value tells of something else.
const MOST_WORDS: usize = 24;

/// The minutes between two moments that stand in one value: `8 March 2026, 8:00 AM to 8:30 AM`, `It was down from
/// 14:05 to 14:35`.
pub(super) fn within(value: &str, calendar: Calendar<'_>) -> Option<u32> {
    let (start, behind) = first(value, calendar)?;
    let (end, _) = first(behind, calendar)?;
    lasted(start, &[end], calendar)
}

/// The text from the first moment on, and the text behind that moment.
fn first<'t>(text: &'t str, calendar: Calendar<'_>) -> Option<(&'t str, &'t str)> {
    let words = std::iter::once(0).chain(text.match_indices(' ').map(|(at, _)| at + 1)).take(MOST_WORDS);
    words.map(|at| &text[at..]).find_map(|rest| {
        // Words before a moment are not part of it, but for the name of a month.
        let opens = rest.starts_with(|c: char| c.is_ascii_digit() || c.is_uppercase() || c == '~');
        let (_, behind) = moment(rest, calendar).filter(|_| opens)?;
        Some((rest, behind))
    })
}

/// The minutes between the beginning and the end, which stand in one value or in two.
pub(super) fn lasted(start: &str, ends: &[&str], calendar: Calendar<'_>) -> Option<u32> {
    let (begun, mut rest) = moment(start, calendar)?;
    rest = rest.trim_start_matches(|c: char| !c.is_ascii_digit());
    let over = moment(rest, calendar).or_else(|| ends.iter().find_map(|end| moment(end, calendar)))?.0;
    // How far apart they are does not depend on a zone that both are in.
    let same = begun.zone == over.zone || begun.zone.is_none() || over.zone.is_none();
    let plain = |stamp: clock::Stamp| if same { clock::Stamp { zone: None, ..stamp } } else { stamp };
    let (begun, mut over) = (plain(begun), plain(over));
    if begun.day.is_none() && over.day.is_none() {
        // How far apart two times are does not depend on their day.
        over.day = NaiveDate::from_ymd_opt(2000, 1, 1);
        let from = begun.instant(over.day, None)?;
        let minutes = (over.instant(None, None)? - from).num_minutes();
        return u32::try_from(if minutes < 0 { minutes + 24 * 60 } else { minutes }).ok().filter(|m| *m > 0);
    }
    let from = begun.instant(None, None).or_else(|| begun.instant(over.day, None))?;
    let to = over.instant(begun.day, None)?;
    let minutes = (to - from).num_minutes();
    let minutes = if minutes < 0 && over.day.is_none() { minutes + 24 * 60 } else { minutes };
    // What lasted for nothing or for a year was misread.
    u32::try_from(minutes).ok().filter(|minutes| (1..525_600).contains(minutes))
}

/// A time that a text opens with, and what stands behind it.
fn moment<'t>(text: &'t str, calendar: Calendar<'_>) -> Option<(clock::Stamp, &'t str)> {
    let stamp = clock::single(text, calendar).filter(|stamp| stamp.time.is_some())?;
    Some((stamp, text.get(stamp.end..).unwrap_or("")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Vocabulary;

    #[test]
    fn two_moments_of_a_value_tell_how_long_it_was() {
        let vocabulary = Vocabulary::default();
        let calendar = Calendar::new(&vocabulary, None);
        for (value, expected) in [
            ("It was down from 2026-03-08 14:05 UTC to 2026-03-08 15:20 UTC.", Some(75)),
            ("March 8th, 2026, 8:00 AM to 8:30 AM PST", Some(30)),
            ("10:00 - 10:30", Some(30)),
            ("Start Time: March 8, 2026, 17:23 PST, End Time: March 8, 2026, 17:31 PST", Some(8)),
            ("since 14:05", None),
            ("until the next release", None),
            ("8 March to 9 March", None),
        ] {
            assert_eq!(within(value, calendar), expected, "{value}");
        }
    }
}

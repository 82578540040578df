//! The forms of a date, by what each begins with.

use chrono::{Datelike, NaiveDate, Weekday};

use super::parts::{found, number, part_of_year, plausible, separator, short_year, skip, week, word, year};
use super::{Calendar, Found};
use crate::document::vocabulary::DateOrder;

impl Calendar<'_> {
    pub(super) fn at_number(self, text: &str, at: usize, end: usize) -> Option<Found> {
        let number: i32 = text[at..end].parse().ok()?;
        match end - at {
            8 => found(number / 10_000, number / 100 % 100, number % 100, at, end),
            4 => self.year_first(text, number, at, end),
            1 | 2 => self
                .month_and_day(text, number, at, end)
                .or_else(|| self.day_and_word(text, number, at, end))
                .or_else(|| self.numbers(text, number, at, end)),
            _ => None,
        }
    }

    /// `2026-03-08`, `2026/3/8`, `2026年3月8日`, `2026 March 8`, `2026-Q2`, `2026-W12`.
    fn year_first(self, text: &str, year: i32, at: usize, end: usize) -> Option<Found> {
        let (separator, rest) = separator(text, end, &["-", "/", ".", "_", "年", "–"])?;
        if let Some((month, after)) = number(text, rest, 2) {
            let days = if separator == "年" { "月" } else { separator };
            let whole =
                text[after..].starts_with(days).then(|| number(text, after + days.len(), 2)).flatten();
            return match whole {
                Some((day, end)) => {
                    let end = if text[end..].starts_with('日') { end + "日".len() } else { end };
                    found(year, month, day, at, end)
                }
                None => self.month_end(year, month, at, after),
            };
        }
        if let Some((month, after)) = part_of_year(text, rest) {
            return self.month_end(year, month, at, after);
        }
        if let Some((week, after)) = week(text, rest) {
            return self.week_end(year, week, at, after);
        }
        let (word, after) = word(text, rest)?;
        let (day, end) = number(text, skip(text, after), 2)?;
        found(year, self.month(word)?, day, at, end)
    }

    /// `3月8日`, `3月末`: without a year.
    fn month_and_day(self, text: &str, month: i32, at: usize, end: usize) -> Option<Found> {
        let behind = text[end..].strip_prefix('月')?;
        let next = text.len() - behind.len();
        if let Some((day, after)) = number(text, next, 2) {
            let end = text[after..].strip_prefix('日').map_or(after, |rest| text.len() - rest.len());
            return self.yearless(month, day, at, end);
        }
        let since = self.since?;
        let end = behind.strip_prefix('末').map_or(next, |rest| text.len() - rest.len());
        self.next_month(since, month, at, end)
    }

    /// `8 March 2026`, `8th of March`, `20-Sept-2023`, `8 de marzo de 2026`, `8. März`.
    fn day_and_word(self, text: &str, day: i32, at: usize, end: usize) -> Option<Found> {
        let next = self.joined(text, skip(text, self.days_end(text, self.ordinal(text, end))));
        let (name, after) = word(text, next)?;
        let month = self.month(name)?;
        match year(text, self.joined(text, skip(text, after))).or_else(|| self.later_year(text, after)) {
            Some((year, end)) => found(year, month, day, at, end),
            None => self.yearless(month, day, at, after),
        }
    }

    /// Behind what makes a number the number of a day: `8th`.
    fn ordinal(self, text: &str, at: usize) -> usize {
        match word(text, at) {
            Some((suffix, after)) if self.vocabulary.ordinals.look_up(suffix).is_some() => after,
            _ if text[at..].starts_with(['º', 'ª']) => at + 'º'.len_utf8(),
            _ => at,
        }
    }

    /// The year behind the end of a span of days: `March 30 – April 2, 2026`, `30 March – 2 April 2026`.
    fn later_year(self, text: &str, at: usize) -> Option<(i32, usize)> {
        let rest = text[at..].trim_start_matches(' ');
        let start = text.len() - rest.trim_start_matches(['-', '–', '—']).trim_start_matches(' ').len();
        if !rest.starts_with(['-', '–', '—']) {
            return None;
        }
        let (first, second) = match number(text, start, 2) {
            Some((_, after)) => (None, Some(skip(text, self.ordinal(text, after)))),
            None => (Some(start), None),
        };
        let (name, after) = word(text, first.or(second)?)?;
        self.month(name)?;
        let after = match first {
            Some(_) => self.ordinal(text, number(text, skip(text, after), 2)?.1),
            None => after,
        };
        year(text, skip(text, after))
    }

    /// Behind a word between the parts of a date: `8th of March`, `marzo de 2026`.
    fn joined(self, text: &str, at: usize) -> usize {
        match word(text, at) {
            Some((joint, after)) if self.vocabulary.date_joints.look_up(joint).is_some() => skip(text, after),
            _ => at,
        }
    }

    /// `08/03/2026`, `8.3.2026`, `08.03.26`: which is the month is told by the numbers, the configuration, the
    /// document's other dates or the day that it is about.
    fn numbers(self, text: &str, first: i32, at: usize, end: usize) -> Option<Found> {
        let (separator, rest) = separator(text, end, &["-", "/", "."])?;
        let (second, after) = number(text, rest, 2)?;
        let rest = text[after..].strip_prefix(separator).map(|_| after + separator.len())?;
        // Two digits for the year are told from a version by the full width of the other two.
        let may_be_short = separator == "/"
            || (separator == "." && end - at == 2 && after - end == 3)
            // `5-26-21`: one reading only, and nothing else around it.
            || (separator == "-" && first <= 12 && second > 12 && is_apart(text, at, rest + 2));
        let (year, end) = year(text, rest).or_else(|| short_year(text, rest).filter(|_| may_be_short))?;
        let day_first = found(year, second, first, at, end);
        let month_first = found(year, first, second, at, end);
        let (Some(a), Some(b)) = (day_first, month_first) else { return day_first.or(month_first) };
        if a.day == b.day || separator == "." {
            return Some(a);
        }
        match self.order() {
            DateOrder::DayFirst => Some(a),
            DateOrder::MonthFirst => Some(b),
            DateOrder::Auto => match self.hint {
                Some(hint) if hint == a.day => Some(a),
                Some(hint) if hint == b.day => Some(b),
                _ if separator != "/" => Some(a),
                _ => Some(Found { or: Some(b.day), ..a }),
            },
        }
    }

    /// `3/15`, `15.3.` where a due date stands: told by the numbers, or by how the document writes dates.
    pub(super) fn yearless_numbers(self, text: &str) -> Option<Found> {
        let start = text.len() - text.trim_start().len();
        let (first, middle) = number(text, start, 2)?;
        let (separator, rest) = separator(text, middle, &["/", "."])?;
        let (second, end) = number(text, rest, 2)?;
        let behind = text[end..].trim();
        if separator == " " || !matches!(behind, "" | ".") {
            return None;
        }
        let day_first = self.yearless(second, first, start, end);
        let month_first = self.yearless(first, second, start, end).filter(|_| separator == "/");
        match (day_first, month_first, self.order()) {
            (Some(found), None, _) | (None, Some(found), _) => Some(found),
            (Some(found), Some(_), DateOrder::DayFirst) | (Some(_), Some(found), DateOrder::MonthFirst) => {
                Some(found)
            }
            _ => None,
        }
    }

    /// `March 8, 2026`, `Mar 8`, `March 2026`, `Q2 2026`, `H1`, `CW 12`.
    pub(super) fn at_word(self, text: &str, at: usize, end: usize) -> Option<Found> {
        let Some(month) = self.month(&text[at..end]) else {
            return self.part(text, at);
        };
        let next = skip(text, end);
        if let Some((year, end)) = year(text, self.joined(text, next)) {
            return self.month_end(year, month, at, end);
        }
        let Some((day, end)) = number(text, next, 2) else {
            return self.end_of_month(text, month, at, end);
        };
        if text[end..].starts_with([':', '%']) {
            return None;
        }
        let end = self.days_end(text, self.ordinal(text, end));
        match year(text, skip(text, end)).or_else(|| self.later_year(text, end)) {
            Some((year, end)) => found(year, month, day, at, end),
            None => self.yearless(month, day, at, end),
        }
    }

    /// `end of March`, `fim de março`: the last day of the next such month. A month alone may be any word (`may`).
    pub(super) fn end_of_month(self, text: &str, month: i32, at: usize, end: usize) -> Option<Found> {
        let since = self.since?;
        let mut before = text[..at].trim_end();
        let mut word = last_word(before);
        if self.vocabulary.date_joints.look_up(word).is_some() {
            before = before[..before.len() - word.len()].trim_end();
            word = last_word(before);
        }
        self.vocabulary.month_ends.look_up(word)?;
        self.next_month(since, month, before.len() - word.len(), end)
    }

    /// The last day of the first such month that is not over.
    pub(super) fn next_month(self, since: NaiveDate, month: i32, at: usize, end: usize) -> Option<Found> {
        let this = self.month_end(since.year(), month, at, end).filter(|found| found.day >= since);
        this.or_else(|| self.month_end(since.year() + 1, month, at, end))
    }

    /// A quarter, a half or a week of a year that is named or concluded.
    fn part(self, text: &str, at: usize) -> Option<Found> {
        let since = self.since?;
        let named = |after: usize| {
            let next = skip(text, after);
            year(text, if text[next..].starts_with('/') { next + 1 } else { next })
        };
        if let Some((month, after)) = part_of_year(text, at) {
            // A quarter that is over is the next year's.
            let Some((year, end)) = named(after) else { return self.next_month(since, month, at, after) };
            return self.month_end(year, month, at, end);
        }
        let (week, after) = week(text, at)?;
        let Some((year, end)) = named(after) else {
            let this = self.week_end(since.year(), week, at, after).filter(|found| found.day >= since);
            return this.or_else(|| self.week_end(since.year() + 1, week, at, after));
        };
        self.week_end(year, week, at, end)
    }

    pub(super) fn month(self, name: &str) -> Option<i32> {
        self.vocabulary.months.look_up(name).and_then(|month| i32::try_from(month).ok())
    }

    fn yearless(self, month: i32, day: i32, at: usize, end: usize) -> Option<Found> {
        let since = self.since?;
        let this = found(since.year(), month, day, at, end);
        let next = || found(since.year() + 1, month, day, at, end);
        let best = this.filter(|found| found.day >= since).or_else(next).or(this)?;
        Some(Found { whole: false, ..best })
    }

    fn month_end(self, year: i32, month: i32, at: usize, end: usize) -> Option<Found> {
        self.since?;
        let (next_year, next) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
        let first = NaiveDate::from_ymd_opt(next_year, u32::try_from(next).ok()?, 1)?;
        plausible(year).then_some(())?;
        Some(Found { day: first.pred_opt()?, start: at, end, whole: false, or: None })
    }

    fn week_end(self, year: i32, week: u32, at: usize, end: usize) -> Option<Found> {
        self.since?;
        plausible(year).then_some(())?;
        let day = NaiveDate::from_isoywd_opt(year, week, Weekday::Sun)?;
        Some(Found { day, start: at, end, whole: false, or: None })
    }

    /// Behind the end of a span of days of one month: `8–9`, `8th – 9th`.
    fn days_end(self, text: &str, at: usize) -> usize {
        let rest = text[at..].trim_start_matches(' ');
        let Some(dash) = rest.chars().next().filter(|c| matches!(c, '-' | '–' | '—' | '/')) else {
            return at;
        };
        let start = text.len() - rest[dash.len_utf8()..].trim_start_matches(' ').len();
        // `Day 1 - 8 March` counts days and then names one.
        let before = text[..at].trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
        let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        let counts = rest.len() < text.len() - at
            && before.len() < at
            && !word.is_empty()
            && !self.fills(word)
            && self.month(word).is_none()
            && self.vocabulary.weekdays.look_up(word).is_none()
            && self.vocabulary.ordinals.look_up(word).is_none();
        if counts {
            return at;
        }
        // `20-09-2023` is no span.
        match number(text, start, 2) {
            Some((day, end)) if (1..=31).contains(&day) && !text[end..].starts_with(['-', '/', ':', '.']) => {
                self.ordinal(text, end)
            }
            _ => at,
        }
    }
}

/// Whether blanks, brackets or nothing stand around a part of a text.
fn is_apart(text: &str, from: usize, to: usize) -> bool {
    let parts = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | ',' | ':' | ';');
    let before = text[..from].chars().next_back();
    let behind = text.get(to..).and_then(|rest| rest.chars().next());
    before.is_none_or(parts) && behind.is_none_or(parts)
}

fn last_word(text: &str) -> &str {
    text.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("")
}

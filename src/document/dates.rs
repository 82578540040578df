//! Days in running text, in the orders that people write them.

use chrono::{Datelike, NaiveDate};

use super::vocabulary::{DateOrder, Vocabulary};

/// A day found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) day: NaiveDate,
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Year, month and day were all written; else the day was concluded.
    pub(crate) whole: bool,
}

/// Reads dates by a language's months and a document's habits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Calendar<'v> {
    vocabulary: &'v Vocabulary,
    /// A day that the document is known to be about: decides between `03/04` and `04/03`.
    hint: Option<NaiveDate>,
    /// A day without a year is the first on or after this one; `None`: it is no date.
    since: Option<NaiveDate>,
}

impl<'v> Calendar<'v> {
    pub(crate) fn new(vocabulary: &'v Vocabulary, hint: Option<NaiveDate>) -> Self {
        Self { vocabulary, hint, since: None }
    }

    /// A day that the document is about.
    pub(crate) fn near(self) -> Option<NaiveDate> {
        self.hint.or(self.since)
    }

    /// Accepts days without a year, months and quarters too, as due dates have them.
    pub(crate) fn lenient(self, since: Option<NaiveDate>) -> Self {
        Self { since, ..self }
    }

    /// The first date in a text.
    pub(crate) fn find(self, text: &str) -> Option<Found> {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let end = run_end(text, at);
            let found = match bytes[at] {
                b if b.is_ascii_digit() => self.at_number(text, at, end),
                b if b.is_ascii_alphabetic() || b >= 0x80 => self.at_word(text, at, end),
                _ => None,
            };
            if found.is_some() {
                return found;
            }
            at = end;
        }
        None
    }

    /// A date that the whole text is, but for blanks and a full stop.
    pub(crate) fn whole(self, text: &str) -> Option<Found> {
        let found = self.find(text)?;
        let around = [&text[..found.start], &text[found.end..]];
        around.iter().all(|part| part.chars().all(|c| !c.is_alphanumeric())).then_some(found)
    }

    fn at_number(self, text: &str, at: usize, end: usize) -> Option<Found> {
        let number: i32 = text[at..end].parse().ok()?;
        match end - at {
            8 => found(number / 10_000, number / 100 % 100, number % 100, at, end),
            4 => self.year_first(text, number, at, end),
            1 | 2 => self.day_and_word(text, number, at, end).or_else(|| self.numbers(text, number, at, end)),
            _ => None,
        }
    }

    /// `2026-03-08`, `2026/3/8`, `2026年3月8日`, `2026 March 8`, `2026-Q2`.
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
        let (word, after) = word(text, rest)?;
        if let Some(month) = self.month(word) {
            let (day, end) = number(text, skip(text, after), 2)?;
            return found(year, month, day, at, end);
        }
        let quarter = quarter(text, rest)?;
        self.quarter_end(year, quarter.0, at, quarter.1)
    }

    /// `8 March 2026`, `8th of March`, `20-Sept-2023`.
    fn day_and_word(self, text: &str, day: i32, at: usize, end: usize) -> Option<Found> {
        let mut next = end;
        if let Some((suffix, after)) = word(text, end)
            && self.vocabulary.ordinals.look_up(suffix).is_some()
        {
            next = after;
        }
        let mut next = skip(text, next);
        if let Some(("of" | "de", after)) = word(text, next) {
            next = skip(text, after);
        }
        let (name, after) = word(text, next)?;
        let month = self.month(name)?;
        match year(text, skip(text, after)) {
            Some((year, end)) => found(year, month, day, at, end),
            None => self.yearless(month, day, at, after),
        }
    }

    /// `08/03/2026`, `8.3.2026`: which is the month is told by the numbers, the configuration or the hint.
    fn numbers(self, text: &str, first: i32, at: usize, end: usize) -> Option<Found> {
        let (separator, rest) = separator(text, end, &["-", "/", "."])?;
        let (second, after) = number(text, rest, 2)?;
        let rest = text[after..].strip_prefix(separator).map(|_| after + separator.len())?;
        let (year, end) = year(text, rest)?;
        let day_first = found(year, second, first, at, end);
        let month_first = found(year, first, second, at, end);
        match (day_first, month_first, self.vocabulary.wording().date_order) {
            (Some(only), None, _) | (None, Some(only), _) => Some(only),
            (None, None, _) => None,
            (Some(same), Some(other), _) if same.day == other.day => Some(same),
            (day_first, _, DateOrder::DayFirst) => day_first,
            (_, month_first, DateOrder::MonthFirst) => month_first,
            (Some(a), Some(b), DateOrder::Auto) => match self.hint {
                Some(hint) if hint == a.day => Some(a),
                Some(hint) if hint == b.day => Some(b),
                _ if separator != "/" => Some(a),
                _ => None,
            },
        }
    }

    /// `March 8, 2026`, `Mar 8`, `March 2026`, `Q2 2026`.
    fn at_word(self, text: &str, at: usize, end: usize) -> Option<Found> {
        let Some(month) = self.month(&text[at..end]) else {
            let (quarter, after) = quarter(text, at)?;
            return match year(text, skip(text, after)) {
                Some((year, end)) => self.quarter_end(year, quarter, at, end),
                None => self.quarter_end(self.since?.year(), quarter, at, after),
            };
        };
        let next = skip(text, end);
        if let Some((year, end)) = year(text, next) {
            return self.month_end(year, month, at, end);
        }
        let (day, mut end) = number(text, next, 2)?;
        if text[end..].starts_with([':', '%']) {
            return None;
        }
        if let Some((suffix, after)) = word(text, end)
            && self.vocabulary.ordinals.look_up(suffix).is_some()
        {
            end = after;
        }
        match year(text, skip(text, end)) {
            Some((year, end)) => found(year, month, day, at, end),
            None => self.yearless(month, day, at, end),
        }
    }

    fn month(self, name: &str) -> Option<i32> {
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
        Some(Found { day: first.pred_opt()?, start: at, end, whole: false })
    }

    fn quarter_end(self, year: i32, quarter: i32, at: usize, end: usize) -> Option<Found> {
        self.month_end(year, quarter * 3, at, end)
    }
}

fn plausible(year: i32) -> bool {
    (1970..=2200).contains(&year)
}

fn found(year: i32, month: i32, day: i32, start: usize, end: usize) -> Option<Found> {
    let (month, day) = (u32::try_from(month).ok()?, u32::try_from(day).ok()?);
    let day = NaiveDate::from_ymd_opt(year, month, day).filter(|_| plausible(year))?;
    Some(Found { day, start, end, whole: true })
}

/// The end of the run of digits, of letters, or of the one character at `at`.
fn run_end(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let first = rest.chars().next().map_or('\0', |c| c);
    let same = |c: char| {
        if first.is_ascii_digit() { c.is_ascii_digit() } else { c.is_alphabetic() }
    };
    match rest.find(|c| !same(c)) {
        Some(0) => at + first.len_utf8(),
        Some(length) => at + length,
        None => text.len(),
    }
}

/// A number of at most `digits` digits at `at`, and where it ends.
fn number(text: &str, at: usize, digits: usize) -> Option<(i32, usize)> {
    let rest = text.get(at..)?;
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    if length == 0 || length > digits { None } else { Some((rest[..length].parse().ok()?, at + length)) }
}

fn year(text: &str, at: usize) -> Option<(i32, usize)> {
    let (year, end) = number(text, at, 4)?;
    (end - at == 4 && plausible(year)).then_some((year, end))
}

fn word(text: &str, at: usize) -> Option<(&str, usize)> {
    let end =
        at + text.get(at..)?.chars().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum::<usize>();
    (end > at).then(|| (&text[at..end], end))
}

/// Behind the blanks, commas, dots and hyphens that stand between the parts of a date.
fn skip(text: &str, at: usize) -> usize {
    at + text[at..].bytes().take_while(|b| matches!(b, b' ' | b',' | b'.' | b'-' | b'_' | b'\t')).count()
}

fn separator<'s>(text: &str, at: usize, candidates: &[&'s str]) -> Option<(&'s str, usize)> {
    let rest = text.get(at..)?;
    let direct = candidates.iter().find(|c| rest.starts_with(**c)).map(|c| (*c, at + c.len()));
    direct.or_else(|| rest.starts_with(' ').then_some((" ", at + 1)))
}

/// `Q2` at `at`.
fn quarter(text: &str, at: usize) -> Option<(i32, usize)> {
    let rest = text.get(at..)?.as_bytes();
    match rest {
        [b'Q' | b'q', digit @ b'1'..=b'4', after @ ..]
            if !after.first().is_some_and(u8::is_ascii_alphanumeric) =>
        {
            Some((i32::from(digit - b'0'), at + 2))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        let vocabulary = Vocabulary::default();
        Calendar::new(&vocabulary, None).find(text).map(|found| found.day.to_string())
    }

    fn read_due(text: &str) -> Option<String> {
        let vocabulary = Vocabulary::default();
        let incident = NaiveDate::from_ymd_opt(2026, 3, 8);
        Calendar::new(&vocabulary, None).lenient(incident).find(text).map(|found| found.day.to_string())
    }

    #[test]
    fn dates_are_read_in_common_orders() {
        let day = "2026-03-08";
        for text in [
            "2026-03-08",
            "2026/3/8",
            "2026.03.08",
            "20260308",
            "2026年3月8日",
            "8 March 2026",
            "8th of March, 2026",
            "March 8, 2026",
            "March 8th 2026",
            "Mar 8 2026",
            "Sunday 8th March 2026, 14:32 UTC",
            "08-Mar-2026",
            "08.03.2026",
            "2026 March 8",
            "from 2026-03-08 14:05 on",
        ] {
            assert_eq!(read(text).as_deref(), Some(day), "{text}");
        }
        assert_eq!(read("25/03/2026").as_deref(), Some("2026-03-25"));
        assert_eq!(read("03/25/2026").as_deref(), Some("2026-03-25"));
        assert_eq!(read("04/04/2026").as_deref(), Some("2026-04-04"));
    }

    #[test]
    fn what_cannot_be_told_is_not_guessed() {
        for text in
            ["03/04/2026", "2026-02-30", "soon", "Mar 8", "v1.2.3", "10:21", "9999-01-01", "Q2 2026", ""]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn the_hint_decides_between_two_readings() {
        let vocabulary = Vocabulary::default();
        let hint = NaiveDate::from_ymd_opt(2026, 4, 3);
        let found = Calendar::new(&vocabulary, hint).find("03/04/2026");
        assert_eq!(found.map(|f| f.day), hint);
    }

    #[test]
    fn due_dates_may_lack_a_year_or_a_day() {
        for (text, day) in [
            ("Mar 8", "2026-03-08"),
            ("Mar 7", "2027-03-07"),
            ("8 April", "2026-04-08"),
            ("Q2 2026", "2026-06-30"),
            ("end of Q4", "2026-12-31"),
            ("March 2027", "2027-03-31"),
            ("2026-Q3", "2026-09-30"),
            ("2026-05", "2026-05-31"),
        ] {
            assert_eq!(read_due(text).as_deref(), Some(day), "{text}");
        }
    }
}

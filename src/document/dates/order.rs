//! Whether a document writes the day or the month first, as its own dates tell.

use std::cell::OnceCell;
use std::collections::HashSet;

use chrono::NaiveDate;

use crate::document::language::{Language, detect};
use crate::document::vocabulary::DateOrder;

/// The habit of a document; looked for only once a date needs it.
#[derive(Debug)]
pub(crate) struct Habit<'d> {
    text: &'d str,
    /// The day in the file's name.
    named: Option<NaiveDate>,
    order: OnceCell<DateOrder>,
}

impl<'d> Habit<'d> {
    pub(crate) fn new(text: &'d str, named: Option<NaiveDate>) -> Self {
        Self { text, named, order: OnceCell::new() }
    }

    /// What tells the order: a date that can be read one way only, or one that is the same day as another date of
    /// the document or of its name; else the language, where all who write it agree. Where both orders are told,
    /// neither is.
    pub(crate) fn order(&self) -> DateOrder {
        *self.order.get_or_init(|| match self.told() {
            (true, false) => DateOrder::DayFirst,
            (false, true) => DateOrder::MonthFirst,
            (true, true) => DateOrder::Auto,
            (false, false) => detect(self.text).map_or(DateOrder::Auto, Language::date_order),
        })
    }

    /// Whether anything tells of the day first, and of the month first.
    fn told(&self) -> (bool, bool) {
        let bytes = self.text.as_bytes();
        let mut told = (false, false);
        let mut open: Vec<(NaiveDate, NaiveDate)> = Vec::new();
        let mut sure: HashSet<NaiveDate> = self.named.into_iter().collect();
        let mut at = 0;
        while at < bytes.len() {
            if !bytes[at].is_ascii_digit() {
                at += 1;
                continue;
            }
            let (numbers, end) = numbers(bytes, at);
            let [a, b, c] = numbers;
            match (day(c, b, a), day(c, a, b), day(a, b, c)) {
                (_, _, Some(iso)) => {
                    sure.insert(iso);
                }
                (Some(_), None, _) => told.0 = true,
                (None, Some(_), _) => told.1 = true,
                (Some(first), Some(second), _) if first != second => open.push((first, second)),
                _ => {}
            }
            at = end;
        }
        for (day_first, month_first) in open {
            told.0 |= sure.contains(&day_first);
            told.1 |= sure.contains(&month_first);
        }
        told
    }
}

fn day(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    let year = i32::try_from(year).ok().filter(|year| super::parts::plausible(*year))?;
    NaiveDate::from_ymd_opt(year, month, day)
}

/// Up to three numbers with slashes or hyphens between, and where they end; a fourth spoils them.
fn numbers(bytes: &[u8], from: usize) -> ([u32; 3], usize) {
    let mut numbers = [0; 3];
    let mut at = from;
    let mut count = 0;
    loop {
        let length = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if count < 3 && length <= 4 {
            numbers[count] =
                bytes[at..at + length].iter().fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'));
        } else {
            numbers = [0; 3];
        }
        count += 1;
        at += length;
        let goes_on = matches!(bytes.get(at), Some(b'/' | b'-'));
        if !goes_on || !bytes.get(at + 1).is_some_and(u8::is_ascii_digit) {
            return (numbers, at);
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(text: &str, named: Option<&str>) -> DateOrder {
        let named = named.map(|day| day.parse().unwrap());
        Habit::new(text, named).order()
    }

    #[test]
    fn other_dates_tell_the_order() {
        assert_eq!(order("due 03/04/2026, shipped 25/03/2026", None), DateOrder::DayFirst);
        assert_eq!(order("due 03/04/2026, shipped 03/25/2026", None), DateOrder::MonthFirst);
        assert_eq!(order("on 03/04/2026", Some("2026-04-03")), DateOrder::DayFirst);
        assert_eq!(order("on 03/04/2026, that is 2026-03-04", None), DateOrder::MonthFirst);
    }

    #[test]
    fn what_tells_nothing_or_both_tells_nothing() {
        for text in ["", "03/04/2026", "25/03/2026 and 03/25/2026", "25/03/2026/1", "10.1.2.3/24", "1-2"] {
            assert_eq!(order(text, None), DateOrder::Auto, "{text}");
        }
    }
}

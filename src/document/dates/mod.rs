//! Days in running text, in the orders that people write them.

mod grammar;
mod order;
mod parts;
#[cfg(test)]
mod tests;

use chrono::{Days, NaiveDate};

use super::glance;
use super::vocabulary::{DateOrder, Vocabulary};
use crate::model::UnclearDate;
pub(crate) use order::Habit;

/// The days of half a year: a day without a year is not further from a day that is known.
const HALF_A_YEAR: u64 = 183;

/// A day found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) day: NaiveDate,
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Year, month and day were all written; else the day was concluded.
    pub(crate) whole: bool,
    /// The other day that the same numbers may be: then neither is known.
    pub(crate) or: Option<NaiveDate>,
}

/// Every day that a text tells, a day it may be about deciding between two readings of the same numbers.
#[must_use]
pub fn days_in(text: &str, vocabulary: &Vocabulary, about: Option<NaiveDate>) -> Vec<NaiveDate> {
    let calendar = Calendar::new(vocabulary, about);
    let mut days = Vec::new();
    let mut from = 0;
    while let Some(found) = calendar.scan(text, from) {
        days.extend([Some(found.day), found.or].into_iter().flatten());
        from = found.end;
    }
    days
}

/// Reads dates by a language's months and a document's habits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Calendar<'v> {
    vocabulary: &'v Vocabulary,
    /// A day that the document is known to be about: decides between `03/04` and `04/03`.
    hint: Option<NaiveDate>,
    /// A day without a year is the first on or after this one; `None`: it is no date.
    since: Option<NaiveDate>,
    /// What the other dates of the document tell about the order of numbers.
    habit: Option<&'v Habit<'v>>,
}

impl<'v> Calendar<'v> {
    pub(crate) fn new(vocabulary: &'v Vocabulary, hint: Option<NaiveDate>) -> Self {
        Self { vocabulary, hint, since: None, habit: None }
    }

    /// The same for a document that is known to be about another day.
    pub(crate) fn about(self, hint: Option<NaiveDate>) -> Self {
        Self { hint, ..self }
    }

    /// The same with the habits of a document.
    pub(crate) fn of_document(self, habit: &'v Habit<'v>) -> Self {
        Self { habit: Some(habit), ..self }
    }

    /// A day that the document is about.
    pub(crate) fn near(self) -> Option<NaiveDate> {
        self.hint.or(self.since)
    }

    /// Whether a word may stand between the parts of a moment: `at`, `from`, `um`.
    pub(crate) fn fills(self, word: &str) -> bool {
        self.vocabulary.date_fillers.look_up(word).is_some()
    }

    /// Whether a word says that the number before it is a time: `Uhr`.
    pub(crate) fn is_clock(self, word: &str) -> bool {
        self.vocabulary.clock_words.look_up(word).is_some()
    }

    /// Behind the name of a day of the week and the signs around it: `2026-03-09 (Mon) 18:30`.
    pub(crate) fn behind_weekday(self, text: &str, at: usize) -> usize {
        let rest = &text[at..];
        let length = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        if length == 0 || self.vocabulary.weekdays.look_up(&rest[..length]).is_none() {
            return at;
        }
        text.len() - rest[length..].trim_start_matches([')', '）', '.', ',', ' ', '\u{a0}']).len()
    }

    /// Accepts days without a year, months and quarters too, as due dates have them.
    pub(crate) fn lenient(self, since: Option<NaiveDate>) -> Self {
        Self { since, ..self }
    }

    /// The first date in a text that can be told; where a day is to stand, a month alone is its last day.
    pub(crate) fn find_due(self, text: &str) -> Option<Found> {
        let alone = || {
            let since = self.since?;
            self.next_month(since, self.month(text.trim())?, 0, text.len())
        };
        self.find(text)
            .or_else(|| self.ends_in_month(text))
            .or_else(alone)
            .or_else(|| self.yearless_numbers(text))
    }

    /// `… by the end of March`: the last word is a month, of which the last day is meant.
    pub(crate) fn ends_in_month(self, text: &str) -> Option<Found> {
        self.since?;
        let end = text.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
        let word = text[..end].rsplit(|c: char| !c.is_alphabetic()).next()?;
        let month = self.month(word)?;
        self.end_of_month(text, month, end - word.len(), end)
    }

    /// The first date in a text that can be told.
    pub(crate) fn find(self, text: &str) -> Option<Found> {
        let mut from = 0;
        loop {
            let found = self.scan(text, from)?;
            if found.or.is_none() {
                return Some(found);
            }
            from = found.end;
        }
    }

    /// A day without a year that a text names (`July 21st`): the one nearest to a day that is known.
    pub(crate) fn nearest(self, text: &str, to: NaiveDate) -> Option<NaiveDate> {
        let since = to.checked_sub_days(Days::new(HALF_A_YEAR))?;
        let found = self.lenient(Some(since)).scan(text, 0).filter(|found| !found.whole)?;
        let written = &text[found.start..found.end];
        // A month or a quarter alone is no day.
        let digits = written.bytes().filter(u8::is_ascii_digit).count();
        let is_month = |word: &str| !word.is_empty() && self.month(word).is_some();
        let has_month = written.split(|c: char| !c.is_alphabetic()).any(is_month);
        ((1..=2).contains(&digits) && has_month).then_some(found.day)
    }

    /// The first date in a text, also one of which only one of two readings can be right.
    pub(crate) fn scan(self, text: &str, from: usize) -> Option<Found> {
        let bytes = text.as_bytes();
        // No day is written without a number.
        let mut at = if glance::may_have_digits(text) { from } else { bytes.len() };
        while at < bytes.len() {
            let end = parts::run_end(text, at);
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
        let found = self.find(text).or_else(|| self.ends_in_month(text))?;
        let around = [&text[..found.start], &text[found.end..]];
        around.iter().all(|part| part.chars().all(|c| !c.is_alphanumeric())).then_some(found)
    }

    /// What stands where a date belongs and could not be told; `None` for a date, and for no words at all.
    pub(crate) fn unclear(self, text: &str) -> Option<UnclearDate> {
        let written = text.trim().trim_end_matches(['.', ',', ';', ':']);
        if self.vocabulary.is_placeholder(written) || self.find(text).is_some() {
            return None;
        }
        // More than some words are a sentence, of which the beginning tells what it is.
        let end = written.char_indices().nth(40).map_or(written.len(), |(at, _)| at);
        match self.scan(text, 0) {
            Some(Found { day, or: Some(other), start, end, .. }) => {
                Some(UnclearDate { written: text[start..end].to_owned(), either: Some((day, other)) })
            }
            _ => Some(UnclearDate { written: written[..end].trim_end().to_owned(), either: None }),
        }
    }

    /// In which order numbers stand between slashes, as far as configuration or document tell.
    fn order(self) -> DateOrder {
        match self.vocabulary.wording().date_order {
            DateOrder::Auto => self.habit.map_or(DateOrder::Auto, Habit::order),
            told => told,
        }
    }
}

//! Marks as short as a bracket or the words behind a dash: a handle, a date, a status, `owner: ana`.

use super::{Inline, owners};
use crate::document::language::Mark;

impl Inline<'_> {
    pub(super) fn is_mark(&self, part: &str) -> bool {
        let part = part.trim_matches(['*', '_', ' ']);
        is_handle(part)
            || self.vocabulary.status.look_up(part).is_some()
            || self.vocabulary.priority(part).is_some()
            || self.mark_and_value(part).is_some()
            || self.calendar.whole(part).is_some_and(|found| found.whole)
            || self.split_handle(part).is_some()
            || self.is_nobody(part)
    }

    /// `Unassigned`, `TBD` where an owner or a date might stand.
    fn is_nobody(&self, part: &str) -> bool {
        part.chars().any(char::is_alphanumeric) && self.vocabulary.placeholders.look_up(part).is_some()
    }

    pub(super) fn take_mark(&mut self, part: &str) {
        let part = part.trim_matches(['*', '_', ' ']);
        if let Some((handle, rest)) = self.split_handle(part) {
            self.owner(handle);
            self.take_mark(rest);
        } else if is_handle(part) {
            self.owner(part);
        } else if let Some((mark, value)) = self.mark_and_value(part) {
            self.mark(mark, value);
        } else if let Some(found) = self.calendar.whole(part) {
            if self.item.due.is_none() {
                self.due(found.day, found.whole);
            }
        } else if !self.priority_word(part) {
            self.status_word(part);
        }
    }

    /// `@bob due 2026-01-05`.
    pub(super) fn split_handle<'p>(&self, part: &'p str) -> Option<(&'p str, &'p str)> {
        let (handle, rest) = part.split_once([' ', ':'])?;
        let rest = rest.trim_start_matches([' ', ':', '-', '–', '—']);
        (is_handle(handle) && self.is_mark(rest)).then_some((handle, rest))
    }

    /// `owner: ana`, `due 2026-03-08`.
    pub(super) fn mark_and_value<'p>(&self, part: &'p str) -> Option<(Mark, &'p str)> {
        let (word, value) = part.split_once([':', '：', ' '])?;
        let (mark, value) = match self.vocabulary.marks.look_up(word) {
            Some(mark) => (mark, value),
            // `due by 8 March`, `fällig am 8.3.2026`: two words announce it.
            None => {
                let (second, rest) = value.split_once([':', '：', ' '])?;
                // What parts the words may be longer than a byte.
                let words = &part[..part.len() - value.len() + second.len()];
                let value = rest;
                (self.vocabulary.marks.look_up(words)?, value)
            }
        };
        let value = value.trim_start_matches([':', '：', ' ']);
        let has_colon = part.contains([':', '：']);
        let reads = match mark {
            Mark::Due => {
                self.calendar.find_due(value).is_some()
                    || self.calendar.scan(value, 0).is_some()
                    || (has_colon && value.len() < 32)
            }
            Mark::Owner => has_colon || value.starts_with('@'),
            Mark::Status | Mark::Priority | Mark::Effort => has_colon,
            Mark::Reference => false,
        };
        reads.then_some((mark, value))
    }
}

/// The marks in a bracket or behind a dash; a slash parts them where blanks stand around it.
pub(super) fn parts_of(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ';', '|', '、', '，', '；', '／'])
        .flat_map(|part| part.split(" / "))
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// `PAY-12`, `#45`: the key of a ticket.
pub(super) fn is_reference(part: &str) -> bool {
    let is_key = |key: &str| {
        (2..=12).contains(&key.len())
            && key.starts_with(|c: char| c.is_ascii_uppercase())
            && key.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    };
    let digits = match part.strip_prefix('#') {
        Some(digits) => digits,
        None => match part.rsplit_once('-') {
            Some((key, digits)) if is_key(key) => digits,
            _ => return false,
        },
    };
    (1..=7).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

pub(super) fn is_handle(part: &str) -> bool {
    part.len() > 1 && owners::is_handle(part)
}

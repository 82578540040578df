//! Due dates inside the text of an item: behind a mark, or behind a word that announces one.

use super::Inline;
use crate::document::glance;
use crate::document::language::Mark;

impl Inline<'_> {
    /// `Due: 8 March`: the date at the beginning of the value, or words that say none. Says whether it was no more.
    pub(super) fn due_mark(&mut self, value: &str) -> bool {
        if self.item.due.is_some() {
            return true;
        }
        let end = value.char_indices().nth(32).map_or(value.len(), |(at, _)| at);
        if let Some(found) = self.calendar.find_due(&value[..end]) {
            self.due(found.day, found.whole);
            return !value[found.end..].chars().any(char::is_alphanumeric);
        }
        let clause = value
            .split([',', ';', ')', '\n', '|', '(', '）', '】', '（', '、', '，', '；', '。'])
            .next()
            .unwrap_or("")
            .trim();
        if self.vocabulary.is_placeholder(clause) {
            return true;
        }
        // `Due: done`
        if self.vocabulary.status.look_up(clause).is_none() {
            self.item.unclear_due = self.calendar.unclear(clause);
        }
        false
    }

    /// `due 2026-03-08`, `by 8 March`: a word of the vocabulary right before a date.
    pub(super) fn due_in_words(&mut self, text: &str) {
        if let Some(found) =
            self.calendar.ends_in_month(text).filter(|found| self.announces(&text[..found.start]))
        {
            return self.due(found.day, found.whole);
        }
        // Looking for dates is dear, and most numbers follow no such word.
        let Some(mut from) = self.due_word(text) else { return };
        while let Some(found) = self.calendar.scan(text, from) {
            if self.announces(&text[..found.start]) {
                if found.or.is_some() {
                    self.item.unclear_due = self.calendar.unclear(&text[found.start..found.end]);
                } else {
                    self.due(found.day, found.whole);
                }
                return;
            }
            from = found.end;
        }
    }

    /// Whether a text ends in a word that announces a date: `due`, `due by the end of`.
    fn announces(&self, before: &str) -> bool {
        let mut before = before.trim_end_matches([' ', ':', '*', '_', '(', '\n']);
        // The word itself, and what may stand behind it.
        for _ in 0..5 {
            let start = before
                .rfind(|c: char| !c.is_alphabetic())
                .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
            let word = &before[start..];
            if self.vocabulary.marks.look_up(word) == Some(Mark::Due) {
                return true;
            }
            let rest = before[..start].trim_end_matches([' ', '\n']);
            if word.is_empty() || self.vocabulary.date_fillers.look_up(word).is_none() || rest.len() == start
            {
                return false;
            }
            before = rest;
        }
        false
    }

    /// The place of the first word that announces a date, among the six before some number.
    fn due_word(&self, text: &str) -> Option<usize> {
        if !glance::may_have_digits(text) {
            return None;
        }
        let mut words: [(usize, usize); 6] = [(0, 0); 6];
        let mut start = None;
        for (at, byte) in text.bytes().enumerate() {
            if byte.is_ascii_digit() {
                let announces = |(from, to): &&(usize, usize)| {
                    self.vocabulary.marks.look_up(&text[*from..*to]) == Some(Mark::Due)
                };
                if let Some((from, _)) = words.iter().find(announces) {
                    return Some(*from);
                }
            }
            match (byte.is_ascii_alphabetic() || byte >= 128, start) {
                (true, None) => start = Some(at),
                (false, Some(from)) => {
                    words.rotate_left(1);
                    words[5] = (from, at);
                    start = None;
                }
                _ => {}
            }
        }
        None
    }
}

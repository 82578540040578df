//! Marks at the end of an item's text, and a status said in passing.

use super::{Inline, status_mark};
use crate::document::language::Mark;
use crate::model::Status;

impl Inline<'_> {
    /// `… - done, and told everybody`: said behind a dash, whatever follows.
    pub(super) fn done_in_passing(&mut self, text: &str) {
        if self.item.status != Status::Open || self.item.state.as_deref().is_some_and(|state| state != " ") {
            return;
        }
        for (at, dash) in text.char_indices().filter(|(_, c)| matches!(c, '-' | '–' | '—')) {
            let behind = &text[at + dash.len_utf8()..];
            if !text[..at].ends_with(' ') || !behind.starts_with(' ') {
                continue;
            }
            let rest = behind.trim_start();
            let word = &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())];
            if self.vocabulary.plainly_done.look_up(word).is_some() {
                self.item.status = Status::Done;
                self.item.state = Some(word.to_owned());
                return;
            }
        }
    }

    /// A status in capitals at the very end: `… WONTDO`.
    fn shouted(&mut self, text: &str) -> Option<usize> {
        let (start, word) = text.rsplit_once(' ').map(|(head, word)| (head.len(), word))?;
        let is_shouted = word.len() >= 4 && word.bytes().all(|b| b.is_ascii_uppercase());
        (is_shouted && self.status_word(word)).then_some(start)
    }

    /// Takes marks off the end of the text while there are any: `(DONE)`, `[P1]`, `- done`, `— @ana`, `✅`.
    pub(super) fn trailing(&mut self, text: &mut String) {
        loop {
            let kept = text.trim_end().trim_end_matches(['.', ',']).trim_end();
            let cut = self
                .bracketed(kept)
                .or_else(|| self.dashed(kept))
                .or_else(|| self.ticked(kept))
                .or_else(|| self.shouted(kept));
            match cut {
                // A word or two alone say too little: their mark stays with them.
                Some(end) if text[..end].chars().filter(|c| c.is_alphanumeric()).take(15).count() < 15 => {
                    return;
                }
                Some(end) => text.truncate(text[..end].trim_end().len()),
                None => return,
            }
        }
    }

    /// The last bracket of a text, where all that is in it are marks.
    fn bracketed(&mut self, text: &str) -> Option<usize> {
        let open = match text.chars().next_back()? {
            ')' => '(',
            ']' => '[',
            '）' => '（',
            _ => return None,
        };
        let start = text.rfind(open)?;
        let inside = &text[start + open.len_utf8()..text.len() - text.chars().next_back()?.len_utf8()];
        let parts: Vec<&str> = inside.split([',', ';', '|', '、']).map(str::trim).collect();
        // Nothing is taken unless every part is understood.
        (inside.len() < 80 && parts.iter().all(|part| self.is_mark(part))).then(|| {
            parts.iter().for_each(|part| self.take_mark(part));
            start
        })
    }

    fn dashed(&mut self, text: &str) -> Option<usize> {
        // A mark is short: what stands further from the end is text.
        let mut near = text.char_indices().rev().take(42);
        let (start, dash) = near.find(|(_, c)| matches!(c, '-' | '–' | '—' | ':'))?;
        let behind = &text[start + dash.len_utf8()..];
        let tail = behind.trim();
        let spaced = text[..start].ends_with(' ') && behind.starts_with(' ');
        if !(spaced || dash == '—') || tail.len() > 40 || tail.is_empty() || !self.is_mark(tail) {
            return None;
        }
        self.take_mark(tail);
        Some(start)
    }

    fn ticked(&mut self, text: &str) -> Option<usize> {
        let last = text.trim_end_matches('\u{fe0f}').char_indices().next_back()?;
        let status = status_mark(&text[last.0..])?;
        if self.item.status == Status::Open {
            self.item.status = status;
        }
        Some(last.0)
    }

    fn is_mark(&self, part: &str) -> bool {
        let part = part.trim_matches(['*', '_', ' ']);
        let is_handle = part.starts_with('@') && part.len() > 1 && !part.contains(' ');
        is_handle
            || self.vocabulary.status.look_up(part).is_some()
            || self.vocabulary.priority(part).is_some()
            || self.mark_and_value(part).is_some()
            || self.calendar.whole(part).is_some_and(|found| found.whole)
    }

    fn take_mark(&mut self, part: &str) {
        let part = part.trim_matches(['*', '_', ' ']);
        if part.starts_with('@') {
            self.item.owner.get_or_insert_with(|| part.to_owned());
        } else if let Some((mark, value)) = self.mark_and_value(part) {
            self.mark(mark, value);
        } else if let Some(found) = self.calendar.whole(part) {
            self.due(found.day, found.whole);
        } else if !self.priority_word(part) {
            self.status_word(part);
        }
    }

    /// `owner: ana`, `due 2026-03-08`.
    fn mark_and_value<'p>(&self, part: &'p str) -> Option<(Mark, &'p str)> {
        let (word, value) = part.split_once([':', ' '])?;
        let mark = self.vocabulary.marks.look_up(word)?;
        let value = value.trim_start_matches([':', ' ']);
        let reads = match mark {
            Mark::Due => self.calendar.find(value).is_some(),
            Mark::Owner => part.contains(':') || value.starts_with('@'),
            Mark::Status | Mark::Priority | Mark::Effort => part.contains(':'),
            Mark::Reference => false,
        };
        reads.then_some((mark, value))
    }
}

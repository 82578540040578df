//! Marks at the end of an item's text, and a status said in passing.

use super::{Inline, owners, status_mark};
use crate::document::glance;
use crate::document::language::Mark;
use crate::model::Status;

/// What parts a closing mark from the text before it, where blanks stand around it.
const PARTS: [char; 8] = ['-', '–', '—', ':', '→', '|', '·', '•'];

/// Shorter texts keep their marks: a word or two alone say too little.
const LETTERS: usize = 15;

/// Ends a text at `end` where enough of it is left, and takes the signs off that stood before the marks.
pub(in crate::document::actions) fn cut(text: &mut String, end: usize) -> bool {
    let Some(kept) = text.get(..end) else { return false };
    if kept.chars().filter(|c| c.is_alphanumeric()).take(LETTERS).count() < LETTERS {
        return false;
    }
    let kept =
        kept.trim_end_matches([' ', '\n', '/', '|', ',', ';', '-', '–', '—', '→', '(', '[', '·', '•', '*']);
    text.truncate(kept.len());
    true
}

impl Inline<'_> {
    /// `… - done, and told everybody`: said behind a dash, whatever follows.
    pub(super) fn done_in_passing(&mut self, text: &str) {
        if self.item.status != Status::Open || self.item.state.as_deref().is_some_and(|state| state != " ") {
            return;
        }
        if !glance::may_have(text, [b'-']) {
            return;
        }
        for (at, dash) in text.char_indices().filter(|(_, c)| matches!(c, '-' | '–' | '—')) {
            let behind = &text[at + dash.len_utf8()..];
            if !text[..at].ends_with([' ', '\n']) || !behind.starts_with(' ') {
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
            let end = self
                .bracketed(kept)
                .or_else(|| self.parted(kept))
                .or_else(|| self.pictured(kept))
                .or_else(|| self.ticked(kept))
                .or_else(|| self.shouted(kept))
                .or_else(|| self.handles(kept));
            let Some(end) = end else { return };
            let end = text[..end].trim_end().len();
            if text[..end].chars().filter(|c| c.is_alphanumeric()).take(LETTERS).count() < LETTERS {
                return;
            }
            text.truncate(end);
        }
    }

    /// The last bracket of a text, where all that is in it are marks.
    fn bracketed(&mut self, text: &str) -> Option<usize> {
        let close = text.chars().next_back()?;
        let open = match close {
            ')' => '(',
            ']' => '[',
            '）' => '（',
            '】' => '【',
            _ => return None,
        };
        let start = text.rfind(open)?;
        let inside = &text[start + open.len_utf8()..text.len() - close.len_utf8()];
        if inside.len() >= 80 {
            return None;
        }
        self.all_marks(inside).then_some(start)
    }

    /// Takes the marks of a text; nothing is taken unless every part is understood.
    fn all_marks(&mut self, text: &str) -> bool {
        if self.is_mark(text) {
            self.take_mark(text);
            return true;
        }
        let parts: Vec<&str> = parts_of(text).collect();
        let all = parts.len() > 1 && parts.iter().all(|part| self.is_mark(part));
        if all {
            parts.iter().for_each(|part| self.take_mark(part));
        }
        all
    }

    /// A mark behind a dash or the like: the shortest that is one.
    fn parted(&mut self, text: &str) -> Option<usize> {
        let tail = text.get(text.len().saturating_sub(48)..).unwrap_or(text);
        if !glance::may_have(tail, [b'-', b':', b'|']) {
            return None;
        }
        // A mark is short: what stands further from the end is text.
        let mut near = text.char_indices().rev().take(48).filter(|(at, c)| {
            let behind = &text[at + c.len_utf8()..];
            PARTS.contains(c)
                && ((text[..*at].ends_with([' ', '\n']) && behind.starts_with(' ')) || *c == '—')
        });
        let (start, dash) = near.next()?;
        let tail = text[start + dash.len_utf8()..].trim();
        (!tail.is_empty() && self.all_marks(tail)).then_some(start)
    }

    fn ticked(&mut self, text: &str) -> Option<usize> {
        let last = text.trim_end_matches('\u{fe0f}').char_indices().next_back()?;
        let status = status_mark(&text[last.0..])?;
        if self.item.status == Status::Open {
            self.item.status = status;
        }
        Some(last.0)
    }

    /// `📅 2026-03-20`, as lists of tasks write it; the day behind a tick is that of its end.
    fn pictured(&mut self, text: &str) -> Option<usize> {
        if text.is_ascii() {
            return None;
        }
        let start =
            text.char_indices().rev().take(16).find(|(_, c)| matches!(c, '📅' | '🗓' | '⏰' | '⏳' | '✅'));
        let (start, picture) = start?;
        let found = self.calendar.whole(&text[start + picture.len_utf8()..])?;
        if picture == '✅' {
            self.item.status = Status::Done;
        } else if self.item.due.is_none() {
            self.due(found.day, found.whole);
        }
        Some(start)
    }

    /// Handles that close the text, unless a word before them makes them part of the sentence: `ask @ana`.
    fn handles(&mut self, text: &str) -> Option<usize> {
        if !glance::may_have(text, [b'@']) {
            return None;
        }
        let start = text.rfind(" @").map(|at| at + 1)?;
        let handle = &text[start..];
        if self.split_handle(handle).is_some() {
            self.take_mark(handle);
            return Some(start);
        }
        let mut names = handle.split([' ', ',', '&']);
        if self.item.owner.is_some() || !names.all(|name| name.is_empty() || is_handle(name)) {
            return None;
        }
        let before = text[..start].trim_end();
        let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        let is_said =
            before.ends_with(char::is_alphanumeric) && self.vocabulary.bonds.look_up(word).is_some();
        if is_said || before.ends_with([',', '&', '/', '@']) {
            return None;
        }
        self.owner(handle);
        Some(start)
    }

    pub(super) fn is_mark(&self, part: &str) -> bool {
        let part = part.trim_matches(['*', '_', ' ']);
        is_handle(part)
            || self.vocabulary.status.look_up(part).is_some()
            || self.vocabulary.priority(part).is_some()
            || self.mark_and_value(part).is_some()
            || self.calendar.whole(part).is_some_and(|found| found.whole)
            || self.split_handle(part).is_some()
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
    fn split_handle<'p>(&self, part: &'p str) -> Option<(&'p str, &'p str)> {
        let (handle, rest) = part.split_once([' ', ':'])?;
        let rest = rest.trim_start_matches([' ', ':', '-', '–', '—']);
        (is_handle(handle) && self.is_mark(rest)).then_some((handle, rest))
    }

    /// `owner: ana`, `due 2026-03-08`.
    fn mark_and_value<'p>(&self, part: &'p str) -> Option<(Mark, &'p str)> {
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
            Mark::Due => self.calendar.scan(value, 0).is_some() || (has_colon && value.len() < 32),
            Mark::Owner => has_colon || value.starts_with('@'),
            Mark::Status | Mark::Priority | Mark::Effort => has_colon,
            Mark::Reference => false,
        };
        reads.then_some((mark, value))
    }
}

/// The marks in a bracket or behind a dash; a slash parts them where blanks stand around it.
fn parts_of(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ';', '|', '、'])
        .flat_map(|part| part.split(" / "))
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

fn is_handle(part: &str) -> bool {
    part.len() > 1 && owners::is_handle(part)
}

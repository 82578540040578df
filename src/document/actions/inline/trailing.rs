//! Marks at the end of an item's text, and a status said in passing.

use super::short::{is_handle, is_reference, parts_of};
use super::{Inline, owners, status_mark};
use crate::document::actions::names::are_names;
use crate::document::glance;
use crate::document::language::Mark;
use crate::model::{Inferred, Status};

/// What parts a closing mark from the text before it, where blanks stand around it.
const PARTS: [char; 9] = ['-', '–', '—', ':', '→', '|', '·', '•', '/'];

/// Shorter texts keep their marks: a word or two alone say too little.
const LETTERS: usize = 15;

/// Ends a text at `end` where enough of it is left, and takes the signs off that stood before the marks.
pub(in crate::document::actions) fn cut(text: &mut String, end: usize) -> bool {
    let Some(kept) = text.get(..end) else { return false };
    if !says_enough(kept) {
        return false;
    }
    let kept = kept.trim_end_matches([
        ' ', '\n', '/', '|', ',', ';', '-', '–', '—', '→', '(', '[', '·', '•', '*', '（', '【', '、', '，',
        '；',
    ]);
    text.truncate(kept.len());
    true
}

/// Letters of the shortest text that keeps no handle and no whole date at its end.
const WORD: usize = 4;

/// The bracket that one closes.
pub(super) fn opening(close: char) -> Option<char> {
    match close {
        ')' => Some('('),
        ']' => Some('['),
        '）' => Some('（'),
        '】' => Some('【'),
        _ => None,
    }
}

/// Whether a text is no mere word or two; a sign of a script without letters says as much as three letters.
fn says_enough(text: &str) -> bool {
    let mut letters = 0;
    text.chars().any(|c| {
        letters += match c {
            '\u{2e80}'.. => 3,
            c => usize::from(c.is_alphanumeric()),
        };
        letters >= LETTERS
    })
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
        if !text.ends_with(|c: char| c.is_ascii_uppercase()) {
            return None;
        }
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
                .or_else(|| self.behind_comma(kept))
                .or_else(|| self.pictured(kept))
                .or_else(|| self.ticked(kept))
                .or_else(|| self.shouted(kept))
                .or_else(|| self.handles(kept));
            let Some(end) = end else { return };
            let end = text[..end].trim_end().len();
            if !says_enough(&text[..end]) && !self.is_plain_tail(&text[..end], &text[end..]) {
                return;
            }
            text.truncate(end);
        }
    }

    /// Whether what ends a short text can be none of its words: handles and whole dates, behind a word at least.
    fn is_plain_tail(&self, kept: &str, tail: &str) -> bool {
        let tail = tail.trim_matches(|c: char| !c.is_alphanumeric() && c != '@');
        let is_plain = |part: &str| {
            is_handle(part)
                || is_reference(part)
                || self.calendar.whole(part).is_some_and(|found| found.whole)
        };
        kept.chars().filter(|c| c.is_alphabetic()).count() >= WORD && parts_of(tail).all(is_plain)
    }

    /// The last bracket of a text, where all that is in it are marks.
    fn bracketed(&mut self, text: &str) -> Option<usize> {
        let close = text.chars().next_back()?;
        let open = opening(close)?;
        let start = text.rfind(open)?;
        let inside = &text[start + open.len_utf8()..text.len() - close.len_utf8()];
        if inside.len() >= 80 {
            return None;
        }
        (self.all_marks(inside) || self.named_and_dated(inside)).then_some(start)
    }

    /// `(Jane, by 8 March)`: who stands beside a date in a bracket promises it.
    fn named_and_dated(&mut self, inside: &str) -> bool {
        let parts: Vec<&str> = parts_of(inside).collect();
        let (marks, names): (Vec<&str>, Vec<&str>) =
            parts.iter().partition(|part| self.is_mark(part) || self.calendar.whole(part).is_some());
        let is_dated = |part: &&str| {
            matches!(self.mark_and_value(part), Some((Mark::Due, _))) || self.calendar.whole(part).is_some()
        };
        let are_people = self.item.owner.is_none()
            && !names.is_empty()
            && marks.iter().any(is_dated)
            && names.iter().all(|name| are_names(name, self.vocabulary, &|_| false));
        if are_people {
            marks.iter().for_each(|mark| self.take_mark(mark));
            self.owner(&names.join(", "));
            self.item.inferred.push(Inferred::Owner);
        }
        are_people
    }

    /// Takes the marks of a text; nothing is taken unless every part is understood.
    fn all_marks(&mut self, text: &str) -> bool {
        if self.is_mark(text) {
            self.take_mark(text);
            return true;
        }
        let parts: Vec<&str> = parts_of(text).collect();
        // Beside who promises it, a day needs no year: `(@kai, Jul 14)`.
        let is_owned = || parts.iter().any(|part| is_handle(part));
        let is_day = |part: &&str| is_owned() && self.calendar.whole(part).is_some();
        let is_said = |part: &&str| self.is_mark(part) || is_day(part);
        // Beside who or until when, the key of a ticket is a mark: `@ana, 2026-03-19, PAY-12`.
        let is_promised = parts.iter().any(|part| is_handle(part) || self.calendar.whole(part).is_some());
        let all =
            parts.len() > 1 && parts.iter().all(|part| is_said(part) || is_promised && is_reference(part));
        if all {
            parts.iter().for_each(|part| self.take_mark(part));
        }
        all
    }

    /// A mark behind a dash or the like: the shortest that is one.
    fn parted(&mut self, text: &str) -> Option<usize> {
        let tail = text.get(text.len().saturating_sub(48)..).unwrap_or(text);
        if !glance::may_have(tail, [b'-', b':', b'|', b'/']) {
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

    /// `…, by 8 March`, `…, @ana`: behind a comma only what can be no part of the sentence.
    fn behind_comma(&mut self, text: &str) -> Option<usize> {
        let tail = text.get(text.len().saturating_sub(48)..).unwrap_or(text);
        if !glance::may_have(tail, [b',']) {
            return None;
        }
        let start = text.rfind(", ").filter(|start| !text[*start..].contains([')', ']', '）']))?;
        let part = text[start + 1..].trim();
        let is_due = matches!(self.mark_and_value(part), Some((Mark::Due, value)) if self.calendar.whole(value).is_some());
        if !is_due {
            return None;
        }
        self.take_mark(part);
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

    /// `📅 2026-03-20`, as lists of tasks write it; the day behind a tick is that of its end.
    fn pictured(&mut self, text: &str) -> Option<usize> {
        if text.is_ascii() {
            return None;
        }
        // `👤 Petr`
        if let Some(at) = text.rfind('👤').filter(|at| text.len() - at <= 48) {
            let name = text[at + '👤'.len_utf8()..].trim();
            if are_names(name, self.vocabulary, &|_| false) {
                self.owner(name);
                return Some(at);
            }
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
        // `@Ana Lee`: a mention with a name of two words.
        let mut spelt = false;
        let are_names = handle.split([' ', ',', '&']).all(|name| {
            let goes_on = spelt && owners::is_name(name) && !name.starts_with('@');
            spelt = name.strip_prefix('@').is_some_and(owners::is_name);
            name.is_empty() || is_handle(name) || goes_on
        });
        if self.item.owner.is_some() || !are_names {
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
}

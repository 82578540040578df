//! Entries that are list items or lines of paragraphs.

use super::{EntryForm, Reader, after, spoken_kind};
use crate::document::blocks::{Block, BlockKind, trimmed};
use crate::document::clock::{self, Stamp};
use crate::document::plain::Page;
use crate::document::sections::Section;
use crate::document::zones;

impl Reader<'_> {
    pub(super) fn item(&mut self, block: &Block) {
        let text = self.page.block_text(block);
        match clock::stamp(&text, self.calendar) {
            Some(stamp) if stamp.time.is_some() => {
                let rest = after(&text, &stamp);
                let written = &text[..text.len() - rest.len()];
                let (kind, rest) = self.named_kind(Page::run(block), rest);
                self.push(&stamp, written, rest, kind, block.span.clone(), EntryForm::Item);
            }
            Some(stamp) => {
                let rest = after(&text, &stamp);
                self.day_is(stamp.day);
                // A day alone is a heading for what is nested in it.
                if !rest.is_empty() {
                    let written = text[..text.len() - rest.len()].to_owned();
                    self.add(&stamp, &written, rest.to_owned(), block.span.clone(), EntryForm::Item);
                }
            }
            None => {
                if let Some((written, rest)) = unknown_time(&text) {
                    let stamp = Stamp { day: None, time: None, zone: None, end: 0 };
                    self.add(&stamp, written, rest.to_owned(), block.span.clone(), EntryForm::Item);
                } else {
                    self.turning_point(block, &text);
                }
            }
        }
    }

    /// `Detected: 14:05 UTC`: the turning point first, its time behind.
    fn turning_point(&mut self, block: &Block, text: &str) {
        let Some((name, value)) = text.split_once([':', '：']) else { return };
        let Some(kind) = self.vocabulary.events.look_up(name) else { return };
        let value = value.trim_start();
        if let Some(stamp) = clock::stamp(value, self.calendar).filter(|stamp| stamp.time.is_some()) {
            let rest = after(value, &stamp);
            let said = if rest.is_empty() { name.trim() } else { rest };
            let written = &value[..value.len() - rest.len()];
            self.push(&stamp, written, said.to_owned(), Some(kind), block.span.clone(), EntryForm::Item);
        }
    }

    /// What a line tells behind its day and a sign that parts the two.
    fn told_of_day<'t>(&self, text: &'t str, stamp: &Stamp) -> Option<&'t str> {
        let behind = text[stamp.end..].trim_start_matches([' ', '*', ')', ']']);
        let rest = after(text, stamp);
        let is_told = behind.starts_with(['-', '–', '—', ':', '：', '|'])
            && rest.split_whitespace().nth(2).is_some()
            && !self.tells_zone(rest);
        is_told.then_some(rest)
    }

    /// Whether a line tells the zone of all times.
    fn tells_zone(&self, text: &str) -> bool {
        text.len() < 200
            && text
                .split(|c: char| !c.is_alphabetic())
                .any(|word| self.vocabulary.times.look_up(word).is_some())
    }

    /// Lines of code blocks that open with a time, where a timeline has no other entries.
    pub(super) fn fenced(&mut self, section: &Section) {
        let page = self.page;
        for block in &page.blocks()[section.own_blocks.0..section.own_blocks.1] {
            if block.kind != BlockKind::Code || block.quoted {
                continue;
            }
            let mut at = block.span.start;
            for line in page.text[block.span.clone()].split_inclusive('\n') {
                let span = trimmed(page.text, at..at + line.len());
                at += line.len();
                let text = &page.text[span.clone()];
                match clock::stamp(text, self.calendar) {
                    Some(stamp) if stamp.time.is_some() => {
                        let rest = after(text, &stamp);
                        let written = &text[..text.len() - rest.len()];
                        self.add(&stamp, written, rest.to_owned(), span, EntryForm::Line);
                    }
                    Some(stamp) => self.day_is(stamp.day),
                    None => {}
                }
            }
        }
    }

    pub(super) fn paragraph(&mut self, block: &Block, by_heading: bool) {
        let mut bare = false;
        for line in self.page.lines(Page::run(block)) {
            let text = self.page.plain(line.clone());
            let Some(span) = self.page.span(line.clone()) else { continue };
            match clock::stamp(&text, self.calendar) {
                Some(stamp) if stamp.time.is_some() && !by_heading => {
                    let rest = after(&text, &stamp);
                    bare = rest.is_empty();
                    let written = &text[..text.len() - rest.len()];
                    let (kind, rest) = self.named_kind(line, rest);
                    self.push(&stamp, written, rest, kind, span, EntryForm::Line);
                }
                Some(stamp) if stamp.time.is_none() => {
                    self.day_is(stamp.day);
                    // `8 March 2026 - The fix was deployed`: what is known of it is the day.
                    if let Some(rest) = (!by_heading).then(|| self.told_of_day(&text, &stamp)).flatten() {
                        let written = &text[..text.len() - rest.len()];
                        self.add(&stamp, written, rest.to_owned(), span, EntryForm::Line);
                    }
                }
                _ if bare => {
                    let (kind, text) = self.named_kind(line, &text);
                    if let Some(last) = self.entries.last_mut() {
                        last.event.kind = kind.or_else(|| spoken_kind(&text, self.vocabulary));
                        last.event.text = text;
                        last.span.end = span.end;
                    }
                    bare = false;
                }
                _ if self.tells_zone(&text) => {
                    self.zone = zones::named_zone(&text).or(self.zone);
                }
                _ => {}
            }
        }
    }
}

/// `[???]`, `??:??`, `T+5m`, `+15 min` where others have a time.
fn unknown_time(text: &str) -> Option<(&str, &str)> {
    let is_unknown =
        |text: &str| text.contains('?') && text.chars().all(|c| matches!(c, '?' | ':' | '-' | ' '));
    if let Some((written, rest)) = text.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
        return (is_unknown(written) || is_elapsed(written)).then(|| (written, rest.trim_start()));
    }
    let end = text.find(' ')?;
    // `T+15 min: fixed` has a blank in it.
    let unit = text[end + 1..].find(|c: char| !c.is_alphabetic()).map_or(text.len(), |at| end + 1 + at);
    let ends = [unit, end];
    let end = ends.into_iter().find(|end| {
        let written = text[..*end].trim_end_matches([':', '-']);
        is_unknown(written) || is_elapsed(written)
    })?;
    Some((&text[..end], text[end..].trim_start_matches([' ', ':', '-', '–', '—'])))
}

/// `T+0`, `T-10m`, `+15 min`: counted from a moment that is not told.
fn is_elapsed(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(['T', 't']).unwrap_or(text).strip_prefix(['+', '-', '±']) else {
        return false;
    };
    let digits = rest.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b':').count();
    let unit = rest[digits..].trim();
    let counted = text.starts_with(['T', 't']) || (text.starts_with('+') && !unit.is_empty());
    digits > 0
        && counted
        && matches!(unit, "" | "m" | "min" | "mins" | "minutes" | "h" | "hr" | "hrs" | "hours" | "s" | "d")
}

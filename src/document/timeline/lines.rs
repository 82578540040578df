//! Entries that are list items or lines of paragraphs.

use super::{EntryForm, Reader, after};
use crate::document::blocks::Block;
use crate::document::clock::{self, Stamp};
use crate::document::plain::Page;
use crate::document::zones;

impl Reader<'_> {
    pub(super) fn item(&mut self, block: &Block) {
        let text = self.page.block_text(block);
        match clock::stamp(&text, self.calendar) {
            Some(stamp) if stamp.time.is_some() => {
                let rest = after(&text, &stamp);
                let written = &text[..text.len() - rest.len()];
                let (kind, rest) = self.named_kind(block, rest);
                self.push(&stamp, written, rest, kind, block.span.clone(), EntryForm::Item);
            }
            Some(stamp) => {
                let rest = after(&text, &stamp);
                self.day = stamp.day.or(self.day);
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
                }
            }
        }
    }

    pub(super) fn paragraph(&mut self, block: &Block, by_heading: bool) {
        let mut bare = false;
        for line in self.page.lines(Page::run(block)) {
            let text = self.page.plain(line.clone());
            let Some(span) = self.page.span(line) else { continue };
            match clock::stamp(&text, self.calendar) {
                Some(stamp) if stamp.time.is_some() && !by_heading => {
                    let rest = after(&text, &stamp);
                    bare = rest.is_empty();
                    let written = text[..text.len() - rest.len()].to_owned();
                    self.add(&stamp, &written, rest.to_owned(), span, EntryForm::Line);
                }
                Some(stamp) if stamp.time.is_none() => self.day = stamp.day.or(self.day),
                _ if bare => {
                    if let Some(last) = self.entries.last_mut() {
                        last.event.text = text.into_owned();
                    }
                    bare = false;
                }
                _ if text.len() < 200 && text.contains("time") => {
                    self.zone = zones::named_zone(&text).or(self.zone);
                }
                _ => {}
            }
        }
    }
}

/// `[???]` where others have a time.
fn unknown_time(text: &str) -> Option<(&str, &str)> {
    let (written, rest) = text.strip_prefix('[')?.split_once(']')?;
    let unknown = !written.is_empty() && written.chars().all(|c| matches!(c, '?' | ':' | '-' | ' '));
    unknown.then(|| (written, rest.trim_start()))
}

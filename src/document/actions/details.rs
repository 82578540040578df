//! Fields of an item that stand beside its text: nested below it, behind it, or under a heading that is the item.

use super::{ActionForm, Group, Reader, inline, refs};
use crate::document::blocks::{Block, BlockKind};
use crate::document::language::{Column, Mark};
use crate::document::plain::Page;
use crate::document::sections::Section;
use crate::document::vocabulary::Vocabulary;

impl Reader<'_> {
    /// A bullet that tells of the item before it: its fields and references count.
    pub(super) fn detail(&mut self, at: usize, to: usize) -> usize {
        let end = self.end_of(at, to);
        if let Some(last) = self.found.last_mut() {
            refs::of_blocks(self.page, (at, end), &mut last.action.item.refs);
            self.details((at, end));
        }
        end
    }

    /// The fields that blocks state of the last item.
    pub(super) fn details(&mut self, (from, to): (usize, usize)) {
        for block in &self.page.blocks()[from..to] {
            if matches!(block.kind, BlockKind::Item { .. } | BlockKind::Paragraph) && !block.quoted {
                self.fields_of_last(block);
            }
        }
    }

    /// Whether a block's lines are fields, which then are the last item's.
    pub(super) fn fields_of_last(&mut self, block: &Block) -> bool {
        let Some(last) = self.found.last_mut() else { return false };
        let item = &mut last.action.item;
        inline::detail(self.page, Page::run(block), self.vocabulary, self.calendar, item)
    }

    /// Whether a list item is nothing but a field of the item before: `- Owner: @ana`.
    pub(super) fn is_field(&self, block: &Block) -> bool {
        if self.found.is_empty() || block.task.is_some() {
            return false;
        }
        let text = self.page.block_text(block);
        let Some((label, value)) = text.split_once([':', '：']) else { return false };
        let mark = self.vocabulary.marks.look_up(label);
        value.len() < 80
            && matches!(mark, Some(Mark::Owner | Mark::Due | Mark::Status | Mark::Priority | Mark::Effort))
    }

    /// `Action: …`, `Action item 2: …`: a label that says that something is promised.
    pub(super) fn opens_with_action(&self, text: &str) -> bool {
        action_label(text, self.vocabulary).is_some()
    }

    /// A heading below that of action items that is an item itself: fields stand below it, and no items.
    pub(super) fn heading_item(&mut self, section: &Section, group: &Group) -> bool {
        let (from, to) = section.own_blocks;
        let blocks = &self.page.blocks()[from..to];
        let mut fields = 0;
        let mut is_group = false;
        let mut has_lists = false;
        for block in blocks {
            match block.kind {
                BlockKind::Row { .. } => return false,
                BlockKind::Item { .. } if block.quoted => {}
                // Bullets behind the fields tell of the item; before any field they are items.
                BlockKind::Item { .. } if block.depth == 1 && !self.states_field(block) => {
                    is_group |= block.task.is_some() || fields == 0;
                    has_lists = true;
                }
                BlockKind::Item { .. } | BlockKind::Paragraph => {
                    fields += usize::from(self.states_field(block));
                }
                _ => {}
            }
        }
        // `### 2. Test every migration` with nothing but text below it is counted by its author.
        let is_counted = is_counted(&section.name) && !has_lists && section.blocks == section.own_blocks;
        if (fields == 0 && !is_counted) || is_group {
            return false;
        }
        let before = self.found.len();
        let heading = &self.page.blocks()[from - 1];
        let read = inline::read(self.page, heading, self.vocabulary, self.calendar, inline::Place::Free);
        let ordinal = section.name.split(['.', ')', ' ']).next().and_then(|number| number.parse().ok());
        self.add(heading, (from - 1, to), ActionForm::Heading, group, ordinal, numberless(read));
        if self.found.len() > before {
            self.details((from, to));
        }
        true
    }

    /// Whether the first line of a block is a field.
    fn states_field(&self, block: &Block) -> bool {
        let run = Page::run(block);
        let first = self.page.lines(run.clone()).next().unwrap_or(run);
        let text = self.page.plain(first);
        text.split_once([':', '：']).is_some_and(|(label, value)| {
            let mark = self.vocabulary.marks.look_up(label);
            value.len() < 80 && matches!(mark, Some(Mark::Owner | Mark::Due | Mark::Status | Mark::Priority))
        })
    }
}

/// Whether a heading opens with a number of its own: `2. …`, `3) …`, but not `1.2 …`.
fn is_counted(name: &str) -> bool {
    let rest = name.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_number = (1..=2).contains(&(name.len() - rest.len()));
    is_number && [". ", ") ", ": "].iter().any(|sign| rest.starts_with(sign))
}

/// Where the label `Action:` or `Action item 2:` at the head of a text ends, and the text begins.
pub(super) fn action_label(text: &str, vocabulary: &Vocabulary) -> Option<usize> {
    let (end, _) = text.char_indices().take(24).find(|(_, c)| matches!(c, ':' | '：'))?;
    let words = text[..end].trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '#' | '.'));
    let is_label = matches!(vocabulary.columns.look_up(words), Some((Column::Action, rank)) if rank < 6);
    is_label.then(|| text.len() - text[end..].trim_start_matches([':', '：', ' ']).len())
}

/// Without the number that a heading begins with.
fn numberless(mut read: inline::Read) -> inline::Read {
    let text = &read.item.text;
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text[digits..].trim_start_matches(['.', ')', ':', ' ', '-']);
    if digits > 0 && rest.len() < text.len() - digits && !rest.is_empty() {
        read.item.text = rest.to_owned();
    }
    read
}

//! Lists of action items: task lists, bullets, numbers, groups, and lines above them that say whose they are.

use super::details::action_label;
use super::{Action, ActionForm, Found, Group, Reader, inline, names, owners, placeholders, refs};
use crate::document::Span;
use crate::document::blocks::{Block, BlockKind};
use crate::document::plain::Page;
use crate::document::tables::Table;
use crate::model::{Inferred, Status};

impl Reader<'_> {
    /// Reads the blocks under one heading of the section.
    pub(super) fn blocks(&mut self, (from, to): (usize, usize), heading: &Group) {
        let mut group = heading.clone();
        let mut at = from;
        // Bullets right behind a numbered item tell of it, however they are indented.
        let mut numbered = false;
        while at < to {
            let block = &self.page.blocks()[at];
            at = match block.kind {
                _ if block.quoted => at + 1,
                BlockKind::Row { head: true } => {
                    let table = Table::read(self.page, at);
                    if let Some(columns) = self.columns(&table) {
                        self.table(&table, &columns, &group);
                    }
                    numbered = false;
                    table.end
                }
                BlockKind::Item { ordinal: None } if numbered && block.task.is_none() => self.detail(at, to),
                BlockKind::Item { .. } if self.is_field(block) => self.detail(at, to),
                BlockKind::Item { ordinal } => {
                    numbered = ordinal.is_some();
                    self.item(at, to, &group)
                }
                BlockKind::Paragraph if block.depth == 0 => {
                    // Bullets behind `**Action 1: …**` tell of it too.
                    numbered = self.titles_item(block);
                    self.paragraph(at, to, heading, &mut group)
                }
                _ => at + 1,
            };
        }
    }

    /// The block behind an item and all that is nested in it.
    pub(super) fn end_of(&self, at: usize, to: usize) -> usize {
        let end = self.page.blocks()[at].span.end;
        at + 1 + self.page.blocks()[at + 1..to].iter().take_while(|block| block.span.start < end).count()
    }

    /// An item with what is nested in it, or a group of items; returns the block behind.
    fn item(&mut self, at: usize, to: usize, group: &Group) -> usize {
        let block = &self.page.blocks()[at];
        let end = self.end_of(at, to);
        let nested = (at + 1..end).find(|i| matches!(self.page.blocks()[*i].kind, BlockKind::Item { .. }));
        if let Some(first) = nested
            && let Some(inner) = self.group_of_item(block, group)
        {
            let mut child = first;
            while child < end {
                child = match self.page.blocks()[child].kind {
                    BlockKind::Item { .. } => self.item(child, end, &inner),
                    _ => child + 1,
                };
            }
            return end;
        }
        let ordinal = match block.kind {
            BlockKind::Item { ordinal } => ordinal,
            _ => None,
        };
        let before = self.found.len();
        self.promise(block, (at, end), ActionForm::Item, group, ordinal);
        if self.found.len() > before {
            self.details((at + 1, end));
        }
        end
    }

    /// Whether an item with others nested in it is only the label of a group.
    fn group_of_item(&self, block: &Block, above: &Group) -> Option<Group> {
        if block.task.is_some() {
            return None;
        }
        let text = self.page.block_text(block);
        let all_strong = self
            .page
            .leading_strong(Page::run(block))
            .is_some_and(|(_, rest)| self.page.plain(rest).trim_matches([':', ' ']).is_empty());
        // A few words with a colon are a label; a sentence with one is a promise that goes into detail.
        let is_label = (text.ends_with([':', '：']) && text.split_whitespace().count() <= 3)
            || (all_strong && text.len() <= 60);
        let named = self.group(&text, false);
        let tells = named.owner.is_some() || named.status.is_some() || named.priority.is_some();
        (is_label || tells).then(|| Group {
            owner: named.owner.or_else(|| above.owner.clone()),
            status: named.status.or(above.status),
            priority: named.priority.or_else(|| above.priority.clone()),
        })
    }

    /// A paragraph is a label above items, an item with a bold owner, or prose that is passed over.
    fn paragraph(&mut self, at: usize, to: usize, heading: &Group, group: &mut Group) -> usize {
        let block = &self.page.blocks()[at];
        let run = Page::run(block);
        let text = self.page.block_text(block);
        let goes_on = at + 1 < to && matches!(self.page.blocks()[at + 1].kind, BlockKind::Item { .. });
        let first = self.page.lines(run.clone()).next().unwrap_or(run.clone());
        let first_text = self.page.plain(first.clone());
        let is_bare = self
            .page
            .leading_strong(first)
            .is_some_and(|(_, rest)| self.page.plain(rest).trim_matches([':', ' ']).is_empty());
        let is_plain_label = goes_on
            && text.len() <= 60
            && (text.ends_with(':') || owners::label(&text).is_some())
            && !self.opens_with_owner(block);
        if ((is_bare && (goes_on || first_text == text)) || is_plain_label) && !self.titles_item(block) {
            let named = self.group(&first_text, is_bare && !first_text.ends_with(':'));
            *group = Group {
                owner: named.owner.or_else(|| heading.owner.clone()),
                status: named.status.or(heading.status),
                priority: named.priority.or_else(|| heading.priority.clone()),
            };
            return at + 1;
        }
        let is_told = self.opens_with_status(block);
        if !is_told && !self.opens_with_action(&text) && self.fields_of_last(block) {
            return at + 1;
        }
        let closing = self.closing_owner(block, &text);
        let opens = is_told || self.opens_with_owner(block);
        if !opens && closing.is_none() && !self.opens_with_action(&text) {
            return at + 1;
        }
        let before = self.found.len();
        self.promise(block, (at, at + 1), ActionForm::Paragraph, heading, None);
        let Some(found) = self.found.get_mut(before) else { return at + 1 };
        found.action.item.owner = found.action.item.owner.take().or(closing);
        if let Some(end) = action_label(&found.action.item.text, self.vocabulary) {
            found.action.item.text.drain(..end);
        }
        // `**RK** Warn when:` goes on with bullets that tell when.
        let mut next = at + 1;
        while text.ends_with(':')
            && next < to
            && matches!(self.page.blocks()[next].kind, BlockKind::Item { .. })
        {
            next = self.detail(next, to);
        }
        next
    }

    /// `**Action 1: Mend the cache**`: a paragraph that is the title of an item, whose fields stand below.
    fn titles_item(&self, block: &Block) -> bool {
        let text = self.page.block_text(block);
        let label = action_label(&text, self.vocabulary);
        label.is_some_and(|end| end < text.len()) && self.page.leading_strong(Page::run(block)).is_some()
    }

    /// `**Done:** The alert pages now.`: where it stands, in bold type with a colon, before what is promised.
    fn opens_with_status(&self, block: &Block) -> bool {
        let Some((strong, rest)) = self.page.leading_strong(Page::run(block)) else { return false };
        let (word, rest) = (self.page.plain(strong), self.page.plain(rest));
        let has_colon = word.ends_with([':', '：']) || rest.starts_with([':', '：']);
        has_colon
            && self.vocabulary.status.look_up(&word).is_some()
            && rest.split_whitespace().nth(1).is_some()
    }

    fn opens_with_owner(&self, block: &Block) -> bool {
        let strong = self.page.leading_strong(Page::run(block));
        strong.is_some_and(|(strong, _)| owners::label(&self.page.plain(strong)).is_some())
    }

    /// `… – *Petr*`: a name in type of its own behind a dash or in brackets, which ends an item.
    fn emphasised_owner(&self, block: &Block) -> Option<String> {
        use crate::document::blocks::PieceKind::{EmphasisEnd, EmphasisStart, StrongEnd, StrongStart};
        let run = Page::run(block);
        let pieces = self.page.pieces(run.clone());
        let start = pieces.iter().rposition(|piece| matches!(piece.kind, StrongStart | EmphasisStart))?;
        let end = pieces.iter().rposition(|piece| matches!(piece.kind, StrongEnd | EmphasisEnd))?;
        let before = self.page.plain(run.start..run.start + start);
        let behind = self.page.plain(run.start + end..run.end);
        let name = self.page.plain(run.start + start..run.start + end);
        let is_apart = before.trim_end().ends_with(['-', '–', '—', '(', '[', '|'])
            && behind.chars().all(|c| matches!(c, ')' | ']' | '.' | ' '));
        (is_apart && names::are_names(&name, self.vocabulary, &|_| false)).then(|| name.into_owned())
    }

    /// Bold initials at the end of a paragraph.
    fn closing_owner(&self, block: &Block, text: &str) -> Option<String> {
        use crate::document::blocks::PieceKind::{StrongEnd, StrongStart};
        let run = Page::run(block);
        let pieces = self.page.pieces(run.clone());
        let start = pieces.iter().rposition(|piece| piece.kind == StrongStart).filter(|start| *start > 0)?;
        let end = pieces.iter().rposition(|piece| piece.kind == StrongEnd)?;
        let tail = self.page.plain(run.start + start..run.end);
        let is_last = end + 2 >= pieces.len() && text.ends_with(&*tail);
        owners::label(&tail).filter(|_| is_last)
    }

    /// Adds the item that a block states, unless it is a template's.
    fn promise(
        &mut self,
        block: &Block,
        blocks: (usize, usize),
        form: ActionForm,
        group: &Group,
        ordinal: Option<u64>,
    ) {
        let mut read = inline::read(self.page, block, self.vocabulary, self.calendar, inline::Place::Free);
        if read.item.owner.is_none()
            && let Some(owner) = self.emphasised_owner(block)
        {
            let kept = read.item.text.trim_end_matches([')', ']', '.', ' ']);
            let end = kept.strip_suffix(owner.as_str()).map_or(read.item.text.len(), str::len);
            inline::cut(&mut read.item.text, end);
            read.item.owner = Some(owner);
            read.item.inferred.push(Inferred::Owner);
        }
        self.add(block, blocks, form, group, ordinal, read);
    }

    /// Adds an item that was read.
    pub(super) fn add(
        &mut self,
        block: &Block,
        blocks: (usize, usize),
        form: ActionForm,
        group: &Group,
        ordinal: Option<u64>,
        read: inline::Read,
    ) {
        if placeholders::is_placeholder(self.page, block, &read.item.text, self.vocabulary) {
            return;
        }
        let mut item = read.item;
        if item.owner.is_none()
            && let Some(owner) = &group.owner
        {
            item.owner = Some(owner.clone());
            item.inferred.push(Inferred::Owner);
        }
        if item.state.as_deref().is_none_or(|state| state.trim().is_empty())
            && item.status == Status::Open
            && let Some(status) = group.status
        {
            item.status = status;
            item.inferred.push(Inferred::Status);
        }
        if item.priority.is_none()
            && let Some(priority) = &group.priority
        {
            item.priority = Some(priority.clone());
            item.inferred.push(Inferred::Priority);
        }
        refs::of_blocks(self.page, blocks, &mut item.refs);
        let text = self.page.span(Page::run(block)).unwrap_or(block.span.clone());
        let action = Action {
            item,
            form,
            span: block.span.clone(),
            status: self.checkbox(block, &text),
            number: None,
            owner: None,
            due: None,
            priority: None,
            effort: None,
            text,
        };
        self.found.push(Found { action, label: read.label, ordinal });
    }

    /// The brackets of a checkbox, which stand between the list's marker and the text.
    fn checkbox(&self, block: &Block, text: &Span) -> Option<Span> {
        block.task?;
        let lead = self.page.text.get(block.span.start..text.start)?;
        let open = lead.find('[')?;
        Some(block.span.start + open..block.span.start + open + 3)
    }
}

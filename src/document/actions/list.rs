//! Lists of action items: task lists, bullets, numbers, groups, and lines above them that say whose they are.

use super::{Action, ActionForm, Found, Group, Reader, inline, owners, placeholders, refs};
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
        while at < to {
            let block = &self.page.blocks()[at];
            at = match block.kind {
                _ if block.quoted => at + 1,
                BlockKind::Row { head: true } => {
                    let table = Table::read(self.page, at);
                    if let Some(columns) = self.columns(&table) {
                        self.table(&table, &columns, &group);
                    }
                    table.end
                }
                BlockKind::Item { .. } => self.item(at, to, &group),
                BlockKind::Paragraph if block.depth == 0 => {
                    self.paragraph(at, to, heading, &mut group);
                    at + 1
                }
                _ => at + 1,
            };
        }
    }

    /// An item with what is nested in it, or a group of items; returns the block behind.
    fn item(&mut self, at: usize, to: usize, group: &Group) -> usize {
        let block = &self.page.blocks()[at];
        let end = at
            + 1
            + self.page.blocks()[at + 1..to].iter().take_while(|b| b.span.start < block.span.end).count();
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
        self.promise(block, (at, end), ActionForm::Item, group, ordinal);
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
        let is_label = text.ends_with(':') || (all_strong && text.len() <= 60);
        let named = self.group(&text);
        let tells = named.owner.is_some() || named.status.is_some() || named.priority.is_some();
        (is_label || tells).then(|| Group {
            owner: named.owner.or_else(|| above.owner.clone()),
            status: named.status.or(above.status),
            priority: named.priority.or_else(|| above.priority.clone()),
        })
    }

    /// A paragraph is a label above items, an item with a bold owner, or prose that is passed over.
    fn paragraph(&mut self, at: usize, to: usize, heading: &Group, group: &mut Group) {
        let block = &self.page.blocks()[at];
        let run = Page::run(block);
        let text = self.page.block_text(block);
        let goes_on = at + 1 < to && matches!(self.page.blocks()[at + 1].kind, BlockKind::Item { .. });
        let strong = self.page.leading_strong(run.clone());
        let rest = strong.as_ref().map(|(_, rest)| self.page.plain(rest.clone()));
        let is_bare = rest.as_ref().is_some_and(|rest| rest.trim_matches([':', ' ']).is_empty());
        if is_bare || (goes_on && text.len() <= 60 && (text.ends_with(':') || owners::label(&text).is_some()))
        {
            let named = self.group(&text);
            *group = Group {
                owner: named.owner.or_else(|| heading.owner.clone()),
                status: named.status.or(heading.status),
                priority: named.priority.or_else(|| heading.priority.clone()),
            };
            return;
        }
        let owner = strong.and_then(|(strong, _)| owners::label(&self.page.plain(strong)));
        let closing = self.closing_owner(block, &text);
        if let Some(owner) = owner.filter(|_| text.ends_with(':') && goes_on) {
            group.owner = Some(owner);
        } else if rest.is_some_and(|_| self.opens_with_owner(block)) || closing.is_some() {
            let before = self.found.len();
            self.promise(block, (at, at + 1), ActionForm::Paragraph, heading, None);
            if let Some(found) = self.found.get_mut(before) {
                found.action.item.owner = found.action.item.owner.take().or(closing);
            }
        }
    }

    fn opens_with_owner(&self, block: &Block) -> bool {
        let strong = self.page.leading_strong(Page::run(block));
        strong.is_some_and(|(strong, _)| owners::label(&self.page.plain(strong)).is_some())
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
        let read = inline::read(self.page, block, self.vocabulary, self.calendar, inline::Place::Free);
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

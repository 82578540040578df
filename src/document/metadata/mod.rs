//! Metadata wherever it stands: front matter, labels, list items, tables, headings.

mod byline;
mod line;
mod table;
#[cfg(test)]
mod tests;

use super::blocks::{Block, BlockKind};
use super::fold::Fold;
use super::frontmatter;
use super::language::FieldKind;
use super::plain::{Page, Run};
use super::sections::Section;
use super::tables::Table;
use super::vocabulary::Vocabulary;
use super::{Span, Spanned};
use crate::model::SectionKind;

/// A longer list is no value.
const MOST_VALUES: usize = 12;

/// How a field is written, which decides how a new value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A key of the front matter.
    Front,
    /// `**Date**: 2026-03-08` in a paragraph or list item.
    Bold,
    /// `Date: 2026-03-08`.
    Plain,
    /// `## Date: 2026-03-08`.
    Heading,
    /// A table of keys and values.
    Cell,
    /// A heading with the value below it.
    Below,
    /// A sentence that is left as it is: a new value gets a line of its own.
    Prose,
}

/// A field of the metadata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Which one it is.
    pub kind: FieldKind,
    /// The value, in plain text; may be empty.
    pub value: Spanned<String>,
    /// The whole line, item or row that states it.
    pub line: Span,
    /// How it is written.
    pub form: Form,
}

/// Reads every field, in the document's order.
pub(crate) fn read(page: Page<'_>, sections: &[Section], front: Span, vocabulary: &Vocabulary) -> Vec<Field> {
    let fields = Vec::with_capacity(8);
    let mut reader = Reader { page, vocabulary, fields, fold: Fold::default(), listed: false };
    frontmatter::read(page.text, front, vocabulary, &mut reader.fields);
    let first = sections.first().map_or(page.blocks().len(), |section| section.blocks.0 - 1);
    reader.blocks((0, first), true);
    let mut head = true;
    for (at, section) in sections.iter().enumerate() {
        reader.heading(section);
        // Metadata stands at the head; below the first section of a post-mortem, only clear labels count.
        head &= at == 0 || section.kind.is_none() || section.label || section.name.len() < 2;
        if !is_elsewhere(sections, section) {
            reader.blocks(section.own_blocks, head);
        } else if section.kind == Some(SectionKind::Timeline) {
            reader.closing_durations(section.own_blocks);
        }
    }
    reader.fields
}

/// Sections whose labels are about something else than the document.
fn is_elsewhere(sections: &[Section], section: &Section) -> bool {
    use SectionKind::{ActionItems, Attestation, FiveWhys, LinkedCommits, Timeline};
    let mut above = Some(section);
    while let Some(section) = above {
        if matches!(section.kind, Some(ActionItems | Attestation | FiveWhys | LinkedCommits | Timeline)) {
            return true;
        }
        above = section.parent.map(|parent| &sections[parent]);
    }
    false
}

struct Reader<'d> {
    page: Page<'d>,
    vocabulary: &'d Vocabulary,
    fields: Vec<Field>,
    fold: Fold,
    /// Inside a list item of a few words.
    listed: bool,
}

impl Reader<'_> {
    fn label(&mut self, run: Run) -> Option<FieldKind> {
        self.fold.clear();
        self.page.fold(run.clone(), &mut self.fold);
        let known = self.vocabulary.labels.get(self.fold.as_str());
        // `Duration (minutes)`: what stands in brackets is a remark.
        known.or_else(|| {
            let text = self.page.plain(run);
            self.vocabulary.labels.look_up(text.split_once(['(', '（'])?.0)
        })
    }

    fn add(&mut self, kind: FieldKind, form: Form, value: Spanned<String>, line: Span) {
        self.fields.push(Field { kind, value, line, form });
    }

    fn blocks(&mut self, (from, to): (usize, usize), head: bool) {
        let mut at = from;
        while at < to {
            let block = &self.page.blocks()[at];
            match block.kind {
                BlockKind::Paragraph | BlockKind::Item { .. } if head || !block.quoted => {
                    let run = Page::run(block);
                    // A closing block of labels is metadata as much as an opening one.
                    let is_paragraph = block.kind == BlockKind::Paragraph;
                    let head = head || (is_paragraph && self.is_all_labels(run.clone()));
                    self.listed = !is_paragraph && block.span.len() <= 80;
                    for line in self.page.lines(run) {
                        self.line(line, head);
                    }
                    self.values_below(at, to);
                }
                BlockKind::Row { head: true } => {
                    let table = Table::read(self.page, at);
                    self.table(&table);
                    at = table.end;
                    continue;
                }
                _ => {}
            }
            at += 1;
        }
    }

    /// `**Total outage duration:** 49 minutes` as a paragraph of its own sums a timeline up.
    fn closing_durations(&mut self, (from, to): (usize, usize)) {
        for block in &self.page.blocks()[from..to.max(from)] {
            let bold = self.page.text[block.span.clone()].starts_with("**");
            if bold && block.kind == BlockKind::Paragraph {
                let before = self.fields.len();
                self.listed = false;
                for line in self.page.lines(Page::run(block)) {
                    self.line(line, true);
                }
                let told = self.fields.split_off(before);
                self.fields.extend(told.into_iter().filter(|field| field.kind == FieldKind::Duration));
            }
        }
    }

    /// `**Authors:**` with a list below it: the items are the value.
    fn values_below(&mut self, at: usize, to: usize) {
        let block = &self.page.blocks()[at];
        let Some(last) = self.fields.last() else { return };
        if !last.value.value.is_empty() || last.line.end < block.span.start {
            return;
        }
        let spans = last.kind == FieldKind::Duration;
        let Some((value, span)) = self.listed(at + 1, to, block.depth, spans) else { return };
        if let Some(last) = self.fields.last_mut() {
            (last.value, last.form) = (Spanned { value, span }, Form::Below);
        }
    }

    /// The items of a list as one value, and where they stand; `labelled`: they may have labels (`- Start: 14:05`).
    fn listed(&self, from: usize, to: usize, depth: u16, labelled: bool) -> Option<(String, Span)> {
        let items: Vec<&Block> = self.page.blocks()[from..to.max(from)]
            .iter()
            .take_while(|block| matches!(block.kind, BlockKind::Item { .. }) && block.depth > depth)
            .take(MOST_VALUES)
            .collect();
        let runs = || items.iter().map(|item| Page::run(item));
        if items.is_empty() || !runs().all(|run| line::is_value(self.page, run, labelled)) {
            return None;
        }
        let texts: Vec<_> = runs().map(|run| self.page.plain(run)).collect();
        let start = self.page.span(runs().next()?)?.start;
        let end = self.page.span(runs().next_back()?)?.end;
        Some((texts.join(", "), start..end))
    }

    /// `## Date: 2026-03-08`, or a heading that is a label with its value below.
    fn heading(&mut self, section: &Section) {
        let block = &self.page.blocks()[section.own_blocks.0 - 1];
        if let Some(colon) = section.name.find([':', '：']) {
            let Some(kind) = self.vocabulary.labels.look_up(&section.name[..colon]) else { return };
            let run = Page::run(block);
            let Some(span) = self.page.span(run) else { return };
            let Some(colon) = self.page.text[span.clone()].find([':', '：']) else { return };
            let width = self.page.text[span.start + colon..].chars().next().map_or(1, char::len_utf8);
            let span = super::blocks::trimmed(self.page.text, span.start + colon + width..span.end);
            let value = section.name.split_once([':', '：']).map_or("", |(_, value)| value).trim().to_owned();
            self.add(kind, Form::Heading, Spanned { value, span }, section.heading.clone());
        } else if section.kind.is_none()
            && let Some(kind) = self.label(Page::run(block))
            && let Some(below) = self.page.blocks().get(section.own_blocks.0)
            && section.own_blocks.1 > section.own_blocks.0
            && matches!(below.kind, BlockKind::Paragraph | BlockKind::Item { .. })
            && let Some(line) = self.page.lines(Page::run(below)).next()
            && let Some(span) = self.page.span(line.clone())
            && span.len() < 120
        {
            let end = section.own_blocks.1;
            let (value, span) = self
                .listed(section.own_blocks.0, end, below.depth.saturating_sub(1), false)
                .unwrap_or_else(|| (self.page.plain(line).into_owned(), span));
            self.add(kind, Form::Below, Spanned { value, span }, below.span.clone());
            self.counted(&section.name);
        }
    }
}

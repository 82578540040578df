//! Metadata wherever it stands: front matter, labels, list items, tables, headings.

use super::blocks::BlockKind;
use super::durations;
use super::fold::Fold;
use super::frontmatter;
use super::language::FieldKind;
use super::plain::{Page, Run};
use super::sections::Section;
use super::tables::Table;
use super::vocabulary::Vocabulary;
use super::{Span, Spanned};
use crate::model::SectionKind;

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
    let mut reader = Reader { page, vocabulary, fields: Vec::new(), fold: Fold::default() };
    frontmatter::read(page.text, front, vocabulary, &mut reader.fields);
    let first = sections.first().map_or(page.blocks().len(), |section| section.blocks.0 - 1);
    reader.blocks((0, first), true);
    let mut head = true;
    for (at, section) in sections.iter().enumerate() {
        reader.heading(section);
        // Metadata stands at the head; below the first section of a post-mortem, only clear labels count.
        head &= at == 0 || section.kind.is_none() || section.name.len() < 2;
        if !is_elsewhere(sections, section) {
            reader.blocks(section.own_blocks, head);
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
}

impl Reader<'_> {
    fn blocks(&mut self, (from, to): (usize, usize), head: bool) {
        let mut at = from;
        while at < to {
            let block = &self.page.blocks()[at];
            match block.kind {
                BlockKind::Paragraph | BlockKind::Item { .. } if !block.quoted => {
                    for line in self.page.lines(Page::run(block)) {
                        self.line(line, head);
                    }
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

    /// `**Label**: value`, `**Label:** value`, and at the head of the document `Label: value`.
    fn line(&mut self, line: Run, head: bool) {
        if let Some((label, rest)) = self.page.leading_strong(line.clone()) {
            let Some(kind) = self.label(label.clone()) else { return self.lasted(rest, &line) };
            let has_colon = |run: Run, end: bool| {
                let mut text = String::new();
                self.page.write(run, &mut text);
                let text = text.trim();
                if end { text.ends_with([':', '：']) } else { text.starts_with([':', '：']) }
            };
            if has_colon(label, true) || has_colon(rest.clone(), false) {
                self.push(kind, Form::Bold, rest, line);
            }
        } else if head && let Some(first) = self.page.pieces(line.clone()).first() {
            let word = self.page.word(first);
            if let Some(colon) = word.find([':', '：']).filter(|colon| *colon < 40)
                && let Some(kind) = self.vocabulary.labels.look_up(&word[..colon])
                && first.owned == 0
            {
                self.plain_line(kind, first.start as usize + colon, line);
            } else {
                self.lasted(line.clone(), &line);
            }
        } else {
            self.lasted(line.clone(), &line);
        }
    }

    /// `Downtime for ~3 hours`: the label of a duration as the first word of a sentence that states one.
    fn lasted(&mut self, run: Run, line: &Run) {
        let Some(first) = self.page.pieces(run.clone()).first() else { return };
        let words = self.page.word(first).trim_start_matches([' ', ':', '：']);
        let word = words.split(' ').next().unwrap_or("");
        if word.ends_with([':', '：']) || self.vocabulary.labels.look_up(word) != Some(FieldKind::Duration) {
            return;
        }
        let text = self.page.plain(run.clone());
        let head: String = text.chars().take(60).collect();
        if durations::in_words(&head, self.vocabulary).is_none() {
            return;
        }
        let (Some(span), Some(whole)) = (self.page.span(run), self.page.span(line.clone())) else { return };
        self.add(FieldKind::Duration, Form::Prose, Spanned { value: head, span }, whole);
    }

    fn plain_line(&mut self, kind: FieldKind, colon: usize, line: Run) {
        let Some(whole) = self.page.span(line.clone()) else { return };
        let mut text = String::new();
        self.page.write(line, &mut text);
        let value = text.split_once([':', '：']).map_or("", |(_, value)| value).trim().to_owned();
        let colon_length = if self.page.text[colon..].starts_with('：') { '：'.len_utf8() } else { 1 };
        let span =
            super::blocks::trimmed(self.page.text, colon + colon_length..whole.end.max(colon + colon_length));
        self.add(kind, Form::Plain, Spanned { value, span }, whole);
    }

    fn label(&mut self, run: Run) -> Option<FieldKind> {
        self.fold.clear();
        self.page.fold(run, &mut self.fold);
        self.vocabulary.labels.get(self.fold.as_str())
    }

    fn push(&mut self, kind: FieldKind, form: Form, rest: Run, line: Run) {
        let Some(whole) = self.page.span(line) else { return };
        let mut text = String::new();
        self.page.write(rest.clone(), &mut text);
        let value = text.trim().trim_start_matches([':', '：']).trim().to_owned();
        let span = match self.page.span(rest) {
            Some(span) => {
                let inside = &self.page.text[span.clone()];
                let behind = inside.trim_start_matches([':', '：']).trim_start();
                span.end - behind.len()..span.end
            }
            None => whole.end..whole.end,
        };
        self.add(kind, form, Spanned { value, span }, whole);
    }

    fn add(&mut self, kind: FieldKind, form: Form, value: Spanned<String>, line: Span) {
        self.fields.push(Field { kind, value, line, form });
    }

    /// A table of two columns, key and value; or one row of values under known labels.
    fn table(&mut self, table: &Table) {
        if table.columns() == 2 {
            for row in std::iter::once(&table.head).chain(&table.rows) {
                let Some(kind) = self.label(table.run(self.page, row, 0)) else { continue };
                self.cell(kind, table, row, 1);
            }
        } else if let [row] = table.rows.as_slice() {
            let kinds: Vec<Option<FieldKind>> = (0..table.columns())
                .map(|column| self.label(table.run(self.page, &table.head, column)))
                .collect();
            if kinds.iter().flatten().count() >= 2 {
                for (column, kind) in kinds.iter().enumerate() {
                    if let Some(kind) = kind {
                        self.cell(*kind, table, row, column);
                    }
                }
            }
        }
    }

    fn cell(&mut self, kind: FieldKind, table: &Table, row: &super::tables::Row, column: usize) {
        let value = table.text(self.page, row, column).into_owned();
        let Some(span) = table.span(self.page, row, column) else { return };
        self.add(kind, Form::Cell, Spanned { value, span }, row.span.clone());
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
            && let Some(kind) = self.vocabulary.labels.look_up(&section.name)
            && let Some(below) = self.page.blocks().get(section.own_blocks.0)
            && section.own_blocks.1 > section.own_blocks.0
            && matches!(below.kind, BlockKind::Paragraph | BlockKind::Item { .. })
            && let Some(line) = self.page.lines(Page::run(below)).next()
            && let Some(span) = self.page.span(line.clone())
            && span.len() < 120
        {
            let value = self.page.plain(line).into_owned();
            self.add(kind, Form::Below, Spanned { value, span }, below.span.clone());
        }
    }
}

//! The text of a document passage by passage, each with its place: what is judged without reading it again.

use std::borrow::Cow;

use super::Span;
use super::blocks::{Block, BlockKind, PieceKind};
use super::parse::Document;
use super::plain::Page;
use super::sections::Section;

/// What a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassageKind {
    /// A heading.
    Heading,
    /// A paragraph, also a further one inside an item.
    Paragraph,
    /// An item of a list, with or without a number.
    Item {
        /// Whether the list is numbered.
        numbered: bool,
    },
    /// A row of a table; its cells follow.
    Row {
        /// Whether its cells name the columns.
        head: bool,
    },
    /// A cell of the row before.
    Cell {
        /// Whether it names a column.
        head: bool,
    },
    /// A block of code.
    Code,
    /// A block of HTML, comments included.
    Html,
}

/// A part of a document's text that stands by itself.
#[derive(Debug, Clone, Copy)]
pub struct Passage<'d> {
    page: Page<'d>,
    block: &'d Block,
}

impl<'d> Passage<'d> {
    /// What it is.
    #[must_use]
    pub fn kind(&self) -> PassageKind {
        match self.block.kind {
            BlockKind::Heading(_) => PassageKind::Heading,
            BlockKind::Paragraph => PassageKind::Paragraph,
            BlockKind::Item { ordinal } => PassageKind::Item { numbered: ordinal.is_some() },
            BlockKind::Row { head } => PassageKind::Row { head },
            BlockKind::Cell { head } => PassageKind::Cell { head },
            BlockKind::Code => PassageKind::Code,
            BlockKind::Html => PassageKind::Html,
        }
    }

    /// Whether it is prose: a paragraph, an item or a cell, in no block quote.
    #[must_use]
    pub fn is_prose(&self) -> bool {
        !self.block.quoted
            && matches!(
                self.block.kind,
                BlockKind::Paragraph | BlockKind::Item { .. } | BlockKind::Cell { head: false }
            )
    }

    /// Whether it stands in a block quote.
    #[must_use]
    pub fn is_quoted(&self) -> bool {
        self.block.quoted
    }

    /// How many lists it stands in; an item of an outer list stands in one.
    #[must_use]
    pub fn depth(&self) -> u16 {
        self.block.depth
    }

    /// Where its own words stand: those of an item without what is nested in it.
    #[must_use]
    pub fn span(&self) -> Span {
        self.page.span(Page::run(self.block)).unwrap_or_else(|| self.block.span.clone())
    }

    /// Where it stands with all that is nested in it.
    #[must_use]
    pub fn whole(&self) -> Span {
        self.block.span.clone()
    }

    /// Its words in plain text.
    #[must_use]
    pub fn text(&self) -> Cow<'d, str> {
        self.page.block_text(self.block)
    }

    /// Its lines as the source breaks them, in plain text, each with its place.
    pub fn lines(&self) -> impl Iterator<Item = (Span, Cow<'d, str>)> + use<'d> {
        let page = self.page;
        page.lines(Page::run(self.block))
            .filter_map(move |run| Some((page.span(run.clone())?, page.plain(run))))
    }

    /// The stretches of text, code left out, as the source spells them: where each begins, and what it says.
    pub fn spoken(&self) -> impl Iterator<Item = (usize, &'d str)> + use<'d> {
        let page = self.page;
        page.pieces(Page::run(self.block))
            .iter()
            .filter(|piece| piece.kind == PieceKind::Text && piece.owned == 0)
            .map(move |piece| (piece.start as usize, page.word(piece)))
    }

    /// Tags of HTML among its words.
    pub fn tags(&self) -> impl Iterator<Item = Span> + use<'d> {
        let pieces = self.page.pieces(Page::run(self.block)).iter();
        pieces
            .filter(|piece| piece.kind == PieceKind::Html)
            .map(|piece| piece.start as usize..piece.end as usize)
    }

    /// Whether it has a link or an image.
    #[must_use]
    pub fn has_link(&self) -> bool {
        self.has(PieceKind::LinkStart)
    }

    /// Whether it has a span of code.
    #[must_use]
    pub fn has_code(&self) -> bool {
        self.has(PieceKind::Code)
    }

    fn has(&self, kind: PieceKind) -> bool {
        self.page.pieces(Page::run(self.block)).iter().any(|piece| piece.kind == kind)
    }
}

impl Document<'_> {
    /// Every passage, in the document's order.
    pub fn passages(&self) -> impl Iterator<Item = Passage<'_>> {
        self.passages_between((0, self.layout.blocks.len()))
    }

    /// The passages of a section and of those in it.
    pub fn passages_in(&self, section: &Section) -> impl Iterator<Item = Passage<'_>> {
        self.passages_between(section.blocks)
    }

    /// The passages of a section down to the next heading.
    pub fn own_passages(&self, section: &Section) -> impl Iterator<Item = Passage<'_>> {
        self.passages_between(section.own_blocks)
    }

    fn passages_between(&self, (from, to): (usize, usize)) -> impl Iterator<Item = Passage<'_>> {
        let page = self.page();
        page.blocks()[from..to.max(from)].iter().map(move |block| Passage { page, block })
    }
}

#[cfg(test)]
mod tests {
    use crate::document::{Source, Vocabulary, parse};

    use super::*;

    #[test]
    fn passages_are_told_with_their_places() {
        let text =
            "# A\n\nOne `two` three.\n\n- item\n  - nested\n\n> quoted\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";
        let vocabulary = Vocabulary::default();
        let document = parse(&Source { name: "x.md", bytes: text.as_bytes() }, &vocabulary);
        let prose: Vec<&str> =
            document.passages().filter(Passage::is_prose).map(|passage| &text[passage.span()]).collect();
        assert_eq!(prose, ["One `two` three.", "item", "nested", "1", "2"]);
        let spoken: Vec<&str> = document.passages().nth(1).unwrap().spoken().map(|(_, said)| said).collect();
        assert_eq!(spoken, ["One ", " three."]);
        let section = &document.sections()[0];
        assert_eq!(document.passages_in(section).count(), document.own_passages(section).count());
    }
}

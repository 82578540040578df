//! One pass over the markdown: the blocks of a document and the pieces of their text, as places in the source.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::Span;

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BlockKind {
    /// A heading of level 1 to 6.
    Heading(u8),
    /// A paragraph, also a further one inside a list item.
    Paragraph,
    /// A list item; its pieces are its first line or paragraph, its span holds what is nested too.
    Item { ordinal: Option<u64> },
    /// A row of a table; its cells follow.
    Row { head: bool },
    /// A cell of the row before; the span is the cell's content without the blanks around it.
    Cell { head: bool },
    /// A code block.
    Code,
    /// A block of HTML, comments included.
    Html,
}

/// A block: where it stands and which pieces are its text.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    pub(crate) kind: BlockKind,
    pub(crate) span: Span,
    /// Indices into the pieces.
    pub(crate) pieces: (u32, u32),
    /// How many lists it stands in (an item of an outer list: 1).
    pub(crate) depth: u16,
    /// Inside a block quote.
    pub(crate) quoted: bool,
    /// The checkbox of an item.
    pub(crate) task: Option<bool>,
}

/// What a piece of inline text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PieceKind {
    Text,
    Code,
    /// A line break of the source.
    Break,
    /// A line break that shows: two blanks or a backslash.
    Hard,
    /// `<br>`, which is how a table cell has lines.
    Newline,
    StrongStart,
    StrongEnd,
    EmphasisStart,
    EmphasisEnd,
    StrikeStart,
    StrikeEnd,
    LinkStart,
    LinkEnd,
    /// Other inline HTML: no text.
    Html,
}

/// A piece of inline text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece {
    pub(crate) kind: PieceKind,
    /// Where the text itself stands (of a code span: without the backticks where that is possible).
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// 1 + the index into `owned`: text that differs from its source (entities), or a link's target.
    pub(crate) owned: u32,
}

/// All blocks of a document.
#[derive(Debug, Clone, Default)]
pub(crate) struct Blocks {
    pub(crate) blocks: Vec<Block>,
    pub(crate) pieces: Vec<Piece>,
    pub(crate) owned: Vec<Box<str>>,
}

/// Reads the blocks of `text` from byte `base` on.
pub(crate) fn read(text: &str, base: usize) -> Blocks {
    let options = Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS | Options::ENABLE_STRIKETHROUGH;
    let source = &text[base..];
    let mut builder = Builder::new(text, base, source.len());
    for (event, range) in Parser::new_ext(source, options).into_offset_iter() {
        builder.take(event, range);
    }
    builder.close();
    builder.out
}

/// Puts blocks and their pieces together, whoever reads them.
pub(super) struct Builder<'t> {
    text: &'t str,
    base: usize,
    pub(super) out: Blocks,
    /// The block that takes the inline pieces.
    pub(super) open: Option<usize>,
    /// Numbering of each open list.
    pub(super) lists: Vec<Option<u64>>,
    pub(super) quotes: u32,
    pub(super) head: bool,
    /// Inside a code block, whose text is no text.
    pub(super) mute: bool,
}

impl<'t> Builder<'t> {
    pub(super) fn new(text: &'t str, base: usize, length: usize) -> Self {
        let out = Blocks {
            blocks: Vec::with_capacity(length / 80 + 8),
            pieces: Vec::with_capacity(length / 24 + 16),
            owned: Vec::new(),
        };
        let (open, lists) = (None, Vec::new());
        Self { text, base, out, open, lists, quotes: 0, head: false, mute: false }
    }

    fn take(&mut self, event: Event<'_>, range: Span) {
        let span = range.start + self.base..range.end + self.base;
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, &span),
            Event::Text(text) if !self.mute => self.written(PieceKind::Text, &text, span),
            Event::Code(text) => self.written(PieceKind::Code, &text, span),
            Event::SoftBreak => self.piece(PieceKind::Break, span, 0),
            Event::HardBreak => self.piece(PieceKind::Hard, span, 0),
            Event::InlineHtml(html) => {
                let line_break = html.get(..3).is_some_and(|tag| tag.eq_ignore_ascii_case("<br"));
                self.piece(if line_break { PieceKind::Newline } else { PieceKind::Html }, span, 0);
            }
            Event::TaskListMarker(checked) => {
                if let Some(block) = self.open {
                    self.out.blocks[block].task = Some(checked);
                }
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        match tag {
            Tag::Heading { level, .. } => self.block(BlockKind::Heading(rank(level)), span),
            Tag::Paragraph => self.paragraph(span),
            Tag::BlockQuote(_) => self.quotes += 1,
            Tag::CodeBlock(_) => {
                self.block(BlockKind::Code, span);
                self.mute = true;
            }
            Tag::HtmlBlock => self.block(BlockKind::Html, span),
            Tag::List(first) => {
                self.close();
                self.lists.push(first);
            }
            Tag::Item => self.item(span),
            Tag::TableHead => {
                self.head = true;
                self.block(BlockKind::Row { head: true }, span);
            }
            Tag::TableRow => self.block(BlockKind::Row { head: false }, span),
            Tag::TableCell => {
                let span = trimmed(self.text, span);
                self.block(BlockKind::Cell { head: self.head }, span);
            }
            Tag::Emphasis => self.piece(PieceKind::EmphasisStart, span, 0),
            Tag::Strong => self.piece(PieceKind::StrongStart, span, 0),
            Tag::Strikethrough => self.piece(PieceKind::StrikeStart, span, 0),
            Tag::Link { dest_url, .. } => {
                let owned = self.own(&dest_url);
                self.piece(PieceKind::LinkStart, span, owned);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, span: &Span) {
        let after = span.end..span.end;
        match tag {
            TagEnd::Emphasis => self.piece(PieceKind::EmphasisEnd, after, 0),
            TagEnd::Strong => self.piece(PieceKind::StrongEnd, after, 0),
            TagEnd::Strikethrough => self.piece(PieceKind::StrikeEnd, after, 0),
            TagEnd::Link => self.piece(PieceKind::LinkEnd, after, 0),
            TagEnd::BlockQuote(_) => {
                self.quotes = self.quotes.saturating_sub(1);
                self.close();
            }
            TagEnd::List(_) => {
                self.lists.pop();
                self.close();
            }
            TagEnd::CodeBlock => {
                self.mute = false;
                self.close();
            }
            TagEnd::TableHead => self.head = false,
            TagEnd::Heading(_)
            | TagEnd::Paragraph
            | TagEnd::Item
            | TagEnd::HtmlBlock
            | TagEnd::TableRow
            | TagEnd::TableCell => self.close(),
            _ => {}
        }
    }

    /// An item of the innermost list, with its number where that counts.
    pub(super) fn item(&mut self, span: Span) {
        let ordinal = self.lists.last_mut().and_then(|next| {
            let ordinal = *next;
            *next = ordinal.map(|n| n.saturating_add(1));
            ordinal
        });
        self.block(BlockKind::Item { ordinal }, span);
    }

    /// The first paragraph of an item is the item's own text.
    fn paragraph(&mut self, span: Span) {
        let fresh_item = self.open.is_some_and(|open| {
            let block = &self.out.blocks[open];
            matches!(block.kind, BlockKind::Item { .. }) && block.pieces.0 == offset(self.out.pieces.len())
        });
        if !fresh_item {
            self.block(BlockKind::Paragraph, span);
        }
    }

    /// Ends the block that takes the pieces.
    pub(super) fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let block = &mut self.out.blocks[open];
        block.pieces.1 = offset(self.out.pieces.len());
        if let Some(last) = self.out.pieces.last().filter(|_| block.pieces.0 < block.pieces.1) {
            // Text without a paragraph of its own began as its first piece.
            block.span.end = block.span.end.max(last.end as usize);
        }
    }

    pub(super) fn block(&mut self, kind: BlockKind, span: Span) {
        self.close();
        let at = offset(self.out.pieces.len());
        let depth = u16::try_from(self.lists.len()).unwrap_or(u16::MAX);
        let quoted = self.quotes > 0;
        self.out.blocks.push(Block { kind, span, pieces: (at, at), depth, quoted, task: None });
        self.open = Some(self.out.blocks.len() - 1);
    }

    /// Text as the parser gives it; where it is the source's own, only its place is kept.
    fn written(&mut self, kind: PieceKind, text: &CowStr<'_>, span: Span) {
        if let CowStr::Borrowed(part) = text
            && let Some(start) = (part.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize)
            && start + part.len() <= self.text.len()
        {
            self.piece(kind, start..start + part.len(), 0);
        } else {
            let owned = self.own(text);
            self.piece(kind, span, owned);
        }
    }

    pub(super) fn own(&mut self, text: &str) -> u32 {
        self.out.owned.push(text.into());
        offset(self.out.owned.len())
    }

    pub(super) fn piece(&mut self, kind: PieceKind, span: Span, owned: u32) {
        if self.open.is_none() {
            if self.mute {
                return;
            }
            // Text of a tight item behind a nested list has no paragraph of its own.
            self.block(BlockKind::Paragraph, span.clone());
        }
        self.out.pieces.push(Piece { kind, start: offset(span.start), end: offset(span.end), owned });
    }
}

fn rank(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// Texts are cut at [`super::parse::LONGEST`], far below the range of `u32`.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// A span without blanks at its ends.
pub(crate) fn trimmed(text: &str, span: Span) -> Span {
    let inside = &text[span.clone()];
    let start = span.start + (inside.len() - inside.trim_start().len());
    start..start + inside.trim().len()
}

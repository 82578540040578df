//! The blocks of any markdown, by pulldown-cmark, whose events come with their places in the source.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::builder::{Builder, offset};
use super::{BlockKind, PieceKind, trimmed};
use crate::document::Span;

/// Adds the blocks of a part of `text` that begins and ends between blocks of the outermost level.
pub(super) fn read(text: &str, part: Span, builder: &mut Builder) {
    if part.is_empty() {
        return;
    }
    let options = Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS | Options::ENABLE_STRIKETHROUGH;
    let base = part.start;
    let mut events = Events { text, builder };
    for (event, range) in Parser::new_ext(&text[part], options).into_offset_iter() {
        events.take(event, range.start + base..range.end + base);
    }
    builder.close();
}

/// Events into blocks.
struct Events<'t, 'b> {
    text: &'t str,
    builder: &'b mut Builder,
}

impl Events<'_, '_> {
    fn take(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, &span),
            Event::Text(text) if !self.builder.mute => self.written(PieceKind::Text, &text, span),
            Event::Code(text) => self.written(PieceKind::Code, &text, span),
            Event::SoftBreak => self.builder.piece(PieceKind::Break, span, 0),
            Event::HardBreak => self.builder.piece(PieceKind::Hard, span, 0),
            Event::InlineHtml(html) => {
                let line_break = html.get(..3).is_some_and(|tag| tag.eq_ignore_ascii_case("<br"));
                self.builder.piece(if line_break { PieceKind::Newline } else { PieceKind::Html }, span, 0);
            }
            Event::TaskListMarker(checked) => {
                if let Some(block) = self.builder.open {
                    self.builder.out.blocks[block].task = Some(checked);
                }
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        match tag {
            Tag::Heading { level, .. } => self.builder.block(BlockKind::Heading(rank(level)), span),
            Tag::Paragraph => self.paragraph(span),
            Tag::BlockQuote(_) => self.builder.quotes += 1,
            Tag::CodeBlock(_) => {
                self.builder.block(BlockKind::Code, span);
                self.builder.mute = true;
            }
            Tag::HtmlBlock => self.builder.block(BlockKind::Html, span),
            Tag::List(first) => {
                self.builder.close();
                self.builder.lists.push(first);
            }
            Tag::Item => self.builder.item(span),
            Tag::TableHead => {
                self.builder.head = true;
                self.builder.block(BlockKind::Row { head: true }, span);
            }
            Tag::TableRow => self.builder.block(BlockKind::Row { head: false }, span),
            Tag::TableCell => {
                let span = trimmed(self.text, span);
                self.builder.block(BlockKind::Cell { head: self.builder.head }, span);
            }
            Tag::Emphasis => self.builder.piece(PieceKind::EmphasisStart, span, 0),
            Tag::Strong => self.builder.piece(PieceKind::StrongStart, span, 0),
            Tag::Strikethrough => self.builder.piece(PieceKind::StrikeStart, span, 0),
            Tag::Link { dest_url, .. } => {
                let owned = self.builder.own(&dest_url);
                self.builder.piece(PieceKind::LinkStart, span, owned);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, span: &Span) {
        let after = span.end..span.end;
        match tag {
            TagEnd::Emphasis => self.builder.piece(PieceKind::EmphasisEnd, after, 0),
            TagEnd::Strong => self.builder.piece(PieceKind::StrongEnd, after, 0),
            TagEnd::Strikethrough => self.builder.piece(PieceKind::StrikeEnd, after, 0),
            TagEnd::Link => self.builder.piece(PieceKind::LinkEnd, after, 0),
            TagEnd::BlockQuote(_) => {
                self.builder.quotes = self.builder.quotes.saturating_sub(1);
                self.builder.close();
            }
            TagEnd::List(_) => {
                self.builder.lists.pop();
                self.builder.close();
            }
            TagEnd::CodeBlock => {
                self.builder.mute = false;
                self.builder.close();
            }
            TagEnd::TableHead => self.builder.head = false,
            TagEnd::Heading(_)
            | TagEnd::Paragraph
            | TagEnd::Item
            | TagEnd::HtmlBlock
            | TagEnd::TableRow
            | TagEnd::TableCell => self.builder.close(),
            _ => {}
        }
    }

    /// The first paragraph of an item is the item's own text.
    fn paragraph(&mut self, span: Span) {
        let fresh_item = self.builder.open.is_some_and(|open| {
            let block = &self.builder.out.blocks[open];
            matches!(block.kind, BlockKind::Item { .. })
                && block.pieces.0 == offset(self.builder.out.pieces.len())
        });
        if !fresh_item {
            self.builder.block(BlockKind::Paragraph, span);
        }
    }

    /// Text as the parser gives it; where it is the source's own, only its place is kept.
    fn written(&mut self, kind: PieceKind, text: &CowStr<'_>, span: Span) {
        if let CowStr::Borrowed(part) = text
            && let Some(start) = (part.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize)
            && start + part.len() <= self.text.len()
        {
            self.builder.piece(kind, start..start + part.len(), 0);
        } else {
            let owned = self.builder.own(text);
            self.builder.piece(kind, span, owned);
        }
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

//! One pass over the markdown: the blocks of a document and the pieces of their text, as places in the source.

mod builder;
mod inline;
mod lists;
mod markdown;
mod simple;
mod tables;
#[cfg(test)]
mod tests;

use super::Span;
pub(super) use builder::Builder;

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

/// Reads the blocks of `text` from byte `base` on: what is simple by [`simple`], all else by [`markdown`].
pub(crate) fn read(text: &str, base: usize) -> Blocks {
    let mut builder = Builder::new(text.len() - base);
    let mut at = base;
    if simple::may_be_split(&text[base..]) {
        while at < text.len() {
            at = simple::read(text, at, &mut builder);
            let end = simple::resume(text, at);
            markdown::read(text, at..end, &mut builder);
            at = end;
        }
    } else {
        markdown::read(text, base..text.len(), &mut builder);
    }
    builder.out
}

/// A span without blanks at its ends.
pub(crate) fn trimmed(text: &str, span: Span) -> Span {
    let bytes = &text.as_bytes()[span.clone()];
    // Nearly all spans begin and end with what a byte tells to be no blank, or a blank.
    let lead = bytes.iter().take_while(|byte| **byte == b' ').count();
    let trail = bytes[lead..].iter().rev().take_while(|byte| **byte == b' ').count();
    let (start, end) = (span.start + lead, span.end - trail);
    match (text.as_bytes().get(start), text.as_bytes().get(end.wrapping_sub(1))) {
        (Some(first), Some(last)) if start < end && first.is_ascii_graphic() && last.is_ascii_graphic() => {
            start..end
        }
        _ => {
            let inside = &text[span.clone()];
            let start = span.start + (inside.len() - inside.trim_start().len());
            start..start + inside.trim().len()
        }
    }
}

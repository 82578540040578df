//! Blocks and their pieces put together, whoever reads them.

use super::{Block, BlockKind, Blocks, Piece, PieceKind};
use crate::document::Span;

/// Puts blocks and their pieces together, whoever reads them.
pub(in crate::document) struct Builder {
    pub(in crate::document) out: Blocks,
    /// The block that takes the inline pieces.
    pub(in crate::document) open: Option<usize>,
    /// Numbering of each open list.
    pub(in crate::document) lists: Vec<Option<u64>>,
    pub(in crate::document) quotes: u32,
    pub(in crate::document) head: bool,
    /// Inside a code block, whose text is no text.
    pub(in crate::document) mute: bool,
}

/// How much had been read.
pub(super) struct Mark {
    blocks: usize,
    pieces: usize,
    owned: usize,
}

impl Builder {
    /// `length` is that of the text, to begin with room enough.
    pub(in crate::document) fn new(length: usize) -> Self {
        let out = Blocks {
            blocks: Vec::with_capacity(length / 32 + 8),
            pieces: Vec::with_capacity(length / 24 + 16),
            owned: Vec::new(),
        };
        let (open, lists) = (None, Vec::new());
        Self { out, open, lists, quotes: 0, head: false, mute: false }
    }

    /// Where the reading stands, to come back to.
    pub(super) fn mark(&self) -> Mark {
        Mark { blocks: self.out.blocks.len(), pieces: self.out.pieces.len(), owned: self.out.owned.len() }
    }

    /// Forgets what was read since a mark, which stood between blocks of the outermost level.
    pub(super) fn back_to(&mut self, mark: &Mark) {
        self.out.blocks.truncate(mark.blocks);
        self.out.pieces.truncate(mark.pieces);
        self.out.owned.truncate(mark.owned);
        self.lists.clear();
        self.open = None;
    }

    /// Ends the block that takes the pieces, whose place is known only now.
    pub(super) fn close_over(&mut self, span: Span) {
        if let Some(open) = self.open {
            self.out.blocks[open].span = span;
        }
        self.close();
    }

    /// Ends the block that takes the pieces, whose end is known only now.
    pub(super) fn close_at(&mut self, end: usize) {
        if let Some(open) = self.open {
            self.out.blocks[open].span.end = end;
        }
        self.close();
    }

    /// An item of the innermost list, with its number where that counts.
    pub(in crate::document) fn item(&mut self, span: Span) {
        let ordinal = self.lists.last_mut().and_then(|next| {
            let ordinal = *next;
            *next = ordinal.map(|n| n.saturating_add(1));
            ordinal
        });
        self.block(BlockKind::Item { ordinal }, span);
    }

    /// Ends the block that takes the pieces.
    pub(in crate::document) fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let block = &mut self.out.blocks[open];
        block.pieces.1 = offset(self.out.pieces.len());
        if let Some(last) = self.out.pieces.last().filter(|_| block.pieces.0 < block.pieces.1) {
            // Text without a paragraph of its own began as its first piece.
            block.span.end = block.span.end.max(last.end as usize);
        }
    }

    pub(in crate::document) fn block(&mut self, kind: BlockKind, span: Span) {
        self.close();
        let at = offset(self.out.pieces.len());
        let depth = u16::try_from(self.lists.len()).unwrap_or(u16::MAX);
        let quoted = self.quotes > 0;
        self.out.blocks.push(Block { kind, span, pieces: (at, at), depth, quoted, task: None });
        self.open = Some(self.out.blocks.len() - 1);
    }

    pub(in crate::document) fn own(&mut self, text: &str) -> u32 {
        self.out.owned.push(text.into());
        offset(self.out.owned.len())
    }

    pub(in crate::document) fn piece(&mut self, kind: PieceKind, span: Span, owned: u32) {
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

/// Texts are cut at [`crate::document::parse::LONGEST`], far below the range of `u32`.
pub(super) fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

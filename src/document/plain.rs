//! The text of pieces without its markup, and the lines of a paragraph.

use std::borrow::Cow;
use std::ops::Range;

use super::Span;
use super::blocks::{Block, Blocks, Piece, PieceKind};
use super::fold::Fold;
use super::glance;

/// A run of pieces: a block's text, or a line of it.
pub(crate) type Run = Range<usize>;

/// The blocks of a document beside its text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Page<'d> {
    pub(crate) text: &'d str,
    pub(crate) layout: &'d Blocks,
}

impl<'d> Page<'d> {
    pub(crate) fn blocks(self) -> &'d [Block] {
        &self.layout.blocks
    }

    pub(crate) fn run(block: &Block) -> Run {
        block.pieces.0 as usize..block.pieces.1 as usize
    }

    pub(crate) fn pieces(self, run: Run) -> &'d [Piece] {
        &self.layout.pieces[run]
    }

    /// The text of one piece; empty for what is no text.
    pub(crate) fn word(self, piece: &Piece) -> &'d str {
        match piece.kind {
            PieceKind::Text | PieceKind::Code => match piece.owned {
                0 => self.text.get(piece.start as usize..piece.end as usize).unwrap_or(""),
                owned => &self.layout.owned[owned as usize - 1],
            },
            _ => "",
        }
    }

    /// The target of a link.
    pub(crate) fn target(self, piece: &Piece) -> &'d str {
        match piece.owned {
            0 => "",
            owned => &self.layout.owned[owned as usize - 1],
        }
    }

    /// Appends the plain text of a run; a break of the source is a blank, `<br>` a line.
    pub(crate) fn write(self, run: Run, out: &mut String) {
        for piece in self.pieces(run) {
            match piece.kind {
                PieceKind::Text | PieceKind::Code => out.push_str(self.word(piece)),
                PieceKind::Break | PieceKind::Hard => out.push(' '),
                PieceKind::Newline => out.push('\n'),
                _ => {}
            }
        }
    }

    /// The plain text of a run, without blanks at its ends; borrowed where it is one piece of the source.
    pub(crate) fn plain(self, run: Run) -> Cow<'d, str> {
        match self.pieces(run.clone()) {
            [] => Cow::Borrowed(""),
            [only] => match only.kind {
                PieceKind::Text | PieceKind::Code => Cow::Borrowed(glance::trimmed(self.word(only))),
                _ => Cow::Borrowed(""),
            },
            pieces => {
                let length = pieces.iter().map(|piece| piece.end - piece.start).max().unwrap_or(0);
                let mut out = String::with_capacity(length as usize + 32);
                self.write(run, &mut out);
                let kept = out.trim_end().len();
                out.truncate(kept);
                let lead = out.len() - out.trim_start().len();
                if lead > 0 {
                    out.drain(..lead);
                }
                Cow::Owned(out)
            }
        }
    }

    /// The plain text of a whole block.
    pub(crate) fn block_text(self, block: &Block) -> Cow<'d, str> {
        self.plain(Self::run(block))
    }

    /// Folds a run into `fold`.
    pub(crate) fn fold(self, run: Run, fold: &mut Fold) {
        for piece in self.pieces(run) {
            match piece.kind {
                PieceKind::Text | PieceKind::Code => fold.push(self.word(piece)),
                PieceKind::Break | PieceKind::Hard | PieceKind::Newline => fold.gap(),
                _ => {}
            }
        }
    }

    /// Whether nothing but blanks is in a run.
    pub(crate) fn is_blank(self, run: Run) -> bool {
        self.pieces(run).iter().all(|piece| glance::trimmed(self.word(piece)).is_empty())
    }

    /// The lines of a run, as the source breaks them.
    pub(crate) fn lines(self, run: Run) -> impl Iterator<Item = Run> + 'd {
        let pieces = self.layout.pieces.as_slice();
        let mut rest = Some(run);
        std::iter::from_fn(move || {
            let run = rest.take()?;
            let is_break =
                |piece: &Piece| matches!(piece.kind, PieceKind::Break | PieceKind::Hard | PieceKind::Newline);
            match pieces[run.clone()].iter().position(is_break) {
                Some(at) => {
                    rest = Some(run.start + at + 1..run.end);
                    Some(run.start..run.start + at)
                }
                None => Some(run),
            }
        })
    }

    /// Where a run stands in the source, without the blanks around it; `None` for an empty run.
    pub(crate) fn span(self, run: Run) -> Option<Span> {
        let pieces = self.pieces(run);
        let start = pieces.iter().map(|piece| piece.start).min()? as usize;
        let end = pieces.iter().map(|piece| piece.end).max()? as usize;
        Some(super::blocks::trimmed(self.text, start..end))
    }

    /// The strong (or emphasised) text that a run begins with: its inside, and what follows it.
    pub(crate) fn leading_strong(self, run: Run) -> Option<(Run, Run)> {
        let pieces = self.pieces(run.clone());
        let first = pieces.iter().position(|piece| {
            piece.kind != PieceKind::Text || !glance::trimmed(self.word(piece)).is_empty()
        })?;
        let close = match pieces[first].kind {
            PieceKind::StrongStart => PieceKind::StrongEnd,
            PieceKind::EmphasisStart => PieceKind::EmphasisEnd,
            _ => return None,
        };
        let end = first + pieces[first..].iter().position(|piece| piece.kind == close)?;
        Some((run.start + first + 1..run.start + end, run.start + end + 1..run.end))
    }
}

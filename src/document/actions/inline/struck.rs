//! Text that is struck through: what no longer holds, or a promise that was settled.

use super::Inline;
use crate::document::blocks::PieceKind;
use crate::document::plain::{Page, Run};
use crate::model::Status;

/// How much of a text is struck through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Struck {
    /// Nothing.
    Nothing,
    /// A word or a date that another took the place of.
    Words,
    /// More than what is left: the promise itself.
    Promise,
}

pub(super) fn of(page: Page<'_>, run: Run) -> Struck {
    let (mut struck, mut left, mut inside) = (0_usize, 0_usize, false);
    // What opens the text with several words is the promise, however much is said behind it.
    let mut opens = false;
    for piece in page.pieces(run) {
        match piece.kind {
            PieceKind::StrikeStart => inside = true,
            PieceKind::StrikeEnd => inside = false,
            PieceKind::Text | PieceKind::Code => {
                let word = page.word(piece).trim();
                opens |= inside && left == 0 && word.contains(' ');
                *if inside { &mut struck } else { &mut left } += word.len();
            }
            _ => {}
        }
    }
    match struck {
        0 => Struck::Nothing,
        _ if opens || struck > left => Struck::Promise,
        _ => Struck::Words,
    }
}

/// The text of a run with its own lines, without what is struck through if that is asked.
pub(super) fn lined(page: Page<'_>, run: Run, standing: bool) -> String {
    let mut out = String::new();
    let mut inside = false;
    for piece in page.pieces(run) {
        match piece.kind {
            PieceKind::StrikeStart => inside = standing,
            PieceKind::StrikeEnd => inside = false,
            _ if inside => {}
            PieceKind::Text | PieceKind::Code => out.push_str(page.word(piece)),
            PieceKind::Break | PieceKind::Hard | PieceKind::Newline => out.push('\n'),
            _ => {}
        }
    }
    out.trim().to_owned()
}

impl Inline<'_> {
    /// A promise that is struck through was kept, unless a word behind it or an empty checkbox tells otherwise.
    pub(super) fn struck_through(&mut self, left: &str, task: Option<bool>) {
        if self.item.status != Status::Open {
            return;
        }
        let left = left.trim_start_matches(|c: char| !c.is_alphanumeric());
        let mut words = left.split(['.', ',', ';', ':', '\n']).next().unwrap_or("");
        let told = loop {
            match self.vocabulary.status.look_up(words.trim_matches(|c: char| !c.is_alphanumeric())) {
                Some(Status::Open) | None => {}
                told => break told,
            }
            match words.rsplit_once(' ') {
                Some((shorter, _)) if words.len() < 200 => words = shorter,
                _ => break None,
            }
        };
        let settled = if task == Some(false) { Status::Cancelled } else { Status::Done };
        self.item.status = told.unwrap_or(settled);
    }
}

//! The turning point that an entry names.

use super::Reader;
use crate::document::fold::fold;
use crate::document::plain::{Page, Run};
use crate::document::vocabulary::Vocabulary;
use crate::model::EventKind;

/// Longer words, in bytes, are a sentence.
const LONGEST_KIND: usize = 30;

impl Reader<'_> {
    /// A turning point that bold words name: `**Detected:** the alert fired`.
    pub(super) fn named_kind(&self, run: Run, text: &str) -> (Option<EventKind>, String) {
        let strong = strong_words(self.page, run);
        for words in strong {
            let Some(kind) = self.vocabulary.events.look_up(&words) else { continue };
            let rest =
                text.strip_prefix(words.as_str()).map(|rest| rest.trim_start_matches([':', '：', ' ', '.']));
            return (Some(kind), rest.filter(|rest| !rest.is_empty()).unwrap_or(text).to_owned());
        }
        (None, text.to_owned())
    }
}

/// The turning point that a text opens with, in a vocabulary's words: `Detected: …`, or nothing but the word.
#[must_use]
pub fn spoken_kind(text: &str, vocabulary: &Vocabulary) -> Option<EventKind> {
    let end = text.bytes().take(LONGEST_KIND + 1).position(|byte| matches!(byte, b':' | b'.'));
    let end = end.unwrap_or(text.len());
    if end > LONGEST_KIND { None } else { vocabulary.events.get(&fold(&text[..end])) }
}

/// The strong words of a run, one text each.
fn strong_words(page: Page<'_>, run: Run) -> Vec<String> {
    let mut words = Vec::new();
    let mut open: Option<String> = None;
    for piece in page.pieces(run) {
        use crate::document::blocks::PieceKind::{StrongEnd, StrongStart};
        match piece.kind {
            StrongStart => open = Some(String::new()),
            StrongEnd => words.extend(open.take()),
            _ => {
                if let Some(open) = &mut open {
                    open.push_str(page.word(piece));
                }
            }
        }
    }
    words.iter_mut().for_each(|word| word.truncate(word.trim_end_matches([':', '：', '.', ' ']).len()));
    words
}

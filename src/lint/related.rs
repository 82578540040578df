//! Which causes something is done about: action items that share their words.

use super::rule::Look;
use crate::document::{Telling, is_filler};
use crate::likeness::Gist;

/// Of fewer words, nothing can be told.
const FEWEST: usize = 2;

/// The action items of a document by their words.
#[derive(Debug)]
pub(super) struct Actions {
    words: Gist,
    count: usize,
}

impl Actions {
    /// Takes what the items say; those that were cancelled too, for they were weighed.
    #[must_use]
    pub(super) fn new(look: &Look<'_>) -> Self {
        let mut words = Gist::default();
        for item in &look.postmortem.actions {
            words.join(Gist::new(&item.text, is_filler));
        }
        Self { words, count: look.postmortem.actions.len() }
    }

    /// Whether nothing is done about what a text says, and it does not say why. Without any action that is no rule's to
    /// say of each cause.
    #[must_use]
    pub(super) fn leave_open(&self, look: &Look<'_>, text: &str) -> bool {
        let said = Gist::new(text, is_filler);
        self.count > 0
            && said.len() >= FEWEST
            && said.shared(&self.words) == 0
            && !look.vocabulary.tells(Telling::Accepted, text)
            && !points_somewhere(look, text)
    }
}

/// Whether a text names an item (`#3`, `AI-3`) or an address.
fn points_somewhere(look: &Look<'_>, text: &str) -> bool {
    let has_number =
        text.match_indices('#').any(|(at, _)| text[at + 1..].starts_with(|c: char| c.is_ascii_digit()));
    let is_label = |word: &str| {
        word.bytes().any(|byte| byte.is_ascii_digit())
            && word.bytes().any(|byte| byte.is_ascii_alphabetic())
            && look
                .postmortem
                .actions
                .iter()
                .any(|item| item.numbered && item.label.eq_ignore_ascii_case(word))
    };
    has_number
        || text.contains("://")
        || text.split(|c: char| !(c.is_alphanumeric() || c == '-')).any(is_label)
}

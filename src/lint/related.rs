//! Which causes something is done about: action items that share their words.

use std::collections::HashSet;

use super::rule::Look;
use crate::document::{Telling, is_filler};
use crate::likeness::Gist;

/// Of fewer words, nothing can be told.
const FEWEST: usize = 2;

/// The action items of a document by their words.
#[derive(Debug)]
pub(super) struct Actions {
    words: Gist,
    /// Their own labels, in lower case.
    labels: HashSet<String>,
    count: usize,
}

impl Actions {
    /// Takes what the items say; those that were cancelled too, for they were weighed.
    #[must_use]
    pub(super) fn new(look: &Look<'_>) -> Self {
        let actions = &look.postmortem.actions;
        let mut words = Gist::default();
        for item in actions {
            words.join(Gist::new(&item.text, is_filler));
        }
        let labels =
            actions.iter().filter(|item| item.numbered).map(|item| item.label.to_lowercase()).collect();
        Self { words, labels, count: actions.len() }
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
            && !points_somewhere(&self.labels, text)
            && !self.counts_to_one(look, text)
    }
}

impl Actions {
    /// Whether a text names an item by its number behind a word for one: `action 1`, `items 2 and 3`.
    fn counts_to_one(&self, look: &Look<'_>, text: &str) -> bool {
        let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let mut is_behind = false;
        words.any(|word| {
            let is_number = word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit());
            let names_one = is_behind
                && is_number
                && (self.labels.contains(word)
                    || word.parse().is_ok_and(|number: usize| (1..=self.count).contains(&number)));
            is_behind = look.vocabulary.names_action(word);
            names_one
        })
    }
}

/// Whether a text names an item (`#3`, `AI-3`) or an address.
fn points_somewhere(labels: &HashSet<String>, text: &str) -> bool {
    let has_number =
        text.match_indices('#').any(|(at, _)| text[at + 1..].starts_with(|c: char| c.is_ascii_digit()));
    let is_label = |word: &str| {
        let has = |is: fn(&u8) -> bool| word.as_bytes().iter().any(is);
        has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic) && labels.contains(&word.to_lowercase())
    };
    has_number
        || text.contains("://")
        || text.split(|c: char| !(c.is_alphanumeric() || c == '-')).any(is_label)
}

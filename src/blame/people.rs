//! Who is a person: names that are known, names that are common, initials; and what only looks like one.

use std::collections::HashSet;

use super::tokens::{Shape, fold_into};
use super::words::{Class, LEXICON, Word, class};
use crate::document::Document;

/// Names from outside of a document: mailmap, history, CODEOWNERS and configuration, and words of the team's own.
#[derive(Debug, Clone, Default)]
pub struct People {
    names: HashSet<String>,
    handles: HashSet<String>,
    things: HashSet<String>,
    phrases: Vec<Vec<String>>,
}

impl People {
    /// Nobody but those whom a document itself and the lists of common names tell.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a person: `Ana Lee`, `@ana`, `AL`, `Ana Lee <ana@example.org>`. Every part that can stand alone counts as a
    /// name, except for words of English (`Will`, `Mark` as a verb) and what is known to be a product.
    pub fn add_name(&mut self, name: &str) {
        let name = name.split('<').next().unwrap_or(name);
        add(&mut self.names, &mut self.handles, name);
    }

    /// Adds a name that is no person's: a product, a service, a client.
    pub fn add_thing(&mut self, name: &str) {
        let mut folded = String::new();
        for word in name.split_whitespace() {
            fold_into(word, &mut folded);
            self.things.insert(folded.clone());
        }
    }

    /// Adds a word or phrase that judges, as the team's configuration has it.
    pub fn add_blame_phrase(&mut self, phrase: &str) {
        let fold = |word: &str| {
            let mut folded = String::new();
            fold_into(word.trim_matches(|c: char| !c.is_alphanumeric()), &mut folded);
            folded
        };
        let words: Vec<String> =
            phrase.split_whitespace().map(fold).filter(|word| !word.is_empty()).collect();
        if !words.is_empty() {
            self.phrases.push(words);
        }
    }

    /// The phrases that judge, folded word by word.
    pub(super) fn phrases(&self) -> &[Vec<String>] {
        &self.phrases
    }
}

fn is_team_word(word: &str) -> bool {
    let mut folded = String::new();
    fold_into(word, &mut folded);
    LEXICON.look_up(&folded).class & (class::TEAM | class::ROLEISH | class::ROLE) != 0
}

/// Puts a name into the sets: whole handles, and the words of names.
fn add(names: &mut HashSet<String>, handles: &mut HashSet<String>, name: &str) {
    let mut folded = String::new();
    for word in name.split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '/' | '|')) {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '@');
        if let Some(handle) = bare.strip_prefix('@') {
            fold_into(handle, &mut folded);
            handles.insert(folded.clone());
            continue;
        }
        fold_into(bare, &mut folded);
        let is_name = folded.chars().count() >= 2 && folded.chars().all(char::is_alphabetic);
        let is_written = bare.starts_with(char::is_uppercase);
        // A word of English is a name only where the lists know it as one.
        let known = LEXICON.look_up(&folded).class;
        if is_name && is_written && (known == 0 || known & class::GIVEN != 0) {
            names.insert(folded.clone());
        }
    }
}

/// Who is known in one document: the people from outside, and those whom it names itself.
#[derive(Debug)]
pub(super) struct Known<'p> {
    people: &'p People,
    names: HashSet<String>,
    handles: HashSet<String>,
}

impl<'p> Known<'p> {
    /// The people of a document: authors, reviewers, owners of its actions.
    pub(super) fn new(document: &Document<'_>, people: &'p People) -> Self {
        let mut known = Self { people, names: HashSet::new(), handles: HashSet::new() };
        let owners = document.actions().iter().filter_map(|action| action.item.owner.as_deref());
        // A longer value is a sentence; an owner of one plain word may be a team.
        let is_owner =
            |name: &&str| name.starts_with('@') || name.contains(' ') || name.chars().all(char::is_uppercase);
        for name in document.people().iter().map(String::as_str).chain(owners.filter(is_owner)) {
            let is_other = |word: &str| {
                let is_plain = word.chars().all(char::is_lowercase);
                is_team_word(word) || (is_plain && LEXICON.look_up(word).class & class::PARTICLE == 0)
            };
            let is_name = !name.split_whitespace().any(is_other) || name.starts_with('@');
            if name.split_whitespace().count() <= 4 && is_name {
                add(&mut known.names, &mut known.handles, name);
            }
        }
        known
    }

    /// Whether a capitalised word is somebody's name or initials.
    pub(super) fn name_class(&self, folded: &str, shape: Shape, word: Word) -> Class {
        // What a team calls a product is none of its people, whoever else is called so.
        if self.people.things.contains(folded) {
            return 0;
        }
        let is_known = self.people.names.contains(folded) || self.names.contains(folded);
        if word.class & (class::PRODUCT | class::ACRONYM) != 0 {
            let of_document = word.class & class::GIVEN != 0 && is_known;
            return if of_document || self.people.names.contains(folded) { class::NAME } else { 0 };
        }
        let is_word = word.class & !(class::GIVEN | class::PARTICLE) != 0;
        match shape {
            Shape::Capital if is_known && !is_word => class::NAME,
            Shape::Capital if word.class & class::GIVEN != 0 => class::NAME,
            Shape::Upper if matches!(folded.len(), 2 | 3) && !is_word => {
                class::INITIALS | if is_known { class::NAME } else { 0 }
            }
            Shape::Upper if is_known && !is_word => class::NAME,
            _ => 0,
        }
    }

    /// Whether a word in lower case is somebody's handle, as people write them without the `@`.
    pub(super) fn is_lower_name(&self, folded: &str) -> bool {
        (!self.handles.is_empty() && self.handles.contains(folded))
            || (!self.people.handles.is_empty() && self.people.handles.contains(folded))
    }
}

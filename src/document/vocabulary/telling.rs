//! Phrases by which documents are judged: what a sentence tells, whatever its language.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::Vocabulary;
use crate::document::fold::{Fnv, fold};
use crate::document::language::Telling;
use crate::document::words::Words;

/// Where a clause ends: what is denied in one is not denied in the next.
const CLAUSES: [char; 11] = ['.', '!', '?', ';', ',', '\n', '。', '！', '？', '、', '，'];

/// What a phrase tells, and the phrase, folded.
type Phrase = (Telling, Box<str>);

/// Every phrase.
#[derive(Debug, Clone, Default)]
pub(crate) struct Phrases {
    /// Those of scripts that part words by blanks, by their first words.
    spaced: HashMap<Box<str>, Vec<Phrase>, BuildHasherDefault<Fnv>>,
    joined: Vec<Phrase>,
    pending: Words<()>,
    abbreviations: Words<()>,
}

impl Phrases {
    /// Adds the phrases of a language.
    pub(super) fn add(&mut self, what: Telling, phrases: &[&str]) {
        for phrase in phrases {
            match what {
                Telling::Pending => self.pending.add(phrase, ()),
                Telling::Abbreviation => self.abbreviations.add(phrase, ()),
                _ => self.add_folded(what, fold(phrase)),
            }
        }
    }

    fn add_folded(&mut self, what: Telling, phrase: String) {
        let first = phrase.split(' ').next().unwrap_or_default();
        if first.starts_with(is_unspaced) {
            self.joined.push((what, phrase.into_boxed_str()));
        } else {
            self.spaced.entry(first.into()).or_default().push((what, phrase.into_boxed_str()));
        }
    }

    /// Where the first phrase of a kind stands in a folded text.
    fn find(&self, what: Telling, folded: &str) -> Option<usize> {
        let ends = |end: usize| folded[end..].chars().next().is_none_or(|c| c == ' ' || is_unspaced(c));
        let begins = |at: usize, phrase: &str| folded[at..].starts_with(phrase) && ends(at + phrase.len());
        let spaced = words(folded).find(|(at, word)| {
            self.spaced
                .get(*word)
                .is_some_and(|known| known.iter().any(|(kind, phrase)| *kind == what && begins(*at, phrase)))
        });
        let joined = || {
            let of = self.joined.iter().filter(|(kind, _)| *kind == what && !folded.is_ascii());
            of.filter_map(|(_, phrase)| folded.find(&**phrase)).min()
        };
        spaced.map(|(at, _)| at).into_iter().chain(joined()).min()
    }
}

/// The words of a folded text with their places; those of scripts without blanks part the others.
fn words(folded: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &folded[at..];
        let start = at + rest.find(|c: char| c != ' ' && !is_unspaced(c))?;
        let length = folded[start..].find(|c: char| c == ' ' || is_unspaced(c));
        at = length.map_or(folded.len(), |length| start + length);
        Some((start, &folded[start..at]))
    })
}

impl Vocabulary {
    /// Whether a text tells something, anywhere in it.
    #[must_use]
    pub fn tells(&self, what: Telling, text: &str) -> bool {
        self.phrases.find(what, &fold(text)).is_some()
    }

    /// Whether a text tells something and does not deny it in the same clause.
    #[must_use]
    pub fn affirms(&self, what: Telling, text: &str) -> bool {
        text.split(CLAUSES).any(|clause| {
            let folded = fold(clause);
            let Some(at) = self.phrases.find(what, &folded) else { return false };
            // Scripts that set no blanks mostly deny at the end.
            let before = if folded[at..].starts_with(is_unspaced) { &folded } else { &folded[..at] };
            self.phrases.find(Telling::Not, before).is_none()
        })
    }

    /// Whether a value says that it is still to come: `TBD`, `…`, `YYYY-MM-DD`.
    #[must_use]
    pub fn is_pending(&self, value: &str) -> bool {
        let value = value.trim();
        let is_dots = || value.chars().all(|c| matches!(c, '.' | '…' | ' '));
        if value.chars().any(char::is_alphanumeric) {
            self.phrases.pending.look_up(value).is_some()
        } else {
            value.contains('…') || value.contains("...") && is_dots() || value.contains("???")
        }
    }

    /// Whether a full stop behind a word ends no sentence.
    #[must_use]
    pub fn is_abbreviation(&self, word: &str) -> bool {
        self.phrases.abbreviations.look_up(word).is_some()
    }

    /// Whether a word is the name of a month.
    #[must_use]
    pub fn is_month(&self, word: &str) -> bool {
        self.months.look_up(word).is_some()
    }
}

/// Signs of scripts that set no blanks between words.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_found_as_whole_words_in_any_language() {
        let vocabulary = Vocabulary::default();
        for (what, text) in [
            (Telling::NoImpact, "There was no customer impact."),
            (Telling::NoImpact, "Keine Auswirkungen auf Kunden"),
            (Telling::NoImpact, "顧客への影響なし"),
            (Telling::Everyone, "It hit ALL customers"),
            (Telling::People, "Because it was a human error"),
            (Telling::People, "Une erreur humaine"),
        ] {
            assert!(vocabulary.tells(what, text), "{text}");
        }
        assert!(!vocabulary.tells(Telling::Detected, "The pageant began"));
    }

    #[test]
    fn what_is_denied_is_not_affirmed() {
        let vocabulary = Vocabulary::default();
        for text in [
            "Some data was lost.",
            "No pages failed, data loss followed",
            "データ消失が発生した",
            "Datenverlust",
        ] {
            assert!(vocabulary.affirms(Telling::Lost, text), "{text}");
        }
        for text in [
            "There was no data loss.",
            "kein Datenverlust",
            "データ消失はなかった",
            "aucune perte de données",
        ] {
            assert!(!vocabulary.affirms(Telling::Lost, text), "{text}");
        }
    }

    #[test]
    fn a_value_still_to_come_is_no_answer() {
        let vocabulary = Vocabulary::default();
        for text in ["TBD", "…", "...", "???", "to be determined", "wird nachgereicht", "未定", "YYYY-MM-DD"]
        {
            assert!(vocabulary.is_pending(text), "{text}");
        }
        for text in ["", "-", "none", "N/A", "?", "unknown", "keine", "30 minutes", "."] {
            assert!(!vocabulary.is_pending(text), "{text}");
        }
    }
}

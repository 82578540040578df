//! The words of an attestation, by keys that every language's file has.

use super::Vocabulary;
use crate::document::fold::fold;
use crate::document::language::{LANGUAGES, Language};
use crate::model::ReferenceKind;

/// The table of a language's file.
const TABLE: &str = "attestation";
/// The one with the kinds of addresses.
const REFERENCES: &str = "references";
/// The key of what nobody provided.
const NOT_RECORDED: &str = "not-recorded";

impl Vocabulary {
    /// The words under a key of the attestation, in the language that is written; empty for an unknown key.
    #[must_use]
    pub fn attested(&self, key: &str) -> &'static str {
        self.written_word(TABLE, key)
    }

    /// What a kind of address is called, in the language that is written.
    #[must_use]
    pub fn reference_name(&self, kind: ReferenceKind) -> &'static str {
        self.written_word(REFERENCES, kind.key())
    }

    fn written_word(&self, table: &'static str, key: &str) -> &'static str {
        let own = LANGUAGES.iter().find(|language| language.code == self.wording().language);
        let word = |language: &Language| language.words(table, key).first().copied();
        own.and_then(word).or_else(|| word(&LANGUAGES[0])).unwrap_or_default()
    }
}

/// The key of the attestation that a label stands for, in any language.
pub(crate) fn attested_key(label: &str) -> Option<&'static str> {
    let wanted = fold(label);
    let mut rows = LANGUAGES.iter().flat_map(|language| language.table(TABLE));
    rows.find(|(_, words)| words.iter().any(|word| fold(word) == wanted)).map(|(key, _)| key)
}

/// Whether a value says that nobody provided one, in any language.
pub(crate) fn is_not_recorded(value: &str) -> bool {
    let value = fold(value);
    let words = LANGUAGES.iter().flat_map(|language| language.words(TABLE, NOT_RECORDED));
    value.is_empty() || words.into_iter().any(|word| fold(word) == value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Wording;

    #[test]
    fn words_are_written_in_one_language_and_read_in_all() {
        let german = Vocabulary::new(&Wording { language: "de".to_owned(), ..Wording::default() });
        assert_eq!(german.attested("files"), "Untersuchte Dateien");
        assert_eq!(german.reference_name(ReferenceKind::StatusPage), "Statusseite");
        assert_eq!(attested_key("untersuchte dateien"), Some("files"));
        assert_eq!(attested_key("Files analyzed"), Some("files"));
        assert_eq!(attested_key("Files"), None);
        assert!(
            is_not_recorded("Not recorded.") && is_not_recorded("nicht festgehalten") && is_not_recorded(" ")
        );
        assert!(!is_not_recorded("recorded in the wiki"));
        let klingon = Vocabulary::new(&Wording { language: "tlh".to_owned(), ..Wording::default() });
        assert_eq!(klingon.attested("none"), "none", "an unknown language is English");
    }

    #[test]
    fn every_kind_has_a_name_in_every_language() {
        for language in LANGUAGES.iter() {
            for kind in ReferenceKind::ALL {
                assert!(!language.words(REFERENCES, kind.key()).is_empty(), "{}: {kind:?}", language.code);
            }
        }
    }

    #[test]
    fn what_is_filled_in_is_named_alike_in_every_language() {
        let names = |words: &str| {
            let mut names: Vec<String> = words
                .split('{')
                .skip(1)
                .filter_map(|part| Some(part.split_once('}')?.0.to_owned()))
                .collect();
            names.sort();
            names
        };
        for (key, english) in LANGUAGES[0].table(TABLE) {
            for language in LANGUAGES.iter() {
                let words = language.words(TABLE, key);
                assert_eq!(names(words[0]), names(english[0]), "{}: {key}", language.code);
            }
        }
    }
}

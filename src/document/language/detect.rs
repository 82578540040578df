//! Which language a text is written in, told by the words that every text of a language is full of.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::OnceLock;

use super::{LANGUAGES, Language};
use crate::document::fold::Fnv;

/// How much of a text is looked at, and how many words must tell.
const ENOUGH: usize = 16_000;
const TELLING: u32 = 4;

/// A set of languages, by their places in the list.
type Which = u32;

/// The language of a text; `None` where too little tells.
pub(crate) fn detect(text: &str) -> Option<&'static Language> {
    let enough = (text.len().min(ENOUGH)..=text.len()).find(|at| text.is_char_boundary(*at));
    let head = &text[..enough.unwrap_or(text.len())];
    let mut counts = vec![0_u32; LANGUAGES.len()];
    let mut count = |which: Which| {
        for (at, count) in counts.iter_mut().enumerate() {
            *count += which >> at & 1;
        }
    };
    let known = known();
    let mut lower = String::new();
    // Addresses are of no language, and neither are the letters of a commit's id.
    let spoken = head.split_whitespace().filter(|part| !part.contains("://"));
    let is_id = |part: &&str| part.is_ascii() && part.bytes().any(|byte| byte.is_ascii_digit());
    let parts =
        spoken.flat_map(|part| part.split(|c: char| !c.is_alphanumeric())).filter(|part| !is_id(part));
    let words = parts.flat_map(|part| part.split(|c: char| !c.is_alphabetic()));
    for word in words.filter(|word| !word.is_empty()) {
        if word.len() <= known.longest {
            lower.clear();
            if word.is_ascii() {
                lower.push_str(word);
                lower.make_ascii_lowercase();
            } else {
                word.chars().for_each(|c| lower.extend(c.to_lowercase()));
            }
            known.words.get(lower.as_str()).copied().into_iter().for_each(&mut count);
        }
        if !word.is_ascii() {
            word.chars().filter_map(|c| known.letters.get(&c).copied()).for_each(&mut count);
        }
    }
    let (best, most) = counts.iter().enumerate().max_by_key(|(at, count)| (**count, usize::MAX - at))?;
    (*most >= TELLING).then(|| &LANGUAGES[best])
}

/// Whether a word, in lower case, is one that every text of some language is full of.
#[must_use]
pub fn is_filler(word: &str) -> bool {
    known().words.contains_key(word)
}

struct Known {
    words: HashMap<&'static str, Which, BuildHasherDefault<Fnv>>,
    /// Of scripts that put no blanks between words.
    letters: HashMap<char, Which>,
    longest: usize,
}

fn known() -> &'static Known {
    static KNOWN: OnceLock<Known> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let mut known = Known { words: HashMap::default(), letters: HashMap::new(), longest: 0 };
        for (at, language) in LANGUAGES.iter().enumerate() {
            for word in language.words("detection", "words") {
                known.longest = known.longest.max(word.len());
                *known.words.entry(word).or_default() |= 1 << at;
            }
            for letter in language.words("detection", "letters").iter().flat_map(|letters| letters.chars()) {
                *known.letters.entry(letter).or_default() |= 1 << at;
            }
        }
        known
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_is_told_by_its_own_words() {
        for (code, text) in [
            ("en", "The cache was empty and the load on the database rose until it did not answer."),
            (
                "de",
                "Der Cache war leer, und die Last auf der Datenbank stieg, bis sie nicht mehr antwortete.",
            ),
            (
                "fr",
                "Le cache était vide et la charge de la base a augmenté jusqu'à ce qu'elle ne réponde plus.",
            ),
            ("es", "La caché estaba vacía y la carga de la base de datos subió hasta que no respondió."),
            ("pt", "O cache estava vazio e a carga do banco de dados subiu até que ele não respondeu mais."),
            ("ja", "キャッシュが空になり、データベースの負荷が上がって応答しなくなりました。"),
        ] {
            assert_eq!(detect(text).map(|language| language.code), Some(code), "{text}");
        }
        let addresses =
            "See https://a.acme.com/o/r and https://b.acme.com/e/2 and https://c.acme.com/a?de=o and e.";
        assert_ne!(detect(addresses).map(|language| language.code), Some("pt"));
        let id = "# Root Cause\n\n| fix | 642ab48d0e3e8d51b036b041f0e04089fe2a84dd | 0e1a2o3e4a5 |\n";
        assert!(detect(id).is_none());
        assert!(detect("# API\n\n| 14:05 | 5xx |").is_none());
    }
}

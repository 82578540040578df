//! Whom *they* means: what was told of before, people or things.

use super::sentence::Sentence;
use super::tokens::Token;
use super::words::{PAST, THIRD, class};

/// What a plural pronoun stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Antecedent {
    /// People of one's own; so is whoever is not told of before.
    People,
    /// Pods, retries, and customers, who are not asked about.
    Others,
}

/// What the *they* at a token of a sentence means.
pub(super) fn of(sentence: &Sentence<'_>, they: usize) -> Antecedent {
    first(&sentence.tokens[..they], |token| sentence.text.get(token.start as usize..token.end as usize))
        .or(sentence.they)
        .unwrap_or(Antecedent::People)
}

/// The first that several are told of in some tokens: mostly the subject, which the next sentence goes on with.
pub(super) fn first<'t>(tokens: &[Token], text: impl Fn(&Token) -> Option<&'t str>) -> Option<Antecedent> {
    tokens.iter().filter(|token| token.is_word()).find_map(|token| {
        if token.has(class::ADVERSARY) {
            return Some(Antecedent::Others);
        }
        if token.has(class::NAME | class::ROLE | class::TEAM | class::MANY) {
            return Some(Antecedent::People);
        }
        let small =
            class::PRONOUN | class::DET | class::PREP | class::BE | class::HAVE | class::DO | class::ADVERB;
        let is_verb = token.is_form(PAST) || token.is_form(THIRD) && !token.has(class::TOOL);
        let word = text(token).unwrap_or_default();
        let is_plural =
            word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us");
        (is_plural && !is_verb && !token.has(small | class::WHOSE | class::TIME))
            .then_some(Antecedent::Others)
    })
}

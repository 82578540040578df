//! The same without the person: the passive, where it is mechanical and surely a sentence.

use super::RemarkKind;
use super::sentence::{Finding, Sentence};
use super::tokens::{Kind, Shape};
use super::words::{LEXICON, PAST, class};
use crate::document::edit::Edit;

/// A longer object may hold a clause.
const LONGEST: usize = 6;

/// `An engineer deleted the bucket.` becomes `The bucket was deleted.`: only for a simple past with its subject before
/// it and an object behind it, and nothing else in the sentence that needs the person.
pub(super) fn passive(sentence: &Sentence<'_>, found: &Finding) -> Option<Edit> {
    let verb = found.verb.filter(|_| found.kind == RemarkKind::Actor)?;
    let (from, to) = found.subject;
    let token = &sentence.tokens[verb];
    let is_plain = token.is_form(PAST) && token.has(class::CHANGE) && !token.has(class::MEND) && from < to;
    // Adverbs of blame go; others stay where they are. Nothing else may stand between.
    let mut kept = None;
    for at in to..verb {
        let between = &sentence.tokens[at];
        match between.is_word() {
            true if between.has(class::SLIPLY | class::RASHLY) => {}
            true if between.has(class::ADVERB)
                && !between.has(class::NOT | class::CONJ)
                && kept.is_none() =>
            {
                kept = Some(at);
            }
            _ => return None,
        }
    }
    let end = object(sentence, verb + 1)?;
    if !is_plain || !is_whole(sentence, from, end) {
        return None;
    }
    let text = |from: usize, to: usize| {
        &sentence.text[sentence.tokens[from].start as usize..sentence.tokens[to].end as usize]
    };
    let object = text(verb + 1, end - 1);
    let mut first = object.chars();
    let object = match first.next() {
        // The sentence began with the person: now it begins with the object.
        Some(c) if from == 0 || is_opening(sentence, from) => c.to_uppercase().chain(first).collect(),
        _ => object.to_owned(),
    };
    let be = if is_plural(sentence, end - 1) { "were" } else { "was" };
    let adverb = kept.map_or_else(String::new, |at| format!("{} ", text(at, at)));
    let part = &LEXICON.verb(token.verb).part;
    let span = sentence.tokens[from].start as usize..sentence.tokens[end - 1].end as usize;
    Some(Edit { span, text: format!("{object} {be} {adverb}{part}") })
}

/// Whether only signs, numbers and words of time stand before.
fn is_opening(sentence: &Sentence<'_>, from: usize) -> bool {
    sentence.tokens[..from].iter().all(|token| !token.is_word() || token.has(class::TIME))
        && !sentence.tokens[..from].iter().any(|token| token.kind == Kind::Code)
        && sentence.tokens[from].shape != Shape::Lower
}

/// Behind an object of a determiner and a few plain words.
fn object(sentence: &Sentence<'_>, from: usize) -> Option<usize> {
    if !sentence.has(from, class::DET) || sentence.has(from, class::NEGATES) {
        return None;
    }
    let mut at = from + 1;
    while let Some(token) = sentence.tokens.get(at) {
        let is_noun = token.kind == Kind::Code
            || token.is_word()
                && !token.possessive
                && token.forms & PAST == 0
                && !token.has(ENDS)
                && !token.quoted;
        if !is_noun {
            break;
        }
        at += 1;
    }
    let last = sentence.tokens.get(at - 1)?;
    // A place or time may follow, a particle or a second object may not.
    let next = sentence.tokens.get(at);
    let ends_well = next.is_none_or(|next| {
        matches!(next.kind, Kind::Stop)
            || sentence.is_any(at, &["on", "in", "from", "at", "to", "during", "for"])
    });
    (at > from + 1 && at <= from + LONGEST && last.is_word() && ends_well).then_some(at)
}

const ENDS: u128 = class::PREP
    | class::CONJ
    | class::BECAUSE
    | class::PRONOUN
    | class::DET
    | class::ADVERB
    | class::WHOSE
    | class::NOT
    | class::BE
    | class::HAVE
    | class::DO
    | class::SLIPLY
    | class::RASHLY
    | class::NAME
    | class::TIME;

/// Whether the sentence is the person's clause alone: no other verb, no pronoun that would lose its person.
fn is_whole(sentence: &Sentence<'_>, from: usize, end: usize) -> bool {
    let before = &sentence.tokens[..from];
    let behind = &sentence.tokens[end..];
    let refers = class::HE_SHE
        | class::THEY
        | class::I
        | class::WE
        | class::WHO
        | class::CONJ
        | class::WHOSE
        | class::NAME
        | class::SLIPLY
        | class::RASHLY;
    let is_plain = behind.iter().all(|token| {
        !token.is_word() && token.kind != Kind::Comma && token.kind != Kind::Colon
            || token.is_word() && !token.has(refers) && token.forms & !super::words::BASE == 0
    });
    let leads = before.iter().all(|token| {
        !token.is_word()
            || token.class & (class::TIME | class::PREP | class::DET) != 0
            || token.class == 0 && token.forms == 0
    });
    is_plain && leads
}

/// Whether a noun is plural, by its ending.
fn is_plural(sentence: &Sentence<'_>, at: usize) -> bool {
    let noun = sentence.text_of(at).to_lowercase();
    noun.ends_with('s')
        && !["ss", "us", "is", "dns", "tls", "nfs", "aws", "https"]
            .iter()
            .any(|ending| noun.ends_with(ending))
}

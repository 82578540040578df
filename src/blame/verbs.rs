//! The verb of a clause with what stands around it: modal, negation, tense, voice, adverbs that judge.

use super::sentence::Sentence;
use super::tokens::Kind;
use super::words::{BASE, Class, GERUND, PART, PAST, THIRD, class};

/// The modal of a verb, which decides whether it tells of the past at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Modal {
    None,
    Should,
    Could,
    Would,
    Maybe,
    Will,
}

/// What follows a subject.
#[derive(Debug, Clone, Copy)]
pub(super) struct VerbPhrase {
    /// The token of the main verb.
    pub(super) main: usize,
    /// The groups of the main verb.
    pub(super) class: Class,
    pub(super) modal: Modal,
    /// *have* or *had* before a participle.
    pub(super) perfect: bool,
    /// *be* before a participle.
    pub(super) passive: bool,
    /// *be* before an `-ing` form, or such a form alone.
    pub(super) progressive: bool,
    /// The main verb is *be*.
    pub(super) copula: bool,
    /// The main verb is *have*.
    pub(super) possession: bool,
    pub(super) negated: bool,
    /// It tells of the past, or, of a timeline, may.
    pub(super) past: bool,
    /// *accidentally* and the like stand beside the verb.
    pub(super) sliply: bool,
    /// *carelessly* and the like stand beside the verb.
    pub(super) rashly: bool,
}

/// More words between subject and verb are another clause.
const FARTHEST: usize = 9;

impl VerbPhrase {
    fn new(at: usize) -> Self {
        Self {
            main: at,
            class: 0,
            modal: Modal::None,
            perfect: false,
            passive: false,
            progressive: false,
            copula: false,
            possession: false,
            negated: false,
            past: false,
            sliply: false,
            rashly: false,
        }
    }

    /// Whether it tells what happened: no modal, no future, no condition.
    pub(super) fn is_told(&self) -> bool {
        self.modal == Modal::None && self.past
    }
}

/// What stands open while a verb phrase is read from left to right.
#[derive(Default)]
struct Open {
    have: bool,
    be: bool,
    do_: bool,
    /// The token of *be*, or of *have*.
    at: usize,
    /// After *to* of `had to`, `ought to`.
    bare: bool,
}

/// Reads the verb phrase that begins at a token. `plural` subjects take base forms (`we deploy`).
pub(super) fn parse(sentence: &Sentence<'_>, from: usize, plural: bool) -> Option<VerbPhrase> {
    let mut phrase = VerbPhrase::new(from);
    let mut open = Open::default();
    let mut at = from;
    while at < sentence.tokens.len().min(from + FARTHEST) {
        let token = &sentence.tokens[at];
        if token.kind != Kind::Word || token.quoted || token.possessive {
            return ended(&phrase, &open);
        }
        phrase.negated |= token.has(class::NOT);
        if auxiliary(sentence, at, &mut phrase, &mut open) {
            at += 1;
            continue;
        }
        if token.forms != 0 && takes(token.forms, &phrase, &open, plural) {
            // `was now running`: an adverb that is also a verb is one only where no verb follows.
            finish(&mut phrase, &open, at, sentence);
            return Some(phrase);
        }
        if token.has(class::ADVERB | class::SLIPLY | class::RASHLY | class::NOT | class::HASTE) {
            phrase.sliply |= token.has(class::SLIPLY);
            phrase.rashly |= token.has(class::RASHLY);
            at += 1;
            continue;
        }
        return ended(&phrase, &open);
    }
    ended(&phrase, &open)
}

/// A phrase without a main verb: *be* and *have* may be verbs themselves.
fn ended(phrase: &VerbPhrase, open: &Open) -> Option<VerbPhrase> {
    let mut phrase = *phrase;
    if open.be {
        phrase.copula = true;
    } else if open.have {
        phrase.possession = true;
        phrase.perfect = false;
    } else {
        return None;
    }
    phrase.main = open.at;
    Some(phrase)
}

/// Takes an auxiliary verb in; false where the token is none.
fn auxiliary(sentence: &Sentence<'_>, at: usize, phrase: &mut VerbPhrase, open: &mut Open) -> bool {
    let token = &sentence.tokens[at];
    let modal = [
        (class::SHOULD, Modal::Should),
        (class::COULD, Modal::Could),
        (class::WOULD, Modal::Would),
        (class::WILL, Modal::Will),
        (class::MAYBE, Modal::Maybe),
    ];
    let modal = modal.iter().find(|(class, _)| token.has(*class)).map(|(_, modal)| *modal);
    if let Some(modal) = modal {
        if phrase.modal != Modal::None || open.have || open.be || open.do_ {
            return false;
        }
        phrase.modal = modal;
        open.have |= token.has(class::HAVE);
        return true;
    }
    if token.has(class::HAVE) && !open.be && !(open.have && token.is_form(PART)) {
        phrase.past |= token.is_form(PAST);
        open.have = true;
        open.at = at;
        return true;
    }
    if token.has(class::BE) {
        phrase.past |= token.is_form(PAST) || (open.have && token.is_form(PART));
        phrase.perfect |= open.have;
        open.be = true;
        open.at = at;
        return true;
    }
    if token.has(class::DO) && !open.have && !open.be && !open.do_ && phrase.modal == Modal::None {
        let next = sentence.verb_after(at + 1);
        let is_helping =
            token.has(class::NOT) || next.is_some_and(|next| sentence.tokens[next].is_form(BASE));
        if is_helping {
            phrase.past |= token.is_form(PAST);
            open.do_ = true;
        }
        return is_helping;
    }
    // `had to restart`, `ought to ask`
    if sentence.is(at, "to") && at > 0 && (open.have && !open.be || sentence.is(at - 1, "ought")) {
        open.bare = !sentence.is(at - 1, "ought");
        return true;
    }
    false
}

/// Whether a verb in some form may be the main one here.
fn takes(forms: u8, phrase: &VerbPhrase, open: &Open, plural: bool) -> bool {
    if open.be {
        return forms & (PART | GERUND) != 0;
    }
    if open.have && !open.bare {
        return forms & PART != 0;
    }
    if open.do_ || open.bare || phrase.modal != Modal::None {
        return forms & BASE != 0;
    }
    forms & (PAST | THIRD) != 0 || (plural && forms & BASE != 0) || forms & GERUND != 0
}

fn finish(phrase: &mut VerbPhrase, open: &Open, at: usize, sentence: &Sentence<'_>) {
    let token = &sentence.tokens[at];
    phrase.main = at;
    phrase.class = token.class;
    if open.be {
        phrase.passive = token.is_form(PART) && !token.is_form(GERUND);
        phrase.progressive = token.is_form(GERUND);
    } else if open.have && !open.bare {
        phrase.perfect = true;
        phrase.past |= phrase.modal == Modal::None;
    } else if !open.do_ && phrase.modal == Modal::None {
        phrase.past |= token.is_form(PAST) && !open.bare;
        phrase.progressive = token.is_form(GERUND) && !token.is_form(PAST | THIRD | BASE);
    }
    // An adverb may follow at once, or end the clause: `deleted it accidentally`.
    for behind in sentence.tokens[at + 1..].iter().take(6).take_while(|token| token.kind == Kind::Word) {
        phrase.sliply |= behind.has(class::SLIPLY) && !behind.quoted;
        phrase.rashly |= behind.has(class::RASHLY) && !behind.quoted;
        if behind.has(class::CONJ | class::BECAUSE | class::BE | class::HAVE) {
            break;
        }
    }
}

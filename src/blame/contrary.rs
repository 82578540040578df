//! What would have been otherwise: conditions contrary to fact, deeds and care that would have helped, and *why* nobody did.

use super::clauses::is_possession;
use super::hindsight::finding;
use super::sentence::{Finding, Sentence};
use super::subject::{self, HEADS, Who};
use super::tokens::Kind;
use super::verbs;
use super::words::{GERUND, PART, class};

/// `if we had checked`, `had the engineer read`, `if only we had`
pub(super) fn condition(sentence: &Sentence<'_>, at: usize) -> Option<Finding> {
    let inverted = sentence.is(at, "had");
    let before = at.checked_sub(1).map(|at| &sentence.tokens[at]);
    let opens = sentence.has(
        at + 1,
        class::I | class::WE | class::HE_SHE | class::THEY | class::NAME | class::DET | class::SOMEONE,
    ) && before
        .is_some_and(|token| token.is_form(PART) || token.has(class::ADVERB | class::HASTE | class::THEM));
    if inverted && !opens && before.is_some_and(|token| token.is_word() && !token.has(class::CONJ)) {
        return None;
    }
    let heads = at + 1..sentence.tokens.len().min(at + 6);
    for head in heads {
        if !sentence.has(head, HEADS) {
            continue;
        }
        let Some(subject) = subject::at(sentence, head) else { continue };
        if matches!(subject.who, Who::They) || subject.from > at + 2 {
            return None;
        }
        let main = if inverted {
            sentence.verb_after(subject.to).filter(|main| sentence.tokens[*main].is_form(PART))?
        } else {
            let phrase = verbs::parse(sentence, subject.to, subject.plural)?;
            let is_unreal = phrase.perfect && phrase.past && !phrase.possession && !phrase.passive
                || phrase.progressive && phrase.perfect;
            is_unreal.then_some(phrase.main)?
        };
        let possesses = sentence.is_verb(main, "have")
            || sentence.has(main, class::HAVE)
            || is_possession(sentence, main);
        return if possesses || !is_contrary(sentence, at) { None } else { Some(finding(at, main)) };
    }
    None
}

/// A condition contrary to fact comes with *would* or *could*, or with *only*.
fn is_contrary(sentence: &Sentence<'_>, at: usize) -> bool {
    let modal = class::WOULD | class::COULD;
    sentence.is(at + 1, "only")
        || (sentence.is(at, "had") && at > 0)
        || sentence.tokens.iter().any(|token| token.is_word() && token.has(modal))
}

/// `Should have tested …`: whoever should have is on the line above, or left out.
pub(super) fn dropped(sentence: &Sentence<'_>, begin: usize) -> Option<Finding> {
    if !sentence.first || !sentence.has(begin, class::SHOULD) {
        return None;
    }
    let phrase = verbs::parse(sentence, begin, true)?;
    let is_past =
        phrase.perfect && !phrase.passive && !phrase.possession && !is_possession(sentence, phrase.main);
    (is_past
        && phrase.class & (class::CARE | class::PERCEIVE | class::CHORE | class::MEND | class::TELL) != 0)
        .then(|| finding(begin, phrase.main))
}

/// `Reviewing the plan would have shown it`: the deed is a person's; a tool or test is none.
pub(super) fn deed(sentence: &Sentence<'_>, begin: usize) -> Option<Finding> {
    let first = sentence.tokens.get(begin)?;
    let is_deed = first.is_word() && first.is_form(GERUND) && !first.quoted;
    let takes_object = sentence
        .has(begin + 1, class::DET | class::WHOSE | class::IT | class::THEM | class::PREP | class::ADVERB)
        || sentence.is(begin + 1, "to")
        || !sentence.has(begin, class::GERUND_NOUN) && sentence.has(begin, class::CARE);
    // Setting something up is making a tool.
    let makes = first.has(class::CHANGE) && !first.has(class::CARE)
        || sentence
            .is_any(begin, &["having", "using", "adding", "running", "enabling", "setting", "implementing"]);
    if !is_deed || !takes_object || makes {
        return None;
    }
    let would = (begin + 1..sentence.tokens.len().min(begin + 16)).find(|at| {
        sentence.has(*at, class::WOULD | class::COULD)
            && (sentence.is(at + 1, "have") || sentence.has(*at, class::HAVE))
    })?;
    let other = &sentence.tokens[begin + 1..would];
    if other.iter().any(|token| {
        token.kind == Kind::Comma
            || token.has(class::WHO) && token.has(class::PRONOUN) && !token.has(class::IT)
    }) {
        return None;
    }
    let main = sentence.verb_after(would + if sentence.has(would, class::HAVE) { 1 } else { 2 })?;
    sentence.has(main, class::AVERT).then(|| finding(begin, main))
}

/// `More care would have prevented it`, `better communication could have helped`
pub(super) fn more_care(sentence: &Sentence<'_>, at: usize) -> Option<Finding> {
    if !(sentence.is(at + 1, "have") || sentence.has(at, class::HAVE)) {
        return None;
    }
    let more = (at.saturating_sub(11)..at).find(|more| {
        sentence.is_any(
            *more,
            &[
                "more", "better", "closer", "earlier", "greater", "careful", "little", "quick", "brief",
                "second",
            ],
        )
    })?;
    let between = more + 1..at;
    let cares = between.clone().any(|word| {
        sentence.is_any(
            word,
            &[
                "look",
                "glance",
                "reading",
                "inspection",
                "care",
                "attention",
                "communication",
                "planning",
                "preparation",
                "diligence",
                "scrutiny",
                "coordination",
                "thought",
                "foresight",
                "vigilance",
                "caution",
                "discipline",
                "review",
            ],
        )
    });
    let ours = between.clone().any(|word| sentence.is_any(word, &["part", "side"]))
        && between.clone().any(|word| sentence.has(word, class::MY));
    let main = sentence.verb_after(at + if sentence.has(at, class::HAVE) { 1 } else { 2 })?;
    ((cares || ours) && sentence.has(main, class::AVERT)).then(|| finding(more, main))
}

/// `Why did nobody …`, `Why didn't anyone …`, `Why did the engineer not …`; not `Why didn't our checks …`
pub(super) fn why(sentence: &Sentence<'_>, begin: usize) -> Option<Finding> {
    if !sentence.has(begin, class::WHY) || !sentence.has(begin + 1, class::DO) {
        return None;
    }
    let head = (begin + 2..sentence.tokens.len().min(begin + 7)).find(|at| sentence.has(*at, HEADS))?;
    let subject = subject::at(sentence, head).filter(|subject| subject.from <= begin + 2)?;
    let phrase = verbs::parse(sentence, subject.to, true)?;
    let main = phrase.main;
    let negated = phrase.negated || sentence.has(begin + 1, class::NOT) || subject.who == Who::Nobody;
    let cares = sentence.has(main, class::CARE | class::PERCEIVE | class::CHORE | class::AVERT | class::TELL);
    let judged = match subject.who {
        Who::They | Who::I => false,
        // `Why did we not know?` asks for what was not watched.
        Who::We => {
            negated && !sentence.is_verb(main, "know") && sentence.has(main, class::PERCEIVE | class::CARE)
        }
        Who::Team | Who::Roles | Who::Nobody | Who::Someone => negated && cares,
        Who::HeShe | Who::Role | Who::Name => {
            negated && cares || sentence.has(main, class::CHANGE | class::BELIEF)
        }
    };
    judged.then(|| finding(begin, main))
}

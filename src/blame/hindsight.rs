//! What should have been: passives about people, conditions contrary to fact, and why nobody did.

use super::clauses::is_possession;
use super::passages::Place;
use super::questions::Topic;
use super::sentence::{Finding, Sentence};
use super::subject::{self, HEADS};
use super::tokens::Kind;
use super::words::{BASE, GERUND, PART, PAST, class};
use super::{RemarkKind, contrary};

/// Judges what begins at a token: `should have been caught`, `if we had checked`.
pub(super) fn at(sentence: &Sentence<'_>, at: usize) -> Option<Finding> {
    let token = &sentence.tokens[at];
    if token.has(class::SHOULD | class::COULD)
        && let Some(found) = passive(sentence, at)
    {
        return Some(found);
    }
    // `an avoidable outage`
    if token.has(class::HINDSIGHT) {
        let told = sentence.near_before(at, 4, class::BE)
            && !sentence.near_before(at, 4, class::NOT | class::NEGATES | class::MAYBE);
        return (told && !is_by_thing(sentence, at)).then(|| finding(at, at));
    }
    if token.has(class::WHAT_IF) {
        return contrary::condition(sentence, at);
    }
    if token.has(class::WOULD) || token.has(class::COULD) {
        return contrary::more_care(sentence, at);
    }
    None
}

/// What a sentence opens with: a dropped subject (`Should have paged …`), a deed that would have helped, *why*.
pub(super) fn opening(sentence: &Sentence<'_>, begin: usize) -> Option<Finding> {
    contrary::dropped(sentence, begin)
        .or_else(|| contrary::deed(sentence, begin))
        .or_else(|| contrary::why(sentence, begin))
}

pub(super) fn finding(from: usize, last: usize) -> Finding {
    Finding::of_words(RemarkKind::Counterfactual, from, last, Topic::Hindsight)
}

/// `should have been tested`, `could have been avoided`
fn passive(sentence: &Sentence<'_>, at: usize) -> Option<Finding> {
    let is_could = sentence.has(at, class::COULD);
    if let Some(found) = obvious(sentence, at) {
        return Some(found);
    }
    let main = passive_main(sentence, at)?;
    let token = &sentence.tokens[main];
    if token.quoted || sentence.place == Place::Luck {
        return None;
    }
    if is_by_thing(sentence, main) {
        return None;
    }
    if is_by_people(sentence, main) || !is_could && is_undoing(sentence, at, main) {
        return Some(finding(at, main));
    }
    let seen = token.has(class::PERCEIVE | class::CARE | class::AVERT);
    if is_could {
        // `could have been alerted by`, `could have been faster` are about means.
        let averted = [
            "reduce", "minimise", "minimize", "shorten", "limit", "contain", "avoid", "prevent", "avert",
            "notice", "catch", "detect", "find", "spot", "discover", "foresee", "mitigate", "identify",
        ];
        return sentence.is_verb_of(main, &averted).then(|| finding(at, main));
    }
    if !seen || !is_reviewable(sentence, main) {
        return None;
    }
    Some(finding(at, main))
}

/// `should have been obvious to the reviewers`
fn obvious(sentence: &Sentence<'_>, at: usize) -> Option<Finding> {
    let plain =
        (at + 2..at + 6).find(|at| sentence.is_any(*at, &["obvious", "clear", "apparent", "known"]))?;
    let been = (at..plain).any(|at| sentence.is(at, "been")) && sentence.has(at, class::SHOULD);
    let people = sentence.is(plain + 1, "to")
        && (plain + 2..plain + 6)
            .any(|at| sentence.has(at, class::THEM | class::ROLE | class::TEAM | class::SOMEONE));
    (been && people).then(|| finding(at, plain))
}

/// The participle of a passive behind a modal; only *could be avoided if* goes without *have*.
fn passive_main(sentence: &Sentence<'_>, at: usize) -> Option<usize> {
    let mut have = sentence.has(at, class::HAVE);
    let mut been = false;
    for next in at + 1..sentence.tokens.len().min(at + 8) {
        let token = &sentence.tokens[next];
        if !token.is_word() {
            return None;
        }
        if token.has(class::HAVE) && token.is_form(BASE) {
            have = true;
        } else if token.has(class::BE) {
            been |= token.is_form(PART) || !have && token.is_form(BASE) && is_averted_if(sentence, next);
        } else if been && token.is_form(PART) {
            return Some(next);
        } else if !token.has(class::ADVERB | class::NOT | class::PRONOUN | class::HASTE | class::MUCH) {
            return None;
        }
    }
    None
}

/// `could be avoided if …`: told of what is past all the same.
fn is_averted_if(sentence: &Sentence<'_>, be: usize) -> bool {
    let averted = (be + 1..sentence.tokens.len().min(be + 4))
        .any(|at| sentence.is_verb(at, "avoid") || sentence.is_verb(at, "prevent"));
    let would = sentence.tokens[be..].iter().any(|token| {
        token.has(class::WOULD) || token.is_word() && token.has(class::HAVE) && token.is_form(PAST)
    });
    averted && would && (be..sentence.tokens.len()).any(|at| sentence.is(at, "if"))
}

/// Verbs that only people are expected to have done, or that are said of reviews and tests.
fn is_reviewable(sentence: &Sentence<'_>, main: usize) -> bool {
    const HUMAN: [&str; 36] = [
        "catch",
        "find",
        "notice",
        "test",
        "review",
        "spot",
        "check",
        "verify",
        "validate",
        "communicate",
        "escalate",
        "document",
        "anticipate",
        "foresee",
        "flag",
        "raise",
        "consider",
        "question",
        "avoid",
        "announce",
        "inform",
        "tell",
        "read",
        "consult",
        "ask",
        "discover",
        "recognise",
        "recognize",
        "realise",
        "realize",
        "mention",
        "plan",
        "declare",
        "prevent",
        "follow",
        "identify",
    ];
    sentence.is_verb_of(main, &HUMAN) && !is_possession(sentence, main)
}

/// Whether a passive names what did it, or should have: `by the health check`, `with a canary`, `in the pipeline`.
pub(super) fn is_by_thing(sentence: &Sentence<'_>, main: usize) -> bool {
    for at in main + 1..sentence.tokens.len().min(main + 7) {
        let token = &sentence.tokens[at];
        if token.kind == Kind::Comma
            || token.has(class::BECAUSE) && !token.has(class::PREP) && sentence.is(at, "if")
        {
            return false;
        }
        if !sentence.is_any(at, &["by", "with", "through", "using", "via"]) {
            continue;
        }
        let is_by = sentence.is(at, "by");
        let reach = &sentence.tokens[at + 1..sentence.tokens.len().min(at + 7)];
        let people =
            reach.iter().position(|token| token.has(HEADS & !class::PART_OF) || token.has(class::THEM));
        let thing = reach.iter().position(|token| {
            token.has(class::TOOL) || token.kind == Kind::Code || token.is_form(GERUND) && !is_by
        });
        return match (people, thing) {
            // `by the database team` is people, `by a check that the team wrote` is not.
            (Some(people), Some(thing)) => {
                thing < people
                    && reach[thing..people].iter().any(|token| {
                        token.has(class::PREP | class::WHO | class::CONJ) || token.forms & (PAST | PART) != 0
                    })
            }
            (Some(_), None) => false,
            (None, Some(_)) => true,
            // `by rolling back at once` is what people do, anything else is a thing.
            (None, None) => is_by && !reach.first().is_some_and(|token| token.is_form(GERUND)),
        };
    }
    false
}

/// `should have been stopped by the release manager`
fn is_by_people(sentence: &Sentence<'_>, main: usize) -> bool {
    sentence.is(main + 1, "by")
        && (main + 2..main + 6).any(|head| {
            sentence.has(head, HEADS)
                && subject::agent(sentence, head, main + 2).is_some_and(|person| !person.doubtful)
        })
}

/// `should never have been deployed`: what people decided to do.
fn is_undoing(sentence: &Sentence<'_>, at: usize, main: usize) -> bool {
    let never = (at..main).any(|at| sentence.is(at, "never"));
    let not = (at..main).any(|at| sentence.has(at, class::NOT));
    let decided =
        ["merge", "deploy", "release", "ship", "approve", "ignore", "skip", "push", "commit", "promote"];
    let decided = sentence.is_verb_of(main, &decided);
    (never && sentence.has(main, class::CHANGE | class::OMIT)) || (not && decided)
}

//! People behind a deed who are no subject: `was dropped by an engineer`, `Hannah's change broke it`.

use super::RemarkKind;
use super::deeds::changes;
use super::questions::Topic;
use super::sentence::{Finding, Sentence};
use super::subject::{self, HEADS, Subject, Who};
use super::words::{PART, PAST, class};

/// What of a person's may be said to have caused something.
const DONE: [&str; 22] = [
    "change",
    "changes",
    "commit",
    "pr",
    "patch",
    "mistake",
    "error",
    "typo",
    "deploy",
    "deployment",
    "script",
    "merge",
    "fix",
    "config",
    "configuration",
    "query",
    "command",
    "migration",
    "release",
    "push",
    "refactoring",
    "edit",
];

/// Judges a passive's agent, from the token `by` on.
pub(super) fn at(sentence: &Sentence<'_>, by: usize) -> Option<Finding> {
    if !sentence.is(by, "by") || by == 0 {
        return None;
    }
    let main = (by.saturating_sub(8)..by).rev().find(|at| {
        let token = &sentence.tokens[*at];
        token.is_word() && token.is_form(PART) && !token.quoted && !token.has(class::BE | class::HAVE)
    })?;
    let head = (by + 1..sentence.tokens.len().min(by + 6)).find(|at| sentence.has(*at, HEADS))?;
    let person = subject::agent(sentence, head, by + 1)?;
    let finding = |kind: RemarkKind, topic: Topic| {
        let (from, last) = (main, person.to - 1);
        Some(Finding { kind, from, last, subject: (person.from, person.to), verb: None, topic })
    };
    let modal = class::SHOULD | class::COULD | class::WOULD | class::MAYBE | class::WILL;
    let is_told = !sentence.near_before(main, 5, modal | class::NOT) && !sentence.is_condition(main);
    let harms = sentence.has(main, class::CAUSE | class::SLIP)
        || changes(sentence, &person, main)
        || sentence.has(main, class::SOFT) && sentence.near_before(main, 5, class::DEED);
    if is_told && !sentence.speech && harms && sentence.is_of_cause() && is_one(&person) {
        return finding(RemarkKind::Actor, Topic::Changed);
    }
    (person.who == Who::Name).then(|| finding(RemarkKind::Name, Topic::Name)).flatten()
}

fn is_one(person: &Subject) -> bool {
    matches!(person.who, Who::Name | Who::Role | Who::Someone)
}

/// `Hannah's change broke the page`: a possessive counts only with what it did.
pub(super) fn of_owner(sentence: &Sentence<'_>, at: usize) -> Option<Finding> {
    let token = &sentence.tokens[at];
    let is_person = token.possessive
        && token.has(class::NAME | class::INITIALS | class::ROLE)
        && !token.has(class::PRONOUN);
    if !is_person || sentence.speech || !sentence.is_of_cause() {
        return None;
    }
    let thing = (at + 1..sentence.tokens.len().min(at + 5)).find(|thing| sentence.is_any(*thing, &DONE))?;
    // `The cause was Ana's commit`
    let is_cause =
        at > 1 && sentence.has(at - 1, class::BE) && sentence.near_before(at - 1, 3, class::CAUSAL);
    if is_cause {
        return Some(finding(at, thing));
    }
    let main = sentence.verb_after(thing + 1)?;
    let verb = &sentence.tokens[main];
    let mends = sentence.is_any(thing, &["fix", "patch"]) || verb.has(class::MEND);
    let harms = verb.has(class::CAUSE)
        || (verb.has(class::CHANGE) && !mends)
        || sentence.is_verb(main, "introduce")
        || sentence.is(main, "led");
    (harms && verb.is_form(PAST) && main <= thing + 6).then(|| finding(at, main))
}

/// What belongs to a person did the harm.
fn finding(at: usize, last: usize) -> Finding {
    let (kind, topic) = (RemarkKind::Actor, Topic::Changed);
    Finding { kind, from: at, last, subject: (at, at + 1), verb: None, topic }
}

//! What a person, a team or nobody did: which verbs make them the actor, and which say that something was left undone.

use super::passages::Place;
use super::questions::Topic;
use super::sentence::Sentence;
use super::subject::{Subject, Who};
use super::verbs::VerbPhrase;
use super::words::class;
use super::{RemarkKind, states};

pub(super) fn nobody(sentence: &Sentence<'_>, phrase: &VerbPhrase) -> Option<(RemarkKind, Topic)> {
    let seen = phrase.class & (class::CARE | class::PERCEIVE | class::CHORE) != 0;
    let thinks = phrase.class & class::BELIEF != 0 && sentence.is(phrase.main + 1, "to");
    let tries = sentence.is_verb_of(phrase.main, &["attempt", "try", "own", "bother"]);
    let acts = (seen || thinks || tries) && !phrase.passive && !phrase.copula;
    let is_luck = matches!(sentence.place, Place::Luck | Place::Well);
    // `nobody noticed` is about people, `nobody saw the page` about visitors.
    let sees = phrase.class & class::POSSESS != 0 && !sentence.is_verb(phrase.main, "know");
    (acts && !is_luck && !sees).then_some((RemarkKind::Undone, Topic::Unseen))
}

/// Teams and *we*: what they changed is told freely; slips, omissions and judgements are not.
pub(super) fn collective(
    sentence: &Sentence<'_>,
    subject: &Subject,
    phrase: &VerbPhrase,
) -> Option<(RemarkKind, Topic)> {
    let main = phrase.main;
    if phrase.copula {
        return states::state(sentence, phrase, false).map(|topic| (RemarkKind::Judgement, topic));
    }
    if phrase.passive || phrase.possession {
        return None;
    }
    if phrase.negated {
        return undone_verb(sentence, phrase).then_some((RemarkKind::Undone, Topic::Undone));
    }
    if sentence.is_verb(main, "rush") || phrase.rashly {
        return Some((RemarkKind::Judgement, Topic::Judged));
    }
    if sentence.is_verb(main, "overlook") || omits(sentence, main) {
        return Some((RemarkKind::Undone, Topic::Undone));
    }
    if phrase.class & class::SLIP != 0 || (phrase.sliply && !phrase.progressive) {
        return Some((RemarkKind::HumanError, Topic::Slip));
    }
    let judged = is_long(sentence, main)
        || (phrase.class & class::TOOK != 0
            && sentence.near_behind(main, 4, class::TOO)
            && sentence.near_behind(main, 6, class::HASTE | class::MUCH | class::TIME));
    (judged && subject.who != Who::Roles).then_some((RemarkKind::Judgement, Topic::Judged))
}

/// `took far too long`, `waited too long`, `acted too late`, `spent way too much time`
fn is_long(sentence: &Sentence<'_>, main: usize) -> bool {
    (main + 1..sentence.tokens.len().min(main + 6)).any(|at| {
        sentence.has(at, class::TOO)
            && (sentence.has(at + 1, class::HASTE | class::MUCH))
            && (sentence.has(main, class::TOOK) || sentence.has(at + 1, class::HASTE))
    })
}

/// `failed to`, `missed the alert`, `ignored the warning`
fn omits(sentence: &Sentence<'_>, main: usize) -> bool {
    if !sentence.has(main, class::OMIT) {
        return false;
    }
    if sentence.is_verb(main, "fail") {
        let cares = sentence.has(main + 2, class::CARE | class::PERCEIVE | class::CHORE);
        return sentence.is(main + 1, "to")
            && cares
            && !sentence.is_any(main + 2, &["find", "identify", "recover", "get"]);
    }
    let defect = [
        "bug",
        "problem",
        "issue",
        "change",
        "impact",
        "regression",
        "dependency",
        "index",
        "difference",
        "flaw",
        "hole",
        "edge",
    ];
    if sentence.is_verb(main, "miss") && sentence.any_of(main + 1..main + 5, &defect) {
        return true;
    }
    let is_neglect = sentence.near_behind(main, 4, class::NEGLECTED | class::COMPLIANCE);
    is_neglect
        || sentence.is_verb(main, "skip")
        || (sentence.is_verb(main, "miss") && sentence.is(main + 1, "to"))
}

/// A verb of care or attention that was not done.
fn undone_verb(sentence: &Sentence<'_>, phrase: &VerbPhrase) -> bool {
    let is_state = phrase.class & class::POSSESS != 0 && phrase.class & class::CARE == 0;
    if is_state && phrase.class & class::BELIEF == 0 || phrase.progressive && phrase.class & class::CARE == 0
    {
        return false;
    }
    // Not to find what one looks for is no neglect.
    let search = sentence.is_verb_of(phrase.main, &["find", "diagnose", "discover", "see", "reproduce"])
        || sentence.near_behind(phrase.main, 3, class::CAUSAL)
        || phrase.class & class::PERCEIVE != 0 && sentence.is(phrase.main + 1, "any");
    let thinks = phrase.class & class::BELIEF != 0 && sentence.is(phrase.main + 1, "to");
    if thinks || phrase.perfect && sentence.has(phrase.main, class::MEND) {
        return true;
    }
    if search {
        return false;
    }
    let care = phrase.class & (class::CARE | class::PERCEIVE) != 0;
    let chore = phrase.class & class::CHORE != 0
        && (sentence.place == Place::Cause || sentence.near_behind(phrase.main, 6, class::COMPLIANCE));
    care || chore
}

/// A person by name, role or pronoun.
pub(super) fn individual(
    sentence: &Sentence<'_>,
    subject: &Subject,
    phrase: &VerbPhrase,
) -> Option<(RemarkKind, Topic)> {
    let main = phrase.main;
    let who = subject.who;
    let actor = |topic: Topic| Some((RemarkKind::Actor, topic));
    if phrase.copula || phrase.possession || phrase.passive || phrase.progressive {
        return individual_state(sentence, subject, phrase);
    }
    if phrase.negated {
        let knows = sentence.is_verb(main, "know") && sentence.place != Place::Timeline;
        let believes = (phrase.class & class::BELIEF != 0 || knows) && who != Who::I;
        let undone = undone_verb(sentence, phrase) || phrase.class & class::CHORE != 0;
        return match (believes, undone) {
            (true, _) => actor(Topic::Believed),
            (_, true) => actor(Topic::Undone),
            _ => None,
        };
    }
    if phrase.class & class::SLIP != 0 || phrase.sliply || phrase.rashly {
        return actor(Topic::Slip);
    }
    if omits(sentence, main) {
        return actor(Topic::Undone);
    }
    if phrase.class & class::BELIEF != 0 {
        let is_reason = match who {
            Who::I => false,
            Who::Name => sentence.place == Place::Cause,
            _ => sentence.place != Place::Timeline && sentence.is_of_cause(),
        };
        return if is_reason { actor(Topic::Believed) } else { None };
    }
    // `decided to skip the canary`
    let decides = sentence.is_verb_of(main, &["decide", "choose", "opt"]) && sentence.is(main + 1, "to");
    let badly = sentence.is(main + 2, "not") || sentence.has(main + 2, class::OMIT | class::SLIP);
    if decides && badly && sentence.is_of_cause() {
        return actor(Topic::Believed);
    }
    // `triggered the outage`, but `triggered a new build`.
    let harms = phrase.class & class::SOFT == 0 || sentence.near_behind(main, 4, class::DETECT);
    if phrase.class & class::CAUSE != 0 && harms {
        return actor(Topic::Changed);
    }
    (changes(sentence, subject, main) && sentence.is_of_cause())
        .then_some((RemarkKind::Actor, Topic::Changed))
}

/// What a person was: asleep, unaware, confused, careless.
fn individual_state(
    sentence: &Sentence<'_>,
    subject: &Subject,
    phrase: &VerbPhrase,
) -> Option<(RemarkKind, Topic)> {
    let who = subject.who;
    if phrase.copula {
        let named = who == Who::Name && sentence.place != Place::Cause;
        let topic = states::state(sentence, phrase, who != Who::I && !named)?;
        let kind = if topic == Topic::Judged { RemarkKind::Judgement } else { RemarkKind::Actor };
        return Some((kind, topic));
    }
    let asleep = phrase.progressive && sentence.is_verb(phrase.main, "sleep");
    let confused = phrase.passive && sentence.has(phrase.main, class::STATE) && !phrase.negated;
    let is_other = !matches!(who, Who::I | Who::Name);
    (asleep || confused && is_other).then_some((RemarkKind::Actor, Topic::Absent))
}

/// Whether the verb is a deed that changes a system, and no remedy.
pub(super) fn changes(sentence: &Sentence<'_>, subject: &Subject, main: usize) -> bool {
    if sentence.is_verb(main, "fail") {
        return sentence.is(main + 1, "over");
    }
    if sentence.is_verb(main, "check") {
        return sentence.is(main + 1, "in");
    }
    // What mends is no cause, whatever is done with it.
    if sentence.near_behind(main, 3, class::REMEDY) {
        return false;
    }
    if sentence.is_verb(main, "roll") {
        return sentence.is(main + 1, "out");
    }
    if sentence.is_verb(main, "leave") {
        return sentence.near_behind(main + 1, 4, class::LEFT_OPEN);
    }
    // The wrong one is no remedy.
    let deeds = class::CHANGE | class::SOFT | class::MEND;
    if sentence.has(main, deeds) && sentence.near_behind(main, 4, class::WRONG) {
        return true;
    }
    let back = sentence.is(main + 1, "back");
    if sentence.has(main, class::MEND) || back || subject.plural && subject.who == Who::Roles {
        return false;
    }
    if sentence.has(main, class::CHANGE) {
        return subject.who != Who::I
            || !sentence.is_verb(main, "run")
            || sentence.near_behind(main, 5, class::DEED);
    }
    if sentence.is_verb(main, "bring") || sentence.is_verb(main, "take") {
        return sentence.near_behind(main, 4, class::DETECT)
            && (sentence.is(main + 1, "down") || sentence.near_behind(main, 4, class::TOOL));
    }
    let tells = sentence.near_behind(main, 3, class::PAPER) && !sentence.is(main + 2, "pull");
    sentence.has(main, class::SOFT) && !tells && sentence.near_behind(main, 8, class::DEED)
}

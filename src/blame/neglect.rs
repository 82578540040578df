//! What was left undone, where nobody is named: passives, ignored warnings, dropped subjects.

use super::hindsight::is_by_thing;
use super::passages::Place;
use super::questions::Topic;
use super::sentence::{Finding, Sentence};
use super::subject::{self, HEADS, Who};
use super::tokens::{Kind, Token};
use super::words::{GERUND, PART, PAST, class};
use super::{RemarkKind, verbs};

/// Verbs of which the passive, negated, is about people: checks that run by themselves are caught by what does them.
const LEFT: [&str; 14] = [
    "test",
    "review",
    "follow",
    "communicate",
    "escalate",
    "consult",
    "inform",
    "read",
    "consider",
    "anticipate",
    "heed",
    "verify",
    "validate",
    "rehearse",
];

/// Judges what begins at a token: `was never tested`, `nothing was done`, `due to not escalating`.
pub(super) fn at(sentence: &Sentence<'_>, at: usize) -> Option<Finding> {
    if matches!(sentence.place, Place::Luck | Place::Well) {
        return None;
    }
    if sentence.is(at, "nothing") && sentence.has(at + 1, class::BE) && sentence.is(at + 2, "done") {
        return Some(finding(at, at + 2));
    }
    if sentence.has(at, class::BE) && sentence.tokens[at].is_form(PAST | PART) {
        return passive(sentence, at);
    }
    if sentence.has(at, class::NOT) && sentence.tokens.get(at + 1).is_some_and(|next| next.is_form(GERUND)) {
        return not_doing(sentence, at);
    }
    if sentence.has(at, class::NOT | class::DO) {
        return compliance(sentence, at);
    }
    None
}

fn finding(from: usize, last: usize) -> Finding {
    Finding::of_words(RemarkKind::Undone, from, last, Topic::Undone)
}

/// `The change was never tested`, `the alert was overlooked`
fn passive(sentence: &Sentence<'_>, at: usize) -> Option<Finding> {
    // `had not been tested`
    let mut negated = sentence.has(at, class::NOT)
        || sentence.tokens[at].is_form(PART) && sentence.near_before(at, 2, class::NOT);
    let mut main = at + 1;
    while sentence.has(main, class::NOT | class::ADVERB | class::BE) {
        negated |= sentence.has(main, class::NOT);
        main += 1;
    }
    // `was not load tested`
    let kinds = ["load", "stress", "unit", "smoke", "peer", "code", "penetration", "performance"];
    main += usize::from(
        sentence.is_any(main, &kinds) && sentence.tokens.get(main + 1).is_some_and(|next| next.is_form(PART)),
    );
    let token = sentence.tokens.get(main)?;
    if !token.is_word() || !token.is_form(PART) || token.quoted || is_by_thing(sentence, main) {
        return None;
    }
    let modal = class::MAYBE | class::SHOULD | class::COULD | class::WOULD | class::WILL;
    if sentence.near_before(at, 3, modal) || sentence.is_condition(at) {
        return None;
    }
    if negated { left_undone(sentence, at, main) } else { neglected(sentence, at, main) }
}

/// `was never tested`, `had not been reviewed`
fn left_undone(sentence: &Sentence<'_>, at: usize, main: usize) -> Option<Finding> {
    let never = (at.saturating_sub(1)..main).any(|at| sentence.is(at, "never"));
    let owed =
        never && sentence.near_before(at, 9, class::WORK) || sentence.near_before(at, 9, class::PROMISED);
    let ends = ["done", "completed", "finished", "performed", "implemented", "scheduled"];
    let done = owed && sentence.is_any(main, &ends);
    let checked = sentence.is_verb(main, "check") && sentence.near_before(at, 4, class::LOOKED_AT);
    let mended = never && sentence.is_verb_of(main, &["fix", "address", "document"]);
    let left = done || checked || mended || sentence.is_verb_of(main, &LEFT);
    (left && !is_explained(sentence, main)).then(|| finding(at, main))
}

/// `was forgotten`, `was rushed`, `the alert was missed`
fn neglected(sentence: &Sentence<'_>, at: usize, main: usize) -> Option<Finding> {
    if sentence.is_verb_of(main, &["forget", "neglect"]) {
        return Some(Finding::of_words(RemarkKind::HumanError, at, main, Topic::Slip));
    }
    if sentence.is_verb(main, "rush") {
        return Some(Finding::of_words(RemarkKind::Judgement, at, main, Topic::Judged));
    }
    let put_off = sentence.is_verb_of(main, &["postpone", "defer", "deprioritise", "deprioritize", "shelve"]);
    if sentence.is_verb(main, "overlook") || put_off && sentence.near_before(at, 9, class::WORK) {
        return Some(finding(at, main));
    }
    // Of what people are to mind; a system misses and skips much else.
    let skipped = sentence.is_verb_of(main, &["skip", "omit"]) && !is_explained(sentence, main);
    let missed = skipped || sentence.is_verb_of(main, &["miss", "ignore", "disregard", "dismiss"]);
    let minds = class::NEGLECTED | class::CARE | class::CODE;
    let is_minded = |token: &Token| token.is_word() && token.has(minds) && !token.has(class::IT);
    let minded = sentence.tokens[at.saturating_sub(4)..at].iter().any(is_minded)
        || at == 1 && sentence.has(0, class::IT);
    (missed && minded).then(|| finding(at, main))
}

/// A technical reason follows: `not tested because the runner has no GPU`.
fn is_explained(sentence: &Sentence<'_>, main: usize) -> bool {
    sentence.tokens[main + 1..].iter().enumerate().any(|(at, token)| {
        let at = main + 1 + at;
        token.is_word()
            && sentence.is_any(at, &["because", "since", "as"])
            && !sentence.near_behind(at, 3, class::NOBODY | class::WE | class::ROLE | class::TEAM)
    })
}

/// `due to not backing up the state`
fn not_doing(sentence: &Sentence<'_>, at: usize) -> Option<Finding> {
    let main = at + 1;
    let is_cause = at.checked_sub(1).is_some_and(|before| {
        sentence.is_any(before, &["by", "of"]) && sentence.near_before(before, 2, class::CAUSAL)
            || sentence.is(before, "to")
                && before > 0
                && sentence.is_any(before - 1, &["due", "owing", "down"])
    });
    let chores = ["back", "update", "renew", "rotate", "upgrade", "patch", "include", "remove"];
    let people = sentence.has(main, class::CARE) && !sentence.has(main, class::CHORE)
        || sentence.is_verb_of(main, &chores);
    (is_cause && people && !sentence.has(main, class::HAVE | class::BE)).then(|| finding(at, main))
}

/// `Operators did not follow the instructions`: whoever does that is a person.
fn compliance(sentence: &Sentence<'_>, at: usize) -> Option<Finding> {
    if !sentence.has(at, class::NOT) {
        return None;
    }
    let main = sentence.verb_after(at + 1)?;
    if sentence.is_verb(main, "occur")
        && sentence.is(main + 1, "to")
        && sentence.has(main + 2, class::SOMEONE | class::THEM)
    {
        return Some(finding(at, main + 2));
    }
    let verb =
        sentence.is_verb_of(main, &["follow", "perform", "adhere", "read", "heed", "respect", "apply"]);
    let past = sentence.is_any(at, &["didn't", "didn’t"])
        || at > 0 && sentence.is(at - 1, "did")
        || sentence.tokens[main].is_form(PAST);
    (verb && past && sentence.near_behind(main, 6, class::COMPLIANCE)).then(|| finding(at, main))
}

/// What a sentence opens with: `Forgot to …`, `Missed the step that …`, `Did not notice …`
pub(super) fn opening(sentence: &Sentence<'_>, begin: usize) -> Option<Finding> {
    let token = sentence.tokens.get(begin)?;
    if !sentence.first || !token.is_word() || token.quoted || !token.is_form(PAST) {
        return None;
    }
    let of_cause = matches!(sentence.place, Place::Cause | Place::Lessons | Place::Account | Place::Timeline);
    if sentence.has(begin, class::DO) {
        let negated = sentence.has(begin, class::NOT) || sentence.has(begin + 1, class::NOT);
        let main = sentence.verb_after(begin + 1).filter(|_| negated && of_cause)?;
        let cares = sentence.has(main, class::CARE | class::PERCEIVE) && !sentence.has(main, class::POSSESS);
        return cares.then(|| finding(begin, main));
    }
    let human = |last: usize| Some(Finding::of_words(RemarkKind::HumanError, begin, last, Topic::Slip));
    if sentence.has(begin, class::SLIP) && !sentence.has(begin, class::MEND) {
        return human(begin);
    }
    let goes_on =
        sentence.tokens.get(begin + 1).is_some_and(|next| next.is_word() || next.kind == Kind::Code);
    if sentence.is(begin, "missed") && sentence.place == Place::Cause && goes_on {
        return human(begin);
    }
    // `Failed to connect` is a log's line; `failed to test` is nobody's but a person's.
    let cared = sentence.has(begin + 2, class::CARE) && !sentence.has(begin + 2, class::CHORE | class::AVERT);
    let failed = sentence.is(begin, "failed")
        && sentence.is(begin + 1, "to")
        && cared
        && sentence.place == Place::Cause;
    failed.then(|| finding(begin, begin + 2))
}

/// `ran it without checking`: somebody's omission; a script's is none.
pub(super) fn unchecked(sentence: &Sentence<'_>, at: usize) -> Option<(usize, usize)> {
    if !sentence.is(at, "without") {
        return None;
    }
    let main = sentence.verb_after(at + 1).filter(|main| sentence.tokens[*main].is_form(GERUND))?;
    const CARES: [&str; 20] = [
        "check",
        "test",
        "verify",
        "validate",
        "review",
        "understand",
        "realise",
        "realize",
        "ask",
        "tell",
        "inform",
        "notify",
        "read",
        "consult",
        "think",
        "consider",
        "confirm",
        "communicate",
        "follow",
        "wait",
    ];
    if !sentence.is_verb_of(main, &CARES) {
        return None;
    }
    let head =
        (0..at).rev().find(|head| sentence.has(*head, HEADS) && subject::at(sentence, *head).is_some())?;
    let subject = subject::at(sentence, head)?;
    let phrase = verbs::parse(sentence, subject.to, subject.plural)?;
    let people = !matches!(subject.who, Who::They | Who::Nobody) && phrase.is_told() && !phrase.passive;
    people.then_some((at, main))
}

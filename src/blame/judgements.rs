//! Words that judge people or what they decided, sayings about people, and the team's own words for blame.

use super::RemarkKind;
use super::passages::Place;
use super::questions::Topic;
use super::sentence::{Finding, Sentence};
use super::tokens::{Kind, fold_into};
use super::words::{BASE, Class, GERUND, class};

const PEOPLE: Class = class::I
    | class::WE
    | class::HE_SHE
    | class::ROLE
    | class::TEAM
    | class::TEAM_NAME
    | class::ROLE_PART
    | class::NAME
    | class::MANY
    | class::THEM
    | class::WHOSE;

/// Words that judge people or what they decided.
pub(super) fn judgement(sentence: &Sentence<'_>, at: usize) -> Option<(usize, usize)> {
    let token = &sentence.tokens[at];
    if matches!(sentence.place, Place::Well | Place::Luck)
        || sentence.near_before(at, 2, class::NOT | class::NEGATES)
    {
        return None;
    }
    if token.has(class::JUDGE) {
        return (!is_of_thing(sentence, at)).then_some((at, at));
    }
    if token.has(class::JUDGE_OF) {
        return judged_deed(sentence, at);
    }
    if token.has(class::DECISION) {
        return decision(sentence, at);
    }
    if token.has(class::MY) && (sentence.is(at + 1, "bad") || sentence.has(at + 1, class::FAULT)) {
        return (!sentence.is_kind(at + 2, Kind::Word) || !sentence.has(at + 2, class::TOOL))
            .then_some((at, at + 1));
    }
    if token.has(class::FAULT) {
        let whose = at > 0
            && (sentence.has(at - 1, class::WHOSE)
                || sentence.tokens[at - 1].possessive
                    && sentence.has(at - 1, class::NAME | class::ROLE | class::TEAM | class::TEAM_NAME));
        if whose && !sentence.is(at - 1, "its") {
            return Some((at - 1, at));
        }
        return fault_of(sentence, at);
    }
    if token.has(class::BLAME) {
        // `the person responsible for the outage`, not `the team responsible for payments`.
        if sentence.is(at, "responsible")
            && !(sentence.is(at + 1, "for")
                && sentence.near_behind(at, 5, class::DETECT | class::MISTAKE_WORD | class::CAUSE))
        {
            return None;
        }
        if sentence.tokens[..at].iter().any(|token| token.is_word() && token.has(class::NOT | class::NEGATES))
        {
            return None;
        }
        if sentence.is(at, "blame") && sentence.is_any(at + 1, &["lies", "falls", "lay", "fell"]) {
            return sentence.near_behind(at, 6, PEOPLE).then_some((at, at + 1));
        }
        let thing = sentence.near_before(at, 4, class::TOOL)
            || token.is_form(BASE) && !sentence.is(at.saturating_sub(1), "to");
        return (sentence.near_before(at, 7, PEOPLE & !class::WHOSE) && !thing).then_some((at, at));
    }
    // `It took us far too long to`
    if token.has(class::TOO) && sentence.has(at + 1, class::HASTE) {
        let took = (at.saturating_sub(4)..at).find(|took| sentence.has(*took, class::TOOK));
        return took.filter(|took| sentence.near_behind(*took, 2, class::THEM)).map(|took| (took, at + 1));
    }
    None
}

/// `the fault of QA`, `the fault lies with the database team`; not `the fault of the power supply`
fn fault_of(sentence: &Sentence<'_>, at: usize) -> Option<(usize, usize)> {
    let lies = sentence.is_any(at + 1, &["lies", "lay", "was", "is"]);
    let joint = at + 1 + usize::from(lies);
    if !sentence.is_any(joint, if lies { &["with"] } else { &["of"] }) {
        return None;
    }
    // The first noun is whose it is: `the fault of the engineer`, not `the fault of the engineer's laptop`.
    let whose = (joint + 1..sentence.tokens.len().min(joint + 6)).find(|whose| {
        let token = &sentence.tokens[*whose];
        !token.is_word() || token.has(PEOPLE & !class::WHOSE) || token.has(class::TOOL | class::PREP)
    })?;
    let token = &sentence.tokens[whose];
    let is_people = token.is_word() && token.has(PEOPLE & !class::WHOSE) && !token.possessive;
    // `the fault of the database team`: the words before narrow the team down.
    let group = sentence.behind_group(joint + 1).filter(|behind| *behind <= whose + 3);
    (is_people || group.is_some()).then_some((at, group.map_or(whose, |behind| behind - 1)))
}

/// `careless retries in the client`, `a negligent amount`: what is called so is no person and no deed of one.
fn is_of_thing(sentence: &Sentence<'_>, at: usize) -> bool {
    let next = sentence.tokens.get(at + 1);
    let is_noun = next.is_some_and(|next| {
        let joins = class::PREP
            | class::CONJ
            | class::BECAUSE
            | class::BE
            | class::PRONOUN
            | class::ADVERB
            | class::DET;
        next.is_word()
            && !next
                .has(joins | PEOPLE | class::MISTAKE_WORD | class::DECISION | class::CONDUCT | class::CHANGE)
    });
    is_noun && sentence.is_any(at, &["careless", "negligent", "reckless"]) && !sentence.is(at + 1, "to")
        || is_said_of_thing(sentence, at)
}

/// `The worker was careless about quotes`: the subject is a program; what people do to one (`the rollout`) is a deed.
fn is_said_of_thing(sentence: &Sentence<'_>, at: usize) -> bool {
    let Some(be) = (at.saturating_sub(3)..at).rev().find(|be| sentence.has(*be, class::BE)) else {
        return false;
    };
    let Some(head) = be.checked_sub(1) else { return false };
    let deeds = [
        "change",
        "changes",
        "deploy",
        "deployment",
        "rollout",
        "release",
        "merge",
        "migration",
        "procedure",
        "process",
        "design",
        "redesign",
        "testing",
        "test",
        "tests",
        "check",
        "checks",
        "monitoring",
        "rollback",
        "policy",
        "warning",
    ];
    let noun = &sentence.tokens[head];
    let is_thing = noun.kind == Kind::Code || noun.has(class::TOOL) && !sentence.is_any(head, &deeds);
    is_thing && !sentence.near_before(head, 3, PEOPLE & !class::WHOSE)
}

/// `It was careless to`, `unacceptable` said of what people did.
fn judged_deed(sentence: &Sentence<'_>, at: usize) -> Option<(usize, usize)> {
    let next = sentence.tokens.get(at + 1);
    // Before a noun it says what the noun is: a stupid mistake is a deed, an unacceptable latency is none.
    if next.is_some_and(|next| next.is_word() && !next.has(class::PREP | class::CONJ | class::BECAUSE)) {
        let failure = sentence.is_any(at + 1, &["failure", "error", "lapse"])
            && sentence.near_before(at, 3, class::BE | class::WHOSE);
        let deed = sentence.is_any(at + 1, &["thing", "move", "way", "thinking", "behaviour", "behavior"])
            && !sentence.is_any(at, &["unacceptable", "naive", "lazy"]);
        return (failure || deed || sentence.has(at + 1, class::MISTAKE_WORD | class::DECISION))
            .then_some((at, at + 1));
    }
    let be = (at.saturating_sub(6)..at).rev().find(|be| sentence.has(*be, class::BE))?;
    let before = &sentence.tokens[be.saturating_sub(5)..be];
    let lazy = sentence.is_any(at, &["lazy", "silly", "naive", "dumb", "complacent", "ignorant"]);
    let of_people = before.iter().any(|token| token.has(PEOPLE)) || sentence.near_behind(at, 2, PEOPLE);
    let of_deed = before.last().is_some_and(|token| token.has(class::IT | class::DECISION))
        || sentence.tokens.first().is_some_and(|token| token.is_form(GERUND))
        || before.iter().any(|token| {
            token.has(class::DECISION | class::CHANGE | class::SOFT | class::CARE) && !token.has(class::TOOL)
        });
    // `the vendor's response`, not `the response of the API`
    let of_conduct =
        before.iter().any(|token| token.possessive) && sentence.near_before(be, 2, class::CONDUCT);
    (of_people
        || of_conduct
        || (of_deed && (!lazy || sentence.is(at + 1, "to") || sentence.is(at + 1, "of"))))
    .then_some((be, at))
}

/// `poor judgement`, `a bad idea`, `the wrong decision`
fn decision(sentence: &Sentence<'_>, at: usize) -> Option<(usize, usize)> {
    let bad = (at.saturating_sub(2)..at).find(|bad| sentence.has(*bad, class::BAD));
    let is_assumption = sentence.is_any(at, &["assumption", "assumptions", "thinking", "planning", "guess"]);
    // `a bad call to the API`, `the wrong choice of index` by a planner
    let technical = sentence.is_any(at, &["call", "choice"])
        && (sentence.near_behind(at, 3, class::CODE)
            || sentence.is_any(at + 1, &["from", "site", "sites", "of", "stack"]));
    let by_thing = bad.is_some_and(|bad| sentence.near_before(bad, 3, class::TOOL));
    let misconception = sentence.is(at, "misconception").then_some(at);
    let unwise = if is_assumption {
        class::JUDGE_OF | class::JUDGE
    } else {
        class::JUDGE_OF | class::JUDGE | class::BAD
    };
    let unwise = if sentence.is_any(at, &["call", "choice", "idea"]) { 0 } else { unwise };
    let foolish = at + 1 < sentence.tokens.len()
        && (at + 1..sentence.tokens.len().min(at + 8))
            .any(|be| sentence.has(be, class::BE) && sentence.near_behind(be, 3, unwise));
    match bad.or(misconception) {
        Some(from) if !technical && !by_thing => Some((from, at)),
        _ => foolish.then_some((at, at)),
    }
}

/// Sayings about people, from their first word on.
const SAYINGS: [&[&str]; 12] = [
    &["dropped", "the", "ball"],
    &["drop", "the", "ball"],
    &["asleep", "at", "the"],
    &["cut", "corners"],
    &["cutting", "corners"],
    &["known", "better"],
    &["knew", "better"],
    &["mea", "culpa"],
    &["common", "sense"],
    &["basic", "mistake"],
    &["rookie", "mistake"],
    &["eye", "off", "the"],
];

/// `dropped the ball`
pub(super) fn saying(sentence: &Sentence<'_>, at: usize) -> Option<(usize, usize)> {
    let same = |words: &&&[&str]| words.iter().enumerate().all(|(place, word)| sentence.is(at + place, word));
    SAYINGS.iter().find(same).map(|words| (at, at + words.len() - 1))
}

/// Words and phrases that a team's configuration calls blame.
pub(super) fn of_team(sentence: &Sentence<'_>) -> Option<Finding> {
    let phrases = sentence.people.phrases();
    if phrases.is_empty() {
        return None;
    }
    let mut folded = String::new();
    for from in 0..sentence.tokens.len() {
        for phrase in phrases {
            let same = phrase.iter().enumerate().all(|(at, word)| {
                fold_into(sentence.text_of(from + at), &mut folded);
                sentence.is_kind(from + at, Kind::Word)
                    && !sentence.tokens[from + at].quoted
                    && folded == *word
            });
            if same {
                return Some(Finding::of_words(
                    RemarkKind::Judgement,
                    from,
                    from + phrase.len() - 1,
                    Topic::Judged,
                ));
            }
        }
    }
    None
}

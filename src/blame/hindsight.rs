//! What should have been: passives about people, conditions contrary to fact, and why nobody did.

use super::RemarkKind;
use super::clauses::is_possession;
use super::passages::Place;
use super::questions::Topic;
use super::sentence::{Finding, Sentence};
use super::subject::{self, HEADS, Who};
use super::tokens::Kind;
use super::verbs;
use super::words::{BASE, GERUND, PART, PAST, class};

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
        let told = sentence.near_before(at, 4, class::BE) && !sentence.near_before(at, 4, class::NOT | class::NEGATES | class::MAYBE);
        return (told && !is_by_thing(sentence, at)).then(|| finding(at, at)).flatten();
    }
    if token.has(class::WHAT_IF) {
        return condition(sentence, at);
    }
    if token.has(class::WOULD) || token.has(class::COULD) {
        return more_care(sentence, at);
    }
    None
}

/// What a sentence opens with: a dropped subject (`Should have paged …`), a deed that would have helped, *why*.
pub(super) fn opening(sentence: &Sentence<'_>, begin: usize) -> Option<Finding> {
    dropped(sentence, begin).or_else(|| deed(sentence, begin)).or_else(|| why(sentence, begin))
}

fn finding(from: usize, last: usize) -> Option<Finding> {
    Some(Finding::of_words(RemarkKind::Counterfactual, from, last, Topic::Hindsight))
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
        return finding(at, main);
    }
    let seen = token.has(class::PERCEIVE | class::CARE | class::AVERT);
    if is_could {
        // `could have been alerted by`, `could have been faster` are about means.
        let averted = ["reduce", "minimise", "minimize", "shorten", "limit", "contain", "avoid", "prevent", "avert", "notice", "catch", "detect", "find", "spot", "discover", "foresee", "mitigate", "identify"];
        return averted.iter().any(|verb| sentence.is_verb(main, verb)).then(|| finding(at, main)).flatten();
    }
    if !seen || !is_reviewable(sentence, main) {
        return None;
    }
    finding(at, main)
}

/// `should have been obvious to the reviewers`
fn obvious(sentence: &Sentence<'_>, at: usize) -> Option<Finding> {
    let plain = (at + 2..at + 6).find(|at| sentence.is_any(*at, &["obvious", "clear", "apparent", "known"]))?;
    let been = (at..plain).any(|at| sentence.is(at, "been")) && sentence.has(at, class::SHOULD);
    let people = sentence.is(plain + 1, "to") && (plain + 2..plain + 6).any(|at| sentence.has(at, class::THEM | class::ROLE | class::TEAM | class::SOMEONE));
    (been && people).then(|| finding(at, plain)).flatten()
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
    let would = sentence.tokens[be..].iter().any(|token| token.has(class::WOULD) || token.is_word() && token.has(class::HAVE) && token.is_form(PAST));
    averted && would && (be..sentence.tokens.len()).any(|at| sentence.is(at, "if"))
}

/// Verbs that only people are expected to have done, or that are said of reviews and tests.
fn is_reviewable(sentence: &Sentence<'_>, main: usize) -> bool {
    const HUMAN: [&str; 36] = [
        "catch", "find", "notice", "test", "review", "spot", "check", "verify", "validate", "communicate", "escalate",
        "document", "anticipate", "foresee", "flag", "raise", "consider", "question", "avoid", "announce", "inform",
        "tell", "read", "consult", "ask", "discover", "recognise", "recognize", "realise", "realize", "mention", "plan", "declare", "prevent", "follow", "identify",
    ];
    HUMAN.iter().any(|verb| sentence.is_verb(main, verb)) && !is_possession(sentence, main)
}

/// Whether a passive names what did it, or should have: `by the health check`, `with a canary`, `in the pipeline`.
pub(super) fn is_by_thing(sentence: &Sentence<'_>, main: usize) -> bool {
    for at in main + 1..sentence.tokens.len().min(main + 7) {
        let token = &sentence.tokens[at];
        if token.kind == Kind::Comma || token.has(class::BECAUSE) && !token.has(class::PREP) && sentence.is(at, "if") {
            return false;
        }
        if !sentence.is_any(at, &["by", "with", "through", "using", "via"]) {
            continue;
        }
        let is_by = sentence.is(at, "by");
        let reach = &sentence.tokens[at + 1..sentence.tokens.len().min(at + 7)];
        let people = reach.iter().position(|token| token.has(HEADS & !class::PART_OF) || token.has(class::THEM));
        let thing = reach.iter().position(|token| {
            token.has(class::TOOL) || token.kind == Kind::Code || token.is_form(GERUND) && !is_by
        });
        return match (people, thing) {
            // `by the database team` is people, `by a check that the team wrote` is not.
            (Some(people), Some(thing)) => {
                thing < people && reach[thing..people].iter().any(|token| token.has(class::PREP | class::WHO | class::CONJ) || token.forms & (PAST | PART) != 0)
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
    sentence.is(main + 1, "by") && (main + 2..main + 6).any(|head| {
        sentence.has(head, HEADS) && subject::agent(sentence, head, main + 2).is_some_and(|person| !person.doubtful)
    })
}

/// `should never have been deployed`: what people decided to do.
fn is_undoing(sentence: &Sentence<'_>, at: usize, main: usize) -> bool {
    let never = (at..main).any(|at| sentence.is(at, "never"));
    let not = (at..main).any(|at| sentence.has(at, class::NOT));
    let decided = ["merge", "deploy", "release", "ship", "approve", "ignore", "skip", "push", "commit", "promote"];
    let decided = decided.iter().any(|verb| sentence.is_verb(main, verb));
    (never && sentence.has(main, class::CHANGE | class::OMIT)) || (not && decided)
}

/// `if we had checked`, `had the engineer read`, `if only we had`
fn condition(sentence: &Sentence<'_>, at: usize) -> Option<Finding> {
    let inverted = sentence.is(at, "had");
    let before = at.checked_sub(1).map(|at| &sentence.tokens[at]);
    let opens = sentence.has(at + 1, class::I | class::WE | class::HE_SHE | class::THEY | class::NAME | class::DET | class::SOMEONE)
        && before.is_some_and(|token| token.is_form(PART) || token.has(class::ADVERB | class::HASTE | class::THEM));
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
        let possesses = sentence.is_verb(main, "have") || sentence.has(main, class::HAVE) || is_possession(sentence, main);
        return if possesses || !is_contrary(sentence, at) { None } else { finding(at, main) };
    }
    None
}

/// A condition contrary to fact comes with *would* or *could*, or with *only*.
fn is_contrary(sentence: &Sentence<'_>, at: usize) -> bool {
    let modal = class::WOULD | class::COULD;
    sentence.is(at + 1, "only") || (sentence.is(at, "had") && at > 0) || sentence.tokens.iter().any(|token| token.is_word() && token.has(modal))
}

/// `Should have tested …`: whoever should have is on the line above, or left out.
fn dropped(sentence: &Sentence<'_>, begin: usize) -> Option<Finding> {
    if !sentence.first || !sentence.has(begin, class::SHOULD) {
        return None;
    }
    let phrase = verbs::parse(sentence, begin, true)?;
    let is_past = phrase.perfect && !phrase.passive && !phrase.possession && !is_possession(sentence, phrase.main);
    (is_past && phrase.class & (class::CARE | class::PERCEIVE | class::CHORE | class::MEND | class::TELL) != 0)
        .then(|| finding(begin, phrase.main))
        .flatten()
}

/// `Reviewing the plan would have shown it`: the deed is a person's; a tool or test is none.
fn deed(sentence: &Sentence<'_>, begin: usize) -> Option<Finding> {
    let first = sentence.tokens.get(begin)?;
    let is_deed = first.is_word() && first.is_form(GERUND) && !first.quoted;
    let takes_object = sentence.has(begin + 1, class::DET | class::WHOSE | class::IT | class::THEM | class::PREP | class::ADVERB)
        || sentence.is(begin + 1, "to")
        || !sentence.has(begin, class::GERUND_NOUN) && sentence.has(begin, class::CARE);
    // Setting something up is making a tool.
    let makes = first.has(class::CHANGE) && !first.has(class::CARE) || sentence.is_any(begin, &["having", "using", "adding", "running", "enabling", "setting", "implementing"]);
    if !is_deed || !takes_object || makes {
        return None;
    }
    let would = (begin + 1..sentence.tokens.len().min(begin + 16)).find(|at| {
        sentence.has(*at, class::WOULD | class::COULD) && (sentence.is(at + 1, "have") || sentence.has(*at, class::HAVE))
    })?;
    let other = &sentence.tokens[begin + 1..would];
    if other.iter().any(|token| token.kind == Kind::Comma || token.has(class::WHO) && token.has(class::PRONOUN) && !token.has(class::IT)) {
        return None;
    }
    let main = sentence.verb_after(would + if sentence.has(would, class::HAVE) { 1 } else { 2 })?;
    sentence.has(main, class::AVERT).then(|| finding(begin, main)).flatten()
}

/// `More care would have prevented it`, `better communication could have helped`
fn more_care(sentence: &Sentence<'_>, at: usize) -> Option<Finding> {
    if !(sentence.is(at + 1, "have") || sentence.has(at, class::HAVE)) {
        return None;
    }
    let more = (at.saturating_sub(11)..at).find(|more| {
        sentence.is_any(*more, &["more", "better", "closer", "earlier", "greater", "careful", "little", "quick", "brief", "second"])
    })?;
    let between = more + 1..at;
    let cares = between.clone().any(|word| {
        sentence.is_any(word, &["look", "glance", "reading", "inspection", "care", "attention", "communication", "planning", "preparation", "diligence", "scrutiny", "coordination", "thought", "foresight", "vigilance", "caution", "discipline", "review"])
    });
    let ours = between.clone().any(|word| sentence.is_any(word, &["part", "side"])) && between.clone().any(|word| sentence.has(word, class::MY));
    let main = sentence.verb_after(at + if sentence.has(at, class::HAVE) { 1 } else { 2 })?;
    ((cares || ours) && sentence.has(main, class::AVERT)).then(|| finding(more, main)).flatten()
}

/// `Why did nobody …`, `Why didn't anyone …`, `Why did the engineer not …`; not `Why didn't our checks …`
fn why(sentence: &Sentence<'_>, begin: usize) -> Option<Finding> {
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
        Who::We => negated && sentence.has(main, class::PERCEIVE | class::CARE),
        Who::Team | Who::Roles | Who::Nobody | Who::Someone => negated && cares,
        Who::HeShe | Who::Role | Who::Name => negated && cares || sentence.has(main, class::CHANGE | class::BELIEF),
    };
    judged.then(|| finding(begin, main)).flatten()
}

//! Words that blame without a subject: human error and its kin, slips told with adverbs, judgements.

use super::RemarkKind;
use super::hindsight::is_by_thing;
use super::passages::Place;
use super::questions::Topic;
use super::sentence::{Finding, Sentence};
use super::tokens::Kind;
use super::words::{BASE, GERUND, PART, PAST, class};
use super::{judgements, neglect};

/// Judges what begins at, or has its chief word at, a token.
pub(super) fn at(sentence: &Sentence<'_>, at: usize) -> Option<Finding> {
    let token = &sentence.tokens[at];
    let error = |found: Option<(usize, usize)>| {
        found.map(|(from, last)| Finding::of_words(RemarkKind::HumanError, from, last, Topic::Slip))
    };
    let judged = |found: Option<(usize, usize)>| {
        found.map(|(from, last)| Finding::of_words(RemarkKind::Judgement, from, last, Topic::Judged))
    };
    if token.has(class::ERROR_WORD)
        && let Some(found) = error(human_error(sentence, at))
    {
        return Some(found);
    }
    if token.has(class::MISTAKE_WORD)
        && let Some(found) = error(mistake(sentence, at))
    {
        return Some(found);
    }
    if token.has(class::SLIPLY)
        && let Some(found) = error(slip_adverb(sentence, at))
    {
        return Some(found);
    }
    if token.has(class::PREP)
        && let Some(found) = error(by_mistake(sentence, at).or_else(|| neglect::unchecked(sentence, at)))
    {
        return Some(found);
    }
    if token.has(class::SAYING) {
        return judged(judgements::saying(sentence, at));
    }
    if token.has(class::MIND_WORD) {
        // As a cause it is people's error; told otherwise it judges.
        let found = lack(sentence, at);
        let causal = found.is_some_and(|(from, _)| sentence.near_before(from, 5, class::CAUSAL));
        return if causal { error(found) } else { judged(found) };
    }
    if token.has(
        class::JUDGE
            | class::JUDGE_OF
            | class::DECISION
            | class::FAULT
            | class::BLAME
            | class::MY
            | class::TOO,
    ) {
        return judged(judgements::judgement(sentence, at));
    }
    None
}

/// Words before that make a mention harmless: `not`, `reduces the risk of`, `rather than`.
fn is_mention(sentence: &Sentence<'_>, at: usize) -> bool {
    sentence.near_before(at, 5, class::HEDGE | class::NEGATES | class::NOT)
}

/// `human error`, `an operator error`, `a copy-and-paste error`
fn human_error(sentence: &Sentence<'_>, at: usize) -> Option<(usize, usize)> {
    let before = at.checked_sub(1)?;
    let kind = sentence.has(before, class::OPERATORISH) && !sentence.tokens[before].quoted;
    if !kind || is_mention(sentence, before) || sentence.place == Place::Well {
        return None;
    }
    // `Human error was not a factor`, `it is tempting to call this human error`
    let denied = sentence.has(at + 1, class::BE) && sentence.near_behind(at + 1, 2, class::NOT)
        || (before.saturating_sub(5)..before)
            .any(|word| sentence.is_any(word, &["tempting", "tempted", "easy"]));
    if denied {
        return None;
    }
    // Errors of users and of what developers call so are messages as often.
    let human = sentence.is_any(before, &["human", "people", "personal"]);
    let plural_message = !human && sentence.text_of(at).ends_with('s');
    let counted = sentence
        .is_any(at, &["error", "errors", "mistake", "mistakes", "oversight", "slip", "failure"])
        && (human || !plural_message);
    let plain = sentence.is_any(before, &["user", "engineer", "developer", "admin"]);
    let told = !plain
        || sentence.near_before(before, 8, class::CAUSAL | class::BE)
        || sentence.near_behind(at, 6, class::CAUSAL)
        || put_in(sentence, at);
    let alone = sentence.place == Place::Cause && is_alone(sentence, before, at);
    let told = told || alone;
    let is_user = sentence.is(before, "user") && !alone && !sentence.near_before(before, 5, class::CAUSAL);
    // `human factors` is a field of study.
    let field =
        sentence.is_any(at, &["factor", "factors"]) && !sentence.near_before(before, 5, class::CAUSAL);
    (counted && told && !is_user && !field && !sentence.is_kind(at + 1, Kind::Dash)).then_some((before, at))
}

/// Whether an error is all that is said, with a label before or an explanation behind: `Pure user error: …`.
fn is_alone(sentence: &Sentence<'_>, from: usize, last: usize) -> bool {
    let signs = |at: usize| {
        [Kind::Colon, Kind::Dash, Kind::Comma, Kind::Open].iter().any(|kind| sentence.is_kind(at, *kind))
    };
    let opens = (0..from).rev().take_while(|at| !signs(*at)).all(|at| {
        let token = &sentence.tokens[at];
        !token.is_word() || token.has(class::DET | class::ADVERB) || token.forms == 0 && token.class == 0
    });
    let behind = last + 1;
    opens
        && (behind == sentence.tokens.len()
            || signs(behind)
            || sentence.is_any(behind, &["on", "by", "in", "during"]))
}

/// An error that does something: `a paste error put the host into the file`.
fn put_in(sentence: &Sentence<'_>, at: usize) -> bool {
    sentence.tokens.get(at + 1).is_some_and(|next| next.is_word() && next.is_form(PAST))
}

/// `due to a typo`, `made a mistake`, `it was an oversight`, `mistakes were made`
fn mistake(sentence: &Sentence<'_>, at: usize) -> Option<(usize, usize)> {
    if is_mention(sentence, at) || matches!(sentence.place, Place::Well | Place::Luck) {
        return None;
    }
    let soft = sentence.is_any(at, &["typo", "typos"]);
    let of_supervision = sentence.is(at, "oversight")
        && (sentence.near_behind(at, 1, class::TEAM)
            || sentence.is_any(at + 1, &["board", "committee", "of", "over", "process"]));
    if of_supervision {
        return None;
    }
    let from = (at.saturating_sub(4)..at).rev().find(|from| is_because(sentence, *from));
    if let Some(from) = from {
        return Some((from, at));
    }
    let made = sentence.is_any(at, &["mistake", "mistakes", "blunder"]);
    if made && sentence.has(at + 1, class::BE) && sentence.is(at + 2, "made") {
        return Some((at, at + 2));
    }
    let before = at.checked_sub(1)?;
    // Behind *made a*, and behind *was a*: adjectives may stand between.
    let verb = (at.saturating_sub(4)..at).rev().find(|verb| {
        sentence.is_any(*verb, &["made", "was", "were", "is"])
            && sentence.tokens[*verb + 1..at]
                .iter()
                .all(|t| t.is_word() && t.forms & (PAST | GERUND) == 0 && !t.has(class::PREP))
    });
    let owner = sentence.tokens[before].possessive
        && sentence.has(before, class::NAME | class::ROLE | class::SOMEONE | class::TEAM);
    let by_whom = owner || sentence.has(before, class::MY | class::WHOSE) && !soft;
    match verb {
        Some(_) if owner => Some((before, at)),
        Some(verb) if sentence.is(verb, "made") || (!soft && !is_thing_subject(sentence, verb)) => {
            Some((verb, at))
        }
        Some(_) => None,
        None => by_whom.then_some((before, at)),
    }
}

/// Whether what follows a token is told to be a cause: `due to`, `caused by`, `the cause was`; not `leads to`.
fn is_because(sentence: &Sentence<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    if sentence.has(at, class::BE) {
        sentence.is_any(before, &["cause", "reason", "trigger"])
    } else if sentence.is(at, "to") {
        sentence.is_any(before, &["due", "owing", "attributed", "traced", "down"])
    } else if sentence.is(at, "by") {
        sentence.is_any(before, &["caused", "triggered"])
    } else {
        sentence.is(at, "of") && sentence.is_any(before, &["result", "because", "consequence"])
    }
}

/// Whether the subject before a *was* is a thing that is said to be wrong, not a deed.
fn is_thing_subject(sentence: &Sentence<'_>, verb: usize) -> bool {
    let Some(before) = verb.checked_sub(1) else { return true };
    !(sentence.has(
        before,
        class::IT | class::DET | class::DECISION | class::GERUND_NOUN | class::CHANGE | class::WE,
    ) || sentence.has(before, class::CAUSAL | class::DETECT)
        || sentence.tokens[..verb].first().is_some_and(|token| token.is_form(GERUND)))
}

/// `was inadvertently deleted`; not `the script inadvertently deleted`, `could accidentally delete`.
fn slip_adverb(sentence: &Sentence<'_>, at: usize) -> Option<(usize, usize)> {
    let modal = class::MAYBE | class::COULD | class::WOULD | class::SHOULD | class::WILL;
    if sentence.near_before(at, 4, modal | class::NEGATES) || at > 0 && sentence.is(at - 1, "to") {
        return None;
    }
    // `was deleted unintentionally`
    if at > 1
        && sentence.tokens[at - 1].is_form(PART)
        && sentence.near_before(at - 1, 2, class::BE)
        && !is_by_thing(sentence, at)
    {
        return Some((at - 1, at));
    }
    let main = sentence.verb_after(at + 1).filter(|main| *main <= at + 2)?;
    let token = &sentence.tokens[main];
    let passive = at > 0 && sentence.has(at - 1, class::BE) && token.is_form(PART);
    let agentless = passive && !is_by_thing(sentence, main);
    // `wrongly` is said of values and states; of thoughts it is said of people.
    let of_thought = token.has(class::BELIEF | class::SLIP)
        || sentence.is_any(
            main,
            &[
                "estimated",
                "calculated",
                "judged",
                "concluded",
                "interpreted",
                "diagnosed",
                "measured",
                "communicated",
            ],
        );
    let wrongly =
        sentence.is_any(at, &["wrongly", "erroneously"]) && !of_thought && !token.has(class::CHANGE);
    // A dropped subject: `Accidentally merged …`
    let opens = sentence.first
        && token.is_form(PAST)
        && sentence.tokens[..at].iter().all(|token| !token.is_word() || token.has(class::TIME));
    let is_marked = sentence.is_any(main, &["marked", "reported", "flagged", "classified", "detected"]);
    ((agentless || opens) && !wrongly && !is_marked).then_some((at - usize::from(passive), main))
}

/// `by mistake`, `in error`, `by accident`
fn by_mistake(sentence: &Sentence<'_>, at: usize) -> Option<(usize, usize)> {
    let by = sentence.is(at, "by") && sentence.is_any(at + 1, &["mistake", "accident"]);
    let in_error = sentence.is(at, "in")
        && sentence.is(at + 1, "error")
        && sentence.near_before(at, 3, class::BE | class::CHANGE | class::SOFT);
    let is_state = in_error && sentence.near_before(at, 1, class::BE);
    if !(by || in_error) || is_state || sentence.tokens[at].quoted {
        return None;
    }
    let modal = class::MAYBE | class::COULD | class::WOULD | class::SHOULD | class::WILL;
    let hedged = sentence.tokens[..at].iter().any(|token| {
        token.is_word() && (token.has(modal | class::NEGATES | class::NOT) || token.has(class::HEDGE))
    });
    // What somebody did is told by a verb of the past.
    let told = sentence.tokens[..at].iter().any(|token| token.is_word() && token.is_form(PAST));
    let aim = sentence.tokens[..at].iter().enumerate().any(|(to, _)| {
        sentence.is(to, "to")
            && sentence.tokens.get(to + 1).is_some_and(|next| next.is_form(BASE))
            && to + 6 > at
    });
    let thing = sentence.tokens[..at]
        .iter()
        .rev()
        .take(6)
        .any(|token| token.has(class::TOOL) && !token.has(class::CHANGE | class::CHORE))
        && !sentence.near_before(at, 6, class::BE);
    (told && !hedged && !aim && !thing && sentence.place != Place::Well).then_some((at, at + 1))
}

/// `due to a lack of understanding`
fn lack(sentence: &Sentence<'_>, at: usize) -> Option<(usize, usize)> {
    let lack = (at.saturating_sub(4)..at).rev().find(|lack| {
        sentence.is_any(*lack, &["lack", "lapse", "absence", "insufficient", "inadequate", "poor"])
    })?;
    let communication = sentence.is(at, "communication") && !sentence.is(lack, "poor");
    let system = sentence.near_behind(at, 2, class::TOOL) && !sentence.is(at + 1, "of");
    let hedged = is_mention(sentence, lack);
    let system_is_subject = sentence.is_any(at, &["knowledge", "awareness"])
        && !sentence.near_before(lack, 4, class::CAUSAL | class::WHOSE);
    (!communication && !system && !hedged && !system_is_subject).then_some((lack, at))
}

//! Noun phrases that are names, one or several, and pronouns of several words.

use super::sentence::Sentence;
use super::subject::{Subject, Who};
use super::tokens::{Kind, Shape};
use super::words::class;

/// `Ana`, `Ana Lee`, `Ana and Bo`, `AC/RK`
pub(super) fn names(sentence: &Sentence<'_>, head: usize) -> Option<Subject> {
    let before = head.checked_sub(1).map(|at| &sentence.tokens[at]);
    let is_name = class::NAME | class::INITIALS;
    // Only the first name of a list begins it; `the Alex dashboard` is a thing.
    let is_inside = before.is_some_and(|token| {
        token.has(is_name | class::WHOSE) || (token.has(class::DET) && !token.has(class::WHO | class::IT))
    });
    if is_inside || is_second(sentence, head) {
        return None;
    }
    let mut to = head;
    let mut plural = false;
    loop {
        to = one_name(sentence, to)?;
        let Some(next) = sentence.tokens.get(to) else { break };
        let joins = next.kind == Kind::Slash
            || next.kind == Kind::Comma
            || sentence.is(to, "and")
            || sentence.text_of(to) == "&";
        let mut behind = to + 1;
        if joins && next.kind == Kind::Comma && sentence.is(behind, "and") {
            behind += 1;
        }
        let follows = sentence.tokens.get(behind).is_some_and(|token| token.has(is_name) && !token.quoted);
        if joins && !follows && plural || sentence.is(to, "and") && !follows {
            // `Ana, Bo and the vendor are debugging`
            let reach = sentence.tokens.len().min(to + 7);
            let verb = (to + 1..reach).find(|at| sentence.has(*at, class::BE | class::HAVE));
            let group =
                sentence.has(to + 1, class::DET | class::WHOSE | class::TEAM | class::ROLE | class::I);
            if let Some(verb) = verb.filter(|_| group) {
                (to, plural) = (verb, true);
            }
        }
        if !joins || !follows {
            break;
        }
        plural = true;
        to = behind;
    }
    Some(Subject { who: Who::Name, from: head, to, plural, doubtful: false })
}

/// Whether a name is a later one of a list: `Ana and Bo`.
fn is_second(sentence: &Sentence<'_>, head: usize) -> bool {
    let Some(before) = head.checked_sub(2) else { return false };
    let joins = sentence.is_kind(head - 1, Kind::Slash)
        || sentence.is_kind(head - 1, Kind::Comma)
        || sentence.is(head - 1, "and");
    joins && sentence.tokens[before].has(class::NAME | class::INITIALS)
}

/// Behind one name: `Ana`, `Sarika de Bruyn`, `Tom P`; `None` where it is a possessive.
pub(super) fn one_name(sentence: &Sentence<'_>, head: usize) -> Option<usize> {
    let first = sentence.tokens.get(head)?;
    let mut to = head + 1;
    let mut last = first;
    while let Some(token) = sentence.tokens.get(to).filter(|_| to < head + 4 && !first.handle) {
        let is_surname = token.is_word()
            && token.forms == 0
            && (matches!(token.shape, Shape::Capital) || token.end - token.start == 1)
            && !token.has(class::PRONOUN | class::DET | class::TIME)
            && token.shape != Shape::Lower;
        let is_particle = token.has(class::PARTICLE)
            && sentence.tokens.get(to + 1).is_some_and(|next| next.shape == Shape::Capital);
        if first.has(class::INITIALS) || !(is_surname || is_particle) {
            break;
        }
        last = token;
        to += 1;
    }
    (!last.possessive && !first.possessive).then_some(to)
}

/// `no one`, `none of us`, `someone on the team`: pronouns of several words.
pub(super) fn indefinite(sentence: &Sentence<'_>, head: usize) -> Option<Subject> {
    if sentence.is(head, "one") && head > 0 && sentence.is(head - 1, "no") {
        return Some(Subject {
            who: Who::Nobody,
            from: head - 1,
            to: head + 1,
            plural: false,
            doubtful: false,
        });
    }
    let is_none =
        sentence.is(head, "none") || (sentence.is(head, "one") && head > 0 && sentence.is(head - 1, "not"));
    if is_none && sentence.is(head + 1, "of") {
        let next = sentence.tokens.get(head + 2)?;
        if next.has(class::THEM) {
            return Some(Subject {
                who: Who::Nobody,
                from: head,
                to: head + 3,
                plural: true,
                doubtful: false,
            });
        }
    }
    if sentence.is(head, "one")
        && sentence.is(head + 1, "of")
        && sentence.tokens.get(head + 2)?.has(class::THEM)
    {
        return Some(Subject { who: Who::Someone, from: head, to: head + 3, plural: false, doubtful: false });
    }
    None
}

/// Whether what is set between commas behind a name says what that person does: `Kevin, our DBA, …`.
pub(super) fn is_role(sentence: &Sentence<'_>, from: usize) -> bool {
    let until = sentence.tokens.len().min(from + 10);
    let aside = (from..until).take_while(|at| !sentence.is_kind(*at, Kind::Comma));
    let opens = class::DET | class::WHOSE | class::PART_OF | class::ROLE | class::ROLEISH;
    sentence.has(from, opens)
        && aside.into_iter().any(|at| sentence.has(at, class::ROLE | class::ROLE_PART | class::TEAM))
}

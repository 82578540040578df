//! Noun phrases that are people: pronouns, names, roles, teams, nobody; and whether they are the subject.

use super::sentence::Sentence;
use super::tokens::{Kind, Shape};
use super::words::{BASE, Class, GERUND, PAST, THIRD, class};

/// Who is the subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    I,
    We,
    HeShe,
    They,
    Someone,
    Nobody,
    /// One person by what they do.
    Role,
    /// Several people by what they do.
    Roles,
    Team,
    Name,
}

impl Who {
    /// One person, of whom it can be told who it was.
    pub(super) fn is_individual(self) -> bool {
        matches!(self, Self::I | Self::HeShe | Self::Someone | Self::Role | Self::Name)
    }

    /// People who act as one.
    pub(super) fn is_collective(self) -> bool {
        matches!(self, Self::We | Self::Team | Self::Roles)
    }
}

/// A subject: its tokens, the last one excluded.
#[derive(Debug, Clone, Copy)]
pub(super) struct Subject {
    pub(super) who: Who,
    pub(super) from: usize,
    pub(super) to: usize,
    /// Several people.
    pub(super) plural: bool,
    /// It may be a program that is called so: an operator.
    pub(super) doubtful: bool,
}

/// What may be the head of a person's noun phrase.
pub(super) const HEADS: Class = class::I
    | class::WE
    | class::HE_SHE
    | class::THEY
    | class::SOMEONE
    | class::NOBODY
    | class::ROLE
    | class::ROLE_PART
    | class::TEAM
    | class::PART_OF
    | class::NAME
    | class::INITIALS;

/// The people whose noun phrase has its head at a token, where they may be a subject.
pub(super) fn at(sentence: &Sentence<'_>, head: usize) -> Option<Subject> {
    let token = &sentence.tokens[head];
    let plain = |who: Who, plural: bool| Some(Subject { who, from: head, to: head + 1, plural, doubtful: false });
    let subject = if token.has(class::NAME | class::INITIALS) {
        names(sentence, head)
    } else if token.possessive && !token.has(class::PRONOUN) {
        None
    } else if token.has(class::I) && token.shape != Shape::Lower {
        (!sentence.is_kind(head + 1, Kind::Slash)).then_some(())?;
        plain(Who::I, true)
    } else if token.has(class::WE) {
        plain(Who::We, true)
    } else if token.has(class::HE_SHE) {
        plain(Who::HeShe, false)
    } else if token.has(class::THEY) {
        plain(Who::They, true)
    } else if token.has(class::NOBODY) {
        plain(Who::Nobody, false)
    } else if token.has(class::SOMEONE) {
        plain(Who::Someone, false)
    } else if token.has(class::ROLE | class::ROLE_PART | class::TEAM) {
        role(sentence, head)
    } else {
        indefinite(sentence, head)
    };
    subject.filter(|subject| is_free(sentence, subject)).map(|subject| behind_remarks(sentence, subject))
}

/// The people whose noun phrase has its head at a token and begins at once: whoever follows *by*.
pub(super) fn agent(sentence: &Sentence<'_>, head: usize, from: usize) -> Option<Subject> {
    let token = &sentence.tokens[head];
    let subject = if token.has(class::NAME | class::INITIALS) {
        names(sentence, head)
    } else if token.has(class::SOMEONE) {
        Some(Subject { who: Who::Someone, from: head, to: head + 1, plural: false, doubtful: false })
    } else if token.possessive || !token.has(class::ROLE | class::ROLE_PART | class::TEAM) {
        None
    } else {
        role(sentence, head)
    };
    subject.filter(|subject| subject.from == from)
}

/// `Ana`, `Ana Lee`, `Ana and Bo`, `AC/RK`
fn names(sentence: &Sentence<'_>, head: usize) -> Option<Subject> {
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
            let group = sentence.has(to + 1, class::DET | class::WHOSE | class::TEAM | class::ROLE | class::I);
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
fn one_name(sentence: &Sentence<'_>, head: usize) -> Option<usize> {
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

/// `the on-call engineer`, `one of our developers`, `a member of the data team`, `no reviewer`
fn role(sentence: &Sentence<'_>, head: usize) -> Option<Subject> {
    let token = &sentence.tokens[head];
    let next = sentence.tokens.get(head + 1);
    let before = head.checked_sub(1).map(|at| &sentence.tokens[at]);
    let mut to = head + 1;
    let mut doubtful = false;
    if token.has(class::ROLE_PART) && !token.has(class::ROLE) {
        let on_duty = sentence.is(head + 1, "on") && sentence.tokens.get(head + 2)?.has(class::ROLEISH);
        let of_team = sentence.is(head, "member") && sentence.is(head + 1, "of");
        let of_kind = before.is_some_and(|token| token.has(class::ROLEISH | class::TEAM));
        let operator = sentence.is_any(head, &["operator", "operators"]);
        doubtful = !on_duty && !of_kind && !(operator && before.is_some_and(|_| sentence.is(head - 1, "an")));
        if doubtful && !operator && !of_team {
            return None;
        }
        if of_team {
            doubtful = false;
            to = sentence.behind_group(head + 2)?;
        }
    }
    // `engineer account`, `team member`: the head is what follows.
    let is_compound = next.is_some_and(|next| {
        let is_noun = next.forms & !GERUND == 0 && next.class & (class::PREP | class::WHO | class::ADVERB) == 0;
        let is_name = next.has(class::NAME | class::INITIALS);
        let goes_on = next.has(class::INDEFINITE | class::PART_OF | class::DET | class::TIME | class::PRONOUN | class::CONJ | class::BECAUSE | class::NOT | class::SLIPLY | class::RASHLY | MODALS);
        next.is_word() && is_noun && !is_name && !goes_on && !next.is_form(GERUND)
    });
    if is_compound || next.is_some_and(|next| next.has(class::ROLE | class::ROLE_PART)) {
        return None;
    }
    let (from, det) = start(sentence, head);
    let mut plural = token.has(class::MANY);
    let mut who = match (token.has(class::TEAM), plural) {
        (true, _) => Who::Team,
        (_, true) => Who::Roles,
        _ => Who::Role,
    };
    let mut from = from;
    if from >= 1 && sentence.is(from - 1, "nor") {
        who = Who::Nobody;
    } else if from >= 2 && sentence.is(from - 1, "of") && sentence.tokens[from - 2].has(class::PART_OF) {
        from -= 2;
        let none = sentence.tokens[from].has(class::NEGATES);
        let one = sentence.is(from, "one") || sentence.is(from, "member");
        who = if none || (from > 0 && sentence.is(from - 1, "no")) { Who::Nobody } else { who };
        if one && who != Who::Nobody {
            (who, plural) = (Who::Role, false);
        }
    } else if det.is_some_and(|det| sentence.tokens[det].has(class::NEGATES)) {
        who = Who::Nobody;
    }
    // The name that follows a role is the same person: `the engineer, Ana`, `engineer Ana`.
    if sentence.tokens.get(to).is_some_and(|token| token.has(class::NAME)) {
        to = one_name(sentence, to)?;
    }
    Some(Subject { who, from, to, plural, doubtful })
}

const MODALS: Class =
    class::SHOULD | class::COULD | class::WOULD | class::WILL | class::MAYBE | class::HAVE | class::BE | class::DO;

/// Where a noun phrase begins, and its determiner.
fn start(sentence: &Sentence<'_>, head: usize) -> (usize, Option<usize>) {
    let mut from = head;
    for at in (head.saturating_sub(5)..head).rev() {
        let token = &sentence.tokens[at];
        if token.kind == Kind::Number && from == at + 1 {
            from = at;
            continue;
        }
        if !token.is_word() {
            break;
        }
        if token.has(class::DET | class::WHOSE) || token.possessive || sentence.is_any(at, &["no", "neither"]) {
            return (at, Some(at));
        }
        let ends = class::PREP | class::CONJ | class::BECAUSE | class::PRONOUN | class::ADVERB | class::NOT | MODALS;
        let is_verb = token.is_form(PAST | THIRD) && !token.has(class::ROLEISH);
        if token.has(ends) && !token.has(class::ROLEISH) || is_verb {
            break;
        }
        from = at;
    }
    (from, None)
}

/// `no one`, `none of us`, `someone on the team`: pronouns of several words.
fn indefinite(sentence: &Sentence<'_>, head: usize) -> Option<Subject> {
    if sentence.is(head, "one") && head > 0 && sentence.is(head - 1, "no") {
        return Some(Subject { who: Who::Nobody, from: head - 1, to: head + 1, plural: false, doubtful: false });
    }
    let is_none = sentence.is(head, "none") || (sentence.is(head, "one") && head > 0 && sentence.is(head - 1, "not"));
    if is_none && sentence.is(head + 1, "of") {
        let next = sentence.tokens.get(head + 2)?;
        if next.has(class::THEM) {
            return Some(Subject { who: Who::Nobody, from: head, to: head + 3, plural: true, doubtful: false });
        }
    }
    if sentence.is(head, "one") && sentence.is(head + 1, "of") && sentence.tokens.get(head + 2)?.has(class::THEM) {
        return Some(Subject { who: Who::Someone, from: head, to: head + 3, plural: false, doubtful: false });
    }
    None
}

/// Whether a noun phrase stands free: not behind a preposition, and not the object of a verb before it.
fn is_free(sentence: &Sentence<'_>, subject: &Subject) -> bool {
    let Some(at) = subject.from.checked_sub(1) else { return true };
    let before = &sentence.tokens[at];
    if before.has(class::PREP) && !before.has(class::BECAUSE | class::CONJ) {
        return false;
    }
    // `the alert that paged the engineer fired`: the engineer is whom the alert paged.
    let is_verb = before.is_form(PAST | THIRD) && !before.has(class::BE | class::HAVE | class::DO | class::BELIEF);
    let reaches = at.saturating_sub(4)..at;
    let in_relative = is_verb && sentence.tokens[reaches].iter().any(|token| token.has(class::WHO | class::IT));
    // `let the engineer delete`, `asked Ana to`
    !in_relative && !(before.is_form(BASE) && before.has(class::TELL) && sentence.is(at, "let"))
}

/// Behind what may stand between a subject and its verb: brackets, `on the platform team`.
fn behind_remarks(sentence: &Sentence<'_>, mut subject: Subject) -> Subject {
    if sentence.is_kind(subject.to, Kind::Open) {
        let rest = &sentence.tokens[subject.to..];
        if let Some(close) = rest.iter().take(8).position(|token| token.kind == Kind::Close) {
            subject.to += close + 1;
        }
    }
    // `the release captain, Joana, started`
    let named = sentence.is_kind(subject.to, Kind::Comma) && sentence.has(subject.to + 1, class::NAME);
    if named && subject.who != Who::Name {
        let close = (subject.to + 2..subject.to + 5).find(|at| sentence.is_kind(*at, Kind::Comma));
        subject.to = close.map_or(subject.to, |close| close + 1);
    }
    let next = sentence.tokens.get(subject.to);
    let is_prep = next.is_some_and(|token| token.has(class::PREP) && !token.has(class::BECAUSE | class::ADVERB));
    let takes = matches!(subject.who, Who::Role | Who::Roles | Who::Someone | Who::Nobody | Who::Team);
    if !is_prep || !takes {
        return subject;
    }
    for at in subject.to + 1..sentence.tokens.len().min(subject.to + 8) {
        let token = &sentence.tokens[at];
        if token.kind != Kind::Word && token.kind != Kind::Code || token.has(class::BECAUSE | class::PRONOUN) {
            break;
        }
        let is_finite = token.has(MODALS) || (token.is_form(PAST) && !token.has(class::ADJECTIVAL));
        if is_finite || token.has(class::SLIPLY | class::RASHLY) {
            subject.to = at;
            break;
        }
    }
    subject
}

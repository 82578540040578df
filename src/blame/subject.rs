//! Noun phrases that are people: pronouns, names, roles, teams, nobody; and whether they are the subject.

use super::named;
use super::sentence::Sentence;
use super::tokens::{Kind, Shape, Token};
use super::words::{Class, GERUND, PAST, THIRD, class};

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
    | class::TEAM_NAME
    | class::PART_OF
    | class::NAME
    | class::INITIALS;

/// The people whose noun phrase has its head at a token, where they may be a subject.
pub(super) fn at(sentence: &Sentence<'_>, head: usize) -> Option<Subject> {
    let token = &sentence.tokens[head];
    let plain =
        |who: Who, plural: bool| Some(Subject { who, from: head, to: head + 1, plural, doubtful: false });
    let subject = if token.has(class::NAME | class::INITIALS) {
        named::names(sentence, head)
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
    } else if token.has(class::ROLE | class::ROLE_PART | class::TEAM) || is_team_name(token) {
        role(sentence, head)
    } else {
        named::indefinite(sentence, head)
    };
    subject.filter(|subject| is_free(sentence, subject)).map(|subject| behind_remarks(sentence, subject))
}

/// The people whose noun phrase has its head at a token and begins at once: whoever follows *by*.
pub(super) fn agent(sentence: &Sentence<'_>, head: usize, from: usize) -> Option<Subject> {
    let token = &sentence.tokens[head];
    let subject = if token.has(class::NAME | class::INITIALS) {
        named::names(sentence, head)
    } else if token.has(class::SOMEONE) {
        Some(Subject { who: Who::Someone, from: head, to: head + 1, plural: false, doubtful: false })
    } else if token.possessive || !token.has(class::ROLE | class::ROLE_PART | class::TEAM) {
        None
    } else {
        role(sentence, head)
    };
    subject.filter(|subject| subject.from == from)
}

/// `the on-call engineer`, `one of our developers`, `a member of the data team`, `no reviewer`
fn role(sentence: &Sentence<'_>, head: usize) -> Option<Subject> {
    let token = &sentence.tokens[head];
    let next = sentence.tokens.get(head + 1);
    let (mut to, doubtful) = part_of_role(sentence, head)?;
    // `engineer account`, `team member`: the head is what follows.
    let is_compound = next.is_some_and(|next| {
        let is_noun =
            next.forms & !GERUND == 0 && next.class & (class::PREP | class::WHO | class::ADVERB) == 0;
        let is_name = next.has(class::NAME | class::INITIALS);
        let goes_on = next.has(GOES_ON);
        next.is_word() && is_noun && !is_name && !goes_on && !next.is_form(GERUND)
    });
    // A customer's engineer is a customer.
    let is_outside = head > 0 && sentence.has(head - 1, class::ADVERSARY);
    if is_outside || is_compound || next.is_some_and(|next| next.has(class::ROLE | class::ROLE_PART)) {
        return None;
    }
    let (from, det) = start(sentence, head);
    let mut plural = token.has(class::MANY);
    let mut who = match (token.has(class::TEAM) || is_team_name(token), plural) {
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
        to = named::one_name(sentence, to)?;
    }
    Some(Subject { who, from, to, plural, doubtful })
}

/// `QA`, `Marketing`: a team by its name, which is a word of other meanings in lower case.
fn is_team_name(token: &Token) -> bool {
    token.has(class::TEAM_NAME) && token.shape != Shape::Lower
}

/// What follows a noun that is the head of its phrase.
const GOES_ON: Class = class::INDEFINITE
    | class::PART_OF
    | class::DET
    | class::TIME
    | class::PRONOUN
    | class::CONJ
    | class::BECAUSE
    | class::NOT
    | class::SLIPLY
    | class::RASHLY
    | MODALS;

/// Words that are a person only with another: a team member, an operator on shift. Says where the head ends, and whether
/// it may be a program all the same.
fn part_of_role(sentence: &Sentence<'_>, head: usize) -> Option<(usize, bool)> {
    let token = &sentence.tokens[head];
    if token.has(class::ROLE) || !token.has(class::ROLE_PART) {
        return Some((head + 1, false));
    }
    if sentence.is(head, "member") && sentence.is(head + 1, "of") {
        return Some((sentence.behind_group(head + 2)?, false));
    }
    let on_duty = sentence.is(head + 1, "on") && sentence.has(head + 2, class::ROLEISH);
    let of_kind = head > 0 && sentence.has(head - 1, class::ROLEISH | class::TEAM);
    let operator = sentence.is_any(head, &["operator", "operators"]);
    let sure = on_duty || of_kind || operator && head > 0 && sentence.is(head - 1, "an");
    (sure || operator).then_some((head + 1, !sure))
}

const MODALS: Class = class::SHOULD
    | class::COULD
    | class::WOULD
    | class::WILL
    | class::MAYBE
    | class::HAVE
    | class::BE
    | class::DO;

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
        if token.has(class::DET | class::WHOSE) || token.possessive || sentence.is_any(at, &["no", "neither"])
        {
            return (at, Some(at));
        }
        let ends =
            class::PREP | class::CONJ | class::BECAUSE | class::PRONOUN | class::ADVERB | class::NOT | MODALS;
        let is_verb = token.is_form(PAST | THIRD) && !token.has(class::ROLEISH);
        if token.has(ends) && !token.has(class::ROLEISH) || is_verb {
            break;
        }
        from = at;
    }
    (from, None)
}

/// Whether a noun phrase stands free: not behind a preposition, and not the object of a verb before it.
fn is_free(sentence: &Sentence<'_>, subject: &Subject) -> bool {
    let Some(at) = subject.from.checked_sub(1) else { return true };
    let before = &sentence.tokens[at];
    if before.has(class::PREP) && !before.has(class::BECAUSE | class::CONJ) {
        return false;
    }
    // `the alert that paged the engineer fired`: the engineer is whom the alert paged.
    let is_verb =
        before.is_form(PAST | THIRD) && !before.has(class::BE | class::HAVE | class::DO | class::BELIEF);
    let reaches = at.saturating_sub(4)..at;
    let in_relative =
        is_verb && sentence.tokens[reaches].iter().any(|token| token.has(class::WHO | class::IT));
    // `let the engineer delete`, `asked Ana to`
    !in_relative && !sentence.is(at, "let")
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
    if subject.who != Who::Name {
        subject.to = behind_name(sentence, subject.to).unwrap_or(subject.to);
    }
    let next = sentence.tokens.get(subject.to);
    let is_prep =
        next.is_some_and(|token| token.has(class::PREP) && !token.has(class::BECAUSE | class::ADVERB));
    let takes = matches!(subject.who, Who::Role | Who::Roles | Who::Someone | Who::Nobody | Who::Team)
        || subject.who == Who::Name && sentence.is_any(subject.to, &["from", "of", "in", "at", "on"]);
    if !is_prep || !takes {
        return subject;
    }
    for at in subject.to + 1..sentence.tokens.len().min(subject.to + 8) {
        let token = &sentence.tokens[at];
        if token.kind != Kind::Word && token.kind != Kind::Code || token.has(class::BECAUSE | class::PRONOUN)
        {
            subject.to = behind_name(sentence, at).unwrap_or(subject.to);
            break;
        }
        // `from the storage team deletes`, not `on the alerts`
        let tells = sentence.is_narrative_present()
            && token.is_form(THIRD)
            && !sentence.has(at - 1, class::DET | class::PREP);
        let is_finite = token.has(MODALS) || tells || (token.is_form(PAST) && !token.has(class::ADJECTIVAL));
        if is_finite || token.has(class::SLIPLY | class::RASHLY) {
            subject.to = at;
            break;
        }
    }
    subject
}

/// Behind the name that is set between commas: `the DBA on duty, Joana, started`.
fn behind_name(sentence: &Sentence<'_>, comma: usize) -> Option<usize> {
    let named = sentence.is_kind(comma, Kind::Comma) && sentence.has(comma + 1, class::NAME);
    let close = (comma + 2..comma + 5).find(|at| sentence.is_kind(*at, Kind::Comma)).filter(|_| named)?;
    Some(close + 1)
}

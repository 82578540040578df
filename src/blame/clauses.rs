//! Who is the subject of what: a subject and its verbs, judged.

use super::antecedent::{self, Antecedent};
use super::passages::Place;
use super::questions::Topic;
use super::sentence::{Finding, Sentence};
use super::subject::{Subject, Who};
use super::tokens::Kind;
use super::verbs::{self, Modal, VerbPhrase};
use super::words::{GERUND, PAST, class};
use super::{RemarkKind, deeds, named};

/// How far a second verb of the same subject may stand behind the first.
const REACH: usize = 16;

/// Judges the clauses that a subject has; the gravest counts.
pub(super) fn judge(sentence: &Sentence<'_>, subject: &Subject) -> Option<Finding> {
    let mut best: Option<Finding> = None;
    let mut from = Some(subject.to);
    while let Some(at) = from.take() {
        let Some((phrase, next)) = verb_of(sentence, subject, at) else { break };
        let found = one(sentence, subject, &phrase);
        if let Some(found) = found
            && best.is_none_or(|best| found.kind < best.kind)
        {
            best = Some(found);
        }
        from = next;
    }
    best
}

/// The verb phrase that belongs to a subject, and where its next one begins.
fn verb_of(sentence: &Sentence<'_>, subject: &Subject, at: usize) -> Option<(VerbPhrase, Option<usize>)> {
    let mut at = at;
    let is_first = at == subject.to;
    let relative =
        is_first && (sentence.has(at, class::WHO) && !matches!(subject.who, Who::I | Who::We | Who::They));
    let comma = is_first && sentence.is_kind(at, Kind::Comma) && sentence.has(at + 1, class::WHO);
    if relative || comma {
        at += if comma { 2 } else { 1 };
        let phrase = verbs::parse(sentence, at, subject.plural)?;
        // Behind `, who …,` the subject's own verb follows.
        let next = (comma)
            .then(|| (phrase.main..sentence.tokens.len()).find(|at| sentence.is_kind(*at, Kind::Comma)))
            .flatten()
            .map(|comma| comma + 1)
            .or_else(|| second(sentence, phrase.main))
            .or_else(|| own_verb(sentence, phrase.main));
        return Some((phrase, next));
    }
    // `a member of the team, following the playbook, executed`
    let aside = is_first
        && sentence.is_kind(at, Kind::Comma)
        && sentence.tokens.get(at + 1).is_some_and(|token| {
            token.is_word()
                && (token.is_form(GERUND)
                    || token.has(class::PREP | class::ADVERB | class::STATE | class::UNABLE))
                || subject.who == Who::Name && named::is_role(sentence, at + 1)
        });
    if aside && !matches!(subject.who, Who::I | Who::We | Who::They) {
        let close =
            (at + 2..sentence.tokens.len().min(at + 14)).find(|at| sentence.is_kind(*at, Kind::Comma))?;
        let phrase = verbs::parse(sentence, close + 1, subject.plural)?;
        return (!phrase.progressive).then(|| (phrase, second(sentence, phrase.main)));
    }
    // `James: reports that …`
    if is_first && subject.who == Who::Name && sentence.is_kind(at, Kind::Colon) {
        at += 1;
    }
    // `the engineer reviewing the change thought`
    let is_gerund = sentence.tokens.get(at).is_some_and(|token| token.is_word() && token.is_form(GERUND));
    if is_gerund && matches!(subject.who, Who::Role | Who::Someone | Who::Roles) {
        let main = (at + 1..sentence.tokens.len().min(at + 10)).find(|at| {
            let token = &sentence.tokens[*at];
            token.is_word() && (token.has(class::BE | class::HAVE | class::DO) || token.is_form(PAST))
        })?;
        at = main;
    }
    let phrase = verbs::parse(sentence, at, subject.plural)?;
    if phrase.progressive && phrase.main == at && subject.who != Who::Name {
        return None;
    }
    Some((phrase, second(sentence, phrase.main)))
}

/// Behind a relative clause without commas: `the engineer who was on call ignored the page`.
fn own_verb(sentence: &Sentence<'_>, main: usize) -> Option<usize> {
    let stops = class::WHO
        | class::BECAUSE
        | class::I
        | class::WE
        | class::HE_SHE
        | class::THEY
        | class::IT & !class::DET;
    let end = sentence.tokens.len().min(main + 11);
    for at in main + 1..end {
        let token = &sentence.tokens[at];
        let is_stop = token.has(stops) && !token.has(class::DET)
            || sentence.has(at, class::WHO)
                && !sentence.has(at + 1, class::TIME | class::DETECT)
                && !sentence.is_any(at + 1, &["night", "day", "week", "morning"]);
        if !token.is_word() && token.kind != Kind::Code || is_stop {
            return None;
        }
        if token.is_form(PAST) && !token.has(class::ADJECTIVAL | class::BE | class::HAVE) {
            return Some(at);
        }
    }
    None
}

/// Where a further verb of the same subject begins: `merged it and did not tell anyone`, `but forgot`.
fn second(sentence: &Sentence<'_>, main: usize) -> Option<usize> {
    let end = sentence.tokens.len().min(main + REACH);
    let joint = (main + 1..end).find(|at| {
        let joins = sentence.is_any(*at, &["and", "but", "then"]);
        let next = sentence.tokens.get(at + 1);
        joins
            && next.is_some_and(|next| {
                let is_verb =
                    next.is_form(PAST) || next.has(class::DO | class::BE | class::HAVE | class::NOT);
                next.is_word()
                    && (is_verb || next.has(class::ADVERB | class::SLIPLY | class::RASHLY))
                    && !next.has(class::PRONOUN)
            })
    })?;
    // Another subject in between takes the verb.
    let other = class::PRONOUN | class::BECAUSE;
    let between = &sentence.tokens[main + 1..joint];
    (!between.iter().any(|token| token.is_word() && token.has(other) && !token.has(class::DET)))
        .then_some(joint + 1)
}

fn one(sentence: &Sentence<'_>, subject: &Subject, phrase: &VerbPhrase) -> Option<Finding> {
    let who = subject.who;
    let found = |kind: RemarkKind, topic: Topic| {
        Some(Finding {
            kind,
            from: subject.from,
            last: phrase.main,
            subject: (subject.from, subject.to),
            verb: (!phrase.copula && !phrase.possession).then_some(phrase.main),
            topic,
        })
    };
    let initials = who == Who::Name && sentence.tokens[subject.from].has(class::INITIALS);
    if initials && !are_initials(sentence, subject, phrase) {
        return None;
    }
    let name = (who == Who::Name && is_neutral_name(sentence, phrase))
        .then_some(())
        .and_then(|()| found(RemarkKind::Name, Topic::Name));
    // In talk, people are named at most.
    if sentence.speech {
        return name;
    }
    let knows = phrase.class & (class::CARE | class::PERCEIVE | class::BELIEF | class::HUMAN) != 0;
    if let Some(topic) = hindsight_of(sentence, subject, phrase).filter(|_| !subject.doubtful || knows) {
        return found(RemarkKind::Counterfactual, topic);
    }
    let typed = sentence.is_verb_of(phrase.main, &["enter", "type", "press", "click", "paste", "mistype"]);
    if subject.doubtful
        && !typed
        && !phrase.sliply
        && phrase.class & (class::SLIP | class::BELIEF) == 0
        && !phrase.copula
        && !sentence.near_behind(phrase.main, 6, class::COMPLIANCE)
    {
        return None;
    }
    let told = phrase.is_told()
        || (phrase.modal == Modal::None && sentence.is_narrative_present() && who.is_individual());
    if sentence.question || !told || sentence.is_condition(subject.from) {
        return name;
    }
    let judged = match who {
        Who::Nobody => deeds::nobody(sentence, phrase),
        _ if who.is_collective() => deeds::collective(sentence, subject, phrase),
        _ if who.is_individual() => deeds::individual(sentence, subject, phrase),
        _ => None,
    };
    judged.and_then(|(kind, topic)| found(kind, topic)).or(name)
}

/// Whether two or three capitals are somebody, by what they do: a timeline has people, other prose has acronyms, unless
/// the document knows them.
fn are_initials(sentence: &Sentence<'_>, subject: &Subject, phrase: &VerbPhrase) -> bool {
    if sentence.tokens[subject.from].has(class::NAME) {
        return true;
    }
    let deeds =
        class::HUMAN | class::TELL | class::CHANGE | class::SOFT | class::MEND | class::BELIEF | class::CARE;
    let acts = phrase.class & deeds != 0 || phrase.progressive;
    // What systems do by themselves.
    let runs = ["run", "start", "restart", "fail", "stop", "crash", "reboot", "scale", "increase", "recover"];
    let is_system =
        sentence.is_verb_of(phrase.main, &runs) && !sentence.near_behind(phrase.main, 4, class::DEED);
    let is_long = sentence.tokens[subject.from].end - sentence.tokens[subject.from].start > 2;
    let at_head = sentence.tokens[..subject.from].iter().all(|token| {
        !token.is_word()
            || token.has(class::TIME | class::NAME | class::INITIALS)
            || token.has(class::CONJ | class::BECAUSE)
    });
    let is_human =
        !is_long || phrase.class & (class::HUMAN | class::SOFT | class::CHANGE | class::BELIEF) != 0;
    acts && is_human
        && !is_system
        && !phrase.copula
        && !phrase.possession
        && sentence.place == Place::Timeline
        && (!is_long || at_head)
}

/// Whether a name with this verb is somebody: a product fails and runs too.
fn is_neutral_name(sentence: &Sentence<'_>, phrase: &VerbPhrase) -> bool {
    let bare = phrase.progressive && !sentence.is_narrative_present();
    let is_state = (phrase.copula || phrase.possession) && !phrase.past;
    !bare && !is_state && !phrase.passive && matches!(phrase.modal, Modal::None | Modal::Will)
}

/// What people should or could have done.
fn hindsight_of(sentence: &Sentence<'_>, subject: &Subject, phrase: &VerbPhrase) -> Option<Topic> {
    let main = phrase.main;
    let who = subject.who;
    match phrase.modal {
        Modal::Should if phrase.copula && phrase.past => {
            let is_state = sentence.near_behind(main, 3, class::STATE | class::UNABLE | class::JUDGE_OF);
            (is_state && who != Who::They).then_some(Topic::Hindsight)
        }
        Modal::Should if phrase.perfect && !phrase.passive && !sentence.has(main, class::HAVE) => {
            let of_people = who != Who::They
                || phrase.class & (class::CARE | class::PERCEIVE) != 0
                || antecedent::of(sentence, subject.from) == Antecedent::People;
            (of_people && !is_possession(sentence, main)).then_some(Topic::Hindsight)
        }
        // `Nobody could have known` and `could not have known` say that there was nothing to see.
        Modal::Could if phrase.negated || who == Who::Nobody => None,
        Modal::Could | Modal::Maybe if phrase.perfect && !phrase.passive && who != Who::They => {
            let averts = phrase.class & (class::AVERT | class::PERCEIVE | class::CARE) != 0;
            let is_luck = sentence.place == Place::Luck || sentence.place == Place::Well;
            (averts && !is_luck).then_some(Topic::Hindsight)
        }
        Modal::None if phrase.passive && phrase.past && sentence.has(main, class::MUST_BE) => {
            let owed = sentence.is(main + 1, "to") && (who.is_individual() || who.is_collective());
            let expected = sentence.is(main, "expected") && who != Who::Role;
            (owed && !expected && who != Who::I).then_some(Topic::Hindsight)
        }
        _ => None,
    }
}

/// `should have automated tests` has something; `should have automated the tests` has done something.
pub(super) fn is_possession(sentence: &Sentence<'_>, participle: usize) -> bool {
    let Some(token) = sentence.tokens.get(participle) else { return false };
    if !token.has(class::ADJECTIVAL) && token.class != 0 {
        return false;
    }
    let Some(next) = sentence.tokens.get(participle + 1) else { return false };
    let ends = class::DET
        | class::PREP
        | class::PRONOUN
        | class::CONJ
        | class::BECAUSE
        | class::ADVERB
        | class::WHOSE;
    let goes_on = next.is_word() && !next.has(ends | class::THEM | class::HASTE);
    let plural = next.is_word() && sentence.text_of(participle + 1).ends_with('s') || goes_on;
    goes_on
        && plural
        && (sentence.is_any(participle, &["tested"]) || !sentence.has(participle + 1, class::NAME))
}

//! One sentence: where its telling begins, what is found in it, and the gravest of that as a remark.

use super::antecedent::Antecedent;
use super::passages::Place;
use super::people::People;
use super::questions::{self, Topic};
use super::subject::{self, HEADS};
use super::tokens::{Kind, Shape, Token};
use super::words::{BASE, Class, GERUND, LEXICON, PAST, THIRD, class};
use super::{Remark, RemarkKind, agents, clauses, hindsight, judgements, neglect, phrases, reword};

/// A sentence and where it stands.
pub(super) struct Sentence<'t> {
    /// The whole document's text.
    pub(super) text: &'t str,
    pub(super) tokens: &'t [Token],
    pub(super) place: Place,
    /// It ends with a question mark.
    pub(super) question: bool,
    /// The first of its block.
    pub(super) first: bool,
    /// Somebody speaks in this block: what follows a name is their words.
    pub(super) speech: bool,
    /// The incident is known by now, as far as a timeline tells.
    pub(super) detected: bool,
    /// What *they* would mean at its beginning.
    pub(super) they: Option<Antecedent>,
    pub(super) people: &'t People,
}

/// Something found in a sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Finding {
    pub(super) kind: RemarkKind,
    /// The tokens of it, the last one included.
    pub(super) from: usize,
    pub(super) last: usize,
    /// The tokens of the subject, the last one excluded; empty where nobody is named.
    pub(super) subject: (usize, usize),
    /// The token of the verb, where there is one.
    pub(super) verb: Option<usize>,
    /// What the question is about.
    pub(super) topic: Topic,
}

impl Finding {
    /// A finding without a person as its subject.
    pub(super) fn of_words(kind: RemarkKind, from: usize, last: usize, topic: Topic) -> Self {
        Self { kind, from, last, subject: (from, from), verb: None, topic }
    }
}

/// Words that begin something that is no subject and verb.
const SIGNALS: Class = class::SHOULD
    | class::COULD
    | class::WOULD
    | class::HINDSIGHT
    | class::NOT
    | class::NEGATES
    | class::BE
    | class::WHAT_IF
    | class::ERROR_WORD
    | class::MISTAKE_WORD
    | class::MIND_WORD
    | class::SLIPLY
    | class::JUDGE
    | class::JUDGE_OF
    | class::DECISION
    | class::FAULT
    | class::BLAME
    | class::PREP
    | class::TOO
    | class::SAYING
    | class::MY;

impl Sentence<'_> {
    /// Reads the sentence. Marks it as speech where it opens with who speaks.
    pub(super) fn read(&mut self) -> Option<Remark> {
        let begin = self.begin();
        if self.opens_speech(begin) {
            self.speech = true;
            return None;
        }
        let mut best: Option<Finding> = None;
        let mut take = |found: Option<Finding>| {
            if let Some(found) = found
                && best.is_none_or(|best| found.kind < best.kind)
            {
                best = Some(found);
            }
        };
        for at in begin..self.tokens.len() {
            let token = &self.tokens[at];
            if token.quoted || !token.is_word() {
                continue;
            }
            if token.has(HEADS)
                && let Some(subject) = subject::at(self, at)
            {
                take(clauses::judge(self, &subject));
            }
            if token.has(class::PREP) {
                take(agents::at(self, at));
            }
            if token.possessive {
                take(agents::of_owner(self, at));
            }
            if token.has(SIGNALS) && !self.speech {
                take(hindsight::at(self, at));
                take(neglect::at(self, at));
                take(phrases::at(self, at));
            }
        }
        if !self.speech {
            take(hindsight::opening(self, begin));
            take(neglect::opening(self, begin));
            take(judgements::of_team(self));
        }
        let found = best?;
        (!self.question || found.kind == RemarkKind::Counterfactual).then(|| self.remark(&found))
    }

    fn remark(&self, found: &Finding) -> Remark {
        let span = self.tokens[found.from].start as usize..self.tokens[found.last].end as usize;
        let subject = match found.subject {
            (from, to) if from < to => self.tokens[from].start as usize..self.tokens[to - 1].end as usize,
            _ => span.start..span.start,
        };
        Remark {
            message: questions::message(self, found),
            question: questions::question(self, found).to_owned(),
            rewording: reword::passive(self, found),
            kind: found.kind,
            subject,
            span,
        }
    }

    /// Behind the time, the list mark or the day that a sentence opens with.
    fn begin(&self) -> usize {
        let is_stamp = |token: &Token| {
            !token.is_word() && token.kind != Kind::Code
                || (token.has(class::TIME) && !token.has(class::NAME))
        };
        let stamp = self.tokens.iter().position(|token| !is_stamp(token)).unwrap_or(self.tokens.len());
        // `March was quiet`: a word of time alone is the sentence's own.
        let has_number = self.tokens[..stamp].iter().any(|token| token.kind == Kind::Number);
        if has_number { stamp } else { self.skipped_signs() }
    }

    fn skipped_signs(&self) -> usize {
        let is_sign = |token: &Token| !token.is_word() && token.kind != Kind::Code;
        self.tokens.iter().position(|token| !is_sign(token)).unwrap_or(self.tokens.len())
    }

    /// Whether a sentence opens with who says the rest: `Ana: it looks better`, `AC I think so`.
    fn opens_speech(&self, begin: usize) -> bool {
        let Some(first) = self.tokens.get(begin) else { return false };
        if !first.has(class::NAME | class::INITIALS) || first.possessive {
            return false;
        }
        let Some(next) = self.tokens.get(begin + 1) else { return false };
        if next.kind == Kind::Colon {
            // `Ana: reports that it is better` tells of Ana; `Ana: looks better` is what she said.
            let tells = |token: &Token| token.is_form(THIRD) && token.shape == Shape::Lower;
            let muses = self
                .is_any(begin + 2, &["looks", "seems", "works", "sounds", "appears", "is", "has", "does"]);
            return muses || !self.tokens.get(begin + 2).is_some_and(tells);
        }
        if !first.has(class::INITIALS) {
            return next.has(class::I) && next.shape != Shape::Lower;
        }
        let talks = class::PRONOUN
            | class::I
            | class::WE
            | class::YOU
            | class::THEY
            | class::HE_SHE
            | class::WHY
            | class::HOW
            | class::NEGATES
            | class::DET
            | class::BECAUSE;
        let is_talk = next.has(talks) && !next.has(class::ADVERB | class::CONJ);
        let is_bare = next.is_word() && next.forms == BASE && !next.has(class::HAVE | class::BE);
        let is_noun = next.is_word()
            && next.forms == 0
            && next.class & !(class::DETECT | class::TOOL) == 0
            && next.shape == Shape::Lower;
        // `RK turning off the ingestors has solved this`: the verb comes later, and is not RK's.
        let clause =
            self.tokens.iter().skip(begin + 2).take(7).take_while(|token| !token.has(class::BECAUSE));
        let later =
            clause.into_iter().any(|token| token.has(class::BE | class::HAVE) && !token.is_form(GERUND));
        let is_capital = next.is_word() && next.shape == Shape::Capital && !next.has(class::NAME);
        let muses = self.is_any(
            begin + 1,
            &["seems", "looks", "again", "now", "ok", "still", "maybe", "yes", "just", "sorry", "thanks"],
        );
        is_talk
            || is_bare
            || is_capital
            || muses
            || is_noun
            || (next.is_form(GERUND) && !next.is_form(PAST) && later)
    }

    /// The words of a token as they are written.
    pub(super) fn text_of(&self, at: usize) -> &str {
        self.tokens
            .get(at)
            .and_then(|token| self.text.get(token.start as usize..token.end as usize))
            .unwrap_or("")
    }

    /// Whether a token is a word, in any case.
    pub(super) fn is(&self, at: usize, word: &str) -> bool {
        self.tokens.get(at).is_some_and(Token::is_word) && self.text_of(at).eq_ignore_ascii_case(word)
    }

    /// Whether a token is one of some words.
    pub(super) fn is_any(&self, at: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(at, word))
    }

    pub(super) fn is_kind(&self, at: usize, kind: Kind) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == kind)
    }

    pub(super) fn has(&self, at: usize, class: Class) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is_word() && token.has(class))
    }

    /// Whether the verb at a token is a form of `base`.
    pub(super) fn is_verb(&self, at: usize, base: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.verb != 0 && LEXICON.verb(token.verb).base == base)
    }

    /// Whether the verb at a token is one of some.
    pub(super) fn is_verb_of(&self, at: usize, bases: &[&str]) -> bool {
        let verb = self.tokens.get(at).map_or(0, |token| token.verb);
        verb != 0 && bases.contains(&LEXICON.verb(verb).base.as_str())
    }

    /// Whether one of the tokens of a range is one of some words.
    pub(super) fn any_of(&self, mut range: std::ops::Range<usize>, words: &[&str]) -> bool {
        range.any(|at| self.is_any(at, words))
    }

    /// The first token at or behind a place that is a verb, adverbs passed over.
    pub(super) fn verb_after(&self, from: usize) -> Option<usize> {
        (from..self.tokens.len().min(from + 5))
            .find(|at| {
                !self.has(*at, class::ADVERB | class::NOT | class::SLIPLY | class::RASHLY)
                    || self.tokens[*at].forms != 0
            })
            .filter(|at| self.tokens[*at].forms != 0)
    }

    /// Behind `the platform team`, from its first word on.
    pub(super) fn behind_group(&self, from: usize) -> Option<usize> {
        let reach = self.tokens.len().min(from + 6);
        (from..reach).find(|at| self.has(*at, class::TEAM | class::MANY)).map(|at| at + 1)
    }

    /// Whether one of a few tokens before a place is of a class.
    pub(super) fn near_before(&self, at: usize, reach: usize, class: Class) -> bool {
        self.tokens[at.saturating_sub(reach)..at].iter().any(|token| token.is_word() && token.has(class))
    }

    /// Whether one of a few tokens behind a place is of a class.
    pub(super) fn near_behind(&self, at: usize, reach: usize, class: Class) -> bool {
        self.tokens.iter().skip(at + 1).take(reach).any(|token| token.is_word() && token.has(class))
    }

    /// Whether the clause that a token stands in is a condition or an aim: `if someone deletes`, `to keep anyone from`.
    pub(super) fn is_condition(&self, at: usize) -> bool {
        self.tokens[at.saturating_sub(3)..at].iter().enumerate().any(|(before, token)| {
            let at = at.saturating_sub(3) + before;
            token.is_word()
                && self.is_any(at, &["if", "unless", "whether", "should", "let", "lets", "prevent", "case"])
        })
    }

    /// Whether blame may be told here at all: causes are, remedies are not.
    pub(super) fn is_of_cause(&self) -> bool {
        match self.place {
            Place::Account | Place::Cause | Place::Lessons => true,
            Place::Timeline => !self.detected,
            Place::Remedy | Place::Well | Place::Luck | Place::Apart => false,
        }
    }

    /// Whether the present tense tells of the past here.
    pub(super) fn is_narrative_present(&self) -> bool {
        self.place == Place::Timeline
    }
}

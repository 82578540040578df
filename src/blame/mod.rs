//! Blame: who is told to be the subject of what, in English post-mortems ([by these rules](../../docs/blame.md)).
//!
//! Pure and total. What is told by the authors themselves is read sentence by sentence; where a person is the subject
//! of what went wrong, or is judged from hindsight, there is a [`Remark`] with a question that looks at the system.

mod agents;
mod antecedent;
mod clauses;
mod contrary;
mod deeds;
mod hindsight;
mod judgements;
mod language;
mod letters;
mod named;
mod neglect;
mod passages;
mod people;
mod phrases;
mod questions;
mod reword;
mod scan;
mod sentence;
mod states;
mod subject;
#[cfg(test)]
mod tests;
mod tokens;
mod verbs;
mod words;

use crate::document::edit::Edit;
use crate::document::{Document, Span};
use antecedent::Antecedent;
use passages::{Passages, Place};
use people::Known;
pub use people::People;
use sentence::Sentence;
use tokens::{Kind, Token, Tokens};
use words::class;

/// What a remark is about, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RemarkKind {
    /// A person is the subject of what caused the incident or failed to prevent it.
    Actor,
    /// People's error is given as the cause.
    HumanError,
    /// What people should or could have done.
    Counterfactual,
    /// A word that judges people or what they decided.
    Judgement,
    /// What people did not do, told without *should*.
    Undone,
    /// A person named in neutral narrative.
    Name,
}

impl RemarkKind {
    /// Every kind, the gravest first.
    pub const ALL: [Self; 6] =
        [Self::Actor, Self::HumanError, Self::Counterfactual, Self::Judgement, Self::Undone, Self::Name];

    /// The key in tests and data: `human-error`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Actor => "actor",
            Self::HumanError => "human-error",
            Self::Counterfactual => "counterfactual",
            Self::Judgement => "judgement",
            Self::Undone => "undone",
            Self::Name => "name",
        }
    }
}

/// One place where people are blamed, or might feel so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The words, from the subject to the verb or what it needs.
    pub span: Span,
    /// What it is about.
    pub kind: RemarkKind,
    /// Who is the subject; empty where nobody is named.
    pub subject: Span,
    /// What is wrong, quoting the words.
    pub message: String,
    /// The question that looks at the system.
    pub question: String,
    /// The same without the person, where that is mechanical and surely a sentence.
    pub rewording: Option<Edit>,
}

/// What was found in a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Analysis {
    /// In the document's order.
    pub remarks: Vec<Remark>,
    /// The document is in another language, and blame was not read in it.
    pub unchecked: bool,
}

/// Reads a document for blame. A template has none, but only its file's name tells ([`crate::document::purpose`]):
/// that is the caller's to know.
#[must_use]
pub fn analyse(document: &Document<'_>, people: &People) -> Analysis {
    let known = Known::new(document, people);
    let mut reader = Reader {
        document,
        people,
        tokens: Tokens::default(),
        remarks: Vec::new(),
        detected: false,
        timeline: None,
        section: None,
        they: None,
    };
    let mut passages = Passages::new(document);
    for block in document.page().blocks() {
        let place = passages.place(block);
        if place == Place::Apart {
            continue;
        }
        reader.tokens.read(document.page(), block, &known);
        reader.enter(place, passages.section());
        reader.block(place);
    }
    if reader.tokens.is_foreign() {
        return Analysis { remarks: Vec::new(), unchecked: true };
    }
    Analysis { remarks: reader.remarks, unchecked: false }
}

/// A longer sentence is none that anybody wrote, and is read in parts: what is looked for in it may look at all of it.
const LONGEST: usize = 400;

/// Goes through the blocks of a document.
struct Reader<'d> {
    document: &'d Document<'d>,
    people: &'d People,
    tokens: Tokens,
    remarks: Vec<Remark>,
    /// In the timeline: whether the incident is known by now.
    detected: bool,
    /// The section of the timeline that was entered last.
    timeline: Option<usize>,
    /// The section of the last block.
    section: Option<usize>,
    /// What *they* would mean: what several were told of last in the section.
    they: Option<Antecedent>,
}

impl Reader<'_> {
    /// Notes where the timeline begins: what is done before anybody knows of the incident may have caused it.
    fn enter(&mut self, place: Place, section: Option<usize>) {
        if section != self.section {
            (self.section, self.they) = (section, None);
        }
        if place != Place::Timeline {
            self.timeline = None;
            self.detected = false;
        } else if self.timeline.is_none() {
            self.timeline = section.or(Some(0));
            self.detected = false;
        }
    }

    fn block(&mut self, place: Place) {
        let tokens = std::mem::take(&mut self.tokens.all);
        let mut from = 0;
        let mut speech = false;
        let mut first = true;
        for at in 0..tokens.len() {
            let ends = matches!(tokens[at].kind, Kind::Stop | Kind::Question);
            if !ends && at - from < LONGEST {
                continue;
            }
            if at > from {
                let mut sentence = Sentence {
                    text: self.document.text(),
                    tokens: &tokens[from..at],
                    place,
                    question: tokens[at].kind == Kind::Question,
                    first,
                    speech,
                    detected: self.detected,
                    they: self.they,
                    people: self.people,
                };
                self.remarks.extend(sentence.read());
                speech |= sentence.speech;
                let words =
                    |token: &Token| self.document.text().get(token.start as usize..token.end as usize);
                self.they = antecedent::first(&tokens[from..at], words).or(self.they);
                first = false;
                let tells = |token: &Token| token.has(class::DETECT);
                self.detected |= place == Place::Timeline && tokens[from..at].iter().any(tells);
            }
            from = at + usize::from(ends);
        }
        self.tokens.all = tokens;
    }
}

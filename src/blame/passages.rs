//! Which parts of a document are told by its authors, and what they tell of: causes, the course of events, remedies.
//!
//! Everything else is taken away before a word is judged: code, quotes, headings, metadata, promised actions,
//! appendices, logs and talk.

use super::letters;
use crate::document::{Block, BlockKind, Document, Section, Span};
use crate::model::SectionKind;

/// What a passage is about, which decides what a deed told in it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Anything told: a summary, what happened.
    Account,
    /// Why it happened, what went wrong.
    Cause,
    /// The course of events.
    Timeline,
    /// How it was found, mended, answered.
    Remedy,
    /// What went well.
    Well,
    /// Luck.
    Luck,
    /// What was learned.
    Lessons,
    /// Nobody's own words, or about what is to come.
    Apart,
}

/// Headings by a word that they have, where nothing else tells what they are.
const HEADINGS: &[(&str, Place)] = &[
    ("appendi", Place::Apart),
    ("annex", Place::Apart),
    ("chat", Place::Apart),
    ("transcript", Place::Apart),
    ("raw ", Place::Apart),
    ("logs", Place::Apart),
    ("log ", Place::Apart),
    ("slack", Place::Apart),
    ("irc", Place::Apart),
    ("correspondence", Place::Apart),
    ("thanks", Place::Apart),
    ("acknowledg", Place::Apart),
    ("participants", Place::Apart),
    ("attendees", Place::Apart),
    ("people", Place::Apart),
    ("author", Place::Apart),
    ("glossary", Place::Apart),
    ("references", Place::Apart),
    ("related", Place::Apart),
    ("see also", Place::Apart),
    ("links", Place::Apart),
    ("next steps", Place::Apart),
    ("action", Place::Apart),
    ("follow up", Place::Apart),
    ("follow-up", Place::Apart),
    ("todo", Place::Apart),
    ("questions", Place::Apart),
    ("about this", Place::Apart),
    ("how to use", Place::Apart),
    ("luck", Place::Luck),
    ("went well", Place::Well),
    ("resol", Place::Remedy),
    ("mitigat", Place::Remedy),
    ("recover", Place::Remedy),
    ("remed", Place::Remedy),
    ("respon", Place::Remedy),
    ("detect", Place::Remedy),
    ("investigat", Place::Remedy),
    ("diagnos", Place::Remedy),
    ("debug", Place::Remedy),
    ("fix", Place::Remedy),
    ("restor", Place::Remedy),
    ("troubleshoot", Place::Remedy),
    ("learn", Place::Lessons),
    ("lesson", Place::Lessons),
    ("cause", Place::Cause),
    ("why", Place::Cause),
    ("factor", Place::Cause),
    ("trigger", Place::Cause),
    ("wrong", Place::Cause),
    ("poorly", Place::Cause),
    ("badly", Place::Cause),
    ("didn", Place::Cause),
    ("better", Place::Cause),
    ("improve", Place::Cause),
    ("analysis", Place::Cause),
    ("timeline", Place::Timeline),
    ("chronolog", Place::Timeline),
    ("sequence of events", Place::Timeline),
];

/// Headings that say that immediate steps follow, though they have the word of promised ones.
const TAKEN: [&str; 4] = ["taken", "immediate action", "corrective actions taken", "actions during"];

fn place_of(section: &Section, above: Option<Place>) -> Place {
    use SectionKind as Kind;
    if above == Some(Place::Apart) {
        return Place::Apart;
    }
    match section.kind {
        Some(Kind::Summary | Kind::Impact) => return Place::Account,
        Some(Kind::Timeline) => return Place::Timeline,
        Some(Kind::RootCause | Kind::FiveWhys | Kind::ContributingFactors | Kind::WentWrong) => {
            return Place::Cause;
        }
        Some(Kind::WentWell) => return Place::Well,
        Some(Kind::LessonsLearned) => return Place::Lessons,
        Some(Kind::ActionItems | Kind::LinkedCommits | Kind::Attestation) => return Place::Apart,
        None => {}
    }
    let name = section.name.to_lowercase();
    if TAKEN.iter().any(|words| name.contains(words)) {
        return Place::Remedy;
    }
    let own = HEADINGS.iter().find(|(word, _)| name.contains(word)).map(|(_, place)| *place);
    match (own, above) {
        // A heading below the timeline or the actions is a part of them.
        (_, Some(Place::Timeline)) => Place::Timeline,
        (Some(own), _) => own,
        (None, Some(above)) if section.level > 2 => above,
        (None, _) => Place::Account,
    }
}

/// Walks through a document's blocks and tells what each is about.
pub(super) struct Passages<'d> {
    document: &'d Document<'d>,
    places: Vec<Place>,
    section: Option<usize>,
    /// What is no telling: fields of the metadata and promised actions, sorted.
    apart: Vec<Span>,
    next_apart: usize,
}

impl<'d> Passages<'d> {
    pub(super) fn new(document: &'d Document<'d>) -> Self {
        let sections = document.sections();
        let mut places: Vec<Place> = Vec::with_capacity(sections.len());
        for section in sections {
            let above = section.parent.and_then(|parent| {
                // The title is above everything and says nothing of it.
                (sections[parent].level > 1).then(|| places[parent])
            });
            places.push(place_of(section, above));
        }
        let fields = document.fields().iter().map(|field| field.line.clone());
        let mut apart: Vec<Span> =
            fields.chain(document.actions().iter().map(|action| action.span.clone())).collect();
        apart.extend(letters::letters(document));
        apart.sort_by_key(|span| (span.start, span.end));
        Self { document, places, section: None, apart, next_apart: 0 }
    }

    /// What the next block is about; to be asked of every block, in the document's order.
    pub(super) fn place(&mut self, block: &Block) -> Place {
        let sections = self.document.sections();
        let mut next = self.section.map_or(0, |at| at + 1);
        while next < sections.len() && sections[next].heading.start <= block.span.start {
            self.section = Some(next);
            next += 1;
        }
        while self.apart.get(self.next_apart).is_some_and(|span| span.end <= block.span.start) {
            self.next_apart += 1;
        }
        let is_apart = self.apart.get(self.next_apart).is_some_and(|span| span.start <= block.span.start);
        let is_told = matches!(
            block.kind,
            BlockKind::Paragraph | BlockKind::Item { .. } | BlockKind::Cell { head: false }
        );
        if is_apart || block.quoted || !is_told {
            return Place::Apart;
        }
        self.section.map_or(Place::Account, |at| self.places[at])
    }

    /// The section that the last block stood in.
    pub(super) fn section(&self) -> Option<usize> {
        self.section
    }
}

//! The words by which a reader recognises what a document says: those of a language and those of a team.

use std::collections::BTreeMap;

use crate::model::{Scale, SectionKind, Status};

/// How `03/04/2026` is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum DateOrder {
    /// Deduced from the other dates of the document, else reported.
    #[default]
    Auto,
    /// 3 April.
    DayFirst,
    /// 4 March.
    MonthFirst,
}

/// What a team's configuration adds to a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// The language of documents that do not tell: `en`.
    pub language: String,
    /// Further headings of a section.
    pub synonyms: BTreeMap<SectionKind, Vec<String>>,
    /// The team's severities.
    pub severity: Scale,
    /// The team's priorities.
    pub priority: Scale,
    /// Further words of a status.
    pub status_words: BTreeMap<Status, Vec<String>>,
    /// How dates of only numbers are read.
    pub date_order: DateOrder,
}

/// Every word that reading a document depends on.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    /// What the team's configuration says.
    pub wording: Wording,
}

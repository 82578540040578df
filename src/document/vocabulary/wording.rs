//! What a team's configuration adds to the words of the languages.

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
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
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

impl Default for Wording {
    fn default() -> Self {
        let levels = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Self {
            language: "en".to_owned(),
            synonyms: BTreeMap::new(),
            severity: Scale::new(levels(&["SEV-1", "SEV-2", "SEV-3", "SEV-4", "SEV-5"]), &[]),
            priority: Scale::new(levels(&["P0", "P1", "P2", "P3", "P4"]), &[]),
            status_words: BTreeMap::new(),
            date_order: DateOrder::Auto,
        }
    }
}

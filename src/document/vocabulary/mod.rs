//! The words by which a reader recognises what a document says: those of a language and those of a team.

mod attested;
mod learn;
mod telling;
mod wording;

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use super::language::{Column, FieldKind, LANGUAGES, Mark, TimeColumn, Unit};
use super::words::Words;
use crate::model::{Effort, EventKind, Grade, Kind, SectionKind, Status};
pub(crate) use attested::{attested_key, is_not_recorded};
pub use wording::{DateOrder, Wording};

/// Every word that reading a document depends on.
///
/// The tables are made when the first word is looked up: to find what was read before, the fingerprint is enough. A clone
/// shares them, so that each document can hold the words that it is read by.
#[derive(Debug, Clone)]
pub struct Vocabulary(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    wording: Wording,
    fingerprint: u64,
    tables: OnceLock<Tables>,
}

/// The words by what they stand for.
#[derive(Debug, Clone, Default)]
pub struct Tables {
    /// `None` as a meaning: known to be no section.
    pub(crate) sections: Words<Option<SectionKind>>,
    pub(crate) labels: Words<FieldKind>,
    /// With the place in the language's list: earlier names are surer.
    pub(crate) columns: Words<(Column, u8)>,
    pub(crate) time_columns: Words<TimeColumn>,
    pub(crate) status: Words<Status>,
    /// Ranks of priorities, spelt without blanks.
    priorities: Words<u8>,
    /// The same of severities.
    severities: Words<u8>,
    pub(crate) effort: Words<Effort>,
    pub(crate) kinds: Words<Kind>,
    pub(crate) events: Words<EventKind>,
    pub(crate) marks: Words<Mark>,
    /// 1 to 12.
    pub(crate) months: Words<u32>,
    /// 0 is Monday.
    pub(crate) weekdays: Words<u32>,
    pub(crate) ordinals: Words<()>,
    /// What may stand between day, month and year: `of`.
    pub(crate) date_joints: Words<()>,
    /// What may stand between the announcement of a date and the date: `due by the end of March`.
    pub(crate) date_fillers: Words<()>,
    /// Before a month alone: `end of March`.
    pub(crate) month_ends: Words<()>,
    /// What may stand behind a time: `Uhr`.
    pub(crate) clock_words: Words<()>,
    /// The words of a sentence that tells the zone of all times.
    pub(crate) times: Words<()>,
    pub(crate) units: Words<Unit>,
    pub(crate) placeholders: Words<()>,
    /// Handles of templates: `@owner`.
    stand_ins: Words<()>,
    pub(crate) empty_items: Words<()>,
    pub(crate) title_prefixes: Words<()>,
    /// Headings below that of action items which tell of something else.
    pub(crate) asides: Words<()>,
    /// Headings of action items which, below that of a resolution, tell how it was resolved.
    pub(crate) repairs: Words<()>,
    /// Labels above lists that are no people.
    pub(crate) topics: Words<()>,
    /// Words before a handle that make it part of the sentence: `ask @ana`.
    pub(crate) bonds: Words<()>,
    /// Words of a team's name: `Platform team`.
    pub(crate) teams: Words<()>,
    /// Behind a name these make it who promises: `Ana will`.
    pub(crate) pledges: Words<()>,
    /// What an idea opens with: `Maybe`.
    pub(crate) hedges: Words<()>,
    /// The plainest words for what is done.
    pub(crate) plainly_done: Words<()>,
    /// What only the judging of documents asks for.
    pub(crate) phrases: telling::Phrases,
    /// The names by which the tool itself writes.
    section_names: BTreeMap<SectionKind, String>,
    label_names: BTreeMap<FieldKind, String>,
    column_names: BTreeMap<Column, String>,
    status_names: BTreeMap<Status, String>,
    effort_names: BTreeMap<Effort, String>,
}

impl Default for Vocabulary {
    fn default() -> Self {
        Self::new(&Wording::default())
    }
}

impl Deref for Vocabulary {
    type Target = Tables;

    fn deref(&self) -> &Tables {
        self.learn()
    }
}

impl Vocabulary {
    /// The words of a team and of all languages. The team's words win over a language's, its language over the
    /// others; an unknown language is read as English.
    #[must_use]
    pub fn new(wording: &Wording) -> Self {
        let (wording, fingerprint) = (wording.clone(), learn::fingerprint(wording));
        Self(Arc::new(Shared { wording, fingerprint, tables: OnceLock::new() }))
    }

    /// Whether the words are learnt; otherwise whoever asks for one first learns them all.
    #[must_use]
    pub fn is_learnt(&self) -> bool {
        self.0.tables.get().is_some()
    }

    /// Learns the words, which takes some milliseconds, unless that was done.
    pub fn learn(&self) -> &Tables {
        self.0.tables.get_or_init(|| Tables::new(&self.0.wording))
    }

    /// A hash over everything that can change how a document is read; equal only for equal readings.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        self.0.fingerprint
    }

    /// What the team's configuration says.
    #[must_use]
    pub fn wording(&self) -> &Wording {
        &self.0.wording
    }

    /// The languages that ship, by code.
    pub fn languages() -> impl Iterator<Item = &'static str> {
        LANGUAGES.iter().map(|language| language.code)
    }

    /// The section that a heading or a typed name stands for.
    #[must_use]
    pub fn section(&self, name: &str) -> Option<SectionKind> {
        self.sections.look_up(name).flatten()
    }

    /// The heading under which the tool writes a section: the team's first synonym, else the language's.
    #[must_use]
    pub fn section_name(&self, kind: SectionKind) -> &str {
        self.section_names.get(&kind).map_or("", String::as_str)
    }

    /// The metadata field that a label or a typed key stands for.
    #[must_use]
    pub fn field(&self, label: &str) -> Option<FieldKind> {
        self.labels.look_up(label)
    }

    /// The label by which the tool writes a field.
    #[must_use]
    pub fn field_name(&self, kind: FieldKind) -> &str {
        self.label_names.get(&kind).map_or("", String::as_str)
    }

    /// The heading by which the tool writes a column of action items.
    #[must_use]
    pub fn column_name(&self, column: Column) -> &str {
        self.column_names.get(&column).map_or("", String::as_str)
    }

    /// The word by which the tool writes a status.
    #[must_use]
    pub fn status_name(&self, status: Status) -> &str {
        self.status_names.get(&status).map_or(status.word(), String::as_str)
    }

    /// The word by which the tool writes an effort.
    #[must_use]
    pub fn effort_name(&self, effort: Effort) -> &str {
        self.effort_names.get(&effort).map_or(effort.word(), String::as_str)
    }

    /// The status that a word stands for.
    #[must_use]
    pub fn status_of(&self, word: &str) -> Option<Status> {
        self.status.look_up(word)
    }

    /// A priority that the team's scale knows.
    #[must_use]
    pub fn priority(&self, written: &str) -> Option<Grade> {
        let rank = self.priorities.look_up_joined(written)?;
        Some(Grade { written: written.trim().to_owned(), rank: Some(rank) })
    }

    /// A priority as it is written, whether the scale knows it or not.
    pub(crate) fn graded_priority(&self, written: &str) -> Grade {
        self.priority(written).unwrap_or_else(|| Grade { written: written.trim().to_owned(), rank: None })
    }

    /// The effort that a word stands for.
    #[must_use]
    pub fn effort_of(&self, word: &str) -> Option<Effort> {
        self.effort.look_up(word)
    }

    /// The kind of incident that a word stands for.
    #[must_use]
    pub fn kind_of(&self, word: &str) -> Option<Kind> {
        self.kinds.look_up(word)
    }

    /// The turning point that a word names.
    #[must_use]
    pub fn event_kind(&self, word: &str) -> Option<EventKind> {
        self.events.look_up(word)
    }

    /// What a column of a timeline with that name holds.
    #[must_use]
    pub fn event_column(&self, name: &str) -> Option<TimeColumn> {
        self.time_columns.look_up(name)
    }

    /// Whether a word is one for an action item or its number: *action*, *item*, *Maßnahme*.
    #[must_use]
    pub fn names_action(&self, word: &str) -> bool {
        matches!(self.columns.look_up(word), Some((Column::Action | Column::Number, _)))
    }

    /// The rank of a severity, by the whole of a text.
    pub(crate) fn severity_rank(&self, written: &str) -> Option<u8> {
        self.severities.look_up_joined(written)
    }

    /// Whether a value only says that there is none (`TBD`, `N/A`, `-`). A handle is a person, also `@na`, unless it
    /// is a template's.
    #[must_use]
    pub fn is_placeholder(&self, value: &str) -> bool {
        match value.trim().strip_prefix('@') {
            Some(handle) if handle.chars().any(char::is_alphanumeric) => {
                self.stand_ins.look_up(handle).is_some()
            }
            _ => !value.chars().any(char::is_alphanumeric) || self.placeholders.look_up(value).is_some(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_team_renames_a_section_and_the_language_still_counts() {
        let mut wording = Wording::default();
        wording.synonyms.insert(SectionKind::ActionItems, vec!["Promises".into()]);
        let vocabulary = Vocabulary::new(&wording);
        assert_eq!(vocabulary.section("promises"), Some(SectionKind::ActionItems));
        assert_eq!(vocabulary.section("Follow-up actions"), Some(SectionKind::ActionItems));
        assert_eq!(vocabulary.section_name(SectionKind::ActionItems), "Promises");
        assert_eq!(vocabulary.section("Actions taken"), None);
    }

    #[test]
    fn the_fingerprint_follows_every_word() {
        let plain = Vocabulary::default();
        let mut wording = Wording::default();
        wording.status_words.insert(Status::Done, vec!["baked".into()]);
        assert_ne!(plain.fingerprint(), Vocabulary::new(&wording).fingerprint());
        let ordered = Wording { date_order: DateOrder::DayFirst, ..Wording::default() };
        assert_ne!(plain.fingerprint(), Vocabulary::new(&ordered).fingerprint());
        assert_eq!(plain.fingerprint(), Vocabulary::default().fingerprint());
    }

    #[test]
    fn a_dash_or_tbd_says_nothing() {
        let vocabulary = Vocabulary::default();
        for empty in ["", "-", "—", "TBD", "n/a", "?", "  "] {
            assert!(vocabulary.is_placeholder(empty), "{empty:?}");
        }
        for person in ["@ana", "@na", "Ana", "@org/team"] {
            assert!(!vocabulary.is_placeholder(person), "{person}");
        }
        assert!(vocabulary.is_placeholder("@owner"));
    }
}

//! The words by which a reader recognises what a document says: those of a language and those of a team.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use super::fold::{Fnv, Words};
use super::language::{self, Column, FieldKind, Language, Mark, TimeColumn, Unit};
use crate::model::{Effort, EventKind, Grade, Kind, Scale, SectionKind, Status};

/// What the build took from the source of the reader itself: another reader, another fingerprint.
const READER: &str = env!("READER_FINGERPRINT");

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

/// Every word that reading a document depends on.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    wording: Wording,
    fingerprint: u64,
    /// `None` as a meaning: known to be no section.
    pub(crate) sections: Words<Option<SectionKind>>,
    pub(crate) labels: Words<FieldKind>,
    /// With the place in the language's list: earlier names are surer.
    pub(crate) columns: Words<(Column, u8)>,
    pub(crate) time_columns: Words<TimeColumn>,
    pub(crate) status: Words<Status>,
    /// Ranks of priorities, spelt without blanks.
    priorities: Words<u8>,
    pub(crate) effort: Words<Effort>,
    pub(crate) kinds: Words<Kind>,
    pub(crate) events: Words<EventKind>,
    pub(crate) marks: Words<Mark>,
    /// 1 to 12.
    pub(crate) months: Words<u32>,
    /// 0 is Monday.
    pub(crate) weekdays: Words<u32>,
    pub(crate) ordinals: Words<()>,
    pub(crate) units: Words<Unit>,
    pub(crate) placeholders: Words<()>,
    pub(crate) empty_items: Words<()>,
    pub(crate) title_prefixes: Words<()>,
    /// Headings below that of action items which tell of something else.
    pub(crate) asides: Words<()>,
    /// Labels above lists that are no people.
    pub(crate) topics: Words<()>,
    /// The plainest words for what is done.
    pub(crate) plainly_done: Words<()>,
    /// The names by which the tool itself writes.
    section_names: BTreeMap<SectionKind, String>,
    label_names: BTreeMap<FieldKind, String>,
    column_names: BTreeMap<Column, String>,
}

impl Default for Vocabulary {
    fn default() -> Self {
        Self::new(&Wording::default())
    }
}

impl Vocabulary {
    /// Joins a team's wording with the data files of the languages. The team's words win over a language's, its
    /// language over the others; an unknown language is read as English.
    #[must_use]
    pub fn new(wording: &Wording) -> Self {
        let mut new = Self::empty(wording);
        for (kind, names) in &wording.synonyms {
            names.iter().for_each(|name| new.sections.add(name, Some(*kind)));
            if let Some(first) = names.first() {
                new.section_names.insert(*kind, first.clone());
            }
        }
        for (spelling, rank) in wording.priority.spellings() {
            new.priorities.add(spelling, rank);
        }
        for (status, words) in &wording.status_words {
            words.iter().for_each(|word| new.status.add(word, *status));
        }
        let own = |language: &&Language| language.code == wording.language;
        let all = language::languages();
        all.iter().filter(own).chain(all.iter().filter(|l| !own(l))).for_each(|l| new.learn(l));
        new
    }

    /// A hash over everything that can change how a document is read; equal only for equal readings.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// What the team's configuration says.
    #[must_use]
    pub fn wording(&self) -> &Wording {
        &self.wording
    }

    /// The languages that ship, by code.
    pub fn languages() -> impl Iterator<Item = &'static str> {
        language::codes()
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

    /// Whether a value only says that there is none (`TBD`, `N/A`, `-`).
    #[must_use]
    pub fn is_placeholder(&self, value: &str) -> bool {
        !value.chars().any(char::is_alphanumeric) || self.placeholders.look_up(value).is_some()
    }

    fn empty(wording: &Wording) -> Self {
        Self {
            wording: wording.clone(),
            fingerprint: fingerprint(wording),
            sections: Words::default(),
            labels: Words::default(),
            columns: Words::default(),
            time_columns: Words::default(),
            status: Words::default(),
            priorities: Words::default(),
            effort: Words::default(),
            kinds: Words::default(),
            events: Words::default(),
            marks: Words::default(),
            months: Words::default(),
            weekdays: Words::default(),
            ordinals: Words::default(),
            units: Words::default(),
            placeholders: Words::default(),
            empty_items: Words::default(),
            title_prefixes: Words::default(),
            asides: Words::default(),
            topics: Words::default(),
            plainly_done: Words::default(),
            section_names: BTreeMap::new(),
            label_names: BTreeMap::new(),
            column_names: BTreeMap::new(),
        }
    }

    fn learn(&mut self, language: &Language) {
        learn(&mut self.sections, &language.sections, |kind| Some(*kind));
        language.not_sections.words.iter().for_each(|word| self.sections.add(word, None));
        learn(&mut self.labels, &language.labels, |kind| *kind);
        for (column, names) in &language.columns {
            for (rank, name) in (0..=u8::MAX).zip(names) {
                self.columns.add(name, (*column, rank));
            }
        }
        learn(&mut self.time_columns, &language.timeline_columns, |column| *column);
        learn(&mut self.status, &language.status, |status| *status);
        learn(&mut self.effort, &language.effort, |effort| *effort);
        learn(&mut self.kinds, &language.kinds, |kind| (*kind).into());
        learn(&mut self.events, &language.events, |kind| (*kind).into());
        learn(&mut self.marks, &language.marks, |mark| *mark);
        learn(&mut self.units, &language.durations, |unit| *unit);
        number(&mut self.months, &language.dates.months, 1);
        number(&mut self.weekdays, &language.dates.weekdays, 0);
        let plain = |words: &mut Words<()>, list: &[String]| list.iter().for_each(|word| words.add(word, ()));
        plain(&mut self.ordinals, &language.dates.ordinals);
        plain(&mut self.placeholders, &language.placeholders.words);
        plain(&mut self.empty_items, &language.placeholders.items);
        plain(&mut self.title_prefixes, &language.placeholders.titles);
        plain(&mut self.asides, &language.not_sections.asides);
        plain(&mut self.topics, &language.groups.topics);
        if let Some(done) = language.status.get(&Status::Done) {
            plain(&mut self.plainly_done, &done[..done.len().min(3)]);
        }
        first_names(&mut self.section_names, &language.sections);
        first_names(&mut self.label_names, &language.labels);
        first_names(&mut self.column_names, &language.columns);
    }
}

fn learn<K, T: Copy>(words: &mut Words<T>, lists: &BTreeMap<K, Vec<String>>, meaning: impl Fn(&K) -> T) {
    for (key, list) in lists {
        list.iter().for_each(|word| words.add(word, meaning(key)));
    }
}

fn number(words: &mut Words<u32>, lists: &[Vec<String>], from: u32) {
    for (value, list) in (from..).zip(lists) {
        list.iter().for_each(|word| words.add(word, value));
    }
}

fn first_names<K: Ord + Copy>(names: &mut BTreeMap<K, String>, lists: &BTreeMap<K, Vec<String>>) {
    for (key, list) in lists {
        if let Some(first) = list.first() {
            names.entry(*key).or_insert_with(|| first.clone());
        }
    }
}

fn fingerprint(wording: &Wording) -> u64 {
    let mut hasher = Fnv::default();
    READER.hash(&mut hasher);
    wording.hash(&mut hasher);
    language::texts().for_each(|text| text.hash(&mut hasher));
    hasher.finish()
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
        assert!(!vocabulary.is_placeholder("@ana"));
    }
}

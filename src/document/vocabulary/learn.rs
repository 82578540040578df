//! How a vocabulary is made: a team's words first, its language next, every other language behind.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use super::{Tables, Wording};
use crate::document::fold::Fnv;
use crate::document::language::{Key, LANGUAGES, Language};
use crate::document::words::Words;
use crate::model::Status;

/// What the build took from the source of the reader itself: another reader, another fingerprint.
const READER: &str = env!("READER_FINGERPRINT");

impl Tables {
    /// Joins a team's wording with the data files of the languages.
    pub(super) fn new(wording: &Wording) -> Self {
        let mut new = Self::default();
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
        for (spelling, rank) in wording.severity.spellings() {
            new.severities.add(spelling, rank);
        }
        let own = |language: &&Language| language.code == wording.language;
        LANGUAGES
            .iter()
            .filter(own)
            .chain(LANGUAGES.iter().filter(|l| !own(l)))
            .for_each(|l| new.learn(l, wording));
        new
    }

    fn learn(&mut self, language: &Language, wording: &Wording) {
        learn(&mut self.sections, language, "sections", Some);
        for (key, words) in language.table("not-sections") {
            match key {
                "words" => words.iter().for_each(|word| self.sections.add(word, None)),
                "repairs" => plain(&mut self.repairs, words),
                _ => plain(&mut self.asides, words),
            }
        }
        learn(&mut self.labels, language, "labels", |kind| kind);
        for (column, names) in language.meanings("columns") {
            for (rank, name) in (0..=u8::MAX).zip(names) {
                self.columns.add(name, (column, rank));
            }
        }
        learn(&mut self.time_columns, language, "timeline-columns", |column| column);
        learn(&mut self.status, language, "status", |status| status);
        learn(&mut self.effort, language, "effort", |effort| effort);
        learn(&mut self.kinds, language, "kinds", |kind| kind);
        learn(&mut self.events, language, "events", |kind| kind);
        learn(&mut self.marks, language, "marks", |mark| mark);
        learn(&mut self.units, language, "durations", |unit| unit);
        number(&mut self.months, language, "months", 1);
        number(&mut self.weekdays, language, "weekdays", 0);
        plain(&mut self.ordinals, language.words("dates", "ordinals"));
        plain(&mut self.date_joints, language.words("dates", "joints"));
        plain(&mut self.date_fillers, language.words("dates", "fillers"));
        plain(&mut self.month_ends, language.words("dates", "ends"));
        plain(&mut self.clock_words, language.words("dates", "clock"));
        plain(&mut self.times, language.words("dates", "times"));
        plain(&mut self.placeholders, language.words("placeholders", "words"));
        plain(&mut self.stand_ins, language.words("placeholders", "handles"));
        plain(&mut self.empty_items, language.words("placeholders", "items"));
        plain(&mut self.title_prefixes, language.words("placeholders", "titles"));
        plain(&mut self.topics, language.words("groups", "topics"));
        plain(&mut self.hedges, language.words("groups", "hedges"));
        plain(&mut self.bonds, language.words("groups", "bonds"));
        plain(&mut self.teams, language.words("groups", "teams"));
        plain(&mut self.pledges, language.words("groups", "pledges"));
        let done = language.words("status", Status::Done.word());
        plain(&mut self.plainly_done, &done[..done.len().min(3)]);
        language.meanings("telling").for_each(|(what, words)| self.phrases.add(what, words));
        self.learn_grades(language, wording);
        first_names(&mut self.section_names, language, "sections");
        first_names(&mut self.label_names, language, "labels");
        first_names(&mut self.column_names, language, "columns");
        first_names(&mut self.status_names, language, "status");
        first_names(&mut self.effort_names, language, "effort");
    }

    /// Another word for `high` means on a scale what `high` means there.
    fn learn_grades(&mut self, language: &Language, wording: &Wording) {
        for (grade, words) in language.table("grades") {
            for (known, scale) in
                [(&mut self.priorities, &wording.priority), (&mut self.severities, &wording.severity)]
            {
                if let Some(rank) = scale.rank(grade) {
                    words.iter().for_each(|word| known.add(word, rank));
                }
            }
        }
    }
}

fn learn<K: Key + Copy, T: Copy>(
    words: &mut Words<T>,
    language: &Language,
    table: &'static str,
    meaning: impl Fn(K) -> T,
) {
    for (key, list) in language.meanings::<K>(table) {
        list.iter().for_each(|word| words.add(word, meaning(key)));
    }
}

fn number(words: &mut Words<u32>, language: &Language, table: &'static str, from: u32) {
    for (value, (_, list)) in (from..).zip(language.table(table)) {
        list.iter().for_each(|word| words.add(word, value));
    }
}

fn plain(words: &mut Words<()>, list: &[&str]) {
    list.iter().for_each(|word| words.add(word, ()));
}

fn first_names<K: Key + Ord>(names: &mut BTreeMap<K, String>, language: &Language, table: &'static str) {
    for (key, list) in language.meanings::<K>(table) {
        if let Some(first) = list.first() {
            names.entry(key).or_insert_with(|| (*first).to_owned());
        }
    }
}

pub(super) fn fingerprint(wording: &Wording) -> u64 {
    let mut hasher = Fnv::default();
    READER.hash(&mut hasher);
    wording.hash(&mut hasher);
    hasher.finish()
}

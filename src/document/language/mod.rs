//! A language is one data file in `src/document/languages`; the build finds every file there and makes tables of them.

mod detect;
mod keys;
#[cfg(test)]
mod tests;

pub(crate) use detect::detect;
pub use detect::is_filler;
pub use keys::{Column, FieldKind, Telling, TimeColumn};
pub(crate) use keys::{Key, Mark, Unit};

use std::sync::LazyLock;

use super::vocabulary::DateOrder;

/// A table's name, a key of it, and the words under that key.
type Row = (&'static str, &'static str, Vec<&'static str>);

/// The words of one language, as its file has them.
#[derive(Debug)]
pub(crate) struct Language {
    /// The name of its file: `de`.
    pub(crate) code: &'static str,
    tables: Vec<Row>,
}

/// Every language that ships, English first; taken apart when the first word is needed.
pub(crate) static LANGUAGES: LazyLock<Vec<Language>> =
    LazyLock::new(|| read(include_str!(concat!(env!("OUT_DIR"), "/languages.txt"))));

/// Takes the text of the build apart: a line of a code alone, then lines of table, key and words.
fn read(text: &'static str) -> Vec<Language> {
    let mut languages: Vec<Language> = Vec::new();
    for line in text.lines() {
        let mut parts = line.split('\t');
        match (parts.next(), parts.next(), languages.last_mut()) {
            (Some(table), Some(key), Some(language)) => language.tables.push((table, key, parts.collect())),
            _ => languages.push(Language { code: line, tables: Vec::new() }),
        }
    }
    languages
}

impl Language {
    /// The keys of a table with their words.
    pub(crate) fn table(&self, name: &'static str) -> impl Iterator<Item = (&'static str, &[&'static str])> {
        self.tables.iter().filter(move |row| row.0 == name).map(|row| (row.1, row.2.as_slice()))
    }

    /// Every table, key and list of words.
    #[cfg(test)]
    fn rows(&self) -> impl Iterator<Item = (&'static str, &'static str, &[&'static str])> {
        self.tables.iter().map(|(table, key, words)| (*table, *key, words.as_slice()))
    }

    /// The keys of a table as what they mean, with their words.
    pub(crate) fn meanings<K: Key>(&self, name: &'static str) -> impl Iterator<Item = (K, &[&'static str])> {
        self.table(name).filter_map(|(key, words)| Some((K::of(key)?, words)))
    }

    /// The words under one key of a table.
    pub(crate) fn words(&self, name: &'static str, key: &str) -> &[&'static str] {
        self.table(name).find(|(known, _)| *known == key).map_or(&[], |(_, words)| words)
    }

    /// How it writes dates of only numbers.
    pub(crate) fn date_order(&self) -> DateOrder {
        match self.words("dates", "order") {
            ["day-first"] => DateOrder::DayFirst,
            ["month-first"] => DateOrder::MonthFirst,
            _ => DateOrder::Auto,
        }
    }
}

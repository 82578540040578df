//! A language is one data file in `src/document/languages`; the build finds every file there and makes tables of them.

mod detect;
mod keys;
#[cfg(test)]
mod tests;

pub(crate) use detect::detect;
pub use keys::{Column, FieldKind};
pub(crate) use keys::{Key, Mark, TimeColumn, Unit};

use super::vocabulary::DateOrder;

/// A table's name, a key of it, and the words under that key.
type Row = (&'static str, &'static str, &'static [&'static str]);

/// The words of one language, as its file has them.
#[derive(Debug)]
pub(crate) struct Language {
    /// The name of its file: `de`.
    pub(crate) code: &'static str,
    tables: &'static [Row],
}

/// Every language that ships, English first.
pub(crate) static LANGUAGES: &[Language] = include!(concat!(env!("OUT_DIR"), "/languages.rs"));

impl Language {
    /// The keys of a table with their words.
    pub(crate) fn table(
        &self,
        name: &'static str,
    ) -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
        self.tables.iter().filter(move |row| row.0 == name).map(|row| (row.1, row.2))
    }

    /// The keys of a table as what they mean, with their words.
    pub(crate) fn meanings<K: Key>(
        &self,
        name: &'static str,
    ) -> impl Iterator<Item = (K, &'static [&'static str])> {
        self.table(name).filter_map(|(key, words)| Some((K::of(key)?, words)))
    }

    /// The words under one key of a table.
    pub(crate) fn words(&self, name: &'static str, key: &str) -> &'static [&'static str] {
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

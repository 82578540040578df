//! A language is one data file; this is its shape and the list of those that ship.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::model::{Effort, EventKind, Kind, SectionKind, Status};

/// The files that ship: code and text.
const FILES: [(&str, &str); 2] =
    [("en", include_str!("languages/en.toml")), ("ja", include_str!("languages/ja.toml"))];

type List = Vec<String>;

/// The words of one language, as its file has them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Language {
    pub(crate) code: String,
    pub(crate) sections: BTreeMap<SectionKind, List>,
    pub(crate) not_sections: NotSections,
    pub(crate) labels: BTreeMap<FieldKind, List>,
    pub(crate) columns: BTreeMap<Column, List>,
    pub(crate) timeline_columns: BTreeMap<TimeColumn, List>,
    pub(crate) status: BTreeMap<Status, List>,
    pub(crate) effort: BTreeMap<Effort, List>,
    pub(crate) kinds: BTreeMap<KindWord, List>,
    pub(crate) events: BTreeMap<EventWord, List>,
    pub(crate) marks: BTreeMap<Mark, List>,
    pub(crate) dates: Dates,
    pub(crate) durations: BTreeMap<Unit, List>,
    pub(crate) placeholders: Placeholders,
    pub(crate) groups: Groups,
}

/// Headings that are no section of a post-mortem.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NotSections {
    /// They look like one.
    pub(crate) words: List,
    /// Below the heading of action items they tell of something else.
    pub(crate) asides: List,
}

/// How a language writes dates.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Dates {
    /// Twelve lists of spellings.
    pub(crate) months: Vec<List>,
    /// Seven lists of spellings, from Monday.
    pub(crate) weekdays: Vec<List>,
    /// What may follow the number of a day: `th`.
    pub(crate) ordinals: List,
}

/// Labels above lists.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Groups {
    /// Words that are no people.
    pub(crate) topics: List,
}

/// What stands where nothing was filled in yet.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Placeholders {
    /// Values that are none: `TBD`.
    pub(crate) words: List,
    /// Whole texts of items that are none.
    pub(crate) items: List,
    /// What a title may begin with before its own words.
    pub(crate) titles: List,
}

macro_rules! word_keys {
    ($(#[$doc:meta])* $visibility:vis $name:ident { $($(#[$variant_doc:meta])* $variant:ident),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        $visibility enum $name { $($(#[$variant_doc])* $variant),* }
    };
}

word_keys!(
    /// A field of a document's metadata.
    pub FieldKind {
        /// The title, where it is a field and no heading.
        Title,
        /// The day of the incident.
        Date,
        /// How grave it was.
        Severity,
        /// Who wrote the document.
        Authors,
        /// Who read it.
        Reviewers,
        /// The document's own status.
        Status,
        /// Incident or near-miss.
        Kind,
        /// What it is about.
        Service,
        /// How long it lasted.
        Duration,
        /// A former id.
        Formerly,
    }
);

word_keys!(
    /// What a column of a table of action items holds.
    pub Column {
        /// The item's own label.
        Number,
        /// What is promised.
        Action,
        /// Who promised it.
        Owner,
        /// How urgent it is.
        Priority,
        /// How much work it is.
        Effort,
        /// Until when.
        Due,
        /// Where it stands.
        Status,
        /// A category: read over.
        Group,
        /// Issues and the like.
        Reference,
    }
);

word_keys!(
    /// What a column of a timeline holds.
    pub(crate) TimeColumn { Time, Date, Event, Kind }
);

word_keys!(
    /// A label inside the text of an item: `Owner: …`.
    pub(crate) Mark { Owner, Due, Status, Priority, Effort, Reference }
);

word_keys!(
    /// What a duration is counted in, and the words between numbers.
    pub(crate) Unit { Seconds, Minutes, Hours, Days, Weeks, One, Joins }
);

word_keys!(
    /// [`Kind`], as a key of the language file.
    pub(crate) KindWord { Incident, NearMiss }
);

word_keys!(
    /// [`EventKind`], as a key of the language file.
    pub(crate) EventWord { Impact, Detected, Acknowledged, Mitigated, Resolved }
);

impl From<KindWord> for Kind {
    fn from(word: KindWord) -> Self {
        match word {
            KindWord::Incident => Self::Incident,
            KindWord::NearMiss => Self::NearMiss,
        }
    }
}

impl From<EventWord> for EventKind {
    fn from(word: EventWord) -> Self {
        match word {
            EventWord::Impact => Self::Impact,
            EventWord::Detected => Self::Detected,
            EventWord::Acknowledged => Self::Acknowledged,
            EventWord::Mitigated => Self::Mitigated,
            EventWord::Resolved => Self::Resolved,
        }
    }
}

/// Every language that ships, read once.
pub(crate) fn languages() -> &'static [Language] {
    static READ: OnceLock<Vec<Language>> = OnceLock::new();
    READ.get_or_init(|| {
        FILES
            .iter()
            .map(|(_, text)| toml::from_str(text).expect("a test reads every language file"))
            .collect()
    })
}

/// The codes of the languages that ship.
pub(crate) fn codes() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(code, _)| *code)
}

/// The text of every language file, for the fingerprint of a vocabulary.
pub(crate) fn texts() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_whole() {
        for ((code, _), language) in FILES.iter().zip(languages()) {
            assert_eq!(language.code, *code);
            assert_eq!(language.dates.months.len(), 12, "{code}: months");
            assert_eq!(language.dates.weekdays.len(), 7, "{code}: weekdays");
            for kind in SectionKind::ALL {
                assert!(
                    language.sections.get(&kind).is_some_and(|names| !names.is_empty()),
                    "{code}: {kind:?}"
                );
            }
            for status in Status::ALL {
                assert!(language.status.contains_key(&status), "{code}: {status:?}");
            }
        }
    }
}

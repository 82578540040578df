//! The keys of a language's file, as types: what a word of it can mean.

use crate::model::{Effort, EventKind, Kind, SectionKind, Status};

macro_rules! word_keys {
    ($(#[$doc:meta])* $visibility:vis $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $key:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $visibility enum $name { $($(#[$variant_doc])* $variant),* }

        impl Key for $name {
            fn of(key: &str) -> Option<Self> {
                match key {
                    $($key => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

/// A key of a table.
pub(crate) trait Key: Sized {
    /// The key as the file spells it.
    fn of(key: &str) -> Option<Self>;
}

word_keys!(
    /// A field of a document's metadata.
    pub FieldKind {
        /// The title, where it is a field and no heading.
        Title = "title",
        /// The day of the incident.
        Date = "date",
        /// When it was over.
        Ended = "ended",
        /// How grave it was.
        Severity = "severity",
        /// Who wrote the document.
        Authors = "authors",
        /// Who read it.
        Reviewers = "reviewers",
        /// Who else took part in it.
        People = "people",
        /// The document's own status.
        Status = "status",
        /// Incident or near-miss.
        Kind = "kind",
        /// What it is about.
        Service = "service",
        /// How long it lasted.
        Duration = "duration",
        /// A former id.
        Formerly = "formerly",
    }
);

word_keys!(
    /// What a column of a table of action items holds.
    pub Column {
        /// The item's own label.
        Number = "number",
        /// What is promised.
        Action = "action",
        /// Who promised it.
        Owner = "owner",
        /// How urgent it is.
        Priority = "priority",
        /// How much work it is.
        Effort = "effort",
        /// Until when.
        Due = "due",
        /// Where it stands.
        Status = "status",
        /// A category: read over.
        Group = "group",
        /// Issues and the like.
        Reference = "reference",
    }
);

word_keys!(
    /// What a column of a timeline holds.
    pub TimeColumn {
        /// When, with or without the day.
        Time = "time",
        /// The day, apart from the time.
        Date = "date",
        /// What happened.
        Event = "event",
        /// Which turning point it is.
        Kind = "kind",
        /// Where it is known from.
        Source = "source",
    }
);

word_keys!(
    /// A label inside the text of an item: `Owner: …`.
    pub(crate) Mark { Owner = "owner", Due = "due", Status = "status", Priority = "priority", Effort = "effort", Reference = "reference" }
);

word_keys!(
    /// What a duration is counted in, and the words between numbers.
    pub(crate) Unit { Seconds = "seconds", Minutes = "minutes", Hours = "hours", Days = "days", Weeks = "weeks", One = "one", Joins = "joins" }
);

word_keys!(
    /// What a sentence can tell about how a document stands, by phrases of a language.
    pub Telling {
        /// A value is still to come.
        Pending = "pending",
        /// Nobody was harmed.
        NoImpact = "no-impact",
        /// Everybody was.
        Everyone = "everyone",
        /// Data were lost.
        Lost = "lost",
        /// Turns round what stands beside it.
        Not = "not",
        /// A person is the answer.
        People = "people",
        /// Why nothing is done.
        Accepted = "accepted",
        /// Somebody or something noticed.
        Detected = "detected",
        /// It was over.
        Over = "over",
        /// A heading asks for causes.
        Why = "why",
        /// No end of a sentence, whatever sign follows.
        Abbreviation = "abbreviations",
    }
);

macro_rules! keys_of {
    ($($type:ty: $all:expr => $spelling:ident;)*) => {
        $(impl Key for $type {
            fn of(key: &str) -> Option<Self> {
                $all.into_iter().find(|one| one.$spelling() == key)
            }
        })*
    };
}

keys_of!(
    SectionKind: SectionKind::ALL => key;
    Status: Status::ALL => word;
    Effort: [Effort::Small, Effort::Medium, Effort::Large] => word;
    Kind: [Kind::Incident, Kind::NearMiss] => word;
    EventKind: EventKind::ALL => word;
);

//! One document about one incident, as it is meant.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{ActionItem, Former, Grade, Link, UnclearDate};

/// Whether something happened or nearly did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// It happened.
    #[default]
    Incident,
    /// It nearly did.
    NearMiss,
}

impl Kind {
    /// The word in documents and on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Incident => "incident",
            Self::NearMiss => "near-miss",
        }
    }
}

/// Where a post-mortem stands between first note and the default branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// On the drafts branch.
    Draft,
    /// A draft that also stands on a review branch.
    InReview,
    /// In the examined revision, under a documents folder.
    Published,
}

impl State {
    /// The word on the command line, in JSON and in tables.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview => "in-review",
            Self::Published => "published",
        }
    }
}

/// The sections that a post-mortem is made of, whatever a document calls them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names are the headings of the template")]
pub enum SectionKind {
    Summary,
    Impact,
    Timeline,
    RootCause,
    FiveWhys,
    ContributingFactors,
    WentWell,
    WentWrong,
    ActionItems,
    LessonsLearned,
    LinkedCommits,
    Attestation,
}

impl SectionKind {
    /// Every section in the template's order.
    pub const ALL: [Self; 12] = [
        Self::Summary,
        Self::Impact,
        Self::Timeline,
        Self::RootCause,
        Self::FiveWhys,
        Self::ContributingFactors,
        Self::WentWell,
        Self::WentWrong,
        Self::ActionItems,
        Self::LessonsLearned,
        Self::LinkedCommits,
        Self::Attestation,
    ];

    /// The key in JSON, language files and configuration: `root-cause`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Summary => "summary",
            Self::Impact => "impact",
            Self::Timeline => "timeline",
            Self::RootCause => "root-cause",
            Self::FiveWhys => "five-whys",
            Self::ContributingFactors => "contributing-factors",
            Self::WentWell => "went-well",
            Self::WentWrong => "went-wrong",
            Self::ActionItems => "action-items",
            Self::LessonsLearned => "lessons-learned",
            Self::LinkedCommits => "linked-commits",
            Self::Attestation => "attestation",
        }
    }
}

/// A fact of a document that was concluded, not read from a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fact {
    /// The day stands in the title or in the file's name.
    Date,
    /// The title names it.
    Severity,
    /// It lies between the beginning and the end.
    Duration,
}

impl Fact {
    /// The word in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Severity => "severity",
            Self::Duration => "duration",
        }
    }
}

/// What a document says, without its wording: the value that reports, filters and the gate work on.
///
/// It is a function of the document's bytes, its path and the vocabulary alone: no clock, no other document.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Postmortem {
    /// The title without `Post-Mortem:` and without a leading date; empty where the document has none.
    pub title: String,
    /// The day of the incident.
    #[serde(with = "super::day")]
    pub date: Option<NaiveDate>,
    /// What stands where the day belongs and could not be told.
    pub unclear_date: Option<UnclearDate>,
    /// How grave it was.
    pub severity: Option<Grade>,
    /// Whether it happened or nearly did.
    pub kind: Kind,
    /// How long it lasted, in minutes.
    pub duration_minutes: Option<u32>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Who read it before it was published.
    pub reviewers: Vec<String>,
    /// The document's own status word (`Resolved`, `Draft`).
    pub status: Option<String>,
    /// The service that it is about, where the document says so.
    pub service: Option<String>,
    /// Ids that it was once known by, or that it took in (`Formerly:` lines).
    pub formerly: Vec<Former>,
    /// Sections it has, and whether each says something.
    pub sections: Vec<(SectionKind, bool)>,
    /// The promised follow-ups, in the document's order.
    pub actions: Vec<ActionItem>,
    /// Linked revisions.
    pub links: Vec<Link>,
    /// Which facts were concluded, not read.
    pub inferred: Vec<Fact>,
}

impl Postmortem {
    /// Whether it once had an id, or took in the document that had it.
    #[must_use]
    pub fn was(&self, id: &str) -> bool {
        self.formerly.iter().any(|former| former.id == id)
    }

    /// What a label means here that was typed behind an id, of this document or of one that it was or took in; `None`
    /// where the promise did not come over.
    #[must_use]
    pub fn label_here<'l>(&'l self, id: &str, label: &'l str) -> Option<&'l str> {
        match self.formerly.iter().find(|former| former.id.eq_ignore_ascii_case(id)) {
            Some(former) => former.label(label),
            None => Some(label),
        }
    }
}

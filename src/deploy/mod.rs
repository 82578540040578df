//! What was live when an incident began: release tags, imported deploys and what landed on a branch in, candidates with
//! reasons out. Pure: a moment is an argument, and so is everything that git knows.

mod choose;
mod import;
mod releases;

pub use choose::{CANDIDATES, Candidate, choose, span};
pub use import::{Deployed, Imported, LineFault, read};
pub use releases::{deployed, is_version_of, tagged};

use chrono::{DateTime, Utc};

/// The beginning of an incident, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beginning {
    /// The moment; where only the day is known, its end.
    pub at: DateTime<Utc>,
    /// Whether it is known to the minute.
    pub is_exact: bool,
    /// The services that it is about, as a document names them: `payments, checkout`.
    pub service: Option<String>,
}

/// A tag of a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagFact {
    /// Its name.
    pub name: String,
    /// The full id of its commit.
    pub commit: String,
    /// When it was made, in seconds of Unix time: by its tagger, else with its commit.
    pub created: i64,
    /// Whether it has a date of its own: a lightweight tag has its commit's.
    pub is_dated: bool,
}

/// How it is known that something went live.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// A pipeline said so.
    Deploy {
        /// Where to.
        environment: Option<String>,
    },
    /// A release tag.
    Tag {
        /// Whether the tag has a date of its own.
        is_dated: bool,
    },
    /// It landed on the branch that is released from.
    Landed,
}

/// Something that went live.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// What it is called: a tag, else an id.
    pub revision: String,
    /// The full id of its commit; empty where it was not looked up yet.
    pub commit: String,
    /// When, in seconds of Unix time.
    pub at: i64,
    /// How that is known.
    pub evidence: Evidence,
}

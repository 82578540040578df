//! Typed pointers from a post-mortem to commits and tags.

use serde::{Deserialize, Serialize};

/// What a linked revision has to do with the incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The change that was live.
    Deploy,
    /// The change that brought the defect in.
    Introduced,
    /// Live at the time, not proven.
    Suspect,
    /// Looked at and found innocent.
    RuledOut,
    /// The change that mended it.
    Fix,
    /// The change that took it back.
    Revert,
}

impl Role {
    /// Every role, in the order of an incident.
    pub const ALL: [Self; 6] =
        [Self::Deploy, Self::Introduced, Self::Suspect, Self::RuledOut, Self::Fix, Self::Revert];

    /// The word in documents and on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Deploy => "deploy",
            Self::Introduced => "introduced",
            Self::Suspect => "suspect",
            Self::RuledOut => "ruled-out",
            Self::Fix => "fix",
            Self::Revert => "revert",
        }
    }
}

/// A row of the *Linked Commits* table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// What it has to do with the incident.
    pub role: Role,
    /// The revision as it was typed: a tag, a range, an abbreviated commit.
    pub revision: String,
    /// The full id of the commit that the revision named when it was recorded (the end of a range).
    pub commit: String,
    /// The committer date in UTC, `YYYY-MM-DD HH:MM`, empty where unknown.
    pub date: String,
    /// The first line of the commit's message.
    pub subject: String,
}

//! What happened when.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The turning points of an incident, from which times to detect and to recover are computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// Users began to feel it.
    Impact,
    /// Somebody or something noticed.
    Detected,
    /// Somebody took it on.
    Acknowledged,
    /// Users no longer felt it.
    Mitigated,
    /// The cause was gone.
    Resolved,
}

impl EventKind {
    /// Every kind, in the order of an incident.
    pub const ALL: [Self; 5] =
        [Self::Impact, Self::Detected, Self::Acknowledged, Self::Mitigated, Self::Resolved];

    /// The word in documents and on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Impact => "impact",
            Self::Detected => "detected",
            Self::Acknowledged => "acknowledged",
            Self::Mitigated => "mitigated",
            Self::Resolved => "resolved",
        }
    }
}

/// One entry of a timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineEvent {
    /// The instant, where it could be told.
    pub at: Option<DateTime<Utc>>,
    /// The time as the document has it.
    pub written: String,
    /// What happened.
    pub text: String,
    /// Which turning point it is, where the document says so.
    pub kind: Option<EventKind>,
    /// Where it is known from, where the document says so.
    pub source: Option<String>,
}

//! What an incident's timeline can be told from: records of other tools, what git saw, and the merging of all of it.
//!
//! Pure: bytes and values in, events out. Nothing is invented: what cannot be read is listed with its line and the reason.

mod alerts;
mod csv;
mod deploys;
mod format;
mod json;
mod landing;
mod measure;
mod merge;
#[cfg(test)]
mod merge_tests;
mod pagerduty;
mod record;
mod sentence;
mod sink;
mod slack;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};

use crate::model::EventKind;

pub use deploys::deployed;
pub use format::{Asked, Format, ImportError, Imported, Unread, import};
pub use landing::landing;
pub use measure::{Begin, End, Measures, measure};
pub use merge::{merge, settle_marks};
pub use sentence::tidy;

/// Something that happened, and where that is known from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: DateTime<Utc>,
    /// What, as plain text in one line.
    pub text: String,
    /// Which turning point it is.
    pub kind: Option<EventKind>,
    /// Whether the kind is what such a record implies, and nobody's word.
    pub implied: bool,
    /// Where it is known from, each once.
    pub sources: Vec<String>,
    /// The number of the document's entry that says so already.
    pub stands: Option<usize>,
}

impl Event {
    /// An event that is offered, of one source.
    #[must_use]
    pub fn offered(at: DateTime<Utc>, text: &str, source: &str) -> Self {
        let sources = vec![source.to_owned()];
        Self { at, text: tidy(text).0, kind: None, implied: false, sources, stands: None }
    }

    /// The minute that it happened in, since 1970.
    #[must_use]
    pub fn minute(&self) -> i64 {
        self.at.timestamp().div_euclid(60)
    }
}

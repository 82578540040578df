//! Promised follow-ups.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Grade, UnclearDate};

/// The typed status of an action item; `overdue` and the like are derived from it and a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// An idea, not promised.
    Proposed,
    /// Promised.
    Open,
    /// Begun.
    Doing,
    /// Kept.
    Done,
    /// Given up, with a reason.
    Cancelled,
}

impl Status {
    /// Every status, from idea to end.
    pub const ALL: [Self; 5] = [Self::Proposed, Self::Open, Self::Doing, Self::Done, Self::Cancelled];

    /// The word on the command line, in JSON and in documents.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Open => "open",
            Self::Doing => "doing",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether somebody still owes it.
    #[must_use]
    pub fn is_owed(self) -> bool {
        matches!(self, Self::Open | Self::Doing)
    }
}

/// How much work an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effort {
    /// Hours.
    Small,
    /// Days.
    Medium,
    /// Weeks.
    Large,
}

impl Effort {
    /// The word in JSON and in sentences.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }
}

/// A field of an action item that was concluded, not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Inferred {
    /// The owner comes from a label above the item.
    Owner,
    /// The due date has no year, is a quarter, or comes from the SLA.
    Due,
    /// The status comes from a heading above the item.
    Status,
    /// The priority comes from a heading above the item.
    Priority,
}

/// Whether a promise is behind its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promise {
    /// Owed, past the end of its day, by so many days (at least 1).
    Overdue(i64),
    /// Owed, due in so many days (0 is today).
    Due(i64),
    /// Owed without a date.
    Undated,
    /// Done, cancelled or only proposed.
    Settled,
}

impl Promise {
    /// Where a promise of a status and a last day stands on a day: a due day counts to its end.
    #[must_use]
    pub fn of(status: Status, due: Option<NaiveDate>, today: NaiveDate) -> Self {
        match due {
            _ if !status.is_owed() => Self::Settled,
            None => Self::Undated,
            Some(due) if due < today => Self::Overdue((today - due).num_days()),
            Some(due) => Self::Due((due - today).num_days()),
        }
    }
}

/// A promised follow-up as the document states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionItem {
    /// The document's own label where it is unique there, else the running position.
    pub label: String,
    /// Whether `label` is the document's own.
    pub numbered: bool,
    /// What was promised, in plain text.
    pub text: String,
    /// Who promised it, as written.
    pub owner: Option<String>,
    /// The last day on which it is kept in time.
    #[serde(with = "super::day")]
    pub due: Option<NaiveDate>,
    /// What stands where a due date belongs and could not be told.
    pub unclear_due: Option<UnclearDate>,
    /// How urgent.
    pub priority: Option<Grade>,
    /// How much work.
    pub effort: Option<Effort>,
    /// Where it stands.
    pub status: Status,
    /// The status word as written, where there is one.
    pub state: Option<String>,
    /// Issue ids and URLs in the item.
    pub refs: Vec<String>,
    /// The line it begins on, from 1.
    pub line: u32,
    /// Which fields were concluded, not read.
    pub inferred: Vec<Inferred>,
}

impl ActionItem {
    /// Where the promise stands on a day: a due day counts to its end.
    #[must_use]
    pub fn promise(&self, today: NaiveDate) -> Promise {
        Promise::of(self.status, self.due, today)
    }

    /// Whether it is owed and past its day.
    #[must_use]
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        matches!(self.promise(today), Promise::Overdue(_))
    }
}

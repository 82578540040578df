//! What is asked of one part of an item, and whether an item says so.

use chrono::NaiveDate;

use super::text::plain;
use super::{ItemChange, ItemPart};
use crate::document::edit::adopt::verify::is_same;
use crate::model::{ActionItem, Effort, Grade, Status};

/// What one part shall say.
#[derive(Debug, Clone)]
pub(super) enum Wanted {
    Text(String),
    Status(Status, Option<String>),
    Owner(Option<String>),
    Due(Option<NaiveDate>),
    Priority(Option<Grade>),
    Effort(Option<Effort>),
}

impl Wanted {
    /// The parts of a change: the text first, since the others may stand in it.
    pub(super) fn of(change: &ItemChange) -> Vec<Self> {
        let given = |text: &String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let reason = || change.reason.as_deref().map(folded).filter(|reason| !reason.is_empty());
        let parts = [
            change.text.as_ref().map(|text| Self::Text(text.clone())),
            change.status.map(|status| Self::Status(status, reason())),
            change.owner.as_ref().map(|owner| Self::Owner(given(owner))),
            change.due.map(Self::Due),
            change.priority.clone().map(Self::Priority),
            change.effort.map(Self::Effort),
        ];
        parts.into_iter().flatten().collect()
    }

    pub(super) fn part(&self) -> ItemPart {
        match self {
            Self::Text(_) => ItemPart::Text,
            Self::Status(..) => ItemPart::Status,
            Self::Owner(_) => ItemPart::Owner,
            Self::Due(_) => ItemPart::Due,
            Self::Priority(_) => ItemPart::Priority,
            Self::Effort(_) => ItemPart::Effort,
        }
    }

    /// Whether an item says so.
    pub(super) fn is_met_by(&self, item: &ActionItem) -> bool {
        match self {
            Self::Text(text) => {
                let read = folded(&item.text);
                read == folded(text) || read == folded(&plain(text))
            }
            Self::Status(status, reason) => {
                let state = item.state.as_deref().map(folded).unwrap_or_default();
                item.status == *status && reason.as_ref().is_none_or(|reason| state.ends_with(&**reason))
            }
            Self::Owner(owner) => item.owner == *owner,
            Self::Due(due) => item.due == *due && item.unclear_due.is_none(),
            Self::Priority(None) => item.priority.is_none(),
            Self::Priority(Some(grade)) => item.priority.as_ref().is_some_and(|known| {
                known.written == grade.written || (known.rank.is_some() && known.rank == grade.rank)
            }),
            Self::Effort(effort) => item.effort == *effort,
        }
    }
}

/// Whether an item says all of a change already.
#[must_use]
pub fn says_already(item: &ActionItem, change: &ItemChange) -> bool {
    Wanted::of(change).iter().all(|wanted| wanted.is_met_by(item))
}

/// Whether two readings of an item say the same, on whichever line.
#[must_use]
pub fn is_same_item(one: &ActionItem, other: &ActionItem) -> bool {
    is_same(one, other) && one.state == other.state
}

/// A text on one line, each gap one blank.
pub(super) fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

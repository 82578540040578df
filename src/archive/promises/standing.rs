//! Where promises stand, as it is told to the rest of the program.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::git::CommitId;
use crate::model::Status;
use crate::promise::{Source, Word};

/// How much is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Depth {
    /// What commits say about items: enough to tell which are owed. Costs nothing where no message names an item.
    #[default]
    Words,
    /// Of every item also since when its row says what it says, when it was promised and put off, and which release has
    /// it.
    Past,
}

/// The commit that closed an item, or opened it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The commit.
    pub commit: CommitId,
    /// When it was committed, in seconds of Unix time.
    pub at: i64,
    /// Where in it that is said.
    pub source: Source,
}

/// One move of a due date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    /// The commit that moved it.
    pub commit: CommitId,
    /// When, in seconds of Unix time.
    pub at: i64,
    /// The new date; none where it was taken away.
    pub due: Option<NaiveDate>,
}

/// Where one item stands, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The item's label.
    pub label: String,
    /// What its row says.
    pub row: Status,
    /// Since which commit.
    pub row_since: Evidence,
    /// What holds.
    pub status: Status,
    /// The commit that closed it, where it is done: the first since it was last open.
    pub closed: Option<Evidence>,
    /// The commit that opened it again, where a commit did, and it is not done.
    pub reopened: Option<Evidence>,
    /// The first release of its service that has the closing commit. Only with [`Depth::Past`].
    pub released_in: Option<String>,
    /// The commit that first published it.
    pub promised: Evidence,
    /// The first date that was ever promised.
    pub first_due: Option<NaiveDate>,
    /// The moves to a later date, or to none, oldest first.
    pub put_off: Vec<Move>,
}

/// A line in a commit's message that names nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnknownId {
    /// The commit.
    pub commit: CommitId,
    /// What it wanted to say.
    pub word: Word,
    /// The id as it was typed.
    pub typed: String,
    /// Several documents have such a name.
    pub is_ambiguous: bool,
}

/// Where the items of one revision's documents stand.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standings {
    /// By path of the document. With [`Depth::Words`], only documents with an item that a commit's message names.
    pub documents: BTreeMap<String, Vec<Standing>>,
    /// Lines that name nothing, for whoever wants to tell.
    pub unknown: Vec<UnknownId>,
    /// Part of the history was not at hand.
    pub is_partial: bool,
}

impl Standings {
    /// Where an item stands, given its document's path and its label.
    #[must_use]
    pub fn of(&self, path: &str, label: &str) -> Option<&Standing> {
        self.documents.get(path)?.iter().find(|standing| standing.label == label)
    }
}

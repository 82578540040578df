//! What is known beside a document: values that others read from disk, git and other documents.
//!
//! What is `None` here is not known, and a rule that would need it says nothing: a file outside any repository has no
//! owners, no revisions and no past.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};

use super::past::Past;
use crate::model::State;
use crate::promise::People;

/// What is known beside a document. What is the same for many documents is shared.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// The file's path as it is told to the reader; only its name counts for rules.
    pub file: String,
    /// The document's own id, where it has one.
    pub id: Option<String>,
    /// Where the document stands, where that is known.
    pub state: Option<State>,
    /// The moment for which everything is told.
    pub now: Option<DateTime<Utc>>,
    /// Names and handles of the people of the repository, as written: history, `.mailmap`, CODEOWNERS.
    pub names: Arc<BTreeSet<String>>,
    /// The same people with their last commits.
    pub people: Option<Arc<People>>,
    /// Of the files that the document's actions name, those that the history had and the revision has not.
    pub gone: Option<BTreeSet<String>>,
    /// What became of each linked revision, by the revision as written.
    pub revisions: BTreeMap<String, Revision>,
    /// Items of this document that a commit closed, by label.
    pub closed: BTreeMap<String, Closed>,
    /// The published post-mortems, oldest first: the document itself may be among them, and later ones are.
    pub older: Option<Arc<Past>>,
}

/// A linked revision in the repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Where it was found.
    pub standing: Standing,
    /// The commit's day (committer date) in UTC, where it was found.
    pub day: Option<NaiveDate>,
}

/// Whether a revision is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is in the history of a branch or tag.
    Reachable,
    /// The commit exists and no branch or tag has it.
    Unreachable,
    /// There is none such.
    Missing,
}

/// A commit that closed an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// The commit, abbreviated as git abbreviates it.
    pub commit: String,
    /// The status that it gave the item.
    pub status: crate::model::Status,
}

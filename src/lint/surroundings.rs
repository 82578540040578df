//! What is known beside a document: values that others read from disk, git and other documents.
//!
//! What is `None` here is not known, and a rule that would need it says nothing: a file outside any repository has no
//! owners, no revisions and no past.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use chrono::{DateTime, NaiveDate, Utc};

use super::past::Past;
use crate::blame;
use crate::config::Config;
use crate::model::State;
use crate::promise::People;

/// People as prose names them, made once for all who share it.
pub type InProse = Arc<OnceLock<blame::People>>;

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
    /// The people as prose names them, made of `names` when a rule asks first. Clones share it, so that a run over many
    /// documents that clones its surroundings makes it once.
    pub in_prose: InProse,
}

impl Surroundings {
    /// The people of the repository, as prose names them.
    pub(super) fn people_in_prose(&self, config: &Config) -> &blame::People {
        self.in_prose.get_or_init(|| {
            let mut people = blame::People::new();
            self.names.iter().for_each(|name| people.add_name(name));
            config.lint.names.iter().for_each(|name| people.add_name(name));
            config.lint.products.iter().for_each(|name| people.add_thing(name));
            config.lint.words.iter().for_each(|phrase| people.add_blame_phrase(phrase));
            people
        })
    }
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

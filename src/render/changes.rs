//! What a verb did with action items, for programs.

use std::io::{self, Write};

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value;

use super::json::{self, Envelope};
use crate::model::{Effort, Status};

/// What became of one item.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeRow {
    /// The full id.
    pub id: String,
    /// `added`, `set`, `done`, `cancelled`, `reopened` or `unchanged`.
    pub change: &'static str,
    /// What it said; none for a new one.
    pub before: Option<Said>,
    /// What it says.
    pub after: Said,
    /// The id of the post-mortem.
    pub postmortem: String,
    /// The path of the document.
    pub path: String,
    /// Whether the document is a draft.
    pub draft: bool,
}

/// The fields of an item that a verb can change.
#[derive(Debug, Clone, Serialize)]
pub struct Said {
    /// What is promised.
    pub text: String,
    /// By whom, as written.
    pub owner: Option<String>,
    /// Until when.
    pub due: Option<NaiveDate>,
    /// How urgent, as written.
    pub priority: Option<String>,
    /// How much work.
    pub effort: Option<Effort>,
    /// Where it stands.
    pub status: Status,
    /// Why it was given up.
    pub reason: Option<String>,
}

/// What was done as a whole.
#[derive(Debug, Clone, Default)]
pub struct Deed {
    /// The commit of the published documents, if one was made.
    pub commit: Option<String>,
    /// The paths whose edits are staged.
    pub staged: Vec<String>,
    /// The paths whose edits are in the file alone.
    pub written: Vec<String>,
    /// The commands that take it back.
    pub undo: Vec<String>,
    /// What was not done, and why: of an import.
    pub left: Vec<String>,
    /// The issues that no item names: of an import.
    pub unmatched: Vec<String>,
}

/// Writes the changes as JSON.
///
/// # Errors
/// Whatever the writer says.
pub fn json(out: &mut dyn Write, deed: &Deed, rows: &[ChangeRow]) -> io::Result<()> {
    let Deed { commit, staged, written, undo, left, unmatched } = deed.clone();
    let members: [(&str, Value); 6] = [
        ("commit", commit.into()),
        ("staged", staged.into()),
        ("written", written.into()),
        ("undo", undo.into()),
        ("left", left.into()),
        ("unmatched", unmatched.into()),
    ];
    json::write(out, &Envelope { name: "changes", incomplete: &[], members: &members }, rows)
}

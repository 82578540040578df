//! Where the gate is asked, as JSON.

use std::io::{self, Write};

use serde::Serialize;

use super::json::{self, Envelope};

/// A hook of ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HookRow {
    /// git's name of the event: `pre-push`.
    pub event: &'static str,
    /// The file, from the work tree's top where it lies below that, or `git config` and the section.
    pub place: String,
    /// Whether git would start it.
    pub asks: bool,
    /// Why git would not.
    pub why: Option<String>,
    /// The `git-postmortem` that it would start; none where there is none on PATH.
    pub program: Option<String>,
}

/// Writes them.
///
/// # Errors
/// Whatever the writer says.
pub fn json(out: &mut dyn Write, rows: Vec<HookRow>) -> io::Result<()> {
    json::write(out, &Envelope { name: "hooks", ..Envelope::default() }, rows)
}

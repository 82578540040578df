//! What is known about the files of an incident, as text, as markdown to paste, and as values for JSON.

mod markdown;
mod system;
mod text;

use std::io::{self, Write};

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::json;

use super::clean;
use super::json::{self as envelope, Envelope};
use crate::context::SystemContext;

/// A file that is involved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileRow {
    /// Its path from the top.
    pub path: String,
    /// The changes that it is involved by: `deploy v1.4.0`.
    pub by: Vec<String>,
    /// Its owners by CODEOWNERS; `None` where there is no such file.
    pub owners: Option<Vec<String>>,
    /// Commits that changed it up to the commit in question.
    pub changes: u32,
    /// Of these, those of the last days before.
    pub recent: u32,
    /// How many people made those.
    pub people: usize,
    /// Post-mortems whose linked commits touched it.
    pub incidents: Vec<String>,
}

/// A file that usually changes with one of them, and did not this time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CompanionRow {
    /// Its path.
    pub path: String,
    /// The file that it goes with.
    pub with: String,
    /// Commits that changed both.
    pub times: u32,
    /// Commits that changed the other one.
    pub of: u32,
}

/// An earlier incident in the same files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IncidentRow {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its day.
    pub date: Option<NaiveDate>,
    /// The files that both have to do with.
    pub files: Vec<String>,
}

/// A page that names some of the files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentRow {
    /// Its path.
    pub path: String,
    /// What it names, as it does.
    pub names: Vec<String>,
}

/// Everything that was found.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// What it is about: an id, a revision, a path.
    pub about: &'a str,
    /// The commit at which everything was looked at, why that one, and its day.
    pub at: (&'a str, &'a str, &'a str),
    /// What a provider that knows the system told of them.
    pub system: Option<&'a SystemContext>,
    /// The changes: name, from, to, the release that it is counted from.
    pub changes: &'a [ChangeRow],
    /// The files.
    pub files: &'a [FileRow],
    /// Owners, and how many of the files are theirs.
    pub owners: &'a [(String, usize)],
    /// What was forgotten, perhaps.
    pub companions: &'a [CompanionRow],
    /// Earlier incidents.
    pub incidents: &'a [IncidentRow],
    /// Pages.
    pub documents: &'a [DocumentRow],
    /// Where to look, as configured.
    pub dashboards: &'a [String],
    /// What to do, as configured.
    pub runbooks: &'a [String],
    /// The thresholds of [`CompanionRow`], and the days of [`FileRow::recent`].
    pub limits: Limits,
    /// What could not be found out.
    pub notes: &'a [String],
    /// What was not seen.
    pub incomplete: &'a [String],
}

/// A change that files are involved by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangeRow {
    /// `deploy v1.4.0`.
    pub name: String,
    /// The commit before it.
    pub from: Option<String>,
    /// Its last commit.
    pub to: String,
    /// The release that it is counted from.
    pub since: Option<String>,
}

/// From which numbers on something is said.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Limits {
    /// Commits that changed two files together.
    pub times: u32,
    /// The least share of the commits that changed the one.
    pub share: f64,
    /// A commit of more files does not count.
    pub files: usize,
    /// Changes of so many days are recent.
    pub days: i64,
}

impl Answer<'_> {
    /// The sentence that tells the thresholds.
    fn rule(&self) -> String {
        let Limits { times, share, files, .. } = self.limits;
        format!(
            "{times} commits or more, {:.0} % or more of those of the other; sweeps of over {files} files left out",
            share * 100.0
        )
    }

    /// `9 of 12 commits that changed src/pool.rs`
    fn how_often(row: &CompanionRow) -> String {
        format!("{} of {} commits that changed {}", row.times, row.of, clean(&row.with))
    }

    /// Writes it as JSON: the files are the rows.
    ///
    /// # Errors
    /// Whatever the writer says.
    pub fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        let (at, why, day) = self.at;
        let owners: Vec<_> =
            self.owners.iter().map(|(owner, files)| json!({ "owner": owner, "files": files })).collect();
        let providers: &[&str] =
            if self.system.is_some() { &["gjalla", "repository"] } else { &["repository"] };
        let members = [
            ("about", json!(self.about)),
            ("providers", json!(providers)),
            ("at", json!({ "commit": at, "why": why, "date": day })),
            ("system", json!(self.system.map(of_system))),
            ("limits", json!(self.limits)),
            ("changes", json!(self.changes)),
            ("owners", json!(owners)),
            ("companions", json!(self.companions)),
            ("incidents", json!(self.incidents)),
            ("documents", json!(self.documents)),
            ("dashboards", json!(self.dashboards)),
            ("runbooks", json!(self.runbooks)),
            ("notes", json!(self.notes)),
        ];
        envelope::write(
            out,
            &Envelope { name: "context", incomplete: self.incomplete, members: &members },
            self.files,
        )
    }
}

/// What a provider told, pairs as objects.
fn of_system(system: &SystemContext) -> serde_json::Value {
    let pair = |key: &str, (name, value): (&String, serde_json::Value)| json!({ "name": name, key: value });
    let state: Vec<_> =
        system.state.iter().map(|(name, value)| pair("value", (name, json!(value)))).collect();
    let parts: Vec<_> =
        system.parts.iter().map(|(name, number)| pair("count", (name, json!(number)))).collect();
    json!({
        "provider": system.provider,
        "state": state,
        "parts": parts,
        "elements": system.elements,
        "rules": system.rules,
        "impact": system.impact,
        "unknown_files": system.unknown_files,
    })
}

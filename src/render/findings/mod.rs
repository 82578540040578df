//! What lint found, in every form that somebody reads: text, JSON, SARIF, annotations, a line each.
//!
//! A row is made from a finding while the document is at hand, and holds what any form needs: documents are dropped before
//! anything is drawn.

mod excerpt;
mod lines;
mod rules;
mod sarif;
mod text;

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::json;
use crate::document::Document;
use crate::lint::Finding;
use crate::model::Level;
use excerpt::Excerpt;

pub use lines::{annotation, line};
pub use rules::{RuleRow, explain, list, list_json};
pub use sarif::Sarif;
pub use text::{summary, text};

/// A finding with its place in lines and columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FindingRow {
    /// `PM201`.
    pub code: String,
    /// `missing-section`.
    pub name: String,
    /// How much it weighs.
    #[serde(serialize_with = "word")]
    pub level: Level,
    /// The file: its path, or the branch and the path of a draft.
    pub file: String,
    /// From 1.
    pub line: u32,
    /// In characters, from 1.
    pub column: u32,
    /// The line on which it ends.
    pub end_line: u32,
    /// The column behind its last character.
    pub end_column: u32,
    /// What is wrong.
    pub message: String,
    /// What to ask or to do instead.
    pub help: Option<String>,
    /// Whether `--fix` may mend it.
    pub fixable: bool,
    /// The post-mortem's id, where it has one.
    pub postmortem: Option<String>,
    /// What the file is called in text for people: `draft 2026-03-08-api-outage`.
    #[serde(skip)]
    pub shown: String,
    /// The line, and what of it is meant.
    #[serde(skip)]
    pub(crate) excerpt: Excerpt,
}

/// What a document is called.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Named {
    /// For programs: its path, or the branch and the path of a draft.
    pub file: String,
    /// For people.
    pub shown: String,
    /// Its id, where it has one.
    pub id: Option<String>,
    /// Whether it is a draft.
    pub is_draft: bool,
}

impl FindingRow {
    /// A finding in its document.
    #[must_use]
    pub fn new(named: &Named, document: &Document<'_>, finding: Finding) -> Self {
        let text = document.text();
        let (start, end) = (placed(text, finding.span.start), placed(text, finding.span.end));
        Self {
            code: finding.code.into_owned(),
            name: finding.name.into_owned(),
            level: finding.level,
            file: named.file.clone(),
            line: document.line_of(start),
            column: column(text, start),
            end_line: document.line_of(end),
            end_column: column(text, end),
            message: finding.message,
            help: finding.help,
            fixable: !finding.fix.is_empty() && !document.is_html(),
            postmortem: named.id.clone(),
            shown: named.shown.clone(),
            excerpt: Excerpt::new(text, start..end.max(start)),
        }
    }
}

/// Where something stands that is missing at the very end: behind the last character, not on a line of its own.
fn placed(text: &str, at: usize) -> usize {
    if at == text.len() { text.trim_end_matches(['\n', '\r']).len() } else { at }
}

/// The column of a place: characters of its line in front of it, and one.
fn column(text: &str, at: usize) -> u32 {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let before = text[start..at].strip_prefix('\u{feff}').unwrap_or(&text[start..at]);
    u32::try_from(before.chars().count()).unwrap_or(u32::MAX).saturating_add(1)
}

fn word<S: Serializer>(level: &Level, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(level.word())
}

/// How many of what were found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Findings at level error.
    pub errors: usize,
    /// Findings at level warning.
    pub warnings: usize,
    /// Findings at level info.
    pub infos: usize,
    /// Of these, how many `--fix` may mend.
    pub fixable: usize,
    /// Documents that were looked at.
    pub documents: usize,
    /// Of these, drafts.
    pub drafts: usize,
    /// Documents that something was found in.
    pub with_findings: usize,
    /// Findings below the level that is shown.
    pub not_shown: usize,
}

impl Tally {
    /// Counts a finding.
    pub fn add(&mut self, level: Level, fixable: bool) {
        self.fixable += usize::from(fixable);
        match level {
            Level::Error => self.errors += 1,
            Level::Warning => self.warnings += 1,
            Level::Info | Level::Off => self.infos += 1,
        }
    }

    /// How many weigh at least so much.
    #[must_use]
    pub fn at_least(&self, level: Level) -> usize {
        match level {
            Level::Error => self.errors,
            Level::Warning => self.errors + self.warnings,
            Level::Info | Level::Off => self.errors + self.warnings + self.infos,
        }
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> usize {
        self.at_least(Level::Info)
    }
}

/// Ends JSON: what was not seen and how many there are is known behind the rows.
///
/// # Errors
/// Whatever the writer says.
pub fn end_json(out: &mut dyn Write, incomplete: &[String], tally: &Tally) -> io::Result<()> {
    let summary = serde_json::to_value(tally)?;
    json::end_stream(out, incomplete, &[("summary", summary)])
}

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
use crate::document::{Document, Span};
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
    /// Where code hosts look for it: the path from the top of the repository, where it is in one; of a draft the path on
    /// its branch.
    #[serde(skip)]
    pub path: String,
    /// Whether it is a draft, which is in no file yet.
    #[serde(skip)]
    pub is_draft: bool,
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
    /// Its path from the top of the repository, where it is in one and that is another than `file`.
    pub path: Option<String>,
    /// Its id, where it has one.
    pub id: Option<String>,
    /// Whether it is a draft.
    pub is_draft: bool,
}

impl FindingRow {
    /// Findings in their document.
    #[must_use]
    pub fn all(named: &Named, document: &Document<'_>, findings: Vec<Finding>) -> Vec<Self> {
        let text = document.text();
        let mut cursor = Cursor { text, line: 0..0, at: 0, column: 1, is_begun: false };
        let row = |finding: Finding| {
            let (start, end) = (placed(text, finding.span.start), placed(text, finding.span.end));
            let column = cursor.column(start);
            let line = cursor.line.clone();
            let end_column = cursor.ahead(end);
            Self {
                code: finding.code.into_owned(),
                name: finding.name.into_owned(),
                level: finding.level,
                file: named.file.clone(),
                line: document.line_of(start),
                column,
                end_line: document.line_of(end),
                end_column,
                message: finding.message,
                help: finding.help,
                fixable: !finding.fix.is_empty() && !document.is_html(),
                postmortem: named.id.clone(),
                shown: named.shown.clone(),
                path: named.path.as_ref().unwrap_or(&named.file).clone(),
                is_draft: named.is_draft,
                excerpt: Excerpt::new(text, line, start..end.max(start)),
            }
        };
        findings.into_iter().map(row).collect()
    }
}

/// Where something stands that is missing at the very end: behind the last character, not on a line of its own.
fn placed(text: &str, at: usize) -> usize {
    if at == text.len() { text.trim_end_matches(['\n', '\r']).len() } else { at }
}

/// Goes through a text from finding to finding, so that a long line with many of them is counted through once.
struct Cursor<'t> {
    text: &'t str,
    /// The line that it stands on, without its end.
    line: Span,
    at: usize,
    /// The column of that place: characters of the line in front of it, and one.
    column: u32,
    is_begun: bool,
}

impl Cursor<'_> {
    /// Goes to a place, and tells its column.
    fn column(&mut self, at: usize) -> u32 {
        if !self.is_begun || at < self.at || at > self.line.end {
            let start = self.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
            let end = self.text[at..].find('\n').map_or(self.text.len(), |newline| at + newline);
            (self.line, self.at, self.column, self.is_begun) = (start..end, start, 1, true);
        }
        self.column = self.column.saturating_add(self.characters(self.at..at));
        self.at = at;
        self.column
    }

    /// The column of a place at or behind this one, without going there.
    fn ahead(&self, at: usize) -> u32 {
        if at <= self.line.end {
            return self.column.saturating_add(self.characters(self.at..at.max(self.at)));
        }
        let start = self.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        self.characters(start..at).saturating_add(1)
    }

    /// A mark of the encoding at the very beginning is no character.
    fn characters(&self, span: Span) -> u32 {
        let mark = usize::from(span.start == 0 && self.text.starts_with('\u{feff}') && span.end > 0);
        u32::try_from(self.text[span].chars().count() - mark).unwrap_or(u32::MAX)
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_from_place_to_place() {
        let text = "\u{feff}é one\ntwo é three é four\n\nend";
        let mut cursor = Cursor { text, line: 0..0, at: 0, column: 1, is_begun: false };
        let alone = |at: usize| {
            let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
            let line = text[start..at].trim_start_matches('\u{feff}');
            u32::try_from(line.chars().count()).unwrap() + 1
        };
        let mut places: Vec<usize> = text.char_indices().map(|(at, _)| at).skip(1).collect();
        places.extend([text.len(), 6, 12, 12, 6]);
        for at in places {
            assert_eq!(cursor.column(at), alone(at), "{at}");
            for end in (at..=text.len()).filter(|end| text.is_char_boundary(*end)) {
                assert_eq!(cursor.ahead(end), alone(end), "{at}..{end}");
            }
        }
    }
}

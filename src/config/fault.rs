//! What is wrong with a configuration, and where.

use std::fmt;

/// One fault. All faults of a configuration are reported together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file, or what else said it: `git config (global)`, `GIT_POSTMORTEM_DRAFTS_BRANCH`.
    pub file: String,
    /// The line from 1 and the column in characters from 1, where it stands in a file.
    pub place: Option<(u32, u32)>,
    /// What is wrong.
    pub message: String,
    /// What was probably meant.
    pub nearest: Option<String>,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some((line, column)) = self.place {
            write!(f, ":{line}:{column}")?;
        }
        write!(f, ": {}", self.message)?;
        if let Some(nearest) = &self.nearest {
            write!(f, " (nearest is '{nearest}')")?;
        }
        Ok(())
    }
}

impl std::error::Error for Fault {}

/// Why a value is impossible, and what was probably meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) message: String,
    pub(crate) nearest: Option<String>,
}

impl From<String> for Refusal {
    fn from(message: String) -> Self {
        Self { message, nearest: None }
    }
}

impl Refusal {
    /// The word is none of these.
    pub(crate) fn of(message: String, word: &str, known: &[&str]) -> Self {
        Self { message, nearest: nearest(word, known.iter().copied()) }
    }
}

/// The likest of the known words, where one is like enough to be meant.
pub(crate) fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    let folded = word.to_lowercase();
    known
        .map(|candidate| (strsim::jaro_winkler(&folded, &candidate.to_lowercase()), candidate))
        .filter(|(likeness, _)| *likeness >= 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate.to_owned())
}

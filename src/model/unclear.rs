//! What a document states and nobody can tell: said, not guessed.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A date that could not be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnclearDate {
    /// As the document has it.
    pub written: String,
    /// The two days that it may be; `None`: it is no date that could be read.
    pub either: Option<(NaiveDate, NaiveDate)>,
}

impl fmt::Display for UnclearDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.either {
            Some((one, other)) => write!(f, "'{}' may be {one} or {other}", self.written),
            None => write!(f, "'{}' is no date", self.written),
        }
    }
}

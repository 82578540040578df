//! How the system was meant to work, as a provider that knows its architecture tells it.

use serde::Serialize;

/// What one provider told, in one exchange.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SystemContext {
    /// Who told it, with its version where it has one: `gjalla 0.11.4`.
    pub provider: String,
    /// The state that it was told from: a serial number, a commit, a moment, as the provider names them.
    pub state: Vec<(String, String)>,
    /// What it knows of, and how many of each: `capabilities`, 12.
    pub parts: Vec<(String, u64)>,
    /// Parts of the system that the files belong to.
    pub elements: Vec<Element>,
    /// Rules, decisions and invariants that hold for the files.
    pub rules: Vec<SystemRule>,
    /// What changes that are not committed yet would touch; `None` where there are none, or nothing is known of them.
    pub impact: Option<Impact>,
    /// The files that were asked about, and that it knows nothing of.
    pub unknown_files: Vec<String>,
}

/// A part of the system.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Element {
    /// Its name, dotted where the provider's is: `architecture.payment-service`.
    pub name: String,
    /// What is known of it, a sentence each.
    pub facts: Vec<String>,
    /// The files of the question that belong to it.
    pub files: Vec<String>,
}

/// A rule that the system is meant to keep.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SystemRule {
    /// Its short name.
    pub name: String,
    /// `principle`, `adr`, `invariant`, as the provider calls it.
    pub kind: String,
    /// What it says.
    pub label: String,
    /// The files of the question that it holds for.
    pub files: Vec<String>,
}

/// What changes that are not committed yet would touch.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Impact {
    /// Names of parts.
    pub touched: Vec<String>,
    /// Names of rules.
    pub rules: Vec<String>,
    /// Files that belong to no part.
    pub unmapped_files: Vec<String>,
}

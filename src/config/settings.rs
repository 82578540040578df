//! The settings themselves, with their built-in defaults.

use std::collections::BTreeMap;

use super::attest::Attest;
use super::candidates::Candidates;
use super::context::Context;
use super::gate::Gate;
use super::judged::Judged;
use super::zone::Zone;
use crate::document::DateOrder;
use crate::model::{SectionKind, Status};

/// Everything that can be configured. `Default` is what holds where nobody has said anything.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Config {
    /// Where documents are and how they are worded.
    pub documents: Documents,
    /// Where drafts are.
    pub drafts: Drafts,
    /// The team's severities.
    pub severity: SeverityConfig,
    /// Priorities, owners, status words and dates of action items.
    pub actions: Actions,
    /// Named parts of the system.
    pub services: BTreeMap<String, ServiceConfig>,
    /// Other repositories by name: a path or a URL.
    pub repos: BTreeMap<String, String>,
    /// What a release is.
    pub deploy: Deploy,
    /// What in a history looks like an incident.
    pub candidates: Candidates,
    /// Where it is written how the system was meant to work.
    pub context: Context,
    /// How attestations are made.
    pub attest: Attest,
    /// What is judged about how documents are written.
    pub lint: Judged,
    /// What may keep a release from being tagged.
    pub gate: Gate,
    /// How commits are worded.
    pub commit: Commit,
}

/// How `publish` hands a document over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Publish {
    /// A commit on the checked-out branch.
    #[default]
    Commit,
    /// A review branch.
    Branch,
    /// Staged, for the author to commit.
    Stage,
}

/// Section `[documents]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Documents {
    /// The path of a new document, with placeholders.
    pub output: String,
    /// Folders or patterns that are read besides the folder of `output`.
    pub include: Vec<String>,
    /// Patterns that are not read.
    pub exclude: Vec<String>,
    /// The team's own templates: a name, a severity or a kind, and the file.
    pub templates: BTreeMap<String, String>,
    /// The language of documents that do not tell.
    pub language: String,
    /// Further headings of a section.
    pub synonyms: BTreeMap<SectionKind, Vec<String>>,
    /// What `publish` does without a flag.
    pub publish: Publish,
}

impl Default for Documents {
    fn default() -> Self {
        Self {
            output: "docs/post-mortems/{date}-{slug}.md".into(),
            include: Vec::new(),
            exclude: Vec::new(),
            templates: BTreeMap::new(),
            language: "en".into(),
            synonyms: BTreeMap::new(),
            publish: Publish::default(),
        }
    }
}

/// Section `[drafts]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drafts {
    /// The branch that drafts live on.
    pub branch: String,
    /// The remote that they are shared through.
    pub remote: String,
    /// Whether commits of drafts are signed.
    pub sign: bool,
}

impl Default for Drafts {
    fn default() -> Self {
        Self { branch: "postmortem/drafts".into(), remote: "origin".into(), sign: false }
    }
}

/// Section `[severity]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeverityConfig {
    /// Names, gravest first.
    pub levels: Vec<String>,
    /// Other spellings, and the level that each means.
    pub aliases: BTreeMap<String, String>,
}

impl Default for SeverityConfig {
    fn default() -> Self {
        Self {
            levels: texts(&["SEV-1", "SEV-2", "SEV-3", "SEV-4", "SEV-5"]),
            aliases: pairs(&[
                ("critical", "SEV-1"),
                ("blocker", "SEV-1"),
                ("high", "SEV-2"),
                ("major", "SEV-2"),
                ("medium", "SEV-3"),
                ("moderate", "SEV-3"),
                ("low", "SEV-4"),
                ("minor", "SEV-4"),
                ("negligible", "SEV-5"),
                ("informational", "SEV-5"),
                ("1", "SEV-1"),
                ("2", "SEV-2"),
                ("3", "SEV-3"),
                ("4", "SEV-4"),
                ("5", "SEV-5"),
                ("S1", "SEV-1"),
                ("S2", "SEV-2"),
                ("S3", "SEV-3"),
                ("S4", "SEV-4"),
                ("S5", "SEV-5"),
                ("P1", "SEV-1"),
                ("P2", "SEV-2"),
                ("P3", "SEV-3"),
                ("P4", "SEV-4"),
                ("P5", "SEV-5"),
            ]),
        }
    }
}

/// A number of days within which a promise falls due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sla {
    /// Days, at least 1.
    pub days: u32,
}

/// Section `[actions]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Actions {
    /// Names, most urgent first.
    pub priorities: Vec<String>,
    /// Other spellings, and the priority that each means.
    pub priority_aliases: BTreeMap<String, String>,
    /// An owner, and the other names by which it is written.
    pub owners: BTreeMap<String, Vec<String>>,
    /// Further words of a status.
    pub status: BTreeMap<Status, Vec<String>>,
    /// How dates of only numbers are read.
    pub date_order: DateOrder,
    /// The due date of an item that names none, counted from the incident, by the priority's name on
    /// the scale.
    pub sla: BTreeMap<String, Sla>,
    /// The zone in which a due day ends.
    pub time_zone: Zone,
    /// Where issues are that items point to.
    pub tracker: Tracker,
}

/// Section `[actions.tracker]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tracker {
    /// What a reference looks like, as patterns; none without a tracker.
    pub pattern: Vec<String>,
    /// Where an issue is found, with `{id}` for its name.
    pub url: Option<String>,
    /// Words in front of a reference that close the item which carries it.
    pub closing_words: Vec<String>,
}

impl Default for Tracker {
    fn default() -> Self {
        let words = ["close", "closes", "closed", "fix", "fixes", "fixed", "resolve", "resolves", "resolved"];
        Self { pattern: Vec::new(), url: None, closing_words: texts(&words) }
    }
}

impl Default for Actions {
    fn default() -> Self {
        Self {
            priorities: texts(&["P0", "P1", "P2", "P3", "P4"]),
            priority_aliases: pairs(&[
                ("critical", "P0"),
                ("urgent", "P0"),
                ("blocker", "P0"),
                ("high", "P1"),
                ("major", "P1"),
                ("medium", "P2"),
                ("moderate", "P2"),
                ("normal", "P2"),
                ("low", "P3"),
                ("minor", "P3"),
                ("lowest", "P4"),
                ("trivial", "P4"),
                ("0", "P0"),
                ("1", "P1"),
                ("2", "P2"),
                ("3", "P3"),
                ("4", "P4"),
            ]),
            owners: BTreeMap::new(),
            status: BTreeMap::new(),
            date_order: DateOrder::Auto,
            sla: BTreeMap::new(),
            time_zone: Zone::default(),
            tracker: Tracker::default(),
        }
    }
}

/// Section `[services.NAME]`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ServiceConfig {
    /// Patterns of its release tags, as in `git tag --list`.
    pub tags: Vec<String>,
    /// Folders or patterns of its code.
    pub paths: Vec<String>,
    /// Who owns it.
    pub team: Option<String>,
}

/// Section `[deploy]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deploy {
    /// Patterns of release tags, as in `git tag --list`.
    pub tags: Vec<String>,
    /// The environments that count as production.
    pub environments: Vec<String>,
    /// The file of deploys that a pipeline writes, from the top of the repository.
    pub log: String,
}

impl Default for Deploy {
    fn default() -> Self {
        Self {
            tags: texts(&["v[0-9]*", "[0-9]*.[0-9]*"]),
            environments: texts(&["production", "prod"]),
            log: "deploys.jsonl".into(),
        }
    }
}

/// Section `[commit]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// The first line of commits that change documents, with placeholders.
    pub message: String,
    /// Trailers below it, with placeholders.
    pub trailers: Vec<String>,
}

impl Default for Commit {
    fn default() -> Self {
        Self { message: "post-mortem: {verb} {id}".into(), trailers: Vec::new() }
    }
}

fn texts(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn pairs(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(spelling, name)| ((*spelling).to_owned(), (*name).to_owned())).collect()
}

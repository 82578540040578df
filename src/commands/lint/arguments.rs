//! What `lint` can be told.

use std::path::PathBuf;

use crate::model::Level;

/// Find what is wrong with post-mortems: blame, gaps, thin causes, promises nobody can keep
///
/// Without an id or a path: the drafts, and every published document that differs from the default branch. Published
/// documents are read as the work tree has them.
///
/// Exit status: 0 nothing at level error (or --fail-on), 1 something is, 2 something could not be read; the same in every
/// format.
#[derive(Debug, Clone, clap::Args)]
#[command(
    after_help = "Examples:\n  git postmortem lint checkout\n  git postmortem lint docs/post-mortems --fail-on warning\n  git postmortem lint --fix --dry-run\n  git postmortem lint --all --format sarif"
)]
pub struct LintArgs {
    /// Post-mortems by id, files, or folders of documents; - is standard input
    #[arg(value_name = "ID|PATH")]
    pub documents: Vec<String>,
    /// The published documents of another revision, as they are there
    #[arg(long, value_name = "REV", conflicts_with = "drafts")]
    pub rev: Option<String>,
    /// Every draft
    #[arg(long)]
    pub drafts: bool,
    /// The documents that the next commit would change, as they are staged
    #[arg(long, conflicts_with_all = ["rev", "documents", "drafts", "all"])]
    pub staged: bool,
    /// Every published document
    #[arg(long)]
    pub all: bool,
    /// Documents that differ from this revision, instead of the default branch
    #[arg(long, value_name = "REV", conflicts_with_all = ["rev", "documents", "staged", "all"])]
    pub base: Option<String>,
    /// Of the files that are named, only those that the configuration reads as post-mortems
    #[arg(long, requires = "documents", hide_short_help = true)]
    pub documents_only: bool,
    /// What standard input is called, so that its name tells the day and whether it is HTML
    #[arg(long, value_name = "PATH", requires = "documents", hide_short_help = true)]
    pub stdin_name: Option<String>,
    /// Mend what is mechanical: drafts on their branch, other documents in their files, uncommitted
    #[arg(long)]
    pub fix: bool,
    /// With --fix, show what would change and change nothing
    #[arg(short = 'n', long, requires = "fix")]
    pub dry_run: bool,
    /// Explain a rule, by its code or its name
    #[arg(long, value_name = "RULE", conflicts_with_all = ["documents", "rev", "drafts", "staged", "all", "base", "fix", "list"])]
    pub rule: Option<String>,
    /// List every rule with its level
    #[arg(long, conflicts_with_all = ["documents", "rev", "drafts", "staged", "all", "base", "fix"])]
    pub list: bool,
    /// The lowest level that is shown: info, warning or error
    #[arg(long, value_enum, value_name = "LEVEL", default_value = "info", hide_possible_values = true)]
    pub level: LevelWord,
    /// The lowest level that ends in exit status 1: info, warning, error or never
    #[arg(long, value_enum, value_name = "LEVEL", default_value = "error", hide_possible_values = true)]
    pub fail_on: FailOn,
    /// How it is printed: text, json, jsonl, sarif, github or short
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub format: Format,
    /// The same as --format json
    #[arg(long, conflicts_with = "format", hide_short_help = true)]
    pub json: bool,
    /// Name files relative to this folder
    #[arg(long, value_name = "DIR", hide_short_help = true)]
    pub root: Option<PathBuf>,
}

impl LintArgs {
    /// How it is printed.
    pub(super) fn form(&self) -> Format {
        if self.json { Format::Json } else { self.format }
    }
}

/// A level that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum LevelWord {
    /// Everything
    Info,
    /// Warnings and errors
    Warning,
    /// Errors alone
    Error,
}

impl From<LevelWord> for Level {
    fn from(word: LevelWord) -> Self {
        match word {
            LevelWord::Info => Self::Info,
            LevelWord::Warning => Self::Warning,
            LevelWord::Error => Self::Error,
        }
    }
}

/// What ends in exit status 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum FailOn {
    /// Anything
    Info,
    /// A warning or an error
    #[value(alias = "warnings")]
    Warning,
    /// An error
    #[value(alias = "errors")]
    Error,
    /// Nothing
    Never,
}

impl FailOn {
    /// The lowest level that does, where one does.
    pub(super) fn level(self) -> Option<Level> {
        match self {
            Self::Info => Some(Level::Info),
            Self::Warning => Some(Level::Warning),
            Self::Error => Some(Level::Error),
            Self::Never => None,
        }
    }
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people, with the line underlined
    Text,
    /// One object with all findings
    Json,
    /// One line of JSON a finding
    Jsonl,
    /// SARIF 2.1.0
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// file:line:column: level CODE message
    Short,
}

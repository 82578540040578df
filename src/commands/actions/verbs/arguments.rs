//! What was typed after a verb of `git postmortem actions`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::model::Status;

/// What is done with items.
#[derive(Debug, Clone, Subcommand)]
#[allow(missing_docs, reason = "a word here would hide what the arguments say about their command")]
pub enum Verb {
    Add(AddArgs),
    Done(DoneArgs),
    Cancel(CancelArgs),
    Set(SetArgs),
    Import(ImportArgs),
}

// No doc comment: flattened, it would stand in the place of what the command says about itself.
#[derive(Debug, Clone, Default, Args)]
#[allow(missing_docs, reason = "a word here would hide what the arguments say about their command")]
pub struct SaidArgs {
    /// Who promises it: @handle, name, team, or 'me'
    #[arg(long, value_name = "OWNER")]
    pub owner: Option<String>,
    /// Until when: 2026-12-24, +2w, fri
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub due: Option<String>,
    /// How urgent it is
    #[arg(long, value_name = "P")]
    pub priority: Option<String>,
    /// How much work it is: small, medium or large
    #[arg(long, value_name = "EFFORT")]
    pub effort: Option<String>,
}

/// Add an action item to a post-mortem
///
/// It stands behind the last one, in the layout that the document keeps its items in, and gets the next number. A
/// published document is committed; a draft is saved.
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Example:\n  git postmortem actions add api-outage Alert on hit rate below 80 % --owner @ana --due +2w"
)]
pub struct AddArgs {
    /// The post-mortem: any unambiguous part of its id
    #[arg(value_name = "ID")]
    pub id: String,
    /// What is promised; no quotes needed
    #[arg(value_name = "TEXT", required = true)]
    pub text: Vec<String>,
    /// What is said of it.
    #[command(flatten)]
    pub said: SaidArgs,
    /// A published document: stage the edit and commit nothing
    #[arg(long)]
    pub no_commit: bool,
    /// Print what was done as JSON
    #[arg(long)]
    pub json: bool,
}

/// Say that action items are done
///
/// The row says so, and the message of the commit has a line `Closes-Action:` with the id.
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Examples:\n  git postmortem actions done api-outage#3\n  git postmortem actions --owner me --ids | git postmortem actions done -"
)]
pub struct DoneArgs {
    /// The items (ID#3, ID:3), or - for ids on standard input, one a line
    #[arg(value_name = "ACTION-ID", required = true)]
    pub ids: Vec<String>,
    /// Published documents: stage the edit and commit nothing
    #[arg(long)]
    pub no_commit: bool,
    /// Print what was done as JSON
    #[arg(long)]
    pub json: bool,
}

/// Give action items up, with the reason
///
/// The reason is written beside the status, where it is read back, and into the commit.
#[derive(Debug, Clone, Args)]
#[command(after_help = "Example:\n  git postmortem actions cancel api-outage#3 -r \"the vendor is gone\"")]
pub struct CancelArgs {
    /// The items (ID#3, ID:3), or - for ids on standard input, one a line
    #[arg(value_name = "ACTION-ID", required = true)]
    pub ids: Vec<String>,
    /// Why
    #[arg(short, long, value_name = "REASON")]
    pub reason: String,
    /// Published documents: stage the edit and commit nothing
    #[arg(long)]
    pub no_commit: bool,
    /// Print what was done as JSON
    #[arg(long)]
    pub json: bool,
}

/// Change what action items say
///
/// Status, owner, due date, priority, effort or text, of one item or of several.
/// `--status open` reopens what was done or cancelled. `none` takes an owner, a due date, a priority or an effort away.
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Examples:\n  git postmortem actions set api-outage#3 --owner @ops --due +2w\n  git postmortem actions set api-outage#3 --status open"
)]
pub struct SetArgs {
    /// The items (ID#3, ID:3), or - for ids on standard input, one a line
    #[arg(value_name = "ACTION-ID", required = true)]
    pub ids: Vec<String>,
    /// Where they stand
    #[arg(long, value_enum, value_name = "STATUS")]
    pub status: Option<SetStatus>,
    /// Why, for --status cancelled
    #[arg(short, long, value_name = "REASON")]
    pub reason: Option<String>,
    /// What is said of it.
    #[command(flatten)]
    pub said: SaidArgs,
    /// What is promised
    #[arg(long, value_name = "TEXT")]
    pub text: Option<String>,
    /// Published documents: stage the edit and commit nothing
    #[arg(long)]
    pub no_commit: bool,
    /// Print what was done as JSON
    #[arg(long)]
    pub json: bool,
}

/// Update items from an export of Jira or GitHub issues
///
/// It reads Jira's CSV export, its search result in JSON, and what `gh issue list --json` prints.
/// Items that name an issue (PAY-123, #45, its URL) get its status, and its assignee and due date where they say none.
/// One commit holds all of it. What matches no item is listed; no item is ever added. docs/trackers.md has the rules.
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Examples:\n  git postmortem actions import jira.csv --dry-run\n  gh issue list --state all --json number,title,state,url >issues.json\n  git postmortem actions import issues.json"
)]
pub struct ImportArgs {
    /// The export; - is standard input
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub file: PathBuf,
    /// Let the tracker's owner and due date win over what the items say
    #[arg(long)]
    pub overwrite: bool,
    /// Show the edits as a diff and change nothing
    #[arg(long, conflicts_with = "no_commit")]
    pub dry_run: bool,
    /// Stage the edits and commit nothing
    #[arg(long)]
    pub no_commit: bool,
    /// Print what was done as JSON
    #[arg(long, conflicts_with = "dry_run")]
    pub json: bool,
}

/// A status that can be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SetStatus {
    /// An idea, not promised
    Proposed,
    /// Promised; reopens what was done
    #[value(alias = "reopened")]
    Open,
    /// Begun
    Doing,
    /// Kept
    Done,
    /// Given up: with --reason
    #[value(alias = "canceled")]
    Cancelled,
}

impl From<SetStatus> for Status {
    fn from(status: SetStatus) -> Self {
        match status {
            SetStatus::Proposed => Self::Proposed,
            SetStatus::Open => Self::Open,
            SetStatus::Doing => Self::Doing,
            SetStatus::Done => Self::Done,
            SetStatus::Cancelled => Self::Cancelled,
        }
    }
}

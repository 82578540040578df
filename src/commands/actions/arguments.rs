//! What was typed after `git postmortem actions`.

use std::borrow::Cow;

use clap::{Args, ValueEnum};

use super::verbs::Verb;
use crate::archive::Depth;
use crate::model::ActionId;

/// List the open action items of all committed post-mortems
///
/// Without --status: what is still owed (open and doing). Filters add up; values of one filter are alternatives. A
/// document that is called like a command here is named behind `--`, or by a longer part of its id.
#[derive(Debug, Clone, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:\n  git postmortem actions --overdue\n  git postmortem actions --owner @ana --due-within 2w\n  git postmortem actions done api-outage#3"
)]
pub struct ActionsArgs {
    /// What is done with items, instead of listing them.
    #[command(subcommand)]
    pub verb: Option<Verb>,
    /// Only the items of one post-mortem, or one item (ID#3, ID:3)
    #[arg(value_name = "ID")]
    pub id: Option<String>,
    /// Only what is past its due date
    #[arg(long)]
    pub overdue: bool,
    /// Only what is due by then, or over: 2w, 2026-12-24
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    pub due_within: Option<String>,
    /// Only these owners: @handle, name, team, or 'me'
    #[arg(long, value_name = "OWNER", value_delimiter = ',')]
    pub owner: Vec<String>,
    /// Only these priorities
    #[arg(long, value_name = "P", value_delimiter = ',')]
    pub priority: Vec<String>,
    /// Only of incidents this grave
    #[arg(long, value_name = "SEV", value_delimiter = ',')]
    pub severity: Vec<String>,
    /// Only of incidents of these services
    #[arg(long, hide_short_help = true, value_name = "NAME", value_delimiter = ',')]
    pub service: Vec<String>,
    /// Only in these states: done, released, tracked, all, …
    ///
    /// As rows and history have it: proposed, open, doing, done, cancelled; overdue; released and unreleased (done, and in
    /// a release or not); tracked (only its issue tracker knows); all.
    #[arg(long, value_name = "STATUS", value_delimiter = ',', hide_possible_values = true)]
    pub status: Vec<StatusWord>,
    /// Only of incidents since that day
    #[arg(long, hide_short_help = true, value_name = "DATE", allow_hyphen_values = true)]
    pub since: Option<String>,
    /// Only without owner, due, priority or effort
    #[arg(long, value_name = "FIELD", value_delimiter = ',', hide_possible_values = true)]
    pub missing: Vec<Field>,
    /// Only what was put off: a due date that moved
    #[arg(long)]
    pub slipped: bool,
    /// Only what nobody seems to work on: owner or file gone
    #[arg(long, hide_short_help = true)]
    pub stale: bool,
    /// The drafts' items too
    #[arg(long)]
    pub drafts: bool,
    /// The documents of another revision
    #[arg(long, hide_short_help = true, value_name = "REV")]
    pub rev: Option<String>,
    /// The documents of all branches too
    #[arg(long, hide_short_help = true, conflicts_with = "rev")]
    pub all_branches: bool,
    /// Other repositories: folders or configured names
    #[arg(long, hide_short_help = true, value_name = "REPO", value_delimiter = ',', conflicts_with_all = ["rev", "drafts", "all_branches"])]
    pub repos: Vec<String>,
    /// As if it were the end of that day
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub as_of: Option<String>,
    /// By impact and effort, with the reason
    #[arg(long, conflicts_with = "sort")]
    pub rank: bool,
    /// The order: due, priority, severity, owner …
    ///
    /// By due (the default), priority, severity, owner, postmortem or effort.
    #[arg(
        long,
        value_enum,
        value_name = "BY",
        default_value = "due",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub sort: Sort,
    /// A table for each owner, priority, severity …
    ///
    /// By owner, priority, severity, service, postmortem or status.
    #[arg(long, value_enum, value_name = "BY", hide_possible_values = true)]
    pub group_by: Option<Group>,
    /// Only the ids, one a line
    #[arg(long, conflicts_with_all = ["format", "json", "group_by"])]
    pub ids: bool,
    /// Exit with 1 when there are rows
    #[arg(long, hide_short_help = true)]
    pub exit_code: bool,
    /// table, json, csv, markdown or ics [default: table]
    #[arg(
        long,
        value_enum,
        value_name = "FORMAT",
        default_value = "table",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub format: Format,
    /// Short for --format json
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
}

impl ActionsArgs {
    /// The arguments, and the label of the one item that was named, in whatever state it is. An id has no `#` in it,
    /// and a `:` only behind a repository's name: of several, the last one is the label's.
    pub(super) fn of_one_item(&self) -> (Cow<'_, Self>, Option<String>) {
        let typed = self
            .id
            .as_deref()
            .filter(|id| id.contains('#') || self.repos.is_empty() || id.matches(':').count() > 1);
        let Some((postmortem, label)) = typed.and_then(|typed| ActionId::split(typed).ok()) else {
            return (Cow::Borrowed(self), None);
        };
        let mut args = Self { id: Some(postmortem.to_owned()), ..self.clone() };
        if args.status.is_empty() {
            args.status.push(StatusWord::All);
        }
        (Cow::Owned(args), Some(label.to_owned()))
    }

    /// Whether the answer is a table, with ids as short as they can be.
    pub(super) fn is_for_people(&self) -> bool {
        self.format == Format::Table && !self.json && !self.ids
    }

    /// How much of the history is asked for: that of every item where it is to be shown.
    pub(super) fn depth(&self, verbose: bool) -> Depth {
        let is_past = |word: &StatusWord| {
            matches!(word, StatusWord::Done | StatusWord::Released | StatusWord::Unreleased | StatusWord::All)
        };
        if self.slipped || verbose || self.status.iter().any(is_past) { Depth::Past } else { Depth::Words }
    }

    /// Whether less is asked for than everything that is owed.
    pub(super) fn has_filters(&self) -> bool {
        let lists = [&self.owner, &self.priority, &self.severity, &self.service];
        self.overdue
            || self.slipped
            || self.stale
            || self.due_within.is_some()
            || self.since.is_some()
            || !self.status.is_empty()
            || !self.missing.is_empty()
            || lists.iter().any(|list| !list.is_empty())
    }
}

/// A status that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum StatusWord {
    /// An idea, not promised
    Proposed,
    /// Promised
    Open,
    /// Begun
    Doing,
    /// Kept
    Done,
    /// Given up
    #[value(alias = "canceled")]
    Cancelled,
    /// Owed and past its day
    Overdue,
    /// Kept, and a release has it
    Released,
    /// Kept, and no release has it yet
    Unreleased,
    /// Owed as far as its issue tracker knows
    Tracked,
    /// Every item
    All,
}

/// A field that an item may lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Field {
    /// Nobody has it
    Owner,
    /// No day
    Due,
    /// Not ranked
    Priority,
    /// Not estimated
    Effort,
}

/// The order of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Sort {
    /// Soonest first, undated last
    #[default]
    Due,
    /// Most urgent first
    Priority,
    /// Gravest incident first
    Severity,
    /// By owner
    Owner,
    /// Newest incident first, items in the document's order
    Postmortem,
    /// Smallest first
    Effort,
}

/// What a group has in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Group {
    /// Who owns it
    Owner,
    /// How urgent
    Priority,
    /// How grave the incident was
    Severity,
    /// Which service
    Service,
    /// Which post-mortem
    Postmortem,
    /// Where it stands
    Status,
}

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Table,
    /// One object, see docs/schema
    Json,
    /// For spreadsheets: cells as written, but a text that would run as a formula has an apostrophe in front
    Csv,
    /// For wikis and pull requests
    Markdown,
    /// Due dates for calendars
    Ics,
}

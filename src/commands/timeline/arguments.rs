//! What can be typed behind `git postmortem timeline`.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::events;

/// Show the timeline with what git and the records of other tools know of it
///
/// What is not in the document yet has a + in front; --write puts it there. Each event keeps its source, what two sources
/// say is one event, and times are UTC. Turning points (impact, detected, acknowledged, mitigated, resolved) are recognised
/// by their words, a kind column or `note --kind`, and times to detect and to recover are computed from them.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(
    after_help = "Examples:\n  git postmortem timeline --git\n  git postmortem timeline api-outage --import slack.json --import pagerduty.json --write\n  git postmortem timeline --import events.csv --zone Europe/Berlin\n\ndocs/timeline.md says what is read of each record."
)]
pub struct TimelineArgs {
    /// The post-mortem: any unambiguous part of its id
    #[arg(value_name = "ID")]
    pub id: Option<String>,
    /// Offer what git saw around the incident: releases, merges, reverts, linked fixes
    #[arg(long)]
    pub git: bool,
    /// Offer what a record of another tool says; - is standard input; several times
    #[arg(long, value_name = "FILE")]
    pub import: Vec<PathBuf>,
    /// What the records are, where their content does not tell
    #[arg(long, value_enum, value_name = "FORMAT", requires = "import", hide_possible_values = true)]
    #[arg(
        help = "What the records are: csv, jsonl, slack, pagerduty, alertmanager, deploys [default: told by content]"
    )]
    pub from: Option<Record>,
    /// The zone of times that have none: Europe/Berlin, +02:00 [default: UTC]
    #[arg(long, value_name = "ZONE", requires = "import", allow_hyphen_values = true)]
    pub zone: Option<String>,
    /// Keep the names of people; without it they become "someone"
    #[arg(long, requires = "import")]
    pub names: bool,
    /// From when on [default: 6 hours before the first event]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub since: Option<String>,
    /// Until when [default: 1 hour after the last event]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub until: Option<String>,
    /// Put what is offered into the document
    #[arg(short, long)]
    pub write: bool,
    /// A published document: change the file and commit nothing
    #[arg(long, requires = "write")]
    pub no_commit: bool,
    /// How to print
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "table", conflicts_with = "write")]
    pub format: Format,
    /// Short for --format json
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
}

/// A record of another tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Record {
    /// A spreadsheet
    Csv,
    /// A JSON object a line
    Jsonl,
    /// A channel of a Slack export
    Slack,
    /// Log entries of PagerDuty
    #[value(name = "pagerduty")]
    PagerDuty,
    /// Payloads of Prometheus Alertmanager
    Alertmanager,
    /// Deploys of a pipeline
    Deploys,
}

impl From<Record> for events::Format {
    fn from(record: Record) -> Self {
        match record {
            Record::Csv => Self::Csv,
            Record::Jsonl => Self::Jsonl,
            Record::Slack => Self::Slack,
            Record::PagerDuty => Self::PagerDuty,
            Record::Alertmanager => Self::Alertmanager,
            Record::Deploys => Self::Deploys,
        }
    }
}

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Table,
    /// One object, see docs/schema
    Json,
    /// For spreadsheets
    Csv,
    /// For wikis and pull requests
    Markdown,
}

//! `git postmortem adopt`: what was understood of the documents that a team already has, and edits that give their
//! action items numbers and columns.

mod paths;
mod plan;
mod since;
mod twin;
mod understood;
mod write;

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::archive::{Archive, Unseen};
use crate::error::{CliError, ExitStatus};
use crate::git::StatusCheck;
use crate::render::adoption::{self, AdoptionRow};
use crate::session::Session;
pub(super) use paths::plain;
use plan::Planner;

/// Report what is understood of the post-mortems that are already here, and give their items numbers
///
/// It reads what is committed, and says how the action items are written and what they do not say. With --write the
/// items get numbers and columns for owner, priority, due date and status, in one commit; every word stays, every item
/// stays the same item, and what cannot be edited safely is left and named. A second run changes nothing. It also
/// sets lint.since and gate.since to today, so that old debts do not turn everything red. HTML is never edited: --twin prints a markdown
/// twin of a page.
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Examples:\n  git postmortem adopt\n  git postmortem adopt --dry-run docs/incidents/2024\n  git postmortem adopt --write docs/incidents/2024"
)]
pub struct AdoptArgs {
    /// Documents, or folders of documents; all of them by default
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Make the edits, in one commit
    #[arg(long)]
    pub write: bool,
    /// Show the edits as a diff and change nothing
    #[arg(long, conflicts_with = "write")]
    pub dry_run: bool,
    /// Print a markdown twin of one page of HTML, which is itself never edited
    #[arg(long, conflicts_with_all = ["write", "dry_run"])]
    pub twin: bool,
    /// Stage the edits instead of committing them
    #[arg(long, requires = "write")]
    pub stage: bool,
    /// Only write the files, staging nothing
    #[arg(long, requires = "write", conflicts_with = "stage")]
    pub no_commit: bool,
    /// Leave lint.since and gate.since as they are
    #[arg(long)]
    pub no_since: bool,
    /// How to print
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text", conflicts_with_all = ["write", "dry_run", "twin"])]
    pub format: Format,
    /// Short for --format json
    #[arg(long, conflicts_with_all = ["format", "write", "dry_run", "twin"])]
    pub json: bool,
}

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Text,
    /// One object, see docs/schema
    Json,
}

/// Reports, or makes the edits.
///
/// # Errors
/// A repository, configuration or path that cannot be read.
pub fn run(session: &Session, args: &AdoptArgs) -> Result<ExitStatus, CliError> {
    let project = session.project()?;
    // git looks at the work tree while we read.
    let check = project.begin_status();
    let mut archive = project.published()?;
    archive.unseen.extend(check.map(StatusCheck::finish).into_iter().flat_map(Unseen::of_work_tree));
    let entries = paths::chosen(session, &project, &archive, &args.paths)?;
    if args.twin {
        return twin::print(session, &project, &entries);
    }
    let mut planner = Planner::new(&project, args.no_commit);
    let plans = entries.iter().map(|entry| planner.plan(entry)).collect::<Result<Vec<_>, _>>()?;
    if args.dry_run {
        return write::dry_run(session, &project, args, &plans);
    }
    if args.write {
        return write::write(session, &project, args, plans);
    }
    let rows: Vec<AdoptionRow> = plans.into_iter().map(|plan| plan.row).collect();
    report(session, args, &archive, &rows)?;
    Ok(ExitStatus::Done)
}

fn report(
    session: &Session,
    args: &AdoptArgs,
    archive: &Archive,
    rows: &[AdoptionRow],
) -> Result<(), CliError> {
    let ui = &session.ui;
    if args.json || args.format == Format::Json {
        let incomplete: Vec<String> = archive.unseen.iter().map(ToString::to_string).collect();
        return ui
            .out_with(|out| adoption::json(out, rows, &incomplete))
            .map_err(|error| CliError::new("the answer could not be written").because(error.to_string()));
    }
    if rows.is_empty() {
        ui.status("no post-mortem is committed here yet");
        ui.hint("git postmortem new What happened, in a few words");
    } else {
        ui.out(&adoption::text(rows, ui.look()));
    }
    for unseen in &archive.unseen {
        ui.warn(&unseen.to_string());
    }
    for page in &archive.left_out {
        ui.detail(&format!("{} is left out: {}", page.path, page.purpose));
    }
    Ok(())
}

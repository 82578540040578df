//! `git postmortem adopt`: what was understood of the documents that a team already has.

mod paths;
mod understood;

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::archive::{Archive, Entry, Unseen};
use crate::document::{Source, parse};
use crate::error::{CliError, ExitStatus};
use crate::git::StatusCheck;
use crate::render::adoption::{self, AdoptionRow};
use crate::session::{Project, Session};

/// Report what is understood of the post-mortems that are already here
///
/// It reads what is committed, and says how the action items are written and what they do not say.
#[derive(Debug, Clone, Args)]
#[command(after_help = "Examples:\n  git postmortem adopt\n  git postmortem adopt docs/incidents/2024")]
pub struct AdoptArgs {
    /// Documents, or folders of documents; all of them by default
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How to print
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
    /// Short for --format json
    #[arg(long, conflicts_with = "format")]
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

/// Reports.
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
    let rows = entries.iter().map(|entry| row(&project, entry)).collect::<Result<Vec<_>, _>>()?;
    report(session, args, &archive, &rows)?;
    Ok(ExitStatus::Done)
}

fn row(project: &Project, entry: &Entry) -> Result<AdoptionRow, CliError> {
    let bytes = project.repo.read(&entry.blob)?;
    let document = parse(&Source { name: &entry.path, bytes: &bytes }, &project.vocabulary);
    Ok(understood::row(project, entry, &document))
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

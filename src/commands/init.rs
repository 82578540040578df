//! `git postmortem init`: what was found in the repository, written down where the team can see and change it.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use clap::Args;

use crate::config::{Layer, Origin, Value};
use crate::error::{CliError, ExitStatus};
use crate::git;
use crate::render::{clean, count};
use crate::session::{CONFIG_FILE, Project, Session};

/// Write .postmortem.toml with the conventions found in the repository
///
/// Nothing needs it: without the file the same conventions are found each time. It makes them visible, and yours to
/// change. On a terminal it asks where new documents go.
#[derive(Debug, Clone, Args)]
pub struct InitArgs {
    /// The path of new documents, like docs/post-mortems/{date}-{slug}.md
    #[arg(long, value_name = "PATH")]
    pub output: Option<String>,
    /// Print the file instead of writing it
    #[arg(long)]
    pub dry_run: bool,
}

/// Writes the file, and never over another.
///
/// # Errors
/// In a bare repository, where the file exists, and for an impossible path.
pub fn run(session: &Session, args: &InitArgs) -> Result<ExitStatus, CliError> {
    let project = session.project()?;
    let Some(top) = project.repo.work_tree() else { return Err(git::Error::Bare.into()) };
    let file = top.join(CONFIG_FILE);
    if file.symlink_metadata().is_ok() && !args.dry_run {
        return Err(exists());
    }
    let output = output(session, &project, args)?;
    let text = text(&project, &output);
    if args.dry_run {
        session.ui.out(&text);
        return Ok(ExitStatus::Done);
    }
    write(&file, &text)?;
    report(session, &project)?;
    Ok(ExitStatus::Done)
}

/// Where new documents go: as the flag says, as the person says, as it was found.
fn output(session: &Session, project: &Project, args: &InitArgs) -> Result<String, CliError> {
    let found = &project.config.documents.output;
    let (source, chosen) = match &args.output {
        Some(typed) => ("--output", typed.clone()),
        None if args.dry_run => return Ok(found.clone()),
        None => {
            let answer = session.ui.ask(&format!("new documents go to [{found}] "));
            let typed = answer.map(|typed| typed.trim().to_owned()).filter(|typed| !typed.is_empty());
            ("the path", typed.unwrap_or_else(|| found.clone()))
        }
    };
    Layer::of_flag(source, "documents.output", Value::Text(chosen.clone()))?;
    Ok(chosen)
}

fn text(project: &Project, output: &str) -> String {
    let documents = &project.config.documents;
    let mut text = format!(
        "# Post-mortems of this repository. `git postmortem config --example` shows every key with its default.\n\n\
         [documents]\n\
         # Where a new document goes.\n\
         output = {}\n",
        Value::from(output)
    );
    let mut chosen = project.config.clone();
    output.clone_into(&mut chosen.documents.output);
    let folder = chosen.output_folder();
    let others: Vec<String> = documents.include.iter().filter(|other| **other != folder).cloned().collect();
    if !others.is_empty() {
        let include = Value::List(others);
        text.push_str(&format!("# What is read besides that folder.\ninclude = {include}\n"));
    }
    text
}

/// Creates the file; one that somebody else made in between stays.
fn write(file: &Path, text: &str) -> Result<(), CliError> {
    let failed = |error: std::io::Error| {
        CliError::new(format!("cannot write {CONFIG_FILE}")).because(error.to_string())
    };
    match fs::OpenOptions::new().write(true).create_new(true).open(file) {
        Ok(mut created) => created.write_all(text.as_bytes()).map_err(|error| {
            // Half a file would be taken for what somebody decided.
            let _ = fs::remove_file(file);
            failed(error)
        }),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(exists()),
        Err(error) => Err(failed(error)),
    }
}

fn exists() -> CliError {
    CliError::new(format!("{CONFIG_FILE} is there already"))
        .hint("git postmortem config prints what is in force and why")
}

fn report(session: &Session, project: &Project) -> Result<(), CliError> {
    let archive = project.published()?;
    let convention = project.resolved.settings().into_iter().find_map(|setting| match setting.origin {
        Origin::Convention(folder) => Some(folder),
        _ => None,
    });
    let found = match convention {
        None => "no post-mortems here yet".to_owned(),
        Some(_) => {
            let folders: Vec<String> = project.config.folders();
            let open = archive.entries.iter().flat_map(|entry| &entry.postmortem.actions);
            let open = open.filter(|action| action.status.is_owed()).count();
            let place = folders.iter().map(|folder| if folder.is_empty() { "the root" } else { folder });
            format!(
                "{} in {}, {}",
                count(archive.entries.len(), "post-mortem", "post-mortems"),
                clean(&place.collect::<Vec<_>>().join(", ")),
                count(open, "open action item", "open action items")
            )
        }
    };
    session.ui.lines(&[
        ("found", found),
        ("wrote", CONFIG_FILE.to_owned()),
        ("next", format!("git add {CONFIG_FILE} && git commit -m \"Say where post-mortems are\"")),
        ("", "git postmortem actions --overdue".to_owned()),
    ]);
    Ok(())
}

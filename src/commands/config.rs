//! `git postmortem config`: what is in force, and who said so.

mod trust;

use clap::Args;

use crate::config::{self, Origin, Setting, Value};
use crate::error::{CliError, ExitStatus};
use crate::render::{count, settings as show};
use crate::session::Session;

/// Print the settings in force, and where each comes from
///
/// Built-in defaults are weakest, then what was found in the repository, .postmortem.toml, git config
/// postmortem.*, GIT_POSTMORTEM_* and flags. A program that a repository names is never started unless --trust allowed it
/// here; that is kept in your own git configuration, and asked again when anything of the command changes.
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Examples:\n  git postmortem config drafts.branch\n  git config postmortem.drafts.remote upstream\n  git postmortem config --example > .postmortem.toml\n  git postmortem config --trust"
)]
pub struct ConfigArgs {
    /// Only this key, or the keys of a section
    #[arg(value_name = "KEY")]
    pub key: Option<String>,
    /// Print every key with its default, as a file to start from
    #[arg(long, conflicts_with_all = ["key", "json"])]
    pub example: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Let the command that this repository names for gjalla be started: shows it and asks
    #[arg(long, conflicts_with_all = ["key", "json", "example"])]
    pub trust: bool,
    /// Take that back
    #[arg(long, conflicts_with_all = ["key", "json", "example", "trust"])]
    pub untrust: bool,
    /// With --trust, say yes without being asked
    #[arg(long, requires = "trust")]
    pub yes: bool,
}

/// Shows the settings.
///
/// # Errors
/// With every fault of the configuration, and for a key that is none.
pub fn run(session: &Session, args: &ConfigArgs) -> Result<ExitStatus, CliError> {
    let ui = &session.ui;
    if args.example {
        ui.out(&config::example());
        return Ok(ExitStatus::Done);
    }
    let project = session.project()?;
    if args.trust {
        return trust::trust(session, &project, args.yes);
    }
    if args.untrust {
        return trust::untrust(session, &project);
    }
    let all = &project.resolved.settings();
    let chosen: Vec<&Setting> = match &args.key {
        Some(typed) => chosen(all, typed)?,
        None => all.iter().collect(),
    };
    if args.json {
        let written = ui.out_with(|out| show::json(out, &chosen));
        written
            .map_err(|error| CliError::new("the answer could not be written").because(error.to_string()))?;
        return Ok(ExitStatus::Done);
    }
    if let (Some(typed), [setting]) = (&args.key, chosen.as_slice())
        && setting.key == *typed
    {
        ui.out(&plain(&setting.value));
        ui.detail(&format!("from: {}", setting.origin));
        return Ok(ExitStatus::Done);
    }
    // Built-in spellings of severities and priorities would bury what somebody decided.
    let aside = |setting: &&&Setting| {
        setting.origin == Origin::Default && setting.key.contains("aliases.") && args.key.is_none()
    };
    let hidden = if ui.look().verbose { 0 } else { chosen.iter().filter(|setting| aside(setting)).count() };
    let shown: Vec<&Setting> =
        chosen.iter().filter(|setting| hidden == 0 || !aside(setting)).copied().collect();
    ui.out(&show::table(&shown, ui.look()));
    if hidden > 0 {
        ui.status(&format!(
            "\n{} not shown (-v shows them)",
            count(hidden, "built-in alias", "built-in aliases")
        ));
    }
    if args.key.is_none() {
        trust::line(session, &project).iter().for_each(|line| ui.status(line));
    }
    Ok(ExitStatus::Done)
}

/// The settings of a key or of a section.
fn chosen<'a>(all: &'a [Setting], typed: &str) -> Result<Vec<&'a Setting>, CliError> {
    let section = format!("{typed}.");
    let chosen: Vec<&Setting> =
        all.iter().filter(|setting| setting.key == typed || setting.key.starts_with(&section)).collect();
    if !chosen.is_empty() || config::is_key(typed) {
        return Ok(chosen);
    }
    let error = CliError::new(format!("unknown key '{typed}'"));
    Err(match config::nearest_key(typed) {
        Some(nearest) => error.hint(format!("nearest is {nearest}")),
        None => error.hint("git postmortem config lists every key"),
    })
}

/// A value for scripts: the bare text, or a line for each.
fn plain(value: &Value) -> String {
    match value {
        Value::Text(text) => format!("{text}\n"),
        Value::Flag(flag) => format!("{flag}\n"),
        Value::Number(number) => format!("{number}\n"),
        Value::List(texts) => texts.iter().map(|text| format!("{text}\n")).collect(),
    }
}

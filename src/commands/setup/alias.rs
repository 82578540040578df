//! A short form, `git pm`: a git alias, offered and never forced.

use std::process::Command;

use super::Row;
use super::ledger::{Fate, Ledger};
use crate::error::CliError;
use crate::session::Session;

/// The short form that is offered.
const OFFERED: &str = "pm";
/// What the alias stands for.
const MEANING: &str = "postmortem";

/// Sets the alias that was asked for, or asks on a terminal; a row for the list where one is set.
pub(super) fn offer(
    session: &Session,
    ledger: &mut Ledger,
    asked: Option<&str>,
    dry_run: bool,
) -> Result<Option<Row>, CliError> {
    let name = asked.or(ledger.alias.as_deref()).unwrap_or(OFFERED).to_owned();
    if !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') || name.is_empty() {
        return Err(
            CliError::new(format!("'{name}' is no name for an alias")).hint("letters, digits and - alone")
        );
    }
    let row = |what: &'static str| Some(("alias".to_owned(), what, format!("git {name}")));
    match alias(&name) {
        Some(meaning) if meaning == MEANING => return Ok(row(Fate::Kept.word(dry_run))),
        Some(meaning) if asked.is_some() => {
            return Err(CliError::new(format!("git {name} is an alias already: {meaning}"))
                .hint("git postmortem setup --alias NAME takes another name"));
        }
        Some(_) => return Ok(None),
        None => {}
    }
    // Asked once, at the first setup: whoever said no is not asked again.
    let first = ledger.is_new();
    let wanted = asked.is_some()
        || (first
            && !dry_run
            && session.ui.confirm(&format!("make git {name} a short form of git postmortem?")) == Some(true));
    if !wanted {
        return Ok(None);
    }
    if !dry_run {
        git(&["config", "--global", &format!("alias.{name}"), MEANING])?;
        ledger.alias = Some(name.clone());
    }
    Ok(row(Fate::Written.word(dry_run)))
}

/// Takes the alias away, if it is still ours.
pub(super) fn remove(session: &Session, ledger: &Ledger, dry_run: bool) -> Result<(), CliError> {
    let Some(name) = &ledger.alias else { return Ok(()) };
    if alias(name).as_deref() != Some(MEANING) {
        return Ok(());
    }
    if !dry_run {
        git(&["config", "--global", "--unset", &format!("alias.{name}")])?;
    }
    session.ui.out(&format!("{}  alias git {name}\n", Fate::Removed.word(dry_run)));
    Ok(())
}

fn alias(name: &str) -> Option<String> {
    let output = Command::new("git").args(["config", "--get", &format!("alias.{name}")]).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

fn git(arguments: &[&str]) -> Result<(), CliError> {
    let failed = |cause: String| CliError::new("cannot change git's configuration").because(cause);
    let output = Command::new("git").args(arguments).output().map_err(|error| failed(error.to_string()))?;
    if output.status.success() {
        return Ok(());
    }
    Err(failed(String::from_utf8_lossy(&output.stderr).trim().to_owned()))
}

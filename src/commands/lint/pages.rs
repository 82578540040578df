//! `lint --list` and `lint --rule`: the rules as they are in force.

use super::{Format, LintArgs};
use crate::config::Config;
use crate::error::{CliError, ExitStatus};
use crate::model::rules;
use crate::render::findings::{RuleRow, explain, list, list_json};
use crate::session::Session;

/// Lists every rule, or explains one.
///
/// # Errors
/// A rule that there is not, and a form that rules do not have.
pub(super) fn show(session: &Session, config: &Config, args: &LintArgs) -> Result<ExitStatus, CliError> {
    let mut all = RuleRow::all(config);
    if let Some(typed) = &args.rule {
        let is_meant =
            |rule: &RuleRow| rule.code.eq_ignore_ascii_case(typed) || rule.name.eq_ignore_ascii_case(typed);
        all.retain(is_meant);
        if all.is_empty() {
            return Err(unknown(typed));
        }
    }
    match args.form() {
        Format::Json => session
            .ui
            .out_with(|out| list_json(out, &all))
            .map_err(|error| CliError::new("the answer could not be written").because(error.to_string()))?,
        Format::Text => match all.as_slice() {
            [only] if args.rule.is_some() => session.ui.out(&explain(only, session.ui.look())),
            all => session.ui.out(&list(all, session.ui.look())),
        },
        _ => {
            return Err(CliError::new("rules are printed as text or as JSON")
                .hint("leave --format out, or use --json"));
        }
    }
    Ok(ExitStatus::Done)
}

fn unknown(typed: &str) -> CliError {
    let error = CliError::new(format!("there is no rule '{typed}'"));
    match rules::nearest(typed) {
        Some(nearest) => error.hint(format!("nearest is {nearest}")),
        None => error.hint("git postmortem lint --list shows every rule"),
    }
}

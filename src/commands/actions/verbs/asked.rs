//! Typed values to what an item shall say.

use super::arguments::{AddArgs, SetArgs};
use crate::commands::words;
use crate::config::fold_owner;
use crate::document::edit::ItemChange;
use crate::error::CliError;
use crate::model::{Effort, Grade, Status};
use crate::render::clean;
use crate::session::Project;

/// What was typed.
#[derive(Debug, Clone, Default)]
pub(super) struct Asked {
    pub(super) status: Option<Status>,
    pub(super) reason: Option<String>,
    pub(super) owner: Option<String>,
    pub(super) due: Option<String>,
    pub(super) priority: Option<String>,
    pub(super) effort: Option<String>,
    pub(super) text: Option<String>,
}

/// What takes a value away.
const NONE: &str = "none";

impl Asked {
    pub(super) fn of(args: &SetArgs) -> Self {
        Self {
            status: args.status.map(Status::from),
            reason: args.reason.clone(),
            owner: args.said.owner.clone(),
            due: args.said.due.clone(),
            priority: args.said.priority.clone(),
            effort: args.said.effort.clone(),
            text: args.text.clone(),
        }
    }

    pub(super) fn new_item(args: &AddArgs) -> Self {
        Self {
            status: Some(Status::Open),
            reason: None,
            owner: args.said.owner.clone(),
            due: args.said.due.clone(),
            priority: args.said.priority.clone(),
            effort: args.said.effort.clone(),
            text: Some(args.text.join(" ")),
        }
    }

    /// The change that is meant.
    ///
    /// # Errors
    /// Nothing to change, a value that is none, cancelling without a reason.
    pub(super) fn change(&self, project: &Project) -> Result<ItemChange, CliError> {
        let reason = self.reason.as_deref().map(without_controls);
        let reason = reason.map(|reason| reason.split_whitespace().collect::<Vec<_>>().join(" "));
        let change = ItemChange {
            text: self.text.as_deref().map(text).transpose()?,
            status: self.status,
            owner: self.owner.as_deref().map(|typed| owner(project, typed)).transpose()?,
            due: self
                .due
                .as_deref()
                .map(|typed| or_none(typed, |typed| words::day_from(typed, project.today)))
                .transpose()?,
            priority: self
                .priority
                .as_deref()
                .map(|typed| or_none(typed, |typed| priority(project, typed)))
                .transpose()?,
            effort: self
                .effort
                .as_deref()
                .map(|typed| or_none(typed, |typed| effort(project, typed)))
                .transpose()?,
            reason: reason.filter(|reason| !reason.is_empty()),
        };
        if change == ItemChange::default() {
            return Err(CliError::new("nothing to set")
                .hint("--status, --owner, --due, --priority, --effort or --text says what"));
        }
        match (change.status, &change.reason) {
            (Some(Status::Cancelled), None) => Err(CliError::new("cancelling needs a reason")
                .hint("git postmortem actions cancel ACTION-ID -r \"why\"")),
            (Some(Status::Cancelled), Some(_)) | (_, None) => Ok(change),
            (_, Some(_)) => {
                Err(CliError::new("--reason is for what is cancelled").hint("add --status cancelled"))
            }
        }
    }
}

fn or_none<T>(typed: &str, read: impl FnOnce(&str) -> Result<T, CliError>) -> Result<Option<T>, CliError> {
    let typed = typed.trim();
    if typed.is_empty() || typed.eq_ignore_ascii_case(NONE) { Ok(None) } else { read(typed).map(Some) }
}

/// What was typed, with a blank for every sign that no terminal shall see; lines stay.
fn without_controls(typed: &str) -> String {
    typed.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect()
}

fn text(typed: &str) -> Result<String, CliError> {
    let text = without_controls(typed);
    let text = text.trim();
    if text.chars().any(char::is_alphanumeric) {
        return Ok(text.to_owned());
    }
    Err(CliError::new("what is promised?")
        .hint("git postmortem actions add ID \"Alert on error rate above 1 %\""))
}

/// Who is meant: `me` is whoever git commits as, by the name that the team knows; nobody is an empty name.
fn owner(project: &Project, typed: &str) -> Result<String, CliError> {
    let typed = without_controls(typed);
    let typed = typed.trim();
    if typed.contains(['\n', '\r']) {
        return Err(CliError::new("an owner is one line"));
    }
    if typed.eq_ignore_ascii_case(NONE) || typed.is_empty() {
        return Ok(String::new());
    }
    if project.vocabulary.is_placeholder(typed) {
        return Err(CliError::new(format!("'{}' is read as nobody", clean(typed)))
            .hint("name an owner, or 'none' for nobody"));
    }
    if fold_owner(typed) != "me" {
        return Ok(typed.to_owned());
    }
    let (name, mail) = project.repo.author()?;
    let local = mail.split('@').next().unwrap_or_default().to_owned();
    let names = [&name, &local, &mail];
    let known = names.into_iter().map(|name| project.config.owner(name)).zip(names);
    let known =
        known.into_iter().find(|(shown, written)| shown != written).map(|(shown, _)| shown.to_owned());
    Ok(known.unwrap_or(name))
}

fn priority(project: &Project, typed: &str) -> Result<Grade, CliError> {
    let scale = project.config.priority_scale();
    let rank = scale.rank(typed).ok_or_else(|| words::no_level("priority", typed, &scale))?;
    let written = scale.name(rank).unwrap_or(typed).to_owned();
    Ok(Grade { written, rank: Some(rank) })
}

fn effort(project: &Project, typed: &str) -> Result<Effort, CliError> {
    project.vocabulary.effort_of(typed).ok_or_else(|| {
        CliError::new(format!("'{}' is no effort", clean(typed))).hint("there are small, medium, large")
    })
}

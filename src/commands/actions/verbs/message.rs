//! How a commit that changes items is worded.

use super::apply::{Outcome, Work};
use crate::commands::subject;
use crate::config::MessageParts;
use crate::document::edit::ItemChange;
use crate::model::{ActionItem, Status};
use crate::render::{clean, count};
use crate::session::Project;

/// What is done, for the first line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Add,
    Close,
    Cancel,
    Reopen,
    Change,
    Import,
}

impl Act {
    /// What a change is.
    pub(super) fn of(change: &ItemChange) -> Self {
        let status_alone =
            ItemChange { status: change.status, reason: change.reason.clone(), ..ItemChange::default() };
        match change.status {
            Some(Status::Done) if *change == status_alone => Self::Close,
            Some(Status::Cancelled) if *change == status_alone => Self::Cancel,
            Some(Status::Open) if *change == status_alone => Self::Reopen,
            _ => Self::Change,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Close => "close",
            Self::Cancel => "cancel",
            Self::Reopen => "reopen",
            Self::Change => "change",
            Self::Import => "update",
        }
    }
}

/// How many labels the first line names at most.
const NAMED: usize = 4;

/// `close action 3 of`, `close actions 3, 4 of`.
pub(super) fn verb<'l>(act: Act, labels: impl Iterator<Item = &'l str>) -> String {
    let labels: Vec<&str> = labels.collect();
    let joint = if act == Act::Add { "to" } else { "of" };
    match labels.as_slice() {
        [] => format!("{} an action {joint}", act.word()),
        [only] => format!("{} action {only} {joint}", act.word()),
        some if some.len() <= NAMED => format!("{} actions {} {joint}", act.word(), some.join(", ")),
        many => format!("{} {} actions {joint}", act.word(), many.len()),
    }
}

/// The message of one commit with the changed items of published documents.
pub(super) fn message(project: &Project, act: Act, done: &[(&Work<'_>, Vec<Outcome>)]) -> String {
    let changed: Vec<(&Work<'_>, &Outcome)> = done
        .iter()
        .flat_map(|(work, outcomes)| outcomes.iter().map(move |outcome| (*work, outcome)))
        .filter(|(_, outcome)| outcome.changed)
        .collect();
    let mut works: Vec<&Work<'_>> = Vec::new();
    for (work, _) in &changed {
        if !works.iter().any(|known| std::ptr::eq(*known, *work)) {
            works.push(work);
        }
    }
    let verb = verb(act, changed.iter().map(|(_, outcome)| outcome.after.label.as_str()));
    let lines: Vec<String> = changed.iter().filter_map(|(work, outcome)| line(work, outcome)).collect();
    let is_one = works.len() == 1;
    let body: Vec<String> = changed.iter().map(|(work, outcome)| told(work, outcome, is_one)).collect();
    let body = body.join("\n");
    match works.as_slice() {
        [only] => subject::message_with(project, only.entry, &verb, &body, &lines),
        several => {
            let verb = format!("{} {} of", act.word(), count(changed.len(), "action", "actions"));
            let what = count(several.len(), "post-mortem", "post-mortems");
            let parts = MessageParts { verb: &verb, id: &what, ..MessageParts::default() };
            project.config.commit_message_of(&parts, &body, &lines)
        }
    }
}

/// The line that closes or reopens an item for whoever reads the history.
fn line(work: &Work<'_>, outcome: &Outcome) -> Option<String> {
    let id = format!("{}#{}", work.entry.id, outcome.after.label);
    let before = outcome.before.as_ref().map(|before| before.status);
    let was_settled = before.is_some_and(|before| matches!(before, Status::Done | Status::Cancelled));
    match outcome.after.status {
        status if before == Some(status) => None,
        Status::Done => Some(format!("Closes-Action: {id}")),
        Status::Open | Status::Doing | Status::Proposed if was_settled => {
            Some(format!("Reopens-Action: {id}"))
        }
        _ => None,
    }
}

/// What was changed of an item, below its name and text.
fn told(work: &Work<'_>, outcome: &Outcome, is_one: bool) -> String {
    let label = &outcome.after.label;
    let name = if is_one { label.clone() } else { format!("{}#{label}", work.entry.id) };
    let mut lines = vec![format!("{name}: {}", one_line(&outcome.after.text))];
    lines.extend(differences(outcome).iter().map(|line| format!("  {line}")));
    lines.join("\n")
}

/// What an item says now and did not say before, in words.
pub(super) fn differences(outcome: &Outcome) -> Vec<String> {
    let (before, after) = (outcome.before.as_ref(), &outcome.after);
    let mut lines = Vec::new();
    let mut add = |what: &str, old: Option<String>, new: Option<String>| {
        let old = old.filter(|_| before.is_some());
        match (old, new) {
            (old, new) if old == new => {}
            (None, Some(new)) => lines.push(format!("{what} {new}")),
            (Some(old), Some(new)) => lines.push(format!("{what} {new}, was {old}")),
            (Some(old), None) => lines.push(format!("no {what}, was {old}")),
            (None, None) => {}
        }
    };
    let status = |item: &ActionItem| item.status.word().to_owned();
    let is_open = before.is_none() && after.status == Status::Open;
    add("status", before.map(status), Some(status(after)).filter(|_| !is_open));
    let reason = |item: &ActionItem| reason(item).map(str::to_owned);
    add("reason", before.and_then(reason).filter(|_| after.status == Status::Cancelled), reason(after));
    let owner = |item: &ActionItem| item.owner.clone();
    add("owner", before.and_then(owner), owner(after));
    let due = |item: &ActionItem| item.due.map(|due| due.to_string());
    add("due", before.and_then(due), due(after));
    let priority = |item: &ActionItem| item.priority.as_ref().map(|priority| priority.written.clone());
    add("priority", before.and_then(priority), priority(after));
    let effort = |item: &ActionItem| item.effort.map(|effort| effort.word().to_owned());
    add("effort", before.and_then(effort), effort(after));
    if let Some(before) = before.filter(|before| outcome.reworded && before.text != after.text) {
        lines.push(format!("text was {}", before.text));
    }
    lines.iter().map(|line| one_line(line)).collect()
}

/// Why an item was given up, where it says so.
pub(super) fn reason(item: &ActionItem) -> Option<&str> {
    let state = item.state.as_deref().filter(|_| item.status == Status::Cancelled)?;
    state.split_once(':').map(|(_, why)| why.trim()).filter(|why| !why.is_empty())
}

fn one_line(text: &str) -> String {
    clean(&text.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
}

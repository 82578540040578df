//! What was done with items, and how to take it back.

use super::answer;
use super::apply::Outcome;
use super::message::{differences, reason};
use super::save::Saved;
use crate::archive::Entry;
use crate::error::CliError;
use crate::model::{ActionItem, Status};
use crate::render::clean;
use crate::session::Session;

/// How many undo lines are printed at most before the commit itself is named.
const UNDONE: usize = 3;

/// The answer, for people or for programs.
///
/// # Errors
/// Where standard output cannot be written.
pub(super) fn answer(
    session: &Session,
    entries: &[Entry],
    saved: &Saved<'_, '_>,
    json: bool,
) -> Result<(), CliError> {
    if json {
        return answer::print(session, entries, saved);
    }
    tell(session, entries, saved);
    Ok(())
}

/// Says what became of each item, where it is, and the way back.
fn tell(session: &Session, entries: &[Entry], saved: &Saved<'_, '_>) {
    let mut lines: Vec<(&str, String)> = Vec::new();
    for (work, outcome) in outcomes(saved) {
        let id = shown(entries, work, &outcome.after);
        let text = clean(&outcome.after.text).into_owned();
        let label = label(outcome);
        if label == "unchanged" {
            lines.push((label, format!("{id}  {text}   {}", already(outcome))));
            continue;
        }
        lines.push((label, format!("{id}  {text}")));
        let told = differences(outcome);
        let told = told.into_iter().filter(|line| label == "set" || !line.starts_with("status "));
        lines.extend(told.map(|line| ("", format!("  {line}"))));
    }
    lines.extend(places(saved));
    lines.extend(undo(entries, saved));
    session.ui.lines(&lines);
}

pub(super) fn outcomes<'s>(saved: &'s Saved<'_, '_>) -> impl Iterator<Item = (&'s Entry, &'s Outcome)> {
    saved.done.iter().flat_map(|(work, outcomes)| outcomes.iter().map(move |outcome| (work.entry, outcome)))
}

/// The word in front.
pub(super) fn label(outcome: &Outcome) -> &'static str {
    let Some(before) = &outcome.before else { return "added" };
    let was_settled = matches!(before.status, Status::Done | Status::Cancelled);
    match outcome.after.status {
        _ if !outcome.changed => "unchanged",
        status if status == before.status => "set",
        Status::Done => "done",
        Status::Cancelled => "cancelled",
        Status::Open if was_settled => "reopened",
        _ => "set",
    }
}

fn already(outcome: &Outcome) -> String {
    match outcome.after.status {
        Status::Done => "is done already".to_owned(),
        Status::Cancelled => match reason(&outcome.after) {
            Some(why) => format!("is cancelled already: {}", clean(why)),
            None => "is cancelled already".to_owned(),
        },
        _ => "says so already".to_owned(),
    }
}

/// The shortest id that names an item among all that were read.
pub(super) fn shown(entries: &[Entry], entry: &Entry, item: &ActionItem) -> String {
    let short = entry.id.short();
    let is_alone = entries.iter().filter(|other| other.id.short() == short).count() == 1;
    let id = if is_alone { short } else { entry.id.as_str() };
    clean(&format!("{id}#{}", item.label)).into_owned()
}

/// Where the edits are.
pub(super) fn places(saved: &Saved<'_, '_>) -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    if let Some(commit) = &saved.commit {
        let changed = |outcomes: &[Outcome]| outcomes.iter().any(|outcome| outcome.changed);
        let paths: Vec<&str> = saved
            .done
            .iter()
            .filter(|(work, outcomes)| work.entry.place == crate::archive::Place::Tree && changed(outcomes))
            .map(|(work, _)| work.entry.path.as_str())
            .collect();
        let place = match paths.as_slice() {
            [only] => clean(only).into_owned(),
            several => format!("{} documents", several.len()),
        };
        lines.push(("commit", format!("{}   {place}", commit.short())));
    }
    if !saved.staged.is_empty() {
        let paths: Vec<String> = saved.staged.iter().map(|path| clean(path).into_owned()).collect();
        lines.push(("staged", format!("{}   git commit", paths.join(", "))));
    }
    for (path, why) in &saved.unstaged {
        lines.push(("written", format!("{}   not staged: {}", clean(path), clean(why))));
    }
    lines.extend(saved.drafts.iter().map(|place| ("saved", clean(place).into_owned())));
    lines
}

/// The commands that take it back; `git revert` where they would be many.
pub(super) fn undo(entries: &[Entry], saved: &Saved<'_, '_>) -> Vec<(&'static str, String)> {
    let mut ways: Vec<(String, Vec<String>)> = Vec::new();
    for (entry, outcome) in outcomes(saved).filter(|(_, outcome)| outcome.changed) {
        let id = shown(entries, entry, &outcome.after);
        let flags = match &outcome.before {
            Some(before) => back(before, outcome),
            None => {
                let way = match &saved.commit {
                    Some(commit) => format!("git revert {}", commit.short()),
                    None => format!("git postmortem actions cancel {id} -r 'added by mistake'"),
                };
                return vec![("undo", way)];
            }
        };
        match ways.iter_mut().find(|(known, _)| *known == flags) {
            Some((_, ids)) => ids.push(id),
            None => ways.push((flags, vec![id])),
        }
    }
    if let Some(commit) = saved.commit.as_ref().filter(|_| ways.len() > UNDONE) {
        return vec![("undo", format!("git revert {}", commit.short()))];
    }
    let stays = if saved.staged.is_empty() && saved.unstaged.is_empty() { "" } else { " --no-commit" };
    let line = |(flags, ids): (String, Vec<String>)| {
        format!("git postmortem actions set {}{flags}{stays}", ids.join(" "))
    };
    std::iter::once("undo").chain(std::iter::repeat("")).zip(ways.into_iter().map(line)).collect()
}

/// The flags that make an item say again what it said.
fn back(before: &ActionItem, outcome: &Outcome) -> String {
    let after = &outcome.after;
    let none = || "none".to_owned();
    let mut flags = String::new();
    let mut add = |flag: &str, value: String| flags.push_str(&format!(" --{flag} {}", word(&value)));
    if before.status != after.status || reason(before) != reason(after) {
        add("status", before.status.word().to_owned());
        if before.status == Status::Cancelled {
            add("reason", reason(before).unwrap_or("no reason was given").to_owned());
        }
    }
    if before.owner != after.owner {
        add("owner", before.owner.clone().unwrap_or_else(none));
    }
    if before.due != after.due {
        add("due", before.due.map_or_else(none, |due| due.to_string()));
    }
    if before.priority != after.priority {
        add("priority", before.priority.as_ref().map_or_else(none, |priority| priority.written.clone()));
    }
    if before.effort != after.effort {
        add("effort", before.effort.map_or_else(none, |effort| effort.word().to_owned()));
    }
    if outcome.reworded && before.text != after.text {
        add("text", before.text.clone());
    }
    flags
}

/// A value as one word of a POSIX shell, quoted where it must be.
fn word(value: &str) -> String {
    let value = clean(value);
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '@' | '-' | '_' | '.' | '/' | '+');
    if !value.is_empty() && value.chars().all(is_plain) {
        return value.into_owned();
    }
    format!("'{}'", value.replace('\'', "'\\''"))
}

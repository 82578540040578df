//! Which items the typed ids mean.

use crate::archive::{Entry, Place};
use crate::commands::subject;
use crate::document::{Source, parse};
use crate::error::CliError;
use crate::model::{ActionId, ActionItem};
use crate::render::clean;
use crate::session::{Project, Session};

/// An item that was named, as it says now.
pub(super) struct Target<'a> {
    pub(super) entry: &'a Entry,
    pub(super) item: ActionItem,
}

/// The ids that were typed; `-` stands for those on standard input, one a line.
///
/// # Errors
/// Standard input that cannot be read.
pub(super) fn listed(session: &Session, typed: &[String]) -> Result<Vec<String>, CliError> {
    let mut ids = Vec::new();
    for word in typed {
        if word != "-" {
            ids.push(word.clone());
            continue;
        }
        let input = session.read_input()?;
        let text = String::from_utf8_lossy(&input);
        ids.extend(text.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned));
    }
    Ok(ids)
}

/// The items, each once.
///
/// # Errors
/// An id that is none, names nothing, or names several.
pub(super) fn named<'a>(
    project: &Project,
    entries: &'a [Entry],
    typed: &[String],
    no_commit: bool,
) -> Result<Vec<Target<'a>>, CliError> {
    let mut targets: Vec<Target<'a>> = Vec::new();
    for typed in typed {
        let (entry, label) = split(project, entries, typed)?;
        let items = items(project, entry, no_commit);
        let item = items.iter().find(|item| item.label.eq_ignore_ascii_case(&label));
        let item =
            item.ok_or_else(|| no_item(&entry.name(), items.iter().map(|item| item.label.as_str()), &label))?;
        let is_known =
            |known: &Target<'_>| std::ptr::eq(known.entry, entry) && known.item.label == item.label;
        if !targets.iter().any(is_known) {
            targets.push(Target { entry, item: item.clone() });
        }
    }
    Ok(targets)
}

/// The document and the label of an action id. Without a document, the draft that is open is meant.
fn split<'a>(project: &Project, entries: &'a [Entry], typed: &str) -> Result<(&'a Entry, String), CliError> {
    if let Some(label) = typed.trim().strip_prefix(['#', ':']).filter(|label| !label.is_empty()) {
        return Ok((subject::choose(project, entries, None)?, label.to_owned()));
    }
    match ActionId::split(typed) {
        Ok((postmortem, label)) => {
            let entry = subject::named(project, entries, postmortem)?;
            Ok((entry, subject::label_here(entry, postmortem, label)?.to_owned()))
        }
        Err(_) => {
            let typed = clean(typed).into_owned();
            let error = CliError::new(format!("'{typed}' names no action item: which one of it?"));
            Err(match subject::named(project, entries, &typed) {
                Ok(entry) => {
                    let labels = entry.postmortem.actions.iter().map(|item| item.label.as_str());
                    error.hint(listing(labels))
                }
                Err(_) => error.hint("ids are like api-outage#3; git postmortem actions --ids prints them"),
            })
        }
    }
}

/// What a document says now: the file, where that is what will be changed.
pub(super) fn items(project: &Project, entry: &Entry, no_commit: bool) -> Vec<ActionItem> {
    let top = project.repo.work_tree().filter(|_| no_commit && entry.place == Place::Tree);
    match top.and_then(|top| std::fs::read(top.join(&entry.path)).ok()) {
        Some(bytes) => {
            let document = parse(&Source { name: &entry.path, bytes: &bytes }, &project.vocabulary);
            document.into_postmortem().actions
        }
        None => entry.postmortem.actions.clone(),
    }
}

/// A label that no item of a document has, and those that they have.
pub(in crate::commands::actions) fn no_item<'l>(
    name: &str,
    labels: impl Iterator<Item = &'l str>,
    label: &str,
) -> CliError {
    CliError::new(format!("{} has no action item '{}'", clean(name), clean(label))).hint(listing(labels))
}

/// How many labels a message lists at most.
const LISTED: usize = 12;

fn listing<'l>(mut labels: impl Iterator<Item = &'l str>) -> String {
    let listed: Vec<String> = labels.by_ref().take(LISTED).map(|label| clean(label).into_owned()).collect();
    match (listed.is_empty(), labels.count()) {
        (true, _) => "it has no action items".to_owned(),
        (false, 0) => format!("it has {}", listed.join(", ")),
        (false, more) => format!("it has {} and {more} more", listed.join(", ")),
    }
}

//! Which post-mortem a command is about, when its id was typed, shortened or left out.

use crate::archive::{Entry, FindError, Place, find_ever};
use crate::config::MessageParts;
use crate::error::CliError;
use crate::model::PostmortemId;
use crate::render::clean;
use crate::session::Project;

/// The file below the state folder that names the post-mortem last touched in this clone.
const CURRENT: &str = "current";

/// The one entry that is meant: by a typed name, else the draft last touched in this clone, else the only draft.
///
/// # Errors
/// An unknown or ambiguous name, or none where several or no drafts are open.
pub fn choose<'a>(
    project: &Project,
    entries: &'a [Entry],
    typed: Option<&str>,
) -> Result<&'a Entry, CliError> {
    if let Some(typed) = typed {
        return named(project, entries, typed);
    }
    let drafts: Vec<&Entry> =
        entries.iter().filter(|entry| matches!(entry.place, Place::Draft { .. })).collect();
    if let [draft] = drafts.as_slice() {
        return Ok(draft);
    }
    let last = current(project);
    let touched = last.and_then(|id| entries.iter().find(|entry| entry.id.as_str() == id));
    touched.ok_or_else(|| unnamed(&drafts))
}

/// The one entry that a typed name means, or meant before the document was moved.
///
/// # Errors
/// An unknown or ambiguous name.
pub fn named<'a>(project: &Project, entries: &'a [Entry], typed: &str) -> Result<&'a Entry, CliError> {
    Ok(find_ever(&project.repo, &project.config, project.commit.as_ref(), entries, typed)?)
}

/// The label that a typed one means in the entry which a typed name led to: an entry that took another one in knows the
/// numbers of that one by others.
///
/// # Errors
/// A number of the other that leads to nothing here.
pub fn label_here<'l>(entry: &'l Entry, typed: &str, label: &'l str) -> Result<&'l str, CliError> {
    let name = typed.trim().trim_end_matches(".md");
    entry.postmortem.label_here(name, label).ok_or_else(|| {
        let (name, label) = (clean(name), clean(label));
        CliError::new(format!("{} took in {name}, and no action item '{label}' of it", entry.name()))
            .hint(format!("git postmortem actions {} --status all lists those that it has", entry.id.short()))
    })
}

/// Remembers what was touched last, for the next command without an id; failing to is no failure.
pub fn remember(project: &Project, id: &PostmortemId) {
    let Ok(folder) = project.repo.state_folder("") else { return };
    let path = folder.join(CURRENT);
    if std::fs::write(&path, format!("{id}\n")).is_ok() {
        project.repo.share(&path);
    }
    project.repo.tidy_state();
}

/// The message of a commit that does something with a published document, as configured.
#[must_use]
pub fn message(project: &Project, entry: &Entry, verb: &str) -> String {
    message_with(project, entry, verb, "", &[])
}

/// The same with a body, and with lines in front of the configured trailers.
#[must_use]
pub fn message_with(project: &Project, entry: &Entry, verb: &str, body: &str, lines: &[String]) -> String {
    let postmortem = &entry.postmortem;
    let date = postmortem.date.map(|date| date.to_string()).unwrap_or_default();
    let scale = project.config.severity_scale();
    let parts = MessageParts {
        verb,
        id: entry.id.as_str(),
        title: &postmortem.title,
        date: &date,
        severity: postmortem.severity.as_ref().map_or("", |grade| scale.label(grade)),
        service: postmortem.service.as_deref().unwrap_or_default(),
        key: "",
    };
    project.config.commit_message_with(&parts, body, lines)
}

fn current(project: &Project) -> Option<String> {
    let text = std::fs::read_to_string(project.repo.state_dir().join(CURRENT)).ok()?;
    Some(text.trim().to_owned())
}

fn unnamed(drafts: &[&Entry]) -> CliError {
    let error = CliError::new("which post-mortem?");
    if drafts.is_empty() {
        return error
            .because("no draft is open")
            .hint("git postmortem list shows every one, git postmortem new begins one");
    }
    let names: Vec<String> = drafts.iter().map(|draft| draft.id.to_string()).collect();
    error.because(format!("{} drafts are open", drafts.len())).hint(format!("name one: {}", names.join(", ")))
}

impl From<FindError> for CliError {
    fn from(error: FindError) -> Self {
        Self::new(error.to_string()).hint(error.hint())
    }
}

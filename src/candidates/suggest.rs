//! The line that begins a post-mortem of an incident.

use chrono::{DateTime, NaiveDate};

use super::events::EventKind;
use super::groups::Incident;
use super::history::History;

/// Fixes that are named in one line.
const FIXES: usize = 3;

/// What a draft would begin with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What to call it.
    pub title: String,
    /// The day of the first event, in UTC.
    pub date: NaiveDate,
    /// The release that was live.
    pub deploy: Option<String>,
    /// The service.
    pub service: Option<String>,
    /// The commits that mended it, by their short names.
    pub fixes: Vec<String>,
}

/// Makes it up from the events of an incident, and of nothing else.
#[must_use]
pub fn suggest(history: &History, incident: &Incident) -> Suggestion {
    let first = incident.events.first();
    let at = first.map_or(0, |event| event.at);
    // What was taken back says more than how it was mended, and both more than that something was tagged.
    let best = [EventKind::Revert, EventKind::Fix, EventKind::Pick, EventKind::Hotfix, EventKind::Rollback];
    let of = |kind| incident.events.iter().find(|event| event.kind == kind);
    let said = best.into_iter().find_map(of);
    let title = said.map_or_else(String::new, |event| match event.kind {
        EventKind::Revert => format!("{} had to be taken back", bare(&event.title)),
        EventKind::Rollback => event.title.clone(),
        _ => bare(&event.title),
    });
    let mut fixes: Vec<String> = Vec::new();
    for event in &incident.events {
        let is_mending = matches!(event.kind, EventKind::Revert | EventKind::Fix | EventKind::Pick);
        let Some(node) = event.commit.filter(|_| is_mending) else { continue };
        let short = history.commit(node).short().to_owned();
        // A pick is the fix again: one of the two is enough.
        let again = event.kind == EventKind::Pick
            && event.about.iter().any(|id| fixes.iter().any(|fix| id.starts_with(fix.as_str())));
        if !again && !fixes.contains(&short) && fixes.len() < FIXES {
            fixes.push(short);
        }
    }
    let service = incident.events.iter().map(|event| &event.service).find(|service| !service.is_empty());
    Suggestion {
        title,
        date: DateTime::from_timestamp(at, 0).unwrap_or_default().date_naive(),
        deploy: incident.events.iter().find_map(|event| event.release.clone()),
        service: service.cloned(),
        fixes,
    }
}

/// A subject without its conventional prefix: `fix(cart): round` is about `round`.
fn bare(subject: &str) -> String {
    let text = super::subject::bare(subject);
    let behind = text.split_once(": ").filter(|(kind, rest)| {
        let kind = kind.trim_end_matches('!');
        let word = kind.split('(').next().unwrap_or(kind);
        let is_word = !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase());
        is_word && !rest.trim().is_empty() && (kind == word || kind.ends_with(')'))
    });
    let text = behind.map_or(text, |(_, rest)| rest.trim());
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    first + letters.as_str()
}

impl Suggestion {
    /// The line to type, quoted for a POSIX shell.
    #[must_use]
    pub fn command(&self) -> String {
        let mut words = vec!["git postmortem new".to_owned()];
        words.push(format!("--date {}", self.date));
        words.extend(self.service.iter().map(|service| format!("--service {}", quoted(service))));
        words.extend(self.deploy.iter().map(|deploy| format!("--deploy {}", quoted(deploy))));
        words.extend(self.fixes.iter().map(|fix| format!("--fix {fix}")));
        let has_name = self.title.chars().any(char::is_alphanumeric);
        let title = if has_name { self.title.clone() } else { format!("Incident of {}", self.date) };
        // A title may begin like an option.
        words.push(if title.starts_with('-') { "--".to_owned() } else { String::new() });
        words.push(format!("'{}'", harmless(&title).replace('\'', "'\\''")));
        words.retain(|word| !word.is_empty());
        words.join(" ")
    }
}

/// A text as one word of a shell, in quotes where it needs them.
fn quoted(text: &str) -> String {
    let is_plain = !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c));
    if is_plain { text.to_owned() } else { format!("'{}'", harmless(text).replace('\'', "'\\''")) }
}

/// What a terminal obeys, and what ends a line, does not belong into a line to paste.
fn harmless(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

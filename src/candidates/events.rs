//! What happened in a history that looks like an incident.

use super::history::{History, Node};
use super::picks::picks;
use super::releases::{Line, lines};
use super::reverts::reverts;
use super::subject::is_fix;
use super::tagged::tagged;

/// What the team calls things.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rules {
    /// A fix is hard on a release for so many seconds.
    pub within: i64,
    /// Words that a fix begins with.
    pub fix_words: Vec<String>,
    /// Tags that say that something was rolled back.
    pub rollbacks: Vec<String>,
    /// Tags of hotfixes.
    pub hotfixes: Vec<String>,
    /// The first instant that counts, in seconds of Unix time.
    pub since: i64,
    /// The last one.
    pub until: i64,
    /// There are releases, maybe older ones than were read.
    pub has_releases: bool,
}

/// What an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// A release was rolled back.
    Rollback,
    /// A change was taken back.
    Revert,
    /// A hotfix was tagged.
    Hotfix,
    /// A fix hard on a release.
    Fix,
    /// A commit was picked to a release branch.
    Pick,
}

impl EventKind {
    /// The word in JSON and in tables.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Rollback => "rollback",
            Self::Revert => "revert",
            Self::Hotfix => "hotfix",
            Self::Fix => "fix",
            Self::Pick => "pick",
        }
    }
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What.
    pub kind: EventKind,
    /// When, in seconds of Unix time.
    pub at: i64,
    /// The commit of it.
    pub commit: Option<Node>,
    /// The tag of it.
    pub tag: Option<String>,
    /// What it is about, for a title.
    pub title: String,
    /// Why it is one, a sentence.
    pub reason: String,
    /// The release that it came after.
    pub release: Option<String>,
    /// The service, where releases are those of one.
    pub service: String,
    /// Commits that it is about beside its own, by name.
    pub about: Vec<String>,
    /// What two events of one incident have in common.
    pub anchors: Vec<String>,
}

/// Tells the nearest release before a commit, read or not.
pub type ReleaseBefore<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// Finds them, the oldest first.
#[must_use]
pub fn events(history: &History, rules: &Rules, before: &ReleaseBefore<'_>) -> Vec<Event> {
    let lines = lines(history);
    let mut events = reverts(history, rules, &lines);
    events.extend(tagged(history, rules, &lines));
    events.extend(fixes(history, rules, &lines));
    events.extend(picks(history, rules, before));
    events.retain(|event| (rules.since..=rules.until).contains(&event.at));
    events.sort_by(|a, b| (a.at, a.kind, &a.title).cmp(&(b.at, b.kind, &b.title)));
    events
}

/// What one incident's events share: a commit.
pub(super) fn of_commit(id: &str) -> String {
    format!("commit {id}")
}

/// What one incident's events share: a release.
pub(super) fn of_release(name: &str) -> String {
    format!("release {name}")
}

/// `3 hours`, `40 minutes`, `2 days`.
pub(super) fn span(seconds: i64) -> String {
    let (number, unit) = match seconds.max(0) {
        s @ 0..7200 => (s / 60, "minute"),
        s @ 7200..172_800 => (s / 3600, "hour"),
        s => (s / 86_400, "day"),
    };
    if number == 1 { format!("1 {unit}") } else { format!("{number} {unit}s") }
}

/// Fixes hard on a release that touch what the release changed.
fn fixes(history: &History, rules: &Rules, lines: &[Line]) -> Vec<Event> {
    let mut events = Vec::new();
    for (at, commit) in history.commits.iter().enumerate() {
        let node = Node::try_from(at).expect("a history has fewer commits than that");
        if commit.is_merge() || commit.code.is_empty() || !is_fix(&commit.subject, &rules.fix_words) {
            continue;
        }
        let hard_on = lines.iter().find_map(|line| {
            let (place, tag) = line.newest_at(history, commit.committed)?;
            let file = commit.code.iter().find(|file| line.files(place).contains(file))?;
            let is_hard = commit.committed - tag.created <= rules.within && !line.had(place, node);
            is_hard.then_some((line, tag, *file))
        });
        let Some((line, tag, file)) = hard_on else { continue };
        let (path, after) = (&history.paths[file as usize], span(commit.committed - tag.created));
        events.push(Event {
            kind: EventKind::Fix,
            at: commit.committed,
            commit: Some(node),
            tag: None,
            title: commit.subject.clone(),
            reason: format!("{} mends {path} {after} after {}, which changed it", commit.short(), tag.name),
            release: Some(tag.name.clone()),
            service: line.name.clone(),
            about: Vec::new(),
            anchors: vec![of_commit(&commit.id), of_release(&tag.name)],
        });
    }
    events
}

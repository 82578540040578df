//! What may stand for a value, asked of the repository that one stands in while the shell waits.
//!
//! Nothing here can fail aloud: outside a repository, or with a broken configuration, there are no candidates.

use std::collections::BTreeSet;
use std::ffi::OsStr;

use clap_complete::engine::{CompletionCandidate, PathCompleter, ValueCompleter};

use crate::archive::{Archive, Entry, Place};
use crate::cli;
use crate::commands::restore;
use crate::config::Zone;
use crate::model::{Effort, EventKind, SectionKind, Status, rules};
use crate::session::{Options, Project, Session, Surroundings};

/// Ids of post-mortems that begin with what was typed; without any, their names without the date.
pub(super) fn ids(typed: &OsStr) -> Vec<CompletionCandidate> {
    ids_of(typed, |_| true)
}

/// Ids of drafts.
pub(super) fn drafts(typed: &OsStr) -> Vec<CompletionCandidate> {
    ids_of(typed, |place| matches!(place, Place::Draft { .. }))
}

/// Ids of published documents.
pub(super) fn published(typed: &OsStr) -> Vec<CompletionCandidate> {
    ids_of(typed, |place| *place == Place::Tree)
}

/// Ids of what was discarded or removed.
pub(super) fn gone(typed: &OsStr) -> Vec<CompletionCandidate> {
    let ids = project().and_then(|project| restore::gone(&project).ok()).unwrap_or_default();
    let full = ids.iter().map(|id| CompletionCandidate::new(id.as_str()));
    beginning(typed, full, ids.iter().map(|id| CompletionCandidate::new(id.short())))
}

/// Commands, with what they do.
pub(super) fn commands() -> Vec<CompletionCandidate> {
    let tool = cli::command();
    let visible = tool.get_subcommands().filter(|command| !command.is_hide_set());
    let about = |command: &clap::Command| command.get_about().map(ToString::to_string).unwrap_or_default();
    visible.map(|command| described(command.get_name().to_owned(), &about(command))).collect()
}

/// Codes and names of lint's rules, each with the other; the team's own by name.
pub(super) fn rules() -> Vec<CompletionCandidate> {
    let ours = rules::all()
        .flat_map(|(code, name)| [described(code.to_owned(), name), described(name.to_owned(), code)]);
    let custom = project().map(|project| project.config.lint.custom).unwrap_or_default();
    let theirs = custom.iter().map(|rule| described(rule.name.clone(), &rule.message));
    ours.chain(theirs).collect()
}

/// Post-mortems, and the files and folders here.
pub(super) fn ids_and_paths(typed: &OsStr) -> Vec<CompletionCandidate> {
    let mut all = ids(typed);
    all.extend(PathCompleter::any().complete(typed));
    all
}

fn ids_of(typed: &OsStr, wanted: fn(&Place) -> bool) -> Vec<CompletionCandidate> {
    let Some((_, archive)) = archive() else { return Vec::new() };
    let entries = archive.entries.iter().filter(|entry| wanted(&entry.place));
    let full = entries.clone().map(|entry| described(entry.id.to_string(), entry.title()));
    let short = entries.map(|entry| described(entry.id.short().to_owned(), entry.title()));
    beginning(typed, full, short)
}

/// Ids of open action items, written with the sign that was typed: `#`, or `:` where one stands already.
pub(super) fn action_ids(typed: &OsStr) -> Vec<CompletionCandidate> {
    action_ids_of(typed, Status::is_owed)
}

/// Ids of action items in any state: what is done can be reopened.
pub(super) fn all_action_ids(typed: &OsStr) -> Vec<CompletionCandidate> {
    action_ids_of(typed, |_| true)
}

fn action_ids_of(typed: &OsStr, wanted: fn(Status) -> bool) -> Vec<CompletionCandidate> {
    let Some((_, archive)) = archive() else { return Vec::new() };
    let sign = if typed.to_string_lossy().contains(':') { ':' } else { '#' };
    let owed = |entry: &Entry, name: &str| {
        let actions = entry.postmortem.actions.iter().filter(|action| wanted(action.status));
        actions
            .map(|action| described(format!("{name}{sign}{}", action.label), &action.text))
            .collect::<Vec<_>>()
    };
    let full = archive.entries.iter().flat_map(|entry| owed(entry, entry.id.as_str()));
    let short = archive.entries.iter().flat_map(|entry| owed(entry, entry.id.short()));
    beginning(typed, full, short)
}

/// A post-mortem or one of its action items.
pub(super) fn ids_and_action_ids(typed: &OsStr) -> Vec<CompletionCandidate> {
    let mut candidates = ids(typed);
    if candidates.len() < 2 || typed.to_string_lossy().contains(['#', ':']) {
        candidates.extend(all_action_ids(typed));
    }
    candidates
}

/// A post-mortem, or a revision.
pub(super) fn ids_and_revisions(typed: &OsStr) -> Vec<CompletionCandidate> {
    let mut candidates = ids(typed);
    candidates.extend(ranges(typed));
    candidates
}

/// Efforts of action items.
pub(super) fn efforts() -> Vec<CompletionCandidate> {
    plain([Effort::Small, Effort::Medium, Effort::Large].into_iter().map(|effort| effort.word().to_owned()))
}

/// Owners of action items.
pub(super) fn owners() -> Vec<CompletionCandidate> {
    let Some((project, archive)) = archive() else { return Vec::new() };
    let actions = archive.entries.iter().flat_map(|entry| &entry.postmortem.actions);
    let written = actions.filter_map(|action| action.owner.clone());
    plain(written.chain(project.config.actions.owners.keys().cloned()))
}

/// Places of the database of time zones.
pub(super) fn zones() -> Vec<CompletionCandidate> {
    plain(Zone::names().map(str::to_owned))
}

/// The team's severities, gravest first.
pub(super) fn severities() -> Vec<CompletionCandidate> {
    project()
        .map(|project| project.config.severity.levels)
        .unwrap_or_default()
        .into_iter()
        .map(Into::into)
        .collect()
}

/// The team's priorities, most urgent first.
pub(super) fn priorities() -> Vec<CompletionCandidate> {
    project()
        .map(|project| project.config.actions.priorities)
        .unwrap_or_default()
        .into_iter()
        .map(Into::into)
        .collect()
}

/// The remotes of the repository.
pub(super) fn remotes() -> Vec<CompletionCandidate> {
    let project = project();
    let settings = project.as_ref().and_then(|project| project.repo.settings().ok());
    plain(settings.map(|settings| settings.remotes()).unwrap_or_default().into_iter().map(str::to_owned))
}

/// The services that the configuration names, and those that documents name.
pub(super) fn services() -> Vec<CompletionCandidate> {
    let Some((project, archive)) = archive() else { return Vec::new() };
    let written = archive.entries.into_iter().filter_map(|entry| entry.postmortem.service);
    plain(written.chain(project.config.services.into_keys()))
}

/// Sections, by the keys that `--section` takes.
pub(super) fn sections() -> Vec<CompletionCandidate> {
    SectionKind::ALL.map(SectionKind::key).into_iter().map(CompletionCandidate::new).collect()
}

/// Templates: the built-in ones and the team's own.
pub(super) fn templates() -> Vec<CompletionCandidate> {
    let own = project().map(|project| project.config.documents.templates).unwrap_or_default();
    plain(["full", "brief"].map(str::to_owned).into_iter().chain(own.into_keys()))
}

/// The turning points of a timeline.
pub(super) fn event_kinds() -> Vec<CompletionCandidate> {
    EventKind::ALL.map(EventKind::word).into_iter().map(CompletionCandidate::new).collect()
}

/// Keys of the configuration, with what they are for.
pub(super) fn keys() -> Vec<CompletionCandidate> {
    let settings = project().map(|project| project.resolved.settings()).unwrap_or_default();
    settings.into_iter().map(|setting| described(setting.key, setting.doc)).collect()
}

/// Tags, newest first, then branches.
pub(super) fn revisions() -> Vec<CompletionCandidate> {
    let Some(project) = project() else { return Vec::new() };
    let mut names = Vec::new();
    for folder in ["refs/tags/", "refs/heads/"] {
        let mut refs = project.repo.refs(&[folder.trim_end_matches('/')]).unwrap_or_default();
        refs.sort_by_key(|found| std::cmp::Reverse(found.committed));
        names.extend(
            refs.iter().filter_map(|found| found.name.strip_prefix(folder)).map(CompletionCandidate::new),
        );
    }
    names
}

/// The same as an end of a range: behind `..` the names follow what stands before it.
pub(super) fn ranges(typed: &OsStr) -> Vec<CompletionCandidate> {
    let typed = typed.to_string_lossy();
    let start = typed.rfind("..").map_or("", |at| &typed[..at + 2]);
    let all = revisions().into_iter().map(|name| name.add_prefix(start));
    all.filter(|name| name.get_value().to_string_lossy().starts_with(typed.as_ref())).collect()
}

/// What may have been live: the words that look for it or do not, and ranges.
pub(super) fn deploys(typed: &OsStr) -> Vec<CompletionCandidate> {
    let start = typed.to_string_lossy().into_owned();
    let words = [("auto", "look for it"), ("none", "look for nothing")];
    let words = words.into_iter().filter(|(word, _)| word.starts_with(&start));
    words.map(|(word, about)| described(word.to_owned(), about)).chain(ranges(typed)).collect()
}

fn project() -> Option<Project> {
    Session::begin(Surroundings::read(), Options { quiet: true, ..Options::default() }).project().ok()
}

fn archive() -> Option<(Project, Archive)> {
    let project = project()?;
    let archive = project.everything().ok()?;
    Some((project, archive))
}

fn plain(names: impl Iterator<Item = String>) -> Vec<CompletionCandidate> {
    let once: BTreeSet<String> = names.filter(|name| !name.trim().is_empty()).collect();
    once.into_iter().map(CompletionCandidate::new).collect()
}

/// A candidate with one clean line about it, short enough for a list beside it.
fn described(value: String, about: &str) -> CompletionCandidate {
    let line: String = crate::render::clean(about).chars().take(60).collect();
    CompletionCandidate::new(value).help((!line.is_empty()).then(|| line.into()))
}

/// The first list's candidates that begin with what was typed, else the second's: a shell puts a candidate in the
/// place of the word only where it begins with it.
fn beginning(
    typed: &OsStr,
    first: impl Iterator<Item = CompletionCandidate>,
    second: impl Iterator<Item = CompletionCandidate>,
) -> Vec<CompletionCandidate> {
    let typed = typed.to_string_lossy();
    let fits =
        |candidate: &CompletionCandidate| candidate.get_value().to_string_lossy().starts_with(typed.as_ref());
    let found: Vec<_> = first.filter(fits).collect();
    if found.is_empty() { second.filter(fits).collect() } else { found }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(typed: &str, first: &[&'static str], second: &[&'static str]) -> Vec<String> {
        let found = beginning(
            OsStr::new(typed),
            first.iter().map(|name| CompletionCandidate::new(*name)),
            second.iter().map(|name| CompletionCandidate::new(*name)),
        );
        found.iter().map(|candidate| candidate.get_value().to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn the_short_name_is_offered_where_no_whole_one_begins_so() {
        let (ids, short) = (["2026-03-08-api-outage"], ["api-outage"]);
        assert_eq!(values("2026", &ids, &short), ["2026-03-08-api-outage"]);
        assert_eq!(values("", &ids, &short), ["2026-03-08-api-outage"]);
        assert_eq!(values("api", &ids, &short), ["api-outage"]);
        assert!(values("web", &ids, &short).is_empty());
    }

    #[test]
    fn a_description_is_one_clean_line() {
        let candidate = described("x".to_owned(), "a\u{1b}[31m title\nwith more");
        let help = candidate.get_help().unwrap().to_string();
        assert!(!help.contains('\u{1b}') && !help.contains('\n'), "{help:?}");
    }
}

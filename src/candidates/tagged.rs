//! Tags that say what they are, and releases that lead back to an older one.

use std::collections::HashMap;

use super::events::{Event, EventKind, Rules, of_commit, of_release, span};
use super::history::{History, Node, Tag};
use super::releases::Line;
use crate::config::fits_name;

/// Finds them.
pub(super) fn tagged(history: &History, rules: &Rules, lines: &[Line]) -> Vec<Event> {
    let mut of_one_commit: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, tag) in history.tags.iter().enumerate() {
        of_one_commit.entry(tag.commit.as_str()).or_default().push(at);
    }
    let found = history.tags.iter().enumerate().filter_map(|(at, tag)| {
        let again = back_to(history, lines, at, &of_one_commit[tag.commit.as_str()]);
        let (kind, reason) = what(tag, rules, again)?;
        Some(event(history, rules, lines, at, kind, &reason))
    });
    found.collect()
}

/// What a tag tells of, and the words for it.
fn what(tag: &Tag, rules: &Rules, again: Option<&str>) -> Option<(EventKind, String)> {
    let name = tag.name.to_lowercase();
    let fits = |patterns: &[String]| patterns.iter().any(|pattern| fits_name(&pattern.to_lowercase(), &name));
    let name = &tag.name;
    if fits(&rules.rollbacks) {
        return Some((EventKind::Rollback, format!("the tag {name} says that something was rolled back")));
    }
    if fits(&rules.hotfixes) {
        return Some((EventKind::Hotfix, format!("the tag {name} is a hotfix")));
    }
    again.map(|older| (EventKind::Rollback, format!("{name} leads back to the commit of {older}")))
}

fn event(
    history: &History,
    rules: &Rules,
    lines: &[Line],
    at: usize,
    kind: EventKind,
    reason: &str,
) -> Event {
    let tag = &history.tags[at];
    let line = lines.iter().find(|line| line.has(at)).or(lines.first());
    let before = line.and_then(|line| {
        let older = |place: &&usize| history.tags[**place].created <= tag.created && **place < at;
        line.tags.iter().rev().find(older).map(|place| &history.tags[*place])
    });
    let since = |before: &Tag| tag.created - before.created;
    let after = before.filter(|before| since(before) <= rules.within);
    let after_what = after.map(|before| format!(", {} after {}", span(since(before)), before.name));
    let mut anchors = vec![of_release(&tag.name)];
    anchors.extend(after.map(|before| of_release(&before.name)));
    // What a hotfix brings belongs to its incident; a rollback brings nothing.
    let node = tag.node.filter(|_| kind == EventKind::Hotfix);
    if let (Some(line), Some(node)) = (line, node) {
        let brought = brought(history, line, node, &tag.name);
        anchors.extend(brought.map(|node| of_commit(&history.commit(node).id)));
    }
    let title = match (kind, before) {
        (EventKind::Rollback, Some(before)) => format!("Rollback of {}", before.name),
        (EventKind::Rollback, None) => format!("Rollback {}", tag.name),
        _ => match node {
            Some(node) => history.commit(node).subject.clone(),
            None => format!("Hotfix {}", tag.name),
        },
    };
    Event {
        kind,
        at: tag.created,
        commit: node,
        tag: Some(tag.name.clone()),
        title,
        reason: format!("{reason}{}", after_what.unwrap_or_default()),
        release: before.map(|before| before.name.clone()),
        service: line.filter(|line| line.has(at)).map(|line| line.name.clone()).unwrap_or_default(),
        about: if kind == EventKind::Hotfix { vec![tag.commit.clone()] } else { Vec::new() },
        anchors,
    }
}

/// The first commits of a tag that no release before it has; a few, for a hotfix has no more.
fn brought<'h>(
    history: &'h History,
    line: &'h Line,
    tip: Node,
    name: &'h str,
) -> impl Iterator<Item = Node> + 'h {
    let mut next = Some(tip);
    std::iter::from_fn(move || {
        let node = next?;
        let first = line.first(history, node);
        // A tag that is no release itself is followed to the next release.
        if first.is_some_and(|first| first.name != name) {
            next = None;
            return None;
        }
        next = history.commit(node).parents.first().copied();
        Some(node)
    })
    .take(50)
}

/// The older release whose commit a release has again, though another one was made between them.
fn back_to<'h>(history: &'h History, lines: &[Line], at: usize, same: &[usize]) -> Option<&'h str> {
    let tag = &history.tags[at];
    lines.iter().filter(|line| line.has(at)).find_map(|line| {
        let made = line.tags.partition_point(|other| history.tags[*other].created < tag.created);
        let last = &history.tags[*line.tags[..made].last()?];
        let older = |other: &&usize| line.has(**other) && history.tags[**other].created < last.created;
        let found = same.iter().rev().filter(|_| last.commit != tag.commit).find(older)?;
        Some(history.tags[*found].name.as_str())
    })
}

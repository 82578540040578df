//! Commits that were picked to a branch from which releases had been made.

use std::collections::HashMap;

use super::events::{Event, EventKind, ReleaseBefore, Rules, of_commit};
use super::history::{Commit, History, Node};

/// Finds them.
pub(super) fn picks(history: &History, rules: &Rules, before: &ReleaseBefore<'_>) -> Vec<Event> {
    let default = history.branches.iter().filter(|branch| branch.is_default);
    let default: Vec<Node> = default.filter_map(|branch| branch.node).collect();
    let releases = || history.branches.iter().filter(|branch| branch.is_release && !branch.is_default);
    // A release branch that was merged back is still one: what was made on it did not come from the main branch.
    let (main_trunk, release_trunk) =
        (history.trunk(default.iter().copied()), history.trunk(releases().filter_map(|branch| branch.node)));
    let main = history.reach(default, &|node| release_trunk[node as usize] && !main_trunk[node as usize]);
    // What a copy keeps, of the commits that work ended up with.
    let mut originals: HashMap<u64, Vec<Node>> = HashMap::new();
    for (commit, node) in history.commits.iter().zip(0..) {
        if main[node as usize] {
            originals.entry(commit.written).or_default().push(node);
        }
    }
    let mut seen = vec![false; history.commits.len()];
    let mut events = Vec::new();
    for branch in releases() {
        let own = history.reach(branch.node, &|node| main[node as usize]);
        for (commit, node) in history.commits.iter().zip(0..) {
            let at = node as usize;
            if own[at] && !std::mem::replace(&mut seen[at], true) {
                let is_urgent = |release: Option<Node>| is_released(history, node, release, &main_trunk);
                let original = original(history, commit, &originals);
                let found = original
                    .and_then(|original| pick(history, rules, (node, commit), original, before, &is_urgent));
                events.extend(found.map(|(tag, event)| Event {
                    reason: format!(
                        "{} was picked to {} after {tag}{}",
                        commit.short(),
                        branch.name,
                        event.reason
                    ),
                    ..event
                }));
            }
        }
    }
    events
}

/// The name of the commit that one is a copy of.
fn original(history: &History, commit: &Commit, originals: &HashMap<u64, Vec<Node>>) -> Option<String> {
    let same = |other: &&Node| history.commit(**other).subject == commit.subject;
    let found = originals.get(&commit.written).and_then(|all| all.iter().find(same));
    let found = found.map(|other| history.commit(*other).id.clone());
    let named = commit
        .copies
        .first()
        .map(|name| history.named(name).map_or_else(|| name.clone(), |node| history.commit(node).id.clone()));
    named.or(found)
}

/// Whether a release was made from a commit's branch before it: where the branch began, or on it. One that the main branch had
/// earlier says nothing: the branch is being made ready then.
fn is_released(history: &History, node: Node, release: Option<Node>, main_trunk: &[bool]) -> bool {
    let mut next = history.commit(node).parents.first().copied();
    while let Some(node) = next {
        if release == Some(node) {
            return true;
        }
        if main_trunk[node as usize] {
            return false;
        }
        next = history.commit(node).parents.first().copied();
    }
    // The branch is older than what was read, and so is its release.
    true
}

/// The release that a copy came after, and the event without its reason's beginning.
fn pick(
    history: &History,
    rules: &Rules,
    (node, commit): (Node, &Commit),
    original: String,
    before: &ReleaseBefore<'_>,
    is_urgent: &dyn Fn(Option<Node>) -> bool,
) -> Option<(String, Event)> {
    let is_within = (rules.since..=rules.until).contains(&commit.committed);
    if commit.is_merge() || commit.code.is_empty() || !is_within {
        return None;
    }
    let release = before(&commit.id)?;
    let tag = history.tags.iter().find(|tag| tag.name == release)?;
    if !is_urgent(tag.node) {
        return None;
    }
    let event = Event {
        kind: EventKind::Pick,
        at: commit.committed,
        commit: Some(node),
        tag: None,
        title: commit.subject.clone(),
        reason: format!(", from {}", original.get(..7).unwrap_or(&original)),
        release: Some(release.clone()),
        service: tag.lines.first().cloned().unwrap_or_default(),
        anchors: vec![of_commit(&commit.id), of_commit(&original)],
        about: vec![original],
    };
    Some((release, event))
}

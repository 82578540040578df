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
                events.extend(pick(history, rules, (node, commit), &originals, &branch.name, before));
            }
        }
    }
    events
}

fn pick(
    history: &History,
    rules: &Rules,
    (node, commit): (Node, &Commit),
    originals: &HashMap<u64, Vec<Node>>,
    branch: &str,
    before: &ReleaseBefore<'_>,
) -> Option<Event> {
    if commit.is_merge() || commit.code.is_empty() || !(rules.since..=rules.until).contains(&commit.committed)
    {
        return None;
    }
    let same = |other: &&Node| history.commit(**other).subject == commit.subject;
    let original = originals.get(&commit.written).and_then(|all| all.iter().find(same));
    let original = original.map(|other| history.commit(*other).id.clone());
    let original = commit.copies.first().cloned().or(original)?;
    // Before its first release a branch is being made ready: that is no incident.
    let release = before(&commit.id)?;
    let tag = history.tags.iter().find(|tag| tag.name == release);
    let service = tag.and_then(|tag| tag.lines.first()).cloned().unwrap_or_default();
    let whole = history.named(&original).map(|node| history.commit(node).id.clone());
    let original = whole.unwrap_or(original);
    let of = original.get(..7).unwrap_or(&original);
    Some(Event {
        kind: EventKind::Pick,
        at: commit.committed,
        commit: Some(node),
        tag: None,
        title: commit.subject.clone(),
        reason: format!("{} was picked to {branch} after {release}, from {of}", commit.short()),
        release: Some(release),
        service,
        anchors: vec![of_commit(&commit.id), of_commit(&original)],
        about: vec![original],
    })
}

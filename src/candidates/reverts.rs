//! Changes that were taken back after users had them.

use std::collections::HashMap;

use super::events::{Event, EventKind, Rules, of_commit, of_release, span};
use super::history::{Commit, History, Node, Tag};
use super::releases::Line;
use super::subject::{Back, bare, has_request, taken_back};

/// Finds them. What was never released was never felt: where there are releases, it is left out. What is put in again belongs
/// to the incident for which it was taken out, and is none of its own.
pub(super) fn reverts(history: &History, rules: &Rules, lines: &[Line]) -> Vec<Event> {
    let mut by_subject: HashMap<&str, Vec<Node>> = HashMap::new();
    for (commit, node) in history.commits.iter().zip(0..) {
        by_subject.entry(bare(&commit.subject)).or_default().push(node);
    }
    let mut events = Vec::new();
    for (commit, node) in history.commits.iter().zip(0..) {
        let back = taken_back(&commit.subject);
        let says = !commit.reverts.is_empty() || !commit.requests.is_empty();
        if commit.is_merge() || commit.code.is_empty() || (back.is_none() && !says) {
            continue;
        }
        let targets = targets(history, node, back.as_ref(), &by_subject);
        let is_again = back == Some(Back::Again)
            || targets.iter().any(|target| taken_back(&history.commit(*target).subject).is_some());
        if is_again {
            continue;
        }
        events.extend(revert(history, rules, lines, (node, commit), &targets, back.as_ref()));
    }
    events
}

/// The commits that are taken back, as far as they were read.
fn targets(
    history: &History,
    node: Node,
    back: Option<&Back<'_>>,
    by_subject: &HashMap<&str, Vec<Node>>,
) -> Vec<Node> {
    let commit = history.commit(node);
    let named: Vec<Node> = commit.reverts.iter().filter_map(|name| history.named(name)).collect();
    if !named.is_empty() || !commit.reverts.is_empty() {
        return named;
    }
    // Only what was committed before can be meant; they come newest first.
    let earlier = |other: &Node| *other > node;
    if let Some(Back::Named(subject)) = back
        && let Some(found) = by_subject.get(bare(subject)).and_then(|all| all.iter().copied().find(earlier))
    {
        return vec![found];
    }
    let carries = |other: &Node| {
        let subject = &history.commit(*other).subject;
        commit.requests.iter().any(|request| has_request(subject, request))
    };
    if commit.requests.is_empty() {
        return Vec::new();
    }
    let last = Node::try_from(history.commits.len()).unwrap_or(Node::MAX);
    (node + 1..last).find(carries).into_iter().collect()
}

fn revert(
    history: &History,
    rules: &Rules,
    lines: &[Line],
    (node, commit): (Node, &Commit),
    targets: &[Node],
    back: Option<&Back<'_>>,
) -> Option<Event> {
    let target = targets.first().map(|target| history.commit(*target));
    let released = targets.iter().find_map(|target| released(history, lines, *target, commit.committed));
    // What is older than what was read had its release long ago.
    if rules.has_releases && !targets.is_empty() && released.is_none() {
        return None;
    }
    let mut anchors = vec![of_commit(&commit.id)];
    anchors.extend(targets.iter().map(|target| of_commit(&history.commit(*target).id)));
    anchors.extend(commit.reverts.iter().filter(|_| targets.is_empty()).map(|name| of_commit(name)));
    anchors.extend(commit.copies.iter().map(|name| of_commit(name)));
    if let Some((_, tag)) = released.filter(|(_, tag)| commit.committed - tag.created <= rules.within) {
        anchors.push(of_release(&tag.name));
    }
    let title = match (target, back) {
        (Some(target), _) => bare(&target.subject).to_owned(),
        (None, Some(Back::Named(subject))) => bare(subject).to_owned(),
        (None, _) => commit.subject.clone(),
    };
    let what = match (target, commit.reverts.first()) {
        (Some(target), _) => format!("takes back {} \"{}\"", target.short(), target.subject),
        (None, Some(name)) => format!("takes back {}", name.get(..7).unwrap_or(name)),
        (None, None) => "takes something back".to_owned(),
    };
    let when = released
        .map(|(_, tag)| format!(", {} after {} brought it", span(commit.committed - tag.created), tag.name));
    let about = targets.iter().map(|target| history.commit(*target).id.clone());
    Some(Event {
        kind: EventKind::Revert,
        at: commit.committed,
        commit: Some(node),
        tag: None,
        title,
        reason: format!("{} {what}{}", commit.short(), when.unwrap_or_default()),
        release: released.map(|(_, tag)| tag.name.clone()),
        service: released.map(|(line, _)| line.name.clone()).unwrap_or_default(),
        about: about.chain(commit.reverts.iter().cloned()).collect(),
        anchors,
    })
}

/// The release that first brought a commit by some instant.
fn released<'h, 'l>(
    history: &'h History,
    lines: &'l [Line],
    node: Node,
    by: i64,
) -> Option<(&'l Line, &'h Tag)> {
    lines.iter().find_map(|line| {
        let tag = line.first(history, node).filter(|tag| tag.created <= by)?;
        Some((line, tag))
    })
}

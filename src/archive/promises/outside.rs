//! Documents that came into the folders from elsewhere: what they were before is their history too.

use std::collections::BTreeSet;

use super::facts::Facts;
use super::lanes::Lanes;
use crate::git::{CommitId, Error, Repo};
use crate::promise::Node;

/// Asks where the documents that some commits brought came from, and what became of them there. The change of such a
/// document says its former path, and no content before: nothing of it stood in the folders.
///
/// # Errors
/// Git's.
pub(super) fn learn(facts: &mut Facts, new: &[Node], tip: Node, repo: &Repo) -> Result<(), Error> {
    let brings = |node: &&Node| {
        let changes = facts.changes.get(*node).into_iter().flatten();
        changes.into_iter().any(|change| change.before.is_none() && change.from.is_none())
    };
    let ids: Vec<CommitId> = new.iter().filter(brings).map(|node| facts.ids[*node as usize]).collect();
    let mut left: BTreeSet<String> = BTreeSet::new();
    for (commit, renamed) in repo.renames(&ids)? {
        let Some(changes) = facts.number(&commit).and_then(|node| facts.changes.get_mut(&node)) else {
            continue;
        };
        for change in changes.iter_mut().filter(|change| change.before.is_none()) {
            change.from =
                renamed.iter().find(|other| other.path == change.path).and_then(|other| other.from.clone());
            left.extend(change.from.clone());
        }
    }
    left.retain(|path| !facts.outside.contains_key(path));
    if left.is_empty() {
        return Ok(());
    }
    let paths: Vec<&str> = left.iter().map(String::as_str).collect();
    for (commit, path, blob) in repo.contents(&facts.ids[tip as usize], &paths)?.into_iter().rev() {
        if let Some(node) = facts.number(&commit) {
            facts.outside.entry(path).or_default().push((node, blob));
        }
    }
    // Parents come first, whatever the clocks said.
    facts.outside.values_mut().for_each(|contents| contents.sort_by_key(|(node, _)| *node));
    Ok(())
}

/// The commits of some stations that were never asked about.
pub(super) fn unasked(facts: &Facts, lanes: &Lanes) -> Vec<Node> {
    let single = lanes.stations.iter().filter(|station| !station.is_merge).map(|station| station.node);
    single.filter(|node| !facts.changes.contains_key(node)).collect()
}

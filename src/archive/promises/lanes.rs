//! The history of the documents folders: the commits that changed something there, and the merges that brought different
//! changes together. All the other thousands are left out.

use std::collections::HashMap;

use super::facts::Facts;
use super::outside;
use crate::git::{CommitId, Error, PathChange, Repo};
use crate::promise::{Line, Node};

/// A commit of that history.
#[derive(Debug)]
pub(super) struct Station {
    /// The commit.
    pub(super) node: Node,
    /// The stations before it.
    pub(super) before: Vec<usize>,
    /// Several histories meet here: what changed is told by the trees.
    pub(super) is_merge: bool,
}

/// The stations of one revision's history, older ones first.
pub(super) struct Lanes {
    pub(super) stations: Vec<Station>,
    /// For each commit, the station that has the same documents by the same history.
    at: Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl Lanes {
    /// Leaves out of the history of a revision what has nothing to do with the folders.
    pub(super) fn new(facts: &Facts, line: &Line<'_>, tip: Node) -> Self {
        let mut lanes = Self { stations: Vec::new(), at: vec![NONE; tip as usize + 1] };
        for node in (0..=tip).filter(|node| line.has(*node)) {
            lanes.at[node as usize] = lanes.place(facts, line, node);
        }
        lanes
    }

    /// The station that stands for a commit.
    pub(super) fn at(&self, node: Node) -> Option<usize> {
        self.at.get(node as usize).filter(|at| **at != NONE).map(|at| *at as usize)
    }

    fn place(&mut self, facts: &Facts, line: &Line<'_>, node: Node) -> u32 {
        let parents = line.graph().parents(node);
        let state = facts.state[node as usize];
        let mut before: Vec<u32> = Vec::new();
        for at in parents.iter().map(|parent| self.at[*parent as usize]).filter(|at| *at != NONE) {
            if !before.contains(&at) {
                before.push(at);
            }
        }
        let same = |parent: &&Node| facts.state[**parent as usize] == state;
        let station = |at: u32| self.stations[at as usize].node;
        // One side has all that the others have, and nothing was changed in merging.
        let carried = parents.iter().filter(same).map(|parent| self.at[*parent as usize]).find(|own| {
            let is_in = |at: &u32| *own != NONE && line.is_ancestor(station(*at), station(*own));
            before.iter().all(is_in)
        });
        match carried {
            Some(at) => at,
            None if before.is_empty() && state == 0 => NONE,
            None => {
                let before = before.into_iter().map(|at| at as usize).collect();
                self.stations.push(Station { node, before, is_merge: parents.len() > 1 });
                u32::try_from(self.stations.len() - 1).expect("there are fewer than commits")
            }
        }
    }
}

/// What the stations changed, by path.
pub(super) struct Changes<'f> {
    by_path: HashMap<&'f str, Vec<(usize, &'f PathChange)>>,
}

/// Asks git what the stations changed, as far as that is not known yet; says whether there was something to ask.
///
/// # Errors
/// Git's.
pub(super) fn learn(
    facts: &mut Facts,
    lanes: &Lanes,
    tip: Node,
    repo: &Repo,
    folders: &[String],
) -> Result<bool, Error> {
    let missing = outside::unasked(facts, lanes);
    let ids: Vec<CommitId> = missing.iter().map(|node| facts.ids[*node as usize]).collect();
    let changed = repo.changes(&ids, folders)?;
    for (commit, changes) in changed {
        if let Some(node) = facts.number(&commit) {
            facts.changes.insert(node, changes);
        }
    }
    for node in &missing {
        facts.changes.entry(*node).or_default();
    }
    outside::learn(facts, &missing, tip, repo)?;
    Ok(!missing.is_empty())
}

impl<'f> Changes<'f> {
    pub(super) fn new(facts: &'f Facts, lanes: &Lanes) -> Self {
        let mut by_path: HashMap<&str, Vec<(usize, &PathChange)>> = HashMap::new();
        for (at, station) in lanes.stations.iter().enumerate().filter(|(_, station)| !station.is_merge) {
            for change in facts.changes.get(&station.node).into_iter().flatten() {
                by_path.entry(&change.path).or_default().push((at, change));
            }
        }
        Self { by_path }
    }

    /// What a station did to a path.
    pub(super) fn of(&self, station: usize, path: &str) -> Option<&'f PathChange> {
        let all = self.by_path.get(path)?;
        all.binary_search_by_key(&station, |(at, _)| *at).ok().map(|at| all[at].1)
    }

    /// Every renaming, from and to.
    pub(super) fn renames(&self) -> impl Iterator<Item = (&'f str, &'f str)> {
        self.by_path
            .values()
            .flatten()
            .filter_map(|(_, change)| Some((change.from.as_deref()?, change.path.as_str())))
    }
}

//! Commits as numbers, parents before children, and who descends from whom.

use serde::{Deserialize, Serialize};

/// A commit: its place in an order in which parents come first.
pub type Node = u32;

/// Commits with their parents and dates; it only grows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Graph {
    /// Where the parents of each commit end in `edges`.
    ends: Vec<u32>,
    edges: Vec<Node>,
    /// When each was committed, in seconds of Unix time.
    dates: Vec<i64>,
}

impl Graph {
    /// Adds a commit whose parents are there already, and hands back its number.
    pub fn add(&mut self, parents: &[Node], committed: i64) -> Node {
        let node = index(self.dates.len());
        debug_assert!(parents.iter().all(|parent| *parent < node), "parents come first");
        self.edges.extend_from_slice(parents);
        self.ends.push(index(self.edges.len()));
        self.dates.push(committed);
        node
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.dates.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.dates.is_empty()
    }

    /// The parents of a commit, in order.
    #[must_use]
    pub fn parents(&self, node: Node) -> &[Node] {
        let at = node as usize;
        let from = at.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.edges[from..self.ends[at] as usize]
    }

    /// When it was committed, in seconds of Unix time.
    #[must_use]
    pub fn date(&self, node: Node) -> i64 {
        self.dates[node as usize]
    }

    /// Which commits are a tip or an ancestor of it, by number.
    #[must_use]
    pub fn reach(&self, tip: Node) -> Vec<bool> {
        let mut reached = vec![false; tip as usize + 1];
        reached[tip as usize] = true;
        for node in (0..=tip).rev() {
            if reached[node as usize] {
                self.parents(node).iter().for_each(|parent| reached[*parent as usize] = true);
            }
        }
        reached
    }

    /// The history of one tip, prepared for questions about who descends from whom.
    #[must_use]
    pub fn line(&self, tip: Node) -> Line<'_> {
        Line::new(self, tip)
    }
}

/// The history of one tip along its first parents. Every commit of it has come to that line somewhere (`entry`) and has
/// branched off from it somewhere (`base`): most questions are answered by these two.
#[derive(Debug, Clone)]
pub struct Line<'g> {
    graph: &'g Graph,
    /// The line itself, oldest first.
    chain: Vec<Node>,
    /// The place on the line at which a commit is first part of it; `NEVER` for what the tip does not have.
    entry: Vec<u32>,
    /// The newest place on the line that a commit has, and one more; 0 where it has none of it.
    base: Vec<u32>,
}

const NEVER: u32 = u32::MAX;

impl<'g> Line<'g> {
    fn new(graph: &'g Graph, tip: Node) -> Self {
        let mut chain = vec![tip];
        while let Some(first) = chain.last().and_then(|last| graph.parents(*last).first()) {
            chain.push(*first);
        }
        chain.reverse();
        let size = tip as usize + 1;
        let (mut entry, mut base) = (vec![NEVER; size], vec![0; size]);
        let mut waiting = Vec::new();
        for (place, node) in chain.iter().enumerate() {
            waiting.push(*node);
            while let Some(node) = waiting.pop() {
                if entry[node as usize] == NEVER {
                    entry[node as usize] = index(place);
                    waiting.extend(
                        graph.parents(node).iter().filter(|parent| entry[**parent as usize] == NEVER),
                    );
                }
            }
            base[*node as usize] = index(place) + 1;
        }
        for node in 0..=tip {
            let at = node as usize;
            if entry[at] != NEVER && base[at] == 0 {
                base[at] = graph.parents(node).iter().map(|parent| base[*parent as usize]).max().unwrap_or(0);
            }
        }
        Self { graph, chain, entry, base }
    }

    /// The commits behind it.
    #[must_use]
    pub fn graph(&self) -> &'g Graph {
        self.graph
    }

    /// Whether the tip has a commit.
    #[must_use]
    pub fn has(&self, node: Node) -> bool {
        self.entry.get(node as usize).is_some_and(|entry| *entry != NEVER)
    }

    /// The commits of the line from the one on that first has a commit, oldest first; none for what the tip does not
    /// have.
    #[must_use]
    pub fn since(&self, node: Node) -> &[Node] {
        let entry = self.entry.get(node as usize).filter(|entry| **entry != NEVER);
        entry.map_or(&[], |entry| &self.chain[*entry as usize..])
    }

    /// Whether a commit is an ancestor of another one, or that one itself; both of this history.
    #[must_use]
    pub fn is_ancestor(&self, old: Node, new: Node) -> bool {
        if old >= new || !self.has(old) || !self.has(new) {
            return old == new;
        }
        let (entry, base) = (self.entry[old as usize], self.base[new as usize]);
        // What came to the line before the other left it is in the other; what came later than the other did, is not.
        if entry < base {
            return true;
        }
        if entry > self.entry[new as usize] {
            return false;
        }
        let mut seen = std::collections::HashSet::from([new]);
        let mut waiting = vec![new];
        while let Some(node) = waiting.pop() {
            for parent in self.graph.parents(node) {
                if *parent == old {
                    return true;
                }
                let may_lead = *parent > old && self.entry[*parent as usize] >= entry;
                if may_lead && seen.insert(*parent) {
                    waiting.push(*parent);
                }
            }
        }
        false
    }

    /// Whether a word given in one commit is newer than one given in another: ancestry decides, dates between commits of
    /// which none has the other; of the same second neither is.
    #[must_use]
    pub fn is_newer(&self, one: Node, other: Node) -> bool {
        if one == other || self.is_ancestor(one, other) {
            return false;
        }
        self.is_ancestor(other, one) || self.graph.date(one) > self.graph.date(other)
    }
}

fn index(count: usize) -> u32 {
    u32::try_from(count).expect("a history has fewer than four thousand million commits")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A graph from lists of parents, a second apart.
    fn graph(parents: &[&[Node]]) -> Graph {
        let mut graph = Graph::default();
        for (at, parents) in parents.iter().enumerate() {
            graph.add(parents, i64::try_from(at).unwrap());
        }
        graph
    }

    #[test]
    fn ancestry_decides_and_dates_only_between_unrelated_commits() {
        // 0 - 1 - 3 (merge), 0 - 2 - 3
        let graph = graph(&[&[], &[0], &[0], &[1, 2]]);
        let line = graph.line(3);
        assert!(line.is_newer(3, 0) && line.is_newer(1, 0) && !line.is_newer(0, 1));
        assert!(line.is_newer(2, 1) && !line.is_newer(1, 2), "by date");
        assert!(!line.is_newer(1, 1));
    }

    #[test]
    fn what_came_to_the_line_by_a_merge_came_with_the_merge() {
        let graph = graph(&[&[], &[0], &[0], &[1, 2], &[3]]);
        let line = graph.line(4);
        assert_eq!(line.since(2), [3, 4]);
        assert_eq!(line.since(1), [1, 3, 4]);
        assert_eq!(graph.line(1).since(2), [] as [Node; 0]);
    }

    proptest! {
        /// Whatever the history, the line's answer is that of a walk through all of it.
        #[test]
        fn ancestry_is_what_a_walk_says(shape in proptest::collection::vec(proptest::collection::vec(0u32..1000, 0..4), 1..40)) {
            let mut graph = Graph::default();
            for (at, parents) in shape.iter().enumerate() {
                let at = u32::try_from(at).unwrap();
                let mut own: Vec<Node> = Vec::new();
                for parent in parents.iter().filter(|_| at > 0).map(|parent| parent % at) {
                    if !own.contains(&parent) {
                        own.push(parent);
                    }
                }
                graph.add(&own, i64::from(at % 7));
            }
            let tip = u32::try_from(shape.len()).unwrap() - 1;
            let (line, reached) = (graph.line(tip), graph.reach(tip));
            for new in 0..=tip {
                prop_assert_eq!(line.has(new), reached[new as usize]);
                let walked = graph.reach(new);
                for old in (0..=tip).filter(|old| line.has(*old) && line.has(new)) {
                    let is = old <= new && walked[old as usize];
                    prop_assert_eq!(line.is_ancestor(old, new), is, "{} in {}", old, new);
                }
            }
        }
    }
}

//! What a range is made of: the commits that one reaches and another does not.
//!
//! Both pasts are walked from the highest level down. A parent is lower than its child, so that when a commit's turn comes
//! all that lead to it had theirs, and whether the hidden past has it is known: by levels, and not by the dates that git goes
//! by where it has none.

use std::collections::{BinaryHeap, HashMap};

use super::reach::Reach;
use super::{CommitId, Place};

/// Commits that are looked at before git is asked.
const FAR: usize = 1 << 17;
/// Of these, such as the commit-graph has not: each is read from its object.
const YOUNG: usize = 512;

/// The commits of a range, its end first; nothing where there are more than so many, and where the commit-graph does not
/// tell.
pub(super) fn between(
    mut reach: Reach<'_>,
    from: &CommitId,
    to: &CommitId,
    most: usize,
) -> Option<Vec<CommitId>> {
    let mut levels = Levels::default();
    // Whether each commit that was come to is in the hidden past.
    let mut hidden: HashMap<Place, bool> = HashMap::new();
    let mut turns = BinaryHeap::new();
    for (commit, is_hidden) in [(to, false), (from, true)] {
        let node = reach.node(commit)?;
        turns.push((levels.of(&mut reach, node)?, node));
        // Of a range from a commit to itself nothing is seen: it is hidden.
        hidden.insert(node, is_hidden);
    }
    let (mut seen, mut parents) = (Vec::new(), Vec::new());
    let mut waiting = hidden.values().filter(|is_hidden| !**is_hidden).count();
    while waiting > 0 {
        let (_, node) = turns.pop()?;
        let is_hidden = hidden[&node];
        if !is_hidden {
            waiting -= 1;
            seen.push(reach.commit(node)?);
        }
        parents.clear();
        reach.parents(node, &mut parents)?;
        for parent in &parents {
            match hidden.get_mut(parent) {
                None => {
                    turns.push((levels.of(&mut reach, *parent)?, *parent));
                    hidden.insert(*parent, is_hidden);
                    waiting += usize::from(!is_hidden);
                }
                Some(known) if is_hidden && !*known => {
                    *known = true;
                    waiting -= 1;
                }
                Some(_) => {}
            }
        }
        if seen.len() > most || hidden.len() > FAR {
            return None;
        }
    }
    Some(seen)
}

/// The levels of commits, of those too that the commit-graph has not yet.
#[derive(Default)]
struct Levels {
    known: HashMap<Place, u32>,
    young: usize,
}

impl Levels {
    /// One more than that of the highest parent, as the commit-graph counts.
    fn of(&mut self, reach: &mut Reach<'_>, node: Place) -> Option<u32> {
        let mut open = vec![node];
        while let Some(last) = open.last().copied() {
            if let Some(level) = reach.level(last) {
                // Whoever wrote it knew no levels.
                self.known.insert(last, Some(level).filter(|level| *level > 0)?);
            }
            if !self.known.contains_key(&last) {
                self.young += 1;
                (self.young < YOUNG).then_some(())?;
                let mut parents = Vec::new();
                reach.parents(last, &mut parents)?;
                let unknown: Vec<Place> =
                    parents.iter().copied().filter(|parent| !self.known.contains_key(parent)).collect();
                if !unknown.is_empty() {
                    open.extend(unknown);
                    // A past that ends nowhere is no past.
                    if open.len() > FAR {
                        return None;
                    }
                    continue;
                }
                let highest = parents.iter().map(|parent| self.known[parent]).max().unwrap_or(0);
                self.known.insert(last, highest.checked_add(1)?);
            }
            open.pop();
        }
        self.known.get(&node).copied()
    }
}

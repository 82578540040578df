//! Which commits others descend from: one walk for many tips, each commit looked at once.

use super::super::IdMap;
use super::{CommitGraph, CommitId, Place};

/// Commits that are looked for in one walk: a bit for each, and two for how far it is.
pub(super) const MOST: usize = 30;
/// The parents of a commit are being looked at.
const OPEN: u32 = 1 << 30;
/// All that a commit reaches is known.
const DONE: u32 = 1 << 31;
/// Commits that the commit-graph has not yet, and that are read one by one. Where there are more, git is asked.
const YOUNG: usize = 4096;
/// Levels stop here: whatever is higher has this one.
const HIGHEST: u32 = 0x3fff_ffff;

/// Reads the parents of a commit that the commit-graph has not.
type Read<'g> = dyn Fn(&CommitId) -> Option<Vec<CommitId>> + 'g;

/// A walk for some commits. What the commit-graph has not comes behind its places.
pub(super) struct Reach<'g> {
    graph: &'g CommitGraph,
    read: &'g Read<'g>,
    young: Vec<CommitId>,
    places: IdMap<CommitId, Place>,
    /// A bit for each of the commits that one reaches, and how far the walk is with it.
    masks: Vec<u32>,
    /// The bits of all commits that are looked for.
    all: u32,
    /// Nothing at this level or below reaches one of them, unless it is one.
    floor: u32,
}

/// A commit whose parents are being looked at.
struct Step {
    node: Place,
    /// Its parents, in the list of all that are to be looked at.
    parents: u32,
    next: u32,
}

impl<'g> Reach<'g> {
    /// Prepares a walk for up to [`MOST`] commits.
    pub(super) fn new(graph: &'g CommitGraph, read: &'g Read<'g>, commits: &[CommitId]) -> Option<Self> {
        let (masks, young, places) = (vec![0; graph.count() as usize], Vec::new(), IdMap::default());
        // What the commit-graph has not no commit in it can reach.
        let mut reach = Self { graph, read, young, places, masks, all: 0, floor: HIGHEST - 1 };
        let mut missing = Vec::new();
        for (at, commit) in commits.iter().take(MOST).enumerate() {
            let node = reach.node(commit)?;
            reach.masks[node as usize] |= 1 << at;
            reach.all |= 1 << at;
            if node < graph.count() {
                reach.floor = reach.floor.min(graph.level(node)?);
            } else {
                missing.push(commit.object());
            }
        }
        graph.lacks(&missing).then_some(reach)
    }

    /// For each of some tips the bits of the commits that it reaches. Nothing where the commit-graph is damaged, and where it
    /// lacks too much.
    pub(super) fn of_each(&mut self, tips: &[CommitId]) -> Option<Vec<u32>> {
        let (mut steps, mut parents) = (Vec::new(), Vec::new());
        tips.iter()
            .map(|tip| {
                let node = self.node(tip)?;
                if self.masks[node as usize] & DONE == 0 {
                    self.walk(node, &mut steps, &mut parents)?;
                }
                Some(self.masks[node as usize] & self.all)
            })
            .collect()
    }

    fn walk(&mut self, tip: Place, steps: &mut Vec<Step>, parents: &mut Vec<Place>) -> Option<()> {
        self.enter(tip, steps, parents)?;
        while let Some(step) = steps.last_mut() {
            let node = step.node as usize;
            // What has all of them needs no further look.
            let next =
                parents.get(step.next as usize).filter(|_| self.masks[node] & self.all != self.all).copied();
            let Some(parent) = next else {
                self.masks[node] = self.masks[node] & self.all | DONE;
                parents.truncate(step.parents as usize);
                steps.pop();
                if let Some(child) = steps.last() {
                    self.masks[child.node as usize] |= self.masks[node] & self.all;
                }
                continue;
            };
            step.next += 1;
            let state = self.masks[parent as usize];
            // Nobody is an own ancestor.
            if state & OPEN != 0 {
                return None;
            }
            if state & DONE != 0 || !self.enter(parent, steps, parents)? {
                self.masks[node] |= self.masks[parent as usize] & self.all;
            }
        }
        Some(())
    }

    /// Begins with a commit, unless nothing behind it matters; tells whether it began.
    fn enter(&mut self, node: Place, steps: &mut Vec<Step>, parents: &mut Vec<Place>) -> Option<bool> {
        let begin = u32::try_from(parents.len()).ok()?;
        let level = self.parents(node, parents)?;
        let is_over = level != 0 && level <= self.floor;
        self.masks[node as usize] |= if is_over { DONE } else { OPEN };
        if is_over {
            parents.truncate(begin as usize);
        } else {
            steps.push(Step { node, parents: begin, next: begin });
        }
        Some(!is_over)
    }

    /// The parents of a commit, behind those in a list, and its level, which is looked at closely: a wrong one would make a
    /// wrong answer.
    pub(super) fn parents(&mut self, node: Place, parents: &mut Vec<Place>) -> Option<u32> {
        let count = self.graph.count();
        if node >= count {
            let commit = self.young[(node - count) as usize];
            for parent in (self.read)(&commit)? {
                parents.push(self.node(&parent)?);
            }
            return Some(0);
        }
        let begin = parents.len();
        let level = self.graph.read(node, parents)?;
        let (mut highest, mut are_known) = (0, level != 0);
        for parent in &parents[begin..] {
            let own = self.graph.level(*parent)?;
            highest = highest.max(own);
            are_known &= own != 0;
        }
        let is_right = !are_known || level == (highest + 1).min(HIGHEST);
        is_right.then_some(level)
    }

    /// The level of the commit at a place; none of one that the commit-graph has not.
    pub(super) fn level(&self, node: Place) -> Option<u32> {
        (node < self.graph.count()).then(|| self.graph.level(node))?
    }

    /// The commit at a place.
    pub(super) fn commit(&self, node: Place) -> Option<CommitId> {
        match node.checked_sub(self.graph.count()) {
            Some(young) => self.young.get(young as usize).copied(),
            None => self.graph.name(node),
        }
    }

    /// The place of a commit, whether the commit-graph has it or not.
    pub(super) fn node(&mut self, commit: &CommitId) -> Option<Place> {
        if let Some(place) = self.places.get(commit).copied().or_else(|| self.graph.find(commit)) {
            return Some(place);
        }
        let place = Place::try_from(self.masks.len()).ok().filter(|_| self.young.len() < YOUNG)?;
        self.young.push(*commit);
        self.places.insert(*commit, place);
        self.masks.push(0);
        Some(place)
    }
}

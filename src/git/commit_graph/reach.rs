//! Which commits others descend from: one walk for many tips, each commit looked at once.

use super::super::IdMap;
use super::{CommitGraph, CommitId, Place};

/// Commits that are looked for in one walk.
pub(super) const MOST: usize = 64;
/// Commits that the commit-graph has not yet, and that are read one by one. Where there are more, git is asked.
const YOUNG: usize = 4096;
/// Levels stop here: whatever is higher has this one.
const HIGHEST: u32 = 0x3fff_ffff;

/// Reads the parents of a commit that the commit-graph has not.
type Read<'g> = dyn Fn(&CommitId) -> Option<Vec<CommitId>> + 'g;

/// How far a walk is with a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    /// Its parents are being looked at.
    Open,
    Done,
}

/// A walk for some commits. What the commit-graph has not comes behind its places.
pub(super) struct Reach<'g> {
    graph: &'g CommitGraph,
    read: &'g Read<'g>,
    young: Vec<CommitId>,
    places: IdMap<CommitId, Place>,
    /// A bit for each of the commits that one reaches.
    masks: Vec<u64>,
    states: Vec<State>,
    /// The bits of all commits that are looked for.
    all: u64,
    /// Nothing at this level or below reaches one of them, unless it is one.
    floor: u32,
}

/// A commit whose parents are being looked at.
struct Step {
    node: Place,
    /// Its parents, in the list of all that are to be looked at.
    parents: usize,
    next: usize,
}

impl<'g> Reach<'g> {
    /// Prepares a walk for up to [`MOST`] commits.
    pub(super) fn new(graph: &'g CommitGraph, read: &'g Read<'g>, commits: &[CommitId]) -> Option<Self> {
        let count = graph.count() as usize;
        let (masks, states, all) = (vec![0; count], vec![State::New; count], 0);
        let (young, places) = (Vec::new(), IdMap::default());
        // What the commit-graph has not no commit in it can reach.
        let mut reach = Self { graph, read, young, places, masks, states, all, floor: HIGHEST - 1 };
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
    pub(super) fn of_each(&mut self, tips: &[CommitId]) -> Option<Vec<u64>> {
        let (mut steps, mut parents) = (Vec::new(), Vec::new());
        tips.iter()
            .map(|tip| {
                let node = self.node(tip)?;
                if self.states[node as usize] == State::New {
                    self.walk(node, &mut steps, &mut parents)?;
                }
                Some(self.masks[node as usize])
            })
            .collect()
    }

    fn walk(&mut self, tip: Place, steps: &mut Vec<Step>, parents: &mut Vec<Place>) -> Option<()> {
        self.enter(tip, steps, parents)?;
        while let Some(step) = steps.last_mut() {
            let node = step.node as usize;
            // What has all of them needs no further look.
            let next = parents.get(step.next).filter(|_| self.masks[node] != self.all).copied();
            let Some(parent) = next else {
                self.states[node] = State::Done;
                parents.truncate(step.parents);
                steps.pop();
                if let Some(child) = steps.last() {
                    self.masks[child.node as usize] |= self.masks[node];
                }
                continue;
            };
            step.next += 1;
            match self.states[parent as usize] {
                State::Done => self.masks[node] |= self.masks[parent as usize],
                State::New => {
                    if !self.enter(parent, steps, parents)? {
                        self.masks[node] |= self.masks[parent as usize];
                    }
                }
                // Nobody is an own ancestor.
                State::Open => return None,
            }
        }
        Some(())
    }

    /// Begins with a commit, unless nothing behind it matters; tells whether it began.
    fn enter(&mut self, node: Place, steps: &mut Vec<Step>, parents: &mut Vec<Place>) -> Option<bool> {
        let begin = parents.len();
        let level = self.parents(node, parents)?;
        let is_over = level != 0 && level <= self.floor;
        self.states[node as usize] = if is_over { State::Done } else { State::Open };
        if is_over {
            parents.truncate(begin);
        } else {
            steps.push(Step { node, parents: begin, next: begin });
        }
        Some(!is_over)
    }

    /// The parents of a commit, behind those in a list, and its level, which is looked at closely: a wrong one would make a
    /// wrong answer.
    fn parents(&mut self, node: Place, parents: &mut Vec<Place>) -> Option<u32> {
        let count = self.graph.count();
        if node >= count {
            let commit = self.young[(node - count) as usize];
            for parent in (self.read)(&commit)? {
                parents.push(self.node(&parent)?);
            }
            return Some(0);
        }
        let begin = parents.len();
        let record = self.graph.read(node, parents)?;
        let (mut highest, mut are_known) = (0, record.level != 0);
        for parent in &parents[begin..] {
            let level = self.graph.level(*parent)?;
            highest = highest.max(level);
            are_known &= level != 0;
        }
        let is_right = !are_known || record.level == (highest + 1).min(HIGHEST);
        is_right.then_some(record.level)
    }

    /// The place of a commit, whether the commit-graph has it or not.
    fn node(&mut self, commit: &CommitId) -> Option<Place> {
        if let Some(place) = self.places.get(commit).copied().or_else(|| self.graph.find(commit)) {
            return Some(place);
        }
        let place = Place::try_from(self.masks.len()).ok().filter(|_| self.young.len() < YOUNG)?;
        self.young.push(*commit);
        self.places.insert(*commit, place);
        self.masks.push(0);
        self.states.push(State::New);
        Some(place)
    }
}

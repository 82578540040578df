//! The commits of a short walk, told by the objects: what a few commits say is read sooner than git is started.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};

use super::{Route, Walked};
use crate::git::{CommitId, ObjectId, Repo};

/// Commits that are read before git is asked after all.
const SHORT: usize = 256;

impl Repo {
    /// The commits of a walk, newer ones mostly first; nothing where git has to list them: where there are many, where the past is
    /// not what the objects tell, and where what is known cannot be told without a look at all of it.
    pub(super) fn list_here(&self, route: &Route<'_>) -> Option<Vec<Walked>> {
        if route.since.is_some() || !self.has_plain_history() {
            return None;
        }
        match (route.tips, route.known) {
            (tips, []) => self.all_of(tips),
            ([tip], known) => self.line(tip, route).or_else(|| self.since_then(tip, known)),
            _ => None,
        }
    }

    /// All that tips reach, the newest first, and of one date who was come to first, as git has them.
    fn all_of(&self, tips: &[CommitId]) -> Option<Vec<Walked>> {
        let (mut turns, mut come_to, mut walked) = (BinaryHeap::new(), HashSet::new(), Vec::new());
        let mut next = tips.to_vec();
        let mut order = Vec::new();
        loop {
            for id in next {
                if come_to.insert(id) {
                    let commit = self.walked(&id).filter(|_| walked.len() < SHORT)?;
                    turns.push((commit.committed, Reverse(walked.len())));
                    walked.push(Some(commit));
                }
            }
            let Some((_, Reverse(newest))) = turns.pop() else { break };
            order.push(newest);
            next = walked[newest].as_ref().map(|commit| commit.parents.clone()).unwrap_or_default();
        }
        order.into_iter().map(|at| walked[at].take()).collect()
    }

    /// The commits from a tip back to the first known one, where each has one parent: none of them can be in the past of
    /// that, and whoever knows several heads says of each commit whether these have it.
    fn line(&self, tip: &CommitId, route: &Route<'_>) -> Option<Vec<Walked>> {
        let (mut listed, mut next) = (Vec::new(), *tip);
        while !(route.has)(&next) && *route.known != [next] {
            let walked = self.walked(&next).filter(|_| listed.len() < SHORT)?;
            let [parent] = walked.parents[..] else { return None };
            listed.push(walked);
            next = parent;
        }
        Some(listed)
    }

    /// The same where there are merges, by the commit-graph, each commit before its parents.
    fn since_then(&self, tip: &CommitId, known: &[CommitId]) -> Option<Vec<Walked>> {
        let [known] = known else { return None };
        self.between(known, tip, SHORT)?.iter().map(|id| self.walked(id)).collect()
    }

    fn walked(&self, id: &CommitId) -> Option<Walked> {
        let commit = self.handle().and_then(|handle| handle.find_commit(id.object().to_git2())).ok()?;
        let parents = commit.parent_ids().map(|id| CommitId::new(ObjectId::from_git2(id))).collect();
        // What is no date, or from before all dates, git tells in its way.
        let committed = Some(commit.time().seconds()).filter(|seconds| *seconds > 0)?;
        Some(Walked { id: *id, parents, committed, message: None, folders: 0 })
    }
}

#[cfg(test)]
#[path = "short_tests.rs"]
mod tests;

//! The commits of a short walk, told by the objects: what a few commits say is read sooner than git is started.

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

    /// All that tips reach, the newest first.
    fn all_of(&self, tips: &[CommitId]) -> Option<Vec<Walked>> {
        let (mut queue, mut come_to, mut listed) = (BinaryHeap::new(), HashSet::new(), Vec::new());
        let mut come = |id: &CommitId, queue: &mut BinaryHeap<Next>| {
            if come_to.insert(*id) {
                queue.push(Next(self.walked(id)?));
            }
            (come_to.len() <= SHORT).then_some(())
        };
        tips.iter().try_for_each(|tip| come(tip, &mut queue))?;
        while let Some(Next(newest)) = queue.pop() {
            newest.parents.iter().try_for_each(|parent| come(parent, &mut queue))?;
            listed.push(newest);
        }
        Some(listed)
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

/// A commit whose turn comes the sooner the newer it is.
struct Next(Walked);

impl Ord for Next {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.0.committed, &self.0.id).cmp(&(other.0.committed, &other.0.id))
    }
}

impl PartialOrd for Next {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Next {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Next {}

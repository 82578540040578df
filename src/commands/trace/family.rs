//! The commits that matter to a defect beside its cause and its fixes: copies of either, reverts, reverts of reverts.

use std::collections::HashMap;

use crate::archive::Turned;
use crate::error::CliError;
use crate::git::{CommitId, Repo};
use crate::trace::{Turn, Turns};

/// Reverts of merges that are looked into for one commit: each takes two processes.
const MERGES: usize = 40;

/// Commits by number, and what each is to the defect.
#[derive(Debug, Default)]
pub(super) struct Family {
    pub(super) nodes: Vec<CommitId>,
    pub(super) turns: Turns,
    /// The changes that brought it: each a commit and its copies.
    pub(super) causes: Vec<Vec<Turn>>,
    /// The changes that mended it; all are needed.
    pub(super) fixes: Vec<Vec<Turn>>,
    /// More reverts of merges than were looked into.
    pub(super) has_more: bool,
    numbers: HashMap<CommitId, Turn>,
}

impl Family {
    /// Finds the whole family of some changes, each given by commits that are copies of each other as far as is known.
    ///
    /// # Errors
    /// Git's.
    pub(super) fn find(
        repo: &Repo,
        turned: &[Turned],
        causes: &[Vec<CommitId>],
        fixes: &[Vec<CommitId>],
    ) -> Result<Self, CliError> {
        let mut family = Self::default();
        for (seeds, is_fix) in
            causes.iter().map(|seeds| (seeds, false)).chain(fixes.iter().map(|s| (s, true)))
        {
            let change: Vec<Turn> =
                kin(repo, turned, seeds).into_iter().map(|id| family.number(id)).collect();
            let all = if is_fix { &mut family.fixes } else { &mut family.causes };
            // A fix and its copy on another branch are one change, also where both are linked.
            match all.iter_mut().find(|known| known.iter().any(|turn| change.contains(turn))) {
                Some(known) => {
                    let new: Vec<Turn> = change.into_iter().filter(|turn| !known.contains(turn)).collect();
                    known.extend(new);
                }
                None => all.push(change),
            }
        }
        let mut at = 0;
        while at < family.nodes.len() {
            family.find_reverts(repo, turned, at)?;
            at += 1;
        }
        Ok(family)
    }

    fn number(&mut self, id: CommitId) -> Turn {
        let next = self.nodes.len();
        let number = *self.numbers.entry(id).or_insert(next);
        if number == next {
            self.nodes.push(id);
            self.turns.reverted_by.push(Vec::new());
        }
        number
    }

    /// Notes what takes a commit back: what names it, and what names a copy of it and came after it.
    fn find_reverts(&mut self, repo: &Repo, turned: &[Turned], at: Turn) -> Result<(), CliError> {
        let id = self.nodes[at];
        let own = self.causes.iter().chain(&self.fixes).find(|change| change.contains(&at));
        let kin: Vec<CommitId> = match own {
            Some(change) => change.iter().map(|turn| self.nodes[*turn]).collect(),
            None => kin(repo, turned, &[id]),
        };
        let mut merges = 0;
        for turn in turned.iter().filter(|turn| turn.commit != id && !turn.reverts.is_empty()) {
            let mut takes_back = turn.reverts.iter().any(|(name, _)| is_named(name, &id));
            let names_kin =
                || turn.reverts.iter().any(|(name, _)| kin.iter().any(|other| is_named(name, other)));
            if !takes_back && kin.len() > 1 && names_kin() {
                takes_back = repo.is_ancestor(&id, &turn.commit)?;
            }
            for (merge, mainline) in &turn.reverts {
                let Some(mainline) = mainline.as_ref().filter(|_| !takes_back) else { continue };
                merges += 1;
                if merges > MERGES {
                    self.has_more = true;
                    break;
                }
                takes_back = came_with(repo, &id, merge, mainline)?;
            }
            if takes_back {
                let revert = self.number(turn.commit);
                self.turns.reverted_by[at].push(revert);
            }
        }
        Ok(())
    }
}

/// Whether a merge brought a commit beside its main line.
fn came_with(repo: &Repo, id: &CommitId, merge: &str, mainline: &str) -> Result<bool, CliError> {
    let (Ok(merge), Ok(mainline)) = (repo.resolve(merge), repo.resolve(mainline)) else { return Ok(false) };
    Ok(repo.is_ancestor(id, &merge)? && !repo.is_ancestor(id, &mainline)?)
}

/// Some commits and all their copies, by what `git cherry-pick -x` wrote.
fn kin(repo: &Repo, turned: &[Turned], seeds: &[CommitId]) -> Vec<CommitId> {
    let mut kin = seeds.to_vec();
    let mut at = 0;
    while at < kin.len() {
        let id = kin[at];
        at += 1;
        let mut add = |other: CommitId| {
            if !kin.contains(&other) {
                kin.push(other);
            }
        };
        for turn in turned.iter().filter(|turn| !turn.copies.is_empty()) {
            if turn.copies.iter().any(|name| is_named(name, &id)) {
                add(turn.commit);
            }
            if turn.commit == id {
                // What it was copied from may be gone since.
                let there = turn.copies.iter().filter_map(|name| repo.resolve(name).ok());
                there.filter(|id| repo.commit(id).is_ok()).for_each(&mut add);
            }
        }
    }
    kin
}

/// Whether a name in a message, maybe abbreviated, is a commit's.
fn is_named(name: &str, id: &CommitId) -> bool {
    name.len() >= 4 && id.to_string().starts_with(&name.to_ascii_lowercase())
}

//! Copies of a change that do not say so: looked for where the original is not, kept and extended by what is new.

mod near;

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use self::near::Search;
use super::read::reader;
use super::stored::Stored;
use crate::git::{Commit, CommitId, Error, Repo};

/// The name of the section, beside that of what messages say.
const NAME: u32 = u32::from_le_bytes(*b"copy");
/// A copy is made after the commit that it copies was written; clocks go wrong by less than this, in seconds.
const SLACK: i64 = 86_400;
/// Commits that are compared with a change, patch by patch.
const COMPARED: usize = 500;
/// Tips that are remembered for all changes together; the oldest questions go first.
const MOST: usize = 20_000;

/// What was looked for, and found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Sought {
    original: CommitId,
    /// What has the change, in order.
    known: Vec<CommitId>,
    /// Whatever these reach and the known ones do not was looked at.
    tips: Vec<CommitId>,
    found: Vec<CommitId>,
}

/// When a copy of a commit was made at the earliest, in seconds of Unix time.
#[must_use]
pub fn earliest_copy(original: &Commit) -> i64 {
    original.authored - SLACK
}

/// Commits that make the change of another one: with the same author, date and subject, or the same patch. They are looked
/// for in what some tips reach and commits that are known to make it do not; some that nothing reaches any more may be among
/// them. What was looked at before is not looked at again.
///
/// # Errors
/// Git's.
pub fn copies(
    repo: &Repo,
    original: &Commit,
    known: &[CommitId],
    tips: &[CommitId],
) -> Result<Vec<CommitId>, Error> {
    // Of a merge there is no single change.
    if tips.is_empty() || original.parents.len() > 1 {
        return Ok(Vec::new());
    }
    if !repo.has_plain_history() {
        return seek(repo, original, known, tips);
    }
    let file = Stored::of_turns(&repo.state_dir(), reader());
    let mut all: Vec<Sought> = postcard::from_bytes(&file.load(NAME)).unwrap_or_default();
    let mut own = known.to_vec();
    own.sort_unstable();
    let before = all.iter().position(|sought| sought.original == original.id && sought.known == own);
    let (seen, mut found) = before.map_or_else(Default::default, |at| {
        let sought = &all[at];
        (sought.tips.clone(), sought.found.clone())
    });
    let looked_at: HashSet<&CommitId> = seen.iter().collect();
    let fresh: Vec<CommitId> = tips.iter().filter(|tip| !looked_at.contains(tip)).copied().collect();
    found.retain(|id| repo.commit(id).is_ok());
    if fresh.is_empty() {
        return Ok(found);
    }
    let not: Vec<CommitId> = known.iter().chain(&seen).copied().collect();
    match seek(repo, original, &not, &fresh) {
        Ok(new) => found.extend(new),
        // What was looked at is gone since.
        Err(_) if !seen.is_empty() => found = seek(repo, original, known, tips)?,
        Err(error) => return Err(error),
    }
    if let Some(at) = before {
        all.remove(at);
    }
    all.push(Sought { original: original.id, known: own, tips: tips.to_vec(), found: found.clone() });
    forget(&mut all);
    let bytes = postcard::to_stdvec(&all).expect("plain values of names always encode");
    file.replace(NAME, &[&bytes]);
    Ok(found)
}

/// Lets go of the oldest questions, as far as there are too many tips.
fn forget(all: &mut Vec<Sought>) {
    let mut room = MOST;
    let kept = all.iter().rev().take_while(|sought| {
        let is_kept = sought.tips.len() <= room;
        room = room.saturating_sub(sought.tips.len());
        is_kept
    });
    let gone = all.len() - kept.count();
    all.drain(..gone);
}

/// Looks for copies.
fn seek(
    repo: &Repo,
    original: &Commit,
    known: &[CommitId],
    tips: &[CommitId],
) -> Result<Vec<CommitId>, Error> {
    let search = Search { repo, original, known, tips, since: earliest_copy(original) };
    let mut near = search.near()?;
    // Mostly there is nobody to compare it with.
    if !near.alike.is_empty() {
        near.alike.push(original.id);
        let patches = repo.patch_ids(&near.alike)?;
        let own = patches.iter().find(|(id, _)| *id == original.id).map(|(_, patch)| patch);
        let like = patches.iter().filter(|(id, patch)| *id != original.id && Some(patch) == own);
        near.same.extend(like.map(|(id, _)| *id));
    }
    Ok(near.same)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_questions_are_forgotten_first() {
        let id = |number: usize| -> CommitId { format!("{number:040x}").parse().unwrap() };
        let sought = |number: usize, tips: usize| Sought {
            original: id(number),
            known: vec![id(number)],
            tips: vec![id(0); tips],
            found: Vec::new(),
        };
        let mut all = vec![sought(1, 2), sought(2, MOST / 2), sought(3, MOST / 2 - 1), sought(4, 1)];
        forget(&mut all);
        assert_eq!(all.iter().map(|sought| sought.original).collect::<Vec<_>>(), [2, 3, 4].map(id));
        all.push(sought(5, MOST + 1));
        forget(&mut all);
        assert!(all.is_empty());
    }
}

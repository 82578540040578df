//! Which commits say that they take back or copy others: of all branches and tags, kept and extended by what is new.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::read::reader;
use super::stored::Stored;
use crate::git::{CommitId, Error, Pass, Repo};
use crate::promise::{Mark, Tracker, read};

/// The name of the section.
const NAME: u32 = u32::from_le_bytes(*b"turn");
/// What git and people write in front of the commit that is meant.
const SAYS: [&str; 2] = ["his reverts commit ", "(cherry picked from commit "];

/// A commit that says something about others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turned {
    /// The commit that says it.
    pub commit: CommitId,
    /// The commits that it takes back, maybe abbreviated; of a merge also the parent that stayed.
    pub reverts: Vec<(String, Option<String>)>,
    /// The commits that it is a copy of, maybe abbreviated.
    pub copies: Vec<String>,
}

/// What was read so far.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Known {
    /// Everything that these reach was read.
    tips: Vec<CommitId>,
    turned: Vec<Turned>,
}

/// The commits that some tips reach and that say something about others; those that nothing reaches any more may be among
/// them. What was read before is not read again.
///
/// # Errors
/// Git's.
pub fn turns(repo: &Repo, tips: &[CommitId]) -> Result<Vec<Turned>, Error> {
    // Where replacements, grafts or a cut make a commit's past a matter of today, nothing is kept.
    let file = repo.has_plain_history().then(|| Stored::of_turns(&repo.state_dir(), reader()));
    let known: Option<Known> = file.as_ref().and_then(|file| postcard::from_bytes(&file.load(NAME)).ok());
    let mut known = known.unwrap_or_default();
    let read_before: HashSet<CommitId> = known.tips.iter().copied().collect();
    let fresh: Vec<CommitId> = tips.iter().filter(|tip| !read_before.contains(*tip)).copied().collect();
    if fresh.is_empty() {
        return Ok(known.turned);
    }
    match extend(repo, &fresh, &known.tips) {
        Ok(new) => known.turned.extend(new),
        // What was known of commits that are gone since is of no use.
        Err(_) if !known.tips.is_empty() => known.turned = extend(repo, tips, &[])?,
        Err(error) => return Err(error),
    }
    known.tips = tips.iter().copied().collect::<HashSet<_>>().into_iter().collect();
    let mut seen = HashSet::new();
    known.turned.retain(|turned| seen.insert(turned.commit));
    if let Some(file) = file {
        let bytes = postcard::to_stdvec(&known).expect("plain values of strings and numbers always encode");
        file.replace(NAME, &[&bytes]);
    }
    Ok(known.turned)
}

fn extend(repo: &Repo, tips: &[CommitId], not: &[CommitId]) -> Result<Vec<Turned>, Error> {
    let tracker = Tracker::default();
    let mut new = Vec::new();
    repo.pass(&Pass { tips, not, says: &SAYS, ..Pass::default() }, |passed| {
        let mut turned = Turned { commit: passed.id, reverts: Vec::new(), copies: Vec::new() };
        for mark in read(&passed.message, &tracker) {
            match mark {
                Mark::Reverts { commit, mainline } => turned.reverts.push((commit, mainline)),
                Mark::Copies(commit) => turned.copies.push(commit),
                Mark::Item(..) | Mark::Reference(..) => {}
            }
        }
        if !turned.reverts.is_empty() || !turned.copies.is_empty() {
            new.push(turned);
        }
    })?;
    Ok(new)
}

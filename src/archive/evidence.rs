//! What linked commits and ranges are made of: looked up in git once, and kept, since an id says it for ever.

use std::rc::Rc;

use super::stored::Stored;
use crate::git::{CommitId, Error, IdMap, Repo, Touched};
use crate::model::Link;

/// The name of the section that it is kept in.
const NAME: u32 = u32::from_le_bytes(*b"link");
/// The form of what is kept; another one is not believed.
const FORM: u64 = 2;
/// More than this is not kept: somebody links whole histories.
const MOST: usize = 64 << 20;

/// A commit, or the range from one to another.
pub type Stretch = (Option<CommitId>, CommitId);

/// What stretches are made of, as far as it was looked up.
type Known = IdMap<Stretch, Touched>;

/// The commits that links lead to, of ranges their ends, in their order. A person may have written a short id, or none:
/// git is asked once for all of these.
///
/// # Errors
/// git's.
pub fn ends(repo: &Repo, links: &[&Link]) -> Result<Vec<Option<CommitId>>, Error> {
    let written = |link: &'_ Link| -> String {
        let end = link.range().map_or(link.revision.as_str(), |(_, to)| to);
        if link.commit.is_empty() { end.to_owned() } else { link.commit.clone() }
    };
    let written: Vec<String> = links.iter().map(|link| written(link)).collect();
    let full: Vec<Option<CommitId>> = written.iter().map(|text| text.parse().ok()).collect();
    let short: Vec<&str> =
        written.iter().zip(&full).filter(|(_, full)| full.is_none()).map(|(text, _)| text.as_str()).collect();
    let mut told = repo.resolve_each(&short)?.into_iter();
    Ok(full.into_iter().map(|full| full.or_else(|| told.next().flatten())).collect())
}

/// What each stretch is made of, in their order; none for one that is not at hand. Single commits are asked of git in one
/// pass, ranges and merges once each; what was asked before is read from the file beside the documents' cache.
///
/// # Errors
/// git's.
pub fn evidence(repo: &Repo, stretches: &[Stretch]) -> Result<Vec<Option<Rc<Touched>>>, Error> {
    if stretches.is_empty() {
        return Ok(Vec::new());
    }
    let file = Stored::of_links(&repo.state_dir(), FORM);
    let mut known: Known = postcard::from_bytes(&file.load(NAME)).unwrap_or_default();
    let fresh = look_up(repo, stretches, &known)?;
    // A graft or a cut changes what a commit is made of.
    let is_lasting = repo.has_plain_history();
    let is_new = !fresh.is_empty();
    known.extend(fresh);
    if is_new && is_lasting {
        let bytes = postcard::to_allocvec(&known).unwrap_or_default();
        if !bytes.is_empty() && bytes.len() < MOST {
            file.replace(NAME, &[&bytes]);
            repo.tidy_state();
        }
    }
    let mut told: IdMap<Stretch, Rc<Touched>> = IdMap::default();
    let tell = |stretch: &Stretch| {
        if let Some(told) = told.get(stretch) {
            return Some(Rc::clone(told));
        }
        let touched = Rc::new(known.remove(stretch)?);
        told.insert(*stretch, Rc::clone(&touched));
        Some(touched)
    };
    Ok(stretches.iter().map(tell).collect())
}

fn look_up(repo: &Repo, stretches: &[Stretch], known: &Known) -> Result<Known, Error> {
    let mut fresh = Known::default();
    let mut singles: Vec<CommitId> = Vec::new();
    for stretch in stretches {
        let (from, to) = stretch;
        if known.contains_key(stretch)
            || fresh.contains_key(stretch)
            || singles.contains(to) && from.is_none()
        {
            continue;
        }
        // What vanished, or lies behind the end of a shallow clone, is made of nothing that could be told.
        let Ok(commit) = repo.commit(to) else { continue };
        match from {
            Some(from) if repo.commit(from).is_err() => {}
            None if commit.parents.len() < 2 => singles.push(*to),
            from => {
                fresh.insert(*stretch, repo.touched(from.as_ref(), to)?);
            }
        }
    }
    let told = repo.touched_each(&singles)?;
    fresh.extend(singles.into_iter().map(|commit| (None, commit)).zip(told));
    Ok(fresh)
}

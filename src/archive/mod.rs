//! Documents at a revision: where git's blobs become post-mortems.
//!
//! One of the two places that know both pillars; everything that decides about post-mortems is elsewhere.

mod cache;
mod causes;
mod copies;
mod cores;
mod evidence;
mod files;
mod find;
mod former;
mod guidance;
mod identity;
mod join;
mod load;
mod promises;
mod read;
mod records;
mod replacement;
mod review;
mod section;
mod settled;
mod shelf;
mod stored;
mod turns;
mod unseen;
mod writing;

use std::cmp::Reverse;
use std::fmt;

use crate::document::Purpose;
use crate::git::{CommitId, ObjectId};
use crate::model::{Postmortem, PostmortemId, State};

pub use causes::each_cause;
pub use copies::{copies, earliest_copy};
pub use evidence::{Stretch, ends, evidence};
pub use find::{FindError, find, is_whole};
pub use former::find_ever;
pub use guidance::{Guidance, template_text};
pub use identity::{draft_id, draft_name, draft_path};
pub use load::{Selection, load};
pub use promises::{
    Depth, Evidence, Heard, Inquiry, Move, Standing, Standings, UnknownId, closed_between, heard_of,
    known_past, standings, tracker,
};
pub use read::Wanted;
pub use review::{Review, Reviews, memory, reviews};
pub use turns::{Turned, turns};
pub use unseen::Unseen;
pub use writing::Writing;

/// Where a document was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In the tree of the examined revision.
    Tree,
    /// On the branch of drafts.
    Draft {
        /// Never pushed.
        private: bool,
        /// Only on the remote's branch so far.
        remote: bool,
        /// The remote-tracking branch that has another text of it, where both sides changed it.
        diverged: Option<String>,
        /// When it was last saved, in seconds since 1970.
        saved: i64,
    },
    /// In the tree of another branch.
    Branch(String),
}

/// A document with what it means.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its name.
    pub id: PostmortemId,
    /// The repository it is from, where several are read.
    pub repo: Option<String>,
    /// The path in the tree that it was read from.
    pub path: String,
    /// Which tree that is.
    pub place: Place,
    /// Its bytes.
    pub blob: ObjectId,
    /// What it says; apart, because entries are sorted and moved about.
    pub postmortem: Box<Postmortem>,
    /// Where its items stand, as far as that was asked ([`Archive::settle`]); their status is that then.
    pub standings: Vec<Standing>,
}

impl Entry {
    /// Draft, in review or published; `reviewed` tells whether a review branch holds the draft.
    #[must_use]
    pub fn state(&self, reviewed: bool) -> State {
        match self.place {
            Place::Tree => State::Published,
            Place::Draft { .. } if !reviewed => State::Draft,
            Place::Draft { .. } | Place::Branch(_) => State::InReview,
        }
    }

    /// The name with the repository before it, where several are read.
    #[must_use]
    pub fn name(&self) -> String {
        self.repo.as_ref().map_or_else(|| self.id.to_string(), |repo| format!("{repo}:{}", self.id))
    }

    /// The title, or the id of a document that has none.
    #[must_use]
    pub fn title(&self) -> &str {
        if self.postmortem.title.is_empty() { self.id.as_str() } else { &self.postmortem.title }
    }
}

/// A document that stands in several places and is counted once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignored {
    /// The name that two documents share.
    pub id: PostmortemId,
    /// The place that does not count, in words.
    pub place: String,
    /// Whether that is a draft.
    pub is_draft: bool,
    /// Whether its text differs from the one that counts.
    pub differs: bool,
}

/// A page below a documents folder that is no post-mortem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Its path.
    pub path: String,
    /// What it is instead.
    pub purpose: Purpose,
}

/// What was read, what was not, and what does not count.
#[derive(Debug, Default)]
pub struct Archive {
    /// The commit whose tree was read; none on an unborn branch.
    pub commit: Option<CommitId>,
    /// The documents, newest incident first.
    pub entries: Vec<Entry>,
    /// What might have been there and was not seen.
    pub unseen: Vec<Unseen>,
    /// Copies that do not count.
    pub ignored: Vec<Ignored>,
    /// Index pages and templates.
    pub left_out: Vec<LeftOut>,
    /// What of this is being put by.
    pub writing: Writing,
}

impl Archive {
    /// Whether everything there is was read.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.unseen.is_empty()
    }

    /// Says of everything in it which of several repositories it is from.
    pub fn belong_to(&mut self, repo: &str) {
        for entry in &mut self.entries {
            entry.repo = Some(repo.to_owned());
        }
        for page in &mut self.left_out {
            page.path = format!("{repo}:{}", page.path);
        }
        let unseen = std::mem::take(&mut self.unseen);
        let within = |what| Unseen::In { repo: repo.to_owned(), what: Box::new(what) };
        self.unseen = unseen.into_iter().map(within).collect();
    }
}

/// The places of documents in their order: newest incident first, those without a date last, then by name.
fn order(entries: &[Entry]) -> Vec<usize> {
    let names = entries.iter().map(|entry| (entry.repo.as_deref(), &entry.id, entry.path.as_str()));
    let mut order: Vec<_> = (entries.iter().zip(names).enumerate())
        .map(|(at, (entry, name))| (Reverse(entry.postmortem.date), name, at))
        .collect();
    order.sort_unstable();
    order.into_iter().map(|(.., at)| at).collect()
}

/// Puts what is at each place of an order where it belongs.
fn arrange<T>(all: &mut [T], mut order: Vec<usize>) {
    // Each place in turn gets what belongs there, and what stood there goes to where that came from.
    for place in 0..order.len() {
        let mut at = place;
        while order[at] != place {
            let from = std::mem::replace(&mut order[at], at);
            all.swap(at, from);
            at = from;
        }
        order[at] = at;
    }
}

/// Puts documents in their order.
fn sort(entries: &mut [Entry]) {
    arrange(entries, order(entries));
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tree => f.write_str("the examined revision"),
            Self::Draft { private: true, .. } => f.write_str("a private draft"),
            Self::Draft { remote: true, .. } => f.write_str("a draft on the remote"),
            Self::Draft { .. } => f.write_str("a draft"),
            Self::Branch(name) => write!(f, "branch {name}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    #[test]
    fn entries_are_sorted_by_date_and_name_however_they_stood() {
        let day = |day: usize| NaiveDate::from_ymd_opt(2026, 3, u32::try_from(day).unwrap());
        let entry = |at: usize| Entry {
            id: PostmortemId::new(&format!("id-{}", at % 5)).unwrap(),
            repo: None,
            path: format!("{}.md", at * 7919 % 100),
            place: Place::Tree,
            blob: ObjectId::from_bytes(&[0; 20]).unwrap(),
            postmortem: Box::new(Postmortem { date: day(at * 31 % 9), ..Postmortem::default() }),
            standings: Vec::new(),
        };
        let all: Vec<Entry> = (0..100).map(entry).collect();
        let told = |entries: &[Entry]| -> Vec<_> {
            entries
                .iter()
                .map(|entry| (entry.postmortem.date, entry.id.clone(), entry.path.clone()))
                .collect()
        };
        let mut wanted = told(&all);
        wanted.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| (&a.1, &a.2).cmp(&(&b.1, &b.2))));
        assert!(wanted[99].0.is_none() && wanted[0].0 == day(8));
        // As they are, turned round, and with the first or the last in another place.
        for turn in [0, 1, 50, 99] {
            let mut entries = all.clone();
            entries.rotate_left(turn);
            for _ in 0..2 {
                sort(&mut entries);
                assert_eq!(told(&entries), wanted, "{turn}");
                entries.reverse();
            }
        }
    }
}

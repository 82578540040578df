//! What a history says once and for all: which commits there are, the marks in their messages, what stood in the documents
//! folders. Kept in a file of its own and extended by what is new; nothing in it depends on the examined revision.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::{Deserialize, Serialize};

use super::super::read::reader;
use super::super::stored::Stored;
use super::Inquiry;
use crate::git::{CommitId, Error, FolderTrees, IdMap, ObjectId, PathChange, Repo, Route};
use crate::promise::{Graph, Mark, Node, Tracker, may_mark, read};

/// The name of the section.
const NAME: u32 = u32::from_le_bytes(*b"hist");
/// A file with so many commits that nothing asked for reaches any more is begun anew.
const MOST_LEFT_BEHIND: usize = 20_000;

/// The facts of a repository's history, as far as it was walked.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Facts {
    /// The commits by number, parents first.
    pub(super) ids: Vec<CommitId>,
    /// How they descend from each other.
    pub(super) graph: Graph,
    /// What stood in the folders at each: a place in `states`.
    pub(super) state: Vec<u32>,
    /// Each state of the folders once; the first is that none is there.
    pub(super) states: Vec<FolderTrees>,
    /// The marks of messages that have some.
    pub(super) marks: BTreeMap<Node, Vec<Mark>>,
    /// What was asked so far of single commits: the documents that they changed.
    pub(super) changes: BTreeMap<Node, Vec<PathChange>>,
    /// What files said before they were moved into the folders, by their path then, with the commits, parents first.
    pub(super) outside: BTreeMap<String, Vec<(Node, ObjectId)>>,
    /// Trees that a partial clone does not have were passed over.
    pub(super) is_partial: bool,
    /// Something was added since it was kept.
    #[serde(skip)]
    pub(super) is_new: bool,
    #[serde(skip)]
    numbers: IdMap<CommitId, Node>,
}

/// Where facts are kept, and what they are about.
pub(super) struct FactsFile<'r> {
    pub(super) repo: &'r Repo,
    pub(super) folders: &'r [String],
    pub(super) tracker: &'r Tracker,
    /// None where replacements, grafts or a cut make a commit's past a matter of today.
    pub(super) file: Option<Stored>,
    pub(super) progress: &'r dyn Fn(usize),
}

impl<'r> FactsFile<'r> {
    pub(super) fn new(inquiry: &Inquiry<'r>, folders: &'r [String], tracker: &'r Tracker) -> Self {
        let (repo, progress) = (inquiry.repo, inquiry.progress);
        let file = repo.has_plain_history().then(|| Stored::of_history(&repo.state_dir(), reader()));
        Self { repo, folders, tracker, file, progress }
    }

    /// What decides which facts these are.
    pub(super) fn key(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.repo.object_format(), self.folders, self.tracker).hash(&mut hasher);
        hasher.finish()
    }

    /// The facts of all that some tips reach; what was known before is not walked again.
    ///
    /// # Errors
    /// Git's.
    pub(super) fn read(&self, tips: &[CommitId]) -> Result<Facts, Error> {
        let known = self.file.as_ref().and_then(|file| self.stored(file)).unwrap_or_default();
        let is_new = known.ids.is_empty();
        let facts = match self.extend(known, tips) {
            // What was known of commits that are gone since is of no use.
            Err(_) if !is_new => self.extend(Facts::default(), tips)?,
            other => other?,
        };
        let reached = facts.reached(tips);
        let left = facts.ids.len() - reached;
        if left > MOST_LEFT_BEHIND.max(reached) { self.extend(Facts::default(), tips) } else { Ok(facts) }
    }

    /// Keeps the facts for the next time.
    pub(super) fn keep(&self, facts: &Facts) {
        let Some(file) = &self.file else { return };
        let bytes = postcard::to_stdvec(facts).expect("plain values of strings and numbers always encode");
        file.replace(NAME, &[&self.key().to_le_bytes(), &bytes]);
    }

    fn stored(&self, file: &Stored) -> Option<Facts> {
        let bytes = file.load(NAME);
        let (key, rest) = bytes.split_first_chunk::<8>()?;
        if *key != self.key().to_le_bytes() {
            return None;
        }
        let mut facts: Facts = postcard::from_bytes(rest).ok()?;
        let count = facts.ids.len();
        let is_whole = facts.graph.len() == count
            && facts.state.len() == count
            && facts.state.iter().all(|state| (*state as usize) < facts.states.len());
        facts.numbers = facts.ids.iter().copied().zip(0..).collect();
        is_whole.then_some(facts)
    }

    fn extend(&self, mut facts: Facts, tips: &[CommitId]) -> Result<Facts, Error> {
        let missing: Vec<CommitId> =
            tips.iter().filter(|tip| !facts.numbers.contains_key(*tip)).copied().collect();
        if missing.is_empty() {
            return Ok(facts);
        }
        let known = facts.heads();
        let wanted = |message: &[u8]| may_mark(message, self.tracker);
        let (folders, progress) = (self.folders, self.progress);
        let walk = self.repo.walk_history(&Route {
            tips: &missing,
            known: &known,
            has: &|commit| facts.numbers.contains_key(commit),
            since: None,
            folders,
            files: false,
            wanted: &wanted,
            progress,
        })?;
        let places: IdMap<CommitId, usize> =
            walk.commits.iter().enumerate().map(|(at, walked)| (walked.id, at)).collect();
        let state_numbers = facts.take_states(&walk.folders);
        facts.is_partial |= walk.is_partial;
        facts.is_new = true;
        let mut waiting: Vec<usize> = (0..walk.commits.len()).collect();
        let mut has_waited = vec![false; walk.commits.len()];
        // Mostly they come newest first; a parent that is missing yet is taken before its child.
        while let Some(at) = waiting.pop() {
            let walked = &walk.commits[at];
            if facts.numbers.contains_key(&walked.id) {
                continue;
            }
            let before = walked.parents.iter().filter(|parent| !facts.numbers.contains_key(*parent));
            let before: Vec<usize> = before.filter_map(|parent| places.get(parent).copied()).collect();
            // Who waited and still lacks one is in a ring, which objects that stand for others can make: it is cut here.
            if !before.is_empty() && !has_waited[at] {
                has_waited[at] = true;
                waiting.push(at);
                waiting.extend(before);
                continue;
            }
            // A parent beyond the edge of a shallow clone is none.
            let parents: Vec<Node> =
                walked.parents.iter().filter_map(|parent| facts.numbers.get(parent).copied()).collect();
            let node = facts.graph.add(&parents, walked.committed);
            facts.ids.push(walked.id);
            facts.numbers.insert(walked.id, node);
            facts.state.push(state_numbers[walked.folders as usize]);
            let marks =
                walked.message.as_ref().map(|message| read(message, self.tracker)).unwrap_or_default();
            if !marks.is_empty() {
                facts.marks.insert(node, marks);
            }
        }
        Ok(facts)
    }
}

impl Facts {
    /// The number of a commit.
    pub(super) fn number(&self, commit: &CommitId) -> Option<Node> {
        self.numbers.get(commit).copied()
    }

    /// The commit that a name in a message means, maybe abbreviated.
    pub(super) fn named(&self, hex: &str) -> Option<Node> {
        if let Ok(id) = hex.parse::<CommitId>() {
            return self.number(&id);
        }
        let hex = hex.to_ascii_lowercase();
        // Whole bytes first: writing out every name would take longer than reading the history did.
        let head: Vec<u8> = hex
            .as_bytes()
            .chunks_exact(2)
            .filter_map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
            .collect();
        let mut found =
            self.ids.iter().zip(0..).filter(|(id, _)| {
                id.object().as_bytes().starts_with(&head) && id.to_string().starts_with(&hex)
            });
        let (_, node) = found.next()?;
        found.next().is_none().then_some(node)
    }

    /// The commits that no other one has for a parent.
    fn heads(&self) -> Vec<CommitId> {
        let mut is_head = vec![true; self.ids.len()];
        for node in 0..self.graph.len() {
            let node = Node::try_from(node).expect("a graph counts its commits so");
            self.graph.parents(node).iter().for_each(|parent| is_head[*parent as usize] = false);
        }
        self.ids.iter().zip(is_head).filter(|(_, is_head)| *is_head).map(|(id, _)| *id).collect()
    }

    /// How many commits some tips have.
    fn reached(&self, tips: &[CommitId]) -> usize {
        let mut reached = vec![false; self.ids.len()];
        tips.iter().filter_map(|tip| self.number(tip)).for_each(|tip| reached[tip as usize] = true);
        for node in (0..self.ids.len()).rev() {
            if reached[node] {
                let node = Node::try_from(node).expect("a graph counts its commits so");
                self.graph.parents(node).iter().for_each(|parent| reached[*parent as usize] = true);
            }
        }
        reached.into_iter().filter(|is| *is).count()
    }

    fn take_states(&mut self, new: &[FolderTrees]) -> Vec<u32> {
        if self.states.is_empty() {
            self.states.push(new.first().map(|first| vec![None; first.len()]).unwrap_or_default());
        }
        let mut known: HashMap<FolderTrees, u32> = self.states.iter().cloned().zip(0..).collect();
        let mut number = |trees: &FolderTrees| {
            *known.entry(trees.clone()).or_insert_with(|| {
                self.states.push(trees.clone());
                u32::try_from(self.states.len() - 1).expect("a history has fewer states than that")
            })
        };
        new.iter().map(&mut number).collect()
    }
}

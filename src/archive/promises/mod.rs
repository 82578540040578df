//! Where promises stand: what the rows of documents say, and what the messages of commits say about them.
//!
//! `docs/promises.md` has the rules. The history is read once, and then only what is new of it; what was concluded for a
//! revision is kept until the next one.

mod aims;
mod courses;
mod elsewhere;
mod facts;
mod lanes;
mod outside;
mod releases;
mod reverts;
mod standing;
mod versions;
mod views;
mod words;

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use self::facts::{Facts, FactsFile};
use self::releases::Tagged;
use super::stored::Stored;
use super::{Archive, Place};
use crate::config::Config;
use crate::document::Vocabulary;
use crate::git::{CommitId, Error, Repo};
use crate::promise::Tracker;

pub use elsewhere::{Heard, heard_of};
pub use standing::{Depth, Evidence, Move, Standing, Standings, UnknownId};

/// A question about where promises stand.
pub struct Inquiry<'q> {
    /// The repository.
    pub repo: &'q Repo,
    /// Its configuration.
    pub config: &'q Config,
    /// The words that reading depends on.
    pub vocabulary: &'q Vocabulary,
    /// How much is asked.
    pub depth: Depth,
    /// Tags made later than this do not exist, in seconds of Unix time.
    pub until: Option<i64>,
    /// Told from time to time how many commits were read.
    pub progress: &'q dyn Fn(usize),
}

/// Names of the sections with conclusions, one for each depth.
const WORDS: u32 = u32::from_le_bytes(*b"stnW");
const PAST: u32 = u32::from_le_bytes(*b"stnP");

/// Where the items of an archive's published documents stand; of drafts and other branches' documents nothing is told.
///
/// # Errors
/// Git's, where the history cannot be read.
pub fn standings(inquiry: &Inquiry<'_>, archive: &Archive) -> Result<Standings, Error> {
    let Some(commit) = archive.commit else { return Ok(Standings::default()) };
    let Inquiry { repo, config, depth, .. } = *inquiry;
    let (folders, tracker) = (config.folders(), tracker(config));
    let files = FactsFile::new(inquiry, &folders, &tracker);
    let tags = match depth {
        Depth::Words => Vec::new(),
        Depth::Past => Tagged::read(repo, config, inquiry.until)?,
    };
    let key = key(inquiry, &files, &commit, &tags);
    let section = if depth == Depth::Words { WORDS } else { PAST };
    if let Some(known) = files.file.as_ref().and_then(|file| concluded(file, section, (key.0, Some(key.1)))) {
        return Ok(known);
    }
    let mut tips = vec![commit];
    tips.extend(tags.iter().map(|tag| tag.commit));
    let mut facts = files.read(&tips)?;
    let standings = conclude(inquiry, archive, &mut facts, &files, &tags, &commit)?;
    if let Some(file) = &files.file {
        let bytes =
            postcard::to_stdvec(&standings).expect("plain values of strings and numbers always encode");
        file.replace(section, &[&key.0.to_le_bytes(), &key.1.to_le_bytes(), &bytes]);
        repo.tidy_state();
    }
    Ok(standings)
}

fn conclude(
    inquiry: &Inquiry<'_>,
    archive: &Archive,
    facts: &mut Facts,
    files: &FactsFile<'_>,
    tags: &[Tagged],
    commit: &CommitId,
) -> Result<Standings, Error> {
    let entries: Vec<_> = archive.entries.iter().filter(|entry| entry.place == Place::Tree).collect();
    let concluded = words::conclude(inquiry, &entries, facts, files, tags, commit)?;
    if concluded.has_learnt || facts.is_new {
        files.keep(facts);
    }
    Ok(concluded.standings)
}

/// What decides where promises stand, and which tags there are.
fn key(inquiry: &Inquiry<'_>, files: &FactsFile<'_>, commit: &CommitId, tags: &[Tagged]) -> (u64, u64) {
    let config = inquiry.config;
    let mut hasher = DefaultHasher::new();
    (files.key(), commit, inquiry.vocabulary.fingerprint(), inquiry.depth).hash(&mut hasher);
    (&config.documents.output, &config.documents.include, &config.documents.exclude).hash(&mut hasher);
    if inquiry.depth == Depth::Past {
        config.deploy.tags.hash(&mut hasher);
        config.services.iter().for_each(|(name, service)| (name, &service.tags).hash(&mut hasher));
    }
    let own = hasher.finish();
    tags.hash(&mut hasher);
    (own, hasher.finish())
}

/// What was concluded before; without the key of the tags, whatever they were.
fn concluded(file: &Stored, section: u32, (own, with_tags): (u64, Option<u64>)) -> Option<Standings> {
    let bytes = file.load(section);
    let (key, rest) = bytes.split_at_checked(16)?;
    let is_it = key[..8] == own.to_le_bytes()
        && with_tags.is_none_or(|with_tags| key[8..] == with_tags.to_le_bytes());
    is_it.then(|| postcard::from_bytes(rest).ok()).flatten()
}

/// What was concluded of the past of an archive's items when it was asked for last, as far as that still holds: which
/// release has what may be out of date.
#[must_use]
pub fn known_past(inquiry: &Inquiry<'_>, archive: &Archive) -> Option<Standings> {
    let commit = archive.commit?;
    let inquiry = Inquiry { depth: Depth::Past, ..*inquiry };
    let (folders, tracker) = (inquiry.config.folders(), tracker(inquiry.config));
    let files = FactsFile::new(&inquiry, &folders, &tracker);
    let (own, _) = key(&inquiry, &files, &commit, &[]);
    concluded(files.file.as_ref()?, PAST, (own, None))
}

/// The issue tracker of a configuration.
#[must_use]
pub fn tracker(config: &Config) -> Tracker {
    let tracker = &config.actions.tracker;
    Tracker::new(&tracker.pattern, tracker.url.as_deref(), &tracker.closing_words)
}

/// Which of the items that stand closed the history from one revision to another closed: path and label of each. Without
/// `since`, it is everything that is closed.
///
/// # Errors
/// Git's.
pub fn closed_between(
    repo: &Repo,
    standings: &Standings,
    since: Option<&CommitId>,
    until: &CommitId,
) -> Result<Vec<(String, String)>, Error> {
    let new: Option<HashSet<CommitId>> = since
        .map(|since| repo.commits_between(since, until))
        .transpose()?
        .map(|new| new.into_iter().collect());
    let is_new = |closed: &Evidence| new.as_ref().is_none_or(|new| new.contains(&closed.commit));
    let mut closed = Vec::new();
    for (path, items) in &standings.documents {
        let own = items.iter().filter(|item| item.closed.as_ref().is_some_and(is_new));
        closed.extend(own.map(|item| (path.clone(), item.label.clone())));
    }
    Ok(closed)
}

/// Which names a path has had, before and after.
fn aliases<'f>(renames: impl Iterator<Item = (&'f str, &'f str)>) -> HashMap<&'f str, Vec<&'f str>> {
    let mut beside: HashMap<&str, Vec<&str>> = HashMap::new();
    for (from, to) in renames {
        beside.entry(from).or_default().push(to);
        beside.entry(to).or_default().push(from);
    }
    let mut all = HashMap::new();
    for start in beside.keys() {
        let mut found: Vec<&str> = vec![start];
        let mut at = 0;
        while let Some(next) = found.get(at).and_then(|path| beside.get(path)) {
            let new: Vec<&str> = next.iter().filter(|path| !found.contains(path)).copied().collect();
            found.extend(new);
            at += 1;
        }
        all.insert(*start, found.split_off(1));
    }
    all
}

//! Which drafts are in review: a branch brings the document of one, and the default branch does not have it yet.

use std::collections::{HashMap, HashSet};

use super::identity::{draft_name, may_be, possible_ids};
use super::{Entry, Guidance, Place};
use crate::config::Config;
use crate::document::merge::conflict;
use crate::git::{CommitId, Drafts, Error, ObjectId, Ref, Repo, TreeFile, TreeSearch};
use crate::model::PostmortemId;

/// A branch that brings the document of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// The branch's short name: `review/api`, or `origin/review/api` of a remote-tracking one.
    pub branch: String,
    /// The same without the remote.
    pub name: String,
    /// Its newest commit.
    pub tip: CommitId,
    /// The document's path on it.
    pub path: String,
    /// The document's text on it.
    pub blob: ObjectId,
    /// Whether that is a text that the draft never took in.
    pub news: bool,
}

/// What branches hold of the drafts.
#[derive(Debug, Default)]
pub struct Reviews {
    of: HashMap<PostmortemId, Vec<Review>>,
    landed: HashMap<PostmortemId, String>,
    torn: HashSet<PostmortemId>,
}

impl Reviews {
    /// The branches that a draft is in review on, those of this clone first.
    #[must_use]
    pub fn of(&self, id: &PostmortemId) -> &[Review] {
        self.of.get(id).map_or(&[], Vec::as_slice)
    }

    /// The branch that has what the draft has yet to take in.
    #[must_use]
    pub fn news(&self, id: &PostmortemId) -> Option<&Review> {
        self.of(id).iter().find(|review| review.news)
    }

    /// What to say of a draft's branches: whether there is something to take in, and from which.
    #[must_use]
    pub fn remark(&self, id: &PostmortemId) -> Option<String> {
        if self.is_torn(id) {
            return Some("a conflict to settle in the draft".to_owned());
        }
        let news = self.news(id)?;
        let is_named = self.of(id).first().is_some_and(|first| first.branch == news.branch);
        Some(if is_named {
            "changes to take in".to_owned()
        } else {
            format!("changes to take in on {}", news.branch)
        })
    }

    /// Whether a draft has the marks of a conflict in it.
    #[must_use]
    pub fn is_torn(&self, id: &PostmortemId) -> bool {
        self.torn.contains(id)
    }

    /// The default branch, here or at the remote, that has the document of a draft already.
    #[must_use]
    pub fn landed(&self, id: &PostmortemId) -> Option<&str> {
        self.landed.get(id).map(String::as_str)
    }
}

/// The ref that remembers, in this clone, which commit of a review the draft has taken in.
#[must_use]
pub fn memory(id: &PostmortemId) -> String {
    format!("{MEMORIES}/{}", draft_name(id))
}

const MEMORIES: &str = "refs/postmortem/review";

/// Looks for the documents of drafts on every branch, here and as last fetched.
///
/// # Errors
/// Git's.
pub fn reviews(
    repo: &Repo,
    config: &Config,
    commit: Option<&CommitId>,
    drafts: &[&Entry],
) -> Result<Reviews, Error> {
    let drafts: Vec<&Entry> =
        drafts.iter().copied().filter(|draft| matches!(draft.place, Place::Draft { .. })).collect();
    if drafts.is_empty() {
        return Ok(Reviews::default());
    }
    let refs = repo.refs(&["refs/heads", "refs/remotes", MEMORIES])?;
    let branches = branches(repo, &refs, &config.drafts.branch)?;
    let memories = refs.iter().filter_map(|found| Some((found.name.as_str(), found.commit?))).collect();
    let default = repo.default_branch()?;
    let (defaults, others): (Vec<_>, Vec<_>) =
        branches.into_iter().partition(|branch| Some(branch.name) == default.as_deref());
    let look = Look { repo, config, commit, drafts: &drafts, memories, defaults: &defaults };
    let mut search = TreeSearch::new(repo, |name: &str| drafts.iter().any(|draft| may_be(name, &draft.id)));
    let mut found = Reviews { landed: look.landed(&mut search)?, ..Reviews::default() };
    for branch in &others {
        for (draft, file) in look.documents(&mut search, &branch.tip)? {
            let known = found.of.entry(draft.id.clone()).or_default();
            let is_new = known.iter().all(|review| review.name != branch.name || review.tip != branch.tip);
            if !found.landed.contains_key(&draft.id) && is_new && look.is_open(draft, branch, &file)? {
                let news = look.has_news(draft, branch, &file)?;
                let (name, branch, tip) = (branch.name.to_owned(), branch.short.to_owned(), branch.tip);
                known.push(Review { branch, name, tip, path: file.path, blob: file.blob, news });
            }
        }
    }
    found.of.retain(|_, reviews| !reviews.is_empty());
    for draft in &drafts {
        if conflict(&repo.read(&draft.blob)?).is_some() {
            found.torn.insert(draft.id.clone());
        }
    }
    Ok(found)
}

/// A branch, here or at a remote.
struct Branch<'b> {
    short: &'b str,
    name: &'b str,
    tip: CommitId,
}

/// Every branch but that of the drafts, those of this clone first.
fn branches<'b>(repo: &'b Repo, refs: &'b [Ref], drafts: &str) -> Result<Vec<Branch<'b>>, Error> {
    let remotes = repo.settings()?.remotes();
    let named = |found: &'b Ref| {
        let tip = found.commit?;
        if let Some(name) = found.name.strip_prefix("refs/heads/") {
            return Some(Branch { short: name, name, tip });
        }
        let short = found.name.strip_prefix("refs/remotes/")?;
        let within = |remote: &&str| short.strip_prefix(*remote).and_then(|rest| rest.strip_prefix('/'));
        let name = remotes.iter().find_map(within).or_else(|| Some(short.split_once('/')?.1))?;
        (name != "HEAD").then_some(Branch { short, name, tip })
    };
    Ok(refs.iter().filter_map(named).filter(|branch| branch.name != drafts).collect())
}

/// What is looked at, and what is known.
struct Look<'l> {
    repo: &'l Repo,
    config: &'l Config,
    commit: Option<&'l CommitId>,
    drafts: &'l [&'l Entry],
    memories: HashMap<&'l str, CommitId>,
    defaults: &'l [Branch<'l>],
}

impl<'l> Look<'l> {
    /// The documents of drafts that a commit has.
    fn documents<F: Fn(&str) -> bool>(
        &self,
        search: &mut TreeSearch<'_, F>,
        commit: &CommitId,
    ) -> Result<Vec<(&'l Entry, TreeFile)>, Error> {
        let folders = self.config.folders();
        let mut found: Vec<(&'l Entry, TreeFile)> = Vec::new();
        for folder in &folders {
            for file in search.files(commit, folder)?.into_iter().filter(|file| self.config.reads(&file.path))
            {
                let ids: Vec<PostmortemId> = possible_ids(&file.path, &folders).collect();
                let draft = self.drafts.iter().copied().find(|draft| ids.contains(&draft.id));
                if let Some(draft) = draft.filter(|draft| found.iter().all(|(known, _)| known.id != draft.id))
                {
                    found.push((draft, file));
                }
            }
        }
        Ok(found)
    }

    /// The drafts that a default branch has already. What a remote's has counts while it is ahead of ours: where ours
    /// went on from there, the document was taken back.
    fn landed<F: Fn(&str) -> bool>(
        &self,
        search: &mut TreeSearch<'_, F>,
    ) -> Result<HashMap<PostmortemId, String>, Error> {
        let mut landed = HashMap::new();
        let ours = self.defaults.iter().find(|branch| branch.short == branch.name);
        for branch in self.defaults {
            let documents = self.documents(search, &branch.tip)?;
            let is_ours = ours.is_some_and(|ours| ours.short == branch.short);
            if documents.is_empty()
                || !is_ours
                    && ours.map(|ours| self.repo.is_ancestor(&branch.tip, &ours.tip)) == Some(Ok(true))
            {
                continue;
            }
            for (draft, _) in documents {
                landed.entry(draft.id.clone()).or_insert_with(|| branch.short.to_owned());
            }
        }
        Ok(landed)
    }

    /// Whether a branch brings the document. One that merely still has it, as it was taken back on the default branch
    /// since, does not.
    fn is_open(&self, draft: &Entry, branch: &Branch<'_>, file: &TreeFile) -> Result<bool, Error> {
        if let Some(taken) = self.memories.get(memory(&draft.id).as_str())
            && (*taken == branch.tip || self.repo.is_ancestor(taken, &branch.tip)?)
        {
            return Ok(true);
        }
        let Some(default) = self.defaults.first() else { return Ok(true) };
        if let Some(base) = self.repo.merge_base(&default.tip, &branch.tip)?
            && (base == branch.tip || self.repo.file(&base, &file.path)?.is_some())
        {
            return Ok(false);
        }
        // Squashed into the default branch, and taken back there: what came after that is another review.
        let past = self.repo.path_history(&default.tip, &file.path, false)?;
        let Some(removal) = past.first() else { return Ok(true) };
        Ok(self.repo.commit(&branch.tip)?.committed > removal.committed)
    }

    /// Whether a branch has a text, or a file beside it, that the draft neither has nor had.
    fn has_news(&self, draft: &Entry, branch: &Branch<'_>, file: &TreeFile) -> Result<bool, Error> {
        let taken = self.memories.get(memory(&draft.id).as_str());
        if taken == Some(&branch.tip) {
            return Ok(false);
        }
        if let Some(taken) = taken
            && self.repo.is_ancestor(&branch.tip, taken)?
        {
            return Ok(false);
        }
        if let Some(taken) = taken
            && self.repo.is_ancestor(taken, &branch.tip)?
        {
            let beside = file.path.rsplit_once('.').map_or(file.path.as_str(), |(stem, _)| stem);
            let before = self.repo.files(taken, beside)?;
            if self.repo.files(&branch.tip, beside)?.iter().any(|file| !before.contains(file)) {
                return Ok(true);
            }
        }
        let taken = taken.map(|taken| self.repo.file(taken, &file.path)).transpose()?.flatten();
        if draft.blob == file.blob || taken.is_some_and(|taken| taken.blob == file.blob) {
            return Ok(false);
        }
        let guidance = Guidance::read(self.repo, self.config, self.commit);
        let bare = |blob: &ObjectId| Ok::<_, Error>(guidance.strip(self.repo.read(blob)?));
        let theirs = bare(&file.blob)?;
        if bare(&draft.blob)? == theirs {
            return Ok(false);
        }
        let settings = &self.config.drafts;
        let drafts = match draft.place {
            Place::Draft { private: true, .. } => Drafts::private(self.repo),
            _ => Drafts::branch(self.repo, &settings.branch, &settings.remote, settings.sign),
        };
        for blob in drafts.history(&draft.path)?.into_iter().filter_map(|revision| revision.blob) {
            if bare(&blob)? == theirs {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

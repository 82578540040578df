//! Reading: the tree of a revision, the drafts, other branches, each document once.

use std::thread;

use super::files::readable;
use super::join::{merge, without_repeats};
use super::read::{Asked, Read, Reading, WORTH_CACHING, Wanted, read_all, stored};
use super::shelf::Shelf;
use super::{Archive, Entry, Guidance, LeftOut, Place, Unseen, arrange, identity, order, sort};
use crate::config::Config;
use crate::document::{Vocabulary, is_template_name};
use crate::git::{CommitId, DraftFile, Drafts, DraftsAsked, Error, ObjectId, Repo, TreeFile, Whence};
use crate::model::{Inferred, Postmortem};

/// What to read.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// The revision whose tree counts as published; none on an unborn branch.
    pub commit: Option<CommitId>,
    /// The drafts too.
    pub drafts: bool,
    /// The trees of all local and remote-tracking branches too.
    pub branches: bool,
    /// What of each document.
    pub wanted: Wanted,
    /// Branches as they were at this instant, in seconds since 1970.
    pub until: Option<i64>,
}

/// Reads a repository's documents.
///
/// # Errors
/// Git's, where a tree or a ref cannot be read. A document that cannot be read is no error: it is in `unseen`.
pub fn load(
    repo: &Repo,
    config: &Config,
    vocabulary: &Vocabulary,
    selection: &Selection,
) -> Result<Archive, Error> {
    let mut archive = Archive { commit: selection.commit, ..Archive::default() };
    let reader =
        Reader { repo, config, vocabulary, wanted: &selection.wanted, commit: selection.commit.as_ref() };
    // git looks for them while the tree is read.
    let drafts = selection.drafts.then(|| reader.ask_drafts()).transpose()?;
    if let Some(commit) = &selection.commit {
        archive.entries = reader.examined(commit, &mut archive)?;
    }
    let of_tree = archive.entries.len();
    if let Some(asked) = drafts {
        let drafts = reader.drafts(asked, &mut archive)?;
        merge(&mut archive, drafts, &|a, b| reader.differ(a, b));
    }
    if selection.branches {
        reader.branches(selection.until, &mut archive)?;
    }
    if repo.is_shallow() {
        archive.unseen.push(Unseen::Shallow);
    }
    archive.writing.begin(repo);
    if archive.entries.len() > of_tree {
        sort(&mut archive.entries);
    }
    Ok(archive)
}

struct Reader<'r> {
    repo: &'r Repo,
    config: &'r Config,
    vocabulary: &'r Vocabulary,
    wanted: &'r Wanted,
    commit: Option<&'r CommitId>,
}

impl Reader<'_> {
    /// The documents of the revision that is asked about, as they lie on the shelf from the last time, or read; sorted.
    fn examined(&self, commit: &CommitId, archive: &mut Archive) -> Result<Vec<Entry>, Error> {
        let mut trees = Vec::new();
        for folder in self.config.folders() {
            // Where there is none by that path, a link anywhere may come to lead there.
            let tree = match self.repo.folder_id(commit, &folder)? {
                None => self.repo.folder_id(commit, "")?,
                found => found,
            };
            trees.push((tree, folder));
        }
        let file = stored(self.repo, self.vocabulary);
        let shelf = Shelf::new(file, &trees, self.config, self.wanted);
        if let Some((entries, left_out)) = shelf.find(|postmortem| promise_by_sla(postmortem, self.config)) {
            archive.left_out.extend(left_out);
            return Ok(entries);
        }
        let (read, is_all) = self.documents(commit, true, archive)?;
        let (many, known) = (read.len(), archive.left_out.len());
        let (mut entries, volumes) = self.entries(read, &Place::Tree, archive);
        if is_all && many >= WORTH_CACHING {
            let kept = shelf.keep(&entries, &volumes, &archive.left_out[known..]);
            archive.writing.shelve(stored(self.repo, self.vocabulary), kept);
        }
        self.promise(&mut entries);
        Ok(entries)
    }

    /// The documents of another branch's tree.
    fn branch(&self, commit: &CommitId, name: &str, archive: &mut Archive) -> Result<Vec<Entry>, Error> {
        let read = self.documents(commit, false, archive)?.0;
        let (mut entries, _) = self.entries(read, &Place::Branch(name.to_owned()), archive);
        self.promise(&mut entries);
        Ok(entries)
    }

    /// What was read of a tree, each with its name, sorted, and how each is stored; pages that are no post-mortem are noted.
    fn entries(
        &self,
        read: Vec<(TreeFile, Read)>,
        place: &Place,
        archive: &mut Archive,
    ) -> (Vec<Entry>, Vec<Vec<u8>>) {
        let is_document = |(_, read): &&(TreeFile, Read)| matches!(read.reading, Reading::Postmortem(_));
        let paths = read.iter().filter(is_document).map(|(file, _)| file.path.as_str());
        let mut ids = identity::ids(paths, &self.config.folders()).into_iter();
        let (mut entries, mut volumes) = (Vec::with_capacity(read.len()), Vec::with_capacity(read.len()));
        for (TreeFile { path, blob }, Read { reading, volume }) in read {
            let postmortem = match reading {
                Reading::Postmortem(postmortem) => postmortem,
                Reading::Page(purpose) => {
                    archive.left_out.push(LeftOut { path, purpose });
                    continue;
                }
            };
            let id = ids.next().expect("each document has an id");
            let (place, standings) = (place.clone(), Vec::new());
            entries.push(Entry { id, repo: None, path, place, blob, postmortem, standings });
            volumes.push(volume);
        }
        let order = order(&entries);
        arrange(&mut volumes, order.clone());
        arrange(&mut entries, order);
        (entries, volumes)
    }

    /// Gives items that name no day the one that their priority has.
    fn promise(&self, entries: &mut [Entry]) {
        if !self.config.actions.sla.is_empty() {
            entries.iter_mut().for_each(|entry| promise_by_sla(&mut entry.postmortem, self.config));
        }
    }

    /// Every document that can be read; and whether that is all there is, and decided by the folders' trees alone.
    fn documents(
        &self,
        commit: &CommitId,
        is_shelved: bool,
        archive: &mut Archive,
    ) -> Result<(Vec<(TreeFile, Read)>, bool), Error> {
        let unseen = archive.unseen.len();
        let vocabulary = self.vocabulary;
        let (files, has_links) = thread::scope(|scope| {
            // They are needed as soon as the first document is read.
            if !vocabulary.is_learnt() {
                scope.spawn(|| vocabulary.learn());
            }
            readable(self.repo, self.config, commit, archive)
        })?;
        let pairs: Vec<_> = files.iter().map(|file| (file.path.as_str(), &file.blob)).collect();
        let asked = Asked { wanted: self.wanted, is_shelved };
        let all = read_all(self.repo, self.vocabulary, &pairs, asked, Some(&mut archive.writing))?;
        let mut read = Vec::with_capacity(files.len());
        for (file, one) in files.into_iter().zip(all) {
            match one {
                Ok(one) => read.push((file, one)),
                Err(why) => archive.unseen.push(Unseen::Unreadable { path: file.path, why }),
            }
        }
        let is_all = !has_links && archive.unseen.len() == unseen;
        Ok((read, is_all))
    }

    fn ask_drafts(&self) -> Result<DraftsAsked<'_>, Error> {
        let settings = &self.config.drafts;
        let shared = Drafts::branch(self.repo, &settings.branch, &settings.remote, settings.sign);
        Drafts::ask_each(self.repo, vec![shared, Drafts::private(self.repo)])
    }

    fn drafts(&self, asked: DraftsAsked<'_>, archive: &mut Archive) -> Result<Vec<Entry>, Error> {
        let mut entries = Vec::new();
        for (files, private) in asked.finish()?.into_iter().zip([false, true]) {
            let pairs: Vec<_> = files.iter().map(|file| (read_as(&file.path), &file.blob)).collect();
            let asked = Asked { wanted: self.wanted, is_shelved: false };
            let all = read_all(self.repo, self.vocabulary, &pairs, asked, Some(&mut archive.writing))?;
            for (file, read) in files.iter().zip(all) {
                match read {
                    Ok(read) => entries.extend(self.draft(file, read.reading, private)),
                    Err(why) => archive.unseen.push(Unseen::Unreadable { path: file.path.clone(), why }),
                }
            }
        }
        Ok(entries)
    }

    /// A draft is a post-mortem whatever it looks like: it may still be empty.
    fn draft(&self, file: &DraftFile, reading: Reading, private: bool) -> Option<Entry> {
        let mut postmortem = match reading {
            Reading::Postmortem(postmortem) => postmortem,
            Reading::Page(_) => Box::default(),
        };
        promise_by_sla(&mut postmortem, self.config);
        let remote = matches!(file.whence, Whence::Remote(_)) && !file.here;
        let diverged = match &file.whence {
            Whence::Diverged(name) => Some(name.trim_start_matches("refs/remotes/").to_owned()),
            Whence::Local | Whence::Remote(_) | Whence::Both => None,
        };
        Some(Entry {
            id: identity::draft_id(&file.name)?,
            repo: None,
            path: file.path.clone(),
            place: Place::Draft { private, remote, diverged, saved: file.committed },
            blob: file.blob,
            postmortem,
            standings: Vec::new(),
        })
    }

    /// Whether two texts differ in more than what a template says to its author, which only drafts keep.
    fn differ(&self, a: &ObjectId, b: &ObjectId) -> bool {
        let guidance = Guidance::read(self.repo, self.config, self.commit);
        let bare = |blob| self.repo.read(blob).map(|text| guidance.strip(text));
        a != b && bare(a) != bare(b)
    }

    /// The trees of other branches; of a name that is known already the first reading stays.
    fn branches(&self, until: Option<i64>, archive: &mut Archive) -> Result<(), Error> {
        let drafts = format!("/{}", self.config.drafts.branch);
        let refs = self.repo.refs(&["refs/heads", "refs/remotes"])?;
        let mut seen: Vec<CommitId> = archive.commit.iter().cloned().collect();
        for branch in refs.iter().filter(|r| !r.name.ends_with(&drafts)) {
            let commit = match (branch.commit, until) {
                (Some(tip), Some(until)) => self.repo.first_parent_before(&tip, until)?,
                (tip, _) => tip,
            };
            let Some(commit) = commit.filter(|commit| !seen.contains(commit)) else { continue };
            let short = branch.name.trim_start_matches("refs/heads/").trim_start_matches("refs/remotes/");
            let entries = self.branch(&commit, short, archive)?;
            seen.push(commit);
            merge(archive, entries, &|a, b| a != b);
        }
        // What several branches share is said once.
        archive.unseen = without_repeats(std::mem::take(&mut archive.unseen));
        archive.left_out = without_repeats(std::mem::take(&mut archive.left_out));
        Ok(())
    }
}

/// The name that a draft is read by: one about a template of the team's (`email-template.md`) is no template.
fn read_as(path: &str) -> &str {
    if is_template_name(path) { "draft.md" } else { path }
}

/// The due date of an owed item that names none, where the team has agreed on one for its priority.
pub(super) fn promise_by_sla(postmortem: &mut Postmortem, config: &Config) {
    let Some(date) = postmortem.date else { return };
    for action in &mut postmortem.actions {
        let priority = action.priority.as_ref().filter(|_| action.due.is_none());
        let Some(sla) = priority.and_then(|priority| config.sla(priority)) else { continue };
        action.due = date.checked_add_days(chrono::Days::new(u64::from(sla.days)));
        action.inferred.push(Inferred::Due);
    }
}

//! Drafts: files on a branch that nobody checks out, or on a private ref, joined with what colleagues pushed.

mod join;
mod save;
mod sync;

use std::collections::HashMap;

use super::refs::RefsAsked;
use super::{CommitId, Error, ObjectId, PathRevision, Repo, TreeFile};
use join::View;
pub use save::Saved;
pub use sync::{DraftTree, Sides, pause_before_retry};

/// Where a draft stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whence {
    /// Only here.
    Local,
    /// Only on the remote-tracking branch of that name.
    Remote(String),
    /// The same in both places.
    Both,
    /// Changed on both sides since they last met; what is here is shown.
    Diverged(String),
}

/// A draft's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftFile {
    /// The file's stem: the draft's id.
    pub name: String,
    /// The path on the branch.
    pub path: String,
    /// Its content.
    pub blob: ObjectId,
    /// The tip that it was read from.
    pub tip: CommitId,
    /// Where it stands.
    pub whence: Whence,
    /// Whether the local branch has it too, be it as an older text.
    pub here: bool,
    /// When it was last changed, in seconds of Unix time; 0 where a short history does not tell.
    pub committed: i64,
}

/// A branch of drafts with a root of its own, or the private ref.
#[derive(Debug, Clone)]
pub struct Drafts<'r> {
    repo: &'r Repo,
    name: String,
    tracking: Option<String>,
    sign: bool,
}

/// The question for all drafts of several places.
pub struct DraftsAsked<'r> {
    repo: &'r Repo,
    places: Vec<Drafts<'r>>,
    refs: RefsAsked,
}

impl DraftsAsked<'_> {
    /// Every draft of each place, by name.
    ///
    /// # Errors
    /// As [`Drafts::list`].
    pub fn finish(self) -> Result<Vec<Vec<DraftFile>>, Error> {
        let refs = self.refs.finish(self.repo)?;
        let list = |drafts: &Drafts<'_>| {
            let tracking = drafts.tracking.as_deref();
            drafts.list_view(&View::of(self.repo, refs.clone(), &drafts.name, tracking)?)
        };
        self.places.iter().map(list).collect()
    }
}

impl<'r> Drafts<'r> {
    /// The drafts on a branch, joined with the remote-tracking branch of the same name.
    #[must_use]
    pub fn branch(repo: &'r Repo, branch: &str, remote: &str, sign: bool) -> Self {
        let tracking = (!remote.is_empty()).then(|| format!("refs/remotes/{remote}/{branch}"));
        Self { repo, name: format!("refs/heads/{branch}"), tracking, sign }
    }

    /// The drafts that no push and no `sync` sends.
    #[must_use]
    pub fn private(repo: &'r Repo) -> Self {
        Self { repo, name: "refs/postmortem/private".to_owned(), tracking: None, sign: false }
    }

    /// The full name of the ref that is written.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Every draft, by name.
    ///
    /// # Errors
    /// [`Error::Git`], [`Error::MissingObject`].
    pub fn list(&self) -> Result<Vec<DraftFile>, Error> {
        self.list_view(&self.view()?)
    }

    /// Begins to ask where several places stand: one question, at which git works while something else is done.
    ///
    /// # Errors
    /// [`Error::NoGit`].
    pub fn ask_each(repo: &'r Repo, places: Vec<Self>) -> Result<DraftsAsked<'r>, Error> {
        let names = places.iter().flat_map(|drafts| [Some(drafts.name.as_str()), drafts.tracking.as_deref()]);
        let refs = repo.begin_named_refs(&names.flatten().collect::<Vec<_>>())?;
        Ok(DraftsAsked { repo, places, refs })
    }

    fn list_view(&self, view: &View) -> Result<Vec<DraftFile>, Error> {
        let times: HashMap<String, i64> = if view.files().is_empty() {
            HashMap::new()
        } else {
            self.repo.last_changes(&view.tips())?.into_iter().collect()
        };
        let mut drafts: Vec<DraftFile> = Vec::new();
        for joined in view.files() {
            let Some(name) = joined.path.strip_suffix(".md").filter(|name| !name.contains('/')) else {
                continue;
            };
            drafts.push(DraftFile {
                name: name.to_owned(),
                path: joined.path.clone(),
                blob: joined.blob,
                tip: joined.tip,
                whence: joined.whence.clone(),
                here: joined.here,
                committed: times.get(&joined.path).copied().unwrap_or(0),
            });
        }
        Ok(drafts)
    }

    /// The attachments of a draft: the files in the folder of its name.
    ///
    /// # Errors
    /// As [`Drafts::list`].
    pub fn attachments(&self, name: &str) -> Result<Vec<TreeFile>, Error> {
        let view = self.view()?;
        let below = view
            .files()
            .iter()
            .filter(|file| file.path.strip_prefix(name).is_some_and(|rest| rest.starts_with('/')));
        Ok(below.map(|file| TreeFile { path: file.path.clone(), blob: file.blob }).collect())
    }

    /// A draft's content.
    ///
    /// # Errors
    /// [`Error::MissingObject`].
    pub fn read(&self, draft: &DraftFile) -> Result<Vec<u8>, Error> {
        self.repo.read(&draft.blob)
    }

    /// The commits that changed a path, newest first, here and at the remote.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn history(&self, path: &str) -> Result<Vec<PathRevision>, Error> {
        let view = self.view()?;
        let mut revisions: Vec<PathRevision> = Vec::new();
        for tip in view.tips() {
            for revision in self.repo.path_history_with_merges(&tip, path)? {
                if !revisions.iter().any(|known| known.commit == revision.commit) {
                    revisions.push(revision);
                }
            }
        }
        revisions.sort_by_key(|revision| std::cmp::Reverse(revision.committed));
        Ok(revisions)
    }

    /// Every path that ever was here or at the remote, with when it was last changed, in seconds of Unix time.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn paths_ever(&self) -> Result<Vec<(String, i64)>, Error> {
        let view = self.view()?;
        if view.tips().is_empty() { Ok(Vec::new()) } else { self.repo.last_changes(&view.tips()) }
    }

    /// A path as a commit of these drafts had it.
    ///
    /// # Errors
    /// [`Error::MissingObject`].
    pub fn at(&self, commit: &CommitId, path: &str) -> Result<Option<Vec<u8>>, Error> {
        let file = self.repo.file(commit, path)?;
        file.map(|file| self.repo.read(&file.blob)).transpose()
    }

    /// Refuses where a draft cannot be taken away for good, because the remote's branch has another text of it, or
    /// has it alone while another draft diverged.
    ///
    /// # Errors
    /// [`Error::Diverged`]; git's.
    pub fn check_removal(&self, path: &str) -> Result<(), Error> {
        save::refuse_what_would_come_back(&self.view()?, &[(path.to_owned(), None)])
    }

    fn view(&self) -> Result<View, Error> {
        View::read(self.repo, &self.name, self.tracking.as_deref())
    }
}

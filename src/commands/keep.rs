//! Saving a document that a command changes where it lives: on the branch of drafts, or in the tree by a commit of its
//! path.

use crate::archive::{Entry, Place};
use crate::commands::unpublish::attachments_folder;
use crate::commands::{drafted, subject};
use crate::error::CliError;
use crate::git::publish::{Committed, Depth, PATIENCE, PathChange, PathCommit, check_paths, commit_paths};
use crate::git::{CommitId, Error, ObjectId};
use crate::session::Project;

/// How often a change is made again on a newer text before we give up: each time another writer won.
const ATTEMPTS: u32 = 200;

/// A change to one document, and how it is to be kept.
#[derive(Debug)]
pub struct Keeping<'p> {
    /// The project.
    pub project: &'p Project,
    /// The document.
    pub entry: &'p Entry,
    /// What is done, for the commit's message: `note`, `edit`.
    pub verb: &'p str,
    /// Only the text that was read may be replaced; otherwise the change is made on whatever is newest.
    pub strict: bool,
    /// A published document: the file is written and nothing is committed.
    pub no_commit: bool,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Whether anything was different.
    pub changed: bool,
    /// The content of the document now; `None` where it stands in the file only.
    pub blob: Option<ObjectId>,
    /// Where it was kept, in words.
    pub place: String,
}

/// A file beside the document: its path and content.
pub type Attachment = (String, Vec<u8>);

impl Keeping<'_> {
    /// Makes a change and keeps it. The change may be asked for several times, each time with a newer text.
    ///
    /// # Errors
    /// The change's own; [`Error::Changed`] where only the text that was read may be replaced; git's.
    pub fn keep(
        &self,
        attachments: &[Attachment],
        change: impl Fn(&[u8]) -> Result<Vec<u8>, CliError>,
    ) -> Result<Kept, CliError> {
        match &self.entry.place {
            Place::Draft { private, diverged, .. } => {
                let mut kept = self.draft(*private, attachments, change)?;
                if let Some(name) = diverged {
                    kept.place.push_str(&format!("; {name} has another text"));
                }
                Ok(kept)
            }
            Place::Tree => self.document(attachments, change),
            Place::Branch(branch) => Err(self.elsewhere(branch)),
        }
    }

    /// Whether a change could be kept as things stand, asked before somebody spends their time on it.
    ///
    /// # Errors
    /// As [`Keeping::keep`].
    pub fn check(&self) -> Result<(), CliError> {
        let repo = &self.project.repo;
        let depth = if self.no_commit { Depth::WorkTree } else { Depth::Commit };
        match &self.entry.place {
            Place::Draft { .. } => repo.identity()?,
            Place::Branch(branch) => return Err(self.elsewhere(branch)),
            Place::Tree if self.no_commit => check_paths(repo, &[], depth)?,
            Place::Tree => {
                let text = Some(repo.read(&self.entry.blob)?);
                let change = PathChange::new(self.entry.path.as_str(), text, Some(self.entry.blob));
                check_paths(repo, &[change], depth).map_err(or_uncommitted)?;
            }
        }
        Ok(())
    }

    /// The attachments that take the place of other content, each with what it was: somebody may want that back.
    ///
    /// # Errors
    /// git's.
    pub fn replaced(&self, attachments: &[Attachment]) -> Result<Vec<(String, ObjectId)>, CliError> {
        let repo = &self.project.repo;
        let head = repo.head()?.commit;
        let mut replaced = Vec::new();
        for (path, bytes) in attachments {
            if let Some(blob) = self.beside(head.as_ref(), path)?
                && !repo.stores_as(path, bytes, blob)?
            {
                replaced.push((path.clone(), blob));
            }
        }
        Ok(replaced)
    }

    /// What has the place of an attachment.
    fn beside(&self, head: Option<&CommitId>, path: &str) -> Result<Option<ObjectId>, CliError> {
        let Place::Draft { private, .. } = self.entry.place else { return self.standing(head, path) };
        let stem = self.entry.path.trim_end_matches(".md");
        let files = drafted::place(self.project, private).attachments(stem)?;
        Ok(files.into_iter().find(|file| file.path == path).map(|file| file.blob))
    }

    fn elsewhere(&self, branch: &str) -> CliError {
        CliError::new(format!("{} is on the branch {branch} only", self.entry.id))
            .hint(format!("git switch {branch}"))
    }

    fn draft(
        &self,
        private: bool,
        attachments: &[Attachment],
        change: impl Fn(&[u8]) -> Result<Vec<u8>, CliError>,
    ) -> Result<Kept, CliError> {
        let repo = &self.project.repo;
        let drafts = drafted::place(self.project, private);
        let path = &self.entry.path;
        let message = format!("{} {}", self.verb, self.entry.id);
        let mut blob = self.entry.blob;
        let mut beside = Vec::new();
        for (path, _) in attachments {
            beside.push((path.clone(), self.beside(None, path)?));
        }
        for _ in 0..ATTEMPTS {
            let old = repo.read(&blob)?;
            let new = change(&old)?;
            let place = "in the drafts".to_owned();
            if new == old && attachments.is_empty() {
                return Ok(Kept { changed: false, blob: Some(blob), place });
            }
            let mut changes = vec![(path.clone(), Some(new))];
            changes.extend(attachments.iter().map(|(path, bytes)| (path.clone(), Some(bytes.clone()))));
            let expect = [&[(path.clone(), Some(blob))], &beside[..]].concat();
            match drafts.save(&changes, &message, &expect) {
                Ok(saved) => {
                    let blob = saved.blobs.first().copied().flatten();
                    return Ok(Kept { changed: saved.changed, blob, place });
                }
                Err(Error::Changed { path: changed, newer: Some(newer) })
                    if !self.strict && changed == *path =>
                {
                    blob = newer;
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err(CliError::new(format!("{} is changed all the time by others", self.entry.id))
            .hint("run it again"))
    }

    /// The lock is held around reading, changing and committing: of several writers none builds on an old text.
    fn document(
        &self,
        attachments: &[Attachment],
        change: impl Fn(&[u8]) -> Result<Vec<u8>, CliError>,
    ) -> Result<Kept, CliError> {
        let repo = &self.project.repo;
        let path = self.entry.path.clone();
        let lock = repo.lock_work(PATIENCE).map_err(|error| or_published(error, self.entry))?;
        if self.no_commit {
            // Without a work tree the file would seem to have been removed.
            check_paths(repo, &[], Depth::WorkTree)?;
        }
        let head = repo.head()?.commit;
        let now = self.standing(head.as_ref(), &path)?;
        let Some(blob) = now.filter(|now| !self.strict || *now == self.entry.blob) else {
            return Err(Error::Changed { path, newer: now }.into());
        };
        let old = repo.read(&blob)?;
        let new = change(&old)?;
        if new == old && attachments.is_empty() {
            return Ok(Kept { changed: false, blob: Some(blob), place: path });
        }
        let mut changes = Vec::new();
        if new != old {
            changes.push(PathChange::new(path.as_str(), Some(new), Some(blob)));
        }
        for (path, bytes) in attachments {
            let there = self.beside(head.as_ref(), path)?;
            changes.push(PathChange::new(path.as_str(), Some(bytes.clone()), there));
        }
        let depth = if self.no_commit { Depth::WorkTree } else { Depth::Commit };
        let message = subject::message(self.project, self.entry, self.verb);
        let made = commit_paths(repo, &lock, &PathCommit { changes, message: &message, depth });
        let (place, changed) = match made.map_err(or_uncommitted)? {
            Committed::Commit(commit) => (format!("{path}   commit {}", commit.short()), true),
            Committed::Staged => (format!("{path}   staged"), true),
            Committed::Written => (format!("{path}   not committed"), true),
            Committed::Already(_) => (path.clone(), false),
        };
        let blob = match repo.head()?.commit {
            Some(head) if !self.no_commit => repo.file(&head, &path)?.map(|file| file.blob),
            _ => None,
        };
        Ok(Kept { changed, blob, place })
    }

    /// What a path has now: in `HEAD`, or in the file where nothing is committed, so that what somebody wrote there
    /// is built on and not buried.
    fn standing(&self, head: Option<&CommitId>, path: &str) -> Result<Option<ObjectId>, CliError> {
        let repo = &self.project.repo;
        let file =
            repo.work_tree().filter(|_| self.no_commit).and_then(|top| std::fs::read(top.join(path)).ok());
        if let Some(bytes) = file {
            return Ok(Some(repo.write_blob(&bytes)?));
        }
        let committed = head.filter(|_| !self.no_commit).map(|head| repo.file(head, path)).transpose()?;
        Ok(committed.flatten().map(|file| file.blob))
    }
}

/// The error, for a command that can also leave a document uncommitted.
pub fn or_uncommitted(error: Error) -> CliError {
    let is_dirty = matches!(error, Error::Dirty { .. });
    let mut error = CliError::from(error);
    for hint in error.hints.iter_mut().filter(|_| is_dirty) {
        hint.push_str(", or use --no-commit");
    }
    error
}

/// The error, told of the published document that was to be changed where only drafts are.
pub fn or_published(error: Error, entry: &Entry) -> CliError {
    let is_fenced = matches!(error, Error::HandsOff);
    let mut error = CliError::from(error);
    if is_fenced {
        error.message = format!("{} is published, and only drafts are changed here", entry.id);
        error.hints = vec![format!(
            "a person changes it at the prompt, or takes it back with git postmortem unpublish {}",
            entry.id.short()
        )];
    }
    error
}

/// Where a file named `name` is kept beside a document; `None` beside an index page, whose folder is others' too.
#[must_use]
pub fn attachment_path(entry: &Entry, name: &str) -> Option<String> {
    attachments_folder(&entry.path).map(|folder| format!("{folder}/{name}"))
}

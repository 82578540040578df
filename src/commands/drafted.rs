//! Drafts as commands see them: the one that is meant, with the place that keeps it.

use crate::archive::{
    Entry, FindError, Guidance, Place, Review, Selection, draft_name, draft_path, is_whole, memory,
};
use crate::commands::subject;
use crate::error::CliError;
use crate::git::{DraftFile, Drafts, Error, ObjectId, RefUpdate, Repo, TreeFile};
use crate::model::PostmortemId;
use crate::session::{Project, Session};

/// A draft, what it says, and where it is kept.
#[derive(Debug)]
pub struct Drafted<'p> {
    /// The branch or private ref.
    pub drafts: Drafts<'p>,
    /// What it says.
    pub entry: Entry,
}

/// What is to be saved on a path, and what was there when it was read.
pub type Saving = (Vec<(String, Option<Vec<u8>>)>, Vec<(String, Option<ObjectId>)>);

/// The place of shared or of private drafts.
#[must_use]
pub fn place(project: &Project, private: bool) -> Drafts<'_> {
    let settings = &project.config.drafts;
    if private {
        return Drafts::private(&project.repo);
    }
    Drafts::branch(&project.repo, &settings.branch, &settings.remote, settings.sign)
}

/// Every draft, also one whose name a published document has too.
///
/// # Errors
/// git's.
pub fn all(project: &Project) -> Result<Vec<Entry>, CliError> {
    Ok(project.load(&Selection { drafts: true, ..Selection::default() })?.entries)
}

/// The draft that a typed name means, or the one last touched, or the only one.
///
/// # Errors
/// Where that is none or several.
pub fn choose<'p>(project: &'p Project, typed: Option<&str>) -> Result<Drafted<'p>, CliError> {
    let entries = all(project)?;
    let entry = subject::choose(project, &entries, typed)?.clone();
    // The whole name of a published document means no draft whose name it is a part of.
    let elsewhere = typed.filter(|typed| !is_whole(&entries, typed));
    if let Some(typed) = elsewhere
        && is_whole(&project.published()?.entries, typed)
    {
        let nearest = vec![entry.id.to_string()];
        return Err(FindError::Unknown { typed: typed.to_owned(), nearest }.into());
    }
    Ok(Drafted { drafts: place(project, is_private(&entry)), entry })
}

/// Whether an entry is a private draft.
#[must_use]
pub fn is_private(entry: &Entry) -> bool {
    matches!(entry.place, Place::Draft { private: true, .. })
}

/// What to type so that a draft takes in what a branch has.
#[must_use]
pub fn taking_in(id: &PostmortemId, review: &Review) -> String {
    let usual = review.name == format!("review/{}", id.short());
    let name = if usual { String::new() } else { format!(" {}", review.name) };
    format!("git postmortem publish {} --branch{name}", id.short())
}

/// Forgets what of a review was taken in: the review is over. Where that fails, nothing is lost.
pub fn forget_review(repo: &Repo, id: &PostmortemId) {
    let name = memory(id);
    let known = repo.refs(&[&name]).unwrap_or_default().into_iter().find(|found| found.name == name);
    if let Some(found) = known {
        let update = RefUpdate { name, old: Some(found.target), new: None };
        drop(repo.update_refs(&[update], "postmortem: review over"));
    }
}

/// Whose eyes a new draft has been under, in words: with a remote, what would share it.
#[must_use]
pub fn only_here(project: &Project) -> &'static str {
    let remote = &project.config.drafts.remote;
    let has_remote =
        project.repo.settings().is_ok_and(|settings| settings.remotes().contains(&remote.as_str()));
    if has_remote { "only on this machine; git postmortem sync shares it" } else { "only on this machine" }
}

/// Says of drafts that both sides changed what can be done about it: nothing here joins them unasked.
///
/// # Errors
/// git's.
pub fn hint_at_diverged(session: &Session, project: &Project, entries: &[Entry]) -> Result<(), CliError> {
    let is_apart = |entry: &&Entry| matches!(entry.place, Place::Draft { diverged: Some(_), .. });
    let Some(entry) = entries.iter().find(is_apart) else { return Ok(()) };
    match place(project, false).check_removal(&entry.path) {
        Err(apart @ Error::Diverged { .. }) => {
            CliError::from(apart).hints.iter().for_each(|hint| session.ui.hint(hint));
            Ok(())
        }
        other => Ok(other?),
    }
}

impl Drafted<'_> {
    /// The files in the folder of the draft's name.
    ///
    /// # Errors
    /// git's.
    pub fn attachments(&self) -> Result<Vec<TreeFile>, CliError> {
        Ok(self.drafts.attachments(self.stem())?)
    }

    /// The file's name without its extension.
    #[must_use]
    pub fn stem(&self) -> &str {
        self.entry.path.strip_suffix(".md").unwrap_or(&self.entry.path)
    }

    /// Takes the draft and its attachments away, if it still is what was read.
    ///
    /// # Errors
    /// Where it changed meanwhile.
    pub fn remove(&self, message: &str) -> Result<(), CliError> {
        let mut changes = vec![(self.entry.path.clone(), None)];
        changes.extend(self.attachments()?.into_iter().map(|file| (file.path, None)));
        let expect = [(self.entry.path.clone(), Some(self.entry.blob))];
        self.drafts.save(&changes, message, &expect).map_err(|error| self.comes_back(error))?;
        Ok(())
    }

    /// Takes a published draft away. A private one gets the id that it was published by first, so that the way back
    /// finds where it came from.
    ///
    /// # Errors
    /// As [`Drafted::remove`], and where other files than those in `published` are attached by now.
    pub fn remove_as(&self, repo: &Repo, id: &PostmortemId, published: &[TreeFile]) -> Result<(), CliError> {
        if let Some(file) = self.attachments()?.iter().find(|file| !published.contains(file)) {
            let name = file.path.rsplit('/').next().unwrap_or(&file.path);
            return Err(CliError::new(format!("{name} was attached while {} was published", self.entry.id)));
        }
        let message = format!("publish {}", self.entry.id);
        let (old, path) = (self.entry.path.clone(), draft_path(id));
        if !is_private(&self.entry) || old == path {
            return self.remove(&message);
        }
        let stem = self.stem().to_owned();
        let mut changes = vec![(path.clone(), Some(repo.read(&self.entry.blob)?)), (old.clone(), None)];
        for file in self.attachments()? {
            let rest = file.path.strip_prefix(&stem).unwrap_or(&file.path).to_owned();
            changes.push((format!("{}{rest}", draft_name(id)), Some(repo.read(&file.blob)?)));
            changes.push((file.path, None));
        }
        let expect = [(old, Some(self.entry.blob))];
        self.drafts.save(&changes, &format!("{message} as {id}"), &expect)?;
        let entry = Entry { id: id.clone(), path, ..self.entry.clone() };
        Drafted { drafts: self.drafts.clone(), entry }.remove(&message)
    }

    /// Whether the remote's branch has another text of it.
    #[must_use]
    pub fn is_diverged(&self) -> bool {
        matches!(self.entry.place, Place::Draft { diverged: Some(_), .. })
    }

    /// Refuses where the draft could not be taken away for good, before anything else is done.
    ///
    /// # Errors
    /// Where the remote would bring it back; git's.
    pub fn check_removal(&self) -> Result<(), CliError> {
        self.drafts.check_removal(&self.entry.path).map_err(|error| self.comes_back(error))
    }

    fn comes_back(&self, error: Error) -> CliError {
        let apart = matches!(error, Error::Diverged { .. });
        let error = CliError::from(error);
        if !apart {
            return error;
        }
        error.because(format!("until both are joined, {} would come back from the remote", self.entry.id))
    }

    /// Every text that the draft ever had, newest first, as it would be published.
    ///
    /// # Errors
    /// git's.
    pub fn texts(&self, repo: &Repo, guidance: &Guidance) -> Result<Vec<Vec<u8>>, CliError> {
        let mut blobs: Vec<_> =
            self.drafts.history(&self.entry.path)?.into_iter().filter_map(|revision| revision.blob).collect();
        blobs.dedup();
        blobs.iter().map(|blob| Ok(guidance.strip(repo.read(blob)?))).collect()
    }
}

/// Finds the file of a draft by its path.
///
/// # Errors
/// git's.
pub fn file(drafts: &Drafts<'_>, path: &str) -> Result<Option<DraftFile>, CliError> {
    Ok(drafts.list()?.into_iter().find(|draft| draft.path == path))
}

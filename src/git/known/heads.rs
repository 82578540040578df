//! What the files of refs tell about commits.

use super::refs::{HeadFile, RefFiles};
use crate::git::{CommitId, ObjectId, Ref, Repo};

impl Repo {
    /// The commit of HEAD, and none on a branch without one; `None` where git alone can tell.
    #[allow(clippy::option_option, reason = "no answer is not the answer that there is none")]
    pub(in crate::git) fn head_by(&self, refs: &RefFiles) -> Option<Option<CommitId>> {
        let object = match refs.head()? {
            HeadFile::Object(id) => Some(id),
            HeadFile::Branch(name) => refs.look(&[&name])?.into_iter().next()?,
        };
        let Some(id) = object else { return Some(None) };
        let commit = self.handle.find_commit(id.to_git2()).ok()?;
        Some(Some(CommitId::new(ObjectId::from_git2(commit.id()))))
    }

    /// The commit that a typed revision names, where it is a full id or the name of one ref of a repository that is known;
    /// git says what anything else means. None, too, on an unborn branch, as when git is asked along with the rest.
    pub(in crate::git) fn typed(&self, typed: &str) -> Option<CommitId> {
        self.head_when_opened()?;
        let id = self.ref_files.as_ref()?.typed(typed)?;
        let object = self.handle.find_object(id.to_git2(), None).ok()?;
        let commit = object.peel_to_commit().ok()?;
        Some(CommitId::new(ObjectId::from_git2(commit.id())))
    }

    /// Refs by their full names, as [`Repo::refs`] tells them, without git; `None` where it has to be asked.
    pub(in crate::git) fn refs_by_name(&self, names: &[&str]) -> Option<Vec<Ref>> {
        let files = self.ref_files.as_ref().filter(|files| !files.has_work_trees())?;
        let is_name = |name: &&str| name.starts_with("refs/") && !name.contains(['*', '?', '[', '\\']);
        if !names.iter().all(is_name) {
            return None;
        }
        let found = files.look(names)?;
        let checked_out = match files.head()? {
            HeadFile::Branch(name) => Some(name),
            HeadFile::Object(_) => None,
        };
        let mut refs = Vec::new();
        for (name, target) in names.iter().zip(found) {
            let Some(target) = target else { continue };
            // A tag, or an object that is missing, is rare here, and git's.
            let commit = self.handle.find_commit(target.to_git2()).ok()?;
            let is_here = checked_out.as_deref() == Some(name);
            refs.push(Ref {
                name: (*name).to_owned(),
                target,
                commit: Some(CommitId::new(target)),
                committed: Some(commit.time().seconds()),
                checked_out: self.work_tree().filter(|_| is_here).map(Into::into),
            });
        }
        // git tells them in the order of their names.
        refs.sort_by(|a, b| a.name.cmp(&b.name));
        Some(refs)
    }
}

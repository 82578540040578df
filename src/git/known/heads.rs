//! What the files of refs tell about commits.

use super::refs::{HeadFile, RefFiles};
use crate::git::packs::{Kind, Objects};
use crate::git::{CommitId, ObjectId, Ref, Repo};

/// Tags of tags that are followed: more are a circle, or git's to follow.
const TAGS: usize = 16;

impl Repo {
    /// The commits of HEAD, none on a branch without one, and of a typed revision; `None` where git alone can tell. A
    /// revision is not looked up on such a branch, as when git is asked along with the rest.
    pub(in crate::git) fn at_opening(
        &self,
        refs: &RefFiles,
        typed: Option<&str>,
    ) -> Option<(Option<CommitId>, Option<CommitId>)> {
        let (head, typed) = refs.at_opening(typed)?;
        let Some(head) = head else { return Some((None, None)) };
        let mut objects = Objects::few(self);
        let is_commit = match objects.look(&head) {
            Some((kind, _)) => kind == Kind::Commit,
            None => self.handle().and_then(|handle| handle.find_commit(head.to_git2())).is_ok(),
        };
        is_commit.then_some(())?;
        let along = typed.and_then(|id| self.peeled(&mut objects, id));
        Some((Some(CommitId::new(head)), along))
    }

    /// The commit that an object is, or that a tag of it or of another tag leads to.
    fn peeled(&self, objects: &mut Objects<'_>, mut id: ObjectId) -> Option<CommitId> {
        for _ in 0..TAGS {
            match objects.look(&id) {
                Some((Kind::Commit, _)) => return Some(CommitId::new(id)),
                Some((Kind::Tag, bytes)) => id = tagged(&bytes)?,
                Some((Kind::Tree | Kind::Blob, _)) => return None,
                None => {
                    let object = self.handle().ok()?.find_object(id.to_git2(), None).ok()?;
                    return Some(CommitId::new(ObjectId::from_git2(object.peel_to_commit().ok()?.id())));
                }
            }
        }
        None
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
            let commit = self.handle().and_then(|handle| handle.find_commit(target.to_git2())).ok()?;
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

/// What a tag is of, from the bytes of its record.
fn tagged(tag: &[u8]) -> Option<ObjectId> {
    let line = tag.split(|byte| *byte == b'\n').next()?;
    std::str::from_utf8(line.strip_prefix(b"object ")?).ok()?.parse().ok()
}

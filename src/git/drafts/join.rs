//! What is here and what colleagues pushed, seen as one.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::{Repo, Whence};
use crate::git::{CommitId, Error, ObjectId, Ref};

/// One file of the joined view.
#[derive(Debug, Clone)]
pub(super) struct Joined {
    pub(super) path: String,
    pub(super) blob: ObjectId,
    pub(super) tip: CommitId,
    pub(super) whence: Whence,
    /// The remote has it as we never had it.
    pub(super) theirs: bool,
    /// The local branch has the path.
    pub(super) here: bool,
}

/// Both tips and what they hold together.
#[derive(Debug, Clone)]
pub(super) struct View {
    pub(super) local: Option<Ref>,
    remote: Option<Ref>,
    /// The local branch has nothing that the remote-tracking one lacks.
    behind: bool,
    files: Vec<Joined>,
    /// Paths of ours that the remote removed.
    dropped: Vec<String>,
}

type Files = BTreeMap<String, ObjectId>;

impl View {
    pub(super) fn read(repo: &Repo, local: &str, tracking: Option<&str>) -> Result<Self, Error> {
        let names: Vec<&str> = [Some(local), tracking].into_iter().flatten().collect();
        let mut refs = repo.refs(&names)?;
        let mut take =
            |name: &str| refs.iter().position(|found| found.name == name).map(|at| refs.swap_remove(at));
        let (local, remote) = (take(local), tracking.and_then(&mut take));
        let tips =
            (local.as_ref().and_then(|found| found.commit), remote.as_ref().and_then(|found| found.commit));
        let mut view = Self { local, remote, behind: false, files: Vec::new(), dropped: Vec::new() };
        match tips {
            (None, None) => {}
            (Some(tip), None) => view.take_all(repo, tip, &Whence::Local)?,
            (None, Some(tip)) => {
                view.behind = true;
                let whence = view.remote_name();
                view.take_all(repo, tip, &Whence::Remote(whence))?;
            }
            (Some(ours), Some(theirs)) => view.join(repo, ours, theirs)?,
        }
        Ok(view)
    }

    pub(super) fn files(&self) -> &[Joined] {
        &self.files
    }

    pub(super) fn find(&self, path: &str) -> Option<&Joined> {
        self.files.iter().find(|file| file.path == path)
    }

    pub(super) fn tips(&self) -> Vec<CommitId> {
        let both = [self.local.as_ref(), self.remote.as_ref()];
        both.into_iter().flatten().filter_map(|found| found.commit).collect()
    }

    pub(super) fn local_tip(&self) -> Option<CommitId> {
        self.local.as_ref().and_then(|found| found.commit)
    }

    pub(super) fn remote_tip(&self) -> Option<CommitId> {
        self.remote.as_ref().and_then(|found| found.commit)
    }

    /// Whether the next save simply goes on from the remote's tip.
    pub(super) fn is_behind(&self) -> bool {
        self.behind
    }

    pub(super) fn checked_out(&self) -> Option<PathBuf> {
        self.local.as_ref().and_then(|found| found.checked_out.clone())
    }

    /// Paths of ours that the remote removed, and that the view therefore lacks.
    pub(super) fn dropped(&self) -> &[String] {
        &self.dropped
    }

    /// The first path that both sides changed.
    pub(super) fn diverged(&self) -> Option<&String> {
        let diverged = |file: &&Joined| matches!(file.whence, Whence::Diverged(_));
        self.files.iter().find(diverged).map(|file| &file.path)
    }

    /// Says that a path diverged, and what has to be joined.
    pub(super) fn apart(&self, path: &str) -> Error {
        let short = |name: &str| {
            let name = name.strip_prefix("refs/heads/").unwrap_or(name);
            name.strip_prefix("refs/remotes/").unwrap_or(name).to_owned()
        };
        let ours = self.local.as_ref().map(|found| short(&found.name)).unwrap_or_default();
        let (path, theirs) = (path.to_owned(), short(&self.remote_name()));
        Error::Diverged { path, ours, theirs }
    }

    fn remote_name(&self) -> String {
        self.remote.as_ref().map(|found| found.name.clone()).unwrap_or_default()
    }

    fn take_all(&mut self, repo: &Repo, tip: CommitId, whence: &Whence) -> Result<(), Error> {
        let files = repo.files(&tip, "")?;
        let joined = |file: crate::git::TreeFile| Joined {
            path: file.path,
            blob: file.blob,
            tip,
            whence: whence.clone(),
            theirs: matches!(whence, Whence::Remote(_)),
            here: matches!(whence, Whence::Local),
        };
        self.files = files.into_iter().map(joined).collect();
        Ok(())
    }

    /// Path by path, the side that changed since both last met wins; where both did, ours is shown and marked.
    fn join(&mut self, repo: &Repo, ours: CommitId, theirs: CommitId) -> Result<(), Error> {
        let list = |tip: &CommitId| -> Result<Files, Error> {
            Ok(repo.files(tip, "")?.into_iter().map(|file| (file.path, file.blob)).collect())
        };
        let base = if ours == theirs { Some(ours) } else { repo.merge_base(&ours, &theirs)? };
        self.behind = base == Some(ours) && ours != theirs;
        let (here, there) = (list(&ours)?, list(&theirs)?);
        let before = base.map(|base| list(&base)).transpose()?.unwrap_or_default();
        let remote = self.remote_name();
        let paths: std::collections::BTreeSet<&String> = here.keys().chain(there.keys()).collect();
        for path in paths {
            let (was, mine, other) = (before.get(path), here.get(path), there.get(path));
            let (blob, tip, whence) = if mine == other {
                (mine, ours, Whence::Both)
            } else if mine == was {
                (other, theirs, Whence::Remote(remote.clone()))
            } else if other == was || mine.is_some() && other.is_none() {
                (mine, ours, Whence::Local)
            } else if mine.is_none() {
                (other, theirs, Whence::Remote(remote.clone()))
            } else {
                (mine, ours, Whence::Diverged(remote.clone()))
            };
            match blob {
                Some(blob) => {
                    let (path, blob) = (path.clone(), *blob);
                    let theirs = other.is_some() && other != was && ours != theirs;
                    let here = mine.is_some();
                    self.files.push(Joined { path, blob, tip, whence, theirs, here });
                }
                None => self.dropped.push(path.clone()),
            }
        }
        Ok(())
    }
}

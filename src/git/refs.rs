//! Refs, read and moved by git itself: exact on `files` and on `reftable`, and one transaction for all.

use std::path::PathBuf;
use std::time::SystemTime;

use super::cli::Begun;
use super::{CommitId, Error, ObjectId, Repo, cli};

/// A ref and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ref {
    /// The full name.
    pub name: String,
    /// The object that it names: a tag object for an annotated tag.
    pub target: ObjectId,
    /// The commit behind it, if there is one.
    pub commit: Option<CommitId>,
    /// When that commit was made, in seconds of Unix time.
    pub committed: Option<i64>,
    /// The work tree that has it checked out.
    pub checked_out: Option<PathBuf>,
}

/// One move of a ref, by compare and swap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefUpdate {
    /// The full name.
    pub name: String,
    /// What it must be; `None`: it must not exist.
    pub old: Option<ObjectId>,
    /// What it shall be; `None` removes it.
    pub new: Option<ObjectId>,
}

const FORMAT: &str = "--format=%(refname)%00%(objectname)%00%(objecttype)%00%(committerdate:unix)%00\
    %(*objectname)%00%(*objecttype)%00%(*committerdate:unix)%00%(worktreepath)";

/// The question for some refs, at which git works while something else is done, unless they are known already.
pub(super) enum RefsAsked {
    Begun(Begun),
    Known(Vec<Ref>),
}

impl RefsAsked {
    /// The answer, as [`Repo::refs`] gives it.
    pub(super) fn finish(self, repo: &Repo) -> Result<Vec<Ref>, Error> {
        let output = match self {
            Self::Begun(begun) => begun.finish()?,
            Self::Known(refs) => return Ok(refs),
        };
        if output.code != 0 {
            return Err(Error::Git { deed: "for-each-ref".into(), words: cli::words(&output.stderr) });
        }
        let text = String::from_utf8_lossy(&output.stdout);
        text.lines().filter_map(|line| repo.read_ref(line).transpose()).collect()
    }
}

impl Repo {
    /// The refs that match patterns of `git for-each-ref` (a full name, or a folder of them).
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn refs(&self, patterns: &[&str]) -> Result<Vec<Ref>, Error> {
        self.begin_refs(patterns)?.finish(self)
    }

    /// Begins to ask for them.
    pub(super) fn begin_refs(&self, patterns: &[&str]) -> Result<RefsAsked, Error> {
        Ok(RefsAsked::Begun(self.git().args(["for-each-ref", FORMAT]).args(patterns).begin()?))
    }

    /// Finds refs by their full names, or begins to ask for them.
    pub(super) fn begin_named_refs(&self, names: &[&str]) -> Result<RefsAsked, Error> {
        self.refs_by_name(names).map_or_else(|| self.begin_refs(names), |refs| Ok(RefsAsked::Known(refs)))
    }

    /// Moves refs in one transaction, or none of them; the message goes into their reflogs.
    ///
    /// # Errors
    /// [`Error::Moved`] where one is no longer what it was, [`Error::Locked`] where another process holds it,
    /// [`Error::BranchInTheWay`] where a name is a folder of the other, [`Error::Quarantined`].
    pub fn update_refs(&self, updates: &[RefUpdate], message: &str) -> Result<(), Error> {
        self.refuse_in_quarantine()?;
        let mut input = String::from("start\n");
        for update in updates {
            let RefUpdate { name, old, new } = update;
            input += &match (old, new) {
                (Some(old), Some(new)) => format!("update {name} {new} {old}\n"),
                (None, Some(new)) => format!("create {name} {new}\n"),
                (Some(old), None) => format!("delete {name} {old}\n"),
                (None, None) => format!("verify {name}\n"),
            };
        }
        input += "prepare\ncommit\n";
        let command = self.git().args(["update-ref", "--create-reflog", "-m", message, "--stdin"]);
        // The hook `reference-transaction` runs.
        let output = command.input(input).answer_with_hooks(&self.state_folder("")?)?;
        if output.code == 0 { Ok(()) } else { Err(self.explain_refusal(updates, &output.stderr)) }
    }

    /// Why git would not move the refs. What it says differs between formats and versions, so the refs are asked
    /// first, and its words are only read for what they alone can tell.
    fn explain_refusal(&self, updates: &[RefUpdate], stderr: &str) -> Error {
        let names: Vec<&str> = updates.iter().map(|update| update.name.as_str()).collect();
        let now = self.refs(&names).unwrap_or_default();
        for update in updates {
            let value = now.iter().find(|found| found.name == update.name).map(|found| found.target);
            if value != update.old {
                return Error::Moved { name: update.name.clone() };
            }
        }
        if let Some((existing, branch)) = in_the_way(stderr) {
            return Error::BranchInTheWay { branch, existing };
        }
        match lock_file(stderr, &self.common_dir().join("reftable/tables.list.lock")) {
            Some(path) => Error::Locked { age: age(&path), path },
            None => Error::Git { deed: "update-ref".into(), words: cli::words(stderr) },
        }
    }

    fn read_ref(&self, line: &str) -> Result<Option<Ref>, Error> {
        let fields: Vec<&str> = line.split('\0').collect();
        let [name, target, kind, date, peeled, peeled_kind, peeled_date, path] = fields[..] else {
            return Ok(None);
        };
        let Ok(target) = target.parse::<ObjectId>() else { return Ok(None) };
        let (commit, date) = match (kind, peeled_kind) {
            ("commit", _) => (Some(CommitId::new(target)), date),
            (_, "commit") => (peeled.parse().ok(), peeled_date),
            // A tag of a tag: before 2.45 git peels only once here.
            ("tag", "tag") => (self.resolve(name).ok(), ""),
            _ => (None, ""),
        };
        let mut committed = date.parse().ok();
        if let (Some(commit), None) = (&commit, committed) {
            committed = Some(self.commit(commit)?.committed);
        }
        let checked_out = Some(path).filter(|path| !path.is_empty()).map(PathBuf::from);
        Ok(Some(Ref { name: name.to_owned(), target, commit, committed, checked_out }))
    }
}

/// Reads `'refs/heads/a' exists; cannot create 'refs/heads/a/b'` into the short names of both.
fn in_the_way(stderr: &str) -> Option<(String, String)> {
    let (before, after) = stderr.split_once("' exists; cannot create '")?;
    let short = |name: &str| name.strip_prefix("refs/heads/").unwrap_or(name).to_owned();
    Some((short(before.rsplit('\'').next()?), short(after.split('\'').next()?)))
}

/// The lock that git stumbled over, if that was it.
fn lock_file(stderr: &str, reftable: &std::path::Path) -> Option<PathBuf> {
    if let Some((_, rest)) = stderr.split_once("Unable to create '") {
        let (path, why) = rest.split_once('\'')?;
        return why.contains("File exists").then(|| PathBuf::from(path));
    }
    // Also what a writer meets when an empty folder is pruned or refs are packed under its hands.
    let contended =
        ["cannot lock references", "cannot lock ref", "Unable to lock", "unable to lock", "data race"];
    contended.iter().any(|words| stderr.contains(words)).then(|| reftable.to_owned())
}

/// How long a file has stood there.
pub(super) fn age(path: &std::path::Path) -> Option<std::time::Duration> {
    let modified = path.metadata().and_then(|metadata| metadata.modified()).ok()?;
    SystemTime::now().duration_since(modified).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_branch_that_is_in_the_way() {
        let files =
            "fatal: cannot lock ref 'refs/heads/p/d': 'refs/heads/p' exists; cannot create 'refs/heads/p/d'";
        let reftable = "fatal: 'refs/heads/p' exists; cannot create 'refs/heads/p/d'";
        for words in [files, reftable] {
            assert_eq!(in_the_way(words), Some(("p".into(), "p/d".into())));
        }
    }

    #[test]
    fn a_lock_is_told_from_other_refusals() {
        let held = "fatal: cannot lock ref 'x': Unable to create '/r/.git/x.lock': File exists.\n\nAnother";
        assert_eq!(lock_file(held, "t".as_ref()), Some(PathBuf::from("/r/.git/x.lock")));
        let denied = "fatal: cannot lock ref 'x': Unable to create '/r/.git/x.lock': Permission denied";
        assert_eq!(lock_file(denied, "t".as_ref()), None);
        assert_eq!(lock_file("fatal: cannot lock references", "t".as_ref()), Some(PathBuf::from("t")));
        assert_eq!(lock_file("fatal: ref updates aborted by hook", "t".as_ref()), None);
    }
}

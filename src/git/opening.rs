//! The one question that decides where a repository is and what it is like.

use std::path::PathBuf;

use super::{CommitId, Error, Git, ObjectId, Place, cli};

/// What `git rev-parse` says of a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Opening {
    pub(super) git_dir: PathBuf,
    pub(super) common_dir: PathBuf,
    pub(super) index: PathBuf,
    /// Where objects are written, and where the commit-graph is.
    pub(super) objects: PathBuf,
    /// A file that says which parents count for some commits, where there is one.
    pub(super) grafts: PathBuf,
    pub(super) bare: bool,
    pub(super) shallow: bool,
    pub(super) object_format: String,
    pub(super) ref_format: String,
    /// Some objects stand for others.
    pub(super) replaced: bool,
    pub(super) work_tree: Option<PathBuf>,
    pub(super) head: Option<CommitId>,
}

const QUESTIONS: [&str; 16] = [
    "rev-parse",
    "--path-format=absolute",
    "--git-dir",
    "--git-common-dir",
    "--git-path",
    "index",
    "--git-path",
    "objects",
    "--git-path",
    "info/grafts",
    "--is-bare-repository",
    "--is-shallow-repository",
    "--show-object-format",
    "--show-ref-format",
    // A name for each replaced object, and mostly none.
    "--glob=refs/replace/*",
    // Last, because in a bare repository it fails, and behind it what fails on an unborn branch.
    "--show-toplevel",
];

impl Opening {
    /// Asks, and along with it for the commit that a typed revision names; none where git came not so far.
    ///
    /// # Errors
    /// [`Error::NotARepository`] in git's words where there is none or git refuses it.
    pub(super) fn ask(place: &Place, typed: Option<&str>) -> Result<(Self, Option<CommitId>), Error> {
        let commit = |revision: &str| format!("{revision}^{{commit}}");
        let along = typed.filter(|typed| is_plain(typed)).map(commit);
        let output = Git::new(place).args(QUESTIONS).arg(commit("HEAD")).args(along).answer()?;
        let text = output.text();
        let mut lines = text.lines();
        let mut line = || lines.next().unwrap_or_default().to_owned();
        let (git_dir, common_dir) = (PathBuf::from(line()), PathBuf::from(line()));
        let [index, objects, grafts] = [(); 3].map(|()| PathBuf::from(line()));
        let (bare, shallow) = (line() == "true", line() == "true");
        let object_format = line();
        if object_format.is_empty() {
            return Err(Error::NotARepository { words: cli::words(&output.stderr) });
        }
        // A git before 2.44 echoes the option that it does not know; it has no other format than this.
        let ref_format = if line() == "reftable" { "reftable" } else { "files" }.to_owned();
        let mut next = line();
        let mut replaced = false;
        while next.parse::<ObjectId>().is_ok() {
            replaced = true;
            next = line();
        }
        let work_tree = Some(next).filter(|top| !top.is_empty()).map(PathBuf::from);
        let head = line().parse().ok();
        // Only a HEAD that was told is followed by something else.
        let along = head.and_then(|_: CommitId| line().parse().ok());
        let opening = Self {
            git_dir,
            common_dir,
            index,
            objects,
            grafts,
            bare,
            shallow,
            object_format,
            ref_format,
            replaced,
            work_tree,
            head,
        };
        Ok((opening, along))
    }
}

/// Whether a text can be asked about as one revision: no option, no range, nothing but a name.
fn is_plain(typed: &str) -> bool {
    !typed.is_empty()
        && !typed.starts_with(['-', '^'])
        && !typed.contains("..")
        && !typed.contains(['\0', '\n'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_single_revision_is_asked_along() {
        for typed in ["v1.4.0", "HEAD~3", "main@{1}", "3f9c2e1"] {
            assert!(is_plain(typed), "{typed}");
        }
        for typed in ["", "--all", "^main", "v1..v2", "v1...v2", "a\nb"] {
            assert!(!is_plain(typed), "{typed:?}");
        }
    }
}

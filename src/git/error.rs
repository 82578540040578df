//! Everything that git, or a repository's state, can have against us; each sentence names the deed and the object.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use super::{CommitId, ObjectId};

/// What went wrong with a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// git itself could not be started.
    NoGit {
        /// The system's words.
        words: String,
    },
    /// No repository here, or one that git refuses; in git's own words.
    NotARepository {
        /// git's words.
        words: String,
    },
    /// A bare repository that is made of files of another one.
    Embedded {
        /// Its git directory.
        path: PathBuf,
    },
    /// A command of git's failed.
    Git {
        /// The command as one would type it, without its options.
        deed: String,
        /// git's words.
        words: String,
    },
    /// libgit2 could not read or write an object.
    Object {
        /// What was tried, with the object's name.
        deed: String,
        /// libgit2's words.
        words: String,
    },
    /// An object that a partial clone left at its remote, or a damaged repository lost.
    MissingObject {
        /// Its name.
        id: ObjectId,
        /// Whether the clone is partial, so that a fetch can help.
        partial: bool,
    },
    /// A revision that names no commit.
    UnknownRevision {
        /// The revision as typed.
        rev: String,
    },
    /// A revision that leads to something else than a commit.
    NoCommit {
        /// The revision as typed.
        rev: String,
        /// What it leads to: `blob`, `tree`.
        kind: String,
    },
    /// A ref moved while we worked.
    Moved {
        /// The ref's full name.
        name: String,
    },
    /// A ref, the index or the work lock is held by another process.
    Locked {
        /// The lock file.
        path: PathBuf,
        /// How long it has stood there, where the file system tells.
        age: Option<Duration>,
    },
    /// A hook of a commit that one of us is making started us, and that commit holds what we need.
    InsideCommit,
    /// The work tree and its branch are not to be touched in this run ([`super::Place::hands_off`]).
    HandsOff,
    /// Refs do not move while a push is still being judged (`pre-receive`).
    Quarantined,
    /// git does not know who is at work.
    NoIdentity {
        /// git's words.
        words: String,
    },
    /// The editor could not be started, or failed.
    Editor {
        /// The editor's command line.
        editor: String,
        /// How it ended.
        words: String,
    },
    /// A branch that stands where a folder of branches is needed.
    BranchInTheWay {
        /// The branch to be made.
        branch: String,
        /// The branch that is there.
        existing: String,
    },
    /// A branch that a work tree has checked out.
    CheckedOut {
        /// The branch.
        branch: String,
        /// The work tree.
        path: PathBuf,
    },
    /// A path no longer has the content that was read.
    Changed {
        /// The path.
        path: String,
        /// What it has now; `None` where it is gone.
        newer: Option<ObjectId>,
    },
    /// A draft was changed on both sides since they last met.
    Diverged {
        /// Its path on both branches.
        path: String,
        /// The local branch.
        ours: String,
        /// The remote-tracking branch.
        theirs: String,
    },
    /// There is no work tree to write to.
    Bare,
    /// `HEAD` is on no branch.
    Detached {
        /// Where it stands.
        commit: Option<CommitId>,
    },
    /// A merge, rebase or the like is under way.
    InProgress {
        /// `merge`, `rebase` …
        what: &'static str,
    },
    /// A path that the repository ignores.
    Ignored {
        /// The path.
        path: String,
        /// The rule, `file:line:pattern`.
        rule: String,
    },
    /// A path whose index entry or file is not what `HEAD` has.
    Dirty {
        /// The path.
        path: String,
        /// What is the matter with it.
        how: &'static str,
        /// Whether `HEAD` has it.
        head: bool,
    },
    /// A path that leads out of the work tree, or through a file.
    Unreachable {
        /// The path.
        path: String,
        /// The component that is in the way.
        component: PathBuf,
    },
    /// `git commit` refused, mostly a hook; everything is as it was.
    Refused {
        /// git's and the hook's words.
        words: String,
        /// What stood at our paths by then and was neither the old text nor ours: a hook's, or somebody's who was
        /// quicker. The file has the old text again.
        found: Vec<(String, ObjectId)>,
    },
    /// A file could not be read or written.
    Io {
        /// What was tried.
        deed: &'static str,
        /// The file.
        path: PathBuf,
        /// The system's words.
        words: String,
    },
}

impl Error {
    pub(super) fn io(deed: &'static str, path: &std::path::Path, error: &std::io::Error) -> Self {
        Self::Io { deed, path: path.to_owned(), words: error.to_string() }
    }

    pub(super) fn object(deed: impl Into<String>, error: &git2::Error) -> Self {
        Self::Object { deed: deed.into(), words: error.message().to_owned() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoGit { words } => write!(f, "cannot run git: {words}"),
            Self::NotARepository { words } => f.write_str(words),
            Self::Embedded { path } => write!(
                f,
                "{} is made of files that another repository tracks: its settings could start anything",
                path.display()
            ),
            Self::Git { deed, words } if words.is_empty() => write!(f, "git {deed} failed"),
            Self::Git { deed, words } => write!(f, "git {deed}: {words}"),
            Self::Object { deed, words } => write!(f, "cannot {deed}: {words}"),
            Self::MissingObject { id, partial: true } => {
                write!(f, "object {id} is not in this partial clone and could not be fetched")
            }
            Self::MissingObject { id, partial: false } => write!(f, "object {id} is missing"),
            Self::UnknownRevision { rev } => write!(f, "no commit is called '{rev}'"),
            Self::NoCommit { rev, kind } => write!(f, "'{rev}' is no commit, but a {kind}"),
            Self::Moved { name } => write!(f, "{name} moved while it was being changed"),
            Self::Locked { path, age } => write_locked(f, path, *age),
            Self::InsideCommit => f.write_str(
                "git postmortem is making a commit here, and a hook of that commit started this command",
            ),
            Self::HandsOff => f.write_str("the work tree and its branch are left alone here"),
            Self::Quarantined => f.write_str("nothing can be saved while a push is being received"),
            Self::NoIdentity { words } => {
                // The hint says the rest of git's long answer.
                write!(f, "git does not know who you are: {}", words.lines().next().unwrap_or_default())
            }
            Self::Editor { editor, words } => write!(f, "the editor '{editor}' {words}"),
            Self::BranchInTheWay { branch, existing } => {
                write!(f, "branch '{branch}' cannot exist beside the branch '{existing}'")
            }
            Self::CheckedOut { branch, path } => {
                write!(f, "branch '{branch}' is checked out in {}", path.display())
            }
            Self::Changed { path, newer: Some(_) } => write!(f, "'{path}' changed meanwhile"),
            Self::Changed { path, newer: None } => write!(f, "'{path}' was removed meanwhile"),
            Self::Diverged { path, ours, theirs } => {
                write!(f, "'{path}' has one text on {ours} and another on {theirs}")
            }
            Self::Bare => f.write_str("this repository is bare: it has no work tree to write to"),
            Self::Detached { .. } => f.write_str("HEAD is on no branch (detached)"),
            Self::InProgress { what } => write!(f, "a {what} is in progress"),
            Self::Ignored { path, rule } => write!(f, "'{path}' is ignored by {rule}"),
            Self::Dirty { path, how, .. } => write!(f, "'{path}' {how}"),
            Self::Unreachable { path, component } => {
                write!(f, "'{path}' cannot be written: {} is in the way", component.display())
            }
            Self::Refused { words, .. } if words.is_empty() => f.write_str("git commit refused"),
            Self::Refused { words, .. } => write!(f, "git commit refused: {words}"),
            Self::Io { deed, path, words } => write!(f, "cannot {deed} {}: {words}", path.display()),
        }
    }
}

fn write_locked(f: &mut fmt::Formatter<'_>, path: &std::path::Path, age: Option<Duration>) -> fmt::Result {
    write!(f, "{} is held by another process", path.display())?;
    match age.map(|age| age.as_secs()) {
        None => Ok(()),
        Some(seconds @ 0..120) => write!(f, ", since {seconds} seconds"),
        Some(seconds @ 120..7200) => write!(f, ", since {} minutes", seconds / 60),
        Some(seconds @ 7200..172_800) => write!(f, ", since {} hours", seconds / 3600),
        Some(seconds) => write!(f, ", since {} days", seconds / 86_400),
    }
}

impl std::error::Error for Error {}

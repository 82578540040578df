//! What a command answers when it cannot do what was asked, and the exit status of every answer.
//!
//! The one place where errors of the lower layers become sentences with hints.

use std::process::ExitCode;

use crate::{config, git};

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExitStatus {
    /// Done, nothing in the way: 0.
    Done,
    /// The answer is no: 1.
    No,
    /// Could not answer: usage, configuration, repository, input: 2.
    CouldNot,
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        match status {
            ExitStatus::Done => Self::from(0),
            ExitStatus::No => Self::from(1),
            ExitStatus::CouldNot => Self::from(2),
        }
    }
}

/// Why a command could not answer: what is wrong, what caused it, what to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CliError {
    /// The deed and the object, lower case, no full stop.
    pub message: String,
    /// What lies beneath, outermost first.
    pub causes: Vec<String>,
    /// What to type next.
    pub hints: Vec<String>,
}

impl CliError {
    /// An error of one sentence.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), causes: Vec::new(), hints: Vec::new() }
    }

    /// The same with one more cause.
    #[must_use]
    pub fn because(mut self, cause: impl Into<String>) -> Self {
        let mut cause = cause.into();
        // The system's number says nothing to people.
        if let Some(at) = cause.rfind(" (os error ").filter(|_| cause.ends_with(')')) {
            cause.truncate(at);
        }
        self.causes.push(cause);
        self
    }

    /// The same with one more hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

impl From<git::Error> for CliError {
    fn from(error: git::Error) -> Self {
        let hints = hints(&error);
        Self { message: error.to_string(), causes: Vec::new(), hints }
    }
}

/// What to do where only drafts are changed.
const HANDS_OFF: &str =
    "a person changes what is published at the prompt, or takes it back with git postmortem unpublish";

/// What to do about an error of the repository.
fn hints(error: &git::Error) -> Vec<String> {
    use git::Error as E;
    let hint = match error {
        E::NoGit { .. } => "install git, or put it on PATH".to_owned(),
        E::Embedded { path } => format!("git clone --bare {} FOLDER leaves them behind", path.display()),
        E::NotARepository { .. } => "run it inside a repository, or with git -C FOLDER postmortem".to_owned(),
        E::MissingObject { partial: true, .. } => {
            "git fetch brings it when the remote can be reached".to_owned()
        }
        E::MissingObject { partial: false, .. } => "git fsck shows what is damaged".to_owned(),
        E::UnknownRevision { .. } | E::NoCommit { .. } => {
            "git tag lists the releases, git log --oneline --all the commits".to_owned()
        }
        E::Moved { .. } => "run the command again".to_owned(),
        E::Locked { path, .. } if path.ends_with("postmortem/work.lock") => {
            "another git postmortem is at work here; run it again when that one is done".to_owned()
        }
        E::Locked { path, .. } => {
            format!("wait for the other git; if none is running, remove {}", path.display())
        }
        E::InsideCommit => {
            "run it when the commit is made; a hook can save drafts, and leave itself out where $GIT_POSTMORTEM_COMMITTING is set"
                .to_owned()
        }
        E::HandsOff => HANDS_OFF.to_owned(),
        E::Quarantined => "run it after the push was accepted".to_owned(),
        E::NoIdentity { .. } => {
            return vec![
                "git config --global user.name \"Your Name\"".to_owned(),
                "git config --global user.email you@example.com".to_owned(),
            ];
        }
        E::BranchInTheWay { existing, .. } => format!(
            "git config postmortem.drafts.branch NAME moves the drafts, or git branch -m {existing} NEW renames the other"
        ),
        E::CheckedOut { path, .. } => format!("git -C {} switch another branch", path.display()),
        E::Changed { .. } => "nothing was overwritten; look at the newer text and run it again".to_owned(),
        E::Diverged { path, ours, theirs } => {
            return vec![
                format!("git diff {ours} {theirs} -- ':/{path}' shows both texts"),
                "git postmortem sync joins them".to_owned(),
            ];
        }
        E::Bare => {
            "git worktree add FOLDER makes a work tree; drafts and reports work without one".to_owned()
        }
        E::Detached { .. } => "git switch a branch first, or publish with --branch".to_owned(),
        E::InProgress { what } => format!("finish or abort the {what} first (git status says how)"),
        E::Unreachable { .. } => {
            "git commits nothing through a link: documents.output in .postmortem.toml names another folder"
                .to_owned()
        }
        E::Ignored { .. } => "change that rule, or documents.output in .postmortem.toml".to_owned(),
        E::Dirty { path, head: false, .. } => {
            format!("commit it first (git add -- {path} && git commit -- {path}), or move it away")
        }
        E::Dirty { path, .. } => format!("commit it first (git commit -- {path})"),
        E::Refused { found, .. } => return refused(found),
        _ => return Vec::new(),
    };
    vec![hint]
}

/// After a commit that a hook refused; what was written meanwhile can be had back.
fn refused(found: &[(String, git::ObjectId)]) -> Vec<String> {
    let other = |(path, blob): &(String, git::ObjectId)| {
        format!("something else wrote '{path}' meanwhile: git cat-file -p {blob} shows that text")
    };
    std::iter::once("nothing was changed".to_owned()).chain(found.iter().map(other)).collect()
}

impl From<Vec<config::Fault>> for CliError {
    fn from(faults: Vec<config::Fault>) -> Self {
        let many = match faults.len() {
            1 => "1 fault in the configuration".to_owned(),
            n => format!("{n} faults in the configuration"),
        };
        let causes = faults.iter().map(ToString::to_string).collect();
        Self {
            message: many,
            causes,
            hints: vec!["git postmortem config --example shows every key".to_owned()],
        }
    }
}

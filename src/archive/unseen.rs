//! What was not read, in words: an answer that may be incomplete says so.

use std::fmt;

use crate::git::WorkStatus;

/// Something that might hold documents or history and was not seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unseen {
    /// The clone does not have the whole history.
    Shallow,
    /// A partial clone does not have the trees of its history.
    History,
    /// The current branch lacks commits of its upstream.
    Behind {
        /// The upstream's name.
        upstream: String,
        /// How many commits.
        commits: u32,
    },
    /// The work tree could not be looked at; git's words.
    WorkTree(String),
    /// Documents in the work tree that differ from the examined revision.
    Uncommitted(Vec<String>),
    /// A document that could not be read.
    Unreadable {
        /// Its path.
        path: String,
        /// Why.
        why: String,
    },
    /// A document in a format that is not read.
    Format {
        /// Its path.
        path: String,
        /// The format's name.
        format: &'static str,
    },
    /// A repository of the configuration that is not on this machine.
    NotHere {
        /// Its name.
        repo: String,
        /// Why.
        why: String,
    },
    /// Something in one of several repositories.
    In {
        /// The repository's name.
        repo: String,
        /// What was not seen there.
        what: Box<Unseen>,
    },
}

impl Unseen {
    /// What the work tree and the upstream have that HEAD has not.
    pub fn of_work_tree(status: WorkStatus) -> Vec<Self> {
        let mut found = Vec::new();
        if let (Some(upstream), commits @ 1..) = (status.upstream, status.behind) {
            found.push(Self::Behind { upstream, commits });
        }
        found.extend(status.failed.map(Self::WorkTree));
        if !status.uncommitted.is_empty() {
            found.push(Self::Uncommitted(status.uncommitted));
        }
        found
    }

    /// Whether a missing action item may hide behind it: then "no rows" is no answer.
    #[must_use]
    pub fn may_hide_actions(&self) -> bool {
        match self {
            Self::Unreadable { .. } | Self::Format { .. } | Self::NotHere { .. } => true,
            Self::In { what, .. } => what.may_hide_actions(),
            Self::Shallow
            | Self::History
            | Self::Behind { .. }
            | Self::WorkTree(_)
            | Self::Uncommitted(_) => false,
        }
    }
}

impl fmt::Display for Unseen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shallow => f.write_str("the clone is shallow: older history was not seen"),
            Self::History => {
                f.write_str("the clone lacks trees of older commits: what these changed was not seen")
            }
            Self::Behind { upstream, commits: 1 } => write!(f, "1 commit of {upstream} is not merged here"),
            Self::Behind { upstream, commits } => {
                write!(f, "{commits} commits of {upstream} are not merged here")
            }
            Self::WorkTree(why) => write!(f, "the work tree could not be looked at: {why}"),
            Self::Uncommitted(paths) => match paths.as_slice() {
                [path] => write!(f, "{path} has uncommitted changes"),
                [path, rest @ ..] => {
                    write!(f, "{path} and {} more have uncommitted changes", rest.len())
                }
                [] => f.write_str("nothing is uncommitted"),
            },
            Self::Unreadable { path, why } => write!(f, "{path} could not be read: {why}"),
            Self::Format { path, format } => write!(f, "{path} was not read: {format} is not supported"),
            Self::In { repo, what } => write!(f, "{repo}: {what}"),
            Self::NotHere { repo, why } => write!(f, "repository {repo} is not resolved here: {why}"),
        }
    }
}

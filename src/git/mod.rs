//! Bytes, paths, refs and commits: everything about git, and nothing about post-mortems.
//!
//! Objects are read and written in process (libgit2); refs, ancestry, settings, signing, hooks and the network are
//! asked of git's own commands, which are exact on every repository format.

mod ask;
mod blobs;
mod changes;
mod cli;
mod commits;
mod diff;
mod drafts;
mod editor;
mod error;
mod folders;
mod graph;
mod history;
mod hooks;
mod id;
mod index;
mod init;
mod links;
mod lock;
mod look;
mod merge;
mod objects;
mod open;
mod people;
pub mod publish;
mod refs;
mod remote;
mod repo;
mod search;
mod settings;
mod share;
mod state;
mod status;
mod tags;
mod tidy;
mod walk;
mod worktrees;

pub use ask::{color_setting, pager};
pub use changes::{Changed, PathChange};
pub use cli::{Git, Output};
pub use commits::NewCommit;
pub use drafts::{DraftFile, DraftTree, Drafts, Saved, Sides, Whence, pause_before_retry};
pub use error::Error;
pub use graph::{Commit, Head};
pub use history::PathRevision;
pub use hooks::version;
pub use id::{CommitId, IdMap, ObjectId};
pub use init::init;
pub use links::{Listing, Seen};
pub use lock::WorkLock;
pub use merge::Merged;
pub use objects::{DirEntry, EntryKind, TreeFile};
pub use people::Committer;
pub use refs::{Ref, RefUpdate};
pub use remote::Pushed;
pub use repo::{COMMITTING, Place, Repo};
pub use search::TreeSearch;
pub use settings::{Setting, Settings};
pub use status::{StatusCheck, WorkStatus};
pub use tags::{Named, Tag, TagObject};
pub use walk::{FolderTrees, Route, Walk, Walked};
pub use worktrees::WorkTree;

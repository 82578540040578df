//! The real binary in closed repositories: wiring, both streams, exit statuses, and what is left behind.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says what it skipped"
)]

#[path = "../sandbox/kinds.rs"]
mod kinds_of_repositories;

#[path = "../sandbox/mod.rs"]
mod sandbox;

mod actions;
mod adopt;
mod attest;
mod beside;
mod cache;
mod candidates;
mod care;
mod completions;
mod config;
mod context;
#[cfg(unix)]
mod context_gjalla;
mod demo;
mod deploys;
mod discard;
mod drafts;
mod edit;
mod gate;
mod hook;
mod hooks;
mod hostile;
mod ids;
mod init;
mod inspect;
mod kinds;
mod link;
mod linked;
mod lint;
mod list;
mod log;
mod man;
mod mcp;
mod new;
mod note;
mod overview;
mod prefixed;
mod publish;
#[cfg(unix)]
mod recalled;
mod release_story;
mod rename;
mod review;
mod reviewed;
mod schema;
mod shared;
mod show;
mod skill;
mod stories;
mod sync;
mod timeline;
mod toc;
mod trace;
mod two;
mod unpublish;
mod verbs;
mod whys;
mod widths;
mod worktree;

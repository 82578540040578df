//! The real binary in closed repositories: wiring, both streams, exit statuses, and what is left behind.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../sandbox/mod.rs"]
mod sandbox;

mod config;
mod discard;
mod drafts;
mod init;
mod list;
mod log;
mod publish;
mod rename;
mod review;
mod schema;
mod stories;
mod toc;
mod unpublish;

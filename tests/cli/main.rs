//! The real binary in closed repositories: wiring, both streams, exit statuses.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../sandbox/mod.rs"]
mod sandbox;

mod config;
mod init;
mod list;
mod log;
mod schema;
mod stories;
mod toc;

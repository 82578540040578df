//! Many writers at once, and programs killed at any instant: nothing is lost, nothing half done stays.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../sandbox/mod.rs"]
mod sandbox;

#[path = "../cli/drafts.rs"]
mod drafts;

mod killed;
mod rows;
mod writers;

//! Blameless post-mortems inside a team's own git repository: the library behind `git postmortem`.
//!
//! `docs/architecture.md` shows how the modules lie and who may know whom.

pub mod archive;
pub mod attest;
pub mod blame;
pub mod candidates;
pub mod cli;
pub mod commands;
pub mod config;
pub mod context;
pub mod deploy;
pub mod document;
pub mod error;
pub mod events;
pub mod gate;
pub mod git;
pub mod likeness;
pub mod lint;
pub mod mcp;
pub mod memory;
pub mod model;
pub mod promise;
pub mod rank;
pub mod render;
pub mod session;
pub mod trace;

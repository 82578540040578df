//! Blameless post-mortems inside a team's own git repository: the library behind `git postmortem`.
//!
//! `docs/architecture.md` shows how the modules lie and who may know whom.

pub mod config;
pub mod document;
pub mod git;
pub mod model;
pub mod render;

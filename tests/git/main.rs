//! Everything that can be wrong about git, tried on real git.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says what it skipped"
)]

#[path = "../sandbox/mod.rs"]
mod sandbox;

#[path = "../sandbox/kinds.rs"]
mod kinds_of_repositories;

mod commits;
mod drafts;
mod history;
mod kinds;
mod publish;
mod reading;
mod status;
mod threads;
mod touched;
mod walks;

use std::path::Path;

use git_postmortem::git::{Place, Repo};
use sandbox::Sandbox;

/// Opens a folder with the sandbox's environment instead of the test runner's.
#[track_caller]
fn open(sandbox: &Sandbox, cwd: &Path) -> Repo {
    let place = Place { cwd: cwd.to_owned(), environment: Some(sandbox.environment()), ..Place::default() };
    Repo::open(place).unwrap()
}

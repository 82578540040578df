//! Completion in real shells: `setup` installs, the shell runs on a terminal of its own, keys are pressed.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says what it skipped"
)]

#[path = "../sandbox/mod.rs"]
mod sandbox;

mod bash;
mod fish;
mod setup;
mod terminal;
mod whys;
mod zsh;

use std::path::{Path, PathBuf};

use sandbox::Sandbox;

/// Both ways to call the program.
const HEADS: [&str; 2] = ["git postmortem", "git-postmortem"];

/// A world with the demo's repository in it, our binary on PATH, and `setup` run for one shell.
fn world(shell: &str) -> Option<Sandbox> {
    if on_path(shell).is_none() {
        eprintln!("skipped: {shell} is not installed");
        return None;
    }
    let sandbox = bare_world();
    sandbox.run(&["setup", "--shell", shell]).ok();
    Some(sandbox)
}

/// The same before `setup`.
fn bare_world() -> Sandbox {
    let mut sandbox = Sandbox::new();
    let folder = Path::new(env!("CARGO_BIN_EXE_git-postmortem")).parent().unwrap().to_owned();
    let path = std::env::var("PATH").unwrap();
    sandbox.set("PATH", format!("{}:{path}", folder.display()));
    sandbox.set("TERM", "vt100");
    let repo = sandbox.repo();
    sandbox.run(&["demo", repo.to_str().unwrap()]).ok();
    sandbox
}

/// Where a program is.
fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

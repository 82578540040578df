//! `git postmortem`: argv in, exit code out.

use std::process::ExitCode;

use git_postmortem::{cli, session::Surroundings};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    cli::run(&arguments, Surroundings::read()).into()
}

//! `git postmortem`: argv in, exit code out.

use std::process::ExitCode;

use git_postmortem::{cli, session::Surroundings};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::run(std::env::args_os().collect(), Surroundings::read()).into()
}

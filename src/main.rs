//! `git postmortem`: argv in, exit code out.

use std::process::ExitCode;

use git_postmortem::{cli, memory, session::Surroundings};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    memory::keep_what_is_freed(true);
    let arguments: Vec<_> = std::env::args_os().collect();
    cli::run(&arguments, Surroundings::read()).into()
}

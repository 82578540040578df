//! `git postmortem hook`: the release gate where tags pass, put in front of whatever is there, and taken away again.

mod block;
mod config_hooks;
mod file;
mod incoming;
mod install;
mod layout;
mod script;
mod status;

use clap::{Args, Subcommand};

use crate::error::{CliError, ExitStatus};
use crate::session::Session;

pub use install::InstallArgs;
pub use script::Event;
pub use status::StatusArgs;

/// Let git ask the gate before a release tag leaves
///
/// install writes a hook that refuses to push a release tag while a promise that matters is broken
/// (git postmortem gate TAG says which). Hooks that are there already go on running.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  git postmortem hook install           refuse to push such a tag\n  git postmortem hook install --local   refuse git tag as well\n  git -C /srv/shop.git postmortem hook install --server"
)]
pub struct HookArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: HookCommand,
}

/// What can be done about hooks.
#[derive(Debug, Subcommand)]
pub enum HookCommand {
    /// Put the gate in front of the hooks of this repository
    ///
    /// By default a pre-push hook, where git looks for it: core.hooksPath, linked work trees, husky and lefthook are
    /// respected. A script that is there keeps running, with its standard input and arguments. Running it again
    /// changes nothing.
    Install(InstallArgs),
    /// Take away what install wrote, and restore what was there
    ///
    /// The bytes are those from before; lines that somebody added around ours stay.
    Uninstall,
    /// Show where the gate stands, whether it would be asked, and what passes beside it
    ///
    /// Exit status 1 where it is asked nowhere.
    Status(status::StatusArgs),
    /// What the hooks call, with what git tells them
    #[command(hide = true)]
    Run(incoming::RunArgs),
}

/// Installs, takes away, tells, or judges what git is about to do.
///
/// # Errors
/// Outside a repository, where a hook cannot be written, and where the gate cannot answer.
pub fn run(session: &mut Session, args: &HookArgs) -> Result<ExitStatus, CliError> {
    match &args.command {
        HookCommand::Install(args) => install::install(session, args),
        HookCommand::Uninstall => install::uninstall(session),
        HookCommand::Status(args) => status::run(session, args),
        HookCommand::Run(args) => incoming::run(session, args),
    }
}

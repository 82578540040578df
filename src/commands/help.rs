//! `git postmortem help`: what a command is for, as `git help` would say it.

use crate::cli;
use crate::error::{CliError, ExitStatus};
use crate::session::Session;

/// Show the help of a command
///
/// The same as COMMAND --help. Without a command, the list of commands.
#[derive(Debug, Clone, clap::Args)]
pub struct HelpArgs {
    /// The command that is explained
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
}

/// Prints it.
///
/// # Errors
/// For an unknown command.
pub fn run(session: &Session, args: &HelpArgs) -> Result<ExitStatus, CliError> {
    let mut tool = cli::command();
    tool.build();
    let text = match &args.command {
        None => tool.render_help(),
        Some(typed) => {
            let found = tool.find_subcommand_mut(bare(typed)).map(clap::Command::render_long_help);
            found.ok_or_else(|| unknown(typed))?
        }
    };
    let text = if session.ui.look().color { text.ansi().to_string() } else { text.to_string() };
    session.ui.out(&text);
    Ok(ExitStatus::Done)
}

/// A command as it is named here: `git-postmortem-actions` is the name of a manual page.
pub(super) fn bare(typed: &str) -> &str {
    typed.trim_start_matches("git-postmortem").trim_start_matches('-')
}

/// A command that there is not.
pub(super) fn unknown(typed: &str) -> CliError {
    CliError::new(format!("no command is called '{typed}'")).hint("git postmortem -h lists the commands")
}

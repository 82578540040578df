//! `completions`: the scripts that let bash, zsh and fish complete `git postmortem` and `git-postmortem`.
//!
//! The scripts ask this program for candidates, so values (ids, owners, tags) are those of the repository one
//! stands in. clap's static scripts would not do: for names with a hyphen its bash script never matches.

mod calm;
pub(crate) mod candidates;
mod values;

use std::ffi::OsString;

use clap_complete::CompleteEnv;
use clap_complete::env::{Bash, EnvCompleter, Fish, Shells, Zsh};

use crate::cli;
use crate::error::{CliError, ExitStatus};
use crate::session::Session;

use calm::Calm;
pub use values::with_values;

/// The variable that turns the program into a completer.
pub const VARIABLE: &str = "GIT_POSTMORTEM_COMPLETE";
/// The name of the program on PATH.
const PROGRAM: &str = "git-postmortem";

/// The shells that are completed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Shell {
    /// bash, with bash-completion
    Bash,
    /// zsh, its own git completion or git's
    Zsh,
    /// fish
    Fish,
}

impl Shell {
    /// Every shell.
    pub const ALL: [Self; 3] = [Self::Bash, Self::Zsh, Self::Fish];

    /// The name of its program.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Bash => "bash",
            Self::Zsh => "zsh",
            Self::Fish => "fish",
        }
    }

    /// The name of the script's file among packages and in `completions/`.
    #[must_use]
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Bash => "git-postmortem.bash",
            Self::Zsh => "_git-postmortem",
            Self::Fish => "git-postmortem.fish",
        }
    }

    /// The whole script.
    #[must_use]
    pub fn script(self) -> String {
        match self {
            Self::Bash => include_str!("glue.bash").to_owned(),
            Self::Zsh => {
                let script = registration(&Zsh) + include_str!("glue.zsh");
                // zsh's _git shows the second line's words in `git <TAB>`.
                script.replacen('\n', "\n#description blameless post-mortems\n", 1)
            }
            Self::Fish => registration(&Fish) + include_str!("glue.fish"),
        }
    }
}

/// Answers a shell that asks for candidates; nothing where none asks.
///
/// The engine reads its question from the environment and writes to standard output by itself: a shell that waits for
/// candidates is no reader of ours.
pub(crate) fn answer(arguments: &[OsString]) -> Option<ExitStatus> {
    let completer = CompleteEnv::with_factory(|| with_values(cli::command()))
        .shells(Shells(&[&Calm(&Bash), &Calm(&Zsh), &Calm(&Fish)]))
        .var(VARIABLE)
        .bin(PROGRAM)
        .completer(PROGRAM);
    match completer.try_complete(arguments, None) {
        Ok(false) => None,
        Ok(true) => Some(ExitStatus::Done),
        Err(_) => Some(ExitStatus::CouldNot),
    }
}

fn registration(shell: &dyn EnvCompleter) -> String {
    let mut script = Vec::new();
    shell
        .write_registration(VARIABLE, PROGRAM, PROGRAM, PROGRAM, &mut script)
        .expect("writing into memory cannot fail");
    let script = String::from_utf8(script).expect("the engine writes UTF-8");
    format!("{}\n", script.trim())
}

/// Print the completion script of a shell
///
/// `git postmortem setup` puts the scripts where the shells find them; this is for packagers and for
/// other places.
#[derive(Debug, clap::Args)]
pub struct CompletionsArgs {
    /// The shell to complete in
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

/// Prints the script.
///
/// # Errors
/// None; the signature is that of every command.
#[allow(clippy::unnecessary_wraps, reason = "every command looks alike")]
pub fn run(session: &mut Session, args: &CompletionsArgs) -> Result<ExitStatus, CliError> {
    session.ui.out(&args.shell.script());
    Ok(ExitStatus::Done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_call_the_program_by_its_name_not_by_a_path() {
        for shell in Shell::ALL {
            let script = shell.script();
            assert!(script.contains("git-postmortem"), "{}", shell.name());
            assert!(!script.contains("/git-postmortem"), "{}", shell.name());
            assert!(script.contains(VARIABLE), "{}", shell.name());
        }
    }

    #[test]
    fn zsh_names_the_command_on_the_second_line() {
        let script = Shell::Zsh.script();
        let mut lines = script.lines();
        assert_eq!(lines.next(), Some("#compdef git-postmortem"));
        assert_eq!(lines.next(), Some("#description blameless post-mortems"));
    }
}

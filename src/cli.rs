//! The list of commands and the flags they share; argv to a command, a command to an exit status.

use std::ffi::OsString;

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::commands::{self, prefixed};
use crate::error::{CliError, ExitStatus};
use crate::render::ColorChoice;
use crate::session::{Options, Session, Surroundings};

/// Blameless post-mortems inside your own git repository
///
/// Drafts live on a branch of their own, published documents in the tree under the path your team uses, and
/// `git postmortem actions --overdue` answers what was promised, by whom, until when.
#[derive(Debug, Parser)]
#[command(
    name = "git-postmortem",
    bin_name = "git postmortem",
    version,
    disable_help_subcommand = true,
    subcommand_help_heading = "Commands",
    max_term_width = 100,
    after_help = "Exit status: 0 done, 1 the answer is no, 2 could not answer.\nWithout a command: what is open, and one next step."
)]
pub struct Cli {
    /// The flags that every command takes.
    #[command(flatten)]
    pub shared: Shared,
    /// What to do; without it, the state of things.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Flags that every command takes, before or after its name.
#[derive(Debug, Clone, clap::Args)]
pub struct Shared {
    /// When to use colour
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "WHEN",
        hide_possible_values = true,
        hide_short_help = true,
        display_order = 990
    )]
    #[arg(help = "When to use colour: auto, always or never")]
    pub color: Option<ColorWhen>,
    /// Say only the answer
    #[arg(short, long, global = true, display_order = 991)]
    pub quiet: bool,
    /// Say more: what was left out and why
    #[arg(short, long, global = true, conflicts_with = "quiet", display_order = 992)]
    pub verbose: bool,
}

/// The values of `--color`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ColorWhen {
    /// On a terminal, unless `NO_COLOR` or `color.ui` says otherwise
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl From<ColorWhen> for ColorChoice {
    fn from(when: ColorWhen) -> Self {
        match when {
            ColorWhen::Auto => Self::Auto,
            ColorWhen::Always => Self::Always,
            ColorWhen::Never => Self::Never,
        }
    }
}

/// Every verb, once: the enumeration that clap reads, and each definition by its name alone.
macro_rules! verbs {
    ($($name:literal $Verb:ident($Args:ty) $(also $other:literal)?,)*) => {
        /// Every verb.
        #[derive(Debug, Subcommand)]
        #[allow(missing_docs, reason = "a word here would hide what the arguments say about their command")]
        pub enum Command {
            $(#[command(name = $name $(, alias = $other)?)] $Verb($Args),)*
        }

        /// The verb of that name: to define all of them takes half as long as git does to answer.
        fn define(name: &str) -> Option<clap::Command> {
            match name {
                $($name $(| $other)? => Some(<$Args>::augment_args(clap::Command::new($name)$(.alias($other))?)),)*
                _ => None,
            }
        }
    };
}

verbs! {
    "new" New(Box<commands::new::NewArgs>),
    "note" Note(commands::note::NoteArgs),
    "timeline" Timeline(Box<commands::timeline::TimelineArgs>),
    "link" Link(Box<commands::link::LinkArgs>),
    "edit" Edit(Box<commands::edit::EditArgs>),
    "show" Show(commands::show::ShowArgs),
    "list" List(Box<commands::list::ListArgs>),
    "log" Log(commands::log::LogArgs),
    "trace" Trace(commands::trace::TraceArgs),
    "candidates" Candidates(Box<commands::candidates::CandidatesArgs>),
    "context" Context(commands::context::ContextArgs),
    "whys" Whys(Box<commands::whys::WhysArgs>),
    "attest" Attest(commands::attest::AttestArgs),
    "lint" Lint(Box<commands::lint::LintArgs>),
    "publish" Publish(Box<commands::publish::PublishArgs>),
    "unpublish" Unpublish(commands::unpublish::UnpublishArgs),
    "restore" Restore(commands::restore::RestoreArgs),
    "rename" Rename(commands::rename::RenameArgs),
    "merge" Merge(commands::merge::MergeArgs),
    "discard" Discard(commands::discard::DiscardArgs),
    "sync" Sync(commands::sync::SyncArgs),
    "actions" Actions(Box<commands::actions::ActionsArgs>) also "action",
    "gate" Gate(Box<commands::gate::GateArgs>),
    "hook" Hook(commands::hook::HookArgs),
    "toc" Toc(commands::toc::TocArgs),
    "init" Init(commands::init::InitArgs),
    "adopt" Adopt(commands::adopt::AdoptArgs),
    "config" Config(commands::config::ConfigArgs),
    "inspect" Inspect(commands::inspect::InspectArgs),
    "setup" Setup(commands::setup::SetupArgs),
    "demo" Demo(commands::demo::DemoArgs),
    "mcp" Mcp(commands::mcp::McpArgs),
    "completions" Completions(commands::completions::CompletionsArgs),
    "man" Man(commands::man::ManArgs),
    "help" Help(commands::help::HelpArgs),
}

/// Runs the program on its arguments (the first is its name) and returns how it ended.
pub fn run(arguments: &[OsString], surroundings: Surroundings) -> ExitStatus {
    if surroundings.has(commands::completions::VARIABLE)
        && let Some(status) = commands::completions::answer(arguments)
    {
        return status;
    }
    // Prompts and packagers ask this often: it needs no list of commands, which takes longer than git does to answer.
    if matches!(arguments, [_, only] if only == "--version" || only == "-V") {
        let session = Session::begin(surroundings, Options::default());
        session.ui.out(&format!("{} {}\n", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION")));
        return session.end(Ok(ExitStatus::Done));
    }
    let cli = match parse(arguments) {
        Ok(cli) => cli,
        Err(usage) => return explain(&usage, Session::begin(surroundings, Options::default())),
    };
    let options = Options {
        color: cli.shared.color.map(ColorChoice::from),
        quiet: cli.shared.quiet,
        verbose: cli.shared.verbose,
    };
    let mut session = Session::begin(surroundings, options);
    let answer = dispatch(&mut session, cli.command);
    session.end(answer)
}

/// What was typed. Most often the first word that is no flag is the verb, and its definition alone reads the rest; what
/// that does not read is read by the definition of all, which also knows the help and what may have been meant.
fn parse(arguments: &[OsString]) -> Result<Cli, clap::Error> {
    if let Some(definition) = alone(arguments)
        && let Ok(matches) = definition.try_get_matches_from(arguments)
        && let Ok(cli) = Cli::from_arg_matches(&matches)
    {
        return Ok(cli);
    }
    Cli::try_parse_from(arguments)
}

/// The tool with one verb only: the one that is typed.
fn alone(arguments: &[OsString]) -> Option<clap::Command> {
    let mut words = arguments.iter().skip(1).filter_map(|word| word.to_str());
    let verb = define(words.find(|word| !word.starts_with('-'))?)?;
    let tool = clap::Command::new(env!("CARGO_PKG_NAME")).disable_help_subcommand(true);
    Some(Shared::augment_args(tool).subcommand(verb))
}

/// Help and version are answers; anything else that clap says is an error of usage.
fn explain(usage: &clap::Error, session: Session) -> ExitStatus {
    let colored = if usage.use_stderr() { session.ui.look().talk_color } else { session.ui.look().color };
    let text = if colored { usage.render().ansi().to_string() } else { usage.render().to_string() };
    if usage.use_stderr() {
        session.ui.usage(&text);
        return session.end(Ok(ExitStatus::CouldNot));
    }
    session.ui.out(&text);
    session.end(Ok(ExitStatus::Done))
}

fn dispatch(session: &mut Session, command: Option<Command>) -> Result<ExitStatus, CliError> {
    match command {
        None => commands::overview::run(session),
        Some(Command::New(args)) => commands::new::run(session, &args),
        Some(Command::Note(args)) => commands::note::run(session, &args),
        Some(Command::Timeline(args)) => commands::timeline::run(session, &args),
        Some(Command::Link(args)) => commands::link::run(session, &args),
        Some(Command::Edit(args)) => commands::edit::run(session, &args),
        Some(Command::Show(mut args)) => {
            prefixed::enter(session, args.id.as_mut(), args.rev.as_mut())?;
            commands::show::run(session, &args)
        }
        Some(Command::List(mut args)) => {
            prefixed::enter(session, None, args.rev.as_mut())?;
            commands::list::run(session, &args)
        }
        Some(Command::Log(mut args)) => {
            prefixed::enter(session, args.id.as_mut(), None)?;
            commands::log::run(session, &args)
        }
        Some(Command::Trace(args)) => commands::trace::run(session, &args),
        Some(Command::Candidates(args)) => commands::candidates::run(session, &args),
        Some(Command::Context(args)) => commands::context::run(session, &args),
        Some(Command::Whys(args)) => commands::whys::run(session, &args),
        Some(Command::Attest(args)) => commands::attest::run(session, &args),
        Some(Command::Lint(args)) => commands::lint::run(session, &args),
        Some(Command::Publish(args)) => commands::publish::run(session, &args),
        Some(Command::Unpublish(args)) => commands::unpublish::run(session, &args),
        Some(Command::Restore(args)) => commands::restore::run(session, &args),
        Some(Command::Rename(args)) => commands::rename::run(session, &args),
        Some(Command::Merge(args)) => commands::merge::run(session, &args),
        Some(Command::Sync(args)) => commands::sync::run(session, &args),
        Some(Command::Discard(args)) => commands::discard::run(session, &args),
        Some(Command::Actions(mut args)) => {
            prefixed::choose(session, &mut args)?;
            commands::actions::run(session, &args)
        }
        Some(Command::Gate(args)) => commands::gate::run(session, &args),
        Some(Command::Hook(args)) => commands::hook::run(session, &args),
        Some(Command::Toc(args)) => commands::toc::run(session, &args),
        Some(Command::Init(args)) => commands::init::run(session, &args),
        Some(Command::Adopt(args)) => commands::adopt::run(session, &args),
        Some(Command::Config(args)) => commands::config::run(session, &args),
        Some(Command::Inspect(args)) => commands::inspect::run(session, &args),
        Some(Command::Setup(args)) => commands::setup::run(session, &args),
        Some(Command::Mcp(args)) => commands::mcp::run(session, &args),
        Some(Command::Demo(args)) => commands::demo::run(session, &args),
        Some(Command::Completions(args)) => commands::completions::run(session, &args),
        Some(Command::Man(args)) => commands::man::run(session, &args),
        Some(Command::Help(args)) => commands::help::run(session, &args),
    }
}

/// Runs a further command in the same session, as if it had been typed.
pub(crate) fn run_in<W: AsRef<str>>(session: &mut Session, words: &[W]) -> Result<ExitStatus, CliError> {
    let arguments = ["git-postmortem"].into_iter().chain(words.iter().map(AsRef::as_ref));
    let arguments: Vec<OsString> = arguments.map(OsString::from).collect();
    let cli = parse(&arguments).map_err(|usage| misused(&usage))?;
    dispatch(session, cli.command)
}

/// An error of usage where no command line was typed: what is wrong, without how to type it.
fn misused(usage: &clap::Error) -> CliError {
    let text = usage.to_string();
    let (said, _) = text.split_once("\n\nUsage:").unwrap_or((&text, ""));
    let said = said.trim_start_matches("error: ").trim();
    CliError::new(said.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("; "))
}

/// The definition that man pages and completions are made from.
#[must_use]
pub fn command() -> clap::Command {
    Cli::command()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verb_by_its_name_is_that_of_the_whole_tool() {
        for verb in Cli::command().get_subcommands() {
            for name in std::iter::once(verb.get_name()).chain(verb.get_all_aliases()) {
                let mut own = define(name).unwrap();
                assert_eq!(own.render_long_help().to_string(), verb.clone().render_long_help().to_string());
                assert!(own.get_all_aliases().eq(verb.get_all_aliases()), "{name}");
            }
        }
    }

    #[test]
    fn shared_flags_stand_on_both_sides_of_the_verb_and_what_is_no_verb_is_explained() {
        let parsed = |typed: &str| {
            let words: Vec<OsString> = typed.split(' ').map(OsString::from).collect();
            parse(&words).map(|cli| (cli.shared.quiet, cli.shared.color)).map_err(|error| error.kind())
        };
        let never = Some(ColorWhen::Never);
        assert_eq!(parsed("x -q list --color never"), Ok((true, never)));
        assert_eq!(parsed("x --color never -q action"), Ok((true, never)), "a value before the verb");
        assert_eq!(parsed("x -q"), Ok((true, None)));
        assert_eq!(parsed("x -q -v list"), Err(clap::error::ErrorKind::ArgumentConflict));
        assert_eq!(parsed("x lst"), Err(clap::error::ErrorKind::InvalidSubcommand));
        assert_eq!(parsed("x list --nothing"), Err(clap::error::ErrorKind::UnknownArgument));
    }
}

//! The list of commands and the flags they share; argv to a command, a command to an exit status.

use std::ffi::OsString;

use clap::{CommandFactory, Parser, Subcommand};

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

/// Every verb.
#[derive(Debug, Subcommand)]
#[allow(missing_docs, reason = "a word here would hide what the arguments say about their command")]
pub enum Command {
    New(Box<commands::new::NewArgs>),
    Note(commands::note::NoteArgs),
    Timeline(Box<commands::timeline::TimelineArgs>),
    Link(Box<commands::link::LinkArgs>),
    Edit(Box<commands::edit::EditArgs>),
    Show(commands::show::ShowArgs),
    List(Box<commands::list::ListArgs>),
    Log(commands::log::LogArgs),
    Trace(commands::trace::TraceArgs),
    Candidates(Box<commands::candidates::CandidatesArgs>),
    Context(commands::context::ContextArgs),
    Whys(Box<commands::whys::WhysArgs>),
    Attest(commands::attest::AttestArgs),
    Lint(Box<commands::lint::LintArgs>),
    Publish(Box<commands::publish::PublishArgs>),
    Unpublish(commands::unpublish::UnpublishArgs),
    Restore(commands::restore::RestoreArgs),
    Rename(commands::rename::RenameArgs),
    Merge(commands::merge::MergeArgs),
    Discard(commands::discard::DiscardArgs),
    Sync(commands::sync::SyncArgs),
    #[command(alias = "action")]
    Actions(Box<commands::actions::ActionsArgs>),
    Gate(Box<commands::gate::GateArgs>),
    Hook(commands::hook::HookArgs),
    Toc(commands::toc::TocArgs),
    Init(commands::init::InitArgs),
    Adopt(commands::adopt::AdoptArgs),
    Config(commands::config::ConfigArgs),
    Inspect(commands::inspect::InspectArgs),
    Setup(commands::setup::SetupArgs),
    Demo(commands::demo::DemoArgs),
    Completions(commands::completions::CompletionsArgs),
    Man(commands::man::ManArgs),
    Help(commands::help::HelpArgs),
}

/// Runs the program on its arguments (the first is its name) and returns how it ended.
pub fn run(arguments: Vec<OsString>, surroundings: Surroundings) -> ExitStatus {
    if let Some(status) = commands::completions::answer(&arguments) {
        return status;
    }
    // Prompts and packagers ask this often: it needs no list of commands, which takes longer than git does to answer.
    if matches!(arguments.as_slice(), [_, only] if only == "--version" || only == "-V") {
        let session = Session::begin(surroundings, Options::default());
        session.ui.out(&format!("{} {}\n", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION")));
        return session.end(Ok(ExitStatus::Done));
    }
    let cli = match Cli::try_parse_from(arguments) {
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
        Some(Command::Demo(args)) => commands::demo::run(session, &args),
        Some(Command::Completions(args)) => commands::completions::run(session, &args),
        Some(Command::Man(args)) => commands::man::run(session, &args),
        Some(Command::Help(args)) => commands::help::run(session, &args),
    }
}

/// Runs a further command in the same session, as if it had been typed.
pub(crate) fn run_in(session: &mut Session, words: &[&str]) -> Result<ExitStatus, CliError> {
    let arguments = ["git-postmortem"].iter().chain(words);
    let cli = Cli::try_parse_from(arguments).map_err(|usage| CliError::new(usage.to_string()))?;
    dispatch(session, cli.command)
}

/// The definition that man pages and completions are made from.
#[must_use]
pub fn command() -> clap::Command {
    Cli::command()
}

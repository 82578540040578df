//! `git postmortem gate`: whether a release may be made, by the rules that its own tree has.

mod decide;
mod documents;
mod elsewhere;
mod judge;
mod previous;
mod promises;
mod rows;
mod tell;
mod touch;
mod unseen;
mod waive;

use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};

use crate::commands::words;
use crate::error::{CliError, ExitStatus};
use crate::render::gate as show;
use crate::session::Session;

pub use judge::Judged;
use judge::{Judge, Wish};

/// Judge whether a release may be made, by the rules in the tree of that revision
///
/// The tree of the revision is judged with the configuration in that tree ([[gate.rules]] of .postmortem.toml) and the
/// built-in defaults; personal settings do not count. An annotated tag is judged as of the day it was made, anything
/// else as of now. What closes the gate is named with the line that opens it.
#[derive(Debug, Clone, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Exit status: 0 open, 1 closed, 2 could not answer.\n\nExamples:\n  git postmortem gate v1.4.0\n  git postmortem gate HEAD --as v1.5.0\n  git postmortem gate waive api-outage:3 --until 2w --reason \"the vendor's fix lands in May\""
)]
pub struct GateArgs {
    /// What to do instead of judging.
    #[command(subcommand)]
    pub deed: Option<Deed>,
    /// The tag or commit to judge; HEAD by default
    #[arg(value_name = "REV")]
    pub rev: Option<String>,
    /// Judge it as if it were tagged so now
    #[arg(long = "as", value_name = "TAG")]
    pub as_tag: Option<String>,
    /// The day of judgement
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Read the documents in another repository: a name of the section `repos` or a path
    #[arg(long, value_name = "REPO[@REV]")]
    pub documents: Option<String>,
    /// How to print
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
    /// Short for --format json
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
}

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Text,
    /// One object, see docs/schema
    Json,
}

/// What the gate can be told.
#[derive(Debug, Clone, Subcommand)]
#[allow(missing_docs, reason = "a word here would hide what the arguments say about their command")]
pub enum Deed {
    Waive(waive::WaiveArgs),
}

/// A tag that is about to be: its name, and the id of the tag object or commit. It need not be a ref yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The name, without `refs/tags/`.
    pub tag: String,
    /// The object's full id.
    pub object: String,
}

/// Judges, or waives.
///
/// # Errors
/// Whatever keeps it from answering: the gate fails closed.
pub fn run(session: &Session, args: &GateArgs) -> Result<ExitStatus, CliError> {
    if let Some(Deed::Waive(args)) = &args.deed {
        return waive::run(session, args);
    }
    let as_of: Option<NaiveDate> = args.as_of.as_deref().map(|day| words::day(session, day)).transpose()?;
    let judge = Judge::new(session);
    let wish = Wish {
        rev: args.rev.as_deref().unwrap_or("HEAD"),
        tag: args.as_tag.as_deref(),
        as_of,
        documents: args.documents.as_deref(),
    };
    let row = judge.judge(&wish)?;
    let status = if row.blockers.is_empty() { ExitStatus::Done } else { ExitStatus::No };
    if args.json || args.format == Format::Json {
        let written = session.ui.out_with(|out| show::json(out, &[&row], &[]));
        written
            .map_err(|error| CliError::new("the answer could not be written").because(error.to_string()))?;
        return Ok(status);
    }
    session.ui.out(&show::text(&row, session.ui.look().width, session.ui.look().color));
    tell::tell(session, &row);
    Ok(status)
}

/// Judges coming tags, all in one process. Tags that no pattern of their own configuration takes pass silently, and so do
/// deletions: they are not among the answers. One that cannot be judged is an answer too, and closes the gate.
#[must_use]
pub fn judge_all(session: &Session, asked: &[Asked]) -> Vec<Judged> {
    let judge = Judge::new(session);
    let is_deletion = |asked: &&Asked| asked.object.bytes().all(|byte| byte == b'0');
    asked.iter().filter(|asked| !is_deletion(asked)).filter_map(|asked| judge.coming(asked)).collect()
}

/// Tells the refusals of all of them on standard error, those of one verdict together, and says how it ends: closed where
/// one is closed, could not answer where one could not be judged. `deed` is what the refusal kept from happening:
/// `nothing was pushed`.
pub fn refuse(session: &Session, judged: &[Judged], deed: &str) -> ExitStatus {
    let look = session.ui.look();
    for group in Judged::groups(judged) {
        let names = listed(&group.iter().map(|one| one.tag.as_str()).collect::<Vec<_>>());
        match &group[0].answer {
            Ok(row) if row.blockers.is_empty() => tell::tell(session, row),
            Ok(row) => {
                session.ui.refuse(&format!(
                    "git-postmortem: {}",
                    show::text_about(&names, row, look.talk_width, look.talk_color)
                ));
                tell::tell(session, row);
            }
            Err(error) => {
                let message = format!("git-postmortem: {names} could not be judged: {}", error.message);
                session.ui.error(&message, &error.causes, &error.hints);
            }
        }
    }
    let status = overall(judged);
    if status != ExitStatus::Done {
        session.ui.refuse(&format!("{deed}\n"));
    }
    status
}

/// Names in a sentence: `v1, v2 and v3`.
fn listed(names: &[&str]) -> String {
    match names {
        [before @ .., last] if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        names => names.concat(),
    }
}

/// How several verdicts end together: closed where one is closed, could not answer where one could not be judged.
#[must_use]
pub fn overall(judged: &[Judged]) -> ExitStatus {
    let all = || judged.iter().map(Judged::status);
    all()
        .find(|status| *status == ExitStatus::No)
        .or_else(|| all().find(|status| *status != ExitStatus::Done))
        .unwrap_or(ExitStatus::Done)
}

#[cfg(test)]
mod tests;

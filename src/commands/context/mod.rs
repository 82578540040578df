//! `git postmortem context`: how the parts that an incident touched were meant to work, before a draft exists or after.

pub(in crate::commands) mod gather;
pub(in crate::commands) mod subject;

use clap::{Args, ValueEnum};

use crate::archive::Archive;
use crate::commands::gjalla;
use crate::context::{LEAST_SHARE, LEAST_TIMES, MOST_FILES};
use crate::error::{CliError, ExitStatus};
use crate::render::context::{Answer, ChangeRow, Limits};
use crate::render::count;
use crate::session::{Project, Session};
use gather::Gathered;
use subject::Question;

/// Gather what is known about the files of an incident
///
/// Of a post-mortem the files that its linked deploy, suspects and fixes changed, of a release those since the one before,
/// of a range, commit or path its own: who owns them, how often they change, which incidents they had, what usually changes
/// with them and did not this time, and the pages, dashboards and runbooks about them. Everything is looked at as of the
/// deploy's commit. Where gjalla is configured and trusted (git postmortem config --trust), it is asked first.
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Examples:\n  git postmortem context api-outage\n  git postmortem context v1.4.0..v1.5.0\n  git postmortem context src/db --format markdown"
)]
pub struct ContextArgs {
    /// A post-mortem, a revision, a range or a path [default: the draft last touched]
    #[arg(value_name = "ID|REV|RANGE|PATH")]
    pub subject: Option<String>,
    /// List every row
    #[arg(long)]
    pub all: bool,
    /// Do not ask gjalla, also where it is configured and trusted
    #[arg(long)]
    pub no_gjalla: bool,
    /// How to answer: text, markdown, json
    #[arg(
        long,
        value_enum,
        default_value_t = Format::Text,
        value_name = "FORMAT",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub format: Format,
    /// Short for --format json
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
}

/// How it is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Tables
    Text,
    /// To be pasted into a document
    Markdown,
    /// For programs
    Json,
}

/// Gathers and tells it.
///
/// # Errors
/// What was typed names nothing; git's.
pub fn run(session: &Session, args: &ContextArgs) -> Result<ExitStatus, CliError> {
    let project = session.project()?;
    let archive = project.everything()?;
    let question = Question::new(&project, &archive, args)?;
    let found = everything(session, (&project, &archive), &question, !args.no_gjalla)?;
    let mut incomplete: Vec<String> = archive.unseen.iter().map(ToString::to_string).collect();
    if project.repo.is_shallow() {
        let seen = "the clone is shallow: older changes were not counted (git fetch --unshallow)";
        incomplete.push(seen.to_owned());
    }
    let format = if args.json { Format::Json } else { args.format };
    tell(session, &project, args, format, (&question, &found, &incomplete))?;
    Ok(ExitStatus::Done)
}

/// What every provider knows, the repository and gjalla where it may be asked.
///
/// # Errors
/// Git's; what gjalla cannot tell is a note.
pub(in crate::commands) fn everything(
    session: &Session,
    (project, archive): (&Project, &Archive),
    question: &Question<'_>,
    ask_gjalla: bool,
) -> Result<Gathered, CliError> {
    let mut found = gather::gather(project, archive, question)?;
    found.notes.splice(0..0, question.notes.iter().cloned());
    if ask_gjalla {
        let files: Vec<String> = found.files.iter().map(|file| file.path.clone()).collect();
        let (system, notes) = gjalla::ask(session, project, &files);
        found.system = system;
        found.notes.extend(notes);
    }
    Ok(found)
}

fn tell(
    session: &Session,
    project: &Project,
    args: &ContextArgs,
    format: Format,
    (question, found, incomplete): (&Question<'_>, &Gathered, &[String]),
) -> Result<(), CliError> {
    let ui = &session.ui;
    let commit = project.repo.commit(&question.at)?;
    let (at, day) = (question.at.to_string(), gather::day(commit.committed));
    let about = about(question, args);
    let changes: Vec<ChangeRow> = changes(question);
    let config = &project.config.context;
    let answer = Answer {
        about: &about,
        at: (&at, &question.why, &day),
        changes: &changes,
        system: found.system.as_ref(),
        files: &found.files,
        owners: &found.owners,
        companions: &found.companions,
        incidents: &found.incidents,
        documents: &found.documents,
        dashboards: &config.dashboards,
        runbooks: &config.runbooks,
        limits: Limits {
            times: LEAST_TIMES,
            share: LEAST_SHARE,
            files: MOST_FILES,
            days: gather::RECENT_DAYS,
        },
        notes: &found.notes,
        incomplete,
    };
    match format {
        Format::Json => {
            let written = ui.out_with(|out| answer.json(out));
            written.map_err(|error| {
                CliError::new("the answer could not be written").because(error.to_string())
            })?;
            return Ok(());
        }
        Format::Markdown => ui.out(&answer.markdown()),
        Format::Text => {
            ui.lines(&head(&answer, question));
            ui.out(&answer.text(args.all, ui.look()));
        }
    }
    found.notes.iter().for_each(|note| ui.status(note));
    incomplete.iter().for_each(|what| ui.warn(what));
    Ok(())
}

fn about(question: &Question<'_>, args: &ContextArgs) -> String {
    match (question.entry, &question.path) {
        (Some(entry), _) => entry.id.to_string(),
        (None, Some(path)) => path.clone(),
        (None, None) => args.subject.clone().unwrap_or_default(),
    }
}

fn changes(question: &Question<'_>) -> Vec<ChangeRow> {
    let row = |change: &subject::Change| ChangeRow {
        name: change.name.clone(),
        from: change.from.map(|from| from.to_string()),
        to: change.to.to_string(),
        since: change.since.clone(),
    };
    question.changes.iter().map(row).collect()
}

fn head(answer: &Answer<'_>, question: &Question<'_>) -> Vec<(&'static str, String)> {
    let (at, why, day) = answer.at;
    let title = question.entry.map(|entry| format!("   {}", entry.title())).unwrap_or_default();
    let mut lines = vec![("context", format!("{}{title}", answer.about))];
    lines.push(("as of", format!("{}   {why}, {day}", at.get(..7).unwrap_or(at))));
    for (at, change) in answer.changes.iter().enumerate() {
        let since = change.since.as_ref().map(|tag| format!("   since {tag}")).unwrap_or_default();
        lines.push((if at == 0 { "changes" } else { "" }, format!("{}{since}", change.name)));
    }
    if !answer.owners.is_empty() {
        let own = answer.owners.iter().take(8);
        let own: Vec<String> =
            own.map(|(owner, files)| format!("{owner} ({})", count(*files, "file", "files"))).collect();
        lines.push(("owners", own.join(", ")));
    }
    lines
}

//! `git postmortem trace`: from a fix back to what brought the defect, and which releases still have it.

mod exposed;
mod family;
mod fixes;
mod layout;
mod lines;
mod origins;
mod rows;
mod wild;
mod write;

use clap::Args;

use crate::archive::Entry;
use crate::commands::subject;
use crate::error::{CliError, ExitStatus};
use crate::git::SpotsAsked;
use crate::session::{Project, Session};

/// Find what brought a defect, from the fix back, and which releases still have it
///
/// Follows the lines that a fix removed or changed to the commits that wrote them, through renames, moves and new layout.
/// The fixes are those that the post-mortem links, or revisions that are typed. The table says of every release tag and
/// branch whether it has the defect.
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Examples:\n  git postmortem trace api-outage\n  git postmortem trace --fix 3f9c2e1\n  git postmortem trace --cause 9ab12cd --fix 3f9c2e1 --all"
)]
pub struct TraceArgs {
    /// The post-mortem, any unambiguous part of its id, or commits that mended something
    #[arg(value_name = "ID|REV")]
    pub subjects: Vec<String>,
    /// A commit that mended it; no post-mortem is needed then
    #[arg(long, value_name = "REV")]
    pub fix: Vec<String>,
    /// What brought it, where that is known: no line is followed then
    #[arg(long, value_name = "REV")]
    pub cause: Vec<String>,
    /// Every release and branch in the table, the mended and the clear ones too
    #[arg(short, long)]
    pub all: bool,
    /// Link what was found in the post-mortem
    #[arg(long, conflicts_with = "cause")]
    pub write: bool,
    /// A published document: change the file and commit nothing
    #[arg(long, requires = "write")]
    pub no_commit: bool,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
}

/// Traces it.
///
/// # Errors
/// A post-mortem or revision that is none, one without a fix; git's.
pub fn run(session: &Session, args: &TraceArgs) -> Result<ExitStatus, CliError> {
    // git lists tags and branches while the repository is opened.
    let spots = SpotsAsked::begin(&session.place());
    let project = session.project()?;
    // Where revisions alone are asked about, no document is read.
    let is_alone = args.subjects.is_empty() && !(args.fix.is_empty() && args.cause.is_empty());
    let archive = if is_alone { None } else { Some(project.everything()?) };
    let entries = archive.as_ref().map_or(&[][..], |archive| archive.entries.as_slice());
    let (entry, revisions) = subjects(&project, entries, args, is_alone)?;
    if args.write && entry.is_none() {
        return Err(CliError::new("there is no post-mortem to link anything in")
            .hint("name it: git postmortem trace ID --fix REV --write"));
    }
    let question = fixes::Question::new(&project, entry, &revisions, args)?;
    let answer = rows::Answer::find(session, &project, &question, spots)?;
    answer.tell(session, args)?;
    if let (true, Some(entry)) = (args.write, entry) {
        write::link(session, &project, entry, &answer, args)?;
    }
    Ok(ExitStatus::Done)
}

/// The post-mortem that is meant, and the revisions that were typed as what mended it.
fn subjects<'e>(
    project: &Project,
    entries: &'e [Entry],
    args: &TraceArgs,
    is_alone: bool,
) -> Result<(Option<&'e Entry>, Vec<String>), CliError> {
    let mut revisions = args.fix.clone();
    if is_alone {
        return Ok((None, revisions));
    }
    if args.subjects.is_empty() {
        return Ok((Some(subject::choose(project, entries, None)?), revisions));
    }
    let patterns = fixes::patterns(project, None);
    let mut chosen: Option<&Entry> = None;
    for typed in &args.subjects {
        let found = subject::named(project, entries, typed);
        let is_whole = found.as_ref().is_ok_and(|entry| is_name_of(entry, typed));
        // A revision counts before a part of an id, and after a whole one.
        if !is_whole && fixes::is_revision(&project.repo, &patterns, typed) {
            revisions.push(typed.clone());
            continue;
        }
        let entry = found.map_err(|error| error.because(format!("nor is a commit called '{typed}'")))?;
        if let Some(other) = chosen.filter(|other| other.id != entry.id) {
            return Err(CliError::new(format!("{} and {} are two post-mortems", other.id, entry.id))
                .hint("trace one at a time"));
        }
        chosen = Some(entry);
    }
    Ok((chosen, revisions))
}

fn is_name_of(entry: &Entry, typed: &str) -> bool {
    let name = typed.trim_end_matches(".md");
    entry.id.as_str().eq_ignore_ascii_case(name)
        || entry.id.short().eq_ignore_ascii_case(name)
        || entry.path == typed
}

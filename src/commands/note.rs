//! `git postmortem note`: one event of the timeline.

use crate::commands::edited::{self, Edit};
use crate::commands::keep::Keeping;
use crate::commands::{subject, timeline, words};
use crate::document::edit::{self, NewEvent};
use crate::document::{Source, parse};
use crate::error::{CliError, ExitStatus};
use crate::model::EventKind;
use crate::session::Session;

/// Add one event to the timeline
///
/// The time is local unless it has Z or an offset; a bare 14:05 is the last such moment. It is stored in UTC.
#[derive(Debug, Clone, clap::Args)]
pub struct NoteArgs {
    /// What happened; no quotes needed
    #[arg(value_name = "TEXT", required = true)]
    pub text: Vec<String>,
    /// When: 14:05, -40m, 2026-03-08 14:05, now [default: now]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub at: Option<String>,
    /// Which turning point it is: impact, detected, acknowledged, mitigated or resolved
    #[arg(long, value_name = "KIND", value_parser = kind, hide_possible_values = true)]
    pub kind: Option<EventKind>,
    /// The post-mortem: any unambiguous part of its id
    #[arg(short, long, value_name = "ID")]
    pub id: Option<String>,
    /// A published document: change the file and commit nothing
    #[arg(long)]
    pub no_commit: bool,
    /// Answer in JSON, see docs/schema
    #[arg(long)]
    pub json: bool,
}

fn kind(typed: &str) -> Result<EventKind, String> {
    let known = EventKind::ALL.into_iter().find(|kind| kind.word() == typed.to_lowercase());
    known.ok_or_else(|| format!("one of {}", EventKind::ALL.map(EventKind::word).join(", ")))
}

/// Adds the event.
///
/// # Errors
/// For no text, a time that is none, a post-mortem that cannot be told, and where it cannot be saved.
pub fn run(session: &Session, args: &NoteArgs) -> Result<ExitStatus, CliError> {
    let text = args.text.join(" ").trim().to_owned();
    if text.is_empty() {
        return Err(
            CliError::new("what happened?").hint("git postmortem note \"error rate back to baseline\"")
        );
    }
    let at = args.at.as_deref().map_or(Ok(session.now), |typed| words::when(session, typed))?;
    if at > session.now {
        let moment = at.format("%Y-%m-%d %H:%M");
        return Err(CliError::new(format!("--at is {moment} UTC, which has not come yet"))
            .hint("a timeline says what happened; what is still to be done is an action item"));
    }
    let event = NewEvent { at, text, kind: args.kind, ..NewEvent::default() };
    let project = session.project()?;
    let archive = project.everything()?;
    let entry = subject::choose(&project, &archive.entries, args.id.as_deref())?;
    let keeping =
        Keeping { project: &project, entry, verb: "note on", strict: false, no_commit: args.no_commit };
    let kept = keeping.keep(&[], |bytes| {
        let document = parse(&Source { name: &entry.path, bytes }, &project.vocabulary);
        let edited = document.edited(bytes, &edit::add_event(&document, &project.vocabulary, &event));
        let after = parse(&Source { name: &entry.path, bytes: &edited }, &project.vocabulary);
        edit::keeps_times(&document, &after).map_err(|moved| timeline::unclear(&moved, entry))?;
        Ok(edited)
    })?;
    subject::remember(&project, &entry.id);
    let when = format!("{} UTC", at.format("%Y-%m-%d %H:%M"));
    if args.json {
        let row = Edit { remarks: vec![when], ..Edit::of("note", entry.id.to_string(), &kept) };
        return edited::tell(session, &row);
    }
    if !kept.changed {
        session.ui.lines(&[("unchanged", format!("{}   says so already at {when}", entry.id))]);
        return Ok(ExitStatus::Done);
    }
    let local = session.to_local(at);
    let when =
        if local == at.naive_utc() { when } else { format!("{} local = {when}", local.format("%H:%M")) };
    let mut lines = vec![("noted", format!("{}   {}", entry.id, kept.place)), ("time", when)];
    if let Some(kind) = args.kind {
        lines.push(("kind", kind.word().to_owned()));
    }
    session.ui.lines(&lines);
    Ok(ExitStatus::Done)
}

//! `git postmortem gate waive`: lets a promise pass the gate for a while, in the reviewed configuration.

use chrono::NaiveDate;
use clap::Args;

use super::documents::Documents;
use super::promises::Promises;
use crate::commands::keep::or_uncommitted;
use crate::commands::words;
use crate::config::{Config, GateWaiver, MessageParts, Value, from_toml, resolve};
use crate::error::{CliError, ExitStatus};
use crate::git::publish::{Committed, Depth, PATIENCE, PathChange, PathCommit, commit_paths};
use crate::git::{self, ObjectId};
use crate::render::clean;
use crate::session::{CONFIG_FILE, Project, Session};

/// Let a promise pass the gate for a while, with a reason
///
/// Adds a [[gate.waivers]] entry to .postmortem.toml and commits it. It counts for releases that have that commit, to the
/// end of its last day. The same command twice changes nothing.
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Example:\n  git postmortem gate waive api-outage:3 --until 2w --reason \"the vendor's fix lands in May\""
)]
pub struct WaiveArgs {
    /// The action item, like api-outage:3
    #[arg(value_name = "ACTION-ID")]
    pub action: String,
    /// The last day on which it counts: a date, or a span from today
    #[arg(long, value_name = "DATE|SPAN")]
    pub until: String,
    /// Why it may pass
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// Who decided it
    #[arg(long, value_name = "NAME")]
    pub who: Option<String>,
    /// Change the file and commit nothing
    #[arg(long)]
    pub no_commit: bool,
}

/// Adds the waiver.
///
/// # Errors
/// For an unknown item, a day that is past, a reason that is empty, and where it cannot be written or committed.
pub(super) fn run(session: &Session, args: &WaiveArgs) -> Result<ExitStatus, CliError> {
    let project = session.project()?;
    let waiver = waiver(session, &project, args)?;
    let (old, text) = standing(&project, args.no_commit)?;
    let known = read(&text)?;
    let is_it = |known: &GateWaiver| {
        (&known.action, &known.reason, known.until) == (&waiver.action, &waiver.reason, waiver.until)
            && (waiver.who.is_none() || known.who == waiver.who)
    };
    if known.gate.waivers.iter().any(is_it) {
        session.ui.lines(&[("unchanged", format!("{}   waived so already", clean(&waiver.action)))]);
        return Ok(ExitStatus::Done);
    }
    let new = with_waiver(&text, &waiver);
    let is_added = read(&new).is_ok_and(|read| {
        let mut expected = known.clone();
        expected.gate.waivers.push(waiver.clone());
        read == expected
    });
    if !is_added {
        return Err(CliError::new(format!("cannot tell where a waiver belongs in {CONFIG_FILE}"))
            .hint("waivers there must be [[gate.waivers]] tables, not a list in brackets"));
    }
    let depth = if args.no_commit { Depth::WorkTree } else { Depth::Commit };
    let message = project.config.commit_message(
        &MessageParts { verb: "waive", id: &waiver.action, ..MessageParts::default() },
        &format!("Until {}: {}", args_day(&waiver), waiver.reason),
    );
    let repo = &project.repo;
    let changes = vec![PathChange::new(CONFIG_FILE, Some(new.into_bytes()), old)];
    let lock = repo.lock_work(PATIENCE)?;
    let made = commit_paths(repo, &lock, &PathCommit { changes, message: &message, depth });
    let made = made.map_err(or_uncommitted)?;
    let mut lines = vec![("waived", format!("{}   until {}", clean(&waiver.action), args_day(&waiver)))];
    match made {
        Committed::Commit(id) => {
            lines.push(("commit", id.short()));
            lines.push(("undo", format!("git revert {}", id.short())));
        }
        Committed::Already(id) => lines.push(("commit", format!("{} has it already", id.short()))),
        Committed::Staged | Committed::Written => {
            lines.push(("written", format!("{CONFIG_FILE}   nothing is staged or committed")));
        }
    }
    lines.push(("next", next(&project, &waiver)));
    session.ui.lines(&lines);
    Ok(ExitStatus::Done)
}

/// How to ask again, with the documents that the waived action is in.
fn next(project: &Project, waiver: &GateWaiver) -> String {
    let config = &project.config;
    let elsewhere = waiver.action.split_once(':').map(|(repo, _)| repo);
    match elsewhere.filter(|repo| config.repos.contains_key(*repo) && config.gate.documents.is_none()) {
        Some(repo) => format!("git postmortem gate HEAD --documents {}", clean(repo)),
        None => "git postmortem gate HEAD".to_owned(),
    }
}

fn args_day(waiver: &GateWaiver) -> String {
    waiver.until.map(|day| day.to_string()).unwrap_or_default()
}

/// The waiver that is meant, with the item's whole id.
fn waiver(session: &Session, project: &Project, args: &WaiveArgs) -> Result<GateWaiver, CliError> {
    let reason = args.reason.split_whitespace().collect::<Vec<_>>().join(" ");
    if reason.is_empty() || reason == "…" {
        return Err(
            CliError::new("a waiver needs a reason").hint("--reason \"the vendor's fix lands in May\"")
        );
    }
    let until: NaiveDate = words::within(&args.until, project.today)?;
    if until < project.today {
        return Err(CliError::new(format!("{until} is over: a waiver until then would count for nothing")));
    }
    // The repository in front of an id says where the documents are, as `gate --documents` does.
    let in_front = args.action.split_once(':').map(|(repo, _)| repo);
    let in_front = in_front.filter(|repo| project.config.repos.contains_key(*repo));
    let documents = project.config.gate.documents.as_deref().or(in_front);
    let documents = Documents::read(session, project, documents)?;
    let promises = Promises::of(&documents, project, session.now.timestamp())?;
    let found = promises.find(&documents, &args.action);
    let at = found.map_err(|why| CliError::new(why).hint("git postmortem actions --ids lists every one"))?;
    let item = &promises.items[at];
    if item.is_draft {
        return Err(CliError::new(format!("{} stands in a draft, and drafts close no gate", item.id)));
    }
    if item.carried.is_some() || !item.status.is_owed() {
        return Err(CliError::new(format!("{} is not owed any more: there is nothing to waive", item.id)));
    }
    Ok(GateWaiver { action: item.id.clone(), reason, until: Some(until), who: args.who.clone() })
}

/// The configuration file that is built on, and its blob: as it is committed, or as it stands where nothing is committed.
fn standing(project: &Project, no_commit: bool) -> Result<(Option<ObjectId>, String), CliError> {
    let repo = &project.repo;
    let Some(top) = repo.work_tree() else { return Err(git::Error::Bare.into()) };
    let bytes = if no_commit {
        std::fs::read(top.join(CONFIG_FILE)).ok()
    } else {
        let head = repo.head()?.commit;
        let file = head.map(|head| repo.file(&head, CONFIG_FILE)).transpose()?.flatten();
        file.map(|file| repo.read(&file.blob)).transpose()?
    };
    let blob = bytes.as_ref().map(|bytes| repo.write_blob(bytes)).transpose()?;
    let text = String::from_utf8(bytes.unwrap_or_default());
    Ok((blob, text.map_err(|_| CliError::new(format!("{CONFIG_FILE} is not UTF-8 text")))?))
}

fn read(text: &str) -> Result<Config, CliError> {
    let layer = from_toml(CONFIG_FILE, text)?;
    Ok(resolve(vec![layer])?.config)
}

/// The text with the waiver behind everything that is there.
fn with_waiver(text: &str, waiver: &GateWaiver) -> String {
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut new = text.to_owned();
    if !new.is_empty() && !new.ends_with('\n') {
        new.push_str(newline);
    }
    if !new.is_empty() {
        new.push_str(newline);
    }
    let quoted = |text: &str| Value::from(text).to_string();
    let mut lines = vec![
        "[[gate.waivers]]".to_owned(),
        format!("action = {}", quoted(&waiver.action)),
        format!("reason = {}", quoted(&waiver.reason)),
        format!("until = {}", args_day(waiver)),
    ];
    lines.extend(waiver.who.as_deref().map(|who| format!("who = {}", quoted(who))));
    for line in lines {
        new.push_str(&line);
        new.push_str(newline);
    }
    new
}

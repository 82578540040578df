//! The verbs of `git postmortem actions`: promises are added, kept, given up and changed where they stand.

mod add;
mod answer;
mod apply;
mod arguments;
mod asked;
mod message;
mod save;
mod targets;
mod told;
mod tracker;

use crate::archive::Entry;
use crate::document::edit::ItemChange;
use crate::error::{CliError, ExitStatus};
use crate::model::{ActionItem, Status};
use crate::session::{Project, Session};
use apply::{Ask, Work};
pub(in crate::commands) use arguments::SaidArgs;
pub(super) use arguments::Verb;
use arguments::{AddArgs, ImportArgs};
use asked::Asked;
use message::Act;
pub(super) use targets::no_item;

/// What a new item shall say.
///
/// # Errors
/// A text without words, and a value that is none.
pub(in crate::commands) fn new_item(
    project: &Project,
    text: &str,
    said: &SaidArgs,
) -> Result<ItemChange, CliError> {
    let args = AddArgs {
        id: String::new(),
        text: vec![text.to_owned()],
        said: said.clone(),
        no_commit: false,
        json: false,
    };
    Asked::new_item(&args).change(project)
}

/// A document with one more item, where it has none of that text, and the item as it stands there.
///
/// # Errors
/// Where no place for it reads back.
pub(in crate::commands) fn with_item(
    project: &Project,
    entry: &Entry,
    bytes: &[u8],
    item: &ItemChange,
) -> Result<(Vec<u8>, ActionItem), CliError> {
    let work = Work { entry, asks: Vec::new(), new: Some(item.clone()) };
    let (bytes, mut outcomes) = apply::apply(project, &work, bytes)?;
    let outcome = outcomes.pop().ok_or_else(|| CliError::new("no action item was added"))?;
    Ok((bytes, outcome.after))
}

/// Does what a verb says.
///
/// # Errors
/// An unknown or ambiguous id, a value that is none, an item that changed meanwhile or has no place for it, and git's.
pub(super) fn run(session: &Session, verb: &Verb) -> Result<ExitStatus, CliError> {
    match verb {
        Verb::Add(args) => add::run(session, args),
        Verb::Done(args) => {
            let asked = Asked { status: Some(Status::Done), ..Asked::default() };
            change(session, &args.ids, &asked, (args.no_commit, args.json))
        }
        Verb::Cancel(args) => {
            let reason = Some(args.reason.clone());
            let asked = Asked { status: Some(Status::Cancelled), reason, ..Asked::default() };
            change(session, &args.ids, &asked, (args.no_commit, args.json))
        }
        Verb::Set(args) => change(session, &args.ids, &Asked::of(args), (args.no_commit, args.json)),
        Verb::Import(args) => tracker::run(session, args),
    }
}

/// Changes the items that were named, all in one edit of each document and in one commit of the published ones.
fn change(
    session: &Session,
    typed: &[String],
    asked: &Asked,
    (no_commit, json): (bool, bool),
) -> Result<ExitStatus, CliError> {
    let project = session.project()?;
    let change = asked.change(&project)?;
    let typed = targets::listed(session, typed)?;
    if typed.is_empty() {
        if json {
            answer::print(session, &[], &save::Saved::default())?;
        }
        session.ui.status("nothing to do: standard input names no action item");
        return Ok(ExitStatus::Done);
    }
    let archive = project.everything()?;
    let targets = targets::named(&project, &archive.entries, &typed, no_commit)?;
    if targets.len() > 1 && asked.text.is_some() {
        return Err(CliError::new(format!("--text is for one item, and {} are named", targets.len()))
            .hint("change their texts one by one"));
    }
    let mut works: Vec<Work<'_>> = Vec::new();
    for target in targets {
        let ask = Ask { seen: target.item, change: change.clone() };
        match works.iter_mut().find(|work| std::ptr::eq(work.entry, target.entry)) {
            Some(work) => work.asks.push(ask),
            None => works.push(Work { entry: target.entry, asks: vec![ask], new: None }),
        }
    }
    let saved = save::save(&project, &works, Act::of(&change), no_commit)?;
    remember(&project, &works);
    told::answer(session, &archive.entries, &saved, json)?;
    Ok(ExitStatus::Done)
}

/// The next command may leave the id out, where one document was meant.
fn remember(project: &Project, works: &[Work<'_>]) {
    if let [only] = works {
        crate::commands::subject::remember(project, &only.entry.id);
    }
}

//! `git postmortem actions add`: one more promise.

use super::apply::Work;
use super::asked::Asked;
use super::message::Act;
use super::{AddArgs, remember, save, told};
use crate::commands::subject;
use crate::error::{CliError, ExitStatus};
use crate::session::Session;

/// Adds an item.
///
/// # Errors
/// An unknown or ambiguous post-mortem, a value that is none, no place that reads back, and git's.
pub(super) fn run(session: &Session, args: &AddArgs) -> Result<ExitStatus, CliError> {
    let project = session.project()?;
    let change = Asked::new_item(args).change(&project)?;
    let archive = project.everything()?;
    let entry = subject::named(&project, &archive.entries, &args.id)?;
    let works = [Work { entry, asks: Vec::new(), new: Some(change) }];
    let saved = save::save(&project, &works, Act::Add, args.no_commit)?;
    remember(&project, &works);
    told::answer(session, &archive.entries, &saved, args.json)?;
    Ok(ExitStatus::Done)
}

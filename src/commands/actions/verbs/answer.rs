//! What was done with items, for programs.

use super::message::reason;
use super::save::Saved;
use super::told;
use crate::archive::{Entry, Place};
use crate::error::CliError;
use crate::model::ActionItem;
use crate::render::changes::{self, ChangeRow, Deed, Said};
use crate::session::Session;

/// Prints it as JSON.
///
/// # Errors
/// Where standard output cannot be written.
pub(super) fn print(session: &Session, entries: &[Entry], saved: &Saved<'_, '_>) -> Result<(), CliError> {
    let undo = told::undo(entries, saved).into_iter().map(|(_, way)| way).collect();
    print_with(session, saved, Deed { undo, ..Deed::default() })
}

/// The same, with what more is known of the deed.
///
/// # Errors
/// As `print`.
pub(super) fn print_with(session: &Session, saved: &Saved<'_, '_>, deed: Deed) -> Result<(), CliError> {
    let rows: Vec<ChangeRow> = told::outcomes(saved)
        .map(|(entry, outcome)| ChangeRow {
            id: format!("{}#{}", entry.name(), outcome.after.label),
            change: told::label(outcome),
            before: outcome.before.as_ref().map(said),
            after: said(&outcome.after),
            postmortem: entry.name(),
            path: entry.path.clone(),
            draft: entry.place != Place::Tree,
        })
        .collect();
    let deed = Deed {
        commit: saved.commit.map(|commit| commit.to_string()),
        staged: saved.staged.clone(),
        written: saved.unstaged.iter().map(|(path, _)| path.clone()).collect(),
        ..deed
    };
    let written = session.ui.out_with(|out| changes::json(out, &deed, &rows));
    written.map_err(|error| CliError::new("the answer could not be written").because(error.to_string()))
}

fn said(item: &ActionItem) -> Said {
    Said {
        text: item.text.clone(),
        owner: item.owner.clone(),
        due: item.due,
        priority: item.priority.as_ref().map(|priority| priority.written.clone()),
        effort: item.effort,
        status: item.status,
        reason: reason(item).map(str::to_owned),
    }
}

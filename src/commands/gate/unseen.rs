//! What keeps the gate from answering: a history that was cut off, and documents that could not be read.

use super::documents::Documents;
use super::promises::Promises;
use crate::archive::Unseen;
use crate::error::CliError;
use crate::session::{CONFIG_FILE, Project};

/// A history that was cut off may hide what closed a promise or opened it again.
pub(super) fn check_history(
    project: &Project,
    documents: &Documents,
    promises: &Promises<'_>,
) -> Result<(), CliError> {
    let is_cut = |unseen: &Unseen| match unseen {
        Unseen::Shallow | Unseen::History => true,
        Unseen::In { what, .. } => matches!(**what, Unseen::Shallow | Unseen::History),
        _ => false,
    };
    if promises.items.is_empty() {
        return Ok(());
    }
    let Some(cut) = documents.unseen().iter().find(|unseen| is_cut(unseen)) else {
        return match project.repo.is_shallow() {
            true => Err(too_short(&Unseen::Shallow)),
            false => Ok(()),
        };
    };
    Err(too_short(cut))
}

fn too_short(cut: &Unseen) -> CliError {
    CliError::new("the history here is too short to judge by")
        .because(cut.to_string())
        .hint("git fetch --unshallow brings the rest; in CI, check out the whole history (fetch-depth: 0)")
}

/// What could not be read may promise something.
pub(super) fn check_seen(documents: &Documents) -> Result<(), CliError> {
    let hidden = documents.unseen().iter().filter(|unseen| unseen.may_hide_actions());
    let mut error = CliError::new("not every document could be read, so the gate stays closed");
    for unseen in hidden {
        error = error.because(unseen.to_string());
    }
    if error.causes.is_empty() {
        return Ok(());
    }
    Err(error.hint(format!("documents.exclude in {CONFIG_FILE} leaves out what is no post-mortem")))
}

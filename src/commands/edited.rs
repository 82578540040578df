//! What an edit of a document came to, as JSON: one row, whichever command made it.

use serde::Serialize;

use crate::commands::keep::Kept;
use crate::error::{CliError, ExitStatus};
use crate::git::ObjectId;
use crate::render::json;
use crate::session::Session;

/// An edit that was made, or was not needed.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Edit {
    /// The post-mortem, by the id that it has now.
    pub id: String,
    /// What was done: `note`, `edit`, `timeline`, `rename`, `merge`, `discard`, `restore`.
    pub change: &'static str,
    /// Whether anything is different.
    pub changed: bool,
    /// Where it was kept, in words.
    pub place: String,
    /// The object that the document is now; none where it is in the file only, or gone.
    pub blob: Option<String>,
    /// The id that it had before, or that went into it, and that stays valid.
    pub formerly: Option<String>,
    /// What else is to be known of it.
    pub remarks: Vec<String>,
    /// The commands that take it back.
    pub undo: Vec<String>,
}

impl Edit {
    /// An edit that was kept.
    #[must_use]
    pub fn of(change: &'static str, id: String, kept: &Kept) -> Self {
        let blob = kept.blob.as_ref().map(ObjectId::to_string);
        Self { id, change, changed: kept.changed, place: kept.place.clone(), blob, ..Self::default() }
    }

    /// A change that is no edit of a text that is there afterwards.
    #[must_use]
    pub fn whole(change: &'static str, id: String) -> Self {
        Self { id, change, changed: true, ..Self::default() }
    }
}

/// Tells it.
///
/// # Errors
/// Where the answer cannot be written.
pub fn tell(session: &Session, edit: &Edit) -> Result<ExitStatus, CliError> {
    let envelope = json::Envelope { name: "edits", ..json::Envelope::default() };
    let written = session.ui.out_with(|out| json::write(out, &envelope, [edit]));
    written.map_err(|error| CliError::new("the answer could not be written").because(error.to_string()))?;
    Ok(ExitStatus::Done)
}

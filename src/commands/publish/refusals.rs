//! Why a draft is not published as it is, and what to do instead.

use super::prepare::Prepared;
use crate::archive::Entry;
use crate::document::merge::conflict;
use crate::error::CliError;
use crate::git::Error;

/// Another text stands where the document is to go.
pub(super) fn taken(path: &str, entry: &Entry) -> CliError {
    CliError::new(format!("'{path}' is published already, with other content"))
        .because(format!("the draft {} did not begin from it", entry.id))
        .hint(format!("git postmortem publish {} --id NEW publishes it under another id", entry.id.short()))
        .hint(format!("git show HEAD:{path} shows the other text"))
}

/// A merge that was left to the author must be settled first.
///
/// # Errors
/// Where one is there.
pub(super) fn refuse_conflicts(text: &[u8], entry: &Entry, is_published: bool) -> Result<(), CliError> {
    match conflict(text) {
        None => Ok(()),
        Some(line) => Err(CliError::new(format!("{} has a conflict in line {line}", entry.id))
            .because("both texts stand there between marks (<<<<<<<, =======, >>>>>>>)")
            .hint(format!(
                "git postmortem edit {}{} -e settles it: keep one text and take the marks out",
                entry.id.short(),
                if is_published { " --draft" } else { "" }
            ))),
    }
}

/// Adds what to do where the path is in the way.
pub(super) fn explain(error: Error, prepared: &Prepared) -> CliError {
    let hints = match &error {
        Error::Dirty { .. } => {
            let another = "git postmortem publish --id NEW takes another path".to_owned();
            let way = format!("git commit -- '{}' keeps what is there, or move it away", prepared.path);
            vec![way, another]
        }
        _ => {
            let is_refused = matches!(error, Error::Refused { .. });
            let mut error = CliError::from(error);
            let first = error.hints.first_mut().filter(|_| is_refused);
            first.into_iter().for_each(|hint| hint.push_str("; the draft is as it was"));
            return error;
        }
    };
    CliError { hints, ..error.into() }
}

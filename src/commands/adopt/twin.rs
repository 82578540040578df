//! A markdown twin of a page of HTML, proposed on standard output.

use crate::archive::Entry;
use crate::document::edit::{lost, twin};
use crate::document::{Source, parse};
use crate::error::{CliError, ExitStatus};
use crate::model::ActionItem;
use crate::render::clean;
use crate::session::{Project, Session};

/// Prints the twin, and says where it does not read as the page does.
///
/// # Errors
/// More or less than one page, and a document that is none.
pub(super) fn print(
    session: &Session,
    project: &Project,
    entries: &[&Entry],
) -> Result<ExitStatus, CliError> {
    let [entry] = entries else {
        return Err(
            CliError::new("--twin prints one page at a time").hint("git postmortem adopt --twin PATH")
        );
    };
    let bytes = project.repo.read(&entry.blob)?;
    let document = parse(&Source { name: &entry.path, bytes: &bytes }, &project.vocabulary);
    let path = clean(&entry.path).into_owned();
    if !document.is_html() {
        return Err(CliError::new(format!("{path} is no page of HTML"))
            .hint(format!("git postmortem adopt --write {path}")));
    }
    let text = twin(&document);
    let stem = entry.path.rsplit_once('.').map_or(entry.path.as_str(), |(stem, _)| stem);
    let name = format!("{stem}.md");
    let read = parse(&Source { name: &name, bytes: text.as_bytes() }, &project.vocabulary).into_postmortem();
    session.ui.out(&text);
    if promises(&read.actions) != promises(&entry.postmortem.actions) {
        session.ui.warn("the action items of the twin are not all those of the page");
    }
    if let Some(word) = lost(&document, &text, &project.vocabulary) {
        session.ui.warn(&format!("the twin does not say all that the page says: from '{}' on", clean(&word)));
    }
    session.ui.hint(&format!("put it into {} and remove the page in the same commit", clean(&name)));
    Ok(ExitStatus::Done)
}

/// What makes items the same whatever they are written in.
fn promises(actions: &[ActionItem]) -> Vec<String> {
    let say = |item: &ActionItem| format!("{:?}", (&item.text, &item.owner, item.due, item.status));
    actions.iter().map(say).collect()
}

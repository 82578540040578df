//! Putting what is offered into the document: only what it lacks, and only if it reads back.

use std::cell::Cell;

use super::view::lacking;
use crate::archive::Entry;
use crate::commands::keep::{Keeping, Kept};
use crate::document::edit::{Misread, add_events, reads_back};
use crate::document::{Source, parse};
use crate::error::CliError;
use crate::events::Event;
use crate::session::Project;

/// What became of it.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) kept: Kept,
    /// How many entries are new.
    pub(super) added: usize,
}

/// Writes it, on whatever text is newest.
///
/// # Errors
/// A page of HTML, an encoding that lacks a character, an entry that would not read back; where it cannot be saved.
pub(super) fn write(
    (project, entry): (&Project, &Entry),
    no_commit: bool,
    offered: &[Event],
) -> Result<Written, CliError> {
    let keeping = Keeping { project, entry, verb: "timeline of", strict: false, no_commit };
    let added = Cell::new(0);
    let kept = keeping.keep(&[], |bytes| {
        let (new, count) = changed(project, entry, bytes, offered)?;
        added.set(count);
        Ok(new)
    })?;
    Ok(Written { kept, added: added.get() })
}

fn changed(
    project: &Project,
    entry: &Entry,
    bytes: &[u8],
    offered: &[Event],
) -> Result<(Vec<u8>, usize), CliError> {
    let vocabulary = &project.vocabulary;
    let document = parse(&Source { name: &entry.path, bytes }, vocabulary);
    let new = lacking(&document, offered.to_vec());
    if new.is_empty() {
        return Ok((bytes.to_vec(), 0));
    }
    if document.is_html() {
        return Err(CliError::new(format!(
            "{} is a page of HTML, which is read and never edited",
            entry.path
        ))
        .hint(format!("git postmortem adopt --twin {} prints it as markdown", entry.path)));
    }
    let edits = add_events(&document, vocabulary, &new);
    if !document.spells(&edits) {
        return Err(CliError::new(format!(
            "{} is in {}, which lacks a character of what is to be written",
            entry.path,
            document.encoding()
        ))
        .hint("convert it to UTF-8 first"));
    }
    let written = document.edited(bytes, &edits);
    let after = parse(&Source { name: &entry.path, bytes: &written }, vocabulary);
    reads_back(&document, &after, &new).map_err(|misread| unclear(&misread, entry))?;
    Ok((written, new.len()))
}

/// An entry that would be misread in a timeline of this layout, and what makes it clear.
pub(crate) fn unclear(misread: &Misread, entry: &Entry) -> CliError {
    CliError::new(misread.to_string()).because("nothing was written").hint(format!(
        "git postmortem edit {} -e: a day and a zone with each time make the timeline clear",
        entry.id
    ))
}

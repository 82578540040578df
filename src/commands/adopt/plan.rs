//! What would be done with each document: the edits, and the new content of its file.

use crate::archive::Entry;
use crate::commands::languages::Languages;
use crate::document::edit::{Adoption, Why, adopt, apply};
use crate::document::{Source, parse};
use crate::error::CliError;
use crate::git::ObjectId;
use crate::render::adoption::AdoptionRow;
use crate::session::Project;

use super::understood;

/// A document, and what would be done with it.
pub(super) struct Plan {
    pub(super) row: AdoptionRow,
    /// What stands there now.
    pub(super) old: Vec<u8>,
    /// What would stand there; `None` where nothing is to be done.
    pub(super) new: Option<Vec<u8>>,
    /// The blob that `old` is.
    pub(super) blob: ObjectId,
}

/// Reads documents and plans; vocabularies are made once a language.
pub(super) struct Planner<'p> {
    project: &'p Project,
    /// Whether files count as they are, not as they are committed.
    from_files: bool,
    languages: Languages<'p>,
}

impl<'p> Planner<'p> {
    pub(super) fn new(project: &'p Project, from_files: bool) -> Self {
        Self { project, from_files, languages: Languages::new(&project.vocabulary) }
    }

    pub(super) fn plan(&mut self, entry: &Entry) -> Result<Plan, CliError> {
        let project = self.project;
        let (old, blob) = match self.file(&entry.path)? {
            Some(found) => found,
            None => (project.repo.read(&entry.blob)?, entry.blob),
        };
        let document = parse(&Source { name: &entry.path, bytes: &old }, &project.vocabulary);
        let names = self.languages.names(document.language());
        let mut adoption = adopt(&document, &entry.path, &project.vocabulary, names);
        let mut new = None;
        if !adoption.edits.is_empty() {
            let bytes = document.edited(&old, &adoption.edits);
            // A file that cannot spell the words of a cell would have two encodings afterwards.
            let read = parse(&Source { name: &entry.path, bytes: &bytes }, &project.vocabulary);
            let is_read = read.text() == apply(document.text(), &adoption.edits);
            if is_read && document.spells(&adoption.edits) {
                new = Some(bytes);
            } else {
                adoption = Adoption::none(&document, Why::Spelling);
            }
        }
        let row = understood::row(project, entry, &document, &adoption);
        Ok(Plan { row, new, blob, old })
    }

    /// The file as it stands in the work tree, where that counts and it is there.
    fn file(&self, path: &str) -> Result<Option<(Vec<u8>, ObjectId)>, CliError> {
        let repo = &self.project.repo;
        let bytes =
            repo.work_tree().filter(|_| self.from_files).and_then(|top| std::fs::read(top.join(path)).ok());
        bytes.map(|bytes| Ok((bytes.clone(), repo.write_blob(&bytes)?))).transpose()
    }
}

//! A document that is linted: what it is called, where its bytes are, and what it is of the repository.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use super::ground::Ground;
use crate::archive::{Entry, Place};
use crate::commands::drafted;
use crate::git::ObjectId;
use crate::model::State;
use crate::render::findings::Named;
use crate::session::Project;

/// A document to be linted.
#[derive(Debug)]
pub(super) struct Target<'g> {
    /// What it is called.
    pub(super) named: Named,
    /// The name that tells its day, its form and its purpose.
    pub(super) name: String,
    /// Where its bytes are.
    pub(super) content: Content,
    /// Where it stands, where that is known.
    pub(super) state: Option<State>,
    /// The draft or published document, where it is one.
    pub(super) entry: Option<Cow<'g, Entry>>,
    /// Whether somebody named it: then it is linted whatever it is for.
    pub(super) is_named: bool,
}

/// Where bytes are.
#[derive(Debug)]
pub(super) enum Content {
    File(PathBuf),
    Blob(ObjectId),
    Bytes(Vec<u8>),
}

impl<'g> Target<'g> {
    /// What makes it one document however it was named; none for standard input.
    pub(super) fn key(&self) -> Option<String> {
        match (&self.entry, &self.content) {
            (Some(entry), _) => Some(format!("{:?} {}", self.state, entry.path)),
            (None, Content::File(path)) => {
                let path = path.canonicalize().unwrap_or_else(|_| path.clone());
                Some(path.to_string_lossy().into_owned())
            }
            (None, Content::Blob(_) | Content::Bytes(_)) => None,
        }
    }

    /// A file by the name that it goes by.
    pub(super) fn of_file(name: &str, path: PathBuf) -> Self {
        let named = Named { file: name.to_owned(), shown: name.to_owned(), ..Named::default() };
        let content = Content::File(path);
        Self { named, name: name.to_owned(), content, state: None, entry: None, is_named: true }
    }

    pub(super) fn of_draft(project: &Project, entry: Cow<'g, Entry>) -> Self {
        let branch = if drafted::is_private(&entry) {
            "refs/postmortem/private"
        } else {
            &project.config.drafts.branch
        };
        let named = Named {
            file: format!("{branch}:{}", entry.path),
            shown: format!("draft {}", entry.id),
            path: Some(entry.path.clone()),
            id: Some(entry.id.to_string()),
            is_draft: true,
        };
        let (path, blob) = (entry.path.clone(), entry.blob);
        Self { named, state: Some(State::Draft), ..Self::of_blob(&path, blob, Some(entry), true) }
    }

    pub(super) fn of_blob(path: &str, blob: ObjectId, entry: Option<Cow<'g, Entry>>, is_named: bool) -> Self {
        let id = entry.as_ref().map(|entry| entry.id.to_string());
        let named = Named { file: path.to_owned(), shown: path.to_owned(), id, ..Named::default() };
        let state = entry.as_ref().map(|_| State::Published);
        Self { named, name: path.to_owned(), content: Content::Blob(blob), state, entry, is_named }
    }
}

impl Ground {
    /// A draft or a published document; the latter as the work tree has it.
    pub(super) fn of_entry<'g>(&'g self, entry: &'g Entry, is_named: bool) -> Target<'g> {
        let Ok(project) = self.project() else { return Target::of_file(&entry.path, PathBuf::new()) };
        match &entry.place {
            Place::Draft { .. } => return Target::of_draft(project, Cow::Borrowed(entry)),
            Place::Branch(_) => {
                return Target::of_blob(&entry.path, entry.blob, Some(Cow::Borrowed(entry)), is_named);
            }
            Place::Tree => {}
        }
        let mut target = Target::of_blob(&entry.path, entry.blob, Some(Cow::Borrowed(entry)), is_named);
        let file = project.repo.work_tree().filter(|_| !project.past).map(|top| top.join(&entry.path));
        if let Some(file) = file.filter(|file| file.is_file()) {
            target.content = Content::File(file);
        }
        target
    }

    /// A file; the published document that it is, where it is one; and whether the configuration reads it.
    pub(super) fn of_file(&self, name: &str, path: &Path, is_named: bool) -> (Target<'_>, bool) {
        let mut target = Target { is_named, ..Target::of_file(name, path.to_owned()) };
        let Ok(project) = self.project() else { return (target, false) };
        let Some(inner) = within(project, path) else { return (target, false) };
        if let Some(entry) = self.published_at(&inner) {
            target.named.id = Some(entry.id.to_string());
            target.state = Some(State::Published);
            target.entry = Some(Cow::Borrowed(entry));
        }
        let is_document = project.config.reads(&inner);
        target.named.path = Some(inner);
        (target, is_document)
    }
}

/// The path of a file below the top of the repository.
fn within(project: &Project, path: &Path) -> Option<String> {
    let top = project.repo.work_tree()?.canonicalize().ok()?;
    let inner = path.canonicalize().ok()?.strip_prefix(top).ok()?.to_str()?.to_owned();
    Some(inner)
}

//! A document that is linted: what it is called, where its bytes are, and what it is of the repository.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use super::ground::Ground;
use crate::archive::{Entry, Place};
use crate::commands::drafted;
use crate::commands::surround::Page;
use crate::git::ObjectId;
use crate::model::State;
use crate::render::findings::Named;
use crate::session::Project;

/// A document that is meant; of thousands no more than where they stand.
#[derive(Debug)]
pub(super) enum Meant<'g> {
    /// A published one, as the work tree has it.
    Page {
        page: Page<'g>,
        /// Whether somebody named it.
        is_named: bool,
    },
    /// Any other.
    Target(Box<Target<'g>>),
}

/// A document to be linted.
#[derive(Debug, Clone)]
pub(super) struct Target<'g> {
    /// What it is called.
    pub(super) named: Named,
    /// The name that tells its day, its form and its purpose.
    pub(super) name: String,
    /// Where its bytes are.
    pub(super) content: Content,
    /// Where it stands, where that is known.
    pub(super) state: Option<State>,
    /// What it is of the repository.
    pub(super) of: Of<'g>,
    /// Whether somebody named it: then it is linted whatever it is for.
    pub(super) is_named: bool,
}

/// What a document is of the repository.
#[derive(Debug, Clone)]
pub(super) enum Of<'g> {
    /// Nothing: a file.
    None,
    /// A published document.
    Page(Page<'g>),
    /// A draft, or a document that was named by its id.
    Entry(Cow<'g, Entry>),
}

impl Of<'_> {
    /// Its id and its path.
    pub(super) fn names(&self) -> Option<(&str, &str)> {
        match self {
            Self::None => None,
            Self::Page(page) => Some((page.id, page.path)),
            Self::Entry(entry) => Some((entry.id.as_str(), &entry.path)),
        }
    }
}

/// Where bytes are.
#[derive(Debug, Clone)]
pub(super) enum Content {
    File(PathBuf),
    Blob(ObjectId),
    Bytes(Vec<u8>),
}

/// What makes a document one however it was named.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) enum Key<'g> {
    /// A document of the repository: where it stands, and its path.
    Document(Option<State>, Cow<'g, str>),
    /// A file.
    File(PathBuf),
}

impl<'g> Meant<'g> {
    /// What makes it one; none for standard input.
    pub(super) fn key(&self) -> Option<Key<'g>> {
        match self {
            Self::Page { page, .. } => Some(Key::Document(Some(State::Published), Cow::Borrowed(page.path))),
            Self::Target(target) => match (&target.of, &target.content) {
                (Of::Page(page), _) => Some(Key::Document(target.state, Cow::Borrowed(page.path))),
                (Of::Entry(entry), _) => Some(Key::Document(target.state, Cow::Owned(entry.path.clone()))),
                (Of::None, Content::File(path)) => {
                    Some(Key::File(path.canonicalize().unwrap_or_else(|_| path.clone())))
                }
                (Of::None, Content::Blob(_) | Content::Bytes(_)) => None,
            },
        }
    }
}

impl<'g> From<Target<'g>> for Meant<'g> {
    fn from(target: Target<'g>) -> Self {
        Self::Target(Box::new(target))
    }
}

impl<'g> Target<'g> {
    /// A file by the name that it goes by.
    pub(super) fn of_file(name: &str, path: PathBuf) -> Self {
        let named = Named { file: name.to_owned(), shown: name.to_owned(), ..Named::default() };
        let content = Content::File(path);
        Self { named, name: name.to_owned(), content, state: None, of: Of::None, is_named: true }
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
        Self { named, state: Some(State::Draft), ..Self::of_blob(&path, blob, Of::Entry(entry), true) }
    }

    pub(super) fn of_blob(path: &str, blob: ObjectId, of: Of<'g>, is_named: bool) -> Self {
        let id = of.names().map(|(id, _)| id.to_owned());
        let state = id.as_ref().map(|_| State::Published);
        let named = Named { file: path.to_owned(), shown: path.to_owned(), id, ..Named::default() };
        Self { named, name: path.to_owned(), content: Content::Blob(blob), state, of, is_named }
    }
}

impl Ground {
    /// What is meant, ready to be read.
    pub(super) fn target<'g>(&self, meant: &Meant<'g>) -> Target<'g> {
        match meant {
            Meant::Page { page, is_named } => {
                self.committed(page.path, page.blob, Of::Page(*page), *is_named)
            }
            Meant::Target(target) => Target::clone(target),
        }
    }

    /// A draft or a published document; the latter as the work tree has it.
    pub(super) fn of_entry<'g>(&self, entry: &'g Entry, is_named: bool) -> Target<'g> {
        let of = Of::Entry(Cow::Borrowed(entry));
        match (&entry.place, self.project()) {
            (_, Err(_)) => Target::of_file(&entry.path, PathBuf::new()),
            (Place::Draft { .. }, Ok(project)) => Target::of_draft(project, Cow::Borrowed(entry)),
            (Place::Branch(_), _) => Target::of_blob(&entry.path, entry.blob, of, is_named),
            (Place::Tree, _) => self.committed(&entry.path, entry.blob, of, is_named),
        }
    }

    /// A published document as the work tree has it; as it is committed where that has none or another revision is asked
    /// about.
    fn committed<'g>(&self, path: &str, blob: ObjectId, of: Of<'g>, is_named: bool) -> Target<'g> {
        let mut target = Target::of_blob(path, blob, of, is_named);
        if let Some(file) = self.in_work_tree(path) {
            target.content = Content::File(file);
        }
        target
    }

    /// The file of a published document, where the work tree is looked at and has one.
    pub(super) fn in_work_tree(&self, path: &str) -> Option<PathBuf> {
        let project = self.project().ok().filter(|project| !project.past)?;
        let file = project.repo.work_tree()?.join(path);
        file.is_file().then_some(file)
    }

    /// A file; the published document that it is, where it is one; and whether the configuration reads it.
    pub(super) fn of_file(&self, name: &str, path: &Path, is_named: bool) -> (Target<'_>, bool) {
        let mut target = Target { is_named, ..Target::of_file(name, path.to_owned()) };
        let Ok(project) = self.project() else { return (target, false) };
        let Some(inner) = within(project, path) else { return (target, false) };
        if let Some(page) = self.published_at(&inner) {
            target.named.id = Some(page.id.to_owned());
            target.state = Some(State::Published);
            target.of = Of::Page(page);
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

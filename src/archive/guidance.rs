//! What templates say to their authors: drafts keep it, documents and review branches do not.

use std::path::{Path, PathBuf};

use crate::config::Config;
use crate::document::template::{Template, strip_guidance};
use crate::git::{CommitId, Repo};

/// The built-in templates and the team's own, as far as they can be read: each wrote guidance that is taken out.
#[derive(Debug)]
pub struct Guidance {
    templates: Vec<Template>,
    unreadable: Vec<String>,
}

impl Guidance {
    /// The templates of a repository, from the work tree or else from a commit.
    #[must_use]
    pub fn read(repo: &Repo, config: &Config, commit: Option<&CommitId>) -> Self {
        let mut templates = vec![Template::full(), Template::brief()];
        let mut unreadable = Vec::new();
        for (name, path) in &config.documents.templates {
            match template_text(repo, commit, path) {
                Some(text) => templates.push(Template::custom(name, &text)),
                None => unreadable.push(path.clone()),
            }
        }
        Self { templates, unreadable }
    }

    /// A text as it is published; bytes that are no UTF-8 stay as they are.
    #[must_use]
    pub fn strip(&self, text: Vec<u8>) -> Vec<u8> {
        match String::from_utf8(text) {
            Ok(text) => strip_guidance(&text, &self.templates).into_bytes(),
            Err(damaged) => damaged.into_bytes(),
        }
    }

    /// The files of templates that could not be read, so that their guidance stays.
    #[must_use]
    pub fn unreadable(&self) -> &[String] {
        &self.unreadable
    }
}

/// The text of a template's file, of the work tree or else of a commit; none where the path leads out of the work tree,
/// also by a link, or into git's own folder.
#[must_use]
pub fn template_text(repo: &Repo, commit: Option<&CommitId>, path: &str) -> Option<String> {
    let file = repo.work_tree().and_then(|top| std::fs::read(inside(top, path)?).ok());
    let committed = || repo.read(&repo.file(commit?, path).ok()??.blob).ok();
    file.or_else(committed).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

/// A clone names its templates, and drafts are sent to others: its reader's own files are none of its templates.
fn inside(top: &Path, path: &str) -> Option<PathBuf> {
    let (top, real) = (top.canonicalize().ok()?, top.join(path).canonicalize().ok()?);
    let is_own = real.starts_with(&top) && !real.components().any(|part| part.as_os_str() == ".git");
    is_own.then_some(real)
}

//! Which files are meant: those named, and the documents in folders that are named.

use std::path::{Path, PathBuf};

use crate::document::foreign_format;
use crate::session::Session;

/// A file to be read, and the name that it goes by.
pub(in crate::commands) struct File {
    pub(in crate::commands) path: PathBuf,
    pub(in crate::commands) name: String,
}

/// What was found.
#[derive(Default)]
pub(in crate::commands) struct Files {
    pub(in crate::commands) found: Vec<File>,
    /// What cannot be read, a sentence each.
    pub(in crate::commands) unread: Vec<String>,
}

/// Lists the files in the order in which they were named, those of a folder by name.
pub(in crate::commands) fn list(session: &Session, typed: &[PathBuf], root: Option<&Path>) -> Files {
    let mut files = Files::default();
    for path in typed {
        if session.path(path).is_dir() {
            files.folder(session, path, root);
        } else {
            files.add(path, root, session);
        }
    }
    files
}

impl Files {
    fn add(&mut self, path: &Path, root: Option<&Path>, session: &Session) {
        if let Some(format) = foreign_format(&path.to_string_lossy()) {
            self.unread.push(format!("{} is {format}, which is not read", path.display()));
            return;
        }
        let whole = session.path(path);
        let below = root.and_then(|root| {
            let root = session.path(root);
            whole.strip_prefix(&root).ok().map(Path::to_path_buf)
        });
        let name = below.as_deref().unwrap_or(path).to_string_lossy().replace('\\', "/");
        self.found.push(File { path: path.to_owned(), name });
    }

    fn folder(&mut self, session: &Session, folder: &Path, root: Option<&Path>) {
        let entries = match std::fs::read_dir(session.path(folder)) {
            Ok(entries) => entries,
            Err(error) => {
                self.unread.push(format!("cannot read {}: {error}", folder.display()));
                return;
            }
        };
        let mut names: Vec<_> = entries.filter_map(Result::ok).collect();
        names.sort_by_key(std::fs::DirEntry::file_name);
        for entry in names {
            let path = folder.join(entry.file_name());
            // Links are not followed: a folder that holds itself has no end.
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && !is_hidden(&path) => self.folder(session, &path, root),
                Ok(kind) if kind.is_file() && is_document(&path) => self.add(&path, root, session),
                _ => {}
            }
        }
    }
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

fn is_document(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    let known = ["md", "markdown", "qmd", "mdx", "txt", "html", "htm"];
    !is_hidden(path) && extension.as_deref().is_none_or(|extension| known.contains(&extension))
}

//! The page that the editor works on: a file that stays where it is until its text is safe.

use std::path::PathBuf;

use crate::archive::Entry;
use crate::error::CliError;
use crate::session::{Project, Session};

/// What came back from the editor.
pub(super) struct Page {
    path: PathBuf,
    pub(super) text: Vec<u8>,
}

/// Opens the editor on a text.
pub(super) fn open(
    (session, project): (&Session, &Project),
    entry: &Entry,
    section: Option<&str>,
    text: &[u8],
) -> Result<Page, CliError> {
    let folder = project.repo.state_folder("edit")?;
    let name = entry.id.as_str().replace('/', "-");
    let path = free(&folder, &name);
    let before = folder.join(format!("{name}.md"));
    if path != before {
        session.ui.hint(&format!("another text of it that was not saved is in {}", before.display()));
    }
    std::fs::write(&path, text).map_err(|error| {
        CliError::new(format!("cannot write {}", path.display())).because(error.to_string())
    })?;
    if let Err(error) = project.repo.run_editor(&path) {
        let page = Page { text: std::fs::read(&path).unwrap_or_default(), path };
        if page.text == text {
            page.forget();
            return Err(error.into());
        }
        return Err(page.still_there(error.into(), entry, section));
    }
    let back = std::fs::read(&path);
    let text = back.map_err(|error| {
        CliError::new(format!("the editor left no {}", path.display())).because(error.to_string())
    })?;
    Ok(Page { path, text })
}

/// A name that no text from before still has.
fn free(folder: &std::path::Path, name: &str) -> PathBuf {
    let first = folder.join(format!("{name}.md"));
    if !first.exists() {
        return first;
    }
    (2..)
        .map(|number| folder.join(format!("{name}-{number}.md")))
        .find(|path| !path.exists())
        .unwrap_or(first)
}

impl Page {
    /// The text as UTF-8.
    pub(super) fn typed(&self) -> Result<&str, CliError> {
        std::str::from_utf8(&self.text)
            .map_err(|error| CliError::new("the text is not UTF-8").because(error.to_string()))
    }

    /// The text is safe elsewhere, or was not changed.
    pub(super) fn forget(self) {
        let _ = std::fs::remove_file(&self.path);
    }

    /// The same error, and where the text is.
    pub(super) fn still_there(&self, error: CliError, entry: &Entry, section: Option<&str>) -> CliError {
        let section = section.map_or_else(String::new, |name| format!(" --section '{name}'"));
        let path = self.path.display();
        error
            .hint(format!("the text is in {path}"))
            .hint(format!("git postmortem edit {}{section} -F '{path}' tries again", entry.id))
    }
}

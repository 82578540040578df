//! Which committed documents the typed paths mean.

use std::path::{Component, Path, PathBuf};

use crate::archive::{Archive, Entry};
use crate::error::CliError;
use crate::render::clean;
use crate::session::{Project, Session};

/// The documents at the paths or below them, each once; all of them where no path was typed.
///
/// # Errors
/// A path outside the work tree, and one that holds no document.
pub(super) fn chosen<'a>(
    session: &Session,
    project: &Project,
    archive: &'a Archive,
    typed: &[PathBuf],
) -> Result<Vec<&'a Entry>, CliError> {
    let paths = typed.iter().map(|typed| inner(session, project, typed)).collect::<Result<Vec<_>, _>>()?;
    for (typed, path) in typed.iter().zip(&paths) {
        if !archive.entries.iter().any(|entry| holds(path, &entry.path)) {
            return Err(nothing(archive, typed, path));
        }
    }
    let is_meant = |entry: &&Entry| paths.is_empty() || paths.iter().any(|path| holds(path, &entry.path));
    let mut entries: Vec<&Entry> = archive.entries.iter().filter(is_meant).collect();
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(entries)
}

/// Whether a path is that folder or file, or stands below it.
pub(super) fn holds(folder: &str, path: &str) -> bool {
    folder.is_empty()
        || path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A typed path from the top of the work tree, with `/`; in a bare repository it is one already.
pub(super) fn inner(session: &Session, project: &Project, typed: &Path) -> Result<String, CliError> {
    let Some(top) = project.repo.work_tree() else { return Ok(slashes(&plain(typed))) };
    let whole = plain(&session.path(typed));
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let below = whole.strip_prefix(top).map(Path::to_path_buf);
    let below = below.or_else(|_| real(&whole).strip_prefix(real(top)).map(Path::to_path_buf));
    below.map(|below| slashes(&below)).map_err(|_| {
        CliError::new(format!("{} is outside the work tree", clean(&typed.to_string_lossy())))
            .hint("git postmortem inspect reads any file")
    })
}

/// A path without `.` and `..`; it need not exist.
pub(in crate::commands) fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

fn slashes(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn nothing(archive: &Archive, typed: &Path, path: &str) -> CliError {
    let typed = clean(&typed.to_string_lossy()).into_owned();
    let error = CliError::new(format!("no committed post-mortem at {typed}"));
    match archive.left_out.iter().find(|page| page.path == path) {
        Some(page) => error.because(format!("it is {}", page.purpose)),
        None => error
            .hint(format!("git postmortem inspect {typed} shows what is understood of it"))
            .hint("documents.include in .postmortem.toml names further folders"),
    }
}

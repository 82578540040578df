//! A bare repository whose files another repository delivers: its settings and hooks came with a clone, and git would start
//! whatever they name.

use std::path::{Component, Path, PathBuf};

use super::{Error, Git, Place};

/// Fails where the git directory of a repository other than the one that we stand in is made of files that another repository
/// tracks. Git itself takes no path with a `.git` in it from anybody, so that only a bare repository can come in this way.
///
/// # Errors
/// [`Error::Embedded`].
pub(super) fn refuse(from: &Place, git_dir: &Path) -> Result<(), Error> {
    if !from.elsewhere || git_dir.components().any(|part| part == Component::Normal(".git".as_ref())) {
        return Ok(());
    }
    let Ok(real) = git_dir.canonicalize() else { return Ok(()) };
    let Some(outer) = real.ancestors().skip(1).find(|folder| folder.join(".git").exists()) else {
        return Ok(());
    };
    let Some(inner) = real.strip_prefix(outer).ok().map(|inner| inner.join("HEAD")) else { return Ok(()) };
    let place = Place { cwd: PathBuf::from(outer), elsewhere: true, ..Place::default() };
    let head = inner.to_string_lossy();
    let tracked = Git::new(&place).args(["ls-files", "--error-unmatch", "--"]).path(&head).answer()?;
    // Whatever git cannot tell counts as tracked.
    if tracked.code == 1 { Ok(()) } else { Err(Error::Embedded { path: git_dir.to_owned() }) }
}

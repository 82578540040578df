//! Keeps what a client names inside the repository: a path leads to no file outside of it and to none of git's own.

use std::path::{Component, Path};

use crate::error::CliError;
use crate::session::Session;

/// Refuses a word that is the path of a file which is not the repository's.
///
/// # Errors
/// Where it leads outside, also by a link, or into git's own folder.
pub(super) fn inside(session: &Session, typed: &str) -> Result<(), CliError> {
    not_input(typed)?;
    let path = session.path(Path::new(typed));
    // What is no file is an id, a revision, or a mistake that the command names.
    let Ok(real) = path.canonicalize() else { return climbs_out(typed) };
    let repo = session.project()?.repo;
    let Some(top) = repo.work_tree().and_then(|top| top.canonicalize().ok()) else {
        return Err(CliError::new(format!("'{typed}' is a file, and this repository has no work tree"))
            .hint("name a post-mortem or a revision"));
    };
    let is_git = real.components().any(|part| part.as_os_str() == ".git");
    if real.starts_with(&top) && !is_git {
        return Ok(());
    }
    Err(outside(typed))
}

/// Refuses a path to anything at all: only the id of a post-mortem will do.
///
/// # Errors
/// Where it names a file or a folder.
pub(super) fn only_id(session: &Session, typed: &str) -> Result<(), CliError> {
    not_input(typed)?;
    if session.path(Path::new(typed)).exists() || Path::new(typed).is_absolute() {
        return Err(CliError::new(format!("'{typed}' is a path, and a post-mortem is named by its id"))
            .hint("list tells the ids"));
    }
    climbs_out(typed)
}

/// At the prompt this is standard input, of which a call has none.
fn not_input(typed: &str) -> Result<(), CliError> {
    if typed != "-" {
        return Ok(());
    }
    Err(CliError::new("'-' names nothing here").hint("name a post-mortem by its id; list tells the ids"))
}

/// A path that climbs or begins at the root is refused whether or not something is there: the answer tells nothing.
fn climbs_out(typed: &str) -> Result<(), CliError> {
    let path = Path::new(typed);
    let range =
        typed.split_once("..").is_some_and(|(from, _)| !from.is_empty() && !from.ends_with(['/', '\\']));
    let climbs = path.components().any(|part| part == Component::ParentDir) && !range;
    if climbs || path.is_absolute() { Err(outside(typed)) } else { Ok(()) }
}

fn outside(typed: &str) -> CliError {
    CliError::new(format!("'{typed}' is outside of the repository"))
        .hint("name a post-mortem, a revision, or a path below the top of the work tree")
}

//! Typed revisions to rows of the *Linked Commits* table.

use chrono::DateTime;

use crate::error::CliError;
use crate::git::Repo;
use crate::model::{Link, Role};

/// Resolves a revision or a range `FROM..TO` to the commit that it names; of a range, its end.
///
/// # Errors
/// Where a side names no commit, or the range holds none.
pub(super) fn resolve(repo: &Repo, role: Role, revision: &str) -> Result<Link, CliError> {
    let end = match revision.split_once("..") {
        Some((from, to)) => {
            let (from, to) = (side(from), side(to.trim_start_matches('.')));
            let (from, end) = (repo.resolve(from)?, repo.resolve(to)?);
            if repo.is_ancestor(&end, &from)? {
                let error = CliError::new(format!("the range '{revision}' holds no commit"));
                return Err(error.hint(format!("the older side comes first: {to}..{}", from.short())));
            }
            end
        }
        None => repo.resolve(revision)?,
    };
    let commit = repo.commit(&end)?;
    let date = DateTime::from_timestamp(commit.committed, 0);
    Ok(Link {
        role,
        revision: revision.to_owned(),
        commit: end.to_string(),
        date: date.map(|date| date.format("%Y-%m-%d %H:%M").to_string()).unwrap_or_default(),
        subject: commit.subject,
    })
}

/// An empty side of a range is HEAD, as for git.
fn side(typed: &str) -> &str {
    if typed.is_empty() { "HEAD" } else { typed }
}

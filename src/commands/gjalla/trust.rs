//! Whether a command was trusted in this repository. It is kept in the person's own file of git settings and read from there
//! alone: a repository must not be able to speak for itself.

use std::path::Path;

use super::Server;
use super::find::place;
use crate::context::Fingerprint;
use crate::error::CliError;
use crate::git::Repo;

/// How a command stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::commands) enum Standing {
    /// This very command was trusted here.
    Trusted,
    /// None ever was.
    Unknown,
    /// Another one was: what is different, where that can be told.
    Changed(Vec<&'static str>),
    /// The file that would tell lies in the work tree, so that the repository could have written it.
    Unheard,
}

/// The key of a work tree. The path is a subsection, which git takes as it is written.
fn key(place: &str) -> String {
    format!("postmortem.trust.{place}.gjalla")
}

/// How a server's command stands.
///
/// # Errors
/// Git's.
pub(in crate::commands) fn standing(repo: &Repo, server: &Server) -> Result<Standing, CliError> {
    let Some(kept) = repo.personal_setting(&key(&server.place))? else { return Ok(Standing::Unknown) };
    if kept.file.as_deref().is_none_or(|file| lies_in(file, &server.top)) {
        return Ok(Standing::Unheard);
    }
    Ok(match Fingerprint::read(&kept.value) {
        Some(known) if known.is(&server.fingerprint) => Standing::Trusted,
        Some(known) => Standing::Changed(server.fingerprint.changed_since(&known)),
        None => Standing::Changed(Vec::new()),
    })
}

fn lies_in(file: &Path, top: &Path) -> bool {
    file.starts_with(top) || file.canonicalize().map_or(true, |real| real.starts_with(top))
}

/// Trusts it from here on; hands back the key.
///
/// # Errors
/// Git's; and where it would not count.
pub(in crate::commands) fn allow(repo: &Repo, server: &Server) -> Result<String, CliError> {
    let key = key(&server.place);
    repo.set_personal(&key, &server.fingerprint.to_string())?;
    match standing(repo, server)? {
        Standing::Trusted => Ok(key),
        Standing::Unheard => {
            repo.unset_personal(&key)?;
            Err(CliError::new(
                "your own git configuration lies inside this work tree, where it counts for nothing",
            )
            .hint("GIT_CONFIG_GLOBAL names another file"))
        }
        _ => Err(CliError::new("git kept something else than what was to be trusted")
            .hint("git config --global --list --show-origin shows it")),
    }
}

/// Trusts nothing here any more; whether something was.
///
/// # Errors
/// Git's.
pub(in crate::commands) fn forget(repo: &Repo) -> Result<bool, CliError> {
    let (_, place) = place(repo).map_err(CliError::new)?;
    let key = key(&place);
    let is_known = repo.personal_setting(&key)?.is_some();
    if is_known {
        repo.unset_personal(&key)?;
    }
    Ok(is_known)
}

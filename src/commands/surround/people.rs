//! The people of a repository: who committed, whom `.mailmap` and CODEOWNERS name.

use std::collections::BTreeSet;

use crate::commands::actions::stale;
use crate::error::CliError;
use crate::git::{CommitId, Repo};
use crate::promise::People;

/// Names and handles as written, and the same people with their last commits.
///
/// # Errors
/// Git's.
pub(super) fn read(repo: &Repo, commit: &CommitId) -> Result<(BTreeSet<String>, People), CliError> {
    let committers = repo.committers(commit)?;
    let owners = stale::code_owners(repo, commit)?;
    let mailmap = match repo.file(commit, ".mailmap")? {
        Some(file) => String::from_utf8_lossy(&repo.read(&file.blob)?).into_owned(),
        None => String::new(),
    };
    let mut names: BTreeSet<String> = committers.iter().map(|one| one.name.clone()).collect();
    names.extend(committers.iter().filter_map(|one| handle(&one.mail)));
    names.extend(mailmap_names(&mailmap).map(str::to_owned));
    names.extend(owners.as_deref().into_iter().flat_map(code_owners).map(str::to_owned));
    names.remove("");
    Ok((names, stale::people(&committers, owners.as_deref())))
}

/// GitHub's own addresses have the handle in them: `123+ana@users.noreply.github.com`.
fn handle(mail: &str) -> Option<String> {
    let local = mail.strip_suffix("@users.noreply.github.com")?;
    let handle = local.rsplit('+').next().filter(|handle| !handle.is_empty())?;
    Some(format!("@{handle}"))
}

/// Every name of a mailmap, the proper ones and those that they take the place of: `Ana Lee <ana@x> Ana <old@x>`.
fn mailmap_names(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default());
    lines
        .flat_map(|line| line.split('>').map(|part| part.split('<').next().unwrap_or_default().trim()))
        .filter(|name| !name.is_empty())
}

/// The people whom a CODEOWNERS file names by handle; `@org/team` is a team.
fn code_owners(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default());
    let words = lines.flat_map(|line| line.split_whitespace().skip(1));
    words.filter(|word| word.len() > 1 && word.starts_with('@') && !word.contains('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_written() {
        let map =
            "# people\nAna Lee <ana@example.org> ana <old@example.org>\n<bo@example.org> <b@example.org>\n";
        assert_eq!(mailmap_names(map).collect::<Vec<_>>(), ["Ana Lee", "ana"]);
        let owners = "* @ana @acme/core bo@example.org\n/docs/ @cy # @not-this\n";
        assert_eq!(code_owners(owners).collect::<Vec<_>>(), ["@ana", "@cy"]);
        assert_eq!(handle("12+ana@users.noreply.github.com").as_deref(), Some("@ana"));
        assert_eq!(handle("ana@example.org"), None);
    }
}

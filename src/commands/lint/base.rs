//! The commit that documents are compared with.

use crate::error::CliError;
use crate::git::CommitId;
use crate::session::Project;

/// The commit that documents are compared with, and what it is called: where this branch left the default branch, as the
/// remote has that, else as it is here.
///
/// # Errors
/// An unknown revision; git's.
pub(super) fn base(project: &Project, typed: Option<&str>) -> Result<(Option<CommitId>, String), CliError> {
    let repo = &project.repo;
    let Some(head) = &project.commit else { return Ok((None, String::new())) };
    if let Some(typed) = typed {
        let tip = repo.resolve(typed)?;
        return Ok((Some(repo.merge_base(head, &tip)?.unwrap_or(tip)), typed.to_owned()));
    }
    let branch = repo.default_branch()?.unwrap_or_else(|| "HEAD".to_owned());
    let remotes = repo.remotes_by_weight()?;
    let mut names: Vec<(String, String)> = remotes
        .iter()
        .map(|remote| (format!("refs/remotes/{remote}/{branch}"), format!("{remote}/{branch}")))
        .collect();
    names.push((format!("refs/heads/{branch}"), branch.clone()));
    let wanted: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).collect();
    let refs = repo.refs(&wanted)?;
    for (name, short) in names {
        let tip = refs.iter().find(|found| found.name == name).and_then(|found| found.commit);
        if let Some(tip) = tip {
            return Ok((Some(repo.merge_base(head, &tip)?.unwrap_or(tip)), short));
        }
    }
    Ok((Some(*head), "HEAD".to_owned()))
}

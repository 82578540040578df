//! The files beside a document: the draft's own, and what others made of them on a branch.

use super::theirs::Theirs;
use crate::commands::drafted::Drafted;
use crate::commands::unpublish::attachments_folder;
use crate::error::CliError;
use crate::git::{ObjectId, Repo, TreeFile};

/// Files beside a document: their path in the tree and their content.
pub(super) type Attachments = Vec<(String, ObjectId)>;

/// The draft's attachments, in the folder of the document's name, so that links to them go on working.
pub(super) fn of_draft(drafted: &Drafted<'_>, beside: &[TreeFile], path: &str) -> Attachments {
    let target = |file: &str| Some(format!("{}{}", folder(path), file.strip_prefix(drafted.stem())?));
    beside.iter().filter_map(|file| Some((target(&file.path)?, file.blob))).collect()
}

/// Takes in the files that others added or changed; hands back which, by their path from the folder on.
pub(super) fn take_in(
    repo: &Repo,
    drafted: &Drafted<'_>,
    ours: &mut Attachments,
    path: &str,
    theirs: &Theirs,
) -> Result<Vec<(String, ObjectId)>, CliError> {
    let Some(there) = attachments_folder(&theirs.path) else { return Ok(Vec::new()) };
    let mut taken = Vec::new();
    for file in repo.files(&theirs.tip, there)? {
        let rest = file.path.strip_prefix(there).unwrap_or(&file.path).to_owned();
        let target = format!("{}{rest}", folder(path));
        let known = ours.iter().position(|(path, _)| *path == target);
        let same = known.is_some_and(|at| ours[at].1 == file.blob);
        // A page in that folder may be a post-mortem of its own.
        if same || known.is_none() && rest.ends_with(".md") {
            continue;
        }
        let past = drafted.drafts.history(&format!("{}{rest}", drafted.stem()))?;
        match known {
            _ if past.iter().any(|revision| revision.blob == Some(file.blob)) => continue,
            None => ours.push((target, file.blob)),
            Some(at) => {
                let had = repo.path_history(&theirs.tip, &file.path, false)?;
                if had.iter().all(|revision| revision.blob != Some(ours[at].1)) {
                    return Err(both_changed(drafted, theirs, &file.path));
                }
                ours[at].1 = file.blob;
            }
        }
        taken.push((rest, file.blob));
    }
    Ok(taken)
}

fn folder(path: &str) -> &str {
    path.rsplit_once('.').map_or(path, |(stem, _)| stem)
}

fn both_changed(drafted: &Drafted<'_>, theirs: &Theirs, path: &str) -> CliError {
    let name = path.rsplit('/').next().unwrap_or(path);
    let id = drafted.entry.id.short();
    CliError::new(format!("the draft and {} both changed {name}", theirs.name))
        .because("nothing was changed")
        .hint(format!("git show '{}:{path}' > {name} gets theirs", theirs.name))
        .hint(format!("git postmortem edit {id} --attach {name} takes it; attach yours again to keep that"))
}

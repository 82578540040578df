//! Making the edits: one commit with the documents and the days since which they are judged.

use super::plan::Plan;
use super::{AdoptArgs, since};
use crate::commands::keep::or_uncommitted;
use crate::config::MessageParts;
use crate::error::{CliError, ExitStatus};
use crate::git::publish::{Committed, Depth, PATIENCE, PathChange, PathCommit, commit_paths};
use crate::git::{self, ObjectId};
use crate::render::{clean, count};
use crate::session::{CONFIG_FILE, Project, Session};

/// The configuration file with the days in it.
struct Since {
    old: Option<(Vec<u8>, ObjectId)>,
    new: Vec<u8>,
    sections: Vec<&'static str>,
}

/// Shows what would be changed.
///
/// # Errors
/// git's, and a configuration file that cannot be changed.
pub(super) fn dry_run(
    session: &Session,
    project: &Project,
    args: &AdoptArgs,
    plans: &[Plan],
) -> Result<ExitStatus, CliError> {
    let mut any = false;
    for plan in plans {
        if let Some(new) = &plan.new {
            session.ui.out_bytes(&project.repo.patch(&plan.row.path, Some(&plan.old), new)?);
            any = true;
        }
    }
    if let Some(since) = since(project, args)? {
        let old = since.old.as_ref().map(|(bytes, _)| bytes.as_slice());
        session.ui.out_bytes(&project.repo.patch(CONFIG_FILE, old, &since.new)?);
        any = true;
    }
    if any {
        session.ui.hint("git postmortem adopt --write makes these edits in one commit");
    } else {
        session.ui.status("nothing to do");
    }
    Ok(ExitStatus::Done)
}

/// Makes the edits.
///
/// # Errors
/// Whatever keeps git from committing them; nothing is changed then.
pub(super) fn write(
    session: &Session,
    project: &Project,
    args: &AdoptArgs,
    plans: Vec<Plan>,
) -> Result<ExitStatus, CliError> {
    let repo = &project.repo;
    let depth = depth(args);
    let since = since(project, args)?;
    let mut lines: Vec<(&str, String)> = Vec::new();
    let mut changes = Vec::new();
    let mut ids = Vec::new();
    let mut left = Vec::new();
    for plan in plans {
        left.extend(plan.row.left_lines());
        if let Some(new) = plan.new {
            let path = clean(&plan.row.path).into_owned();
            lines.push(("adopted", format!("{path}   {}", plan.row.gained())));
            changes.push(PathChange::new(plan.row.path.as_str(), Some(new), Some(plan.blob)));
            ids.push(plan.row.id);
        }
    }
    if let Some(since) = since {
        let keys: Vec<String> = since.sections.iter().map(|section| format!("{section}.since")).collect();
        lines.push(("since", format!("{}   {} in {CONFIG_FILE}", project.today, keys.join(", "))));
        changes.push(PathChange::new(CONFIG_FILE, Some(since.new), since.old.map(|(_, blob)| blob)));
    }
    if changes.is_empty() {
        session.ui.status("nothing to do");
    } else {
        let what = match ids.as_slice() {
            [] => "settings".to_owned(),
            [only] => only.clone(),
            several => count(several.len(), "post-mortem", "post-mortems"),
        };
        let parts = MessageParts { verb: "adopt", id: &what, ..MessageParts::default() };
        // A trailer names one document.
        let message = match ids.as_slice() {
            [_] => project.config.commit_message(&parts, ""),
            _ => project.config.commit_subject(&parts),
        };
        let lock = repo.lock_work(PATIENCE)?;
        let made = commit_paths(repo, &lock, &PathCommit { changes, message: &message, depth });
        lines.extend(told(&made.map_err(or_uncommitted)?));
    }
    lines.extend(std::iter::once("left").chain(std::iter::repeat("")).zip(left));
    if lines.iter().any(|(label, _)| *label == "adopted") {
        lines.push(("next", "git postmortem actions --missing owner,due".to_owned()));
    }
    session.ui.lines(&lines);
    Ok(ExitStatus::Done)
}

fn depth(args: &AdoptArgs) -> Depth {
    match (args.stage, args.no_commit) {
        (true, _) => Depth::Stage,
        (_, true) => Depth::WorkTree,
        _ => Depth::Commit,
    }
}

fn told(made: &Committed) -> Vec<(&'static str, String)> {
    match made {
        Committed::Commit(id) => {
            vec![("commit", id.short().to_string()), ("undo", format!("git revert {}", id.short()))]
        }
        Committed::Staged => vec![("staged", "git commit".to_owned())],
        Committed::Written => {
            vec![("written", "git diff shows it; nothing is staged or committed".to_owned())]
        }
        Committed::Already(id) => vec![("commit", format!("{} has it already", id.short()))],
    }
}

/// The configuration file with the days that it lacks; `None` where it lacks none, or they are not wanted.
fn since(project: &Project, args: &AdoptArgs) -> Result<Option<Since>, CliError> {
    let sections = since::unset(&project.config);
    if args.no_since || sections.is_empty() {
        return Ok(None);
    }
    let repo = &project.repo;
    let Some(top) = repo.work_tree() else { return Err(git::Error::Bare.into()) };
    let old = if args.no_commit {
        let file = std::fs::read(top.join(CONFIG_FILE)).ok();
        file.map(|bytes| Ok::<_, git::Error>((bytes.clone(), repo.write_blob(&bytes)?))).transpose()?
    } else {
        let file = project.commit.map(|head| repo.file(&head, CONFIG_FILE)).transpose()?.flatten();
        file.map(|file| Ok::<_, git::Error>((repo.read(&file.blob)?, file.blob))).transpose()?
    };
    let text = old.as_ref().map(|(bytes, _)| String::from_utf8(bytes.clone())).transpose();
    let text = text.map_err(|_| CliError::new(format!("{CONFIG_FILE} is not UTF-8 text")))?;
    let new = since::set(&text.unwrap_or_default(), &sections, project.today)?.into_bytes();
    Ok(Some(Since { old, new, sections }))
}

//! What to type to ask for a review: the push, the request at the forge, and its text.

use super::outcome;
use super::prepare::Prepared;
use crate::commands::echoes::Echoes;
use crate::document::{Source, parse};
use crate::error::CliError;
use crate::git::CommitId;
use crate::model::SectionKind;
use crate::render::{clean, clean_lines};
use crate::session::Project;

/// The commands that share the branch and ask for its review.
pub(super) fn lines(
    project: &Project,
    prepared: &Prepared,
    branch: &str,
    before: Option<CommitId>,
) -> Result<Vec<(&'static str, String)>, CliError> {
    let id = prepared.id.short();
    // A branch that was there holds other people's commits too: it goes back, and is not deleted.
    let undo = match before {
        Some(before) => format!("git branch -f {branch} {}", before.short()),
        None => format!("git branch -D {branch}"),
    };
    let mut lines = Vec::new();
    let remotes = project.repo.remotes_by_weight()?;
    let Some(remote) = remotes.first() else {
        lines.push(("next", format!("git merge {branch}")));
        lines.push(("", format!("git postmortem publish {id}   then takes the draft away")));
        lines.push(("undo", undo));
        return Ok(lines);
    };
    lines.push(("push", format!("git push -u {remote} {branch}")));
    let url = project.repo.settings()?.get(&format!("remote.{remote}.url")).unwrap_or_default().to_owned();
    let target = project.repo.default_branch()?.unwrap_or_else(|| "main".to_owned());
    let title = quote(&title(prepared));
    if url.contains("github") {
        let request = format!("gh pr create --base {target} --head {branch} --title {title} --body-file -");
        lines.push(("request", request));
    } else if url.contains("gitlab") {
        let request =
            format!("glab mr create --target-branch {target} --source-branch {branch} --title {title}");
        lines.push(("request", request));
    }
    lines.push(("undo", undo));
    Ok(lines)
}

/// The text of the request: the summary, what is promised, and what is asked of reviewers.
pub(super) fn body(project: &Project, prepared: &Prepared, echoes: &Echoes<'_>) -> String {
    let source = Source { name: &prepared.path, bytes: &prepared.text };
    let document = parse(&source, &project.vocabulary);
    let summary = document.section(SectionKind::Summary).filter(|section| section.filled);
    let summary = summary.map(|section| without_comments(&document.text()[section.body.clone()]));
    let mut body = format!("\n{}\n", clean(&title(prepared)));
    if let Some(summary) = summary {
        body.push_str(&format!("\n{}\n", clean_lines(&summary)));
    }
    let ranked = outcome::ranked(prepared, echoes);
    if !ranked.is_empty() {
        body.push_str("\nAction items, what to do first on top:\n\n");
    }
    for (rank, item) in ranked {
        let owner = item.owner.as_deref().unwrap_or("no owner yet");
        let due = item.due.map_or_else(|| "no due date yet".to_owned(), |due| format!("due {due}"));
        let (text, owner, reason) = (clean(&item.text), clean(owner), clean(&rank.reason));
        body.push_str(&format!("- {text} ({owner}, {due}): {reason}\n"));
    }
    if !prepared.gaps.is_empty() {
        body.push_str(&format!("\nStill to be filled in: {}\n", prepared.gaps.join(", ")));
    }
    body
}

fn title(prepared: &Prepared) -> String {
    match prepared.postmortem.title.as_str() {
        "" => format!("Post-mortem {}", prepared.id),
        title => format!("Post-mortem: {title}"),
    }
}

/// What readers of the rendered page see.
fn without_comments(text: &str) -> String {
    let mut rest = text;
    let mut seen = String::new();
    while let Some((before, after)) = rest.split_once("<!--") {
        seen.push_str(before);
        rest = after.split_once("-->").map_or("", |(_, after)| after);
    }
    seen.push_str(rest);
    seen.trim().to_owned()
}

/// A text as one word of a POSIX shell.
fn quote(text: &str) -> String {
    format!("'{}'", clean(text).replace('\'', "'\\''"))
}

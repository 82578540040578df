//! `git postmortem toc`: the contents page of the documents folder.

use clap::Args;

use crate::commands::keep::or_uncommitted;
use crate::config::MessageParts;
use crate::error::{CliError, ExitStatus};
use crate::git::publish::{Committed, Depth, PATIENCE, PathChange, PathCommit};
use crate::git::{EntryKind, ObjectId, publish};
use crate::render::contents::{self, ContentsRow};
use crate::render::{clean, count};
use crate::session::{Project, Session};

/// Names of a page that a folder already has for its readers, the likeliest first.
const PAGES: [&str; 4] = ["readme.md", "index.md", "contents.md", "toc.md"];

/// Write the contents page of the documents folder
///
/// The list stands between two markers in the folder's README.md (or index.md); the rest of the page is yours. It
/// lists what is committed.
#[derive(Debug, Clone, Args)]
pub struct TocArgs {
    /// Change nothing; exit with 1 when the page is out of date
    #[arg(long)]
    pub check: bool,
    /// Stage the page instead of committing it
    #[arg(long, conflicts_with = "check")]
    pub stage: bool,
    /// Only write the file
    #[arg(long, conflicts_with_all = ["check", "stage"])]
    pub no_commit: bool,
}

/// The page as `HEAD` has it.
struct Page {
    path: String,
    blob: Option<ObjectId>,
    text: Option<String>,
}

/// Renews the page, or says whether it needs to be.
///
/// # Errors
/// A page that cannot be read, and whatever keeps git from committing it.
pub fn run(session: &Session, args: &TocArgs) -> Result<ExitStatus, CliError> {
    let project = session.project()?;
    let ui = &session.ui;
    let page = page(&project)?;
    let rows = rows(&project)?;
    let number = count(rows.len(), "post-mortem", "post-mortems");
    let path = clean(&page.path).into_owned();
    if rows.is_empty() && page.text.is_none() {
        ui.status("no post-mortem is committed here yet");
        return Ok(ExitStatus::Done);
    }
    let renewed = renewed(&project, &page, &rows)?;
    if page.text.as_ref() == Some(&renewed) {
        ui.status(&format!("{path} is up to date, {number}"));
        return Ok(ExitStatus::Done);
    }
    if args.check {
        ui.out(&format!("{path} is out of date\n"));
        ui.hint("git postmortem toc");
        return Ok(ExitStatus::No);
    }
    let done = match commit(&project, args, &page, renewed)? {
        Committed::Commit(id) => format!("commit {}", id.short()),
        Committed::Staged => "staged".to_owned(),
        Committed::Written => "written, not committed".to_owned(),
        Committed::Already(_) => "up to date".to_owned(),
    };
    ui.lines(&[("contents", format!("{path}   {done}, {number}"))]);
    Ok(ExitStatus::Done)
}

/// The page that has the markers, else the folder's page for readers, else one that is to be made.
fn page(project: &Project) -> Result<Page, CliError> {
    let folder = project.config.output_folder();
    let inside = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let mut candidates = Vec::new();
    if let Some(commit) = &project.commit {
        for entry in project.repo.list_dir(commit, &folder)? {
            if let Some(order) = PAGES.iter().position(|page| *page == entry.name.to_lowercase())
                && entry.kind == EntryKind::File
            {
                candidates.push((order, entry));
            }
        }
    }
    candidates.sort_by_key(|(order, _)| *order);
    let mut pages = Vec::new();
    for (_, entry) in candidates {
        let bytes = project.repo.read(&entry.id)?;
        let path = inside(&entry.name);
        let text =
            String::from_utf8(bytes).map_err(|_| CliError::new(format!("{path} is not UTF-8 text")))?;
        pages.push(Page { path, blob: Some(entry.id), text: Some(text) });
    }
    let marked = pages.iter().position(|page| page.text.as_deref().is_some_and(contents::has_markers));
    let chosen = if pages.is_empty() { None } else { Some(pages.swap_remove(marked.unwrap_or(0))) };
    Ok(chosen.unwrap_or_else(|| Page { path: inside("README.md"), blob: None, text: None }))
}

fn rows(project: &Project) -> Result<Vec<ContentsRow>, CliError> {
    let scale = project.config.severity_scale();
    let archive = project.published()?;
    let rows = archive.entries.iter().map(|entry| ContentsRow {
        title: entry.title().to_owned(),
        date: entry.postmortem.date,
        severity: entry.postmortem.severity.as_ref().map(|severity| scale.label(severity).to_owned()),
        kind: entry.postmortem.kind,
        path: entry.path.clone(),
    });
    Ok(rows.collect())
}

fn renewed(project: &Project, page: &Page, rows: &[ContentsRow]) -> Result<String, CliError> {
    let folder = project.config.output_folder();
    contents::renew(page.text.as_deref(), &folder, rows).map_err(|_| {
        CliError::new(format!("{} has one marker of the contents without the other", page.path))
            .hint("remove the marker that is left, and the list is added at the end of the page")
    })
}

fn commit(project: &Project, args: &TocArgs, page: &Page, text: String) -> Result<Committed, CliError> {
    let depth = match (args.stage, args.no_commit) {
        (true, _) => Depth::Stage,
        (_, true) => Depth::WorkTree,
        _ => Depth::Commit,
    };
    let parts = MessageParts { verb: "update", id: "contents", ..MessageParts::default() };
    let message = project.config.commit_subject(&parts);
    let lock = project.repo.lock_work(PATIENCE)?;
    let change = PathChange::new(page.path.as_str(), Some(text.into_bytes()), page.blob);
    let commit = PathCommit { changes: vec![change], message: &message, depth };
    publish::commit_paths(&project.repo, &lock, &commit).map_err(or_uncommitted)
}

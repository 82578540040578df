//! The history of a window, in one pass of `git log` and one of the refs.

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::candidates::{Branch, History, Tag, Told};
use crate::config::{Config, fits_name};
use crate::error::CliError;
use crate::git::{CommitId, Pass};
use crate::session::{Project, Session};

/// Before the window begins, so many seconds are read for what its first releases brought: thirty days.
const BEFORE: i64 = 30 * 86_400;

/// The time that is looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    /// The first instant, in seconds of Unix time.
    pub(super) since: i64,
    /// The last one.
    pub(super) until: i64,
    pub(super) since_day: NaiveDate,
    pub(super) until_day: NaiveDate,
}

/// Patterns of every tag that is a release of something.
pub(super) fn release_patterns(config: &Config) -> Vec<&str> {
    let services = config.services.values().flat_map(|service| &service.tags);
    config.deploy.tags.iter().chain(services).map(String::as_str).collect()
}

/// Reads it, and how many commits the window has.
///
/// # Errors
/// Git's.
pub(super) fn history(
    session: &Session,
    project: &Project,
    window: Window,
) -> Result<(History, usize), CliError> {
    let (repo, config) = (&project.repo, &project.config);
    let drafts = config.drafts.branch.as_str();
    let is_draft = |name: &str| {
        let remote = name.strip_prefix("refs/remotes/").and_then(|name| name.split_once('/'));
        name.strip_prefix("refs/heads/").or(remote.map(|(_, name)| name)) == Some(drafts)
    };
    let mut spots = repo.spots()?;
    spots.retain(|spot| !is_draft(&spot.name));
    let tips: HashSet<CommitId> = spots.iter().map(|spot| spot.commit).chain(project.commit).collect();
    let tips: Vec<CommitId> = tips.into_iter().collect();
    let mut history = History::default();
    let mut seen = 0;
    let progress = session.ui.progress("reading the history", "commits");
    let is_document = |path: &str| config.reads(path);
    let (since, until) = (Some((window.since - BEFORE).max(0)), Some(window.until));
    repo.pass(&Pass { tips: &tips, since, until, files: true, ..Pass::default() }, |passed| {
        seen += usize::from(passed.committed >= window.since);
        let id = passed.id.to_string();
        let parents = passed.parents.iter().map(ToString::to_string).collect();
        let author = (passed.author.as_str(), passed.authored);
        let (committed, message, files) =
            (passed.committed, passed.message.as_str(), passed.files.as_slice());
        history.add(Told { id: &id, author, committed, message, files }, parents, &is_document);
        progress.tell(seen);
    })?;
    let default = repo.default_branch()?;
    for spot in spots {
        let commit = spot.commit.to_string();
        let node = history.node(&commit);
        if let Some(name) = spot.name.strip_prefix("refs/tags/") {
            let lines = lines_of(config, name);
            history.tags.push(Tag { name: name.to_owned(), node, commit, created: spot.created, lines });
            continue;
        }
        let name = spot.name.strip_prefix("refs/heads/").or_else(|| {
            spot.name.strip_prefix("refs/remotes/").and_then(|name| Some(name.split_once('/')?.1))
        });
        let Some(name) = name else { continue };
        let is_default = default.as_deref() == Some(name);
        let is_release = config.candidates.release_branches.iter().any(|pattern| fits_name(pattern, name));
        history.branches.push(Branch { name: name.to_owned(), node, is_default, is_release });
    }
    history.close();
    Ok((history, seen))
}

/// The lines of releases that a tag belongs to: of services by their patterns, else of the whole.
fn lines_of(config: &Config, tag: &str) -> Vec<String> {
    let fits = |patterns: &[String]| patterns.iter().any(|pattern| fits_name(pattern, tag));
    let own = config.services.iter().filter(|(_, service)| fits(&service.tags));
    let mut lines: Vec<String> = own.map(|(name, _)| name.clone()).collect();
    if lines.is_empty() && fits(&config.deploy.tags) {
        lines.push(String::new());
    }
    lines
}

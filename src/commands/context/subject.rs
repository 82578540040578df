//! What is asked about: a post-mortem with its links, a revision, a range, or a path.

use super::ContextArgs;
use crate::archive::{Archive, Entry};
use crate::commands::link::{Patterns, side};
use crate::commands::linked::{from_top, is_path};
use crate::commands::subject;
use crate::error::CliError;
use crate::git::{CommitId, Repo};
use crate::model::Role;
use crate::session::Project;

/// Roles of links whose changes belong to the incident.
const INVOLVED: [Role; 5] = [Role::Deploy, Role::Introduced, Role::Suspect, Role::Fix, Role::Revert];

/// Commits that changed something, from one point to another.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Change {
    /// What it is: `deploy v1.4.0`.
    pub(in crate::commands) name: String,
    /// The commit before it; none for the first of a history.
    pub(in crate::commands) from: Option<CommitId>,
    pub(in crate::commands) to: CommitId,
    /// What it is counted from, where that is a release: `v1.3.0`.
    pub(in crate::commands) since: Option<String>,
}

/// What is asked.
#[derive(Debug)]
pub(in crate::commands) struct Question<'e> {
    pub(in crate::commands) entry: Option<&'e Entry>,
    /// The commit at which everything is looked at, and why that one.
    pub(in crate::commands) at: CommitId,
    pub(in crate::commands) why: String,
    pub(in crate::commands) changes: Vec<Change>,
    /// A file or folder, where one was named.
    pub(in crate::commands) path: Option<String>,
    pub(in crate::commands) notes: Vec<String>,
}

impl<'e> Question<'e> {
    /// Reads what was typed; nothing typed is the draft last touched.
    ///
    /// # Errors
    /// Where it names nothing.
    pub(in crate::commands) fn new(
        project: &Project,
        archive: &'e Archive,
        args: &ContextArgs,
    ) -> Result<Self, CliError> {
        let Some(typed) = args.subject.as_deref() else {
            return Self::of_entry(project, subject::choose(project, &archive.entries, None)?);
        };
        let found = subject::named(project, &archive.entries, typed);
        if let Ok(entry) = found.as_ref()
            && (entry.id.as_str().eq_ignore_ascii_case(typed) || entry.id.short().eq_ignore_ascii_case(typed))
        {
            return Self::of_entry(project, entry);
        }
        if typed.is_empty() {
            return Err(CliError::new("nothing was named")
                .hint("a post-mortem, a revision, a range or a path; without any, the draft last touched"));
        }
        let patterns = Patterns::new(&project.config, None);
        let named = if is_path(typed) { None } else { change(&project.repo, &patterns, project, typed)? };
        if let Some(change) = named {
            let (at, why) = (change.to, change.name.clone());
            let changes = vec![change];
            return Ok(Self { entry: None, at, why, changes, path: None, notes: Vec::new() });
        }
        if let Some(question) = Self::of_path(project, typed)? {
            return Ok(question);
        }
        let entry =
            found.map_err(|error| error.because(format!("nor is '{typed}' a revision or a path of HEAD")))?;
        Self::of_entry(project, entry)
    }

    fn of_path(project: &Project, typed: &str) -> Result<Option<Self>, CliError> {
        let Some(at) = project.commit else { return Ok(None) };
        let path = from_top(project, typed);
        let is_file = project.repo.file(&at, &path)?.is_some();
        if !is_file && (path.is_empty() || project.repo.files(&at, &path)?.is_empty()) {
            return Ok(None);
        }
        let why = "HEAD".to_owned();
        Ok(Some(Self { entry: None, at, why, changes: Vec::new(), path: Some(path), notes: Vec::new() }))
    }

    /// Of a post-mortem, by its links.
    ///
    /// # Errors
    /// Git's, and a repository without a commit.
    pub(in crate::commands) fn of_entry(project: &Project, entry: &'e Entry) -> Result<Self, CliError> {
        let repo = &project.repo;
        let patterns = Patterns::new(&project.config, entry.postmortem.service.as_deref());
        let (mut changes, mut notes, mut deployed) = (Vec::new(), Vec::new(), None);
        for link in entry.postmortem.links.iter().filter(|link| INVOLVED.contains(&link.role)) {
            let name = format!("{} {}", link.role.word(), link.revision);
            let recorded = link.commit.parse::<CommitId>().ok().filter(|id| repo.commit(id).is_ok());
            let found = match (link.range(), recorded) {
                (None, Some(to)) => Some(single(project, &patterns, &link.revision, to)?),
                _ => change(repo, &patterns, project, &link.revision)?,
            };
            let Some(found) = found else {
                notes.push(format!("{name} is not in this repository"));
                continue;
            };
            if deployed.is_none() && link.role == Role::Deploy {
                deployed = Some((found.to, name.clone()));
            }
            changes.push(Change { name, ..found });
        }
        let first = changes.first().map(|change| (change.to, change.name.clone()));
        let head = project.commit.map(|head| (head, "HEAD".to_owned()));
        let Some((at, why)) = deployed.or(first).or(head) else {
            return Err(CliError::new("the repository has no commit yet to look at"));
        };
        if changes.is_empty() {
            notes.push(format!(
                "{} links no revision of this repository: git postmortem link {} --deploy TAG",
                entry.id,
                entry.id.short()
            ));
        }
        Ok(Self { entry: Some(entry), at, why, changes, path: None, notes })
    }
}

/// The change that a revision or a range is; none where it names no commit.
fn change(
    repo: &Repo,
    patterns: &Patterns,
    project: &Project,
    typed: &str,
) -> Result<Option<Change>, CliError> {
    let named = |typed: &str| side::resolve(repo, patterns, typed).ok().map(|side| side.commit);
    let Some((from, to)) = typed.split_once("..") else {
        let Ok(side) = side::resolve(repo, patterns, typed) else { return Ok(None) };
        return single(project, patterns, &side.recorded, side.commit).map(Some);
    };
    let (Some(from), Some(to)) = (named(from), named(to.trim_start_matches('.'))) else { return Ok(None) };
    Ok(Some(Change { name: typed.to_owned(), from: Some(from), to, since: None }))
}

/// A commit, or all that a release brought since the one before.
fn single(project: &Project, patterns: &Patterns, name: &str, to: CommitId) -> Result<Change, CliError> {
    let repo = &project.repo;
    let all: Vec<&str> = patterns.own.iter().chain(&patterns.all).map(String::as_str).collect();
    let is_release = all.iter().any(|pattern| crate::config::fits_name(pattern, name))
        && repo.tags()?.iter().any(|tag| tag.name == name);
    let own = if patterns.own.is_empty() { all } else { patterns.own.iter().map(String::as_str).collect() };
    let since = if is_release { repo.tag_before(&to, &own)? } else { None };
    let from = match &since {
        Some(tag) => Some(repo.resolve(&format!("refs/tags/{tag}"))?),
        None => repo.commit(&to)?.parents.first().copied(),
    };
    Ok(Change { name: name.to_owned(), from, to, since })
}

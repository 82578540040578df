//! What git saw around an incident: releases, merges to the default branch, reverts, and what the document links.

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use super::Offered;
use super::window::Window;
use crate::commands::deployed;
use crate::config::fits_name;
use crate::deploy;
use crate::document::Document;
use crate::error::CliError;
use crate::events::{self, Event, landing};
use crate::git::{Commit, CommitId};
use crate::model::Role;
use crate::render::count;
use crate::session::Project;

/// Adds it to what is offered. No names of people: a commit is told by its subject.
pub(super) fn look(
    project: &Project,
    document: &Document<'_>,
    window: Window,
    offered: &mut Offered,
) -> Result<(), CliError> {
    let before = offered.events.len();
    let linked = linked(project, document, window, offered);
    tags(project, window, offered)?;
    deploys(project, window, offered)?;
    landings(project, window, &linked, offered)?;
    if project.repo.is_shallow() {
        offered.incomplete.push("the clone is shallow: older history was not seen".to_owned());
    }
    if offered.events.len() == before {
        offered.notes.push(format!("git saw nothing in {}", window.told()));
    } else {
        offered.notes.push(format!("git was asked about {}", window.told()));
    }
    offered.window = Some(window);
    Ok(())
}

fn within(window: Window, seconds: i64) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(seconds, 0).filter(|at| window.since <= *at && *at <= window.until)
}

/// The releases that were tagged: of the repository and of its services.
fn tags(project: &Project, window: Window, offered: &mut Offered) -> Result<(), CliError> {
    let services = || project.config.services.values().flat_map(|service| &service.tags);
    let is_release = |name: &str| {
        project.config.deploy.tags.iter().chain(services()).any(|pattern| fits_name(pattern, name))
    };
    for tag in project.repo.tags()? {
        let Some(at) = within(window, tag.created).filter(|_| is_release(&tag.name)) else { continue };
        // A lightweight tag has no date of its own: it is told by that of its commit.
        let date = if tag.annotated { "" } else { ", date of its commit" };
        let source = format!("git tag {}{date}", tag.name);
        offered.events.push(Event::offered(at, &format!("Released {}", tag.name), &source));
    }
    Ok(())
}

/// The deploys that the pipeline keeps a record of, in the file that the configuration names.
fn deploys(project: &Project, window: Window, offered: &mut Offered) -> Result<(), CliError> {
    let Some(bytes) = deployed::file(project)? else { return Ok(()) };
    let path = &project.config.deploy.log;
    let read = deploy::read(&bytes);
    offered.notes.extend(deployed::faults(path, &read.faults));
    let environments = &project.config.deploy.environments;
    for deploy in read.deploys {
        let environment = deploy.environment.as_deref().unwrap_or_default();
        let counts =
            environment.is_empty() || environments.iter().any(|e| e.eq_ignore_ascii_case(environment));
        let Some(at) = within(window, deploy.at).filter(|_| counts) else { continue };
        let service = deploy.service.as_deref().unwrap_or_default();
        let said = events::deployed(service, &deploy.revision, environment);
        offered.events.push(Event::offered(at, &said, path));
    }
    Ok(())
}

/// The commits that the document links, as far as they are of the window.
fn linked(
    project: &Project,
    document: &Document<'_>,
    window: Window,
    offered: &mut Offered,
) -> HashSet<CommitId> {
    let (mut linked, mut absent, mut outside) = (HashSet::new(), 0, 0);
    for link in document.links() {
        let link = &link.value;
        let what = match link.role {
            Role::Fix => "Fix committed",
            Role::Revert => "Revert committed",
            Role::Introduced => "Committed what introduced the defect",
            Role::Deploy | Role::Suspect | Role::RuledOut | Role::Url => continue,
        };
        // Written by hand, an id may be abbreviated.
        let id = link.commit.parse::<CommitId>().or_else(|_| project.repo.resolve(&link.commit));
        let Some(commit) = id.ok().and_then(|id| project.repo.commit(&id).ok()) else {
            absent += 1;
            continue;
        };
        let Some(at) = within(window, commit.committed) else {
            outside += 1;
            continue;
        };
        linked.insert(commit.id);
        offered.events.push(Event::offered(at, &format!("{what}: {}", commit.subject), &source(&commit)));
    }
    for (number, what) in [(absent, "not in this clone"), (outside, "outside of the window")] {
        if number > 0 {
            let commits = count(number, "linked commit is", "linked commits are");
            offered.notes.push(format!("{commits} {what}"));
        }
    }
    linked
}

fn source(commit: &Commit) -> String {
    format!("git {}", commit.id.short())
}

/// What came to the default branch: here, and as last fetched.
fn landings(
    project: &Project,
    window: Window,
    linked: &HashSet<CommitId>,
    offered: &mut Offered,
) -> Result<(), CliError> {
    let repo = &project.repo;
    let mut tips: Vec<CommitId> = Vec::new();
    if let Some(branch) = repo.default_branch()? {
        let mut names = vec![format!("refs/heads/{branch}")];
        names
            .extend(repo.remotes_by_weight()?.iter().map(|remote| format!("refs/remotes/{remote}/{branch}")));
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        tips.extend(repo.refs(&names)?.into_iter().filter_map(|found| found.commit));
    }
    if tips.is_empty() {
        tips.extend(project.commit);
    }
    for found in repo.landings(&tips, window.since.timestamp(), window.until.timestamp())? {
        if linked.contains(&found.commit) {
            continue;
        }
        let told = landing(&found.message, found.parents);
        if let Some((text, at)) = told.zip(within(window, found.committed)) {
            offered.events.push(Event::offered(at, &text, &format!("git {}", found.commit.short())));
        }
    }
    Ok(())
}

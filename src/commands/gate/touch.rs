//! What a release changes against the one before, and where promises lead to in it.

use super::previous;
use super::promises::Promise;
use crate::config::ServiceConfig;
use crate::error::CliError;
use crate::gate::{Release, Trace, is_touched, own_changes};
use crate::git::{CommitId, Repo, Tag};
use crate::model::{Link, Role};
use crate::promise::named_files;
use crate::session::Project;

/// The promises among some that a release touches.
///
/// # Errors
/// Git's.
pub(super) fn touched(
    project: &Project,
    commit: &CommitId,
    (tag, before): (Option<&str>, Option<&Tag>),
    asked: &[(usize, &Promise<'_>)],
) -> Result<Vec<usize>, CliError> {
    let Some(before) = before else { return Ok(asked.iter().map(|(at, _)| *at).collect()) };
    let repo = &project.repo;
    let services = tag.map(|tag| previous::services(&project.config, tag)).unwrap_or_default();
    let changed = repo.changed_paths(&before.commit, commit)?;
    let changed = own_changes(changed, &project.config.services, &services);
    let paths: Vec<String> = repo.files(commit, "")?.into_iter().map(|file| file.path).collect();
    let release = Release { changed: Some(&changed), paths: &paths, services: &services };
    let mut touched = Vec::new();
    for (at, promise) in asked {
        if is_touched(&trace(project, promise)?, &release) {
            touched.push(*at);
        }
    }
    Ok(touched)
}

fn trace(project: &Project, promise: &Promise<'_>) -> Result<Trace, CliError> {
    let postmortem = &promise.entry.postmortem;
    let mut trace = Trace {
        named: named_files(&promise.action.text).map(str::to_owned).collect(),
        services: services(project, postmortem.service.as_deref()),
        ..Trace::default()
    };
    let counts = |link: &&Link| link.role != Role::RuledOut && link.role.is_revision();
    let links = postmortem.links.iter().filter(counts).filter(|link| is_here(project, link));
    for link in links {
        match files(&project.repo, link)? {
            Some(files) => trace.linked.extend(files),
            None => trace.has_unknown_links = true,
        }
    }
    Ok(trace)
}

/// The services that a document names and the configuration knows.
fn services(project: &Project, named: Option<&str>) -> Vec<(String, ServiceConfig)> {
    let named: Vec<&str> = named.unwrap_or_default().split(',').map(str::trim).collect();
    let known = project.config.services.iter();
    let own = known.filter(|(name, _)| named.iter().any(|named| named.eq_ignore_ascii_case(name)));
    own.map(|(name, service)| (name.clone(), service.clone())).collect()
}

/// Whether a link leads into this repository: `payments:v1.4.0` leads into another one.
fn is_here(project: &Project, link: &Link) -> bool {
    let other = link.revision.split_once(':').map(|(repo, _)| repo);
    other.is_none_or(|repo| !project.config.repos.contains_key(repo))
}

/// The files that a linked revision changed; none where it is not at hand.
fn files(repo: &Repo, link: &Link) -> Result<Option<Vec<String>>, CliError> {
    if let Some((from, to)) = link.revision.split_once("..") {
        let ends = (repo.resolve(from), repo.resolve(to.trim_start_matches('.')));
        let (Ok(from), Ok(to)) = ends else { return Ok(None) };
        return Ok(Some(repo.changed_paths(&from, &to)?));
    }
    let recorded = link.commit.parse::<CommitId>().ok().filter(|commit| repo.commit(commit).is_ok());
    let Some(commit) = recorded.or_else(|| repo.resolve(&link.revision).ok()) else { return Ok(None) };
    match repo.commit(&commit)?.parents.first() {
        Some(parent) => Ok(Some(repo.changed_paths(parent, &commit)?)),
        None => Ok(Some(repo.files(&commit, "")?.into_iter().map(|file| file.path).collect())),
    }
}

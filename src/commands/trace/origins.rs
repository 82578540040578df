//! The commits behind a fix's lines, with what speaks for each.

use std::collections::{HashMap, HashSet};

use super::fixes::{Fix, Question};
use super::layout::{Follower, Found, Place};
use super::lines::{Changed, changed};
use crate::error::CliError;
use crate::git::{CommitId, Repo};
use crate::model::Role;
use crate::session::Project;
use crate::trace::{Evidence, Origin, rank, read_message};

/// What was found, and what could not be.
#[derive(Debug, Default)]
pub(super) struct Traced {
    /// The likeliest first.
    pub(super) origins: Vec<Origin>,
    /// What the answer lacks, for people.
    pub(super) notes: Vec<String>,
    /// The history ended before an origin was reached.
    pub(super) is_cut: bool,
}

/// Lines that were counted for an origin: its file and the line there.
type Counted = HashSet<(CommitId, String, usize)>;

/// Follows every fix back.
///
/// # Errors
/// Git's.
pub(super) fn trace(project: &Project, question: &Question<'_>) -> Result<Traced, CliError> {
    let repo = &project.repo;
    let (edges, blame) = (repo.edges(), repo.blame()?);
    let mut follower = Follower::new(repo, &blame);
    let mut traced = Traced::default();
    let mut origins: HashMap<CommitId, Origin> = HashMap::new();
    let mut counted = Counted::new();
    for fix in &question.fixes {
        let named = by_message(repo, fix, &mut origins, &mut traced.notes);
        let Changed { parent, files, notes } = changed(project, &fix.commit, &edges)?;
        traced.notes.extend(notes);
        traced.is_cut |= edges.contains(&fix.commit.id);
        let Some(parent) = parent else { continue };
        for file in files {
            let mut lines = file.lines;
            // What stands around the lines that a revert brings back has nothing to do with what it takes back.
            lines.retain(|wanted| !(named && wanted.evidence == Evidence::Beside));
            let place = Place { commit: parent, path: file.path, length: file.length, lines };
            for found in follower.follow(place)? {
                count(&mut origins, &mut counted, &found, &edges);
            }
        }
    }
    let fixed = question.fixes.iter().map(|fix| fix.commit.committed).max();
    let fixes: HashSet<CommitId> = question.fixes.iter().map(|fix| fix.commit.id).collect();
    let deploys = deploys(project, question)?;
    for (id, mut origin) in origins {
        // One fix may build on another one.
        if fixes.contains(&id) && !origin.is_reverted {
            continue;
        }
        let commit = repo.commit(&id)?;
        origin.committed = commit.committed;
        origin.days = fixed.map(|fixed| (fixed - commit.committed).max(0) / 86_400);
        origin.is_late = question.until.is_some_and(|until| commit.committed > until);
        let link = question.links.iter().filter(|link| link.commit == origin.commit);
        let judged = [Role::RuledOut, Role::Introduced, Role::Suspect];
        origin.linked = link
            .map(|link| link.role)
            .filter(|role| judged.contains(role))
            .min_by_key(|role| judged.iter().position(|known| known == role));
        origin.in_deploy =
            deploys.iter().find(|(_, brought)| brought.contains(&id)).map(|(name, _)| name.clone());
        traced.is_cut |= origin.is_edge;
        traced.origins.push(origin);
    }
    rank(&mut traced.origins);
    Ok(traced)
}

/// The origins that a fix's message names; whether it takes one back.
fn by_message(
    repo: &Repo,
    fix: &Fix,
    origins: &mut HashMap<CommitId, Origin>,
    notes: &mut Vec<String>,
) -> bool {
    let said = read_message(&fix.commit.message);
    let reverted = said.reverts.iter().map(|(commit, _)| (commit, true));
    let mut has_reverted = false;
    for (name, is_revert) in reverted.chain(said.mends.iter().map(|commit| (commit, false))) {
        let Ok(id) = repo.resolve(name) else {
            let short = fix.commit.id.short();
            notes.push(format!("{short} names {name}, which is not in this repository"));
            continue;
        };
        let origin = entry(origins, id);
        origin.is_reverted |= is_revert;
        origin.is_named |= !is_revert;
        has_reverted |= is_revert;
    }
    has_reverted
}

fn entry(origins: &mut HashMap<CommitId, Origin>, id: CommitId) -> &mut Origin {
    origins.entry(id).or_insert_with(|| Origin { commit: id.to_string(), ..Origin::default() })
}

fn count(origins: &mut HashMap<CommitId, Origin>, counted: &mut Counted, found: &Found, edges: &[CommitId]) {
    let line = &found.line;
    if !counted.insert((line.commit, line.path.clone(), line.origin)) {
        return;
    }
    let origin = entry(origins, line.commit);
    match found.evidence {
        Evidence::Changed | Evidence::Indented | Evidence::Import => origin.changed += 1,
        Evidence::Moved => origin.moved += 1,
        Evidence::Beside => origin.beside += 1,
    }
    origin.is_edge |= line.is_boundary && edges.contains(&line.commit);
    if !origin.files.contains(&line.path) {
        origin.files.push(line.path.clone());
    }
}

/// What each linked deploy brought: of a range its commits, of a release those since the one before.
fn deploys(project: &Project, question: &Question<'_>) -> Result<Vec<(String, HashSet<CommitId>)>, CliError> {
    let repo = &project.repo;
    let mut deploys = Vec::new();
    for link in question.links.iter().filter(|link| link.role == Role::Deploy) {
        let Some(end) = link.commit.parse::<CommitId>().ok().filter(|id| repo.commit(id).is_ok()) else {
            continue;
        };
        let from = match link.revision.split_once("..") {
            Some((from, _)) => repo.resolve(from).ok(),
            None => {
                let patterns: Vec<&str> = project.config.deploy.tags.iter().map(String::as_str).collect();
                let before = repo.tag_before(&end, &patterns)?;
                before.and_then(|tag| repo.resolve(&format!("refs/tags/{tag}")).ok())
            }
        };
        // Without a release before, it brought everything: that says nothing.
        if let Some(from) = from {
            deploys.push((link.revision.clone(), repo.commits_between(&from, &end)?.into_iter().collect()));
        }
    }
    Ok(deploys)
}

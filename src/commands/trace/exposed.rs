//! Which releases and branches have a defect, by git's own answers to which ref contains which commit.

use std::collections::{HashMap, HashSet};

use super::family::Family;
use crate::archive::turns;
use crate::config::fits_name;
use crate::error::CliError;
use crate::git::{Branches, CommitId, Error, Pass, Repo, Spot, TagsWith};
use crate::promise::version_order;
use crate::session::Project;
use crate::trace::{Turn, Verdict, judge};

/// A copy is made after the commit that it copies was written; clocks go wrong by less than this, in seconds.
const SLACK: i64 = 86_400;
/// Commits of a side branch that are compared with a fix change by change.
const COMPARED: usize = 500;

/// A release or branch, and what it is to the defect.
#[derive(Debug, Clone)]
pub(super) struct Judged {
    pub(super) spot: Spot,
    /// Its name without `refs/…`.
    pub(super) name: String,
    pub(super) is_tag: bool,
    pub(super) has_cause: bool,
    pub(super) has_fix: bool,
    pub(super) verdict: Verdict,
}

/// Who has what.
#[derive(Debug, Default)]
pub(super) struct Exposure {
    /// Releases and branches, the newest first.
    pub(super) spots: Vec<Judged>,
    /// More was reverted than was looked into.
    pub(super) has_more: bool,
    /// The refs that have each commit of the family.
    names: HashMap<CommitId, HashSet<String>>,
    /// The tags that have each of the others.
    releases: HashMap<CommitId, HashSet<String>>,
    family: Family,
}

/// Asks of every release tag and branch whether it has the causes and the fixes; the releases of
/// `others` are asked of, too, for [`Exposure::first_with`]. git may be at work on the tags of the first
/// cause already (`early`).
///
/// # Errors
/// Git's.
pub(super) fn expose(
    project: &Project,
    causes: &[CommitId],
    fixes: &[CommitId],
    others: &[CommitId],
    early: Option<TagsWith>,
) -> Result<Exposure, CliError> {
    let repo = &project.repo;
    let seeds = unasked(causes.iter().chain(fixes), &HashMap::new());
    let others = others.iter().filter(|id| !seeds.contains(id));
    let commits: Vec<CommitId> = seeds.iter().chain(others).copied().collect();
    let asking = repo.ask_tags_with(&commits, early);
    let spots = repo.spots()?;
    let tips: HashSet<CommitId> = spots.iter().map(|spot| spot.commit).collect();
    let tips: Vec<CommitId> = tips.into_iter().collect();
    let spots = ours(project, spots);
    let branches = repo.branches(spots.iter().map(|(spot, ..)| spot))?;
    let asking = asking.and_branches(&branches, seeds.len());
    let turned = turns(repo, &tips)?;
    let alone = |all: &[CommitId]| all.iter().map(|id| vec![*id]).collect::<Vec<_>>();
    let (mut causes, mut fixes) = (alone(causes), alone(fixes));
    let mut family = Family::find(repo, &turned, &causes, &fixes)?;
    let mut found = commits.iter().copied().zip(asking.finish()?);
    let mut names: HashMap<CommitId, HashSet<String>> = found.by_ref().take(seeds.len()).collect();
    let releases = found.collect();
    ask(repo, &branches, &family.nodes, &mut names)?;
    // A copy that does not say what it is of is looked for where the original is not.
    let mut has_twins = false;
    for change in causes.iter_mut().chain(&mut fixes) {
        let twins = twins(repo, change, &spots, &names, &family)?;
        has_twins |= !twins.is_empty();
        change.extend(twins);
    }
    if has_twins {
        family = Family::find(repo, &turned, &causes, &fixes)?;
        ask(repo, &branches, &family.nodes, &mut names)?;
    }
    let mut exposure = Exposure { spots: Vec::new(), has_more: family.has_more, names, releases, family };
    exposure.spots =
        spots.into_iter().map(|(spot, name, is_tag)| exposure.judge(spot, name, is_tag)).collect();
    exposure.spots.sort_by(|a, b| {
        let dates = b.spot.created.cmp(&a.spot.created);
        a.is_tag.cmp(&b.is_tag).then(dates).then_with(|| version_order(&b.name, &a.name))
    });
    Ok(exposure)
}

/// Asks which refs have commits that were not asked about yet.
fn ask(
    repo: &Repo,
    branches: &Branches,
    nodes: &[CommitId],
    names: &mut HashMap<CommitId, HashSet<String>>,
) -> Result<(), CliError> {
    let missing = unasked(nodes.iter(), names);
    let found = repo.ask_tags_with(&missing, None).and_branches(branches, missing.len()).finish()?;
    names.extend(missing.into_iter().zip(found));
    Ok(())
}

fn unasked<'c>(
    commits: impl Iterator<Item = &'c CommitId>,
    names: &HashMap<CommitId, HashSet<String>>,
) -> Vec<CommitId> {
    let mut missing: Vec<CommitId> = Vec::new();
    for id in commits {
        if !names.contains_key(id) && !missing.contains(id) {
            missing.push(*id);
        }
    }
    missing
}

/// The tags that are releases, and the branches that are not those of drafts; a branch of a remote only where the branch here
/// is elsewhere.
fn ours(project: &Project, spots: Vec<Spot>) -> Vec<(Spot, String, bool)> {
    let config = &project.config;
    let services = config.services.values().flat_map(|service| &service.tags);
    let patterns: Vec<&String> = config.deploy.tags.iter().chain(services).collect();
    let local: HashMap<String, CommitId> = spots
        .iter()
        .filter_map(|spot| Some((spot.name.strip_prefix("refs/heads/")?.to_owned(), spot.commit)))
        .collect();
    let drafts = config.drafts.branch.as_str();
    let ours = |spot: Spot| {
        if let Some(name) = spot.name.strip_prefix("refs/tags/") {
            let is_release = patterns.iter().any(|pattern| fits_name(pattern, name));
            let name = name.to_owned();
            return is_release.then_some((spot, name, true));
        }
        let (name, branch) = match spot.name.strip_prefix("refs/heads/") {
            Some(name) => (name, name),
            None => {
                let name = spot.name.strip_prefix("refs/remotes/")?;
                let branch = name.split_once('/').map_or(name, |(_, branch)| branch);
                if local.get(branch) == Some(&spot.commit) {
                    return None;
                }
                (name, branch)
            }
        };
        let name = name.to_owned();
        (branch != drafts).then_some((spot, name, false))
    };
    spots.into_iter().filter_map(ours).collect()
}

impl Exposure {
    fn judge(&self, spot: Spot, name: String, is_tag: bool) -> Judged {
        let has = |turn: Turn| self.has(&self.family.nodes[turn], &spot.name);
        let any = |changes: &[Vec<Turn>]| changes.iter().flatten().any(|turn| has(*turn));
        let verdict = judge(&self.family.turns, &self.family.causes, &self.family.fixes, &has);
        let (has_cause, has_fix) = (any(&self.family.causes), any(&self.family.fixes));
        Judged { name, is_tag, has_cause, has_fix, verdict, spot }
    }

    fn has(&self, commit: &CommitId, name: &str) -> bool {
        self.names.get(commit).is_some_and(|names| names.contains(name))
    }

    /// Whether a commit may be an ancestor of another: whatever has that has it, too.
    pub(super) fn may_be_older(&self, commit: &CommitId, than: &CommitId) -> bool {
        let names = |commit| self.names.get(commit);
        names(commit).zip(names(than)).is_none_or(|(own, others)| others.is_subset(own))
    }

    /// The release that first had a commit: the earliest by its date.
    pub(super) fn first_with(&self, commit: &CommitId) -> Option<&Judged> {
        let names = self.names.get(commit).or_else(|| self.releases.get(commit));
        self.first(|judged| names.is_some_and(|names| names.contains(&judged.spot.name)))
    }

    /// The earliest release that fits.
    pub(super) fn first(&self, fits: impl Fn(&Judged) -> bool) -> Option<&Judged> {
        let releases = self.spots.iter().filter(|judged| judged.is_tag && fits(judged));
        releases
            .min_by(|a, b| a.spot.created.cmp(&b.spot.created).then_with(|| version_order(&a.name, &b.name)))
    }
}

/// Copies of a change that do not say so, on refs that lack it: with the same author, date and subject, or the same patch.
fn twins(
    repo: &Repo,
    change: &[CommitId],
    spots: &[(Spot, String, bool)],
    names: &HashMap<CommitId, HashSet<String>>,
    family: &Family,
) -> Result<Vec<CommitId>, CliError> {
    let Some(original) = change.first() else { return Ok(Vec::new()) };
    let original = repo.commit(original)?;
    let own = family
        .causes
        .iter()
        .chain(&family.fixes)
        .find(|own| own.iter().any(|turn| family.nodes[*turn] == original.id));
    let known: Vec<CommitId> = own.into_iter().flatten().map(|turn| family.nodes[*turn]).collect();
    let since = original.authored - SLACK;
    let lacks =
        |spot: &Spot| !known.iter().any(|id| names.get(id).is_some_and(|all| all.contains(&spot.name)));
    let tips = spots.iter().map(|(spot, ..)| spot).filter(|spot| spot.created >= since && lacks(spot));
    let tips: HashSet<CommitId> = tips.map(|spot| spot.commit).collect();
    if tips.is_empty() || original.parents.len() > 1 {
        return Ok(Vec::new());
    }
    let tips: Vec<CommitId> = tips.into_iter().collect();
    let parent = original.parents.first();
    let mut files: Option<Result<HashSet<String>, Error>> = None;
    let mut changed = || {
        let deltas = repo.deltas(parent, &original.id);
        deltas.map(|deltas| deltas.into_iter().map(|delta| delta.path).collect::<HashSet<String>>())
    };
    let author = format!("{} <{}>", original.author_name, original.author_mail);
    let (mut same, mut alike) = (Vec::new(), Vec::new());
    let pass = Pass { tips: &tips, not: &known, since: Some(since), files: true, ..Pass::default() };
    repo.pass(&pass, |passed| {
        if passed.parents.len() > 1 {
            return;
        }
        let subject = passed.message.trim_start().lines().next().unwrap_or_default().trim();
        let is_same = passed.author == author && passed.authored == original.authored;
        if is_same && original.subject.starts_with(subject) {
            same.push(passed.id);
            return;
        }
        // Mostly there is nobody to compare it with.
        let files = files.get_or_insert_with(&mut changed).as_ref();
        let is_near = files.is_ok_and(|files| passed.files.iter().any(|file| files.contains(file)));
        if is_near && alike.len() < COMPARED {
            alike.push(passed.id);
        }
    })?;
    files.transpose()?;
    if !alike.is_empty() {
        let asked: Vec<CommitId> = alike.iter().chain([&original.id]).copied().collect();
        let ids = repo.patch_ids(&asked)?;
        let patch = ids.iter().find(|(id, _)| *id == original.id).map(|(_, patch)| patch.clone());
        same.extend(
            ids.into_iter()
                .filter(|(id, own)| *id != original.id && Some(own) == patch.as_ref())
                .map(|(id, _)| id),
        );
    }
    Ok(same)
}

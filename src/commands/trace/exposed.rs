//! Which releases and branches have a defect, by which of them has which commit.

use std::collections::{HashMap, HashSet};

use super::family::Family;
use crate::archive::{copies, earliest_copy, turns};
use crate::config::fits_name;
use crate::error::CliError;
use crate::git::{CommitId, Repo, Spot, SpotsAsked};
use crate::promise::version_order;
use crate::session::Project;
use crate::trace::{Turn, Verdict, judge};

/// A release or branch, and what it is to the defect.
#[derive(Debug, Clone)]
pub(super) struct Judged {
    pub(super) spot: Spot,
    /// Its place among those that were asked of.
    number: usize,
    /// Its name without `refs/…`.
    pub(super) name: String,
    pub(super) is_tag: bool,
    pub(super) has_cause: bool,
    pub(super) has_fix: bool,
    pub(super) verdict: Verdict,
}

/// A tag or branch that counts, its name without `refs/…`, and whether it is a tag.
type Candidate = (Spot, String, bool);

/// Who has what.
#[derive(Debug, Default)]
pub(super) struct Exposure {
    /// Releases and branches, the newest first.
    pub(super) spots: Vec<Judged>,
    /// More was reverted than was looked into.
    pub(super) has_more: bool,
    held: Held,
    family: Family,
}

/// For each commit that was asked about, whether the releases have it and, mostly, the branches, which come behind them.
type Held = HashMap<CommitId, Vec<bool>>;

/// Asks of every release tag and branch whether it has the causes and the fixes; the releases of
/// `others` are asked of, too, for [`Exposure::first_with`]. git may have been asked for tags and branches before.
///
/// # Errors
/// Git's.
pub(super) fn expose(
    project: &Project,
    causes: &[CommitId],
    fixes: &[CommitId],
    others: &[CommitId],
    asked: Option<SpotsAsked>,
) -> Result<Exposure, CliError> {
    let repo = &project.repo;
    let spots = asked.map_or_else(|| repo.spots(), |asked| asked.finish(repo))?;
    let tips: HashSet<CommitId> = spots.iter().map(|spot| spot.commit).collect();
    let tips: Vec<CommitId> = tips.into_iter().collect();
    let spots = ours(project, spots);
    let turned = turns(repo, &tips)?;
    let alone = |all: &[CommitId]| all.iter().map(|id| vec![*id]).collect::<Vec<_>>();
    let (mut causes, mut fixes) = (alone(causes), alone(fixes));
    let mut family = Family::find(repo, &turned, &causes, &fixes)?;
    let mut held = Held::new();
    ask(repo, &spots, &family.nodes, &mut held)?;
    // A copy that does not say what it is of is looked for where the original is not.
    let mut has_twins = false;
    for change in causes.iter_mut().chain(&mut fixes) {
        let twins = twins(repo, change, &spots, &held, &family)?;
        has_twins |= !twins.is_empty();
        change.extend(twins);
    }
    if has_twins {
        family = Family::find(repo, &turned, &causes, &fixes)?;
        ask(repo, &spots, &family.nodes, &mut held)?;
    }
    let releases = spots.partition_point(|(.., is_tag)| *is_tag);
    ask(repo, &spots[..releases], others, &mut held)?;
    let mut exposure = Exposure { spots: Vec::new(), has_more: family.has_more, held, family };
    let judge = |(number, (spot, name, is_tag))| exposure.judge(number, spot, name, is_tag);
    let mut judged: Vec<Judged> = spots.into_iter().enumerate().map(judge).collect();
    judged.sort_by(|a, b| {
        let dates = b.spot.created.cmp(&a.spot.created);
        a.is_tag.cmp(&b.is_tag).then(dates).then_with(|| version_order(&b.name, &a.name))
    });
    exposure.spots = judged;
    Ok(exposure)
}

/// Asks which of the spots have commits that were not asked about yet.
fn ask(repo: &Repo, spots: &[Candidate], commits: &[CommitId], held: &mut Held) -> Result<(), CliError> {
    let mut missing: Vec<CommitId> = Vec::new();
    for id in commits {
        if !held.contains_key(id) && !missing.contains(id) {
            missing.push(*id);
        }
    }
    if !missing.is_empty() {
        let spots: Vec<&Spot> = spots.iter().map(|(spot, ..)| spot).collect();
        held.extend(missing.iter().copied().zip(repo.holders(&missing, &spots)?));
    }
    Ok(())
}

/// The tags that are releases, and behind them the branches that are not those of drafts; a branch of a remote only where the
/// branch here is elsewhere.
fn ours(project: &Project, spots: Vec<Spot>) -> Vec<Candidate> {
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
    let mut all: Vec<Candidate> = spots.into_iter().filter_map(ours).collect();
    all.sort_by_key(|(.., is_tag)| !is_tag);
    all
}

impl Exposure {
    fn judge(&self, number: usize, spot: Spot, name: String, is_tag: bool) -> Judged {
        let has = |turn: Turn| self.has(&self.family.nodes[turn], number);
        let any = |changes: &[Vec<Turn>]| changes.iter().flatten().any(|turn| has(*turn));
        let verdict = judge(&self.family.turns, &self.family.causes, &self.family.fixes, &has);
        let (has_cause, has_fix) = (any(&self.family.causes), any(&self.family.fixes));
        Judged { number, name, is_tag, has_cause, has_fix, verdict, spot }
    }

    fn has(&self, commit: &CommitId, number: usize) -> bool {
        self.held.get(commit).is_some_and(|held| held.get(number) == Some(&true))
    }

    /// Whether a commit may be an ancestor of another: whatever has that has it, too.
    pub(super) fn may_be_older(&self, commit: &CommitId, than: &CommitId) -> bool {
        let held = self.held.get(commit).zip(self.held.get(than));
        held.is_none_or(|(own, others)| own.iter().zip(others).all(|(own, other)| *own || !*other))
    }

    /// The release that first had a commit: the earliest by its date.
    pub(super) fn first_with(&self, commit: &CommitId) -> Option<&Judged> {
        self.first(|judged| self.has(commit, judged.number))
    }

    /// The earliest release that fits.
    pub(super) fn first(&self, fits: impl Fn(&Judged) -> bool) -> Option<&Judged> {
        let releases = self.spots.iter().filter(|judged| judged.is_tag && fits(judged));
        releases
            .min_by(|a, b| a.spot.created.cmp(&b.spot.created).then_with(|| version_order(&a.name, &b.name)))
    }
}

/// Copies of a change that do not say so, on refs that lack it.
fn twins(
    repo: &Repo,
    change: &[CommitId],
    spots: &[Candidate],
    held: &Held,
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
    let since = earliest_copy(&original);
    let has = |at: usize| known.iter().any(|id| held.get(id).is_some_and(|held| held[at]));
    let lacking = spots.iter().enumerate().filter(|(at, (spot, ..))| spot.created >= since && !has(*at));
    let tips: HashSet<CommitId> = lacking.map(|(_, (spot, ..))| spot.commit).collect();
    Ok(copies(repo, &original, &known, &tips.into_iter().collect::<Vec<_>>())?)
}

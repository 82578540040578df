//! What git and the post-mortems know about the files of an incident.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::DateTime;

use super::subject::{Change, Question};
use crate::archive::{Archive, Stretch, ends, evidence};
use crate::commands::actions::stale::code_owners;
use crate::config::fits;
use crate::context::{CodeOwners, Companion, Companions, Named, SystemContext};
use crate::error::CliError;
use crate::git::{CommitId, Pass, TreeFile};
use crate::model::Link;
use crate::render::context::{CompanionRow, DocumentRow, FileRow, IncidentRow};
use crate::session::Project;

/// How many days back changes are counted.
pub(super) const RECENT_DAYS: i64 = 90;
/// Up to so many files git is asked for their commits alone; of more, all commits are looked at once.
const FEW: usize = 64;
/// A folder of more files is looked at in part.
const MOST_FILES: usize = 20_000;
/// A page that is longer is no description.
const LONGEST_PAGE: usize = 1 << 20;

/// What was found.
#[derive(Debug, Default)]
pub(in crate::commands) struct Gathered {
    pub(in crate::commands) files: Vec<FileRow>,
    pub(in crate::commands) companions: Vec<CompanionRow>,
    pub(in crate::commands) incidents: Vec<IncidentRow>,
    pub(in crate::commands) documents: Vec<DocumentRow>,
    pub(in crate::commands) owners: Vec<(String, usize)>,
    /// What gjalla told of them, where it was asked and answered.
    pub(in crate::commands) system: Option<SystemContext>,
    pub(in crate::commands) notes: Vec<String>,
}

/// How often a file changed.
#[derive(Debug, Clone, Default)]
struct Churn {
    all: u32,
    recent: u32,
    people: BTreeSet<String>,
}

/// Gathers it.
///
/// # Errors
/// Git's.
pub(in crate::commands) fn gather(
    project: &Project,
    archive: &Archive,
    question: &Question<'_>,
) -> Result<Gathered, CliError> {
    let repo = &project.repo;
    let mut gathered = Gathered::default();
    let by_file = files(project, question, &mut gathered.notes)?;
    let paths: Vec<String> = by_file.keys().cloned().collect();
    let owners = code_owners(repo, &question.at)?.map(|text| CodeOwners::read(&text));
    let (churn, companions) = history(project, question, &paths)?;
    gathered.companions = companions
        .into_iter()
        .map(|found| CompanionRow { path: found.path, with: found.with, times: found.times, of: found.of })
        .collect();
    gathered.incidents = incidents(project, archive, question, &paths)?;
    gathered.documents = documents(project, question, &paths)?;
    let mut owned: BTreeMap<String, usize> = BTreeMap::new();
    for ((path, by), churn) in by_file.into_iter().zip(churn) {
        let own = owners.as_ref().map(|owners| owners.of(&path));
        own.iter().flatten().for_each(|owner| *owned.entry(owner.clone()).or_default() += 1);
        let told = |incident: &&IncidentRow| incident.files.contains(&path);
        let incidents = gathered.incidents.iter().filter(told).map(|incident| incident.id.clone()).collect();
        gathered.files.push(FileRow {
            path,
            by,
            owners: own,
            changes: churn.all,
            recent: churn.recent,
            people: churn.people.len(),
            incidents,
        });
    }
    gathered.owners = owned.into_iter().collect();
    gathered.owners.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Ok(gathered)
}

/// The files that are involved, each with the changes that it is involved by.
fn files(
    project: &Project,
    question: &Question<'_>,
    notes: &mut Vec<String>,
) -> Result<BTreeMap<String, Vec<String>>, CliError> {
    let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let edges = project.repo.edges();
    for change in &question.changes {
        if edges.contains(&change.to) {
            notes.push(format!(
                "the clone is shallow from {} on: what that changed is not known here",
                change.to.short()
            ));
            continue;
        }
        if let Some(from) = change.from.as_ref().filter(|_| change.name.contains("..")) {
            notes.extend(direction(project, change, from)?);
        }
        for delta in project.repo.deltas(change.from.as_ref(), &change.to)? {
            let by = files.entry(delta.path).or_default();
            if !by.contains(&change.name) {
                by.push(change.name.clone());
            }
        }
    }
    if let Some(path) = &question.path {
        let mut below: Vec<TreeFile> = project.repo.file(&question.at, path)?.into_iter().collect();
        if below.is_empty() {
            below = project.repo.files(&question.at, path)?;
        }
        if below.len() > MOST_FILES {
            notes.push(format!("{path} has {} files: the first {MOST_FILES} were looked at", below.len()));
        }
        files.extend(below.into_iter().take(MOST_FILES).map(|file| (file.path, Vec::new())));
    }
    // The post-mortems themselves are not what broke.
    let all = files.len();
    files.retain(|path, _| !project.config.reads(path));
    if files.is_empty() && notes.is_empty() && (!question.changes.is_empty() || question.path.is_some()) {
        let what = if all > 0 { "nothing but post-mortems" } else { "no file" };
        notes.push(match &question.path {
            Some(path) => format!("{path} holds {what}"),
            None => format!("what is asked about changed {what}"),
        });
    }
    Ok(files)
}

/// What is odd about a range: one that goes back in time, or nowhere.
fn direction(project: &Project, change: &Change, from: &CommitId) -> Result<Option<String>, CliError> {
    if *from == change.to {
        return Ok(Some(format!("{} begins and ends at one commit: it changed nothing", change.name)));
    }
    let is_back = project.repo.is_ancestor(&change.to, from)?;
    let turned = change.name.rsplit_once(' ').map_or(change.name.as_str(), |(_, range)| range);
    let turned = turned.split_once("..").map(|(from, to)| format!("{}..{from}", to.trim_start_matches('.')));
    Ok(is_back.then(|| {
        let instead = turned.map(|range| format!("; the other way round it is {range}")).unwrap_or_default();
        format!("{} goes back in time: what it would undo is listed{instead}", change.name)
    }))
}

/// How often each file changed up to the commit in question, and what usually changed with them, in one pass.
fn history(
    project: &Project,
    question: &Question<'_>,
    paths: &[String],
) -> Result<(Vec<Churn>, Vec<Companion>), CliError> {
    let repo = &project.repo;
    let mut churn = vec![Churn::default(); paths.len()];
    if paths.is_empty() {
        return Ok((churn, Vec::new()));
    }
    // What the change itself did tells nothing about what is usual.
    let mut own: HashSet<_> = question.changes.iter().map(|change| change.to).collect();
    for (from, to) in question.changes.iter().filter_map(|change| Some((change.from?, change.to))) {
        own.extend(repo.commits_between(&from, &to)?);
    }
    let recent = repo.commit(&question.at)?.committed - RECENT_DAYS * 86_400;
    let mut companions = Companions::new(paths);
    let only: &[String] = if paths.len() <= FEW { paths } else { &[] };
    let pass = Pass { tips: &[question.at], files: true, paths: only, ..Pass::default() };
    repo.pass(&pass, |commit| {
        for file in &commit.files {
            let Ok(at) = paths.binary_search(file) else { continue };
            let churn = &mut churn[at];
            churn.all += 1;
            if commit.committed >= recent {
                churn.recent += 1;
                churn.people.insert(commit.author.clone());
            }
        }
        if !own.contains(&commit.id) {
            companions.take(&commit.files);
        }
    })?;
    let is_there = |path: &str| repo.file(&question.at, path).is_ok_and(|file| file.is_some());
    Ok((churn, companions.found(is_there)))
}

/// The other post-mortems whose linked commits touched these files.
fn incidents(
    project: &Project,
    archive: &Archive,
    question: &Question<'_>,
    paths: &[String],
) -> Result<Vec<IncidentRow>, CliError> {
    let repo = &project.repo;
    let others = archive.entries.iter().filter(|entry| question.entry.is_none_or(|own| own.id != entry.id));
    let mut links: Vec<(usize, &Link)> = Vec::new();
    let others: Vec<_> = others.filter(|entry| entry.repo.is_none()).collect();
    for (at, entry) in others.iter().enumerate() {
        links.extend(
            entry.postmortem.links.iter().filter(|link| link.role.is_revision()).map(|link| (at, link)),
        );
    }
    let of_link: Vec<&Link> = links.iter().map(|(_, link)| *link).collect();
    let tips = ends(repo, &of_link)?;
    let known: Vec<(usize, Stretch)> =
        links.iter().zip(tips).filter_map(|((at, _), tip)| Some((*at, (None, tip?)))).collect();
    let stretches: Vec<Stretch> = known.iter().map(|(_, stretch)| *stretch).collect();
    let mut touched: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    for ((at, _), found) in known.iter().zip(evidence(repo, &stretches)?) {
        let files = found.into_iter().flat_map(|found| found.files.clone());
        let own = files.filter(|file| paths.binary_search(file).is_ok());
        touched.entry(*at).or_default().extend(own);
    }
    let row = |(at, files): (usize, BTreeSet<String>)| {
        let entry = others[at];
        (!files.is_empty()).then(|| IncidentRow {
            id: entry.id.to_string(),
            title: entry.title().to_owned(),
            date: entry.postmortem.date,
            files: files.into_iter().collect(),
        })
    };
    let mut rows: Vec<IncidentRow> = touched.into_iter().filter_map(row).collect();
    rows.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.id.cmp(&b.id)));
    Ok(rows)
}

/// Architecture pages and decisions that name the files or their folders, as of the commit in question.
fn documents(
    project: &Project,
    question: &Question<'_>,
    paths: &[String],
) -> Result<Vec<DocumentRow>, CliError> {
    let named = Named::new(paths);
    let patterns = &project.config.context.documents;
    let is_page = |file: &TreeFile| {
        !project.config.reads(&file.path) && patterns.iter().any(|pattern| fits(pattern, &file.path))
    };
    let pages: Vec<TreeFile> = project.repo.files(&question.at, "")?.into_iter().filter(is_page).collect();
    let wanted: Vec<(&str, &_)> = pages.iter().map(|page| (page.path.as_str(), &page.blob)).collect();
    let told = project.repo.map_files(&wanted, |_, bytes| {
        if bytes.len() > LONGEST_PAGE {
            return None;
        }
        named.find(&String::from_utf8_lossy(bytes))
    })?;
    let row = |(page, told): (&TreeFile, Result<Option<_>, _>)| {
        let mention: crate::context::Mention = told.ok().flatten()?;
        Some(DocumentRow { path: page.path.clone(), names: mention.names })
    };
    Ok(pages.iter().zip(told).filter_map(row).collect())
}

/// The day of a commit, in UTC.
pub(in crate::commands) fn day(seconds: i64) -> String {
    DateTime::from_timestamp(seconds, 0).map(|at| at.date_naive().to_string()).unwrap_or_default()
}

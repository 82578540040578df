//! What was live when an incident began, asked of this repository: its tags, its pipeline's file, its branch.

use serde::Serialize;

use crate::config::Origin;
use crate::deploy::{self, Beginning, CANDIDATES, Candidate, Evidence, LineFault, Release, TagFact};
use crate::error::CliError;
use crate::git::{CommitId, Repo, ShippedAsked, Tag, TagsAsked};
use crate::render::count;
use crate::session::Project;

/// Faulty lines that are named before "and N more".
const NAMED: usize = 3;
/// Deploys whose revision is looked up: more than candidates, since some may name nothing.
const LOOKED_UP: usize = 12;
/// Seconds by which the clocks of a pipeline and a committer may differ.
const CLOCKS: i64 = 300;
/// Digits of an id that stands for a name.
const DIGITS: usize = 12;

/// What was found.
#[derive(Default)]
pub struct Detected {
    /// The candidates, the likeliest first, each with its commit.
    pub candidates: Vec<Candidate>,
    /// Why there is none, or what was left out.
    pub remarks: Vec<String>,
    /// Whether there are tags or deploys to judge by at all.
    pub has_evidence: bool,
    /// How much the first candidate brought, while git still counts.
    shipped: Option<ShippedAsked>,
}

impl Detected {
    /// Says of the first candidate how much it brought against the one before. It is a remark: where git could not count,
    /// the answer is as good.
    pub fn count(&mut self) {
        let Some(shipped) = self.shipped.take().and_then(ShippedAsked::finish) else { return };
        let [first, second, ..] = self.candidates.as_mut_slice() else { return };
        first.reasons.push(match (shipped.commits, shipped.files) {
            (0, _) => format!("a rollback from {}", second.release.revision),
            (commits, files) => {
                format!("{}, {}", count(commits, "commit", "commits"), count(files, "file", "files"))
            }
        });
    }
}

/// A candidate in JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CandidateRow {
    /// A tag, else an id.
    pub revision: String,
    /// The full id of the commit.
    pub commit: String,
    /// When it went live, as far as is known.
    pub at: Option<chrono::DateTime<chrono::Utc>>,
    /// `deploy`, `tag` or `landed`.
    pub evidence: &'static str,
    /// Where it was deployed to, where a pipeline says so.
    pub environment: Option<String>,
    /// Why it is one.
    pub reasons: Vec<String>,
}

impl CandidateRow {
    /// The row of a candidate.
    #[must_use]
    pub fn new(candidate: &Candidate) -> Self {
        let Release { revision, commit, at, evidence } = &candidate.release;
        let (word, environment) = match evidence {
            Evidence::Deploy { environment } => ("deploy", environment.clone()),
            Evidence::Tag { .. } => ("tag", None),
            Evidence::Landed => ("landed", None),
        };
        let at = chrono::DateTime::from_timestamp(*at, 0);
        let (revision, commit, reasons) = (revision.clone(), commit.clone(), candidate.reasons.clone());
        Self { revision, commit, at, evidence: word, environment, reasons }
    }
}

/// Looks for what was live; git was asked for the tags before. `landed`: where there are neither tags nor deploys, what
/// landed on the default branch counts. Never fails: what could not be asked is a remark.
#[must_use]
pub fn detect(project: &Project, beginning: &Beginning, landed: bool, asked: Option<TagsAsked>) -> Detected {
    look(project, beginning, landed, asked)
        .unwrap_or_else(|error| Detected { remarks: vec![error.message], ..Detected::default() })
}

fn look(
    project: &Project,
    beginning: &Beginning,
    landed: bool,
    asked: Option<TagsAsked>,
) -> Result<Detected, CliError> {
    let repo = &project.repo;
    let tags = asked.map_or_else(|| repo.tags().map(<[Tag]>::to_vec), |asked| asked.finish(repo))?;
    let tags: Vec<TagFact> = tags.into_iter().map(fact).collect();
    let mut detected = Detected::default();
    let mut releases = imported(project, beginning, &tags, &mut detected)?;
    releases.extend(deploy::tagged(&project.config, beginning, &tags));
    detected.has_evidence = !releases.is_empty();
    if landed && !detected.has_evidence {
        releases = landings(repo, beginning)?;
    }
    let (candidates, after) = deploy::choose(beginning, &releases);
    detected.candidates = candidates;
    if detected.candidates.is_empty() {
        detected.remarks.extend(after);
        if repo.is_shallow() {
            let words =
                "the clone is shallow: git fetch --unshallow --tags brings what was released before its end";
            detected.remarks.push(words.to_owned());
        }
    }
    detected.shipped = begin_count(repo, &detected.candidates);
    Ok(detected)
}

fn fact(tag: Tag) -> TagFact {
    TagFact { name: tag.name, commit: tag.commit.to_string(), created: tag.created, is_dated: tag.annotated }
}

/// The deploys of the pipeline's file, their commits looked up.
fn imported(
    project: &Project,
    beginning: &Beginning,
    tags: &[TagFact],
    detected: &mut Detected,
) -> Result<Vec<Release>, CliError> {
    let path = &project.config.deploy.log;
    let Some(bytes) = file(project)? else {
        let mut said = project.resolved.settings().into_iter().filter(|setting| setting.key == "deploy.log");
        if said.any(|setting| setting.origin != Origin::Default) {
            detected.remarks.push(format!("there is no {path}, which deploy.log names"));
        }
        return Ok(Vec::new());
    };
    let read = deploy::read(&bytes);
    detected.remarks.extend(faults(path, &read.faults));
    let (mut releases, remark) = deploy::deployed(&project.config, beginning, &read.deploys, tags);
    detected.remarks.extend(remark);
    look_up(&project.repo, path, beginning, &mut releases, &mut detected.remarks)?;
    Ok(releases)
}

/// Its lines that say no deploy, the first of them each with the reason.
pub(super) fn faults(path: &str, faults: &[LineFault]) -> Vec<String> {
    let named = faults.iter().take(NAMED).map(|fault| format!("{path}:{} {}", fault.line, fault.why));
    let mut named: Vec<String> = named.collect();
    if faults.len() > NAMED {
        named.push(format!(
            "{path} has {} more that cannot be read",
            count(faults.len() - NAMED, "line", "lines")
        ));
    }
    named
}

/// Asks git once for the commits of the newest deploys that no tag names; what names nothing is left out and said.
fn look_up(
    repo: &Repo,
    path: &str,
    beginning: &Beginning,
    releases: &mut Vec<Release>,
    remarks: &mut Vec<String>,
) -> Result<(), CliError> {
    let at = beginning.at.timestamp();
    releases.sort_by_key(|release| std::cmp::Reverse(release.at));
    let mut known = 0;
    let mut asked: Vec<usize> = Vec::new();
    for (place, release) in releases.iter().enumerate().filter(|(_, release)| release.at <= at) {
        if known + asked.len() >= LOOKED_UP {
            break;
        }
        if release.commit.is_empty() { asked.push(place) } else { known += 1 }
    }
    let names: Vec<&str> = asked.iter().map(|place| releases[*place].revision.as_str()).collect();
    let commits = repo.resolve_each(&names)?;
    for (place, commit) in asked.iter().zip(commits) {
        let release = &mut releases[*place];
        match commit {
            Some(commit) if is_newer(repo, &commit, release.at) => remarks.push(format!(
                "{path} deploys '{}', which names a commit made after that by now",
                release.revision
            )),
            Some(commit) => name(release, commit),
            None => remarks.push(format!(
                "{path} deploys '{}', which names no commit {}",
                release.revision,
                if repo.is_shallow() { "of this shallow clone" } else { "here" }
            )),
        }
    }
    // What happened later is only told, and needs no commit.
    releases.retain(|release| release.at > at || !release.commit.is_empty());
    Ok(())
}

/// Whether a commit was made after a moment: then the name led elsewhere at that time. Clocks differ a little.
fn is_newer(repo: &Repo, commit: &CommitId, at: i64) -> bool {
    repo.commit(commit).is_ok_and(|commit| commit.committed > at + CLOCKS)
}

/// A branch or a word of the pipeline's names another commit tomorrow.
fn name(release: &mut Release, commit: CommitId) {
    release.commit = commit.to_string();
    let is_id = release.commit.starts_with(&release.revision.to_lowercase());
    if !is_id || release.revision.len() > DIGITS {
        release.revision = release.commit[..DIGITS].to_owned();
    }
}

/// The pipeline's file: in the work tree, else in the examined revision.
pub(super) fn file(project: &Project) -> Result<Option<Vec<u8>>, CliError> {
    let path = &project.config.deploy.log;
    if let Some(top) = project.repo.work_tree() {
        return match std::fs::read(top.join(path)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(CliError::new(format!("cannot read {path}: {error}"))),
        };
    }
    let Some(commit) = &project.commit else { return Ok(None) };
    let file = project.repo.file(commit, path)?;
    Ok(file.map(|file| project.repo.read(&file.blob)).transpose()?)
}

/// What landed last on the default branch: of the remote's, where there is one, since what was not pushed was not
/// deployed.
fn landings(repo: &Repo, beginning: &Beginning) -> Result<Vec<Release>, CliError> {
    let Some(branch) = repo.default_branch()? else { return Ok(Vec::new()) };
    let remotes = repo.remotes_by_weight()?;
    let names = remotes.iter().map(|remote| format!("refs/remotes/{remote}/{branch}"));
    let names: Vec<String> = names.chain([format!("refs/heads/{branch}"), "HEAD".to_owned()]).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let Some(tip) = repo.resolve_each(&names)?.into_iter().flatten().next() else { return Ok(Vec::new()) };
    let landed = repo.landed_before(&tip, beginning.at.timestamp(), CANDIDATES)?;
    let release = |commit: crate::git::Commit| Release {
        revision: commit.id.to_string()[..DIGITS].to_owned(),
        commit: commit.id.to_string(),
        at: commit.committed,
        evidence: Evidence::Landed,
    };
    Ok(landed.into_iter().map(release).collect())
}

/// Begins to count what the first candidate brought against the second.
fn begin_count(repo: &Repo, candidates: &[Candidate]) -> Option<ShippedAsked> {
    let [first, second, ..] = candidates else { return None };
    let (before, now) = (second.release.commit.parse().ok()?, first.release.commit.parse().ok()?);
    repo.begin_shipped(&before, &now).ok()
}

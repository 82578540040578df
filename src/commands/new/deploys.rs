//! What was live when the incident began, looked for unless somebody says it.

use super::NewArgs;
use super::times::Times;
use crate::commands::deployed::{self, CandidateRow, Detected};
use crate::commands::link;
use crate::deploy::Beginning;
use crate::git::TagsAsked;
use crate::model::{Link, Role};
use crate::render::clean;
use crate::session::{Project, Session};

/// Begins to ask for tags, where a deploy is looked for at all: git works at it while the repository is opened and the
/// documents are read.
pub(super) fn begin(session: &Session, args: &NewArgs) -> Option<TagsAsked> {
    is_wanted(args).then(|| TagsAsked::begin(&session.place())).flatten()
}

/// Not where a deploy was named, or none wanted.
fn is_wanted(args: &NewArgs) -> bool {
    args.deploy.is_empty() || args.deploy.iter().any(|typed| typed == "auto")
}

/// Looks for it. Without `--deploy auto` only tags and imported deploys are asked; never fails.
pub(super) fn find(
    session: &Session,
    project: &Project,
    args: &NewArgs,
    times: Times,
    asked: Option<TagsAsked>,
) -> Option<Detected> {
    if !is_wanted(args) {
        return None;
    }
    let is_typed = !args.deploy.is_empty();
    let detected = deployed::detect(project, &beginning(session, args, times), is_typed, asked);
    let is_told = is_typed || detected.has_evidence || !detected.remarks.is_empty();
    is_told.then_some(detected)
}

/// When it began: at its start; where none is said, now if it is of today, else with that day's end.
fn beginning(session: &Session, args: &NewArgs, times: Times) -> Beginning {
    let is_today = times.day == session.now.date_naive() || times.day == session.today();
    let end_of_day = times.day.and_hms_opt(23, 59, 59).map_or(session.now, |end| end.and_utc());
    let (at, is_exact) = match (times.start, times.end) {
        (Some(start), _) => (start, true),
        (None, Some(end)) => (end, false),
        (None, None) if is_today => (session.now, true),
        (None, None) => (end_of_day, false),
    };
    Beginning { at, is_exact, service: args.service.clone() }
}

/// The first candidate as a link: it was live, and nothing is proven.
pub(super) fn suspect(project: &Project, detected: Option<&Detected>) -> Option<Link> {
    let first = &detected?.candidates.first()?.release;
    let commit = first.commit.parse().ok()?;
    link::of_commit(&project.repo, Role::Suspect, first.revision.clone(), &commit).ok()
}

/// The candidates and their reasons, a line each; `deploy` stands in front of the first.
pub(super) fn told(session: &Session, detected: &Detected) -> Vec<(&'static str, String)> {
    let remarks: Vec<String> = detected.remarks.iter().map(|remark| clean(remark).into_owned()).collect();
    if detected.candidates.is_empty() {
        let why = if remarks.is_empty() {
            "nothing is known to have gone live".to_owned()
        } else {
            remarks.join("; ")
        };
        return vec![("deploy", format!("none known: {why}"))];
    }
    remarks.iter().for_each(|remark| session.ui.warn(remark));
    let names: Vec<String> =
        detected.candidates.iter().map(|candidate| clean(&candidate.release.revision).into_owned()).collect();
    let wide = names.iter().map(|name| name.chars().count()).max().unwrap_or_default();
    let line = |(at, name): (usize, &String)| {
        let word = if at == 0 { "suspect" } else { "maybe" };
        let reasons = detected.candidates[at].reasons.join(", ");
        (if at == 0 { "deploy" } else { "" }, format!("{word:7}  {name:wide$}   {}", clean(&reasons)))
    };
    names.iter().enumerate().map(line).collect()
}

/// The candidates as JSON has them.
pub(super) fn rows(detected: Option<&Detected>) -> Vec<CandidateRow> {
    detected.map(|found| found.candidates.iter().map(CandidateRow::new).collect()).unwrap_or_default()
}

//! `list --for`: the post-mortems that a commit, a range, a tag or a path has to do with, and why.

mod question;
mod reasons;

use std::collections::HashMap;

use crate::archive::{Archive, Entry, Stretch, ends, evidence};
use crate::error::CliError;
use crate::git::{CommitId, Repo, Touched};
use crate::model::Link;
use crate::session::Project;

pub use question::Question;
pub(in crate::commands) use question::{from_top, is_path};
use reasons::Reason;

/// A link with what it is made of.
struct Traced<'e> {
    link: &'e Link,
    stretch: Option<Stretch>,
    touched: Option<Touched>,
}

/// Keeps the entries that a question is about, the nearest first, and hands back the reasons of each in words.
///
/// # Errors
/// A question about nothing that there is; git's.
pub fn narrow(
    project: &Project,
    archive: &mut Archive,
    question: &Question,
) -> Result<Vec<Vec<String>>, CliError> {
    let entries = std::mem::take(&mut archive.entries);
    let traced = trace(&project.repo, &entries, |link| question.is_here(link))?;
    let mut found: Vec<(Vec<Reason>, Entry)> = Vec::new();
    let mut known_path = false;
    for (entry, links) in entries.iter().zip(&traced) {
        let mut reasons = Vec::new();
        links
            .iter()
            .filter_map(|traced| question.reason(traced))
            .for_each(|reason| reason.join(&mut reasons));
        reasons.sort_by_key(Reason::rank);
        known_path |= !reasons.is_empty();
        if !reasons.is_empty() {
            found.push((reasons, entry.clone()));
        }
    }
    if !known_path {
        question.check(project)?;
    }
    // The archive's own order, newest incident first, stays among equals.
    found.sort_by_key(|(reasons, _)| reasons.first().map(Reason::rank));
    let (reasons, entries): (Vec<_>, Vec<_>) = found.into_iter().unzip();
    archive.entries = entries;
    Ok(reasons.iter().map(|reasons| reasons.iter().map(ToString::to_string).collect()).collect())
}

/// Every link of every document, with what it is made of as far as that is here.
fn trace<'e>(
    repo: &Repo,
    entries: &'e [Entry],
    is_here: impl Fn(&Link) -> bool,
) -> Result<Vec<Vec<Traced<'e>>>, CliError> {
    let links = |entry: &'e Entry| entry.postmortem.links.iter().filter(|link| link.role.is_revision());
    let here: Vec<&Link> = entries.iter().flat_map(links).filter(|link| is_here(link)).collect();
    let mut tips = ends(repo, &here)?.into_iter();
    let names = older_sides(repo, &here)?;
    let mut stretch = |link: &Link| -> Option<Stretch> {
        let to = tips.next().flatten()?;
        let from = link.range().and_then(|(from, _)| names.get(from).copied().flatten());
        Some((from, to))
    };
    let mut traced: Vec<Vec<Traced<'e>>> = Vec::with_capacity(entries.len());
    let mut asked: Vec<Stretch> = Vec::new();
    for entry in entries {
        let own = links(entry).map(|link| {
            let stretch = if is_here(link) { stretch(link) } else { None };
            asked.extend(stretch);
            Traced { link, stretch, touched: None }
        });
        traced.push(own.collect());
    }
    let mut told = evidence(repo, &asked)?.into_iter();
    for one in traced.iter_mut().flatten().filter(|one| one.stretch.is_some()) {
        one.touched = told.next().flatten();
    }
    Ok(traced)
}

/// The commits of the older sides of ranges, by what is written there. One git for all.
fn older_sides(repo: &Repo, links: &[&Link]) -> Result<HashMap<String, Option<CommitId>>, CliError> {
    let mut names: Vec<&str> = links.iter().filter_map(|link| link.range()).map(|(from, _)| from).collect();
    names.sort_unstable();
    names.dedup();
    let commits = repo.resolve_each(&names)?;
    Ok(names.into_iter().map(str::to_owned).zip(commits).collect())
}

//! `list --for`: the post-mortems that a commit, a range, a tag or a path has to do with, and why.

mod question;
mod reasons;

use std::collections::HashMap;

use crate::archive::{Archive, Entry, Stretch, ends, evidence};
use crate::error::CliError;
use crate::git::{CommitId, Repo, Touched};
use crate::model::Link;
use crate::session::Project;

pub use question::{Heard, Question};
pub(in crate::commands) use question::{from_top, is_path};
use reasons::Reason;

/// A link with what it is made of.
struct Traced<'e> {
    link: &'e Link,
    stretch: Option<Stretch>,
    touched: Option<Touched>,
}

/// The entries that a question is about, by their place among all, the nearest first, each with the reasons in words.
pub type Found = Vec<(usize, Vec<String>)>;

/// Finds the entries that a question is about.
///
/// # Errors
/// A question about nothing that there is; git's.
pub fn find(project: &Project, entries: &[Entry], question: &Question) -> Result<Found, CliError> {
    let traced = trace(&project.repo, entries, |link| question.is_here(link))?;
    let mut found: Vec<(usize, Vec<Reason>)> = Vec::new();
    for (at, links) in traced.iter().enumerate() {
        let mut reasons = Vec::new();
        links
            .iter()
            .filter_map(|traced| question.reason(traced))
            .for_each(|reason| reason.join(&mut reasons));
        reasons.sort_by_key(Reason::rank);
        if !reasons.is_empty() {
            found.push((at, reasons));
        }
    }
    if found.is_empty() {
        question.check(project)?;
    }
    // The archive's own order, newest incident first, stays among equals.
    found.sort_by_key(|(_, reasons)| reasons.first().map(Reason::rank));
    let words = |reasons: Vec<Reason>| reasons.iter().map(ToString::to_string).collect();
    Ok(found.into_iter().map(|(at, reasons)| (at, words(reasons))).collect())
}

/// Leaves out all other entries, and hands back the reasons of those that stay.
pub fn keep(archive: &mut Archive, found: Found) -> Vec<Vec<String>> {
    let mut all: Vec<Option<Entry>> = std::mem::take(&mut archive.entries).into_iter().map(Some).collect();
    let kept = found.into_iter().filter_map(|(at, reasons)| Some((all[at].take()?, reasons)));
    let reasons: Vec<Vec<String>>;
    (archive.entries, reasons) = kept.unzip();
    reasons
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

//! `list --for`: the post-mortems that a commit, a range, a tag or a path has to do with, and why.

mod question;
mod reasons;

use std::collections::HashMap;
use std::rc::Rc;

use crate::archive::{Archive, Entry, Selection, Stretch, Wanted, ends, evidence};
use crate::commands::noted;
use crate::error::CliError;
use crate::git::{CommitId, Repo, Touched};
use crate::model::Link;
use crate::session::{Project, Session};

pub use question::Heard;
use question::Question;
pub(in crate::commands) use question::{from_top, is_path};
use reasons::Reason;

/// A link with what it is made of.
struct Traced<'e> {
    link: &'e Link,
    stretch: Option<Stretch>,
    touched: Option<Rc<Touched>>,
}

/// The entries that a question is about, by their place among all, the nearest first, each with the reasons in words.
pub type Found = Vec<(usize, Vec<String>)>;

/// The documents of the moment that is examined, and which of them a typed revision or path is about. Their promises and
/// people are read only where somebody shows them (`is_whole`) and there is a document to show.
///
/// # Errors
/// A question about nothing that there is; git's.
pub fn answer(
    session: &Session,
    project: &Project,
    typed: &str,
    heard: Option<Heard>,
    is_whole: bool,
) -> Result<(Archive, Found), CliError> {
    let mut links = project.load(&Selection { wanted: Wanted::Links, ..present(project) })?;
    noted::refresh_if_needed(session, project, &links);
    let question = Question::read(session, project, typed, heard)?;
    let found = find(project, &links.entries, &question)?;
    if found.is_empty() || !is_whole {
        return Ok((links, found));
    }
    // What many documents were read as for the first time is found then.
    links.writing.finish();
    let whole = project.load(&present(project))?;
    let is_it = |entry: &Entry, at: usize| whole.entries[at].id == entry.id;
    // Both are in one order, unless a draft came or went in between.
    let place = |(at, reasons): (usize, Vec<String>)| {
        let order = std::iter::once(at).chain(0..whole.entries.len());
        let mut order = order.filter(|at| *at < whole.entries.len());
        Some((order.find(|other| is_it(&links.entries[at], *other))?, reasons))
    };
    let found = found.into_iter().filter_map(place).collect();
    Ok((whole, found))
}

/// What there is at the moment that is examined: another revision or day has no drafts, they live in the present.
pub fn present(project: &Project) -> Selection {
    let drafts = !project.past && project.as_of.is_none();
    Selection { commit: project.commit, drafts, ..Selection::default() }
}

/// Finds the entries that a question is about.
///
/// # Errors
/// A question about nothing that there is; git's.
fn find(project: &Project, entries: &[Entry], question: &Question) -> Result<Found, CliError> {
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

//! `git postmortem actions import`: what an issue tracker says of the items that name its issues.

mod export;
mod issue;
mod rule;

use std::collections::HashMap;

use super::apply::{Ask, Work, apply};
use super::message::{Act, differences};
use super::{ImportArgs, answer, save, targets, told};
use crate::archive::Entry;
use crate::document::edit::{ItemChange, says_already};
use crate::error::{CliError, ExitStatus};
use crate::render::changes::Deed;
use crate::render::{clean, count};
use crate::session::{Project, Session};
use issue::Issue;

/// How many issues without an item are listed.
const LISTED: usize = 12;

/// What is to be done, and what is only told.
#[derive(Default)]
struct Plan<'a> {
    works: Vec<Work<'a>>,
    /// By document and label, the issues that an item names.
    named: Vec<(String, Vec<String>)>,
    /// Items that stay, although the tracker says otherwise.
    told: Vec<(&'static str, String)>,
    /// Which issues some item names.
    matched: Vec<bool>,
    items: usize,
}

/// Updates the items that name an issue of the export.
///
/// # Errors
/// An export that is none, and git's.
pub(super) fn run(session: &Session, args: &ImportArgs) -> Result<ExitStatus, CliError> {
    let project = session.project()?;
    let export = export::read(&session.read_file(&args.file)?, &project.vocabulary)?;
    let archive = project.everything()?;
    let plan = plan(&project, &archive.entries, &export.issues, args)?;
    let ui = &session.ui;
    if args.dry_run {
        dry_run(session, &project, &plan)?;
        // The answer is a patch, and nothing else stands in it.
        let rest = rest(&plan, &export.issues);
        rest.iter().for_each(|(label, line)| ui.status(&format!("{label:7}  {line}")));
    } else {
        let saved = save::save(&project, &plan.works, Act::Import, args.no_commit)?;
        let undo = saved.commit.map(|commit| format!("git revert {}", commit.short()));
        if args.json {
            answer::print_with(session, &saved, deed(&plan, &export.issues, undo))?;
        } else {
            let mut lines = updated(&archive.entries, &saved, &plan);
            lines.extend(rest(&plan, &export.issues));
            lines.extend(told::places(&saved));
            lines.extend(undo.map(|undo| ("undo", undo)));
            ui.lines(&lines);
        }
    }
    let matched = plan.matched.iter().filter(|matched| **matched).count();
    let issues = count(export.issues.len(), "issue", "issues");
    ui.status(&format!("{matched} of {issues} named by {}", count(plan.items, "item", "items")));
    if let Some(partial) = &export.partial {
        ui.warn(partial);
    }
    Ok(ExitStatus::Done)
}

/// Looks at every item that names an issue.
fn plan<'a>(
    project: &Project,
    entries: &'a [Entry],
    issues: &[Issue],
    args: &ImportArgs,
) -> Result<Plan<'a>, CliError> {
    let mut plan = Plan { matched: vec![false; issues.len()], ..Plan::default() };
    let mut numbers: HashMap<u64, usize> = HashMap::new();
    issues
        .iter()
        .filter_map(|issue| issue.number)
        .for_each(|number| *numbers.entry(number).or_default() += 1);
    let is_bare = |issue: &Issue| issue.number.is_none_or(|number| numbers.get(&number) == Some(&1));
    for entry in entries {
        let mut work = Work { entry, asks: Vec::new(), new: None };
        for item in targets::items(project, entry, args.no_commit) {
            let is_named =
                |issue: &Issue| item.refs.iter().any(|known| issue.is_named_by(known, is_bare(issue)));
            let named: Vec<usize> = (0..issues.len()).filter(|at| is_named(&issues[*at])).collect();
            if named.is_empty() {
                continue;
            }
            plan.items += 1;
            named.iter().for_each(|at| plan.matched[*at] = true);
            let named: Vec<&Issue> = named.iter().map(|at| &issues[*at]).collect();
            let verdict = rule::judge(&item, &named, args.overwrite, &project.config);
            let id = told::shown(entries, entry, &item);
            plan.told
                .extend(verdict.differs.iter().map(|line| ("differs", format!("{id}  {}", clean(line)))));
            plan.told.extend(named.iter().filter(|issue| issue.status.is_none()).map(|issue| {
                let word = clean(&issue.word).into_owned();
                ("unclear", format!("{id}  {} is '{word}', which is no known status", issue.key))
            }));
            plan.told.extend(named.iter().filter_map(|issue| {
                let due = issue.unclear_due.as_ref()?;
                Some((
                    "unclear",
                    format!("{id}  {} is due '{}', which is no known date", issue.key, clean(due)),
                ))
            }));
            if verdict.change == ItemChange::default() || says_already(&item, &verdict.change) {
                continue;
            }
            let ask = Ask { seen: item, change: verdict.change };
            if let Some(why) = why_not(project, entry, &ask, args.no_commit)? {
                plan.told.push(("left", format!("{id}  {why}")));
                continue;
            }
            let keys = named.iter().map(|issue| issue.key.clone()).collect();
            plan.named.push((format!("{}#{}", entry.id, ask.seen.label), keys));
            work.asks.push(ask);
        }
        if !work.asks.is_empty() {
            plan.works.push(work);
        }
    }
    Ok(plan)
}

/// One item that has no place for what it shall say is no reason to leave the others.
fn why_not(project: &Project, entry: &Entry, ask: &Ask, no_commit: bool) -> Result<Option<String>, CliError> {
    let work = Work { entry, asks: vec![ask.clone()], new: None };
    let bytes = text(project, entry, no_commit)?;
    Ok(apply(project, &work, &bytes).err().map(|error| error.message))
}

/// What a document says now, where it will be changed.
fn text(project: &Project, entry: &Entry, no_commit: bool) -> Result<Vec<u8>, CliError> {
    let is_file = no_commit && entry.place == crate::archive::Place::Tree;
    let top = project.repo.work_tree().filter(|_| is_file);
    match top.and_then(|top| std::fs::read(top.join(&entry.path)).ok()) {
        Some(bytes) => Ok(bytes),
        None => Ok(project.repo.read(&entry.blob)?),
    }
}

fn dry_run(session: &Session, project: &Project, plan: &Plan<'_>) -> Result<(), CliError> {
    for work in &plan.works {
        let old = project.repo.read(&work.entry.blob)?;
        let (new, _) = apply(project, work, &old)?;
        session.ui.out_bytes(&project.repo.patch(&work.entry.path, Some(&old), &new)?);
    }
    if plan.works.is_empty() {
        session.ui.status("nothing to do");
    } else {
        session.ui.hint("without --dry-run these edits are made in one commit");
    }
    Ok(())
}

fn updated(entries: &[Entry], saved: &save::Saved<'_, '_>, plan: &Plan<'_>) -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    for (work, outcomes) in &saved.done {
        for outcome in outcomes.iter().filter(|outcome| outcome.changed) {
            let id = format!("{}#{}", work.entry.id, outcome.after.label);
            let known = plan.named.iter().find(|(known, _)| *known == id);
            let keys = known.map(|(_, keys)| keys.join(", ")).unwrap_or_default();
            let shown = told::shown(entries, work.entry, &outcome.after);
            let what = differences(outcome).join("; ");
            lines.push(("updated", format!("{shown}  {}", clean(&outcome.after.text))));
            lines.push(("", format!("  {}: {what}", clean(&keys))));
        }
    }
    lines
}

/// The same for programs.
fn deed(plan: &Plan<'_>, issues: &[Issue], undo: Option<String>) -> Deed {
    let unmatched = issues.iter().zip(&plan.matched).filter(|(_, matched)| !**matched);
    Deed {
        undo: undo.into_iter().collect(),
        left: plan.told.iter().map(|(label, line)| format!("{label}: {line}")).collect(),
        unmatched: unmatched.map(|(issue, _)| issue.key.clone()).collect(),
        ..Deed::default()
    }
}

/// What was not done, and which issues nothing names.
fn rest(plan: &Plan<'_>, issues: &[Issue]) -> Vec<(&'static str, String)> {
    let mut lines = plan.told.clone();
    let unmatched: Vec<&Issue> =
        issues.iter().zip(&plan.matched).filter(|(_, matched)| !**matched).map(|(issue, _)| issue).collect();
    for issue in unmatched.iter().take(LISTED) {
        lines.push(("no item", format!("{}  {}", clean(&issue.key), clean(&issue.title))));
    }
    if let Some(more @ 1..) = unmatched.len().checked_sub(LISTED) {
        lines.push(("", format!("and {more} more")));
    }
    lines
}

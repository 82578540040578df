//! `git postmortem merge`: two drafts of one incident become one; the old id stays valid.

mod labels;
mod times;

use std::collections::BTreeMap;

use crate::archive::{Entry, draft_name};
use crate::commands::beside::follow;
use crate::commands::drafted::{Drafted, is_private};
use crate::commands::edited::{self, Edit};
use crate::commands::sync::said;
use crate::commands::{drafted, subject};
use crate::document::edit::add_formerly;
use crate::document::merge::{Merged, Policy, Sides, conflict, merge};
use crate::document::{Source, parse};
use crate::error::{CliError, ExitStatus};
use crate::git::ObjectId;
use crate::render::clean;
use crate::session::{Project, Session};

/// Make one draft of two about the same incident
///
/// INTO takes in what FROM says: rows of the timeline in their order, promises under new numbers, both texts of each
/// section. Where only one value can be, that of INTO stays and the other is named. FROM goes away, and its id stays
/// valid.
#[derive(Debug, Clone, clap::Args)]
#[command(
    after_help = "Examples:\n  git postmortem merge orders-fail checkout --dry-run\n  git postmortem merge orders-fail checkout"
)]
pub struct MergeArgs {
    /// The draft that goes away: any unambiguous part of its id
    #[arg(value_name = "FROM")]
    pub from: String,
    /// The draft that takes it in
    #[arg(value_name = "INTO")]
    pub into: String,
    /// Print what would change, and change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Answer in JSON, see docs/schema
    #[arg(long, conflicts_with = "dry_run")]
    pub json: bool,
}

/// Merges two drafts.
///
/// # Errors
/// Where one of them is no draft, both are one, or one changed meanwhile.
pub fn run(session: &Session, args: &MergeArgs) -> Result<ExitStatus, CliError> {
    let project = session.project()?;
    let from = draft(&project, &args.from)?;
    let into = draft(&project, &args.into)?;
    check(&project, &from, &into)?;
    let union = Union::make(&project, &from, &into)?;
    if args.dry_run {
        let old = project.repo.read(&into.entry.blob)?;
        session.ui.out_bytes(&project.repo.patch(&into.entry.path, Some(&old), &union.text)?);
        let away = format!("{} would go away; nothing was changed", from.entry.id);
        session.ui.status(&away);
        union.tell(&from, &into).into_iter().for_each(|line| session.ui.status(&line));
        return Ok(ExitStatus::Done);
    }
    let before = into.drafts.history(&into.entry.path)?.first().map(|revision| revision.commit);
    union.save(&project, &from, &into)?;
    subject::remember(&project, &into.entry.id);
    let mut undo = vec![format!("git postmortem restore {}", from.entry.id)];
    undo.extend(
        before.map(|before| format!("git postmortem restore {} --at {}", into.entry.id, before.short())),
    );
    if args.json {
        let remarks = union.tell(&from, &into).into_iter().chain(union.warnings.iter().cloned()).collect();
        let formerly = Some(from.entry.id.to_string());
        let row = Edit { formerly, remarks, undo, ..Edit::whole("merge", into.entry.id.to_string()) };
        return edited::tell(session, &row);
    }
    let mut lines = vec![("merged", format!("{} into {}", from.entry.id, into.entry.id))];
    lines.extend(union.tell(&from, &into).into_iter().map(|line| ("", line)));
    lines.push(("formerly", format!("{}   stays valid", from.entry.id)));
    lines.extend(undo.into_iter().enumerate().map(|(at, undo)| (if at == 0 { "undo" } else { "" }, undo)));
    session.ui.lines(&lines);
    union.warnings.iter().for_each(|warning| session.ui.warn(warning));
    Ok(ExitStatus::Done)
}

/// The draft that a typed name means.
fn draft<'p>(project: &'p Project, typed: &str) -> Result<Drafted<'p>, CliError> {
    drafted::choose(project, Some(typed)).map_err(|missing| {
        let published = project.published().ok();
        let found = published.and_then(|archive| crate::archive::find(&archive.entries, typed).ok().cloned());
        match found {
            Some(entry) => CliError::new(format!("{} is published, and no draft", entry.id))
                .hint(format!("git postmortem unpublish {} makes it a draft again", entry.id.short())),
            None => missing,
        }
    })
}

fn check(project: &Project, from: &Drafted<'_>, into: &Drafted<'_>) -> Result<(), CliError> {
    let (from_id, into_id) = (&from.entry.id, &into.entry.id);
    if from_id == into_id {
        return Err(CliError::new(format!("{from_id} cannot be merged into itself")));
    }
    if is_private(&from.entry) && !is_private(&into.entry) {
        return Err(CliError::new(format!("{from_id} is private, and {into_id} is not"))
            .because("what it says would be shared with the next sync")
            .hint(format!(
                "git postmortem merge {} {} keeps both private",
                into_id.short(),
                from_id.short()
            )));
    }
    for entry in [&from.entry, &into.entry] {
        if let Some(line) = conflict(&project.repo.read(&entry.blob)?) {
            return Err(CliError::new(format!("{} has a conflict in line {line}", entry.id))
                .hint(format!("git postmortem edit {} -e settles it", entry.id.short())));
        }
    }
    from.check_removal()
}

/// What both say.
struct Union {
    text: Vec<u8>,
    merged: Merged,
    /// Files of FROM, and the path that each has beside INTO.
    files: Vec<(String, ObjectId)>,
    moved: Vec<(String, String)>,
    notes: Vec<String>,
    warnings: Vec<String>,
}

impl Union {
    fn make(project: &Project, from: &Drafted<'_>, into: &Drafted<'_>) -> Result<Self, CliError> {
        let repo = &project.repo;
        let (ours, theirs) = (repo.read(&from.entry.blob)?, repo.read(&into.entry.blob)?);
        let (files, moved) = attachments(from, into)?;
        let renamed = |file: &str| {
            let found = moved.iter().find(|(old, _)| old == file);
            found.map_or_else(|| file.to_owned(), |(_, new)| new.clone())
        };
        let names = (from.stem(), draft_name(&into.entry.id));
        let ours = follow((&from.entry.path, ours), &project.vocabulary, (names.0, &names.1), renamed);
        let (mut merged, mut warnings) = (union(project, &into.entry, &ours, &theirs)?, Vec::new());
        let mut notes = Vec::new();
        if times::apart(project, from, into, &ours, &merged.bytes) > 0 {
            // Its day or its zone is told elsewhere in the document: each time tells its own.
            let told = times::in_full(project, from, &ours);
            merged = union(project, &into.entry, &told, &theirs)?;
            notes.push("its times are written in UTC, with their day".to_owned());
        }
        let lost = times::apart(project, from, into, &ours, &merged.bytes);
        if lost > 0 {
            let (from, into) = (&from.entry.id, &into.entry.id);
            warnings.push(format!(
                "{lost} times of {from} mean another instant now: read the timeline of {into} again"
            ));
        }
        let document = parse(&Source { name: &into.entry.path, bytes: &merged.bytes }, &project.vocabulary);
        let names = labels::names(
            &from.entry.postmortem,
            from.entry.id.as_str(),
            &document.postmortem(),
            &merged.remarks,
        );
        let formerly = add_formerly(&document, &project.vocabulary, &names);
        let edits = formerly.map_err(|error| CliError::new(error.to_string()))?;
        let text = document.edited(&merged.bytes, &edits);
        Ok(Self { text, merged, files, moved, notes, warnings })
    }

    fn save(&self, project: &Project, from: &Drafted<'_>, into: &Drafted<'_>) -> Result<(), CliError> {
        let repo = &project.repo;
        let mut changes = vec![(into.entry.path.clone(), Some(self.text.clone()))];
        for (path, blob) in &self.files {
            changes.push((path.clone(), Some(repo.read(blob)?)));
        }
        let mut expect = vec![(into.entry.path.clone(), Some(into.entry.blob))];
        let message = format!("merge {} into {}", from.entry.id, into.entry.id);
        let is_together = is_private(&from.entry) == is_private(&into.entry);
        if is_together {
            changes.push((from.entry.path.clone(), None));
            changes.extend(from.attachments()?.into_iter().map(|file| (file.path, None)));
            expect.push((from.entry.path.clone(), Some(from.entry.blob)));
        }
        into.drafts.save(&changes, &message, &expect)?;
        // What is private is not named where everybody reads.
        if is_together { Ok(()) } else { from.remove(&format!("discard {}", from.entry.id)) }
    }

    /// What was decided, and what the promises of FROM are called now.
    fn tell(&self, from: &Drafted<'_>, into: &Drafted<'_>) -> Vec<String> {
        let mut lines: Vec<String> = self.merged.remarks.iter().map(said).collect();
        let moved = self.moved.iter().map(|(old, new)| {
            let (old, new) = (clean(old), clean(new));
            format!("{old} of {} is {new}: {} has another file of that name", from.entry.id, into.entry.id)
        });
        lines.extend(moved);
        lines.extend(self.notes.iter().cloned());
        lines
    }
}

type Moved = (Vec<(String, ObjectId)>, Vec<(String, String)>);

/// The files beside FROM, beside INTO; one whose name is taken there gets another.
fn attachments(from: &Drafted<'_>, into: &Drafted<'_>) -> Result<Moved, CliError> {
    let known: BTreeMap<String, ObjectId> =
        into.attachments()?.into_iter().map(|file| (file.path, file.blob)).collect();
    let (mut files, mut moved): Moved = Default::default();
    for file in from.attachments()? {
        let rest = file.path.strip_prefix(from.stem()).unwrap_or(&file.path);
        let target = format!("{}{rest}", draft_name(&into.entry.id));
        match known.get(&target) {
            Some(blob) if *blob == file.blob => {}
            None => files.push((target, file.blob)),
            Some(_) => {
                let is_taken =
                    |name: &str| known.contains_key(name) || files.iter().any(|(path, _)| path == name);
                let spare = crate::commands::sync::spare(&target, is_taken);
                let name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
                moved.push((name(&target), name(&spare)));
                files.push((spare, file.blob));
            }
        }
    }
    Ok((files, moved))
}

fn union(project: &Project, into: &Entry, ours: &[u8], theirs: &[u8]) -> Result<Merged, CliError> {
    let sides = Sides { name: &into.path, base: b"", ours, theirs };
    merge(&sides, Policy::Union, &project.vocabulary)
        .ok_or_else(|| CliError::new("a draft that is no text in UTF-8 or the like cannot be merged"))
}

//! `git postmortem log ACTION-ID`: the life of one promise, as far as its rows tell it.

use super::{Revision, of_entry, of_the_gone};
use crate::commands::subject;
use crate::document::{Source, parse};
use crate::error::{CliError, ExitStatus};
use crate::model::{ActionId, ActionItem, State, life};
use crate::render::life::{self as show, TurnRow};
use crate::session::{Project, Session};

/// The document and the label that an action id names; `None` for the id of a document, which has no such sign in it.
pub(super) fn split(typed: &str) -> Option<(Option<&str>, &str)> {
    let typed = typed.trim();
    if let Some(label) = typed.strip_prefix(['#', ':']) {
        return (!label.is_empty()).then_some((None, label));
    }
    ActionId::split(typed).ok().map(|(postmortem, label)| (Some(postmortem), label))
}

/// Shows the life of an item.
///
/// # Errors
/// An unknown id, and git's.
pub(super) fn run(
    session: &Session,
    (typed, mut label): (Option<&str>, &str),
    json: bool,
) -> Result<ExitStatus, CliError> {
    let project = session.project()?;
    let archive = project.everything()?;
    let (id, mut revisions) = match subject::choose(&project, &archive.entries, typed) {
        Ok(entry) => {
            label = subject::label_here(entry, typed.unwrap_or_default(), label)?;
            (entry.id.clone(), of_entry(&project, entry)?)
        }
        Err(error) => of_the_gone(&project, typed, error)?,
    };
    revisions.reverse();
    let versions =
        revisions.iter().map(|revision| items(&project, revision)).collect::<Result<Vec<_>, _>>()?;
    let is_it = |item: &&ActionItem| item.label.eq_ignore_ascii_case(label);
    let Some(wanted) = versions.iter().rev().find_map(|items| items.iter().find(is_it)) else {
        return Err(CliError::new(format!(
            "{id} never had an action item '{}'",
            crate::render::clean(label)
        ))
        .hint(format!("git postmortem actions {} --status all lists those that it has", id.short())));
    };
    let chapters = life(&versions, wanted);
    let rows: Vec<TurnRow> = chapters
        .into_iter()
        .flat_map(|chapter| {
            let row = &revisions[chapter.version].row;
            let is_local = row.state == State::Draft;
            chapter.turns.into_iter().map(move |turn| {
                TurnRow::new(row.commit.clone(), row.date, row.subject.clone(), is_local, &turn, chapter.item)
            })
        })
        .collect();
    let mut incomplete = Vec::new();
    if project.repo.is_shallow() {
        incomplete.push("the history is shallow: older changes are not in this clone".to_owned());
    }
    let ui = &session.ui;
    let action = format!("{id}#{}", wanted.label);
    if json {
        let written = ui.out_with(|out| show::json(out, &action, &wanted.text, &rows, &incomplete));
        written
            .map_err(|error| CliError::new("the answer could not be written").because(error.to_string()))?;
        return Ok(ExitStatus::Done);
    }
    ui.status(&format!("{}  {}\n", crate::render::clean(&action), crate::render::clean(&wanted.text)));
    ui.out(&show::table(&rows, ui.look()));
    ui.status(&format!("\n{}", show::summary(&rows)));
    incomplete.iter().for_each(|unseen| ui.warn(unseen));
    Ok(ExitStatus::Done)
}

/// What a version of the document promises; nothing where it was taken away.
fn items(project: &Project, revision: &Revision) -> Result<Vec<ActionItem>, CliError> {
    let Some(blob) = &revision.blob else { return Ok(Vec::new()) };
    let bytes = project.repo.read(blob)?;
    let source = Source { name: &revision.row.path, bytes: &bytes };
    Ok(parse(&source, &project.vocabulary).into_postmortem().actions)
}

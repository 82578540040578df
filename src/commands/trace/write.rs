//! Links what a trace found in the document.

use chrono::DateTime;

use super::TraceArgs;
use super::rows::Answer;
use crate::archive::Entry;
use crate::commands::keep::Keeping;
use crate::commands::subject;
use crate::document::edit;
use crate::document::{Source, parse};
use crate::error::CliError;
use crate::model::{Link, Role};
use crate::session::{Project, Session};
use crate::trace::{Origin, Why};

/// Adds the likeliest origin to the *Linked Commits*: as what introduced the defect where the fix itself names it, else as a
/// suspect.
///
/// # Errors
/// Where nothing was found, or it cannot be saved.
pub(super) fn link(
    session: &Session,
    project: &Project,
    entry: &Entry,
    answer: &Answer<'_>,
    args: &TraceArgs,
) -> Result<(), CliError> {
    // Behind JSON nothing follows.
    let say = |word: &str, text: String| match args.json {
        true => session.ui.status(&format!("{word}  {text}")),
        false => session.ui.lines(&[(word, text)]),
    };
    let found = answer.likeliest();
    let Some(origin) = found else {
        session.ui.status("nothing to link: no commit was found");
        return Ok(());
    };
    if let Some(role @ (Role::Introduced | Role::Suspect)) = origin.linked {
        say("unchanged", format!("{} is linked as {} already", short(origin), role.word()));
        return Ok(());
    }
    let link = row(project, origin)?;
    let keeping = Keeping { project, entry, verb: "link in", strict: false, no_commit: args.no_commit };
    let kept = keeping.keep(&[], |bytes| {
        let document = parse(&Source { name: &entry.path, bytes }, &project.vocabulary);
        Ok(document.edited(bytes, &edit::add_link(&document, &project.vocabulary, &link)))
    })?;
    subject::remember(project, &entry.id);
    let said = format!("{} as {} in {}   {}", short(origin), link.role.word(), entry.id, kept.place);
    say(if kept.changed { "linked" } else { "unchanged" }, said);
    Ok(())
}

/// The role that a found commit gets.
pub(super) fn role(origin: &Origin) -> Role {
    if origin.why() == Why::Named { Role::Introduced } else { Role::Suspect }
}

fn row(project: &Project, origin: &Origin) -> Result<Link, CliError> {
    let id = project.repo.resolve(&origin.commit)?;
    let commit = project.repo.commit(&id)?;
    let date = DateTime::from_timestamp(commit.committed, 0);
    Ok(Link {
        role: role(origin),
        revision: short(origin).to_owned(),
        commit: origin.commit.clone(),
        date: date.map(|date| date.format("%Y-%m-%d %H:%M").to_string()).unwrap_or_default(),
        subject: commit.subject,
    })
}

fn short(origin: &Origin) -> &str {
    origin.commit.get(..7).unwrap_or(&origin.commit)
}

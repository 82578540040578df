//! `git postmortem show`: one post-mortem, or a section of it.

use crate::archive::Entry;
use crate::commands::inspect::Row;
use crate::commands::{drafted, subject};
use crate::document::{Document, Section, Source, parse};
use crate::error::{CliError, ExitStatus};
use crate::render::{clean_lines, json};
use crate::session::{Examine, Project, Session};

/// Show a draft or a published post-mortem
#[derive(Debug, Clone, clap::Args)]
pub struct ShowArgs {
    /// The post-mortem: any unambiguous part of its id
    #[arg(value_name = "ID")]
    pub id: Option<String>,
    /// Only one section, without its heading: summary, "root cause", …
    #[arg(short, long, value_name = "NAME")]
    pub section: Option<String>,
    /// The exact bytes, control characters too
    #[arg(long, conflicts_with = "json")]
    pub raw: bool,
    /// What was understood, as JSON
    #[arg(long)]
    pub json: bool,
    /// As it stands in another revision
    #[arg(long, value_name = "REV")]
    pub rev: Option<String>,
}

/// Shows it.
///
/// # Errors
/// For a post-mortem that cannot be told and a section that it does not have.
pub fn run(session: &Session, args: &ShowArgs) -> Result<ExitStatus, CliError> {
    let examine = Examine { rev: args.rev.clone(), ..Examine::default() };
    let project = session.examine(&examine)?;
    let archive = if args.rev.is_some() { project.published()? } else { project.everything()? };
    let entry = subject::choose(&project, &archive.entries, args.id.as_deref())?;
    let bytes = project.repo.read(&entry.blob)?;
    let document = parse(&Source { name: &entry.path, bytes: &bytes }, &project.vocabulary);
    let section = args.section.as_deref().map(|name| find(&document, name, &project)).transpose()?;
    if args.json {
        return print_json(session, &project, entry, &document, section);
    }
    tell(session, &project, entry)?;
    if args.raw {
        match section {
            Some(section) => session.ui.out_bytes(body(&document, section).as_bytes()),
            None => session.ui.out_bytes(&bytes),
        }
        return Ok(ExitStatus::Done);
    }
    let text = match section {
        Some(section) => body(&document, section),
        None => document.text(),
    };
    let text = text.replace("\r\n", "\n");
    let text = clean_lines(text.trim_start_matches('\u{feff}'));
    let end = if text.ends_with('\n') || text.is_empty() { "" } else { "\n" };
    session.ui.out(&format!("{text}{end}"));
    Ok(ExitStatus::Done)
}

/// Where it is, for those who look at a terminal and for logs.
fn tell(session: &Session, project: &Project, entry: &Entry) -> Result<(), CliError> {
    let reviews = project.reviews(&[entry])?;
    let state = entry.state(!reviews.of(&entry.id).is_empty());
    session.ui.detail(&format!("{}: {}, {} {}", entry.id, state.word(), entry.path, entry.blob));
    if let Some(review) = reviews.news(&entry.id) {
        session.ui.status(&format!("{} has changes that this draft lacks", review.branch));
        session.ui.hint(&format!("{} takes them in", drafted::taking_in(&entry.id, review)));
    }
    Ok(())
}

fn find<'d>(document: &'d Document<'_>, name: &str, project: &Project) -> Result<&'d Section, CliError> {
    document.section_named(name, &project.vocabulary).ok_or_else(|| {
        let names: Vec<String> =
            document.sections().iter().filter(|section| section.level > 1).map(|s| s.name.clone()).collect();
        CliError::new(format!("it has no section '{name}'")).hint(format!("it has {}", names.join(", ")))
    })
}

/// What a section says, without the empty lines around it.
pub(super) fn body<'d>(document: &'d Document<'_>, section: &Section) -> &'d str {
    let text = &document.text()[section.body.clone()];
    let text = text.trim_end();
    let lead = text.len() - text.trim_start_matches(['\r', '\n']).len();
    &text[lead..]
}

fn print_json(
    session: &Session,
    project: &Project,
    entry: &Entry,
    document: &Document<'_>,
    section: Option<&Section>,
) -> Result<ExitStatus, CliError> {
    let is_reviewed = !project.reviews(&[entry])?.of(&entry.id).is_empty();
    let row = Row::read(&entry.path, document, &project.vocabulary);
    let mut value = serde_json::to_value(&row).map_err(|error| CliError::new(error.to_string()))?;
    let text = section.map_or_else(|| document.text(), |section| body(document, section));
    for (key, said) in [
        ("id", entry.id.to_string()),
        ("state", entry.state(is_reviewed).word().to_owned()),
        ("path", entry.path.clone()),
        ("blob", entry.blob.to_string()),
        ("text", text.to_owned()),
    ] {
        value[key] = said.into();
    }
    let envelope = json::Envelope { name: "documents", ..json::Envelope::default() };
    let written = session.ui.out_with(|out| json::write(out, &envelope, [value]));
    written.map_err(|error| CliError::new("the answer could not be written").because(error.to_string()))?;
    Ok(ExitStatus::Done)
}

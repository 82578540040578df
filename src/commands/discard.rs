//! `git postmortem discard`: a draft is thrown away, and can be brought back.

use crate::commands::drafted;
use crate::commands::edited::{self, Edit};
use crate::error::{CliError, ExitStatus};
use crate::session::Session;

/// Throw a draft away; restore brings it back
#[derive(Debug, Clone, clap::Args)]
pub struct DiscardArgs {
    /// The draft: any unambiguous part of its id; without it, the one last touched
    #[arg(value_name = "ID")]
    pub id: Option<String>,
    /// Answer in JSON, see docs/schema
    #[arg(long)]
    pub json: bool,
}

/// Discards a draft.
///
/// # Errors
/// Where there is no such draft, or it changed meanwhile.
pub fn run(session: &Session, args: &DiscardArgs) -> Result<ExitStatus, CliError> {
    let project = session.project()?;
    let drafted = drafted::choose(&project, args.id.as_deref()).map_err(|missing| {
        let published = project.published().ok().zip(args.id.as_deref());
        let found = published.and_then(|(archive, typed)| {
            Some(crate::archive::find(&archive.entries, typed).ok()?.id.clone())
        });
        match found {
            Some(id) => CliError::new(format!("{id} is published, and no draft"))
                .hint(format!("git postmortem unpublish {} makes it a draft again", id.short())),
            None => missing,
        }
    })?;
    let id = &drafted.entry.id;
    drafted.remove(&format!("discard {id}"))?;
    let undo = format!("git postmortem restore {}", id.short());
    if args.json {
        let row = Edit { undo: vec![undo], ..Edit::whole("discard", id.to_string()) };
        return edited::tell(session, &row);
    }
    session.ui.lines(&[("discarded", id.to_string()), ("undo", undo)]);
    Ok(ExitStatus::Done)
}

//! `git postmortem timeline`: what the document says happened, with what git and other tools know of it.

mod arguments;
mod imports;
mod seen;
mod told;
mod view;
mod window;
mod write;

pub use arguments::{Format, Record, TimelineArgs};

use crate::commands::{edited, subject};
use crate::document::{Source, parse};
use crate::error::{CliError, ExitStatus};
use crate::events::Event;
use crate::session::Session;
use view::View;
use window::Window;
pub(crate) use write::unclear;

/// What is offered besides the document's own entries, and what is to be said about it.
#[derive(Debug, Default)]
struct Offered {
    events: Vec<Event>,
    /// What could not be read.
    unread: Vec<crate::render::timeline::UnreadRow>,
    /// Why there may be more than this.
    incomplete: Vec<String>,
    /// What was assumed or left out, in sentences.
    notes: Vec<String>,
    /// The window that git was asked about.
    window: Option<Window>,
}

/// Shows the timeline, or writes it.
///
/// # Errors
/// For a post-mortem that cannot be told, a time or zone that is none, a record of which nothing can be read, and where
/// it cannot be saved.
pub fn run(session: &Session, args: &TimelineArgs) -> Result<ExitStatus, CliError> {
    let zone = imports::zone(args.zone.as_deref())?;
    let asked = Window::asked(session, args)?;
    let project = session.project()?;
    let archive = project.everything()?;
    let entry = subject::choose(&project, &archive.entries, args.id.as_deref())?;
    let bytes = project.repo.read(&entry.blob)?;
    let document = parse(&Source { name: &entry.path, bytes: &bytes }, &project.vocabulary);
    let mut offered = Offered::default();
    if args.git {
        let window = Window::of(&document, entry, asked, &project.config.deploy.log)?;
        seen::look(&project, &document, window, &mut offered)?;
    }
    for file in &args.import {
        imports::read(session, (&project, entry), args, (file, &zone), &mut offered)?;
    }
    let before = offered.events.len();
    offered.events.retain(|event| asked.holds(event.at));
    if offered.events.len() < before {
        let outside = before - offered.events.len();
        offered.notes.push(format!("{outside} of {before} events lie outside --since and --until"));
    }
    let view = View::of(&document, offered.events.clone());
    if args.write {
        let written = write::write((&project, entry), args.no_commit, &offered.events)?;
        subject::remember(&project, &entry.id);
        if args.json {
            return edited::tell(session, &told::edit(entry, &written, &view, &offered));
        }
        told::written(session, entry, &written, &view);
    } else {
        told::view(session, entry, args, &view, &offered)?;
    }
    told::rest(session, args, &view, &offered);
    Ok(ExitStatus::Done)
}

//! `git postmortem inspect`: what was understood of any file, inside a repository or outside.

pub(super) mod files;
mod row;
mod text;

use std::path::PathBuf;

use crate::config::Config;
use crate::document::{Source, Vocabulary, parse};
use crate::error::{CliError, ExitStatus};
use crate::git::Repo;
use crate::render::json;
use crate::session::Session;

pub use row::Row;

/// Show what was understood of a file, in or outside a repository
#[derive(Debug, Clone, clap::Args)]
pub struct InspectArgs {
    /// Documents, or folders of documents; - is standard input
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// How it is printed: text, json or jsonl
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT", hide_possible_values = true)]
    pub format: Format,
    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
    /// Name files relative to this folder
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
}

/// How an inspection is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// One object with all documents
    Json,
    /// One line a document
    Jsonl,
}

/// Reads each file and prints what it says.
///
/// # Errors
/// Where none of the files can be read, and for a faulty configuration.
pub fn run(session: &Session, args: &InspectArgs) -> Result<ExitStatus, CliError> {
    let vocabulary = vocabulary(session)?;
    let files = files::list(session, &args.files, args.root.as_deref());
    let mut unread = files.unread;
    let mut first = true;
    let mut rows = Vec::new();
    let format = if args.json { Format::Json } else { args.format };
    for file in files.found {
        let bytes = match session.read_file(&file.path) {
            Ok(bytes) => bytes,
            Err(error) => {
                unread
                    .push(std::iter::once(error.message).chain(error.causes).collect::<Vec<_>>().join(": "));
                continue;
            }
        };
        let document = parse(&Source { name: &file.name, bytes: &bytes }, &vocabulary);
        let row = Row::read(&file.name, &document, &vocabulary);
        match format {
            Format::Json => rows.push(row),
            Format::Jsonl => write(session.ui.out_with(|out| json::write_lines(out, [&row])))?,
            Format::Text => {
                let text = text::text(&row, &document, session.ui.look());
                session.ui.out(&if first { text } else { format!("\n{text}") });
            }
        }
        first = false;
    }
    if format == Format::Json {
        let envelope =
            json::Envelope { name: "postmortems", incomplete: &unread, ..json::Envelope::default() };
        write(session.ui.out_with(|out| json::write(out, &envelope, &rows)))?;
    }
    if first && format != Format::Json && !unread.is_empty() {
        let why = unread.remove(0);
        return Err(unread.into_iter().fold(CliError::new(why), CliError::because));
    }
    unread.iter().for_each(|why| session.ui.warn(why));
    Ok(if unread.is_empty() { ExitStatus::Done } else { ExitStatus::CouldNot })
}

fn write(written: std::io::Result<()>) -> Result<(), CliError> {
    written.map_err(|error| CliError::new("the answer could not be written").because(error.to_string()))
}

/// The words of the repository that the run stands in; outside of one, those that ship.
fn vocabulary(session: &Session) -> Result<Vocabulary, CliError> {
    if Repo::open(session.place()).is_err() {
        return Ok(Config::default().vocabulary());
    }
    Ok(session.project()?.vocabulary)
}

//! `man`: the manual pages, one for the tool and one a command, made from the definition of its arguments.

use std::path::PathBuf;

use clap_mangen::roff::{Roff, bold, roman};

use super::help;
use crate::cli;
use crate::error::{CliError, ExitStatus};
use crate::session::Session;

/// Print a manual page, or write all of them
///
/// Without --out the page is printed as roff: `git postmortem man actions | man -l -` shows it.
/// `git postmortem setup` puts the pages where `man` and `git postmortem --help` find them.
#[derive(Debug, clap::Args)]
pub struct ManArgs {
    /// The command whose page is printed; by default the tool's
    #[arg(value_name = "COMMAND", conflicts_with = "out")]
    command: Option<String>,
    /// Write every page into a folder, which is made if need be
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    out: Option<PathBuf>,
}

/// A manual page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// `git-postmortem-actions.1`.
    pub file_name: String,
    /// Its roff source.
    pub text: Vec<u8>,
}

/// Prints one page or writes all.
///
/// # Errors
/// For an unknown command, and where a page cannot be written.
pub fn run(session: &mut Session, args: &ManArgs) -> Result<ExitStatus, CliError> {
    match &args.out {
        Some(folder) => write_all(session, folder),
        None => print(session, args.command.as_deref()),
    }
}

fn print(session: &Session, command: Option<&str>) -> Result<ExitStatus, CliError> {
    let wanted = match command.map(help::bare) {
        None | Some("") => "git-postmortem.1".to_owned(),
        Some(name) => format!("git-postmortem-{name}.1"),
    };
    let pages = pages();
    let page = pages.iter().find(|page| page.file_name == wanted);
    let page = page.ok_or_else(|| help::unknown(command.unwrap_or_default()))?;
    session.ui.out_bytes(&page.text);
    Ok(ExitStatus::Done)
}

fn write_all(session: &Session, typed: &std::path::Path) -> Result<ExitStatus, CliError> {
    let folder = session.path(typed);
    let failed = |path: &std::path::Path, error: std::io::Error| {
        CliError::new(format!("cannot write {}", path.display())).because(error.to_string())
    };
    std::fs::create_dir_all(&folder).map_err(|error| failed(typed, error))?;
    let pages = pages();
    for page in &pages {
        let path = folder.join(&page.file_name);
        std::fs::write(&path, &page.text).map_err(|error| failed(&typed.join(&page.file_name), error))?;
    }
    session.ui.status(&format!("{} pages written to {}", pages.len(), typed.display()));
    Ok(ExitStatus::Done)
}

/// Every page, the tool's first.
#[must_use]
pub fn pages() -> Vec<Page> {
    let mut command = cli::command().disable_help_subcommand(true);
    command.build();
    let mut pages = Vec::new();
    collect(&command, &mut pages);
    pages
}

fn collect(command: &clap::Command, pages: &mut Vec<Page>) {
    pages.push(page(command));
    for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
        collect(below, pages);
    }
}

fn page(command: &clap::Command) -> Page {
    let source = concat!("git-postmortem ", env!("CARGO_PKG_VERSION"));
    // What stands below the help gets its own heading here, and its lines stay lines.
    let notes = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let page = clap_mangen::Man::new(command.clone()).source(source).manual("Git Manual");
    let mut text = Vec::new();
    let rendered = page
        .render_title(&mut text)
        .and_then(|()| page.render_name_section(&mut text))
        .and_then(|()| page.render_synopsis_section(&mut text))
        .and_then(|()| page.render_description_section(&mut text))
        .and_then(|()| page.render_options_section(&mut text))
        .and_then(
            |()| if command.has_subcommands() { page.render_subcommands_section(&mut text) } else { Ok(()) },
        )
        .and_then(|()| closing(command, &notes).to_writer(&mut text));
    rendered.expect("writing into memory cannot fail");
    Page { file_name: page.get_filename(), text }
}

/// Examples or notes, and where to read on.
fn closing(command: &clap::Command, notes: &str) -> Roff {
    let mut roff = Roff::default();
    let (heading, lines) = match notes.split_once('\n') {
        Some((first, rest)) if first.ends_with(':') => (first.trim_end_matches(':').to_uppercase(), rest),
        _ => ("NOTES".to_owned(), notes),
    };
    if !lines.trim().is_empty() {
        roff.control("SH", [heading.as_str()]).control("nf", []);
        for line in lines.lines() {
            roff.text([roman(line)]);
        }
        roff.control("fi", []);
    }
    let is_tool = command.get_name() == "git-postmortem";
    roff.control("SH", ["SEE ALSO"]);
    roff.text(if is_tool {
        vec![
            bold("git"),
            roman("(1), "),
            bold("git-commit"),
            roman("(1), "),
            bold("gitrevisions"),
            roman("(7)"),
        ]
    } else {
        vec![bold("git-postmortem"), roman("(1)")]
    });
    roff
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_a_page_for_the_tool_and_one_for_every_command() {
        let names: Vec<String> = pages().into_iter().map(|page| page.file_name).collect();
        assert_eq!(names[0], "git-postmortem.1");
        for name in ["actions", "demo", "setup"] {
            assert!(names.contains(&format!("git-postmortem-{name}.1")), "{names:?}");
        }
    }

    #[test]
    fn pages_name_commands_as_they_are_typed() {
        let page = pages().into_iter().find(|page| page.file_name == "git-postmortem-actions.1").unwrap();
        let text = String::from_utf8(page.text).unwrap();
        assert!(
            text.contains("git postmortem actions") || text.contains("git\\-postmortem actions"),
            "{text}"
        );
        assert!(text.starts_with(".ie"), "{text}");
    }
}

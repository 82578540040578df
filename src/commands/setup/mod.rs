//! `setup`: man pages and completions to where `man` and the shells find them, and all of it away again.

mod alias;
mod ledger;
mod places;
mod programs;

use std::path::{Path, PathBuf};

use ledger::{Fate, Ledger};
use places::{Piece, Places};

use super::completions::Shell;
use crate::error::{CliError, ExitStatus};
use crate::session::Session;

/// Install man pages and completions for the shells found
///
/// Everything goes below your home directory; no start-up file is edited. What was written is listed and
/// remembered, running it again changes nothing, and --remove takes exactly that away.
#[derive(Debug, clap::Args)]
pub struct SetupArgs {
    /// Take away what setup has written
    #[arg(long)]
    remove: bool,
    /// Say what would be done and do nothing
    #[arg(short = 'n', long)]
    dry_run: bool,
    /// Also make a short form, `git pm` by default
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "pm", conflicts_with = "remove")]
    alias: Option<String>,
    /// Only for this shell; may be repeated (default: those on PATH)
    #[arg(long, value_enum, value_name = "SHELL", conflicts_with = "remove")]
    shell: Vec<Shell>,
}

/// Installs, or takes away.
///
/// # Errors
/// Without a home directory, and where a file cannot be written.
pub fn run(session: &mut Session, args: &SetupArgs) -> Result<ExitStatus, CliError> {
    let places = Places::find(session)?;
    let mut ledger = Ledger::read(&places.ledger())?;
    if args.remove {
        remove(session, &places, ledger, args.dry_run)
    } else {
        install(session, &places, &mut ledger, args)
    }
}

fn install(
    session: &Session,
    places: &Places,
    ledger: &mut Ledger,
    args: &SetupArgs,
) -> Result<ExitStatus, CliError> {
    let shells = if args.shell.is_empty() { places.shells() } else { args.shell.clone() };
    let pieces = places.pieces(&shells);
    let mut rows = Vec::new();
    for group in pieces.chunk_by(|a, b| a.label == b.label) {
        let fates =
            group.iter().map(|piece| ledger.put(piece, args.dry_run)).collect::<Result<Vec<_>, _>>()?;
        rows.push(row(places, group, &fates, args.dry_run));
        for (piece, fate) in group.iter().zip(&fates) {
            session.ui.detail(&format!("{}  {}", fate.word(args.dry_run), places.shown(&piece.path)));
            if *fate == Fate::Foreign {
                session
                    .ui
                    .warn(&format!("{} exists and is not ours: left as it is", places.shown(&piece.path)));
            }
        }
    }
    // After an upgrade a page may be gone; with --shell the others stay.
    if args.shell.is_empty() {
        ledger.sweep(&pieces, args.dry_run)?;
    }
    if let Some(row) = alias::offer(session, ledger, args.alias.as_deref(), args.dry_run)? {
        rows.push(row);
    }
    if !args.dry_run {
        ledger.write()?;
    }
    say(session, &rows);
    advise(session, places, &shells, args.dry_run);
    Ok(ExitStatus::Done)
}

/// Label, what happened, where.
type Row = (String, &'static str, String);

fn row(places: &Places, group: &[Piece], fates: &[Fate], dry_run: bool) -> Row {
    let first = places.shown(&group[0].path);
    let place = match group.len() {
        1 => first,
        many => format!("{first} and {} more", many - 1),
    };
    let changed = fates.iter().find(|fate| **fate != Fate::Kept).unwrap_or(&Fate::Kept);
    (group[0].label.to_owned(), changed.word(dry_run), place)
}

fn say(session: &Session, rows: &[Row]) {
    let widest = rows.iter().map(|row| row.1.len()).max().unwrap_or_default();
    let line = |(label, what, place): &Row| (label.clone(), format!("{what:widest$}   {place}"));
    let lines: Vec<(String, String)> = rows.iter().map(line).collect();
    let lines: Vec<(&str, String)> =
        lines.iter().map(|(label, line)| (label.as_str(), line.clone())).collect();
    session.ui.lines(&lines);
}

/// What the user has to know or do besides.
fn advise(session: &Session, places: &Places, shells: &[Shell], dry_run: bool) {
    if dry_run {
        session
            .ui
            .lines(&[("nothing", "was written".to_owned()), ("next", "git postmortem setup".to_owned())]);
        return;
    }
    if let Some(line) = places.man_advice() {
        session.ui.hint(&line);
    }
    for shell in shells {
        if let Some(line) = places.shell_advice(*shell) {
            session.ui.hint(&line);
        }
    }
    session.ui.lines(&[
        ("next", "git postmortem --help   in a new shell, and git postmortem <TAB>".to_owned()),
        ("undo", "git postmortem setup --remove".to_owned()),
    ]);
}

fn remove(session: &Session, places: &Places, ledger: Ledger, dry_run: bool) -> Result<ExitStatus, CliError> {
    if ledger.is_empty() {
        session.ui.status("nothing to take away: setup has written nothing here");
        return Ok(ExitStatus::Done);
    }
    alias::remove(session, &ledger, dry_run)?;
    let (foreign, gone): (Vec<_>, Vec<_>) =
        ledger.take_away(dry_run)?.into_iter().partition(|(_, fate)| *fate == Fate::Foreign);
    // Pages of one folder are one line.
    for folder in gone.chunk_by(|a, b| a.0.parent() == b.0.parent()) {
        let first = places.shown(&folder[0].0);
        let more = if folder.len() > 1 { format!(" and {} more", folder.len() - 1) } else { String::new() };
        session.ui.out(&format!("{}  {first}{more}\n", Fate::Removed.word(dry_run)));
        for (path, _) in &folder[1..] {
            session.ui.detail(&places.shown(path));
        }
    }
    for (path, _) in foreign {
        session.ui.warn(&format!("{} was changed since: left as it is", places.shown(&path)));
    }
    Ok(ExitStatus::Done)
}

/// The home directory as people write it.
fn shorten(path: &Path, home: &Path) -> String {
    match path.strip_prefix(home) {
        Ok(below) => PathBuf::from("~").join(below).display().to_string(),
        Err(_) => path.display().to_string(),
    }
}

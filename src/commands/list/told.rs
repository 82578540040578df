//! The answer of `list`: a table, or JSON, and what was not seen.

use super::{Format, ListArgs};
use crate::archive::Archive;
use crate::error::CliError;
use crate::model::State;
use crate::render::postmortems::{self as show, PostmortemRow};
use crate::render::{clean, count};
use crate::session::Session;

/// Prints the rows that were chosen.
pub(super) fn print(
    session: &Session,
    args: &ListArgs,
    rows: &[PostmortemRow],
    (archive, notes): (&Archive, &[String]),
) -> Result<(), CliError> {
    let ui = &session.ui;
    if args.json || args.format == Format::Json {
        let unseen = archive.unseen.iter().map(ToString::to_string);
        let incomplete: Vec<String> = unseen.chain(notes.iter().cloned()).collect();
        let written = ui.out_with(|out| show::json(out, rows, &incomplete));
        return written
            .map_err(|error| CliError::new("the answer could not be written").because(error.to_string()));
    }
    match (rows.is_empty(), archive.entries.len()) {
        (true, all) if args.about.is_some() => {
            let what = match all {
                0 => "no post-mortem has".to_owned(),
                all => format!("none of {}", count(all, "post-mortem that has", "post-mortems that have")),
            };
            let about = clean(args.about.as_deref().unwrap_or_default());
            ui.status(&format!("{what} to do with {about}"));
        }
        (true, 0) => {
            ui.status("no post-mortems here yet");
            ui.hint("git postmortem new What happened, in a few words");
        }
        (true, all) => ui.status(&format!("none of {}", count(all, "post-mortem", "post-mortems"))),
        (false, _) => {
            let drawn = match (args.like.is_some(), args.grep.is_empty()) {
                (true, _) => show::alike(rows, ui.look()),
                (false, true) => show::table(rows, ui.look()),
                (false, false) => show::matches(rows, ui.look()),
            };
            ui.out(&drawn);
            ui.status(&format!("\n{}", summary(rows)));
        }
    }
    notes.iter().for_each(|note| ui.warn(note));
    for unseen in &archive.unseen {
        ui.warn(&unseen.to_string());
    }
    for ignored in &archive.ignored {
        ui.detail(&format!("{} is also {}: not counted", ignored.id, ignored.place));
    }
    for page in &archive.left_out {
        ui.detail(&format!("{} is left out: {}", page.path, page.purpose));
    }
    Ok(())
}

/// `7 post-mortems: 1 draft, 1 in review, 5 published`.
fn summary(rows: &[PostmortemRow]) -> String {
    let of = |state: State| rows.iter().filter(|row| row.state == state).count();
    let mut parts = Vec::new();
    for (state, one, many) in [
        (State::Draft, "draft", "drafts"),
        (State::InReview, "in review", "in review"),
        (State::Published, "published", "published"),
    ] {
        parts.extend(Some(of(state)).filter(|n| *n > 0).map(|n| count(n, one, many)));
    }
    format!("{}: {}", count(rows.len(), "post-mortem", "post-mortems"), parts.join(", "))
}

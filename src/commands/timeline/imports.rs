//! Records of other tools, from files and standard input.

use std::path::Path;

use chrono::NaiveDate;

use super::{Offered, TimelineArgs};
use crate::archive::Entry;
use crate::config::Zone;
use crate::document::{StampZone, text_of};
use crate::error::CliError;
use crate::events::{Asked, Format, ImportError, Imported, import};
use crate::render::timeline::UnreadRow;
use crate::render::{clean, count};
use crate::session::{Project, Session};

/// The zone that was typed.
pub(super) fn zone(typed: Option<&str>) -> Result<Option<StampZone>, CliError> {
    let Some(typed) = typed else { return Ok(None) };
    if let Some(zone) = StampZone::named(typed) {
        return Ok(Some(zone));
    }
    let error = CliError::new(format!("'{typed}' is no zone"));
    let likeness = |name: &str| strsim::jaro_winkler(&name.to_lowercase(), &typed.to_lowercase());
    let nearest = Zone::names().max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    Err(match nearest.filter(|name| likeness(name) > 0.8) {
        Some(name) => error.hint(format!("did you mean {name}?")),
        None => error.hint("a zone is written Europe/Berlin, UTC or +02:00"),
    })
}

/// Adds what a file says to what is offered.
pub(super) fn read(
    session: &Session,
    (project, entry): (&Project, &Entry),
    args: &TimelineArgs,
    (file, zone): (&Path, &Option<StampZone>),
    offered: &mut Offered,
) -> Result<(), CliError> {
    let bytes = session.read_file(file)?;
    let text = text_of(&bytes);
    let shown = if file == Path::new("-") { "standard input".into() } else { file.display().to_string() };
    let name = match file.file_name() {
        Some(name) if file != Path::new("-") => name.to_string_lossy().into_owned(),
        _ => shown.clone(),
    };
    let channel = channel(file);
    let asked = Asked {
        name: &name,
        channel: channel.as_deref(),
        format: args.from.map(Format::from),
        vocabulary: &project.vocabulary,
        about: entry.postmortem.date,
        zone,
        names: args.names,
        environments: &project.config.deploy.environments,
    };
    let imported = import(&text, &asked).map_err(|error| unreadable(&shown, &error))?;
    drop(text);
    if imported.events.is_empty() && !imported.unread.is_empty() {
        let error = CliError::new(format!("nothing could be read of {shown}"));
        let error = error.because(format!("it was taken for {}", imported.format.name()));
        let first = imported.unread.first().map(|unread| format!("line {}: {}", unread.line, unread.why));
        return Err(first.into_iter().fold(error, CliError::because).hint("--from says what it is"));
    }
    note(&shown, entry.postmortem.date, zone.as_ref(), &imported, offered);
    let unread = imported.unread.into_iter();
    offered.unread.extend(unread.map(|unread| UnreadRow {
        file: shown.clone(),
        line: unread.line,
        reason: unread.why,
    }));
    offered.events.extend(imported.events);
    Ok(())
}

/// A Slack export has a folder for each channel and a file for each day in it.
fn channel(file: &Path) -> Option<String> {
    let is_day = file.file_stem()?.to_str()?.parse::<NaiveDate>().is_ok();
    let folder = file.parent()?.file_name()?.to_str()?.to_owned();
    is_day.then_some(folder)
}

/// What was assumed and left out while a record was read.
fn note(
    shown: &str,
    day: Option<NaiveDate>,
    zone: Option<&StampZone>,
    imported: &Imported,
    offered: &mut Offered,
) {
    let mut parts = vec![count(imported.events.len(), "event", "events")];
    if imported.unzoned > 0 {
        let name = zone.map_or("UTC", StampZone::name);
        let but = if zone.is_none() { " (--zone names another)" } else { "" };
        let times = count(imported.unzoned, "time without a zone", "times without a zone");
        parts.push(format!("{times} read as {name}{but}"));
    }
    if let Some(day) = day.filter(|_| imported.undated > 0) {
        let times = count(imported.undated, "time without a day", "times without a day");
        parts.push(format!("{times} read as of {day}"));
    }
    let passed_over = imported.passed_over.iter();
    parts.extend(passed_over.map(|(why, number)| format!("left out: {number} × {why}")));
    if imported.cut > 0 {
        parts.push(format!("{} cut off at 1000 characters", count(imported.cut, "text", "texts")));
    }
    offered.notes.push(format!("{shown}, {}: {}", imported.format.name(), parts.join("; ")));
    offered.incomplete.extend(imported.partial.as_ref().map(|why| format!("{shown}: {why}")));
}

fn unreadable(shown: &str, error: &ImportError) -> CliError {
    match error {
        ImportError::Empty => CliError::new(format!("{shown} is empty")),
        ImportError::NoColumn(columns) => {
            let columns: Vec<String> = columns.iter().take(12).map(|name| clean(name).into_owned()).collect();
            CliError::new(format!("{shown} has no columns of times and events"))
                .because(format!("its columns are {}", columns.join(", ")))
                .hint("name them time and event, and perhaps kind and source")
        }
    }
}

//! What is said about a timeline: its rows, how long things took, what could not be read, what to type next.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::view::View;
use super::write::Written;
use super::{Format, Offered, TimelineArgs};
use crate::archive::Entry;
use crate::commands::edited::Edit;
use crate::error::CliError;
use crate::events::{Begin, End, Measures};
use crate::render::timeline as show;
use crate::render::{count, escape, minutes};
use crate::session::Session;

/// So many lines that could not be read are named one by one.
const NAMED: usize = 20;

/// The rows in the form that is asked for.
pub(super) fn view(
    session: &Session,
    entry: &Entry,
    args: &TimelineArgs,
    view: &View,
    offered: &Offered,
) -> Result<(), CliError> {
    let ui = &session.ui;
    let format = if args.json { Format::Json } else { args.format };
    let written = match format {
        Format::Table => {
            if !view.rows.is_empty() {
                ui.out(&show::table(&view.rows, ui.look()));
            }
            let measured = measured(view, entry);
            if !measured.is_empty() {
                ui.out(if view.rows.is_empty() { "" } else { "\n" });
                ui.lines(&measured);
            }
            Ok(())
        }
        Format::Json => {
            let members = members(entry, view, offered);
            ui.out_with(|out| show::json(out, &view.rows, &members, &incomplete(offered)))
        }
        Format::Csv => ui.out_with(|out| show::csv(out, &view.rows)),
        Format::Markdown => ui.out_with(|out| show::markdown(out, &view.rows)),
    };
    written.map_err(|error| CliError::new("the answer could not be written").because(error.to_string()))
}

/// The same as one row, with everything that a reader must know.
pub(super) fn edit(entry: &Entry, written: &Written, view: &View, offered: &Offered) -> Edit {
    let unread = offered.unread.iter();
    let unread =
        unread.map(|unread| format!("{}:{} was not read: {}", unread.file, unread.line, unread.reason));
    let mut remarks = vec![count(written.added, "event added", "events added")];
    remarks.extend(measured(view, entry).into_iter().map(|(label, text)| format!("{label} {text}")));
    remarks.extend(offered.notes.iter().chain(&offered.incomplete).cloned());
    remarks.extend(unread);
    Edit { remarks, ..Edit::of("timeline", entry.id.to_string(), &written.kept) }
}

/// What was written, or that there was nothing to write.
pub(super) fn written(session: &Session, entry: &Entry, written: &Written, view: &View) {
    let there = |added: usize| count(view.rows.len().saturating_sub(added), "event", "events");
    let mut lines = if written.kept.changed {
        let added = count(written.added, "event added", "events added");
        vec![
            ("written", format!("{}   {}", entry.id, written.kept.place)),
            ("events", if view.own == 0 { added } else { format!("{added} to {}", there(written.added)) }),
        ]
    } else {
        vec![("unchanged", format!("{}   says all of it already: {}", entry.id, there(0)))]
    };
    lines.extend(measured(view, entry));
    session.ui.lines(&lines);
}

/// Everything else that a reader must know.
pub(super) fn rest(session: &Session, args: &TimelineArgs, view: &View, offered: &Offered) {
    let ui = &session.ui;
    let is_quiet_format = args.json || args.format != Format::Table;
    if !args.write && !is_quiet_format {
        let all = count(view.rows.len(), "event", "events");
        let said = match (view.rows.len(), view.offered()) {
            (0, _) => "nothing has happened yet, as far as the document says".to_owned(),
            (_, 0) => format!("\n{all}, all in the document"),
            (_, new) => {
                format!("\n{all}: {} in the document, {new} offered (--write puts them into it)", view.own)
            }
        };
        ui.status(&said);
        if !args.git && args.import.is_empty() {
            ui.hint("--git offers what git saw, --import FILE what another tool recorded");
        }
    }
    if !is_quiet_format {
        offered.notes.iter().for_each(|note| ui.status(note));
    }
    if !args.json {
        offered.incomplete.iter().for_each(|why| ui.warn(why));
        for unread in offered.unread.iter().take(NAMED) {
            ui.warn(&format!("{}:{} was not read: {}", unread.file, unread.line, unread.reason));
        }
        if let Some(more @ 1..) = offered.unread.len().checked_sub(NAMED) {
            ui.warn(&format!("{} more could not be read (--json lists all)", count(more, "line", "lines")));
        }
    }
}

/// How long it took, from the turning points; and what the document should say.
fn measured(view: &View, entry: &Entry) -> Vec<(&'static str, String)> {
    let measures = &view.measures;
    let mut lines = Vec::new();
    let begin = measures.begin.map(|(_, begin)| match begin {
        Begin::Impact => "after the impact began",
        Begin::Detected => "after it was detected; nothing says when the impact began",
    });
    let mut since = begin;
    for (label, at) in points(measures) {
        let Some(took) = measures.until(at) else { continue };
        if label == "detected" && matches!(measures.begin, Some((_, Begin::Detected))) {
            continue;
        }
        let behind = since.take().map(|words| format!(" {words}")).unwrap_or_default();
        lines.push((label, format!("{}{behind}", minutes(took))));
    }
    let Some(duration) = measures.duration() else {
        let missing = match (measures.begin, measures.end) {
            (None, _) => Some("impact"),
            (_, None) => Some("resolved"),
            _ => None,
        };
        if let Some(kind) = missing.filter(|_| !view.rows.is_empty()) {
            let mark = format!("git postmortem note \"…\" --at TIME --kind {kind} -i {}", entry.id.short());
            lines.push(("next", mark));
        }
        return lines;
    };
    let until = match measures.end {
        Some((_, End::Mitigated)) => ", until it was mitigated",
        _ => "",
    };
    let (said, is_offered) = match view.stated {
        Some(stated) if stated.abs_diff(duration) <= 1 => ("as the document says".to_owned(), false),
        Some(stated) => (format!("the document says {}", minutes(stated)), true),
        None => ("the document does not say so".to_owned(), true),
    };
    lines.push(("duration", format!("{}{until}; {said}", minutes(duration))));
    if is_offered {
        let value = escape::shell(&exact(duration));
        lines.push(("next", format!("git postmortem edit {} --set duration={value}", entry.id.short())));
    }
    lines
}

fn points(measures: &Measures) -> [(&'static str, Option<DateTime<Utc>>); 4] {
    [
        ("detected", measures.detected),
        ("acknowledged", measures.acknowledged),
        ("mitigated", measures.mitigated),
        ("resolved", measures.resolved),
    ]
}

/// Minutes as they read back to the minute.
fn exact(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, 1) => "1 minute".to_owned(),
        (0, minutes) => format!("{minutes} minutes"),
        (1, 0) => "1 hour".to_owned(),
        (hours, 0) => format!("{hours} hours"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

fn members(entry: &Entry, view: &View, offered: &Offered) -> Vec<(&'static str, Value)> {
    let measures = &view.measures;
    let window = offered.window.map(|window| json!({ "since": window.since, "until": window.until }));
    let took = |at| json!(measures.until(at));
    vec![
        ("postmortem", entry.id.to_string().into()),
        ("window", window.unwrap_or(Value::Null)),
        (
            "measures",
            json!({
                "begin": measures.begin.map(|(at, _)| at),
                "begin_is": measures.begin.map(|(_, begin)| match begin {
                    Begin::Impact => "impact",
                    Begin::Detected => "detected",
                }),
                "detect_minutes": took(measures.detected),
                "acknowledge_minutes": took(measures.acknowledged),
                "mitigate_minutes": took(measures.mitigated),
                "resolve_minutes": took(measures.resolved),
                "duration_minutes": measures.duration(),
                "stated_minutes": view.stated,
            }),
        ),
        ("unread", json!(offered.unread)),
        ("notes", json!(offered.notes)),
    ]
}

fn incomplete(offered: &Offered) -> Vec<String> {
    let unread = offered.unread.iter();
    let unread = unread.map(|unread| format!("{}:{}: {}", unread.file, unread.line, unread.reason));
    offered.incomplete.iter().cloned().chain(unread).collect()
}

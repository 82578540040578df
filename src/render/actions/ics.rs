//! Due dates for calendars (RFC 5545).

use std::io::{self, Write};

use chrono::{DateTime, Days, Utc};

use super::{ActionRow, about};
use crate::render::escape;

/// Octets of a line before it is folded.
const FOLD: usize = 75;

/// Writes an all-day event for each row that is owed and has a due date; gives back how many have none. Events and
/// not to-dos, because the calendars that most people have show no to-dos.
///
/// # Errors
/// Whatever the writer says.
pub fn ics(out: &mut dyn Write, rows: &[ActionRow<'_>], now: DateTime<Utc>) -> io::Result<usize> {
    let mut undated = 0;
    for line in
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//git-postmortem//actions//EN", "CALSCALE:GREGORIAN"]
    {
        fold(out, line)?;
    }
    for row in rows.iter().filter(|row| row.status.is_owed()) {
        let Some(due) = row.due else {
            undated += 1;
            continue;
        };
        // The end of an all-day event is the day after it.
        let end = due.checked_add_days(Days::new(1)).unwrap_or(due);
        let owner = row.owner.as_deref().map(|owner| format!("{owner}: ")).unwrap_or_default();
        let description = format!("{}\n{}\n{}:{}", row.id, about(row), row.path, row.line);
        for line in [
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}@git-postmortem", escape::ics(&row.id)),
            format!("DTSTAMP:{}", now.format("%Y%m%dT%H%M%SZ")),
            format!("DTSTART;VALUE=DATE:{}", due.format("%Y%m%d")),
            format!("DTEND;VALUE=DATE:{}", end.format("%Y%m%d")),
            format!("SUMMARY:{}", escape::ics(&format!("{owner}{}", row.text))),
            format!("DESCRIPTION:{}", escape::ics(&description)),
            "TRANSP:TRANSPARENT".to_owned(),
            "END:VEVENT".to_owned(),
        ] {
            fold(out, &line)?;
        }
    }
    fold(out, "END:VCALENDAR")?;
    Ok(undated)
}

/// Writes a line in pieces of at most 75 octets, each but the first behind a blank, never inside a character.
fn fold(out: &mut dyn Write, line: &str) -> io::Result<()> {
    let mut rest = line;
    let mut room = FOLD;
    while rest.len() > room {
        let mut cut = room;
        while !rest.is_char_boundary(cut) {
            cut -= 1;
        }
        write!(out, "{}\r\n ", &rest[..cut])?;
        rest = &rest[cut..];
        // The blank counts.
        room = FOLD - 1;
    }
    write!(out, "{rest}\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_fold_between_characters() {
        let line = "SUMMARY:".to_owned() + &"größe ".repeat(30);
        let mut out = Vec::new();
        fold(&mut out, &line).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.split("\r\n").all(|piece| piece.len() <= 75));
        assert_eq!(text.replace("\r\n ", "").trim_end_matches("\r\n"), line);
    }
}

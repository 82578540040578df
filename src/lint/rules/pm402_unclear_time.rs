//! A time of the timeline that cannot be read.

use crate::document::{Clock, NoMoment, PassageKind, unclear_zone};
use crate::lint::{Level, Look, Note, Rule};
use crate::model::SectionKind;

pub(super) static RULE: Rule = Rule {
    code: "PM402",
    name: "unclear-time",
    level: Level::Warning,
    docs: "\
### What it checks

The time of each entry is a time (not 25:70), and its zone is one (CST is three), also where one is told for all of them
(`Time (CST)`). `??:??` says that nobody knows, and `T+15m`
counts from another time: both may stand.

### Why

What cannot be read is left out of the times to detect and to resolve, and of every merged timeline.

### Bad

```markdown
## Timeline

| Time | Event |
|------|-------|
| 2026-03-08 14:05 CST | Detected: the alert on failed uploads fired |
| 2026-03-08 14:20 UTC | Mitigated: the release was taken back |
| 2026-03-08 14:45 UTC | Resolved: the last queued upload went through |
```

### Good

```markdown
## Timeline

| Time | Event |
|------|-------|
| 2026-03-08 14:05 UTC | Detected: the alert on failed uploads fired |
| 2026-03-08 14:20 UTC | Mitigated: the release was taken back |
| 2026-03-08 14:45 UTC | Resolved: the last queued upload went through |
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let document = look.document;
    let mut clock: Option<Clock<'_>> = None;
    let mut is_read = false;
    for entry in document.timeline().iter().filter(|entry| entry.event.at.is_none()) {
        let written = entry.event.written.trim();
        // A document without a day lacks that, and not each of its times.
        if written.is_empty() || written.contains('?') || !written.bytes().any(|byte| byte.is_ascii_digit()) {
            continue;
        }
        let clock = clock
            .get_or_insert_with(|| Clock::new(document.text(), look.vocabulary, look.postmortem.date, None));
        let text = match clock.read(written) {
            Err(NoMoment::Zone(zone)) => format!("the time zone '{zone}' means several or none"),
            Err(NoMoment::Unclear(one, other)) => format!("'{written}' may be of {one} or {other}"),
            Err(NoMoment::NoTime) if looks_like_time(written) => format!("'{written}' is no time"),
            read => {
                is_read |= read.is_ok();
                continue;
            }
        };
        let place = super::pm401_timeline_order::place(look, entry);
        notes.push(
            Note::new(place, text).help("write it as 2026-03-08 14:05 UTC, or ??:?? where nobody knows"),
        );
    }
    if is_read {
        zone_of_all(look, notes);
    }
    unread(look, notes);
}

/// What names the zone of all times, where that name means several: times that can be read are no moments then.
fn zone_of_all(look: &Look<'_>, notes: &mut Vec<Note>) {
    let document = look.document;
    for section in document.sections().iter().filter(|one| one.kind == Some(SectionKind::Timeline)) {
        let heading = unclear_zone(&section.name).map(|zone| (section.heading.clone(), zone.to_owned()));
        let told = || {
            document.passages_in(section).find_map(|passage| {
                let tells = match passage.kind() {
                    PassageKind::Cell { head } => head,
                    PassageKind::Paragraph => passage.span().len() < 200,
                    _ => false,
                };
                let zone = unclear_zone(&passage.text()).filter(|_| tells)?.to_owned();
                Some((passage.span(), zone))
            })
        };
        if let Some((place, zone)) = heading.or_else(told) {
            let line = look.document.text()[place.clone()].trim_end().len();
            let note = Note::new(
                place.start..place.start + line,
                format!("the time zone '{zone}' means several or none, so no time is a moment"),
            );
            notes.push(
                note.help("write the zone as UTC, as an offset (UTC-06:00) or as a place (America/Chicago)"),
            );
            return;
        }
    }
}

/// Items among entries that open with a time that is none: `25:70 it broke`.
fn unread(look: &Look<'_>, notes: &mut Vec<Note>) {
    let document = look.document;
    let entries = document.timeline();
    if entries.is_empty() {
        return;
    }
    let mut last = 0;
    for section in document.sections().iter().filter(|one| one.kind == Some(SectionKind::Timeline)) {
        // A timeline in a timeline is part of it.
        if section.body.start < last {
            continue;
        }
        last = section.body.end;
        for passage in document.passages_in(section) {
            if !matches!(passage.kind(), PassageKind::Item { .. } | PassageKind::Cell { head: false }) {
                continue;
            }
            let span = passage.span();
            let before = entries.partition_point(|entry| entry.span.start <= span.start);
            if before > 0 && span.start < entries[before - 1].span.end {
                continue;
            }
            let text = passage.text();
            let word = text.split_whitespace().next().unwrap_or("");
            let word = word.trim_matches(['[', ']', '-', '–', ':', '*']);
            if looks_like_time(word) {
                let place = span.start..span.end.min(span.start + word.len());
                let note = Note::new(place, format!("'{word}' is no time"));
                notes.push(note.help("write it as 14:05, or ??:?? where nobody knows"));
            }
        }
    }
}

/// Numbers parted by a colon, and nothing else.
fn looks_like_time(text: &str) -> bool {
    let mut parts = text.split(':');
    let is_number = |part: Option<&str>| {
        part.is_some_and(|part| {
            (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    is_number(parts.next())
        && is_number(parts.next())
        && parts.next().is_none_or(|last| is_number(Some(last)))
}

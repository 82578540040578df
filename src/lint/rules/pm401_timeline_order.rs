//! Entries of the timeline that are out of order.

use chrono::{DateTime, Utc};

use crate::document::edit::Edit;
use crate::document::{EntryForm, Span, TimelineEntry, names_zone};
use crate::lint::{Level, Look, Note, Rule};

/// Days by which an entry lies apart from all others only where its year or its month was guessed.
const FAR: i64 = 30;

pub(super) static RULE: Rule = Rule {
    code: "PM401",
    name: "timeline-order",
    level: Level::Warning,
    docs: "\
### What it checks

No entry tells an earlier time than the one before it in the same table or list. A timeline that runs backwards from end to
beginning is said once. `--fix` sorts the rows of a table whose times all have their day; elsewhere the order says which day a
time is of, and only the author knows which of the two is wrong.

### Why

A time that stands in the wrong place is mostly a time that was mistyped, and the times to detect and to resolve are
computed from it.

### Bad

```markdown
## Timeline

All times in UTC.

| Time | Event |
|------|-------|
| 2026-03-08 14:05 | Detected: the alert on failed uploads fired |
| 2026-03-08 14:45 | Resolved: the last queued upload went through |
| 2026-03-08 14:20 | Mitigated: the release was taken back |
```

### Good

```markdown
## Timeline

All times in UTC.

| Time | Event |
|------|-------|
| 2026-03-08 14:05 | Detected: the alert on failed uploads fired |
| 2026-03-08 14:20 | Mitigated: the release was taken back |
| 2026-03-08 14:45 | Resolved: the last queued upload went through |
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let entries = look.document.timeline();
    let belongs = |one: &TimelineEntry, other: &TimelineEntry| {
        one.form == other.form && are_neighbours(look.document.text(), one, other)
    };
    for run in entries.chunk_by(belongs) {
        check_run(look, run, notes);
    }
}

/// Whether two entries are of one table or list: no heading stands between them.
fn are_neighbours(text: &str, one: &TimelineEntry, other: &TimelineEntry) -> bool {
    let Some(between) = text.get(one.span.end..other.span.start) else { return true };
    // A heading begins a stretch of its own, and a day may.
    one.form == EntryForm::Heading || !between.lines().any(|line| line.starts_with('#'))
}

fn check_run(look: &Look<'_>, run: &[TimelineEntry], notes: &mut Vec<Note>) {
    let timed: Vec<(&TimelineEntry, DateTime<Utc>)> =
        run.iter().filter_map(|entry| Some((entry, entry.event.at?))).collect();
    if timed.len() > 2
        && timed.windows(2).all(|pair| pair[0].1 >= pair[1].1)
        && timed[0].1 > timed[timed.len() - 1].1
    {
        let note = Note::new(place(look, timed[0].0), "the timeline runs backwards");
        notes.push(note.help("begin with what happened first").fix(sorted(look, run)));
        return;
    }
    let keeps = in_order(&timed.iter().map(|(_, at)| *at).collect::<Vec<_>>());
    let kept: Vec<usize> = (0..timed.len()).filter(|at| keeps[*at]).collect();
    let mut fix = (kept.len() < timed.len()).then(|| sorted(look, run));
    for (number, (entry, at)) in timed.iter().enumerate().filter(|(number, _)| !keeps[*number]) {
        // Those that are kept are in order: of all before it, the nearest is the latest.
        let behind = kept.partition_point(|kept| *kept < number);
        let before = behind.checked_sub(1).map(|at| timed[kept[at]]).filter(|(_, known)| known > at);
        let after = kept.get(behind).map(|at| timed[*at]).filter(|(_, known)| known < at);
        let (word, other) = match (before, after) {
            (Some(other), _) => ("behind", other),
            (None, Some(other)) => ("before", other),
            (None, None) => continue,
        };
        let written = entry.event.written.trim();
        let has_year = written.as_bytes().windows(4).any(|part| part.iter().all(u8::is_ascii_digit));
        if !has_year && (other.1 - *at).num_days().abs() > FAR {
            continue;
        }
        let text = format!("'{written}' stands {word} '{}'", other.0.event.written.trim());
        let note = Note::new(place(look, entry), text);
        let note = note.help("move it, or correct the one of the two that is wrong");
        // One edit sorts all rows, so one note has it.
        notes.push(note.fix(fix.take().unwrap_or_default()));
    }
}

/// Which times belong to the longest run that is in order, so that the fewest others are out of it; of two that might
/// be, the later one is.
fn in_order(times: &[DateTime<Utc>]) -> Vec<bool> {
    // From the end: the first place of the best run of each length, and the place behind each in its run.
    let mut heads: Vec<usize> = Vec::new();
    let mut behind: Vec<Option<usize>> = vec![None; times.len()];
    for at in (0..times.len()).rev() {
        let length = heads.partition_point(|head| times[*head] >= times[at]);
        behind[at] = length.checked_sub(1).map(|shorter| heads[shorter]);
        if length == heads.len() {
            heads.push(at);
        } else {
            heads[length] = at;
        }
    }
    let mut keeps = vec![false; times.len()];
    let mut at = heads.last().copied();
    while let Some(place) = at {
        keeps[place] = true;
        at = behind[place];
    }
    keeps
}

/// The time of an entry where it stands as read, else the entry's first line.
pub(super) fn place(look: &Look<'_>, entry: &TimelineEntry) -> Span {
    let text = &look.document.text()[entry.span.clone()];
    let line = text.lines().next().unwrap_or("").trim_end();
    let written = entry.event.written.trim();
    match line.find(written).filter(|_| !written.is_empty()) {
        Some(at) => entry.span.start + at..entry.span.start + at + written.len(),
        None => entry.span.start..entry.span.start + line.len(),
    }
}

/// The rows in the order of time, where nothing but their place changes by it.
fn sorted(look: &Look<'_>, run: &[TimelineEntry]) -> Vec<Edit> {
    let text = look.document.text();
    let is_dated = |entry: &TimelineEntry| {
        let day = entry.event.written.as_bytes().get(..10);
        day.is_some_and(|day| {
            day[4] == b'-' && day[7] == b'-' && day.iter().filter(|byte| byte.is_ascii_digit()).count() == 8
        })
    };
    let row = |entry: &TimelineEntry| text[entry.span.clone()].trim_end_matches(['\r', '\n']).to_owned();
    let is_movable = |entry: &TimelineEntry| {
        entry.form == EntryForm::Row
            && entry.event.at.is_some()
            && is_dated(entry)
            && !row(entry).contains('\n')
    };
    // A zone that is told once is meant from there on.
    let has_zone = |entry: &TimelineEntry| names_zone(&entry.event.written);
    let is_alike = run.windows(2).all(|pair| has_zone(&pair[0]) == has_zone(&pair[1]));
    // A row between them that is no entry would be left behind.
    let touch = |pair: &[TimelineEntry]| {
        text.get(pair[0].span.end..pair[1].span.start).is_some_and(|between| between.trim().is_empty())
    };
    if look.document.is_html() || !is_alike || !run.iter().all(is_movable) || !run.windows(2).all(touch) {
        return Vec::new();
    }
    let mut order: Vec<&TimelineEntry> = run.iter().collect();
    order.sort_by_key(|entry| entry.event.at);
    let moved = run.iter().zip(order).filter(|(here, there)| here.span != there.span);
    moved
        .map(|(here, there)| Edit {
            span: here.span.start..here.span.start + row(here).len(),
            text: row(there),
        })
        .collect()
}

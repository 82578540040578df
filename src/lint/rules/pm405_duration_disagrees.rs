//! The stated duration and the timeline do not agree.

use crate::document::FieldKind;
use crate::lint::course::{marked, spoken};
use crate::lint::{Level, Look, Note, Rule};
use crate::model::{EventKind, Fact};

/// More turning points of a kind are a log.
const MOST: usize = 50;

pub(super) static RULE: Rule = Rule {
    code: "PM405",
    name: "duration-disagrees",
    level: Level::Warning,
    docs: "\
### What it checks

The stated duration is the time between two turning points that the timeline marks: from its beginning or detection to
mitigation or resolution. It may differ by `lint.duration-tolerance`, and by a tenth of itself. A timeline that marks no beginning
and no end is not compared.

### Why

One of the two is wrong, and reports count by the stated one.

### Bad

```markdown
# Post-Mortem: Uploads failed

**Date**: 2026-03-08
**Duration**: 3 hours
**Severity**: SEV-3
**Author**: @ana
**Reviewers**: @bo

## Summary

Uploads failed for forty minutes after a release. About 300 customers saw errors until the release was taken back.

## Timeline

All times in UTC.

| Time | Event |
|------|-------|
| 2026-03-08 14:05 | Detected: the alert on failed uploads fired |
| 2026-03-08 14:20 | Mitigated: the release was taken back |
| 2026-03-08 14:45 | Resolved: the last queued upload went through |

## Root Cause

The release opened a connection for every request, and the pool of the database ran dry.

## Action Items

| # | Action | Owner | Priority | Effort | Due Date | Status |
|---|--------|-------|----------|--------|----------|--------|
| 1 | Refuse a release whose upload test fails | @ana | P1 | small | 2026-03-15 | open |
```

### Good

```markdown
# Post-Mortem: Uploads failed

**Date**: 2026-03-08
**Duration**: 40 minutes
**Severity**: SEV-3
**Author**: @ana
**Reviewers**: @bo

## Summary

Uploads failed for forty minutes after a release. About 300 customers saw errors until the release was taken back.

## Timeline

All times in UTC.

| Time | Event |
|------|-------|
| 2026-03-08 14:05 | Detected: the alert on failed uploads fired |
| 2026-03-08 14:20 | Mitigated: the release was taken back |
| 2026-03-08 14:45 | Resolved: the last queued upload went through |

## Root Cause

The release opened a connection for every request, and the pool of the database ran dry.

## Action Items

| # | Action | Owner | Priority | Effort | Due Date | Status |
|---|--------|-------|----------|--------|----------|--------|
| 1 | Refuse a release whose upload test fails | @ana | P1 | small | 2026-03-15 | open |
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let meant = look.postmortem;
    let (Some(stated), false) =
        (meant.duration_minutes.map(i64::from), meant.inferred.contains(&Fact::Duration))
    else {
        return;
    };
    let measures = marked(look);
    if measures.begin.is_none() || measures.end.is_none() {
        return;
    }
    let at = |kind: EventKind| {
        look.document
            .timeline()
            .iter()
            .filter(move |entry| entry.event.kind == Some(kind))
            .filter_map(|entry| entry.event.at)
    };
    // Which turning points a duration counts between is the author's choice.
    // What stands before the first sign counts too: there it began, whatever that entry is marked with.
    let noticed = at(EventKind::Detected).min();
    let early = || {
        let all = look.document.timeline().iter().filter_map(|entry| entry.event.at);
        all.filter(move |at| noticed.is_none_or(|noticed| *at < noticed))
    };
    let begins = || at(EventKind::Impact).chain(at(EventKind::Detected)).chain(early()).take(MOST);
    let ends = || at(EventKind::Mitigated).chain(at(EventKind::Resolved)).take(MOST);
    let tolerance = i64::from(look.config.lint.written.duration_tolerance).max(stated / 10);
    let agrees =
        begins().any(|begin| ends().any(|end| ((end - begin).num_minutes() - stated).abs() <= tolerance));
    let Some(told) = measures.duration().map(i64::from).filter(|_| !agrees) else { return };
    let field = look.document.field(FieldKind::Duration);
    let place = field.map_or_else(|| look.head(), |field| field.value.span.clone());
    let text = format!("the stated duration is {}, the timeline's {}", spoken(stated), spoken(told));
    notes.push(Note::new(place, text).help("correct the one that is wrong, or the marks of the timeline"));
}

//! A long time in which nothing is told.

use crate::lint::course::{lasted, spoken};
use crate::lint::{Level, Look, Note, Rule};

pub(super) static RULE: Rule = Rule {
    code: "PM406",
    name: "timeline-gap",
    level: Level::Info,
    docs: "\
### What it checks

While the incident lasts, from its beginning or detection to its last mitigation or resolution as the timeline marks them, no two
entries are further apart than `lint.timeline-gap`.

### Why

Four hours without an entry were four hours of waiting, of searching in the wrong place, or of nobody writing down: each is
worth a sentence.

### Bad

```markdown
# Post-Mortem: Uploads failed

**Date**: 2026-03-08
**Duration**: 7 hours
**Severity**: SEV-3
**Author**: @ana
**Reviewers**: @bo

## Summary

Uploads failed for seven hours after a release. About 300 customers saw errors until the release was taken back.

## Timeline

All times in UTC.

| Time | Event |
|------|-------|
| 2026-03-08 14:05 | Detected: the alert on failed uploads fired |
| 2026-03-08 14:20 | Acknowledged: the on-call joined |
| 2026-03-08 21:05 | Resolved: the last queued upload went through |

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
**Duration**: 7 hours
**Severity**: SEV-3
**Author**: @ana
**Reviewers**: @bo

## Summary

Uploads failed for seven hours after a release. About 300 customers saw errors until the release was taken back.

## Timeline

All times in UTC.

| Time | Event |
|------|-------|
| 2026-03-08 14:05 | Detected: the alert on failed uploads fired |
| 2026-03-08 14:20 | Acknowledged: the on-call joined |
| 2026-03-08 17:30 | The storage provider confirmed that its side was well |
| 2026-03-08 21:05 | Resolved: the last queued upload went through |

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
    let Some((from, to)) = lasted(look) else { return };
    let longest = i64::from(look.config.lint.written.timeline_gap);
    let mut inside: Vec<_> = look
        .document
        .timeline()
        .iter()
        .filter_map(|entry| Some((entry.event.at?, entry)))
        .filter(|(at, _)| (from..=to).contains(at))
        .collect();
    inside.sort_by_key(|(at, _)| *at);
    for pair in inside.windows(2) {
        let minutes = (pair[1].0 - pair[0].0).num_minutes();
        if minutes > longest {
            let text = format!("nothing is told of the {} before this entry", spoken(minutes));
            let place = super::pm401_timeline_order::place(look, pair[1].1);
            notes.push(Note::new(place, text).help("what was tried, or waited for, in between?"));
        }
    }
}

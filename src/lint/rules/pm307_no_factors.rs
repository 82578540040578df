//! Nothing contributed, it seems.

use crate::lint::shape::{is_brief, points};
use crate::lint::{Level, Look, Note, Rule};
use crate::model::SectionKind;

pub(super) static RULE: Rule = Rule {
    code: "PM307",
    name: "no-factors",
    level: Level::Info,
    docs: "\
### What it checks

A document with a root cause also says what contributed, in a section of that name, in whys, or as several points or parts of
the root cause. Near-misses and small documents need not.

### Why

\"Catastrophe requires multiple failures: single point failures are not enough\" (Cook, *How Complex Systems Fail*, 3). What made it
worse, longer or harder to see is often cheaper to mend than the trigger.

### Bad

```markdown
# Post-Mortem: Uploads failed

**Date**: 2026-03-08
**Duration**: 40 minutes
**Severity**: SEV-3
**Author**: @ana
**Reviewers**: @bo

## Summary

Uploads failed for forty minutes after a release. About 300 customers saw errors until the release was taken back.

## Impact

About 300 customers saw errors; all of their uploads went through later.

## Timeline

All times in UTC.

| Time | Event |
|------|-------|
| 2026-03-08 14:05 | Detected: the alert on failed uploads fired |
| 2026-03-08 14:20 | Mitigated: the release was taken back |
| 2026-03-08 14:45 | Resolved: the last queued upload went through |

## Root Cause

The release opened a connection for every request, and the pool of the database ran dry.

## What Went Well

1. The alert fired within a minute.

## Action Items

| # | Action | Owner | Priority | Effort | Due Date | Status |
|---|--------|-------|----------|--------|----------|--------|
| 1 | Refuse a release whose upload test fails | @ana | P1 | small | 2026-03-15 | open |
```

### Good

```markdown
## Contributing Factors

1. Upload tests do not hold a release back.
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    use SectionKind::{ContributingFactors, FiveWhys, RootCause, WentWrong};
    let document = look.document;
    let Some(cause) = document.section(RootCause).filter(|cause| cause.filled) else { return };
    // One that is empty is said to be; "none" is an answer.
    if is_brief(look)
        || [ContributingFactors, FiveWhys, WentWrong].into_iter().any(|kind| document.section(kind).is_some())
    {
        return;
    }
    if points(document.passages_in(cause)).len() > 1 {
        return;
    }
    let text = document.text()[cause.heading.clone()].trim_end();
    let place = cause.heading.start..cause.heading.start + text.len();
    let note = Note::new(place, "nothing is said to have contributed");
    notes.push(note.help("what made it worse, longer or harder to see?"));
}

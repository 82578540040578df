//! Nobody can tell whom it hurt.

use crate::lint::shape::{is_brief, is_labelled};
use crate::lint::{Level, Look, Note, Rule};
use crate::model::SectionKind;

pub(super) static RULE: Rule = Rule {
    code: "PM214",
    name: "no-impact",
    level: Level::Info,
    docs: "\
### What it checks

There is a section, or a label, that says who felt it, be it that nobody did. Near-misses, and small documents that have none of the longer
template's sections, do without.

### Why

Whether the follow-ups are worth their cost is decided by what the incident cost. A summary mentions that; numbers need a
place.

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

## Timeline

All times in UTC.

| Time | Event |
|------|-------|
| 2026-03-08 14:05 | Detected: the alert on failed uploads fired |
| 2026-03-08 14:20 | Mitigated: the release was taken back |
| 2026-03-08 14:45 | Resolved: the last queued upload went through |

## Root Cause

The release opened a connection for every request, and the pool of the database ran dry.

## Contributing Factors

1. Upload tests do not hold a release back.

## What Went Well

1. The alert fired within a minute.

## Action Items

| # | Action | Owner | Priority | Effort | Due Date | Status |
|---|--------|-------|----------|--------|----------|--------|
| 1 | Refuse a release whose upload test fails | @ana | P1 | small | 2026-03-15 | open |
```

### Good

```markdown
## Impact

None: the fault was found before any customer's request reached the new version.
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let is_there =
        look.document.section(SectionKind::Impact).is_some() || is_labelled(look, SectionKind::Impact);
    let is_asked_elsewhere = look.config.lint.written.sections.contains(&SectionKind::Impact);
    if is_there || is_asked_elsewhere || is_brief(look) {
        return;
    }
    let note = Note::new(look.end(), "no section tells the impact");
    notes.push(note.help("say who felt it, for how long and how badly; 'none' where nobody did"));
}

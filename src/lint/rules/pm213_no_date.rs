//! Nobody can tell when it was.

use crate::document::FieldKind;
use crate::lint::{Level, Look, Note, Rule};

pub(super) static RULE: Rule = Rule {
    code: "PM213",
    name: "no-date",
    level: Level::Warning,
    docs: "\
### What it checks

The day of the incident stands somewhere: in the metadata, the title, the file's name, or where the text says what happened. A
date that is there and cannot be read is the concern of `unclear-field`.

### Why

A document without a day falls out of every list, count and report, and due dates without a year have nothing to count from.

### Bad

```markdown
# Post-Mortem: Uploads failed

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
| 14:05 | Detected: the alert on failed uploads fired |
| 14:20 | Mitigated: the release was taken back |
| 14:45 | Resolved: the last queued upload went through |

## Root Cause

The release opened a connection for every request, and the pool of the database ran dry.

## Action Items

| # | Action | Owner | Priority | Effort | Due Date | Status |
|---|--------|-------|----------|--------|----------|--------|
| 1 | Refuse a release whose upload test fails | @ana | P1 | small | 2026-03-15 | open |
```

### Good

```markdown
**Date**: 2026-03-08
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let meant = look.postmortem;
    if meant.date.is_some() || meant.unclear_date.is_some() {
        return;
    }
    let field = look.document.field(FieldKind::Date);
    // What waits to be filled in is said by another rule.
    if field.is_some_and(|field| look.vocabulary.is_pending(&field.value.value)) {
        return;
    }
    let place = field.map_or_else(|| look.end(), |field| field.line.clone());
    let name = look.vocabulary.field_name(FieldKind::Date);
    let note = Note::new(place, "nothing tells the day of the incident");
    notes.push(note.help(format!("write it below the title: **{name}**: 2026-03-08")));
}

//! Metadata that every post-mortem has is not there.

use crate::config::Required;
use crate::document::FieldKind;
use crate::lint::{Level, Look, Note, Rule};
use crate::model::Kind;

pub(super) static RULE: Rule = Rule {
    code: "PM206",
    name: "missing-field",
    level: Level::Info,
    docs: "\
### What it checks

The document tells its severity and who wrote it, in whatever form: labels, a table, front matter, the title. `lint.fields` names
what is asked for; the day of the incident is always asked for, by `no-date`. What is there and cannot be read is the
concern of `unclear-field`, what waits to be filled in that of `placeholder-left`.

### Why

Lists, reports and release gates go by these. A document without a severity is nobody's priority, and one without an author has
nobody to ask.

### Bad

```markdown
# Post-Mortem: Uploads failed

**Date**: 2026-03-08
**Severity**: SEV-3
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
**Author**: @ana, @cy
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let (document, meant) = (look.document, look.postmortem);
    for required in &look.config.lint.written.fields {
        let (kind, is_there) = match required {
            Required::Duration => (FieldKind::Duration, meant.duration_minutes.is_some()),
            Required::Severity => (FieldKind::Severity, meant.severity.is_some()),
            Required::Authors => (FieldKind::Authors, !meant.authors.is_empty()),
            Required::Status => (FieldKind::Status, meant.status.is_some()),
            Required::Service => (FieldKind::Service, meant.service.is_some()),
        };
        // What nearly happened had no severity.
        if *required == Required::Severity && meant.kind == Kind::NearMiss {
            continue;
        }
        let field = document.field(kind);
        // What waits, or cannot be read, is there.
        let is_told = field.is_some_and(|field| {
            let value = field.value.value.trim();
            look.vocabulary.is_pending(value)
                || *required != Required::Authors && value.chars().any(char::is_alphanumeric)
        });
        if is_there || is_told {
            continue;
        }
        let name = look.vocabulary.field_name(kind);
        let place = field.map_or_else(|| look.end(), |field| field.line.clone());
        let text = match field {
            Some(_) => format!("'{name}' has no value"),
            None => format!("there is no '{name}'"),
        };
        notes.push(Note::new(place, text).help(format!("write it below the title: **{name}**: …")));
    }
}

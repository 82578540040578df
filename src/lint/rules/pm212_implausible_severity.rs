//! A severity that the stated impact does not bear out.

use crate::document::{FieldKind, Passage, Telling};
use crate::lint::{Level, Look, Note, Rule};
use crate::model::{Kind, SectionKind};

pub(super) static RULE: Rule = Rule {
    code: "PM212",
    name: "implausible-severity",
    level: Level::Warning,
    docs: "\
### What it checks

The gravest severity of the team's scale with an impact that is \"none\", and the lowest one with an impact on everybody or
with data lost. Only what the impact section says in so many words counts, in the languages that are read. A near-miss
may have any severity: it is what might have happened.

### Why

Severities decide who is woken, how soon follow-ups are due and what a release waits for. One that was set in the first
minutes and never looked at again is wrong in the lists for ever.

### Bad

```markdown
# Post-Mortem: Uploads failed

**Date**: 2026-03-08
**Duration**: 40 minutes
**Severity**: SEV-1
**Author**: @ana
**Reviewers**: @bo

## Summary

Uploads to the staging system failed for forty minutes after a release. Releases were on hold until it was taken back.

## Impact

No customer impact.

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

1. The release was not held back by the failing upload test.

## What Went Well

1. The alert fired within a minute.

## Action Items

| # | Action | Owner | Priority | Effort | Due Date | Status |
|---|--------|-------|----------|--------|----------|--------|
| 1 | Refuse a release whose upload test fails | @ana | P1 | small | 2026-03-10 | open |
```

### Good

```markdown
**Severity**: SEV-3
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let meant = look.postmortem;
    let Some(grade) = meant.severity.as_ref().filter(|_| meant.kind != Kind::NearMiss) else { return };
    let levels = look.vocabulary.wording().severity.levels().len();
    let Some(rank) = grade.rank.map(usize::from).filter(|_| levels > 2) else { return };
    let found = match rank {
        0 => none(look),
        rank if rank + 1 == levels => grave(look),
        _ => return,
    };
    let Some(said) = found else { return };
    let place = look
        .document
        .field(FieldKind::Severity)
        .map_or_else(|| look.head(), |field| field.value.span.clone());
    let text = format!("severity '{}' and an impact of '{}' do not fit", grade.written, said.trim());
    notes.push(Note::new(place, text).help("look at both again now that the impact is known"));
}

/// The words by which the impact is none: each of its statements says so.
fn none(look: &Look<'_>) -> Option<String> {
    let statements = statements(look);
    let is_none = |value: &String| {
        look.vocabulary.tells(Telling::NoImpact, value)
            || look.vocabulary.is_placeholder(value)
                && !look.vocabulary.is_pending(value)
                && value.chars().any(char::is_alphabetic)
    };
    let words = statements.first()?;
    // One word may be "unknown"; several labels are "none" only together.
    let says_so = statements.iter().any(|value| look.vocabulary.tells(Telling::NoImpact, value));
    let is_all = statements.iter().all(is_none) && (says_so || statements.len() > 1);
    (is_all && words.chars().count() <= 120).then(|| words.clone())
}

/// The words by which the impact was on everybody, or lost data.
fn grave(look: &Look<'_>) -> Option<String> {
    let affirms = |value: &String| {
        look.vocabulary.affirms(Telling::Everyone, value) || look.vocabulary.affirms(Telling::Lost, value)
    };
    let said = statements(look).into_iter().find(affirms)?;
    Some(if said.chars().count() > 60 { said.chars().take(59).chain(['…']).collect() } else { said })
}

/// What the impact section states: the values behind labels, and sentences.
fn statements(look: &Look<'_>) -> Vec<String> {
    let Some(section) = look.document.section(SectionKind::Impact) else { return Vec::new() };
    let mut all = Vec::new();
    for passage in look.document.passages_in(section).filter(Passage::is_prose) {
        for (_, line) in passage.lines() {
            let value = match line.split_once([':', '：']) {
                // A short label, not the middle of a sentence.
                Some((label, value)) if label.len() <= 40 => value,
                _ => &line,
            };
            if value.chars().any(char::is_alphanumeric) {
                all.push(value.trim().to_owned());
            }
        }
    }
    all
}

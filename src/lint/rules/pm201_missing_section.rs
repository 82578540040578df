//! A section that every post-mortem has is not there.

use crate::document::{PassageKind, Telling};
use crate::lint::shape::{is_field, is_labelled};
use crate::lint::{Level, Look, Note, Rule};
use crate::model::{Kind, SectionKind};

/// Words above all sections that are many enough to be a summary.
const TOLD: usize = 60;

pub(super) static RULE: Rule = Rule {
    code: "PM201",
    name: "missing-section",
    level: Level::Warning,
    docs: "\
### What it checks

Summary, timeline, root cause and action items are there, under whatever heading the team or the language has for them. A
label of that name will do; a paragraph above all headings is a summary; contributing factors, whys or what went wrong are a root cause. `lint.sections`
names the sections that are asked for; impact is asked for by `no-impact`.

### Why

A reader in a hurry looks for these four, and a writer under pressure leaves out the one that is hardest to write. The
chapter on postmortem culture in Google's *Site Reliability Engineering* (chapter 15) names the same: the incident, its
impact, what was done, the causes, and the follow-up actions.

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

## Action Items

| # | Action | Owner | Priority | Effort | Due Date | Status |
|---|--------|-------|----------|--------|----------|--------|
| 1 | Refuse a release whose upload test fails | @ana | P1 | small | 2026-03-15 | open |
```

### Good

```markdown
## Root Cause

The release opened a connection for every request, and the pool of the database ran dry.
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    for kind in &look.config.lint.written.sections {
        // What nearly happened has no course of events.
        let is_asked = *kind != SectionKind::Timeline || look.postmortem.kind != Kind::NearMiss;
        if !is_asked || is_there(look, *kind) || is_labelled(look, *kind) {
            continue;
        }
        let name = look.vocabulary.section_name(*kind);
        let note = Note::new(look.end(), format!("there is no section '{name}'"));
        notes.push(match ask(*kind) {
            Some(ask) => note.help(ask),
            None => note,
        });
    }
}

/// Whether a document says somewhere what a section of that kind is for.
fn is_there(look: &Look<'_>, kind: SectionKind) -> bool {
    let document = look.document;
    let has = |kind| document.section(kind).is_some();
    has(kind)
        || match kind {
            SectionKind::Summary => opens_with_one(look),
            SectionKind::Timeline => !document.timeline().is_empty(),
            SectionKind::RootCause => {
                use SectionKind::{ContributingFactors, FiveWhys, WentWrong};
                [FiveWhys, ContributingFactors, WentWrong].into_iter().any(has) || asks_why(look)
            }
            SectionKind::ActionItems => !document.actions().is_empty(),
            _ => false,
        }
}

/// Whether a heading that is no section's asks for causes: `Why the uploads failed`.
fn asks_why(look: &Look<'_>) -> bool {
    let sections = look.document.sections();
    sections.iter().any(|section| {
        section.kind.is_none() && section.level > 1 && look.vocabulary.tells(Telling::Why, &section.name)
    })
}

/// Whether prose stands above the first section.
fn opens_with_one(look: &Look<'_>) -> bool {
    let document = look.document;
    // A label in a line is no section that ends what stands above all of them.
    let end = document.sections().iter().find(|section| section.kind.is_some() && !section.label);
    let end = end.map_or(document.text().len(), |section| section.heading.start);
    document
        .passages()
        .take_while(|passage| passage.whole().start < end)
        .filter(|passage| {
            passage.kind() == PassageKind::Paragraph
                && passage.is_prose()
                && !is_field(look, &passage.whole())
        })
        .any(|passage| passage.span().len() >= TOLD)
}

/// What the section is to say.
fn ask(kind: SectionKind) -> Option<&'static str> {
    Some(match kind {
        SectionKind::Summary => "say in two or three sentences what happened, to whom, and what it meant",
        SectionKind::Impact => "say who felt it, for how long and how badly; 'none' where nobody did",
        SectionKind::Timeline => {
            "say when it began, when it was noticed, what was done, and when it was over"
        }
        SectionKind::RootCause => "say what in the system made this possible",
        SectionKind::ContributingFactors => "say what made it worse, longer or harder to see",
        SectionKind::WentWell => "say what helped and should be kept",
        SectionKind::ActionItems => "say what will change, who sees to it, and until when",
        _ => return None,
    })
}

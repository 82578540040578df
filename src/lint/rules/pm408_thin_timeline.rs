//! A timeline of hardly any entries.

use crate::document::{PassageKind, Span};
use crate::lint::{Level, Look, Note, Rule};
use crate::model::SectionKind;

pub(super) static RULE: Rule = Rule {
    code: "PM408",
    name: "thin-timeline",
    level: Level::Info,
    docs: "\
### What it checks

The timeline has as many entries that begin with a time as `lint.timeline-events` asks for. One that is empty is the concern of
`empty-section`; one that is a link to where it is told is not asked.

### Why

When it began, when it was noticed and when it was over are three entries. With fewer, nobody can tell how long each part
took.

### Bad

```markdown
## Timeline

All times in UTC.

| Time | Event |
|------|-------|
| 2026-03-08 14:05 | Detected: the alert on failed uploads fired |
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
    let document = look.document;
    let least = look.config.lint.written.timeline_events as usize;
    let entries = document.timeline().len();
    let sections = || document.sections().iter().filter(|one| one.kind == Some(SectionKind::Timeline));
    if entries >= least || !sections().any(|section| section.filled) {
        return;
    }
    let is_elsewhere = |section| {
        document.passages_in(section).any(|passage| passage.has_link() || passage.kind() == PassageKind::Code)
    };
    if entries == 0 && sections().any(is_elsewhere) {
        return;
    }
    let Some(place) = heading(look) else { return };
    let text = match entries {
        0 => "no entry of the timeline begins with a time".to_owned(),
        1 => "the timeline has one entry".to_owned(),
        entries => format!("the timeline has {entries} entries"),
    };
    notes.push(Note::new(place, text).help("say when it began, when it was noticed, and when it was over"));
}

/// The heading of the first timeline, without the line break behind it; its first entry where there is no heading.
pub(super) fn heading(look: &Look<'_>) -> Option<Span> {
    let document = look.document;
    let first = document.section(SectionKind::Timeline);
    let span = first
        .map(|section| section.heading.clone())
        .or_else(|| document.timeline().first().map(|entry| entry.span.clone()))?;
    let line = document.text()[span.clone()].lines().next().unwrap_or("").trim_end();
    Some(span.start..span.start + line.len())
}

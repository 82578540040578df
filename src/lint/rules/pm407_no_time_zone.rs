//! Times without a zone.

use crate::document::names_zone;
use crate::lint::{Level, Look, Note, Rule};

pub(super) static RULE: Rule = Rule {
    code: "PM407",
    name: "no-time-zone",
    level: Level::Warning,
    docs: "\
### What it checks

Where the timeline has times, something tells their zone: the times themselves, the column's name, the heading, a sentence (\"All
times in UTC.\"), or the time in the metadata. Without any, times are read as UTC.

### Why

Logs are in UTC, chats in the reader's time, and clocks change twice a year: an hour off is a cause that came after its effect.

### Bad

```markdown
## Timeline

| Time | Event |
|------|-------|
| 2026-03-08 14:05 | Detected: the alert on failed uploads fired |
| 2026-03-08 14:20 | Mitigated: the release was taken back |
| 2026-03-08 14:45 | Resolved: the last queued upload went through |
```

### Good

```markdown
## Timeline

All times in Europe/Berlin.

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
    let is_timed = |written: &str| {
        let parts: Vec<&str> = written.split(':').collect();
        parts.windows(2).any(|pair| {
            pair[0].ends_with(|c: char| c.is_ascii_digit())
                && pair[1].starts_with(|c: char| c.is_ascii_digit())
        })
    };
    let Some(first) = document.timeline().iter().find(|entry| is_timed(&entry.event.written)) else { return };
    let told = document.timeline().iter().any(|entry| entry.zoned)
        || document.fields().iter().any(|field| names_zone(&field.value.value))
        || document.title().is_some_and(|title| names_zone(&title.value))
        || document.passages().any(|passage| passage.span().len() < 200 && names_zone(&passage.text()));
    if !told {
        let place = super::pm401_timeline_order::place(look, first);
        let note = Note::new(place, "no time zone is told for the times");
        notes.push(note.help("say it once: 'All times in UTC.'"));
    }
}

//! Nobody noticed, as far as the timeline tells.

use crate::lint::course::tells_detection;
use crate::lint::{Level, Look, Note, Rule};

pub(super) static RULE: Rule = Rule {
    code: "PM403",
    name: "no-detection",
    level: Level::Info,
    docs: "\
### What it checks

Some entry of the timeline says when it was noticed: it is marked (`Detected: …`, a column *Kind*), or has a word for it, such as an
alert, a page or a report, in the languages that are read.

### Why

How long nobody knew is the part of an incident that monitoring can shorten, and the part that is most often left out.

### Bad

```markdown
## Timeline

All times in UTC.

| Time | Event |
|------|-------|
| 2026-03-08 14:05 | Impact: uploads began to fail |
| 2026-03-08 14:20 | Mitigated: the release was taken back |
| 2026-03-08 14:45 | Resolved: the last queued upload went through |
```

### Good

```markdown
## Timeline

All times in UTC.

| Time | Event |
|------|-------|
| 2026-03-08 14:05 | Impact: uploads began to fail |
| 2026-03-08 14:06 | Detected: the alert on failed uploads fired |
| 2026-03-08 14:20 | Mitigated: the release was taken back |
| 2026-03-08 14:45 | Resolved: the last queued upload went through |
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let entries = look.document.timeline();
    let least = look.config.lint.written.timeline_events as usize;
    // Too few entries are said to be.
    if entries.is_empty() || entries.len() < least || tells_detection(look) {
        return;
    }
    let Some(place) = super::pm408_thin_timeline::heading(look) else { return };
    let note = Note::new(place, "no entry tells when it was noticed");
    notes.push(note.help("mark it: 'Detected: the alert fired', or `git postmortem note --kind detected`"));
}

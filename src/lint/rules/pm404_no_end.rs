//! It is not over, as far as the timeline tells.

use crate::lint::course::tells_end;
use crate::lint::{Level, Look, Note, Rule};
use crate::model::Kind;

pub(super) static RULE: Rule = Rule {
    code: "PM404",
    name: "no-end",
    level: Level::Info,
    docs: "\
### What it checks

Some entry of the timeline says when users no longer felt it or the cause was gone: it is marked (`Mitigated: …`, `Resolved: …`), or
has a word for it, such as restored, rolled back or back to normal, in the languages that are read.

### Why

Without an end there is no duration, and no time to mitigate or to resolve. Where it ended by itself, that is worth an entry too.

### Bad

```markdown
## Timeline

All times in UTC.

| Time | Event |
|------|-------|
| 2026-03-08 14:05 | Detected: the alert on failed uploads fired |
| 2026-03-08 14:10 | Acknowledged: the on-call joined |
| 2026-03-08 14:20 | The release of the morning was suspected |
```

### Good

```markdown
## Timeline

All times in UTC.

| Time | Event |
|------|-------|
| 2026-03-08 14:05 | Detected: the alert on failed uploads fired |
| 2026-03-08 14:10 | Acknowledged: the on-call joined |
| 2026-03-08 14:45 | Resolved: uploads went through again |
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let entries = look.document.timeline();
    let least = look.config.lint.written.timeline_events as usize;
    // Too few entries are said to be; what nearly happened has no end.
    let is_near = look.postmortem.kind == Kind::NearMiss;
    if entries.is_empty() || entries.len() < least || is_near || tells_end(look) {
        return;
    }
    let Some(place) = super::pm408_thin_timeline::heading(look) else { return };
    let note = Note::new(place, "no entry tells when it was over");
    notes.push(
        note.help(
            "mark it: 'Resolved: uploads went through again', or `git postmortem note --kind resolved`",
        ),
    );
}

//! A due date that was past when the promise was made.

use crate::lint::{Level, Look, Note, Rule};

pub(super) static RULE: Rule = Rule {
    code: "PM508",
    name: "due-before-incident",
    level: Level::Warning,
    docs: "\
### What it checks

No item that is still owed falls due before the day of the incident.

### Why

It is a slip: last year's number in January, day and month exchanged, a row copied from an older document. The item is overdue from \
its first day on.

### Bad

```markdown
## Action Items

| # | Action | Owner | Priority | Effort | Due Date | Status |
|---|--------|-------|----------|--------|----------|--------|
| 1 | Refuse to start the upload service while a setting is missing | @ana | P1 | small | 2025-03-20 | open |
| 2 | Deploy settings to the test environment in the same two steps as in production | @platform | P2 | medium | 2026-04-10 | open |
| 3 | Alert on the error rate of uploads over one minute | @bo | P2 | small | 2026-03-27 | open |
```

### Good

```markdown
## Action Items

| # | Action | Owner | Priority | Effort | Due Date | Status |
|---|--------|-------|----------|--------|----------|--------|
| 1 | Refuse to start the upload service while a setting is missing | @ana | P1 | small | 2026-03-20 | open |
| 2 | Deploy settings to the test environment in the same two steps as in production | @platform | P2 | medium | 2026-04-10 | open |
| 3 | Alert on the error rate of uploads over one minute | @bo | P2 | small | 2026-03-27 | open |
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let Some(date) = look.postmortem.date else { return };
    for action in look.owed() {
        let Some(due) = action.item.due.filter(|due| *due < date) else { continue };
        let message = format!("the due date {due} lies before the incident of {date}");
        let place = look.cell(action, action.due.as_ref());
        notes.push(Note::new(place, message).help("which year and month are meant?"));
    }
}

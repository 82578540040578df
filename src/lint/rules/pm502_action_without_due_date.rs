//! A promise for some day.

use crate::document::Action;
use crate::lint::{Level, Look, Note, Rule};

pub(super) static RULE: Rule = Rule {
    code: "PM502",
    name: "action-without-due-date",
    level: Level::Warning,
    docs: "\
### What it checks

Every item that is still owed has a due date that can be read, or a priority for which `actions.sla` sets one. Where none of \
several has one, that is said once for all.

### Why

A promise without a day is never late, and so nobody asks about it. `git postmortem actions --overdue` and the release gate can \
only speak of dates.

### Bad

```markdown
## Action Items

| # | Action | Owner | Priority | Effort | Due Date | Status |
|---|--------|-------|----------|--------|----------|--------|
| 1 | Refuse to start the upload service while a setting is missing | @ana | P1 | small | 2026-03-20 | open |
| 2 | Deploy settings to the test environment in the same two steps as in production | @platform | P2 | medium |  | open |
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
    let owed: Vec<&Action> = look.owed().collect();
    let is_set =
        |action: &Action| action.item.priority.as_ref().is_some_and(|grade| look.config.sla(grade).is_some());
    let without: Vec<&Action> =
        owed.iter().filter(|action| action.item.due.is_none() && !is_set(action)).copied().collect();
    let all = without.len() > 1 && without.len() == owed.len();
    if all && without.iter().all(|action| action.item.unclear_due.is_none()) {
        let message = format!("none of {} action items has a due date", owed.len());
        notes.push(
            Note::new(look.items(), message).help("until when is each promised? write the day as 2026-03-31"),
        );
        return;
    }
    for action in without {
        let note = match &action.item.unclear_due {
            Some(unclear) => {
                let place = look.cell(action, action.due.as_ref());
                let message = format!("no due date can be read from '{}'", unclear.written);
                Note::new(place, message).help("write the day as 2026-03-31")
            }
            None => Note::new(look.place(action), "the action item has no due date")
                .help("until when is it promised? write the day as 2026-03-31"),
        };
        notes.push(note);
    }
}

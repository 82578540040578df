//! A due date that is later than its priority allows.

use chrono::TimeDelta;

use crate::lint::{Level, Look, Note, Rule};
use crate::model::Inferred;

pub(super) static RULE: Rule = Rule {
    code: "PM509",
    name: "due-after-sla",
    level: Level::Warning,
    docs: "\
### What it checks

Where `actions.sla` says within how many days of the incident items of a priority fall due, none that is still owed has a later due \
date. Without that setting nothing is said.

### Why

Either it is not that urgent, or it cannot wait that long. Both are worth saying while the team sits together.

### Bad

```markdown
## Action Items

| # | Action | Owner | Priority | Effort | Due Date | Status |
|---|--------|-------|----------|--------|----------|--------|
| 1 | Refuse to start the upload service while a setting is missing | @ana | P1 | small | 2026-05-20 | open |
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
    let priorities = look.config.priority_scale();
    for action in look.owed() {
        let item = &action.item;
        let Some((due, priority)) = item.due.zip(item.priority.as_ref()) else { continue };
        let Some(sla) = look.config.sla(priority) else { continue };
        let last = date.checked_add_signed(TimeDelta::days(i64::from(sla.days)));
        // Of a due date that is a month or a quarter, the last day is a guess.
        if last.is_none_or(|last| due <= last) || item.inferred.contains(&Inferred::Due) {
            continue;
        }
        let (days, level) = ((due - date).num_days(), priorities.label(priority));
        let message = format!(
            "{level} falls due within {} days, and this one {days} days after the incident",
            sla.days
        );
        let help = "can a smaller step be kept by then, or is it less urgent than that?";
        notes.push(Note::new(look.cell(action, action.due.as_ref()), message).help(help));
    }
}

//! A promise among ranked ones that is not ranked.

use crate::lint::{Level, Look, Note, Rule};

pub(super) static RULE: Rule = Rule {
    code: "PM503",
    name: "action-without-priority",
    level: Level::Info,
    docs: "\
### What it checks

Where other items of the document have a priority, or `actions.sla` counts due dates by priority, every item that is still owed \
has one.

### Why

A list in which some are ranked says nothing of the others: are they less urgent, or has nobody thought about it?

### Bad

```markdown
## Action Items

| # | Action | Owner | Priority | Effort | Due Date | Status |
|---|--------|-------|----------|--------|----------|--------|
| 1 | Refuse to start the upload service while a setting is missing | @ana | P1 | small | 2026-03-20 | open |
| 2 | Deploy settings to the test environment in the same two steps as in production | @platform | P2 | medium | 2026-04-10 | open |
| 3 | Alert on the error rate of uploads over one minute | @bo |  | small | 2026-03-27 | open |
```

### Good

```markdown
## Action Items

| # | Action | Owner | Priority | Effort | Due Date | Status |
|---|--------|-------|----------|--------|----------|--------|
| 1 | Refuse to start the upload service while a setting is missing | @ana | P1 | small | 2026-03-20 | open |
| 2 | Deploy settings to the test environment in the same two steps as in production | @platform | P2 | medium | 2026-04-10 | open |
| 3 | Alert on the error rate of uploads over one minute | @bo | P3 | small | 2026-03-27 | open |
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let are_ranked = look.document.actions().iter().any(|action| action.item.priority.is_some());
    if !are_ranked && look.config.actions.sla.is_empty() {
        return;
    }
    let levels = look.config.actions.priorities.join(", ");
    for action in look.owed().filter(|action| action.item.priority.is_none()) {
        let note = Note::new(look.place(action), "the action item has no priority");
        notes.push(note.help(format!("how urgent is it beside the others: {levels}?")));
    }
}

//! A promise that nobody has made.

use crate::lint::{Level, Look, Note, Rule};

pub(super) static RULE: Rule = Rule {
    code: "PM501",
    name: "action-without-owner",
    level: Level::Warning,
    docs: "\
### What it checks

Every item that is still owed has an owner: a person or a team. Where none of several has one, that is said once for all.

### Why

What belongs to everybody is done by nobody. The Google SRE book asks in chapter 15 that every postmortem's actions are followed \
up, and that needs somebody to ask.

### Bad

```markdown
## Action Items

| # | Action | Owner | Priority | Effort | Due Date | Status |
|---|--------|-------|----------|--------|----------|--------|
| 1 | Refuse to start the upload service while a setting is missing |  | P1 | small | 2026-03-20 | open |
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
    let without: Vec<_> = look.owed().filter(|action| action.item.owner.is_none()).collect();
    let help = "who sees to it that this is done? name one person or one team";
    let owed = look.owed().count();
    if without.len() > 1 && without.len() == owed {
        let message = format!("none of {owed} action items has an owner");
        notes.push(
            Note::new(look.items(), message)
                .help("who sees to it that each is done? name one person or one team"),
        );
        return;
    }
    for action in without {
        notes.push(Note::new(look.place(action), "the action item has no owner").help(help));
    }
}

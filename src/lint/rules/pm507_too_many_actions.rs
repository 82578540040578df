//! Everything at once, or nothing that is soon done.

use crate::document::Action;
use crate::lint::{Level, Look, Note, Rule};
use crate::model::Effort;

pub(super) static RULE: Rule = Rule {
    code: "PM507",
    name: "too-many-actions",
    level: Level::Info,
    docs: "\
### What it checks

A document has at most `lint.most-actions` items that are still owed (10 without a setting), and where the effort of three or more \
is known of all, at least one is small.

### Why

Who boils the ocean gets no cup of tea: a list that nobody can finish is given up as a whole, and with large items alone nothing is \
safer next week than it was.

### Bad

```markdown
## Action Items

| # | Action | Owner | Priority | Effort | Due Date | Status |
|---|--------|-------|----------|--------|----------|--------|
| 1 | Write the upload service anew so that it reads its settings while it runs | @ana | P1 | large | 2026-09-20 | open |
| 2 | Deploy settings to the test environment in the same two steps as in production | @platform | P2 | large | 2026-08-10 | open |
| 3 | Alert on the error rate of every service over one minute | @bo | P2 | medium | 2026-07-27 | open |
```

### Good

```markdown
## Action Items

| # | Action | Owner | Priority | Effort | Due Date | Status |
|---|--------|-------|----------|--------|----------|--------|
| 1 | Refuse to start the upload service while a setting is missing | @ana | P1 | small | 2026-03-20 | open |
| 2 | Deploy settings to the test environment in the same two steps as in production | @platform | P2 | large | 2026-08-10 | open |
| 3 | Alert on the error rate of every service over one minute | @bo | P2 | medium | 2026-07-27 | open |
```
",
    check,
};

/// So many items must be there before it is said that none is small.
const SEVERAL: usize = 3;

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let owed: Vec<&Action> = look.owed().collect();
    let most = usize::try_from(look.config.lint.promised.most_actions).unwrap_or(usize::MAX);
    if owed.len() > most {
        let message = format!("{} action items are promised at once", owed.len());
        let help =
            "which three would have prevented or shortened this one? the others can be ideas: proposed";
        notes.push(Note::new(look.items(), message).help(help));
    }
    let all: Vec<&Action> = look.document.actions().iter().collect();
    let is_known = owed.iter().all(|action| action.item.effort.is_some());
    let is_small = |action: &&Action| action.item.effort == Some(Effort::Small);
    if owed.len() >= SEVERAL && is_known && !all.iter().any(is_small) {
        let message = format!("none of {} action items is small", owed.len());
        let help = "what can be done this week that makes the same incident less likely, or shorter?";
        notes.push(Note::new(look.items(), message).help(help));
    }
}

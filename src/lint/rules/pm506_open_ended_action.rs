//! A promise to look at something, without an end.

use crate::document::{Vague, vague};
use crate::lint::{Level, Look, Note, Rule};

pub(super) static RULE: Rule = Rule {
    code: "PM506",
    name: "open-ended-action",
    level: Level::Info,
    docs: "\
### What it checks

A short item that is still owed does not only promise to look at something: investigate, explore, consider. A link to an issue, a \
number, or words on the outcome make it more than that.

### Why

Looking has no end of its own. With a question to answer, a day and a place for the answer it is a promise like any other.

### Bad

```markdown
## Action Items

| # | Action | Owner | Priority | Effort | Due Date | Status |
|---|--------|-------|----------|--------|----------|--------|
| 1 | Refuse to start the upload service while a setting is missing | @ana | P1 | small | 2026-03-20 | open |
| 2 | Investigate the two steps of the deployment | @platform | P2 | medium | 2026-04-10 | open |
| 3 | Alert on the error rate of uploads over one minute | @bo | P2 | small | 2026-03-27 | open |
```

### Good

```markdown
## Action Items

| # | Action | Owner | Priority | Effort | Due Date | Status |
|---|--------|-------|----------|--------|----------|--------|
| 1 | Refuse to start the upload service while a setting is missing | @ana | P1 | small | 2026-03-20 | open |
| 2 | Write down which services read settings at their start, and decide whether program and settings are deployed in one step | @platform | P2 | medium | 2026-04-10 | open |
| 3 | Alert on the error rate of uploads over one minute | @bo | P2 | small | 2026-03-27 | open |
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    for action in look.owed().filter(|action| !look.says_more(action)) {
        if let Some((Vague::Probing, phrase)) = vague(&action.item.text, &[]) {
            let note = Note::new(look.place(action), format!("'{phrase}' has no end"));
            notes.push(
                note.help("which question is answered when it is done, and what is decided by the answer?"),
            );
        }
    }
}

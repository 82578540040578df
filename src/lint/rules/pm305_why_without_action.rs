//! A last why that no action is about.

use crate::lint::related::Actions;
use crate::lint::shape::whys;
use crate::lint::{Level, Look, Note, Rule};

pub(super) static RULE: Rule = Rule {
    code: "PM305",
    name: "why-without-action",
    level: Level::Info,
    docs: "\
### What it checks

Some action item shares a word with the last why, or the why points to one, or says why nothing is done. Endings and small words
do not count.

### Why

The last why is where the chain wanted to go. If nothing is done there, the incident is open.

### Bad

```markdown
## Root Cause

The release opened a connection for every request, and the pool of the database ran dry.

### 5 Whys

1. Why did uploads fail? The pool of connections ran dry.
2. Why did the pool run dry? Version 2 of the driver keeps idle sockets.
3. Why was version 2 taken? Nothing pins the versions of libraries.

## Action Items

| # | Action | Owner | Priority | Effort | Due Date | Status |
|---|--------|-------|----------|--------|----------|--------|
| 1 | Refuse a release whose upload test fails | @ana | P1 | small | 2026-03-10 | open |
```

### Good

```markdown
## Root Cause

The release opened a connection for every request, and the pool of the database ran dry.

### 5 Whys

1. Why did uploads fail? The pool of connections ran dry.
2. Why did the pool run dry? Version 2 of the driver keeps idle sockets.
3. Why was version 2 taken? Nothing pins the versions of libraries.

## Action Items

| # | Action | Owner | Priority | Effort | Due Date | Status |
|---|--------|-------|----------|--------|----------|--------|
| 1 | Pin every library to a version | @ana | P1 | small | 2026-03-10 | open |
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let chains = whys(look);
    if chains.is_empty() {
        return;
    }
    let actions = Actions::new(look);
    for last in chains.iter().filter_map(|chain| chain.last()) {
        if actions.leave_open(look, &last.text) {
            let note = Note::new(last.span.clone(), "no action item is about the last why");
            notes.push(note.help("add one, or say why nothing is to be done there"));
        }
    }
}

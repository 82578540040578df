//! A person is the subject of what caused the incident, or failed to prevent it.

use crate::blame::RemarkKind;
use crate::lint::blamed;
use crate::lint::{Level, Look, Note, Rule};

pub(super) static RULE: Rule = Rule {
    code: "PM101",
    name: "person-as-actor",
    level: Level::Warning,
    docs: "\
### What it checks

Nobody is told to be the one who caused the incident or failed to prevent it: no name, no `@handle`, no initials, no role of one person (\"the on-call engineer\"), no *someone*, no *I*. Who noticed, reported, \
rolled back or mended may be told, and so may what a team did. In a timeline, what is done before the first sign of the incident counts as its cause. Code, quotes, logs, action items and appendices are not read. \
`lint.names` adds people, and names from history, `.mailmap` and CODEOWNERS are known.

### Why

A name in the account of a cause ends the search for causes, and teaches everybody to tell less next time. What people did made sense to them with what they saw then (Sidney Dekker, *The Field Guide to Understanding \
'Human Error'*); a post-mortem asks what made it so (John Allspaw, *Blameless PostMortems and a Just Culture*; Google, *Site Reliability Engineering*, chapter 15).

### Bad

```markdown
## Root Cause

An engineer removed the old signing key while uploads still used it. The key store has no record of which service reads which key.
```

### Good

```markdown
## Root Cause

The old signing key was removed while uploads still used it. The key store has no record of which service reads which key.
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    blamed::add(RemarkKind::Actor, look, notes);
}

//! What people should, could or would have done is told from hindsight.

use crate::blame::RemarkKind;
use crate::lint::blamed;
use crate::lint::{Level, Look, Note, Rule};

pub(super) static RULE: Rule = Rule {
    code: "PM103",
    name: "hindsight",
    level: Level::Warning,
    docs: "\
### What it checks

Nothing is said of what people *should have*, *could have* or *would have* done, nor of what *should have been caught*. What a tool, a test or a check would have done is fine, and so is what is to be done from now on.

### Why

It tells of what did not happen, with knowledge that nobody had then; what did happen stays unexplained. Hindsight makes the past look simpler than it was for those who stood in it (Richard Cook, *How Complex Systems Fail*, point 8).

### Bad

```markdown
## Root Cause

We should have tested the rotation with a copy of the key store. Uploads read the old key for another day after a rotation.
```

### Good

```markdown
## Root Cause

Uploads read the old key for another day after a rotation. The staging key store has a single key, so that a rotation there shows nothing.
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    blamed::add(RemarkKind::Counterfactual, look, notes);
}

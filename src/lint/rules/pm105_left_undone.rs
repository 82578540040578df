//! What people did not do is given as a cause.

use crate::blame::RemarkKind;
use crate::lint::blamed;
use crate::lint::{Level, Look, Note, Rule};

pub(super) static RULE: Rule = Rule {
    code: "PM105",
    name: "left-undone",
    level: Level::Info,
    docs: "\
### What it checks

What people left undone is not given as a cause: *nobody noticed*, *we did not test*, *the runbook was not followed*, *the warning was ignored*. What a system did not do may be told. It is a level below the other rules, because \
what did not happen sometimes has to be said; the question is what would have made it happen.

### Why

There is always more that was not done. What was done instead, and why that made sense, leads further (Sidney Dekker, *The Field Guide to Understanding 'Human Error'*).

### Bad

```markdown
## Root Cause

Nobody noticed that uploads still used the old signing key. The key store has no record of which service reads which key.
```

### Good

```markdown
## Root Cause

Uploads still used the old signing key. The key store has no record of which service reads which key, and no alert is bound to failed reads.
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    blamed::add(RemarkKind::Undone, look, notes);
}

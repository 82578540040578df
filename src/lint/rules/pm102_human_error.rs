//! People's error is given as the cause.

use crate::blame::RemarkKind;
use crate::lint::blamed;
use crate::lint::{Level, Look, Note, Rule};

pub(super) static RULE: Rule = Rule {
    code: "PM102",
    name: "human-error",
    level: Level::Warning,
    docs: "\
### What it checks

*Human error*, *by mistake*, *accidentally*, *an oversight*, *we forgot* and their kin are not given as a cause. A program may remove something by accident, a procedure may be prone to error, and an error may be what is being guarded against: \
these are not told.

### Why

Human error is where an investigation begins, not where it ends: it is a symptom of trouble deeper in the system (Sidney Dekker, *The Field Guide to Understanding 'Human Error'*). An action against it can only be \"be more careful\".

### Bad

```markdown
## Root Cause

The old signing key was removed by mistake. The key store has no record of which service reads which key.
```

### Good

```markdown
## Root Cause

The old signing key was removed while uploads still used it. The console shows when a key was made, and not when it was last read.
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    blamed::add(RemarkKind::HumanError, look, notes);
}

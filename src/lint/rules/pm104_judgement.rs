//! A word judges people, or what they decided.

use crate::blame::RemarkKind;
use crate::lint::blamed;
use crate::lint::{Level, Look, Note, Rule};

pub(super) static RULE: Rule = Rule {
    code: "PM104",
    name: "judgement",
    level: Level::Warning,
    docs: "\
### What it checks

No word judges people or their decisions: *careless*, *our fault*, *poor judgement*, *unacceptable*, *we took far too long*. Disks may be slow, defaults naive and switches faulty. `lint.words` adds words and phrases of the team's own.

### Why

A judgement closes the question that a post-mortem is there to open: why did it seem right at the time? (John Allspaw, *Blameless PostMortems and a Just Culture*.)

### Bad

```markdown
## Root Cause

It was careless to rotate the key during the day. Uploads read the old key for another day after a rotation.
```

### Good

```markdown
## Root Cause

The key was rotated during the day, as the runbook says. Uploads read the old key for another day after a rotation.
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    blamed::add(RemarkKind::Judgement, look, notes);
}

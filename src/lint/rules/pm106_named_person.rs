//! A person is named where a role would do.

use crate::blame::RemarkKind;
use crate::lint::blamed;
use crate::lint::{Level, Look, Note, Rule};

pub(super) static RULE: Rule = Rule {
    code: "PM106",
    name: "named-person",
    level: Level::Info,
    docs: "\
### What it checks

In prose and timelines, roles stand where names might: \"the on-call engineer\". Authors, reviewers, owners of actions, thanks and quoted talk may have names. Known are the names of history, `.mailmap`, CODEOWNERS, the document's own \
metadata and `lint.names`; besides these, common given names, `@handles`, and initials that do what people do. `lint.products` takes names out.

### Why

A post-mortem is read for years, by people who do not know who was there, and found by whoever searches for a name. The role says what a reader needs (Google, *Site Reliability Engineering*, chapter 15, tells its example without names).

### Bad

```markdown
## Root Cause

Ana noticed after ten minutes that uploads still used the old signing key. The key store has no record of which service reads which key.
```

### Good

```markdown
## Root Cause

The on-call engineer noticed after ten minutes that uploads still used the old signing key. The key store has no record of which service reads which key.
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    blamed::add(RemarkKind::Name, look, notes);
}

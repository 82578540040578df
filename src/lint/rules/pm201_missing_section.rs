//! A section that every post-mortem has is not there.

use crate::lint::{Level, Look, Note, Rule};
use crate::model::SectionKind;

/// What no post-mortem can do without.
const NEEDED: [SectionKind; 5] = [
    SectionKind::Summary,
    SectionKind::Impact,
    SectionKind::Timeline,
    SectionKind::RootCause,
    SectionKind::ActionItems,
];

pub(super) static RULE: Rule = Rule {
    code: "PM201",
    name: "missing-section",
    level: Level::Warning,
    docs: "\
### What it checks

Summary, impact, timeline, root cause and action items are there, under whatever heading the team or the language has for them.

### Why

A reader in a hurry looks for these five, and a writer under pressure leaves out the one that is hardest to write.

### Bad

```markdown
# Post-Mortem: Uploads failed

- **Date:** 2026-03-08

## Summary

Uploads failed for forty minutes after a release. The release was taken back.
```

### Good

```markdown
## Impact

None: the fault was found before any customer request reached the new version.
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let end = look.document.text().len();
    for kind in NEEDED {
        if look.document.section(kind).is_none() {
            let text = format!("there is no section '{}'", kind.key().replace('-', " "));
            notes.push(Note::new(end..end, text));
        }
    }
}

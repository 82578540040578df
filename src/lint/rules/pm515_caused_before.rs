//! A cause that an older post-mortem tells as well.

use crate::document::causes;
use crate::lint::past::LEAST;
use crate::lint::{Level, Look, Note, Rule};
use crate::model::SectionKind;

pub(super) static RULE: Rule = Rule {
    code: "PM515",
    name: "caused-before",
    level: Level::Info,
    docs: "\
### What it checks

Root cause and contributing factors are not told nearly as in an older published post-mortem. Text that many documents share (a \
template's) counts for little.

### Why

What comes back was not understood or not mended the first time. Ohno's five whys are asked until the same thing cannot happen \
again.

### Bad

```markdown
## Root Cause

The upload service reads the size limit from a setting that a release renamed. The deployment replaces the program and its settings in two steps, and between them the new program found the old name, took the limit to be zero, and refused every file.
```

### Good

```markdown
## Root Cause

The upload service lost its connection to the object store, and the client library tried again without a pause until the store refused further connections from the whole network.
```
",
    check,
};

/// How much of two causes must be the same.
const ALIKE: f64 = 0.5;

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let Some((past, date)) = look.around.older.as_ref().zip(look.postmortem.date) else { return };
    let own = causes(look.document);
    if own.trim().len() < LEAST {
        return;
    }
    let found = past.caused(&own, ALIKE).find(|(_, older)| {
        older.date.is_some_and(|day| day < date)
            && look.is_other(older.id)
            && !look.document.text().contains(older.id)
    });
    let Some((_, older)) = found else { return };
    let section = look.document.section(SectionKind::RootCause);
    let section = section.or_else(|| look.document.section(SectionKind::ContributingFactors));
    let Some(section) = section else { return };
    let message = format!("the cause is like that of {}", older.id);
    let note = Note::new(look.line_of_span(&section.heading), message);
    notes.push(note.help(format!("what became of the actions of {} (\"{}\")?", older.id, older.title)));
}

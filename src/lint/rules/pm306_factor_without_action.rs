//! A contributing factor that no action is about.

use crate::lint::related::Actions;
use crate::lint::shape::points;
use crate::lint::{Level, Look, Note, Rule};
use crate::model::SectionKind;

pub(super) static RULE: Rule = Rule {
    code: "PM306",
    name: "factor-without-action",
    level: Level::Info,
    docs: "\
### What it checks

Some action item shares a word with each contributing factor, or the factor points to one (`#2`), or says why nothing is done
(\"accepted: …\"). Endings and small words do not count.

### Why

Incidents need several conditions at once (Cook, *How Complex Systems Fail*, 3). A factor that is known and left alone waits for
the next one; leaving it alone may be right, and then the reason is worth a clause.

### Bad

```markdown
## Contributing Factors

1. Upload tests do not hold a release back.
2. Pages went to a phone that was switched off.

## Action Items

| # | Action | Owner | Priority | Effort | Due Date | Status |
|---|--------|-------|----------|--------|----------|--------|
| 1 | Refuse a release whose upload test fails | @ana | P1 | small | 2026-03-10 | open |
```

### Good

```markdown
## Contributing Factors

1. Upload tests do not hold a release back.
2. Pages went to a phone that was switched off; accepted, since the second one was answered within three minutes.

## Action Items

| # | Action | Owner | Priority | Effort | Due Date | Status |
|---|--------|-------|----------|--------|----------|--------|
| 1 | Refuse a release whose upload test fails | @ana | P1 | small | 2026-03-10 | open |
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let Some(section) = look.document.section(SectionKind::ContributingFactors) else { return };
    let factors = points(look.document.passages_in(section));
    let actions = Actions::new(look);
    for factor in factors {
        // "None: the one missing index explains all of it."
        let opening = factor.text.split([':', '.', ',', ';', '–', '—', '\n']).next().unwrap_or("");
        if look.vocabulary.is_placeholder(opening) {
            continue;
        }
        if actions.leave_open(look, &factor.text) {
            let note = Note::new(factor.span, "no action item is about this factor");
            notes.push(note.help("add one, point to one (#2), or say why it is left as it is"));
        }
    }
}

//! A severe incident after which nothing changes.

use crate::lint::{Level, Look, Note, Rule};
use crate::model::Status;

pub(super) static RULE: Rule = Rule {
    code: "PM510",
    name: "severe-without-action",
    level: Level::Warning,
    docs: "\
### What it checks

A document about an incident of one of the gravest severities (the first two, or as many as `lint.severe-levels` says) has at least \
one action item that is not cancelled.

### Why

What was that bad will be that bad again unless something is done. If nothing can be, the document should say who decided to carry \
the risk.

### Bad

```markdown
## Contributing Factors

1. The test environment gets its settings from one file, so that the two steps of a deployment never show there. Accepted: the environment is replaced in May.

## Action Items

Nothing is left to do, since the release was taken back.
```

### Good

```markdown
## Action Items

| # | Action | Owner | Priority | Effort | Due Date | Status |
|---|--------|-------|----------|--------|----------|--------|
| 1 | Refuse to start the upload service while a setting is missing | @ana | P1 | small | 2026-03-20 | open |
| 2 | Deploy settings to the test environment in the same two steps as in production | @platform | P2 | medium | 2026-04-10 | open |
| 3 | Alert on the error rate of uploads over one minute | @bo | P2 | small | 2026-03-27 | open |
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let Some(severity) = &look.postmortem.severity else { return };
    let is_severe =
        severity.rank.is_some_and(|rank| u32::from(rank) < look.config.lint.promised.severe_levels);
    let is_kept = look.postmortem.actions.iter().any(|item| item.status != Status::Cancelled);
    if is_severe && !is_kept {
        let level = look.config.severity_scale().label(severity).to_owned();
        let note = Note::new(look.items(), format!("an incident of {level} has no action item"));
        notes.push(note.help("what would have to change so that it cannot happen, or not get that bad?"));
    }
}

//! An owner who has not been seen for long.

use crate::lint::{Level, Look, Note, Rule};
use crate::promise::each_owner;

pub(super) static RULE: Rule = Rule {
    code: "PM512",
    name: "silent-owner",
    level: Level::Warning,
    docs: "\
### What it checks

An owner of an item that is still owed has made a commit within the last 180 days (or `lint.silent-days`), by any of the names that \
`.mailmap` and `actions.owners` give them. A team is silent when all its known members are. Who never committed is not judged, and \
outside a repository nobody is.

### Why

People move on, and their promises stay behind in documents that nobody reads again.

### Bad

```markdown
## Action Items

| # | Action | Owner | Priority | Effort | Due Date | Status |
|---|--------|-------|----------|--------|----------|--------|
| 1 | Refuse to start the upload service while a setting is missing | @ana | P1 | small | 2026-03-20 | open |
| 2 | Deploy settings to the test environment in the same two steps as in production | @platform | P2 | medium | 2026-04-10 | open |
| 3 | Alert on the error rate of uploads over one minute | @cy | P2 | small | 2026-03-27 | open |
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
    let Some((people, now)) = look.around.people.as_ref().zip(look.around.now) else { return };
    let most = i64::from(look.config.lint.promised.silent_days);
    for action in look.owed() {
        let owners = action.item.owner.as_deref().into_iter().flat_map(each_owner);
        let days: Option<Vec<(&str, i64)>> = owners
            .map(|one| Some((one, people.silent_for(one, look.config, now.timestamp())?)))
            .map(|told| told.filter(|(_, days)| *days > most))
            .collect();
        // One of several who is at work is enough.
        let Some((owner, days)) = days.and_then(|days| days.into_iter().min_by_key(|(_, days)| *days)) else {
            continue;
        };
        let message = format!("'{owner}' has made no commit for {days} days");
        let note = Note::new(look.cell(action, action.owner.as_ref()), message);
        notes.push(note.help("is this still theirs, or who has taken over?"));
    }
}

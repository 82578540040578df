//! A promise that several have made together.

use crate::lint::items::joined;
use crate::lint::{Level, Look, Note, Rule};
use crate::promise::each_owner;

pub(super) static RULE: Rule = Rule {
    code: "PM517",
    name: "several-owners",
    level: Level::Info,
    docs: "\
### What it checks

An item that is still owed has one owner: one person or one team.

### Why

Two owners wait for each other. One of them can be asked, and can ask the other for help.

### Bad

```markdown
## Action Items

| # | Action | Owner | Priority | Effort | Due Date | Status |
|---|--------|-------|----------|--------|----------|--------|
| 1 | Refuse to start the upload service while a setting is missing | @ana | P1 | small | 2026-03-20 | open |
| 2 | Deploy settings to the test environment in the same two steps as in production | @platform | P2 | medium | 2026-04-10 | open |
| 3 | Alert on the error rate of uploads over one minute | @bo, @ana | P2 | small | 2026-03-27 | open |
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
    for action in look.owed() {
        let Some(owner) = action.item.owner.as_deref() else { continue };
        let owners: Vec<&str> = each_owner(owner).flat_map(apart).collect();
        if owners.len() > 1 {
            let message = format!("{} own this together", joined(&owners));
            let note = Note::new(look.cell(action, action.owner.as_ref()), message);
            notes.push(note.help("who of them sees to it that it is done?"));
        }
    }
}

/// `Ana/Bo` and `Ana and Bo` are two; `@acme/platform` is a team.
fn apart(owner: &str) -> Vec<&str> {
    let words = owner.split([' ', '\u{a0}']);
    if words.clone().any(|word| ["and", "und", "et", "y", "e"].contains(&word)) {
        let joint = [" and ", " und ", " et ", " y ", " e "];
        let parts = joint.iter().find_map(|joint| owner.split_once(joint));
        return parts.map_or_else(|| vec![owner], |(one, other)| vec![one.trim(), other.trim()]);
    }
    if owner.contains('@') || owner.contains("://") {
        return vec![owner];
    }
    owner.split('/').map(str::trim).filter(|one| !one.is_empty()).collect()
}

//! A linked revision that no branch and no tag leads to.

use crate::lint::{Level, Look, Note, Rule, Standing};

pub(super) static RULE: Rule = Rule {
    code: "PM602",
    name: "unreachable-revision",
    level: Level::Warning,
    docs: "\
### What it checks

Every revision of the linked commits is in the history of a branch or a tag. Outside a repository nothing is said.

### Why

A commit that was rebased away is still there today and goes with the next `git gc`; other clones never had it.

### Bad

```markdown
## Linked Commits

| Role | Revision | Commit | Date (UTC) | Subject |
|------|----------|--------|------------|---------|
| fix | 3f9c2e1 |  |  |  |
```

### Good

```markdown
## Linked Commits

| Role | Revision | Commit | Date (UTC) | Subject |
|------|----------|--------|------------|---------|
| fix | v1.4.1 |  |  |  |
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    for link in look.document.links() {
        if look.standing(&link.value) == Some(Standing::Unreachable) {
            let name = &link.value.revision;
            let note = Note::new(look.name_in(link, name), format!("no branch and no tag leads to '{name}'"));
            notes.push(note.help(
                "git postmortem link shows the commit that makes the same change; a tag keeps this one",
            ));
        }
    }
}

//! A linked revision that does not exist.

use crate::lint::{Level, Look, Note, Rule, Standing};

pub(super) static RULE: Rule = Rule {
    code: "PM601",
    name: "missing-revision",
    level: Level::Error,
    docs: "\
### What it checks

Every revision of the linked commits exists in this repository: a commit, a tag, both ends of a range. Revisions of other \
repositories, numbers of pull requests, and commits that a shallow clone cannot have are left alone. Outside a repository nothing is said.

### Why

A reader who wants to see the change that caused or mended it finds nothing. A slip in an id is easily mended today and \
never again later.

### Bad

```markdown
## Linked Commits

| Role | Revision | Commit | Date (UTC) | Subject |
|------|----------|--------|------------|---------|
| deploy | v1.4.0 |  |  |  |
```

### Good

```markdown
## Linked Commits

| Role | Revision | Commit | Date (UTC) | Subject |
|------|----------|--------|------------|---------|
| deploy | v1.3.9 |  |  |  |
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    for link in look.document.links() {
        let revision = &link.value.revision;
        if look.standing(&link.value) == Some(Standing::Missing) {
            let name = if revision.is_empty() { &link.value.commit } else { revision };
            let place = look.name_in(link, name);
            let note = Note::new(
                place,
                match link.value.range() {
                    Some(_) => format!("an end of '{name}' does not exist here"),
                    None => format!("there is no commit '{name}' here"),
                },
            );
            notes.push(
                note.help(
                    "git fetch --tags brings what was not fetched yet; git postmortem link links it anew",
                ),
            );
        }
    }
}

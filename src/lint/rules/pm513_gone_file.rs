//! A promise about a file that is gone.

use crate::lint::{Level, Look, Note, Rule};
use crate::promise::named_files;

pub(super) static RULE: Rule = Rule {
    code: "PM513",
    name: "gone-file",
    level: Level::Info,
    docs: "\
### What it checks

No item that is still owed names a file that the repository once had and has no more. Outside a repository nothing is said.

### Why

Either the work is done by now, since the file went with it, or it moved, and whoever takes the item up looks for it in vain.

### Bad

```markdown
## Action Items

| # | Action | Owner | Priority | Effort | Due Date | Status |
|---|--------|-------|----------|--------|----------|--------|
| 1 | Refuse to start the upload service while a setting is missing | @ana | P1 | small | 2026-03-20 | open |
| 2 | Deploy settings to the test environment in the same two steps as in production | @platform | P2 | medium | 2026-04-10 | open |
| 3 | Alert on the error rate of uploads in `alerts/uploads.yml` over one minute | @bo | P2 | small | 2026-03-27 | open |
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
    let Some(gone) = look.around.gone.as_ref().filter(|gone| !gone.is_empty()) else { return };
    for action in look.owed() {
        for file in named_files(&action.item.text).filter(|file| gone.contains(*file)) {
            let place = look.within(action, file);
            let note = Note::new(place, format!("the repository has no '{file}' any more"));
            notes.push(note.help("is this done with the file, or where did it move?"));
        }
    }
}

//! Two versions of a passage, left for the author to choose from.

use crate::document::merge::conflict;
use crate::lint::{Level, Look, Note, Rule};

pub(super) static RULE: Rule = Rule {
    code: "PM211",
    name: "conflict-mark",
    level: Level::Error,
    docs: "\
### What it checks

No marks of a merge conflict are left: `<<<<<<<`, `=======` and `>>>>>>>` in this order, on lines of their own or in a cell.

### Why

Between the marks stand two versions, of which at most one is true.

### Bad

```markdown
## Timeline

All times in UTC.

| Time | Event |
|------|-------|
| 2026-03-08 14:05 | Detected: the alert on failed uploads fired |
| 2026-03-08 14:20 | <<<<<<< The release was taken back ======= The release was rolled back >>>>>>> |
| 2026-03-08 14:45 | Resolved: the last queued upload went through |
```

### Good

```markdown
## Timeline

All times in UTC.

| Time | Event |
|------|-------|
| 2026-03-08 14:05 | Detected: the alert on failed uploads fired |
| 2026-03-08 14:20 | The release was taken back |
| 2026-03-08 14:45 | Resolved: the last queued upload went through |
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let text = look.document.text();
    if !text.contains("<<<<<<< ") {
        return;
    }
    let Some(line) = conflict(text.as_bytes()) else { return };
    let mut start = 0;
    for (at, content) in text.split_inclusive('\n').enumerate() {
        if at + 1 == line {
            let content = content.trim_end();
            let mark = content.find("<<<<<<< ").unwrap_or(0);
            let note =
                Note::new(start + mark..start + content.len(), "a merge conflict is left to be settled");
            notes.push(note.help("keep what is true, and take the marks out"));
            return;
        }
        start += content.len();
    }
}

//! A row that says open though a commit closed the item.

use crate::document::edit::{Edit, ItemChange, Reading, change_item};
use crate::lint::{Level, Look, Note, Rule};
use crate::model::Status;

pub(super) static RULE: Rule = Rule {
    code: "PM516",
    name: "closed-by-commit",
    level: Level::Warning,
    docs: "\
### What it checks

No row is open whose item a commit closed: `Closes-Action: 2026-03-08-uploads#2` in its message. `--fix` writes the status into the row. \
Outside a repository nothing is said.

### Why

The history is believed, so that the item counts as done everywhere, and a reader of the document is told otherwise.

### Bad

```markdown
## Action Items

| # | Action | Owner | Priority | Effort | Due Date | Status |
|---|--------|-------|----------|--------|----------|--------|
| 1 | Refuse to start the upload service while a setting is missing | @ana | P1 | small | 2026-03-20 | open |
| 2 | Deploy settings to the test environment in the same two steps as in production | @platform | P2 | medium | 2026-04-10 | open |
| 3 | Alert on the error rate of uploads over one minute | @bo | P2 | small | 2026-03-27 | open |
```

### Good

```markdown
## Action Items

| # | Action | Owner | Priority | Effort | Due Date | Status |
|---|--------|-------|----------|--------|----------|--------|
| 1 | Refuse to start the upload service while a setting is missing | @ana | P1 | small | 2026-03-20 | open |
| 2 | Deploy settings to the test environment in the same two steps as in production | @platform | P2 | medium | 2026-04-10 | done |
| 3 | Alert on the error rate of uploads over one minute | @bo | P2 | small | 2026-03-27 | open |
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    if look.around.closed.is_empty() {
        return;
    }
    for (index, action) in look.document.actions().iter().enumerate() {
        let item = &action.item;
        let Some(closed) = look.around.closed.get(&item.label).filter(|_| item.status.is_owed()) else {
            continue;
        };
        let word = item.status.word();
        let deed = if closed.status == Status::Cancelled { "cancelled" } else { "closed" };
        let message = format!("commit {} {deed} this, and the row says {word}", closed.commit);
        let place = look.cell(action, action.status.as_ref());
        let note = Note::new(place, message)
            .help("write the status into the row, or open the item again by a commit");
        notes.push(match written(look, index, closed.status) {
            Some(edit) => note.fix(vec![edit]),
            None => note,
        });
    }
}

/// What writes a status into the row: the smallest replacement that leads to the text that `actions close` would write.
fn written(look: &Look<'_>, index: usize, status: Status) -> Option<Edit> {
    let old = look.document.text();
    let wording = crate::document::Wording {
        language: look.document.language().unwrap_or("en").to_owned(),
        ..look.vocabulary.wording().clone()
    };
    let names = crate::document::Vocabulary::new(&wording);
    let reading = Reading { name: &look.around.file, vocabulary: look.vocabulary, names: &names };
    let change = ItemChange { status: Some(status), ..ItemChange::default() };
    let new = String::from_utf8(change_item(reading, old.as_bytes(), index, &change).ok()?).ok()?;
    difference(old, &new)
}

/// The one replacement that makes a text another.
fn difference(old: &str, new: &str) -> Option<Edit> {
    let head: usize =
        old.chars().zip(new.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let ends = old[head..].chars().rev().zip(new[head..].chars().rev());
    let tail: usize = ends.take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let edit = Edit { span: head..old.len() - tail, text: new[head..new.len() - tail].to_owned() };
    (old != new).then_some(edit)
}

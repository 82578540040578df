//! The same promise, unfinished in an older post-mortem.

use chrono::NaiveDate;

use crate::document::is_about_itself;
use crate::lint::{Level, Look, Note, Owed, Rule};
use crate::model::Promise;

pub(super) static RULE: Rule = Rule {
    code: "PM514",
    name: "promised-before",
    level: Level::Warning,
    docs: "\
### What it checks

No item that is still owed is nearly the same as one that an older published post-mortem promised and that is still owed there, by its \
words or by the issue that it points to. An item that names the older one's id carries it on and is left alone, \
as is what every document promises: to write it.

### Why

A promise that comes a second time was not kept the first time, and the incident that it should have prevented has happened again. \
The news is not the idea, but that it is late, and what kept it from being done.

### Bad

```markdown
## Action Items

| # | Action | Owner | Priority | Effort | Due Date | Status |
|---|--------|-------|----------|--------|----------|--------|
| 1 | Refuse to start the upload service while a setting is missing | @ana | P1 | small | 2026-03-20 | open |
| 2 | Deploy settings to the test environment in the same two steps as in production | @platform | P2 | medium | 2026-04-10 | open |
| 3 | Alert on the length of the upload queue | @bo | P2 | small | 2026-03-27 | open |
```

### Good

```markdown
## Action Items

| # | Action | Owner | Priority | Effort | Due Date | Status |
|---|--------|-------|----------|--------|----------|--------|
| 1 | Refuse to start the upload service while a setting is missing | @ana | P1 | small | 2026-03-20 | open |
| 2 | Deploy settings to the test environment in the same two steps as in production | @platform | P2 | medium | 2026-04-10 | open |
| 3 | Alert on the length of the upload queue (carries 2025-11-02-queue-stalled#2 on) | @bo | P2 | small | 2026-03-27 | open |
```
",
    check,
};

/// How much of two promises must be the same.
const ALIKE: f64 = 0.7;

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let Some((past, date)) = look.around.older.as_ref().zip(look.postmortem.date) else { return };
    for action in look.owed().filter(|action| !is_about_itself(&action.item.text)) {
        let refs: Vec<String> = action.item.refs.iter().filter(|one| is_issue(one)).cloned().collect();
        let row = look.document.text().get(action.span.clone()).unwrap_or_default();
        let found = past.promised(&action.item.text, &refs, ALIKE).find_map(|before| {
            let is_before = before.of.date.is_some_and(|day| day < date) && look.is_other(before.of.id);
            let id = is_before.then(|| before.id())?;
            (!row.contains(&id)).then_some((id, before.owed))
        });
        let Some((id, before)) = found else { continue };
        let state = standing(before, look.today());
        let message = format!("this was promised before: {id}, {state}");
        notes.push(Note::new(look.place(action), message).help(help(&id)));
    }
}

/// Issues are one piece of work each; other pages may be about anything.
fn is_issue(reference: &str) -> bool {
    !reference.contains("://")
        || ["/issues/", "/browse/", "/issue/", "/work_items/"].iter().any(|part| reference.contains(part))
}

/// `open, 93 days overdue`.
fn standing(item: &Owed, today: Option<NaiveDate>) -> String {
    let word = item.status.word();
    match (today.map(|today| item.promise(today)), item.due) {
        (Some(Promise::Overdue(1)), _) => format!("{word}, 1 day overdue"),
        (Some(Promise::Overdue(days)), _) => format!("{word}, {days} days overdue"),
        (_, Some(due)) => format!("{word}, due {due}"),
        (_, None) => format!("{word}, without a due date"),
    }
}

fn help(id: &str) -> String {
    format!("what kept it from being done? name {id} in the item to carry it on, or close one of the two")
}

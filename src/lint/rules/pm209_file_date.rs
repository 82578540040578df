//! The file's name and the document tell two days.

use chrono::{Datelike, NaiveDate};

use crate::document::{FieldKind, date_of_name, days_in};
use crate::lint::{Level, Look, Note, Rule};
use crate::model::Fact;

pub(super) static RULE: Rule = Rule {
    code: "PM209",
    name: "file-date",
    level: Level::Warning,
    docs: "\
### What it checks

Where the file's name begins with or holds a day, it is a day that the date field has.

### Why

The name is the document's id: links, commit messages and release gates use it. A reader who looks for the incident of one
day does not open the file of another.

### Bad

```markdown
**Date**: 2025-11-02
```

### Good

```markdown
**Date**: 2026-03-08
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let (Some(date), false) = (look.postmortem.date, look.postmortem.inferred.contains(&Fact::Date)) else {
        return;
    };
    let Some(named) = date_of_name(&look.around.file, look.vocabulary) else { return };
    let Some(field) = look.document.field(FieldKind::Date) else { return };
    // `2026-03-07 22:00 to 2026-03-08 02:00` has both.
    let lasted = i64::from(look.postmortem.duration_minutes.unwrap_or(0)) / (24 * 60);
    let is_during = (0..=lasted.min(366)).contains(&(named - date).num_days());
    let has_it = || {
        look.document
            .fields()
            .iter()
            .filter(|field| matches!(field.kind, FieldKind::Date | FieldKind::Ended))
            .any(|field| tells(look, &field.value.value, named))
    };
    if is_during || is_in_range(&field.value.value, date, named) || has_it() {
        return;
    }
    let text = format!("the document tells {date}, the file's name {named}");
    notes.push(
        Note::new(field.value.span.clone(), text)
            .help("correct the one that is wrong; `git postmortem rename` keeps links to the old name"),
    );
}

/// Whether a day lies in a range of days of one month: `January 14-19, 2026`.
fn is_in_range(value: &str, from: NaiveDate, day: NaiveDate) -> bool {
    let same = (from.year(), from.month()) == (day.year(), day.month()) && from < day;
    same && value
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|number| number.parse::<u32>().ok())
        .any(|last| last <= 31 && last >= day.day())
}

/// Whether a day is one of those in a value.
fn tells(look: &Look<'_>, value: &str, day: NaiveDate) -> bool {
    days_in(value, look.vocabulary, Some(day)).contains(&day)
}

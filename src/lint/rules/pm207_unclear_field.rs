//! Metadata that cannot be read.

use crate::config::SeverityConfig;
use crate::document::{Field, FieldKind, Form};
use crate::lint::{Level, Look, Note, Rule};

/// Signs of a value that is to be a day.
const LONGEST: usize = 40;

pub(super) static RULE: Rule = Rule {
    code: "PM207",
    name: "unclear-field",
    level: Level::Warning,
    docs: "\
### What it checks

What is stated can be read: the date is a day and not one of two, the severity is on the scale that the team has set
(`severity.levels`) and names one level, the duration is a time. \"Unknown\" and \"N/A\" are answers.

### Why

A value that people read and tools do not is missing from every list and count, and nobody notices.

### Bad

```markdown
**Severity**: quite bad
```

### Good

```markdown
**Severity**: SEV-2 (uploads only)
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let meant = look.postmortem;
    // A sentence behind a label that may mean a date means something else.
    if let Some((field, value)) = stated(look, FieldKind::Date)
        && let Some(unclear) = &meant.unclear_date
        && (unclear.either.is_some() || may_be_day(field, value))
    {
        let note = Note::new(field.value.span.clone(), format!("the date {unclear}"));
        let help = if unclear.either.is_some() {
            "write it as year-month-day, or set actions.date-order".to_owned()
        } else {
            format!("write '{value}' as year-month-day, in the manner of 2026-03-08")
        };
        notes.push(note.help(help));
    }
    if let Some((field, value)) = stated(look, FieldKind::Severity)
        && let Some(text) = severity(look, value)
    {
        let levels = look.vocabulary.wording().severity.levels().join(", ");
        let help = format!("the scale is {levels}; severity.aliases adds other words");
        notes.push(Note::new(field.value.span.clone(), text).help(help));
    }
    if let Some((field, value)) =
        stated(look, FieldKind::Duration).filter(|_| meant.duration_minutes.is_none())
    {
        let text = format!("the duration '{value}' cannot be read");
        notes.push(
            Note::new(field.value.span.clone(), text)
                .help("write it as 30 minutes or 2h 15m; 'unknown' is an answer"),
        );
    }
}

/// Whether words were meant to be a day: not a sentence, and no cell beside another that names a column.
fn may_be_day(field: &Field, value: &str) -> bool {
    value.chars().count() <= LONGEST
        && (field.form != Form::Cell || value.bytes().any(|byte| byte.is_ascii_digit()))
}

/// What is wrong with a severity.
fn severity(look: &Look<'_>, value: &str) -> Option<String> {
    match &look.postmortem.severity {
        None => Some(format!("severity '{value}' names several")),
        // A team that has set no scale has words of its own, and nothing says which.
        Some(grade) if grade.rank.is_none() && look.config.severity != SeverityConfig::default() => {
            Some(format!("severity '{value}' is not on the team's scale"))
        }
        Some(_) => None,
    }
}

/// The field of a kind that says something other than that nothing is known, and is short enough to be a value.
fn stated<'l>(look: &Look<'l>, kind: FieldKind) -> Option<(&'l Field, &'l str)> {
    let field = look.document.field(kind)?;
    let value = field.value.value.trim();
    let is_value = value.chars().any(char::is_alphanumeric)
        && !look.vocabulary.is_placeholder(value)
        && !look.vocabulary.is_pending(value)
        && !value.contains("{{")
        && field.form != Form::Prose;
    is_value.then_some((field, value))
}

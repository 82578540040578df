//! A number that stands at two items, or at none.

use std::collections::{HashMap, HashSet};

use crate::document::edit::Edit;
use crate::document::{Action, Span};
use crate::lint::{Level, Look, Note, Rule};

pub(super) static RULE: Rule = Rule {
    code: "PM504",
    name: "action-number",
    level: Level::Warning,
    docs: "\
### What it checks

In tables with a column of numbers, every action item has a number, and each number stands once in the document. `--fix` gives the \
next free number to items that have none, and to the later ones of those that share one.

### Why

Commits, issues and other documents point to an item by its number: `2026-03-08-uploads#2`. With two of them, none is meant, and \
the items are counted by their places, which change with every new row.

### Bad

```markdown
## Action Items

| # | Action | Owner | Priority | Effort | Due Date | Status |
|---|--------|-------|----------|--------|----------|--------|
| 1 | Refuse to start the upload service while a setting is missing | @ana | P1 | small | 2026-03-20 | open |
| 2 | Deploy settings to the test environment in the same two steps as in production | @platform | P2 | medium | 2026-04-10 | open |
| 2 | Alert on the error rate of uploads over one minute | @bo | P2 | small | 2026-03-27 | open |
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
    let text = look.document.text();
    let written = |cell: &Span| text.get(cell.clone()).unwrap_or_default().trim().to_owned();
    let rows: Vec<(&Action, &Span, String)> = look
        .document
        .actions()
        .iter()
        .filter_map(|action| action.number.as_ref().map(|cell| (action, cell, written(cell))))
        .collect();
    // A column that nobody has filled is another one than of numbers.
    if rows.iter().all(|(_, _, label)| label.is_empty()) {
        return;
    }
    let lead = lead(&rows.iter().map(|(_, _, label)| label.as_str()).collect::<Vec<_>>());
    let mut taken: HashSet<u64> =
        rows.iter().filter_map(|(_, _, label)| number(bare(label).strip_prefix(lead?)?)).collect();
    let mut first: HashMap<String, &Action> = HashMap::new();
    for (action, cell, label) in &rows {
        let (place, message, help) = if label.is_empty() {
            let help = "a number of its own lets commits and issues point to it";
            (look.place(action), "the action item has no number".to_owned(), help)
        } else if let Some(known) = first.get(&bare(label).to_lowercase()) {
            let line = look.document.line_of(known.span.start);
            let help = "give one of them a number of its own: nothing can point to either now";
            ((*cell).clone(), format!("the number '{label}' stands twice, in line {line} too"), help)
        } else {
            first.insert(bare(label).to_lowercase(), action);
            continue;
        };
        let mut note = Note::new(place, message).help(help);
        if let Some(lead) = lead.filter(|_| !look.document.is_html()) {
            // Without a number an item is counted, and what points to it by that goes on doing so.
            let own = number(&action.item.label).filter(|own| label.is_empty() && !taken.contains(own));
            let free = own.or_else(|| Some(taken.iter().max().copied().unwrap_or(0) + 1)).unwrap_or(1);
            taken.insert(free);
            note = note.fix(vec![fill(text, cell, &format!("{lead}{free}"))]);
        }
        notes.push(note);
    }
}

/// What stands before the number in the labels that have one, mostly nothing: `AI-`. None where no label has a number, or
/// where they differ in that and none is a number alone.
fn lead<'l>(labels: &[&'l str]) -> Option<&'l str> {
    let leads = labels.iter().filter_map(|label| {
        let label = bare(label);
        let lead = label.trim_end_matches(|c: char| c.is_ascii_digit());
        number(&label[lead.len()..]).map(|_| lead)
    });
    let mut leads: Vec<&str> = leads.collect();
    leads.sort_unstable();
    leads.dedup();
    match leads.as_slice() {
        [one] => Some(one),
        // Sorted, a number alone comes first.
        ["", ..] => Some(""),
        _ => None,
    }
}

/// A label without the signs around it, as the reader compares labels.
fn bare(label: &str) -> &str {
    label.trim_start_matches('#').trim_end_matches(['.', ')', ':']).trim()
}

fn number(label: &str) -> Option<u64> {
    let digits = bare(label);
    digits.parse().ok().filter(|_| digits.len() < 7)
}

/// Writes a number into a cell; an empty one gets a blank on either side.
fn fill(text: &str, cell: &Span, number: &str) -> Edit {
    let old = text.get(cell.clone()).unwrap_or_default();
    if old.is_empty() {
        let before = text[..cell.start].trim_end_matches(' ').len();
        let behind = text.len() - text[cell.end..].trim_start_matches(' ').len();
        return Edit { span: before..behind, text: format!(" {number} ") };
    }
    Edit { span: cell.clone(), text: old.replacen(bare(old), number, 1) }
}

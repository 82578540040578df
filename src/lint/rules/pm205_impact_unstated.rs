//! A part of the impact that nobody has stated.

use crate::document::{Passage, PassageKind, Span};
use crate::lint::{Level, Look, Note, Rule};
use crate::model::SectionKind;

pub(super) static RULE: Rule = Rule {
    code: "PM205",
    name: "impact-unstated",
    level: Level::Warning,
    docs: "\
### What it checks

Each label of the impact section has a value behind it, below it or in the cell beside it. \"None\" is one.

### Why

\"Revenue impact:\" with nothing behind it may mean none, unknown or forgotten. Whoever decides how much to invest in the
follow-ups reads it as none.

### Bad

```markdown
## Impact

- **Users affected**: about 300 customers
- **Duration of impact**: 40 minutes
- **Revenue impact**:
```

### Good

```markdown
## Impact

- **Users affected**: about 300 customers
- **Duration of impact**: 40 minutes
- **Revenue impact**: none
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let document = look.document;
    // What says nothing at all is an empty section.
    let impacts =
        document.sections().iter().filter(|one| one.kind == Some(SectionKind::Impact) && one.filled);
    for section in impacts {
        let passages: Vec<Passage<'_>> = document.passages_in(section).collect();
        let mut tell = |span: Span, label: &str| {
            let label = label.trim_end_matches([':', '：', ' ']);
            let note = Note::new(span, format!("'{label}' is neither stated nor 'none'"));
            notes.push(note.help("write what is known, 'none', or 'unknown'"));
        };
        for (at, passage) in passages.iter().enumerate() {
            match passage.kind() {
                PassageKind::Paragraph | PassageKind::Item { .. } if !passage.is_quoted() => {
                    let next = passages.get(at + 1);
                    if let Some((span, label)) = unstated(passage, next) {
                        tell(span, &label);
                    }
                }
                PassageKind::Row { head: false } => {
                    let cells: Vec<&Passage<'_>> = passages[at + 1..]
                        .iter()
                        .take_while(|cell| matches!(cell.kind(), PassageKind::Cell { .. }))
                        .collect();
                    if let [label, value] = cells[..]
                        && says(&label.text())
                        && value.text().trim().is_empty()
                        && !value.has_link()
                    {
                        tell(label.span(), &label.text());
                    }
                }
                _ => {}
            }
        }
    }
}

fn says(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// The line of a passage that is a label with nothing behind it; the last one's value may stand below.
fn unstated(passage: &Passage<'_>, next: Option<&Passage<'_>>) -> Option<(Span, String)> {
    let lines: Vec<_> = passage.lines().collect();
    let is_label = |text: &str| {
        let text = text.trim_end();
        text.ends_with([':', '：']) && says(text) && text.len() <= 80
    };
    let empty = lines.iter().enumerate().find(|(at, (_, text))| {
        let behind = lines.get(at + 1);
        // A label in the midst of lines is followed by its value, unless by another label.
        let is_last = behind.is_none();
        is_label(text)
            && match behind {
                Some((_, behind)) => behind.contains([':', '：']),
                None => !is_last || next.is_none_or(|next| !is_below(passage, next)),
            }
    });
    empty.map(|(_, (span, text))| (span.clone(), text.to_string()))
}

/// Whether what follows can be the value of a label: what is nested in it, or a list, a table, text below a paragraph.
fn is_below(passage: &Passage<'_>, next: &Passage<'_>) -> bool {
    match next.kind() {
        PassageKind::Heading => false,
        _ if next.depth() > passage.depth() => true,
        PassageKind::Paragraph => {
            passage.kind() == PassageKind::Paragraph && !next.text().trim_end().ends_with([':', '：'])
        }
        PassageKind::Item { .. } => passage.kind() == PassageKind::Paragraph,
        PassageKind::Row { .. } | PassageKind::Code | PassageKind::Html | PassageKind::Cell { .. } => true,
    }
}

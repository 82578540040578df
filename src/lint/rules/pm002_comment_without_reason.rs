//! A comment would silence a rule and does not say why.

use crate::document::allowances;
use crate::lint::{Level, Look, Note, Rule};

pub(super) static RULE: Rule = Rule {
    code: "PM002",
    name: "comment-without-reason",
    level: Level::Warning,
    docs: "\
### What it checks

A comment that silences a rule says why. Without a reason it silences nothing.

### Why

The next reader, and the rule's next version, can only judge an exception whose reason is known.

### Bad

```markdown
## Lessons Learned

<!-- postmortem: allow PM201 -->
A canary stage shows what a test environment cannot.
```

### Good

```markdown
## Lessons Learned

A canary stage shows what a test environment cannot.
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let comments = allowances(look.document.text()).into_iter();
    for comment in comments.filter(|comment| comment.reason.is_empty() && !comment.rule.value.is_empty()) {
        let rule = comment.rule.value;
        let note = Note::new(
            comment.span,
            format!("the comment does not say why it allows {rule}, and silences nothing"),
        );
        notes.push(note.help(format!("write <!-- postmortem: allow {rule} reason -->")));
    }
}

//! A comment silences a rule that has nothing to say there. What is unused is known once all others have spoken, so the
//! comments are told by whoever asks the rules.

use crate::document::Allowance;
use crate::document::edit::Edit;
use crate::lint::{Level, Note, Rule};

pub(in crate::lint) static RULE: Rule = Rule {
    code: "PM003",
    name: "unused-comment",
    level: Level::Warning,
    docs: "\
### What it checks

A comment that silences a rule is needed: without it, the rule would have something to say about the line that the comment stands \
on, or about the block below a comment with a line of its own. `--fix` takes the comment out. Not asked about rules that are off, \
and outside a repository not about rules that look at people, promises and revisions.

### Why

What is mended stays mended only if the rule is heard again.

### Bad

```markdown
## Lessons Learned

<!-- postmortem: allow PM201 the section is there by now -->
A canary stage shows what a test environment cannot.
```

### Good

```markdown
## Lessons Learned

A canary stage shows what a test environment cannot.
```
",
    check: |_, _| {},
};

/// What to say of an unused comment.
pub(in crate::lint) fn note(text: &str, comment: &Allowance) -> Note {
    let message = format!("the comment allows {}, which has nothing to say here", comment.rule.value);
    let gone = Edit { span: with_its_line(text, comment), text: String::new() };
    Note::new(comment.span.clone(), message).help("take the comment out").fix(vec![gone])
}

/// The comment, with the line that it has to itself, or the blanks in front of it.
fn with_its_line(text: &str, comment: &Allowance) -> crate::document::Span {
    let span = &comment.span;
    let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[span.end..].find('\n').map_or(text.len(), |at| span.end + at + 1);
    let is_blank = |part: &str| part.trim().is_empty();
    if is_blank(&text[start..span.start]) && is_blank(&text[span.end..end]) {
        return start..end;
    }
    let lead = text[..span.start].trim_end_matches([' ', '\t']).len();
    // Between words one blank stays.
    let joins = text[span.end..end].starts_with(|c: char| !c.is_whitespace());
    (if joins { span.start } else { lead.max(start) })..span.end
}

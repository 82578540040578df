//! A comment silences a rule that there is not.

use crate::document::allowances;
use crate::lint::{Level, Look, Note, Rule};
use crate::model::rules;

pub(super) static RULE: Rule = Rule {
    code: "PM001",
    name: "unknown-rule",
    level: Level::Warning,
    docs: "\
### What it checks

The rule that a comment silences exists: `<!-- postmortem: allow CODE reason -->` names one by its code or its name, a rule of \
`[[lint.custom]]` included.

### Why

A slip of the finger would leave the finding in force and the comment in the text, and both look right.

### Bad

```markdown
## Lessons Learned

<!-- postmortem: allow PM9999 the word is the name of the alert -->
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
    for comment in allowances(look.document.text()) {
        let named = comment.rule.value.as_str();
        let is_custom = |rule: &crate::config::CustomRule| {
            [rule.name.as_str(), rule.code()].iter().any(|name| name.eq_ignore_ascii_case(named))
        };
        if named.is_empty() {
            let note = Note::new(comment.span, "the comment names no rule");
            notes.push(note.help("write <!-- postmortem: allow CODE reason -->"));
        } else if super::pm005_comment_of_several::is_several(named) {
            // What is meant is known, and told by another rule.
        } else if rules::find(named).is_none() && !look.config.lint.custom.iter().any(is_custom) {
            let help = rules::nearest(named).map_or_else(
                || "git postmortem lint --list shows every rule".to_owned(),
                |nearest| format!("nearest is {nearest}"),
            );
            notes.push(Note::new(comment.rule.span, format!("there is no rule '{named}'")).help(help));
        }
    }
}

//! A comment that silences a rule names a second one: a comment is about one rule.

use crate::document::allowances;
use crate::lint::{Level, Look, Note, Rule};
use crate::model::rules;

pub(super) static RULE: Rule = Rule {
    code: "PM005",
    name: "comment-of-several",
    level: Level::Warning,
    docs: "\
### What it checks

A comment that silences a rule names one. What stands behind it is the reason, so a second code is none that is silenced.

### Why

Each exception has a reason of its own, and one that is no longer needed can be told and taken out.

### Bad

```markdown
## Lessons Learned

An engineer deleted the canary stage by hand, and it was missed. <!-- postmortem: allow PM101, PM999 they asked to be named -->
```

### Good

```markdown
## Lessons Learned

An engineer deleted the canary stage by hand, and it was missed. <!-- postmortem: allow PM101 they asked to be named -->
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let comments = allowances(look.document.text()).into_iter();
    for comment in comments.filter(|comment| !comment.rule.value.is_empty()) {
        let first = &comment.rule.value;
        if is_several(first) {
            let note = Note::new(
                comment.span,
                format!("the comment allows nothing: '{first}' is no rule but several"),
            );
            notes.push(note.help("write a comment for each: <!-- postmortem: allow CODE reason -->"));
            continue;
        }
        let joint = |word: &&str| !matches!(*word, "and" | "&" | "+" | "/");
        let Some(second) = comment.reason.split_whitespace().find(joint) else { continue };
        let second = second.trim_matches(|c: char| !c.is_alphanumeric());
        let behind = look.document.text()[comment.rule.span.end..].trim_start();
        let is_named = behind.starts_with([',', '+', '&', '/']) && rules::find(second).is_some();
        if !is_code(second) && !is_named {
            continue;
        }
        let note = Note::new(
            comment.span,
            format!("the comment allows {first} alone: {second} is read as its reason"),
        );
        notes
            .push(note.help(format!("write a comment for each: <!-- postmortem: allow {second} reason -->")));
    }
}

/// `PM104,PM301`
pub(super) fn is_several(word: &str) -> bool {
    let parts = || word.split([',', ';', '+', '/', '&', '|']);
    parts().count() > 1 && parts().all(|part| is_code(part) || rules::find(part).is_some())
}

/// `PM104`; a name may be a word of the reason.
fn is_code(word: &str) -> bool {
    word.len() == 5
        && word.get(..2).is_some_and(|lead| lead.eq_ignore_ascii_case("PM"))
        && word[2..].bytes().all(|byte| byte.is_ascii_digit())
}

//! Nobody but the authors has read it.

use crate::document::FieldKind;
use crate::lint::{Level, Look, Note, Rule};

pub(super) static RULE: Rule = Rule {
    code: "PM208",
    name: "no-reviewer",
    level: Level::Info,
    docs: "\
### What it checks

A reviewer is named who is not the only author. A document that names neither authors nor reviewers is not asked.

### Why

\"An unreviewed postmortem might as well never have existed\" (*Site Reliability Engineering*, chapter 15). Whoever was not
there asks the questions that the authors take for answered.

### Bad

```markdown
**Reviewers**:
```

### Good

```markdown
**Reviewers**: Bo, platform team
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let meant = look.postmortem;
    let is_author = |name: &String| meant.authors.iter().any(|author| author.eq_ignore_ascii_case(name));
    let is_alone = !meant.reviewers.is_empty() && meant.reviewers.iter().all(is_author);
    if !meant.reviewers.is_empty() && !is_alone {
        return;
    }
    let field = look.document.field(FieldKind::Reviewers);
    if field.is_none() && meant.authors.is_empty() {
        return;
    }
    // What waits to be filled in is said by another rule.
    if field.is_some_and(|field| look.vocabulary.is_pending(&field.value.value)) {
        return;
    }
    let place = field.map_or_else(|| look.end(), |field| field.line.clone());
    let text = if is_alone {
        "the only reviewer is the author"
    } else if field.is_some() {
        "no reviewer is named"
    } else {
        "nobody is named who reviewed it"
    };
    let name = look.vocabulary.field_name(FieldKind::Reviewers);
    notes.push(
        Note::new(place, text).help(format!("ask somebody who was not there, and name them: **{name}**: …")),
    );
}

//! The template's guidance is still there.

use crate::document::template::{Template, guidance};
use crate::lint::{Level, Look, Note, Rule};
use crate::model::State;

pub(super) static RULE: Rule = Rule {
    code: "PM210",
    name: "guidance-left",
    level: Level::Info,
    docs: "\
### What it checks

No comment that the template wrote for the author stands in a section that is written. A draft may keep them: `publish`
takes them out. `--fix` does the same.

### Why

Readers of the source, and everybody who merges it, read over words that say nothing any more.

### Bad

```markdown
## Lessons Learned

<!-- What should the next team know? -->

Limits of a pool belong on the dashboard of the service that uses it.
```

### Good

```markdown
## Lessons Learned

Limits of a pool belong on the dashboard of the service that uses it.
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let document = look.document;
    if look.around.state == Some(State::Draft) || document.is_html() {
        return;
    }
    for (span, edit) in guidance(document.text(), &[Template::full(), Template::brief()]) {
        let around = document.sections().iter().rfind(|section| section.heading.end <= span.start);
        // The guidance of an empty section is still needed.
        if around.is_none_or(|section| section.filled) {
            let note = Note::new(span, "the template's guidance is still there");
            notes.push(note.help("take it out").fix(vec![edit]));
        }
    }
}

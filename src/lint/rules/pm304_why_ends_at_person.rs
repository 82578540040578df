//! A chain of whys whose last answer is a person.

use crate::document::Telling;
use crate::lint::shape::whys;
use crate::lint::{Level, Look, Note, Rule};

pub(super) static RULE: Rule = Rule {
    code: "PM304",
    name: "why-ends-at-person",
    level: Level::Warning,
    docs: "\
### What it checks

The last why is not answered by what somebody forgot, overlooked or did not know, nor by \"human error\", in the languages that
are read.

### Why

What somebody did is where an investigation begins, and not its conclusion (Sidney Dekker, *The Field Guide to Understanding 'Human
Error'*): it made sense to whoever did it, and the next why is what made it so.
People cannot be fixed by an action item, the systems around them can.

### Bad

```markdown
## Root Cause

The release opened a connection for every request, and the pool of the database ran dry.

### 5 Whys

1. Why did uploads fail? The pool of connections ran dry.
2. Why did the pool run dry? The release opened a connection for every request.
3. Why did that reach production? The human factor in reading the upload test (#1).
```

### Good

```markdown
## Root Cause

The release opened a connection for every request, and the pool of the database ran dry.

### 5 Whys

1. Why did uploads fail? The pool of connections ran dry.
2. Why did the pool run dry? The release opened a connection for every request.
3. Why did that reach production? A failing upload test holds no release back (#1).
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    for chain in whys(look) {
        let Some(last) = chain.last() else { continue };
        // What follows the question is the answer.
        let answer = last.text.rsplit(['?', '？']).next().unwrap_or(&last.text);
        let answer = if answer.chars().any(char::is_alphanumeric) { answer } else { &last.text };
        if look.vocabulary.tells(Telling::People, answer) {
            let note = Note::new(last.span.clone(), "the last why ends at a person");
            notes.push(
                note.help(
                    "what made that the sensible or the easy thing to do, and what would have caught it?",
                ),
            );
        }
    }
}

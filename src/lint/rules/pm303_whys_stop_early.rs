//! A chain of whys that stops before it has reached anything.

use crate::lint::shape::whys;
use crate::lint::{Level, Look, Note, Rule};

pub(super) static RULE: Rule = Rule {
    code: "PM303",
    name: "whys-stop-early",
    level: Level::Info,
    docs: "\
### What it checks

A chain of whys has as many as `lint.whys` asks for. Numbered items, questions, rows and headings are counted; of several
chains, the longest.

### Why

The first why names a symptom, the second a trigger. Taiichi Ohno asked five times (*Toyota Production System*, 1978), not because
five is right but because one and two are not.

### Bad

```markdown
## Root Cause

The release opened a connection for every request, and the pool of the database ran dry.

### 5 Whys

1. Why did uploads fail? The pool of connections ran dry.
2. Why did the pool run dry? The release opened a connection for every request (#1).
```

### Good

```markdown
## Root Cause

The release opened a connection for every request, and the pool of the database ran dry.

### 5 Whys

1. Why did uploads fail? The pool of connections ran dry.
2. Why did the pool run dry? The release opened a connection for every request.
3. Why did that reach production? The upload test runs with one request at a time.
4. Why does it? The test environment has no load, and a failing upload test holds no release back (#2).
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let least = look.config.lint.written.whys as usize;
    let chains = whys(look);
    let Some(longest) = chains.iter().max_by_key(|chain| chain.len()) else { return };
    if longest.len() >= least {
        return;
    }
    let Some(last) = longest.last() else { return };
    let count = match longest.len() {
        1 => "one why".to_owned(),
        count => format!("{count} whys"),
    };
    let note = Note::new(last.span.clone(), format!("the chain stops after {count}"));
    notes.push(note.help("ask why of this answer too, until it is something that can be changed"));
}

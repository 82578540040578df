//! A root cause that says again what happened.

use crate::document::{Passage, Span, is_filler};
use crate::likeness::Gist;
use crate::lint::{Level, Look, Note, Rule};
use crate::model::SectionKind;

/// A longer cause says something of its own, whatever words it has.
const LONGEST: usize = 80;
/// Of fewer words, chance has its share.
const FEWEST: usize = 3;

pub(super) static RULE: Rule = Rule {
    code: "PM302",
    name: "cause-restates",
    level: Level::Warning,
    docs: "\
### What it checks

The root cause has a word of its own: not nearly all of its words stand in the title and the impact, or in one sentence of the
summary. Endings and small words do not count; longer causes are not compared.

### Why

\"Uploads failed because uploads did not work\" is what happened, told twice. A cause is what can be changed so that it does not
happen again.

### Bad

```markdown
## Impact

About 300 customers were not able to upload files for forty minutes.

## Root Cause

Some 300 customers were not able to upload files for forty minutes.
```

### Good

```markdown
## Root Cause

Release v1.4.0 opened a connection for every request, and the pool of the database ran dry.
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let document = look.document;
    let Some(section) = document.section(SectionKind::RootCause) else { return };
    if document.section(SectionKind::FiveWhys).is_some_and(|whys| whys.filled) {
        return;
    }
    let mut cause = String::new();
    let mut place: Option<Span> = None;
    for passage in document.passages_in(section) {
        if !passage.is_prose() || passage.has_link() || passage.has_code() {
            return;
        }
        cause.push_str(&passage.text());
        cause.push('\n');
        place = place.or_else(|| Some(passage.span()));
        if cause.split_whitespace().count() > LONGEST {
            return;
        }
    }
    let Some(place) = place else { return };
    let gist = |text: &str| Gist::new(text, is_filler);
    let own = gist(&cause);
    if own.len() < FEWEST {
        return;
    }
    let text_of = |kind| {
        let section = document.section(kind)?;
        let prose = document.passages_in(section).filter(Passage::is_prose);
        Some(prose.map(|passage| passage.text().into_owned()).collect::<Vec<_>>())
    };
    // A summary that tells the cause too has words of the cause by right; one whose sentence is all of it leaves nothing.
    let is_said = |text: &str| own.shared(&gist(text)) * 5 >= own.len() * 4;
    let impact = text_of(SectionKind::Impact).unwrap_or_default().join("\n");
    let from = if is_said(&format!("{}\n{impact}", document.bare_title())) {
        "what happened"
    } else {
        return;
    };
    let note = Note::new(place, format!("the root cause says again {from}"));
    notes.push(note.help("what in the system made this possible?"));
}

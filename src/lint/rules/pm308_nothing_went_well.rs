//! Nothing went well, it seems.

use crate::document::{Passage, Section};
use crate::lint::{Level, Look, Note, Rule};
use crate::model::SectionKind;

pub(super) static RULE: Rule = Rule {
    code: "PM308",
    name: "nothing-went-well",
    level: Level::Info,
    docs: "\
### What it checks

A document that says what went wrong also says what went well, and the section is not \"none\".

### Why

What helped is to be kept, and nobody keeps what nobody has named. The template of *Site Reliability Engineering* (appendix D)
asks for both; John Allspaw's \"Blameless PostMortems and a Just Culture\" (2012) for how people made it go right.

### Bad

```markdown
## What Went Well

Nothing.
```

### Good

```markdown
## What Went Well

1. The alert fired within a minute, and the release could be taken back by one command.
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let document = look.document;
    let find = |kind| document.section(kind);
    let (well, wrong) = (find(SectionKind::WentWell), find(SectionKind::WentWrong));
    let section = match (well, wrong) {
        (Some(well), _) if well.filled && !says_none(look, well) => return,
        // An empty section is said to be one.
        (Some(well), _)
            if !document.passages_in(well).any(|passage| passage.text().chars().any(char::is_alphabetic)) =>
        {
            return;
        }
        (Some(well), _) => well,
        (None, Some(wrong)) if wrong.filled => wrong,
        _ => return,
    };
    let text = document.text()[section.heading.clone()].trim_end();
    let place = section.heading.start..section.heading.start + text.len();
    let note = Note::new(place, "nothing is said to have gone well");
    notes.push(note.help("what helped to notice it, to understand it, or to end it?"));
}

/// Whether all that a section says is a word for nothing.
fn says_none(look: &Look<'_>, section: &Section) -> bool {
    let mut prose = look.document.passages_in(section).filter(Passage::is_prose);
    let (Some(only), None) = (prose.next(), prose.next()) else { return false };
    let text = only.text();
    let word = text.trim().trim_end_matches(['.', '!', '。']);
    look.vocabulary.is_placeholder(word) && !look.vocabulary.is_pending(word)
        || word.eq_ignore_ascii_case("nothing")
}

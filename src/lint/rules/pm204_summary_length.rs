//! A summary that is not a few sentences.

use crate::document::{Passage, PassageKind, Span};
use crate::lint::prose::sentences;
use crate::lint::shape::is_field;
use crate::lint::{Level, Look, Note, Rule};
use crate::model::SectionKind;

pub(super) static RULE: Rule = Rule {
    code: "PM204",
    name: "summary-length",
    level: Level::Info,
    docs: "\
### What it checks

The summary has two or three sentences; an item of a list counts as one. `lint.summary-sentences` sets how many are asked
for: `1-5`.

### Why

Most readers read the summary and nothing else. Two or three sentences are read by everybody and can stand alone in a
report: what happened, to whom, and what it meant. What is longer tells the timeline a second time.

### Bad

```markdown
## Summary

At five past two the alert fired. The on-call joined the call. The dashboard showed failed uploads. The release was
suspected. It was taken back. Uploads worked again.
```

### Good

```markdown
## Summary

Uploads failed for forty minutes after release v1.4.0, and about 300 customers saw errors. Taking the release back ended it;
no data was lost.
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let document = look.document;
    let Some(section) = document.section(SectionKind::Summary) else { return };
    let (least, most) = look.config.lint.written.summary_sentences;
    let mut count = 0;
    let mut place: Option<Span> = None;
    for passage in document.own_passages(section).filter(Passage::is_prose) {
        let span = passage.span();
        // A table of facts is no sentence.
        if is_field(look, &span) || matches!(passage.kind(), PassageKind::Cell { .. }) {
            continue;
        }
        let told = sentences(&passage.text(), look.vocabulary);
        // The sentence before a list ends with it.
        count += told;
        place = Some(place.map_or(span.clone(), |place| place.start..span.end));
    }
    let Some(place) = place.filter(|_| count > 0 && !(least..=most).contains(&count)) else { return };
    let asked = if least == most { most.to_string() } else { format!("{least} to {most}") };
    let plural = if count == 1 { "" } else { "s" };
    // A long one is underlined at its first line, not on a page full of lines.
    let first = document.text()[place.clone()].lines().next().map_or(0, |line| line.trim_end().len());
    let text = format!("the summary has {count} sentence{plural}, not {asked}");
    let help = if count > most {
        "keep what happened, to whom, and what it meant; the other sections have the rest"
    } else {
        "say what happened, to whom, and what it meant, for a reader who reads nothing else"
    };
    notes.push(Note::new(place.start..place.start + first, text).help(help));
}

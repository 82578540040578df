//! A root cause in a few words.

use crate::document::{Passage, PassageKind};
use crate::lint::prose::words;
use crate::lint::{Level, Look, Note, Rule};
use crate::model::SectionKind;

pub(super) static RULE: Rule = Rule {
    code: "PM301",
    name: "thin-root-cause",
    level: Level::Warning,
    docs: "\
### What it checks

The root cause, with its whys, has as many words as `lint.root-cause-words` asks for; two signs of a script without blanks
count as one. Code, links and tables say something by themselves. \"Unknown\" is not enough either: what was ruled out is worth
knowing.

### Why

\"A bug\" names no cause. What is too short to name a mechanism cannot be acted on, and the same incident comes back under another
name. There is rarely one cause alone: see Cook, *How Complex Systems Fail*, 7 (\"post-accident attribution to a 'root cause' is
fundamentally wrong\").

### Bad

```markdown
## Root Cause

A bug in the release.
```

### Good

```markdown
## Root Cause

Release v1.4.0 opened a connection for every request. The pool of the database holds 40; from the 41st request on, uploads
waited until they timed out.
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let document = look.document;
    let least = look.config.lint.written.root_cause_words;
    let causes = || {
        document
            .sections()
            .iter()
            .filter(|section| matches!(section.kind, Some(SectionKind::RootCause | SectionKind::FiveWhys)))
    };
    let Some(first) = causes().find(|section| section.kind == Some(SectionKind::RootCause)) else { return };
    let (mut count, mut place, mut said) = (0, None, String::new());
    for section in causes() {
        // Sections that lie in one another are told once.
        let is_inside = section.parent.is_some_and(|at| {
            matches!(document.sections()[at].kind, Some(SectionKind::RootCause | SectionKind::FiveWhys))
        });
        if is_inside {
            continue;
        }
        for passage in document.passages_in(section) {
            if passage.kind() == PassageKind::Code || passage.has_link() || passage.has_code() {
                return;
            }
            if !Passage::is_prose(&passage) {
                continue;
            }
            let text = passage.text();
            // What waits is said by another rule.
            if look.vocabulary.is_pending(&text) {
                return;
            }
            count += words(&text);
            if section.heading == first.heading && place.is_none() {
                place = Some(passage.span());
                said = text.into_owned();
            }
            if count >= least {
                return;
            }
        }
    }
    // Where nothing stands, the section is empty.
    let Some(place) = place.filter(|_| count > 0) else { return };
    let text = format!("'{}' is too little to be a root cause", said.trim().trim_end_matches(['.', '。']));
    notes.push(
        Note::new(place, text)
            .help("what in the system made this possible, and how did that lead to what users saw?"),
    );
}

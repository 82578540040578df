//! A heading with nothing below it.

use std::collections::HashSet;

use crate::document::{Passage, PassageKind, Section, Span, names_zone};
use crate::lint::shape::is_field;
use crate::lint::{Level, Look, Note, Rule};
use crate::model::SectionKind;

pub(super) static RULE: Rule = Rule {
    code: "PM202",
    name: "empty-section",
    level: Level::Warning,
    docs: "\
### What it checks

Something stands below every heading. Guidance in comments, the head of a table, labels without a value and numbers
without a text are nothing; \"none\" is an answer. Linked commits and the attestation, which commands write, may wait.

### Why

An empty section reads as if somebody had looked and found nothing, while nobody has looked.

### Bad

```markdown
## Contributing Factors

1.
```

### Good

```markdown
## Contributing Factors

None: the one missing index explains all of it.
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let document = look.document;
    // The line between two versions makes a heading of the words above it.
    if document.text().contains("<<<<<<< ") {
        return;
    }
    let sections = document.sections();
    // A title may stand alone, whatever its level.
    let title = look.head().start;
    let said: HashSet<SectionKind> =
        sections.iter().filter(|one| one.filled).filter_map(|one| one.kind).collect();
    // Entries and items may be headings too, or stand under days that are.
    let is_said_elsewhere = |kind: SectionKind| {
        said.contains(&kind)
            || kind == SectionKind::Timeline && !document.timeline().is_empty()
            || kind == SectionKind::ActionItems && !document.actions().is_empty()
    };
    for section in sections.iter().filter(|section| !section.filled) {
        let is_asked = match section.kind {
            Some(SectionKind::LinkedCommits | SectionKind::Attestation) => false,
            Some(kind) => !is_said_elsewhere(kind),
            None => {
                section.heading.start > title
                    && !is_within_known(sections, section)
                    && !is_metadata(look, section)
            }
        };
        let name = section.name.trim();
        // `##` alone is drawn as a line.
        if !is_asked || name.is_empty() || document.passages_in(section).any(|passage| answers(&passage)) {
            continue;
        }
        let note = Note::new(heading(look, section), format!("nothing is said under '{name}'"));
        notes.push(note.help("write it, write 'none' and why, or take the heading out"));
    }
}

/// Whether a passage says anything, be it that there is nothing.
fn answers(passage: &Passage<'_>) -> bool {
    match passage.kind() {
        PassageKind::Code => return true,
        PassageKind::Paragraph | PassageKind::Item { .. } | PassageKind::Cell { head: false } => {}
        PassageKind::Heading
        | PassageKind::Html
        | PassageKind::Row { .. }
        | PassageKind::Cell { head: true } => return false,
    }
    if passage.has_link() {
        return true;
    }
    let text = passage.text();
    let value = text.rsplit([':', '：']).next().unwrap_or(&text).trim();
    let is_number = value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let is_zone = passage.kind() == PassageKind::Paragraph
        && !text.bytes().any(|byte| byte.is_ascii_digit())
        && text.len() < 80
        && names_zone(&text);
    // `…` is an answer that another rule finds wanting.
    !is_zone && !is_number || value.contains('…') || value.contains("...")
}

/// Whether it stands in a section of a post-mortem: entries of timelines and actions are headings too.
fn is_within_known(sections: &[Section], section: &Section) -> bool {
    let mut above = section.parent;
    while let Some(at) = above {
        if sections[at].kind.is_some() {
            return true;
        }
        above = sections[at].parent;
    }
    false
}

/// Whether the heading is a line of metadata, or names one: `## Date: 2026-03-08`.
fn is_metadata(look: &Look<'_>, section: &Section) -> bool {
    section.name.contains([':', '：']) || is_field(look, &(section.heading.start..section.body.end))
}

/// The heading without the line break behind it.
fn heading(look: &Look<'_>, section: &Section) -> Span {
    let text = look.document.text()[section.heading.clone()].trim_end();
    section.heading.start..section.heading.start + text.len()
}

//! Blame is read in English alone, and a document in another language is not clean because nothing was found.

use crate::lint::{Level, Look, Note, Rule};

pub(super) static RULE: Rule = Rule {
    code: "PM107",
    name: "blame-unchecked",
    level: Level::Info,
    docs: "\
### What it checks

One note for a document that is not in English: that blame was not looked for in it. All other rules work in every language.

### Why

Nothing found and nothing looked for are two answers, and only one of them is good news.

### Bad

```markdown
# Post-Mortem: Uploads schlugen fehl

## Zusammenfassung

Nach dem Wechsel des Schlüssels schlugen alle Uploads fehl, weil der Dienst noch einen Tag lang den alten Schlüssel las. Der Wechsel wurde zurückgenommen, und danach war der Dienst wieder erreichbar.
```

### Good

```markdown
## Summary

Uploads failed for forty minutes after a key was rotated, because they read the old one for another day. The rotation was taken back.
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let Some(code) = look.blame().unchecked else { return };
    let name = match code {
        "de" => "German",
        "es" => "Spanish",
        "fr" => "French",
        "ja" => "Japanese",
        "pt" => "Portuguese",
        other => other,
    };
    let at = look.document.title().map_or(0..0, |title| title.span.clone());
    let note = Note::new(at, format!("blame was not looked for: the document is in {name}"));
    notes.push(
        note.help("read it once for who is the subject of what went wrong; every other rule was asked"),
    );
}

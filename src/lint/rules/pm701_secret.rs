//! A key, token or password.

use crate::document::secrets;
use crate::lint::private::credentials;
use crate::lint::{Level, Look, Note, Rule};

pub(super) static RULE: Rule = Rule {
    code: "PM701",
    name: "secret",
    level: Level::Error,
    docs: "\
### What it checks

No text holds a secret that can be told by its published form: private keys, tokens of AWS, GitHub, GitLab, Google, npm, PyPI, Slack \
and Stripe, signed JSON web tokens, passwords in addresses, `Authorization` headers; and what stands behind a word for it and is written \
like no word (`password: …`, `API_KEY=…`). Stand-ins and examples are left alone.

### Why

What is pushed is copied: to every clone, to backups, to search indexes. There is no mending by an edit, since the history keeps the \
old text.

### Bad

```markdown
## Lessons Learned

The job connected to postgres://uploads:k4Wq93xTz@db.acme.io/files with rights that it did not need.
```

### Good

```markdown
## Lessons Learned

The job connected to the database with rights that it did not need.
```
",
    check,
};

const HELP: &str = "revoke it first, then take it out: if it was ever committed, the history keeps it";

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let text = look.document.text();
    let told = secrets::every(text);
    for span in credentials(text) {
        if told.iter().any(|one| one.span.start < span.end && span.start < one.span.end) {
            continue;
        }
        let message = format!(
            "what looks like a password or key stands in the text: {}",
            secrets::masked(&text[span.clone()])
        );
        notes.push(Note::new(look.line_of_span(&span), message).help(HELP));
    }
    for found in told {
        let secret = text.get(found.span.clone()).unwrap_or_default();
        let message = format!("{} stands in the text: {}", found.kind.name(), secrets::masked(secret));
        let note = Note::new(look.line_of_span(&found.span), message);
        notes.push(note.help(HELP));
    }
}

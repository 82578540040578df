//! An address that opens what it points to.

use crate::document::secrets::{every, masked};
use crate::lint::private::tokens;
use crate::lint::{Level, Look, Note, Rule};

pub(super) static RULE: Rule = Rule {
    code: "PM705",
    name: "token-in-address",
    level: Level::Warning,
    docs: "\
### What it checks

No address has a token, a signature or a password among its parameters: `?token=…`, `?X-Amz-Signature=…`, `#access_token=…`. Stand-ins \
are left alone, and what is a secret by its form is told by `secret` alone.

### Why

Whoever reads the post-mortem can open it, with the rights of whoever copied it. Addresses are copied into tickets, chats and logs.

### Bad

```markdown
## Lessons Learned

The upload in question is at https://files.acme.io/d/7?token=f3a9c1d27b8e44.
```

### Good

```markdown
## Lessons Learned

The upload in question is at https://files.acme.io/d/7.
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let text = look.document.text();
    let found = tokens(text);
    if found.is_empty() {
        return;
    }
    let secrets = every(text);
    for span in found {
        if secrets.iter().any(|secret| secret.span.start < span.end && span.start < secret.span.end) {
            continue;
        }
        let token = masked(text.get(span.clone()).unwrap_or_default());
        let note = Note::new(span, format!("the address lets in whoever has it: {token}"));
        notes.push(note.help("revoke the token, and link the page without it"));
    }
}

//! A network address that may be a customer's.

use crate::lint::private::addresses;
use crate::lint::{Level, Look, Note, Rule};

pub(super) static RULE: Rule = Rule {
    code: "PM704",
    name: "public-address",
    level: Level::Info,
    docs: "\
### What it checks

No text holds a public network address, IPv4 or IPv6. Private ranges, ranges for examples, whole networks, well-known name servers and \
version numbers are left alone.

### Why

The address of a customer is personal data in many countries, and one of the team's own machines is a gift to whoever looks for it.

### Bad

```markdown
## Lessons Learned

Half of the failed uploads came from 84.112.9.41, which tried again without a pause.
```

### Good

```markdown
## Lessons Learned

Half of the failed uploads came from one customer, whose client tried again without a pause.
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let text = look.document.text();
    let mut seen: Vec<&str> = Vec::new();
    for span in addresses(text) {
        let address = text.get(span.clone()).unwrap_or_default();
        // A log may have it a hundred times.
        if seen.contains(&address) {
            continue;
        }
        seen.push(address);
        let note = Note::new(span, format!("{address} is a public network address"));
        notes.push(note.help("whose is it? say so instead: a customer, the load balancer"));
    }
}

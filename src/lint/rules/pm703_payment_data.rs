//! The number of a card or a bank account.

use crate::document::secrets::masked;
use crate::lint::private::{Payment, payments};
use crate::lint::{Level, Look, Note, Rule};

pub(super) static RULE: Rule = Rule {
    code: "PM703",
    name: "payment-data",
    level: Level::Warning,
    docs: "\
### What it checks

No text holds the number of a payment card of a large scheme or an IBAN, with check digits that are right. Numbers that payment \
providers publish for tests are left alone.

### Why

A card's number may be stored by few, and a wiki is none of them (PCI DSS). One of ten numbers that look like one fits by chance: then \
a comment with a reason silences it.

### Bad

```markdown
## Lessons Learned

The payment with the card 4539 1488 0343 6467 was taken twice.
```

### Good

```markdown
## Lessons Learned

One payment was taken twice.
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let text = look.document.text();
    for (what, span) in payments(text) {
        let what = match what {
            Payment::Card => "the number of a payment card",
            Payment::Account => "the number of a bank account",
        };
        let number = masked(text.get(span.clone()).unwrap_or_default());
        let note = Note::new(span, format!("this looks like {what}: {number}"));
        notes.push(
            note.help(
                "take it out, or say of which kind it is; a comment with a reason silences a chance hit",
            ),
        );
    }
}

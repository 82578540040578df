//! Somebody's mail address or phone number.

use crate::document::Span;
use crate::lint::private::{Mail, mails, phones};
use crate::lint::{Level, Look, Note, Rule};

pub(super) static RULE: Rule = Rule {
    code: "PM702",
    name: "personal-data",
    level: Level::Warning,
    docs: "\
### What it checks

No text holds a mail address or a phone number of somebody outside. Addresses of the people of the history and of their domains, of \
`lint.own-domains`, of roles (`support@…`), and those made for examples are left alone, as are authors and reviewers in the metadata.

### Why

A post-mortem is read by more people than a ticket, and for longer; whoever wrote to the support did not ask to be in it. Privacy laws \
ask for a reason to keep such data, and here there is none.

### Bad

```markdown
## Lessons Learned

The first report came from Mia Berg (mia.berg@bergfoto.at), who could not upload her pictures.
```

### Good

```markdown
## Lessons Learned

The first report came from a customer, who could not upload pictures.
```
",
    check,
};

/// Providers whose addresses say nothing about whom somebody works for.
const FOR_ALL: [&str; 14] = [
    "gmail.com",
    "googlemail.com",
    "outlook.com",
    "hotmail.com",
    "live.com",
    "yahoo.com",
    "icloud.com",
    "me.com",
    "gmx.de",
    "gmx.net",
    "web.de",
    "proton.me",
    "protonmail.com",
    "qq.com",
];

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let text = look.document.text();
    let is_named = |span: &Span| look.document.fields().iter().any(|field| holds(&field.line, span));
    for mail in mails(text).into_iter().filter(|mail| !is_named(&mail.span) && !is_ours(look, mail, text)) {
        let message = format!("somebody's mail address at {}", mail.domain);
        notes.push(
            Note::new(mail.span, message).help("say what they are to the incident: a customer, a supplier"),
        );
    }
    for span in phones(text) {
        notes.push(
            Note::new(span, "somebody's phone number")
                .help("say who was called, and keep the number elsewhere"),
        );
    }
}

fn holds(line: &Span, span: &Span) -> bool {
    line.start <= span.start && span.end <= line.end
}

fn is_ours(look: &Look<'_>, mail: &Mail, text: &str) -> bool {
    let domain = mail.domain.as_str();
    let is_own = |own: &String| {
        let own = own.trim_start_matches('@').to_lowercase();
        domain == own || domain.strip_suffix(own.as_str()).is_some_and(|rest| rest.ends_with('.'))
    };
    let address = text.get(mail.span.clone()).unwrap_or_default();
    look.config.lint.promised.own_domains.iter().any(is_own)
        || look.around.people.as_ref().is_some_and(|people| {
            people.knows(address, look.config) || (!FOR_ALL.contains(&domain) && people.mail_from(domain))
        })
}

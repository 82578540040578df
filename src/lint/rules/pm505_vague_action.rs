//! A promise that nobody can check off.

use crate::document::{Vague, vague};
use crate::lint::{Level, Look, Note, Rule};

pub(super) static RULE: Rule = Rule {
    code: "PM505",
    name: "vague-action",
    level: Level::Warning,
    docs: "\
### What it checks

A short item that is still owed does not only want something to be better, people to be more careful, or people to be trained. A \
number, the means, a quotation or a link to an issue makes it more than that. English, French, German, Japanese, Portuguese and \
Spanish are known, and `lint.vague-words` adds phrases.

### Why

Nobody can say on a day whether \"improve monitoring\" is done, so it stays open or is closed at will. And an action that asks \
people to take more care changes nothing about the system that they work in: Dekker's \"Field Guide to Understanding 'Human Error'\" \
calls it the old view. Training alone wears off with the next hire.

### Bad

```markdown
## Action Items

| # | Action | Owner | Priority | Effort | Due Date | Status |
|---|--------|-------|----------|--------|----------|--------|
| 1 | Be more careful with settings | @ana | P1 | small | 2026-03-20 | open |
| 2 | Deploy settings to the test environment in the same two steps as in production | @platform | P2 | medium | 2026-04-10 | open |
| 3 | Improve monitoring | @bo | P2 | small | 2026-03-27 | open |
```

### Good

```markdown
## Action Items

| # | Action | Owner | Priority | Effort | Due Date | Status |
|---|--------|-------|----------|--------|----------|--------|
| 1 | Refuse to start the upload service while a setting is missing | @ana | P1 | small | 2026-03-20 | open |
| 2 | Deploy settings to the test environment in the same two steps as in production | @platform | P2 | medium | 2026-04-10 | open |
| 3 | Alert on the error rate of uploads over one minute | @bo | P2 | small | 2026-03-27 | open |
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let listed = &look.config.lint.promised.vague_words;
    for action in look.owed().filter(|action| !look.says_more(action)) {
        let Some((kind, phrase)) = vague(&action.item.text, listed) else { continue };
        let (message, help) = match kind {
            Vague::Probing => continue,
            Vague::Better | Vague::Listed => (
                format!("nobody can tell when '{phrase}' is done"),
                "what will be there when it is done, and how is that measured?",
            ),
            Vague::Attitude => (
                format!("'{phrase}' asks for care and changes nothing around the people"),
                "what would have made this safe on a bad day: a check, a default, a limit, a guard?",
            ),
            Vague::Training => (
                format!("'{phrase}' is all that is promised, and what is taught wears off"),
                "what in the system can carry what people would have to remember?",
            ),
        };
        notes.push(Note::new(look.place(action), message).help(help));
    }
}

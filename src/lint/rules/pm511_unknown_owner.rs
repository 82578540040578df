//! An owner whom nothing here knows.

use crate::lint::{Level, Look, Note, Rule};
use crate::promise::{each_owner, is_account};

pub(super) static RULE: Rule = Rule {
    code: "PM511",
    name: "unknown-owner",
    level: Level::Info,
    docs: "\
### What it checks

An owner who is written as a handle or a mail address is somebody of the history, of CODEOWNERS, or of `actions.owners` in the \
configuration. Where there is no CODEOWNERS, nothing is said until another owner of the document is known by such a name: then handles \
and the history have the same names here. Outside a repository nothing is said.

### Why

A handle with a slip in it reaches nobody, and `git postmortem actions --owner` lists its items for nobody.

### Bad

```markdown
## Action Items

| # | Action | Owner | Priority | Effort | Due Date | Status |
|---|--------|-------|----------|--------|----------|--------|
| 1 | Refuse to start the upload service while a setting is missing | @ana | P1 | small | 2026-03-20 | open |
| 2 | Deploy settings to the test environment in the same two steps as in production | @platform | P2 | medium | 2026-04-10 | open |
| 3 | Alert on the error rate of uploads over one minute | @bob | P2 | small | 2026-03-27 | open |
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
    let Some(people) = &look.around.people else { return };
    let is_named = |name: &str| {
        let bare = name.trim_start_matches('@');
        look.around.names.iter().any(|known| known.trim_start_matches('@').eq_ignore_ascii_case(bare))
    };
    let is_known = |one: &str| people.knows(one, look.config) || is_named(one);
    let accounts = || look.owed().filter_map(|action| Some((action, action.item.owner.as_deref()?)));
    let tells = people.has_code_owners()
        || accounts().any(|(_, owner)| each_owner(owner).any(|one| is_account(one) && is_known(one)));
    if !tells {
        return;
    }
    for (action, owner) in accounts() {
        for one in each_owner(owner).filter(|one| is_account(one) && !is_known(one)) {
            let message = format!("nobody here is known as '{one}'");
            let help = "is it spelt as in CODEOWNERS or the history? actions.owners in .postmortem.toml names teams and aliases";
            notes.push(Note::new(look.cell(action, action.owner.as_ref()), message).help(help));
        }
    }
}

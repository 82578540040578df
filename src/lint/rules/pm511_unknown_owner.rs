//! An owner whom nothing here knows.

use crate::config::{ServiceConfig, fold_owner};
use crate::lint::{Level, Look, Note, Rule};
use crate::promise::{each_owner, is_account};

/// A shorter handle is near to many.
const LEAST: usize = 4;

pub(super) static RULE: Rule = Rule {
    code: "PM511",
    name: "unknown-owner",
    level: Level::Info,
    docs: "\
### What it checks

An owner who is written as a handle or a mail address is somebody of the history, of CODEOWNERS, or of `actions.owners` in the \
configuration, or a team. Without CODEOWNERS only a handle is told that differs from a known one by a slip of the finger: others may be \
right. Outside a repository nothing is said.

### Why

A handle with a slip in it reaches nobody, and `git postmortem actions --owner` lists its items for nobody.

### Bad

```markdown
## Action Items

| # | Action | Owner | Priority | Effort | Due Date | Status |
|---|--------|-------|----------|--------|----------|--------|
| 1 | Refuse to start the upload service while a setting is missing | @ana | P1 | small | 2026-03-20 | open |
| 2 | Deploy settings to the test environment in the same two steps as in production | @platfrom | P2 | medium | 2026-04-10 | open |
| 3 | Alert on the error rate of uploads over one minute | @bo | P2 | small | 2026-03-27 | open |
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
    for action in look.owed() {
        for one in action.item.owner.as_deref().into_iter().flat_map(each_owner) {
            if !is_account(one) || people.knows(one, look.config) || is_named(look, one) {
                continue;
            }
            let nearest = nearest(look, one);
            let help = match nearest {
                Some(name) => format!("nearest is '{name}'"),
                // Without a list of all owners, a name that is like no other may be right.
                None if !people.has_code_owners() => continue,
                None => {
                    "is it spelt as in CODEOWNERS? actions.owners in .postmortem.toml names teams and aliases"
                        .to_owned()
                }
            };
            let message = format!("nobody here is known as '{one}'");
            notes.push(Note::new(look.cell(action, action.owner.as_ref()), message).help(help));
        }
    }
}

/// Whether it is somebody of the repository by the very name, or a team: `@ops`, `@payments` where there is a service of
/// that name.
fn is_named(look: &Look<'_>, owner: &str) -> bool {
    let bare = fold_owner(owner);
    let services = &look.config.services;
    let is_team =
        |service: &ServiceConfig| service.team.as_deref().is_some_and(|team| fold_owner(team) == bare);
    look.around.names.iter().any(|name| fold_owner(name) == bare)
        || services.keys().any(|name| name.eq_ignore_ascii_case(&bare))
        || services.values().any(is_team)
        || bare.split(['-', '_', '/']).any(|word| look.vocabulary.teams.look_up(word).is_some())
}

/// A known name from which the written one differs by a slip of the finger.
fn nearest<'l>(look: &Look<'l>, owner: &str) -> Option<&'l str> {
    let bare = fold_owner(owner);
    let known = look.around.names.iter().chain(look.config.actions.owners.keys());
    let is_near = |name: &&String| {
        let name = fold_owner(name);
        bare.chars().count() >= LEAST && strsim::osa_distance(&name, &bare) == 1
    };
    known.into_iter().find(is_near).map(String::as_str)
}

//! A linked revision of another time than the incident.

use chrono::{NaiveDate, TimeDelta};

use crate::lint::{Level, Look, Note, Rule};
use crate::model::Role;

pub(super) static RULE: Rule = Rule {
    code: "PM603",
    name: "revision-outside-incident",
    level: Level::Warning,
    docs: "\
### What it checks

What was deployed, introduced the defect or is suspected was committed before the incident was over, and what mended it or took it back \
not before the incident began; a day more or less is left alone, or as many as `lint.link-days` says. The incident lasts from its date \
for its duration, and at least to the last entry of the timeline. Outside a repository nothing is said.

### Why

The day of a commit is the cheapest test of a story: what came later cannot have caused it.

### Bad

```markdown
## Linked Commits

| Role | Revision | Commit | Date (UTC) | Subject |
|------|----------|--------|------------|---------|
| deploy | v1.5.0 |  |  |  |
```

### Good

```markdown
## Linked Commits

| Role | Revision | Commit | Date (UTC) | Subject |
|------|----------|--------|------------|---------|
| deploy | v1.4.0 |  |  |  |
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    let Some(begin) = look.postmortem.date.filter(|_| !look.around.revisions.is_empty()) else { return };
    let end = last_day(look, begin);
    let slack = TimeDelta::days(i64::from(look.config.lint.promised.link_days));
    for link in look.document.links() {
        let name = &link.value.revision;
        let Some(day) = look.around.revisions.get(name).and_then(|found| found.day) else { continue };
        let wrong = match link.value.role {
            Role::Deploy | Role::Introduced | Role::Suspect => (day - slack > end)
                .then(|| format!("'{name}' is of {day}, and the incident was over on {end}")),
            Role::Fix | Role::Revert => (day + slack < begin)
                .then(|| format!("'{name}' is of {day}, and the incident began on {begin}")),
            Role::RuledOut | Role::Url => None,
        };
        if let Some(message) = wrong {
            let help = match link.value.role {
                Role::Fix | Role::Revert => {
                    "is this the change that mended it, or was it waiting to be deployed?"
                }
                _ => "is the day of the incident right, and is this the revision that was live then?",
            };
            notes.push(Note::new(look.name_in(link, name), message).help(help));
        }
    }
}

/// The last day of the incident, as far as the document tells.
fn last_day(look: &Look<'_>, begin: NaiveDate) -> NaiveDate {
    // It may have begun in the last minute of its day.
    let minutes = look.postmortem.duration_minutes.map_or(0, |minutes| i64::from(minutes) + 24 * 60 - 1);
    let by_duration = begin.checked_add_signed(TimeDelta::days(minutes / (24 * 60))).unwrap_or(begin);
    let entries = look.document.timeline().iter().filter_map(|entry| Some(entry.event.at?.date_naive()));
    entries.chain([by_duration]).max().unwrap_or(begin)
}

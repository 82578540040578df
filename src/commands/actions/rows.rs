//! Items as they are shown.

use std::borrow::Cow;
use std::collections::HashMap;

use chrono::{DateTime, NaiveDate};

use super::arguments::Group;
use super::filter::Row;
use crate::archive::Entry;
use crate::config::Config;
use crate::model::{Grade, Promise, Scale};
use crate::render::actions::{ActionGroup, ActionRow};

/// What showing an item needs besides the item.
pub(super) struct Shower<'a> {
    config: &'a Config,
    priority: Scale,
    severity: Scale,
    /// How many documents have each short id, where short ids are shown.
    uses: Option<HashMap<&'a str, u32>>,
    /// Whether the past of items was asked for.
    is_deep: bool,
}

/// The day of an instant, in UTC.
pub(super) fn day(seconds: i64) -> Option<NaiveDate> {
    DateTime::from_timestamp(seconds, 0).map(|instant| instant.date_naive())
}

fn label<'s>(scale: &'s Scale, grade: Option<&'s Grade>) -> Option<Cow<'s, str>> {
    grade.map(|grade| Cow::Borrowed(scale.label(grade)))
}

impl<'a> Shower<'a> {
    /// `short` asks for short ids, which cost a look at every document.
    pub(super) fn new(entries: &[&'a Entry], config: &'a Config, short: bool, is_deep: bool) -> Self {
        let uses = short.then(|| {
            let mut uses: HashMap<&str, u32> = HashMap::new();
            for entry in entries {
                *uses.entry(entry.id.short()).or_default() += 1;
            }
            uses
        });
        Self { config, priority: config.priority_scale(), severity: config.severity_scale(), uses, is_deep }
    }

    /// A row for printing, with the shortest id that still names its document among all that were read.
    pub(super) fn row<'s>(&'s self, row: &'s Row<'a>) -> ActionRow<'s> {
        let (entry, action) = (row.entry, row.action);
        let repo = entry.repo.as_ref().map(|repo| format!("{repo}:")).unwrap_or_default();
        let short_id = self.uses.as_ref().map(|uses| {
            let short = entry.id.short();
            let alone = uses.get(short) == Some(&1);
            format!("{repo}{}#{}", if alone { short } else { entry.id.as_str() }, action.label)
        });
        let closed = row.standing.and_then(|standing| standing.closed.as_ref());
        let past = row.standing.filter(|_| self.is_deep);
        ActionRow {
            id: [repo.as_str(), entry.id.as_str(), "#", &action.label].concat(),
            short_id: short_id.unwrap_or_default(),
            text: Cow::Borrowed(&action.text),
            owner: action.owner.as_deref().map(|written| Cow::Borrowed(self.config.owner(written))),
            due: action.due,
            priority: label(&self.priority, action.priority.as_ref()),
            effort: action.effort,
            status: action.status,
            overdue: matches!(row.promise, Promise::Overdue(_)),
            promise: row.promise,
            closed_by: closed.map(|closed| closed.commit.to_string()),
            released_in: row.standing.and_then(|standing| standing.released_in.clone()),
            postmortem: if entry.repo.is_some() {
                Cow::Owned(entry.name())
            } else {
                Cow::Borrowed(entry.id.as_str())
            },
            title: Cow::Borrowed(entry.title()),
            severity: label(&self.severity, entry.postmortem.severity.as_ref()),
            date: entry.postmortem.date,
            service: entry.postmortem.service.as_deref().map(Cow::Borrowed),
            state: entry.state(false),
            path: Cow::Borrowed(&entry.path),
            line: action.line,
            numbered: action.numbered,
            inferred: &action.inferred,
            refs: &action.refs,
            due_unclear: action.unclear_due.as_ref().map(|date| date.written.as_str()),
            reason: row.reason.clone(),
            recurs: &row.recurs,
            tracked: row.tracked,
            stale: row.stale.clone(),
            reopened_by: row.standing.and_then(|it| it.reopened.as_ref()).map(|by| by.commit.to_string()),
            promised: past.and_then(|it| day(it.promised.at)),
            first_due: past.and_then(|it| it.first_due),
            slipped: past.map(|it| it.put_off.len()),
        }
    }
}

/// Rows in groups, in the order in which each group first appears; rows without a value come last.
pub(super) fn group<'a>(rows: Vec<ActionRow<'a>>, by: Group, config: &Config) -> Vec<ActionGroup<'a>> {
    let mut groups: Vec<ActionGroup<'a>> = Vec::new();
    let mut without = ActionGroup { heading: nobody(by).to_owned(), rows: Vec::new() };
    for row in rows {
        let Some(heading) = heading(&row, by) else {
            without.rows.push(row);
            continue;
        };
        match groups.iter_mut().find(|group| group.heading == heading) {
            Some(group) => group.rows.push(row),
            None => groups.push(ActionGroup { heading, rows: vec![row] }),
        }
    }
    let scale = match by {
        Group::Priority => Some(config.priority_scale()),
        Group::Severity => Some(config.severity_scale()),
        _ => None,
    };
    if let Some(scale) = scale {
        groups.sort_by_key(|group| scale.rank(&group.heading).unwrap_or(u8::MAX));
    }
    if !without.rows.is_empty() {
        groups.push(without);
    }
    groups
}

fn heading(row: &ActionRow<'_>, by: Group) -> Option<String> {
    match by {
        Group::Owner => row.owner.as_deref().map(str::to_owned),
        Group::Priority => row.priority.as_deref().map(str::to_owned),
        Group::Severity => row.severity.as_deref().map(str::to_owned),
        Group::Service => row.service.as_deref().map(str::to_owned),
        Group::Postmortem => Some(format!("{}  {}", row.postmortem, row.title)),
        Group::Status => Some(if row.overdue { "overdue" } else { row.status.word() }.to_owned()),
    }
}

fn nobody(by: Group) -> &'static str {
    match by {
        Group::Owner => "without an owner",
        Group::Priority => "without a priority",
        Group::Severity => "of incidents without a severity",
        Group::Service => "of no service",
        Group::Postmortem | Group::Status => "others",
    }
}

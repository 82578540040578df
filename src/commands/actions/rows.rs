//! Items as they are shown.

use std::collections::HashMap;

use super::arguments::Group;
use super::filter::Row;
use crate::archive::Entry;
use crate::model::Grade;
use crate::render::actions::{ActionGroup, ActionRow};
use crate::session::Project;

/// Rows for printing, with the shortest ids that still name one document among all that were read.
pub(super) fn rows(chosen: &[Row<'_>], entries: &[&Entry], project: &Project) -> Vec<ActionRow> {
    let mut uses: HashMap<&str, u32> = HashMap::new();
    for entry in entries {
        *uses.entry(entry.id.short()).or_default() += 1;
    }
    let (severities, priorities) = (project.config.severity_scale(), project.config.priority_scale());
    let label = |scale: &crate::model::Scale, grade: &Option<Grade>| {
        grade.as_ref().map(|grade| scale.label(grade).to_owned())
    };
    let show = |row: &Row<'_>| {
        let (entry, action) = (row.entry, row.action);
        let short = if uses.get(entry.id.short()) == Some(&1) { entry.id.short() } else { entry.id.as_str() };
        let repo = entry.repo.as_ref().map(|repo| format!("{repo}:")).unwrap_or_default();
        ActionRow {
            id: format!("{repo}{}#{}", entry.id, action.label),
            short_id: format!("{repo}{short}#{}", action.label),
            text: action.text.clone(),
            owner: action.owner.clone(),
            due: action.due,
            priority: label(&priorities, &action.priority),
            effort: action.effort,
            status: action.status,
            overdue: action.is_overdue(project.today),
            promise: row.promise,
            closed_by: None,
            released_in: None,
            postmortem: entry.name(),
            title: entry.title().to_owned(),
            severity: label(&severities, &entry.postmortem.severity),
            date: entry.postmortem.date,
            service: entry.postmortem.service.clone(),
            state: entry.state(false),
            path: entry.path.clone(),
            line: action.line,
            numbered: action.numbered,
            inferred: action.inferred.clone(),
            refs: action.refs.clone(),
            reason: None,
        }
    };
    chosen.iter().map(show).collect()
}

/// Rows in groups, in the order in which each group first appears; rows without a value come last.
pub(super) fn group(rows: &[ActionRow], by: Group) -> Vec<ActionGroup> {
    let mut groups: Vec<ActionGroup> = Vec::new();
    let mut without = ActionGroup { heading: nobody(by).to_owned(), rows: Vec::new() };
    for row in rows {
        let Some(heading) = heading(row, by) else {
            without.rows.push(row.clone());
            continue;
        };
        match groups.iter_mut().find(|group| group.heading == heading) {
            Some(group) => group.rows.push(row.clone()),
            None => groups.push(ActionGroup { heading, rows: vec![row.clone()] }),
        }
    }
    groups.sort_by(|a, b| match by {
        Group::Priority | Group::Severity => a.heading.cmp(&b.heading),
        _ => std::cmp::Ordering::Equal,
    });
    if !without.rows.is_empty() {
        groups.push(without);
    }
    groups
}

fn heading(row: &ActionRow, by: Group) -> Option<String> {
    match by {
        Group::Owner => row.owner.clone(),
        Group::Priority => row.priority.clone(),
        Group::Severity => row.severity.clone(),
        Group::Service => row.service.clone(),
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

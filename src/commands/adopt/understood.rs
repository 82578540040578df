//! What was understood of one document, and what it does not say.

use crate::archive::Entry;
use crate::document::edit::{Adoption, Left};
use crate::document::{Action, ActionForm, Document, FieldKind};
use crate::model::Inferred;
use crate::render::adoption::{AdoptionRow, GainRow, LayoutCount, LeftRow, UnclearRow, Without};
use crate::session::Project;

/// The row of a document.
pub(super) fn row(
    project: &Project,
    entry: &Entry,
    document: &Document<'_>,
    adoption: &Adoption,
) -> AdoptionRow {
    let postmortem = &entry.postmortem;
    let scale = project.config.severity_scale();
    let severity = postmortem.severity.as_ref().map(|severity| scale.label(severity).to_owned());
    let missing = [("date", postmortem.date.is_none()), ("severity", severity.is_none())];
    AdoptionRow {
        id: entry.id.to_string(),
        path: entry.path.clone(),
        title: entry.title().to_owned(),
        date: postmortem.date,
        layouts: layouts(document),
        actions: document.actions().len(),
        open: document.actions().iter().filter(|action| action.item.status.is_owed()).count(),
        missing: missing.iter().filter(|(_, is_missing)| *is_missing).map(|(field, _)| *field).collect(),
        without: without(document),
        unclear: unclear(entry, document),
        severity,
        gains: GainRow {
            number: adoption.gains.number,
            owner: adoption.gains.owner,
            priority: adoption.gains.priority,
            due: adoption.gains.due,
            status: adoption.gains.status,
        },
        left: adoption.left.iter().map(self::left).collect(),
    }
}

fn left(left: &Left) -> LeftRow {
    LeftRow { line: left.line, actions: left.items, why: left.why.to_string() }
}

/// How the items are written, in the order in which the ways are met.
fn layouts(document: &Document<'_>) -> Vec<LayoutCount> {
    let mut layouts: Vec<LayoutCount> = Vec::new();
    for action in document.actions() {
        let layout = layout(document, action);
        match layouts.iter_mut().find(|known| known.layout == layout) {
            Some(known) => known.actions += 1,
            None => layouts.push(LayoutCount { layout, actions: 1 }),
        }
    }
    layouts
}

fn layout(document: &Document<'_>, action: &Action) -> &'static str {
    let opens_with = |c: char| document.text()[action.span.clone()].trim_start().starts_with(c);
    match action.form {
        _ if document.is_html() => "html",
        ActionForm::Row => "table",
        ActionForm::Item if action.status.is_some() => "task-list",
        ActionForm::Item if ['-', '*', '+'].into_iter().any(opens_with) => "list",
        ActionForm::Item => "numbered-list",
        ActionForm::Paragraph => "paragraph",
        ActionForm::Heading => "heading",
    }
}

fn without(document: &Document<'_>) -> Without {
    let mut without = Without::default();
    for action in document.actions() {
        let item = &action.item;
        let is_owed = item.status.is_owed();
        let says_status = item.state.is_some()
            || item.inferred.contains(&Inferred::Status)
            || item.status != crate::model::Status::Open;
        without.number += usize::from(!item.numbered);
        without.owner += usize::from(is_owed && item.owner.is_none());
        without.priority += usize::from(is_owed && item.priority.is_none());
        without.due += usize::from(is_owed && item.due.is_none());
        without.status += usize::from(!says_status);
    }
    without
}

fn unclear(entry: &Entry, document: &Document<'_>) -> Vec<UnclearRow> {
    let line = document.field(FieldKind::Date).map_or(1, |field| document.line_of(field.line.start));
    let date = entry.postmortem.unclear_date.as_ref();
    let own = date.map(|date| UnclearRow { field: "date", line, written: date.written.clone() });
    let items = document.actions().iter().filter_map(|action| {
        let due = action.item.unclear_due.as_ref()?;
        Some(UnclearRow { field: "due", line: action.item.line, written: due.written.clone() })
    });
    own.into_iter().chain(items).collect()
}

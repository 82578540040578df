//! Owner, due date, priority and effort of items that are no rows: in the place where the item says it now, on a line
//! like those below it, behind its text, or on a line of its own.

use super::context::Context;
use super::wanted::Wanted;
use super::{Way, remove};
use crate::document::Span;
use crate::document::edit::Edit;
use crate::document::escape::escape_line;
use crate::document::language::Column;

/// The ways to write a value.
pub(super) fn value(context: &Context<'_>, wanted: &Wanted) -> Vec<Way> {
    let places = places(context, wanted);
    let Some(words) = words(context, wanted) else {
        return places.iter().flat_map(|place| remove::ways(context, place)).map(Way::new).collect();
    };
    let mut ways: Vec<Way> = places.iter().map(|place| replaced(context, place, &words)).collect();
    let column = column(wanted);
    let labels = context.labels(column);
    let fields = context.field_lines();
    if let Some(last) = fields.last() {
        for label in &labels {
            let line = last.like(&super::context::capitalised(label), &words);
            let newline = crate::document::edit::newline(context.text());
            let edit = Edit { span: last.end..last.end, text: format!("{newline}{line}") };
            ways.push(Way::new(vec![edit]));
        }
    }
    ways.extend(beside_other_marks(context, column, &labels, &words));
    ways.extend(marks(column, &labels, &words).iter().map(|mark| Way::new(vec![context.behind(mark)])));
    ways.extend(labels.iter().filter_map(|label| context.nested(label, &words)));
    ways.extend(moved(context, &places, &marks(column, &labels, &words)));
    ways
}

/// What stands in front of the text may have no place for other words (`@ana to …`): they go behind it.
fn moved(context: &Context<'_>, places: &[Span], marks: &[String]) -> Vec<Way> {
    let removed = places.iter().flat_map(|place| remove::ways(context, place));
    let kept = removed.filter(|edits| edits.iter().all(|edit| edit.span.end < context.own_end()));
    let with =
        |edits: &Vec<Edit>, mark: &String| Way::new([edits.clone(), vec![context.behind(mark)]].concat());
    kept.flat_map(|edits| marks.iter().map(move |mark| with(&edits, mark)).collect::<Vec<_>>()).collect()
}

/// Where the item says it now.
pub(super) fn places(context: &Context<'_>, wanted: &Wanted) -> Vec<Span> {
    let item = &context.action().item;
    match wanted {
        Wanted::Owner(_) => item.owner.as_deref().map(|owner| context.places(owner)),
        Wanted::Due(_) => {
            let unclear = item.unclear_due.as_ref().map(|due| context.places(&due.written));
            item.due.map(|day| context.days(day)).or(unclear)
        }
        Wanted::Priority(_) => item.priority.as_ref().map(|grade| context.places(&grade.written)),
        Wanted::Effort(_) => Some(context.efforts()),
        Wanted::Text(_) | Wanted::Status(..) => None,
    }
    .unwrap_or_default()
}

/// The words of a value as they are written; `None` where it is to be taken away.
pub(super) fn words(context: &Context<'_>, wanted: &Wanted) -> Option<String> {
    match wanted {
        Wanted::Owner(owner) => owner.as_deref().map(escape_line),
        Wanted::Due(due) => due.map(|due| due.to_string()),
        Wanted::Priority(grade) => {
            let grade = grade.as_ref()?;
            // As the document's other items spell it.
            let others = context.document.actions().iter().filter_map(|action| action.item.priority.as_ref());
            let known = others.filter(|known| known.rank.is_some() && known.rank == grade.rank);
            Some(escape_line(known.map(|known| &known.written).next().unwrap_or(&grade.written)))
        }
        Wanted::Effort(effort) => effort.map(|effort| context.reading.names.effort_name(effort).to_owned()),
        Wanted::Text(_) | Wanted::Status(..) => None,
    }
}

pub(super) fn column(wanted: &Wanted) -> Column {
    match wanted {
        Wanted::Text(_) => Column::Action,
        Wanted::Status(..) => Column::Status,
        Wanted::Owner(_) => Column::Owner,
        Wanted::Due(_) => Column::Due,
        Wanted::Priority(_) => Column::Priority,
        Wanted::Effort(_) => Column::Effort,
    }
}

/// Other words in the same place; they may be part of the promise itself.
pub(super) fn replaced(context: &Context<'_>, place: &Span, words: &str) -> Way {
    let was = context.text()[place.clone()].to_owned();
    let edit = Edit { span: place.clone(), text: words.to_owned() };
    Way { edits: vec![edit], swap: Some((was, words.to_owned())) }
}

/// In the bracket at the end of the text, where that holds marks already: `(@ana, due 2026-05-01)`.
fn beside_other_marks(context: &Context<'_>, column: Column, labels: &[String], words: &str) -> Vec<Way> {
    let end = context.own_end();
    let own = &context.text()[context.action().text.start.min(end)..end];
    if !own.ends_with(')') {
        return Vec::new();
    }
    let mut forms: Vec<String> = Vec::new();
    match column {
        Column::Due => forms.extend(labels.iter().map(|label| format!(", {label} {words}"))),
        Column::Owner if words.starts_with('@') => forms.push(format!(", {words}")),
        Column::Priority => forms.push(format!(", {words}")),
        _ => {}
    }
    forms.extend(labels.iter().map(|label| format!(", {label}: {words}")));
    let at = end - 1;
    forms.into_iter().map(|text| Way::new(vec![Edit { span: at..at, text }])).collect()
}

/// A mark behind the text, in the forms that are read.
fn marks(column: Column, labels: &[String], words: &str) -> Vec<String> {
    let mut forms: Vec<String> = Vec::new();
    match column {
        Column::Owner if words.starts_with('@') => {
            forms.extend([format!(" — {words}"), format!(" ({words})")]);
        }
        Column::Due => forms.extend(labels.iter().map(|label| format!(" ({label} {words})"))),
        Column::Priority => forms.push(format!(" ({words})")),
        _ => {}
    }
    for label in labels {
        forms.extend([
            format!(" ({label}: {words})"),
            format!(" — {label}: {words}"),
            format!(", {label}: {words}"),
        ]);
    }
    forms
}

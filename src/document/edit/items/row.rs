//! The cells of a row. A column that the table lacks is added to it, with what was understood in the other rows.

use super::context::Context;
use super::wanted::Wanted;
use super::{Way, free, remove, status};
use crate::document::Span;
use crate::document::actions::Columns;
use crate::document::edit::adopt::{runs, table as columns};
use crate::document::edit::{Edit, line_end, line_start};
use crate::document::escape::escape_cell;
use crate::document::language::Column;
use crate::document::tables::Table;
use crate::model::Status;

/// The ways to write owner, due date, priority or effort.
pub(super) fn value(context: &Context<'_>, wanted: &Wanted) -> Vec<Way> {
    let action = context.action();
    let cell = match wanted {
        Wanted::Owner(_) => action.owner.clone(),
        Wanted::Due(_) => action.due.clone(),
        Wanted::Priority(_) => action.priority.clone(),
        Wanted::Effort(_) => action.effort.clone(),
        Wanted::Text(_) | Wanted::Status(..) => None,
    };
    let column = free::column(wanted);
    let words = match wanted {
        Wanted::Owner(owner) => owner.as_deref().map(escape_cell),
        _ => free::words(context, wanted),
    };
    let places = free::places(context, wanted);
    let mut ways = Vec::new();
    match &words {
        Some(words) => ways.extend(written(context, column, cell.as_ref(), &places, words)),
        None => {
            ways.extend(cell.map(|cell| Way::new(vec![filled(context.text(), cell, "")])));
            ways.extend(places.iter().flat_map(|place| remove::ways(context, place)).map(Way::new));
        }
    }
    ways
}

/// The ways to write a status.
pub(super) fn status(context: &Context<'_>, status: Status, reason: Option<&str>) -> Vec<Way> {
    let action = context.action();
    let word = status::with_reason(status::word(context, status), reason);
    let words = escape_cell(&word);
    let state = action.item.state.as_deref().unwrap_or_default();
    let mut ways = Vec::new();
    if let Some(cell) = &action.status {
        ways.extend(in_its_dress(context.text(), cell, state, &words));
    }
    let is_said = state.chars().any(char::is_alphanumeric) && action.status.is_none();
    let places = if is_said { context.places(state) } else { Vec::new() };
    ways.extend(written(context, Column::Status, action.status.as_ref(), &places, &words));
    ways
}

/// Bold type, code and the like around the word before are kept around the word behind.
fn in_its_dress(text: &str, cell: &Span, state: &str, words: &str) -> Option<Way> {
    let raw = &text[cell.clone()];
    let at = raw.find(state).filter(|_| !state.is_empty() && raw.len() > state.len())?;
    let (lead, tail) = (&raw[..at], &raw[at + state.len()..]);
    let is_dress = |signs: &str| signs.chars().all(|c| matches!(c, '*' | '_' | '`'));
    (is_dress(lead) && is_dress(tail)).then(|| {
        let place = cell.start + at..cell.start + at + state.len();
        Way::new(vec![Edit { span: place, text: words.to_owned() }])
    })
}

/// In the cell; in the place where the row says it now; in a column of its own; or in the cell of the text.
fn written(
    context: &Context<'_>,
    column: Column,
    cell: Option<&Span>,
    places: &[Span],
    words: &str,
) -> Vec<Way> {
    let mut ways = Vec::new();
    if let Some(cell) = cell {
        ways.push(Way::new(vec![filled(context.text(), cell.clone(), words)]));
    }
    ways.extend(places.iter().map(|place| free::replaced(context, place, words)));
    let runs = runs::of(context.document, context.reading.vocabulary);
    let run = runs.iter().find(|run| run.actions.contains(&context.index));
    if let Some((run, (table, known))) = run.and_then(|run| Some((run, run.table.as_ref()?))) {
        ways.extend(short(context, table, known, column, words));
        if at(known, column).is_none() {
            let own = (context.index, words);
            let edits = columns::add_column(context.document, context.reading.names, run, column, own);
            ways.extend(edits.ok().map(Way::new));
        }
    }
    ways
}

/// The content of a cell, with blanks between it and the bars. Where the cell is wider than what it says, it keeps its
/// width as far as it can: others have aligned their columns.
pub(super) fn filled(text: &str, cell: Span, words: &str) -> Edit {
    let blanks_before = text[..cell.start].len() - text[..cell.start].trim_end_matches(' ').len();
    let blanks_behind = text[cell.end..].len() - text[cell.end..].trim_start_matches(' ').len();
    let is_closed = text[cell.end + blanks_behind..].starts_with('|');
    let width = |text: &str| text.chars().count();
    if cell.is_empty() && text[..cell.start - blanks_before].ends_with('|') {
        let start = cell.start - blanks_before;
        let end = cell.end + blanks_behind;
        let room = (end - start).saturating_sub(width(words) + 1);
        let lead = if words.is_empty() { "" } else { " " };
        let tail = if is_closed { " ".repeat(room.max(1)) } else { String::new() };
        return Edit { span: start..end, text: format!("{lead}{words}{tail}") };
    }
    let lead = if text[..cell.start].ends_with('|') { " " } else { "" };
    let padding = match blanks_behind {
        0 => usize::from(is_closed),
        1 if !is_aligned(text, cell.end + 1) => 1,
        many => (many + width(&text[cell.clone()])).saturating_sub(width(words)).max(1),
    };
    let end = if is_closed { cell.end + blanks_behind } else { cell.end };
    let tail = if is_closed { " ".repeat(padding) } else { String::new() };
    Edit { span: cell.start..end, text: format!("{lead}{words}{tail}") }
}

/// Whether the bar at a place stands below another one.
fn is_aligned(text: &str, bar: usize) -> bool {
    let start = line_start(text, bar);
    let column = text[start..bar].chars().count();
    let above = text[..start].lines().next_back();
    above.is_some_and(|above| above.chars().nth(column) == Some('|'))
}

fn at(known: &Columns, column: Column) -> Option<usize> {
    match column {
        Column::Owner => known.owner,
        Column::Priority => known.priority,
        Column::Effort => known.effort,
        Column::Due => known.due,
        Column::Status => known.status,
        _ => None,
    }
}

/// A row that ends before the column gets the cells up to it.
fn short(context: &Context<'_>, table: &Table, known: &Columns, column: Column, words: &str) -> Option<Way> {
    let wanted = at(known, column)?;
    let start = context.action().span.start;
    let text = context.text();
    table.rows.iter().find(|row| row.span.start == start)?;
    let line = text[start..line_end(text, start)].trim_end();
    let missing = wanted.checked_sub(columns::cells_of(line))?;
    let close = if columns::ends_with_bar(line) { "" } else { " |" };
    let end = start + line.len();
    let added = format!("{close}{} {words} |", "  |".repeat(missing));
    Some(Way::new(vec![Edit { span: end..end, text: added }]))
}

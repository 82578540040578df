//! A table of items gets the columns that it lacks: the number in front, the others behind.

use super::{Gains, Proposal, Run, Why};
use crate::document::Span;
use crate::document::actions::{Action, Columns};
use crate::document::edit::{Edit, line_end};
use crate::document::escape::escape_cell;
use crate::document::language::Column;
use crate::document::parse::Document;
use crate::document::tables::{Row, Table};
use crate::document::vocabulary::Vocabulary;

/// The columns that a table lacks get their cells.
pub(super) fn propose(
    document: &Document<'_>,
    names: &Vocabulary,
    run: &Run,
    table: &Table,
    columns: &Columns,
) -> Result<Proposal, Why> {
    let numbers = columns.number.is_none();
    let behind = lacking(columns);
    let mut edits = Vec::new();
    let mut actions = run.actions.iter().map(|index| &document.actions()[*index]).peekable();
    if numbers || !behind.is_empty() {
        edits.extend(widened_head(document, names, table, numbers, &behind)?);
    }
    for row in &table.rows {
        let action = actions.next_if(|action| action.span.start == row.span.start);
        if numbers || !behind.is_empty() {
            let number = numbers.then(|| action.map(|action| action.item.label.clone()).unwrap_or_default());
            let cells: Vec<String> = behind.iter().map(|column| cell(action, *column)).collect();
            widen(document, table, row, number, &cells, &mut edits)?;
        }
        if let (Some(action), Some(at)) = (action, columns.number)
            && !action.item.numbered
            && let Some(span) = table.span(document.page(), row, at).filter(Span::is_empty)
        {
            edits.push(Edit { span, text: format!("{} ", action.item.label) });
        }
    }
    let gained = |column| if behind.contains(&column) { run.actions.len() } else { 0 };
    let gains = Gains {
        number: 0,
        owner: gained(Column::Owner),
        priority: gained(Column::Priority),
        due: gained(Column::Due),
        status: gained(Column::Status),
    };
    Ok(Proposal { edits, gains })
}

/// One further column behind the others, with what was understood of the rows; of one item it says these words.
pub(in crate::document::edit) fn add_column(
    document: &Document<'_>,
    names: &Vocabulary,
    run: &Run,
    column: Column,
    own: (usize, &str),
) -> Result<Vec<Edit>, Why> {
    let Some((table, _)) = run.table.as_ref().filter(|_| run.why.is_none()) else { return Err(Why::Quoted) };
    let mut edits = widened_head(document, names, table, false, &[column])?;
    let mut actions = run.actions.iter().map(|index| (*index, &document.actions()[*index])).peekable();
    for row in &table.rows {
        let action = actions.next_if(|(_, action)| action.span.start == row.span.start);
        let words = match action {
            Some((index, _)) if index == own.0 => own.1.to_owned(),
            other => cell(other.map(|(_, action)| action), column),
        };
        widen(document, table, row, None, &[words], &mut edits)?;
    }
    Ok(edits)
}

/// The heading row and the line below it, with further columns.
fn widened_head(
    document: &Document<'_>,
    names: &Vocabulary,
    table: &Table,
    numbers: bool,
    behind: &[Column],
) -> Result<Vec<Edit>, Why> {
    let mut edits = Vec::new();
    let heads: Vec<String> = behind.iter().map(|column| names.column_name(*column).to_owned()).collect();
    let number = numbers.then(|| names.column_name(Column::Number).to_owned());
    widen(document, table, &table.head, number, &heads, &mut edits)?;
    edits.extend(rule(document, table, numbers, behind.len()).ok_or(Why::Quoted)?);
    Ok(edits)
}

/// Whether a row has a number that does not tell it from others.
pub(super) fn is_numbered_in_vain(
    document: &Document<'_>,
    table: &Table,
    columns: &Columns,
    index: usize,
) -> bool {
    let action = &document.actions()[index];
    let row = table.rows.iter().find(|row| row.span.start == action.span.start);
    let cell = row.zip(columns.number).and_then(|(row, at)| table.span(document.page(), row, at));
    !action.item.numbered && cell.is_some_and(|cell| !cell.is_empty())
}

/// What is added behind, in the order of the template.
fn lacking(columns: &Columns) -> Vec<Column> {
    let known = [
        (Column::Owner, columns.owner),
        (Column::Priority, columns.priority),
        (Column::Due, columns.due),
        (Column::Status, columns.status),
    ];
    known.into_iter().filter(|(_, at)| at.is_none()).map(|(column, _)| column).collect()
}

/// What was understood of an item, for a column of its own.
fn cell(action: Option<&Action>, column: Column) -> String {
    let Some(item) = action.map(|action| &action.item) else { return String::new() };
    match column {
        Column::Owner => escape_cell(item.owner.as_deref().unwrap_or_default()),
        Column::Priority => {
            escape_cell(item.priority.as_ref().map_or("", |priority| priority.written.as_str()))
        }
        Column::Due => item.due.map(|due| due.to_string()).unwrap_or_default(),
        Column::Effort => item.effort.map_or("", crate::model::Effort::word).to_owned(),
        Column::Status => item.status.word().to_owned(),
        _ => String::new(),
    }
}

/// Adds cells to a row, in the way in which it is written: with bars at its ends or without.
fn widen(
    document: &Document<'_>,
    table: &Table,
    row: &Row,
    number: Option<String>,
    cells: &[String],
    edits: &mut Vec<Edit>,
) -> Result<(), Why> {
    let line = line(document, row.span.start);
    let text = &document.text()[line.clone()];
    let short = table.columns().checked_sub(cells_of(text)).ok_or(Why::Ragged)?;
    if let Some(number) = number {
        let text = if text.starts_with('|') { format!("| {number} ") } else { format!("| {number} | ") };
        // Without the bar, `# |` would begin a heading.
        edits.push(Edit { span: line.start..line.start, text });
    }
    if cells.is_empty() {
        return Ok(());
    }
    let cells: Vec<&str> = std::iter::repeat_n("", short).chain(cells.iter().map(String::as_str)).collect();
    let blank = |cell: &str| if cell.is_empty() { "  ".to_owned() } else { format!(" {cell} ") };
    let mut added: String = if ends_with_bar(text) {
        cells.iter().map(|cell| format!("{}|", blank(cell))).collect()
    } else {
        cells.iter().map(|cell| format!(" |{}", blank(cell).trim_end())).collect()
    };
    if added.ends_with('|') && !ends_with_bar(text) {
        // A bar at the end closes a row: an empty last cell needs one more.
        added.push_str(" |");
    }
    edits.push(Edit { span: line.end..line.end, text: added });
    Ok(())
}

/// The line below the heading row gets as many dashes.
fn rule(document: &Document<'_>, table: &Table, number: bool, behind: usize) -> Option<Vec<Edit>> {
    let text = document.text();
    let head = line_end(text, table.head.span.start);
    let start = head + text[head..].find('\n')? + 1;
    let indent = text[start..].len() - text[start..].trim_start_matches([' ', '\t']).len();
    let line = line(document, start + indent);
    let rule = &text[line.clone()];
    if rule.is_empty() || !rule.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t')) {
        return None;
    }
    let mut edits = Vec::new();
    if number {
        let text = if rule.starts_with('|') { "|---" } else { "|---|" };
        edits.push(Edit { span: line.start..line.start, text: text.to_owned() });
    }
    if behind > 0 {
        let text = if rule.ends_with('|') { "---|" } else { "|---" };
        edits.push(Edit { span: line.end..line.end, text: text.repeat(behind) });
    }
    Some(edits)
}

/// From a place to the end of its line, without the blanks there.
fn line(document: &Document<'_>, start: usize) -> Span {
    let text = document.text();
    start..start + text[start..line_end(text, start)].trim_end().len()
}

/// How many cells a row is written with.
pub(in crate::document::edit) fn cells_of(row: &str) -> usize {
    let mut bars = 0;
    let mut escaped = false;
    for c in row.chars() {
        bars += usize::from(c == '|' && !escaped);
        escaped = c == '\\' && !escaped;
    }
    bars + 1 - usize::from(row.starts_with('|')) - usize::from(ends_with_bar(row) && row.len() > 1)
}

/// Whether the row is closed by a bar.
pub(in crate::document::edit) fn ends_with_bar(row: &str) -> bool {
    let before = row.strip_suffix('|');
    before.is_some_and(|before| (before.len() - before.trim_end_matches('\\').len()) % 2 == 0)
}

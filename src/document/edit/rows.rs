//! Rows of the tables that the tool keeps.

use super::{Edit, insert_after_line, line_end, line_start, newline};
use crate::document::blocks::BlockKind;
use crate::document::language::Column;
use crate::document::parse::Document;
use crate::document::sections::Section;
use crate::document::tables::Table;

/// The columns of the template's table of action items.
pub(super) const COLUMNS: [Column; 7] = [
    Column::Number,
    Column::Action,
    Column::Owner,
    Column::Priority,
    Column::Effort,
    Column::Due,
    Column::Status,
];

/// The first table of a section.
pub(super) fn table(document: &Document<'_>, section: &Section) -> Option<Table> {
    let page = document.page();
    let (from, to) = section.own_blocks;
    let at = (from..to).find(|at| page.blocks()[*at].kind == (BlockKind::Row { head: true }))?;
    Some(Table::read(page, at))
}

/// A row of escaped cells.
pub(super) fn line(cells: &[String]) -> String {
    let mut row = String::from("|");
    for cell in cells {
        if cell.is_empty() {
            row.push_str("  |");
        } else {
            row.push(' ');
            row.push_str(cell);
            row.push_str(" |");
        }
    }
    row
}

/// Inserts a row before row `before`, or behind the last one.
pub(super) fn insert(document: &Document<'_>, table: &Table, before: Option<usize>, row: &str) -> Edit {
    let text = document.text();
    match before.and_then(|before| table.rows.get(before)) {
        Some(next) => {
            let start = line_start(text, next.span.start);
            let indent = &text[start..next.span.start];
            Edit { span: start..start, text: format!("{indent}{row}{}", newline(text)) }
        }
        None => {
            let start = line_start(text, table.head.span.start);
            let indent = text[start..table.head.span.start].to_owned();
            insert_after_line(document, table_end(document, table), &[format!("{indent}{row}")])
        }
    }
}

/// The end of the last line of a table: of its last row, or of the line below its heading row.
fn table_end(document: &Document<'_>, table: &Table) -> usize {
    let text = document.text();
    match table.rows.last() {
        Some(row) => line_end(text, row.span.start),
        None => {
            let head = text[table.head.span.start..].find('\n').map(|at| table.head.span.start + at + 1);
            line_end(text, head.unwrap_or(text.len()))
        }
    }
}

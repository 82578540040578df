//! Tables of action items, whatever their columns are called.

use std::borrow::Cow;

use super::{Action, ActionForm, Found, Group, Reader, blank, inline, owners, placeholders, refs};
use crate::document::fold::fold;
use crate::document::language::Column;
use crate::document::tables::{Row, Table};
use crate::model::{Inferred, Status};

/// Which column holds what.
#[derive(Debug, Default)]
pub(super) struct Columns {
    number: Option<usize>,
    action: usize,
    /// The column of the text has a name that says so.
    named: bool,
    owner: Option<usize>,
    priority: Option<usize>,
    effort: Option<usize>,
    due: Option<usize>,
    status: Option<usize>,
    references: Vec<usize>,
}

impl Columns {
    /// Whether a table outside the section of action items is one of them all the same.
    pub(super) fn are_sure(&self) -> bool {
        self.named && self.owner.is_some() as u8 + self.due.is_some() as u8 + self.status.is_some() as u8 >= 2
    }
}

impl Reader<'_> {
    /// The meaning of a table's columns; `None` where no column can hold the text of items.
    pub(super) fn columns(&self, table: &Table) -> Option<Columns> {
        let mut columns = Columns::default();
        let mut best: [Option<(u8, usize)>; 8] = [None; 8];
        let mut unknown = None;
        for at in 0..table.columns() {
            let name = table.text(self.page, &table.head, at);
            let words = &self.vocabulary.columns;
            let known =
                words.look_up(&name).or_else(|| words.look_up(name.split(['(', '（']).next().unwrap_or("")));
            match known {
                Some((Column::Reference, _)) => columns.references.push(at),
                Some((column, rank)) => {
                    let slot = &mut best[slot(column)];
                    if slot.is_none_or(|(before, _)| rank < before) {
                        *slot = Some((rank, at));
                    }
                }
                None => unknown = unknown.or(Some(at)),
            }
        }
        let of = |column| best[slot(column)].map(|(_, at)| at);
        // `Done?` beside `Status`, or `Description` beside `Action`: the surer name won above.
        columns.named = best[slot(Column::Action)].is_some_and(|(rank, _)| rank < 3);
        columns.action = of(Column::Action).or(unknown)?;
        columns.number = of(Column::Number);
        columns.owner = of(Column::Owner);
        columns.priority = of(Column::Priority);
        columns.effort = of(Column::Effort);
        columns.due = of(Column::Due);
        columns.status = of(Column::Status);
        Some(columns)
    }

    pub(super) fn table(&mut self, table: &Table, columns: &Columns, group: &Group) {
        for row in &table.rows {
            if let Some(found) = self.row(table, columns, row, group) {
                self.found.push(found);
            }
        }
    }

    fn row(&self, table: &Table, columns: &Columns, row: &Row, group: &Group) -> Option<Found> {
        let cell =
            |column: Option<usize>| column.map_or(Cow::Borrowed(""), |at| table.text(self.page, row, at));
        let block = table.cell(self.page, row, columns.action)?;
        let read = inline::read(self.page, block, self.vocabulary, self.calendar, inline::Place::Cell);
        if placeholders::is_placeholder(self.page, block, &read.item.text, self.vocabulary) {
            return None;
        }
        let mut item = blank(read.item.text);
        self.fill_status(&mut item, &cell(columns.status), group, &read.item.state, read.item.status);
        item.owner = owners::cell(&cell(columns.owner), self.vocabulary).or(read.item.owner);
        let due = self.calendar.find(&cell(columns.due));
        item.due = due.map(|found| found.day).or(read.item.due);
        if due.is_some_and(|found| !found.whole) {
            item.inferred.push(Inferred::Due);
        }
        self.fill_grades(&mut item, &cell(columns.priority), &cell(columns.effort), group);
        item.priority = item.priority.or(read.item.priority);
        refs::of_blocks(self.page, (row.cells.0, row.cells.1), &mut item.refs);
        let span = |column: Option<usize>| column.and_then(|at| table.span(self.page, row, at));
        let action = Action {
            item,
            form: ActionForm::Row,
            span: row.span.clone(),
            status: span(columns.status),
            owner: span(columns.owner),
            due: span(columns.due),
            priority: span(columns.priority),
            effort: span(columns.effort),
            text: block.span.clone(),
        };
        Some(Found { action, label: label(&cell(columns.number)), ordinal: None })
    }

    fn fill_status(
        &self,
        item: &mut crate::model::ActionItem,
        cell: &str,
        group: &Group,
        inline_state: &Option<String>,
        inline_status: Status,
    ) {
        let cell = cell.trim();
        if let Some(status) = self.status_of_cell(cell) {
            item.status = status;
            item.state = Some(cell.to_owned());
        } else if inline_state.is_some() || inline_status != Status::Open {
            item.status = inline_status;
            item.state.clone_from(inline_state);
        } else if let Some(status) = group.status {
            item.status = status;
            item.inferred.push(Inferred::Status);
        }
        if item.state.is_none() && cell.chars().any(char::is_alphanumeric) {
            item.state = Some(cell.to_owned());
        }
    }

    fn fill_grades(&self, item: &mut crate::model::ActionItem, priority: &str, effort: &str, group: &Group) {
        if !self.vocabulary.is_placeholder(priority) {
            item.priority = Some(self.vocabulary.graded_priority(priority));
        } else if let Some(priority) = &group.priority {
            item.priority = Some(priority.clone());
            item.inferred.push(Inferred::Priority);
        }
        item.effort = self.vocabulary.effort_of(effort);
        if item.owner.is_none()
            && let Some(owner) = &group.owner
        {
            item.owner = Some(owner.clone());
            item.inferred.push(Inferred::Owner);
        }
    }

    /// The status in a cell: the whole of it, a mark, or its first words (`Done (commit abc)`).
    fn status_of_cell(&self, cell: &str) -> Option<Status> {
        if let Some(status) = self.vocabulary.status.look_up(cell) {
            return Some(status);
        }
        if let Some(status) = inline::status_mark(cell) {
            return Some(status);
        }
        let head = cell.split(['(', '（', '[', ',', ';', '.', ':', '\n', '–', '—']).next().unwrap_or("");
        let folded = fold(head);
        let mut words = folded.as_str();
        loop {
            if let Some(status) = self.vocabulary.status.get(words) {
                return Some(status);
            }
            words = words.rsplit_once(' ')?.0;
        }
    }
}

fn slot(column: Column) -> usize {
    match column {
        Column::Number => 0,
        Column::Action => 1,
        Column::Owner => 2,
        Column::Priority => 3,
        Column::Effort => 4,
        Column::Due => 5,
        Column::Status => 6,
        Column::Group | Column::Reference => 7,
    }
}

/// A label as a document gives it, without the signs around it; `None` for what can be none.
pub(super) fn label(written: &str) -> Option<String> {
    let label = written.trim().trim_start_matches('#').trim_end_matches(['.', ')', ':']).trim();
    let fits = (1..=24).contains(&label.len())
        && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/'))
        && label.chars().any(char::is_alphanumeric);
    fits.then(|| label.to_owned())
}

//! Tables of action items, whatever their columns are called.

use std::borrow::Cow;

use super::columns::Columns;
use super::{Action, ActionForm, Found, Group, Reader, blank, inline, owners, placeholders, refs};
use crate::document::Span;
use crate::document::fold::fold;
use crate::document::plain::Page;
use crate::document::tables::{Row, Table};
use crate::model::{ActionItem, Inferred, Status};

impl Reader<'_> {
    pub(super) fn columns(&self, table: &Table) -> Option<Columns> {
        Columns::read(self.page, table, self.vocabulary)
    }

    pub(super) fn table(&mut self, table: &Table, columns: &Columns, group: &Group) {
        let mut inner = None;
        for row in &table.rows {
            if let Some(label) = self.label_row(table, row) {
                let named = self.group(&label, false);
                inner = Some(Group {
                    owner: named.owner.or_else(|| group.owner.clone()),
                    status: named.status.or(group.status),
                    priority: named.priority.or_else(|| group.priority.clone()),
                });
            } else if let Some(found) = self.row(table, columns, row, inner.as_ref().unwrap_or(group)) {
                self.found.push(found);
            }
        }
    }

    /// `| **Short term** | | |`: a row that says one thing in bold type is the label of those below it.
    fn label_row(&self, table: &Table, row: &Row) -> Option<String> {
        let (from, to) = row.cells;
        let mut said = (from..to).filter(|cell| !self.page.is_blank(Page::run(&self.page.blocks()[*cell])));
        let cell = said.next().filter(|_| said.next().is_none() && table.columns() >= 3)?;
        let (label, rest) = self.page.leading_strong(Page::run(&self.page.blocks()[cell]))?;
        let label = self.page.plain(label);
        (self.page.plain(rest).trim_matches([':', ' ']).is_empty() && label.len() <= 60)
            .then(|| label.into_owned())
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
        if item.state.is_none() && item.status == Status::Open {
            self.fill_ticket_status(&mut item, table, row, columns);
        }
        item.owner = self.owner_of_cell(table, row, columns.owner).or(read.item.owner);
        self.fill_due(&mut item, table, row, columns.due);
        if item.due.is_none() {
            item.due = read.item.due;
            item.unclear_due = item.unclear_due.filter(|_| item.due.is_none()).or(read.item.unclear_due);
        }
        self.fill_grades(&mut item, &cell(columns.priority), &cell(columns.effort), group);
        item.priority = item.priority.or(read.item.priority);
        refs::of_blocks(self.page, (row.cells.0, row.cells.1), &mut item.refs);
        let span = |column: Option<usize>| column.and_then(|at| table.span(self.page, row, at));
        let action = Action {
            item,
            form: ActionForm::Row,
            span: row.span.clone(),
            status: span(columns.status).map(|span| self.status_in(span)),
            number: span(columns.number),
            owner: span(columns.owner),
            due: span(columns.due),
            priority: span(columns.priority),
            effort: span(columns.effort),
            text: block.span.clone(),
        };
        Some(Found { action, label: label(&cell(columns.number)), ordinal: None })
    }

    /// The part of a cell that is its status: of `Bug 123 **TODO**` the word at the end.
    fn status_in(&self, span: Span) -> Span {
        let text = self.page.text[span.clone()].trim_end_matches(['*', '_', ' ']);
        match self.shouted(text) {
            Some((_, at)) => span.start + at..span.start + text.len(),
            None => span,
        }
    }

    fn fill_status(
        &self,
        item: &mut ActionItem,
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

    /// Who stands in a cell; a name that is struck through counts only where no other took its place.
    fn owner_of_cell(&self, table: &Table, row: &Row, column: Option<usize>) -> Option<String> {
        let run = table.run(self.page, row, column?);
        let standing = inline::standing(self.page, run.clone());
        let text = if standing.is_empty() { self.page.plain(run) } else { standing };
        owners::cell(&text, self.vocabulary)
    }

    /// What a cell says of the due date, without the dates in it that are struck through.
    fn fill_due(&self, item: &mut ActionItem, table: &Table, row: &Row, column: Option<usize>) {
        let Some(run) = column.map(|at| table.run(self.page, row, at)) else { return };
        let standing = inline::standing(self.page, run);
        if let Some(found) = self.calendar.find_due(&standing) {
            item.due = Some(found.day);
            if !found.whole {
                item.inferred.push(Inferred::Due);
            }
        } else if self.status_of_cell(&standing).is_none() {
            item.unclear_due = self.calendar.unclear(&standing);
        }
    }

    /// A column of tickets in which some rows say `**DONE**` instead.
    fn fill_ticket_status(&self, item: &mut ActionItem, table: &Table, row: &Row, columns: &Columns) {
        for column in &columns.references {
            let text = table.text(self.page, row, *column);
            let inner = text.trim_end().strip_suffix(')').and_then(|text| text.rsplit_once('('));
            let bracketed = inner.and_then(|(_, word)| self.vocabulary.status.look_up(word));
            // `#86 — complete in hotfix`: the ticket, and how it went.
            let behind = text.rsplit_once(" — ").or_else(|| text.rsplit_once(" - "));
            let remark = behind.and_then(|(_, remark)| self.status_of_cell(remark));
            let told = self.vocabulary.status.look_up(&text).or(bracketed).or(remark);
            if let Some(status) = told.or_else(|| self.shouted(&text).map(|(status, _)| status)) {
                item.status = status;
                item.state = Some(text.into_owned());
                return;
            }
        }
    }

    fn fill_grades(&self, item: &mut ActionItem, priority: &str, effort: &str, group: &Group) {
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

    /// The word in capitals that ends a cell, where it is a status: `Bug 123 TODO`, `n/a DONE`; and its place.
    fn shouted(&self, cell: &str) -> Option<(Status, usize)> {
        if !cell.trim_end().ends_with(|c: char| c.is_ascii_uppercase()) {
            return None;
        }
        let word = cell.trim_end().rsplit(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or("");
        let is_shouted = word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_uppercase());
        let status =
            self.vocabulary.status.look_up(word).filter(|_| is_shouted && word.len() < cell.len())?;
        Some((status, cell.trim_end().len() - word.len()))
    }

    /// The status in a cell: the whole of it, a mark, or its first words (`Done (commit abc)`).
    fn status_of_cell(&self, cell: &str) -> Option<Status> {
        if let Some(status) = self.vocabulary.status.look_up(cell) {
            return Some(status);
        }
        // `x` in a column called Done.
        if let Some(done) = checkmark(cell) {
            return Some(done);
        }
        if let Some(status) = inline::status_mark(cell) {
            return Some(status);
        }
        if let Some((status, _)) = self.shouted(cell) {
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

/// `x`, `[x]`, `[ ]`.
fn checkmark(cell: &str) -> Option<Status> {
    match cell.trim() {
        "x" | "X" | "[x]" | "[X]" => Some(Status::Done),
        "[ ]" | "[]" => Some(Status::Open),
        _ => None,
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

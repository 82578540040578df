//! What the columns of a table of action items hold.

use crate::document::language::Column;
use crate::document::plain::Page;
use crate::document::tables::{Row, Table};
use crate::document::vocabulary::Vocabulary;

/// Which column holds what.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    pub(crate) number: Option<usize>,
    pub(super) action: usize,
    /// The column of the text has a name that says so.
    pub(super) named: bool,
    pub(crate) owner: Option<usize>,
    pub(crate) priority: Option<usize>,
    pub(crate) effort: Option<usize>,
    pub(crate) due: Option<usize>,
    pub(crate) status: Option<usize>,
    pub(super) references: Vec<usize>,
}

impl Columns {
    /// The meaning of a table's columns; `None` where no column can hold the text of items.
    pub(crate) fn read(page: Page<'_>, table: &Table, vocabulary: &Vocabulary) -> Option<Self> {
        let mut columns = Self::default();
        let mut best: [Option<(u8, usize)>; 8] = [None; 8];
        let mut unknown = None;
        for at in 0..table.columns() {
            let name = table.text(page, &table.head, at);
            let words = &vocabulary.columns;
            let known = words
                .look_up(&name)
                .or_else(|| words.look_up(name.split(['(', '（', '/', '&']).next().unwrap_or("")));
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
        let told = columns.references.first().copied().filter(|at| *at == 0 && says(page, table, *at));
        columns.action = of(Column::Action).or(told).or(unknown)?;
        columns.references.retain(|at| *at != columns.action);
        columns.number = of(Column::Number);
        columns.owner = of(Column::Owner);
        columns.priority = of(Column::Priority);
        columns.effort = of(Column::Effort);
        columns.due = of(Column::Due);
        columns.status = of(Column::Status);
        Some(columns)
    }

    /// The column of the text.
    pub(crate) fn text_column(&self) -> usize {
        self.action
    }

    /// Whether a table outside the section of action items is one of them all the same.
    pub(super) fn are_sure(&self) -> bool {
        self.named && self.owner.is_some() as u8 + self.due.is_some() as u8 + self.status.is_some() as u8 >= 2
    }
}

/// Whether every row says a sentence in a column: `#41 - alert on errors that are caught`, no mere number.
fn says(page: Page<'_>, table: &Table, column: usize) -> bool {
    let words = |row: &Row| table.text(page, row, column).split_whitespace().count();
    !table.rows.is_empty() && table.rows.iter().all(|row| words(row) >= 4)
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

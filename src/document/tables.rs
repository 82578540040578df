//! A table of a document: its head, its rows and their cells.

use std::borrow::Cow;

use super::Span;
use super::blocks::{Block, BlockKind};
use super::plain::{Page, Run};

/// A row: where it stands, and the block of its first cell.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) span: Span,
    /// The blocks of its cells.
    pub(crate) cells: (usize, usize),
}

/// A table.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub(crate) head: Row,
    pub(crate) rows: Vec<Row>,
    /// The first block behind it.
    pub(crate) end: usize,
}

impl Table {
    /// Reads the table whose heading row is block `at`.
    pub(crate) fn read(page: Page<'_>, at: usize) -> Self {
        let (head, mut end) = row(page, at);
        let mut rows = Vec::with_capacity(8);
        while let Some(block) = page.blocks().get(end)
            && block.kind == (BlockKind::Row { head: false })
        {
            let (row, after) = row(page, end);
            rows.push(row);
            end = after;
        }
        Self { head, rows, end }
    }

    pub(crate) fn columns(&self) -> usize {
        self.head.cells.1 - self.head.cells.0
    }

    /// The pieces of a cell; empty where the row has no such cell.
    pub(crate) fn run(&self, page: Page<'_>, row: &Row, column: usize) -> Run {
        cell(row, column).map_or(0..0, |at| Page::run(&page.blocks()[at]))
    }

    /// The plain text of a cell.
    pub(crate) fn text<'d>(&self, page: Page<'d>, row: &Row, column: usize) -> Cow<'d, str> {
        cell(row, column).map_or(Cow::Borrowed(""), |at| page.block_text(&page.blocks()[at]))
    }

    /// A cell as a block.
    pub(crate) fn cell<'d>(&self, page: Page<'d>, row: &Row, column: usize) -> Option<&'d Block> {
        cell(row, column).map(|at| &page.blocks()[at])
    }

    /// Where the content of a cell stands, without blanks.
    pub(crate) fn span(&self, page: Page<'_>, row: &Row, column: usize) -> Option<Span> {
        cell(row, column).map(|at| page.blocks()[at].span.clone())
    }
}

fn cell(row: &Row, column: usize) -> Option<usize> {
    let at = row.cells.0 + column;
    (at < row.cells.1).then_some(at)
}

fn row(page: Page<'_>, at: usize) -> (Row, usize) {
    let blocks = page.blocks();
    let mut end = at + 1;
    while blocks.get(end).is_some_and(|block| matches!(block.kind, BlockKind::Cell { .. })) {
        end += 1;
    }
    (Row { span: blocks[at].span.clone(), cells: (at + 1, end) }, end)
}

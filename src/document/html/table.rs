//! Tables of a page: cells that reach over several rows or columns, tables in tables, tables that only lay out.

use super::Page;
use super::tags::Tag;
use crate::document::Span;
use crate::document::blocks::{Block, BlockKind, trimmed};

/// No table of a document is wider or reaches further.
const FURTHEST: usize = 1_000;

/// Cells of columns behind these reach nowhere.
const WIDEST: usize = 256;

/// What a table is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    /// Rows and cells.
    Data,
    /// It only puts parts of the page beside each other.
    Layout,
    /// It stands in a cell of another table and is part of its text.
    Text,
}

/// A table that is open.
pub(super) struct Open {
    is: Use,
    /// Its first row is still to come.
    first: bool,
    /// A cell that names a column or row was met.
    has_heads: bool,
    /// Where the next cell of the row stands.
    column: usize,
    /// How many columns more the last cell takes.
    blanks: usize,
    /// Cells of rows above that reach down, by column: for how many rows more, and the cell.
    reaching: Vec<Option<(usize, Block)>>,
}

impl Page<'_> {
    /// Inside a table whose cells hold text.
    pub(super) fn in_cell(&self) -> bool {
        self.tables.last().is_some_and(|table| table.is != Use::Layout)
    }

    fn is_data(&self) -> bool {
        self.tables.last().is_some_and(|table| table.is == Use::Data)
    }

    pub(super) fn table(&mut self, tag: &Tag, span: &Span) {
        let lays_out = tag.get("role") == Some("presentation") || tag.has_class("sectionMacro");
        let mut is = if lays_out { Use::Layout } else { Use::Data };
        match self.tables.last_mut() {
            Some(outer) if outer.is == Use::Text || (outer.is == Use::Data && outer.has_heads) => {
                is = Use::Text;
            }
            // What holds tables and names no columns only lays out.
            Some(outer) => outer.is = Use::Layout,
            None => {}
        }
        if is == Use::Text {
            self.parted(span);
        } else {
            self.builder.close();
        }
        self.tables.push(Open {
            is,
            first: true,
            has_heads: false,
            column: 0,
            blanks: 0,
            reaching: Vec::new(),
        });
    }

    pub(super) fn table_ended(&mut self) {
        let was_text = self.tables.pop().is_some_and(|table| table.is == Use::Text);
        if !was_text {
            self.builder.close();
            self.builder.head = false;
        }
    }

    pub(super) fn row(&mut self, span: Span) {
        if !self.is_data() {
            return self.parted(&span);
        }
        let Some(table) = self.tables.last_mut() else { return };
        (table.column, table.blanks) = (0, 0);
        let head = std::mem::replace(&mut table.first, false);
        self.builder.head = head;
        self.block(BlockKind::Row { head }, span);
    }

    pub(super) fn row_ended(&mut self, span: &Span) {
        if self.is_data() {
            self.reached(true);
            self.ended(span);
        }
    }

    pub(super) fn cell(&mut self, tag: &Tag, span: &Span) {
        if !self.is_data() {
            self.blank = true;
            if self.tables.last().is_some_and(|table| table.is == Use::Layout) {
                self.builder.close();
            }
            return;
        }
        self.reached(false);
        let head = self.builder.head;
        self.block(BlockKind::Cell { head }, span.end..span.end);
        let reach = |name| tag.get(name).and_then(|reach| reach.trim().parse().ok()).unwrap_or(1);
        let (rows, columns): (usize, usize) = (reach("rowspan"), reach("colspan"));
        let (rows, columns) = (rows.min(FURTHEST), columns.clamp(1, WIDEST));
        let Some(table) = self.tables.last_mut() else { return };
        table.has_heads |= tag.name == "th";
        table.blanks = columns - 1;
        let at = table.column;
        table.column += 1;
        self.spilt += if rows > 1 { columns } else { 0 };
        if rows <= 1 || at + columns > WIDEST || self.spilt > self.text.len() {
            return;
        }
        table.reaching.resize_with(table.reaching.len().max(at + columns), || None);
        if let Some(cell) = self.builder.out.blocks.last() {
            let blank = Block { pieces: (cell.pieces.0, cell.pieces.0), ..cell.clone() };
            table.reaching[at..at + columns].fill(Some((rows - 1, blank)));
        }
    }

    /// Cells that reach into the row, from the next column on; `all`: those behind its last cell too.
    fn reached(&mut self, all: bool) {
        self.builder.close();
        let Some(table) = self.tables.last_mut() else { return };
        let blocks = &mut self.builder.out.blocks;
        let kind = BlockKind::Cell { head: self.builder.head };
        let room = self.text.len().saturating_sub(self.spilt);
        let blanks = std::mem::take(&mut table.blanks).min(room);
        if let Some(last) = blocks.last().filter(|last| matches!(last.kind, BlockKind::Cell { .. })).cloned()
        {
            let blank = Block { pieces: (last.pieces.1, last.pieces.1), ..last };
            blocks.extend(std::iter::repeat_n(blank, blanks));
            table.column += blanks;
            self.spilt += blanks;
        }
        while let Some(reaching) = table.reaching.get_mut(table.column) {
            match reaching.take() {
                Some((rows, cell)) if self.spilt <= self.text.len() => {
                    *reaching = Some((rows - 1, cell.clone())).filter(|(rows, _)| *rows > 0);
                    self.spilt += 1;
                    blocks.push(Block { kind, ..cell });
                }
                // A row that ends early has no cell there.
                _ if all => {}
                _ => return,
            }
            table.column += 1;
        }
    }

    pub(super) fn cell_ended(&mut self, span: &Span) {
        if !self.is_data() {
            self.blank = true;
            return;
        }
        let Some(open) = self.builder.open else { return };
        self.builder.close();
        let block = &mut self.builder.out.blocks[open];
        if !matches!(block.kind, BlockKind::Cell { .. }) {
            return;
        }
        block.span = trimmed(self.text, block.span.start.min(span.start)..span.start);
        // What reaches down says below what it says here.
        let whole = block.clone();
        let Some(table) = self.tables.last_mut() else { return };
        let own = table.column.checked_sub(1).and_then(|column| table.reaching.get_mut(column));
        if let Some(Some((_, cell))) =
            own.filter(|own| own.as_ref().is_some_and(|(_, cell)| cell.pieces.0 == whole.pieces.0))
        {
            *cell = whole;
        }
    }
}

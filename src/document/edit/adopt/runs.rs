//! Items that stand together and are adopted together: those of a table, and those of a list.

use std::collections::HashMap;

use super::Why;
use crate::document::actions::{Action, ActionForm, Columns};
use crate::document::blocks::{Block, BlockKind};
use crate::document::edit::line_start;
use crate::document::parse::Document;
use crate::document::tables::Table;
use crate::document::vocabulary::Vocabulary;

/// Items that stand together.
#[derive(Debug)]
pub(in crate::document::edit) struct Run {
    /// Which of the document's items.
    pub(in crate::document::edit) actions: Vec<usize>,
    /// The blocks of the items of a list.
    pub(super) blocks: Vec<usize>,
    /// Of these items what opens the text moves into the cells that say the same.
    pub(super) cut: Vec<bool>,
    /// The table that they are rows of.
    pub(in crate::document::edit) table: Option<(Table, Columns)>,
    /// Why they stay as they are.
    pub(super) why: Option<Why>,
    /// Whether edits were made of it that are not settled.
    pub(super) tried: bool,
}

impl Run {
    fn new(table: Option<(Table, Columns)>, why: Option<Why>) -> Self {
        Self { actions: Vec::new(), blocks: Vec::new(), cut: Vec::new(), table, why, tried: false }
    }
}

/// Puts the items of a document together.
pub(in crate::document::edit) fn of(document: &Document<'_>, vocabulary: &Vocabulary) -> Vec<Run> {
    let mut gather = Gather { document, runs: Vec::new(), last: Last::None };
    let (tables, items) = places(document);
    for (index, action) in document.actions().iter().enumerate() {
        match (action.form, tables.get(&action.span.start), items.get(&action.span.start)) {
            (ActionForm::Row, Some(head), _) => gather.row(index, *head, vocabulary),
            (ActionForm::Item, _, Some(block)) => gather.item(index, *block),
            (ActionForm::Heading, ..) => gather.other(index, Why::Heading),
            _ => gather.other(index, Why::Paragraph),
        }
    }
    gather.runs
}

/// By the places of rows the blocks of their tables' heads, and by the places of list items their blocks.
fn places(document: &Document<'_>) -> (HashMap<usize, usize>, HashMap<usize, usize>) {
    let (mut tables, mut items) = (HashMap::new(), HashMap::new());
    let mut head = 0;
    for (at, block) in document.page().blocks().iter().enumerate() {
        match block.kind {
            BlockKind::Row { head: true } => head = at,
            BlockKind::Row { head: false } => {
                tables.insert(block.span.start, head);
            }
            BlockKind::Item { .. } => {
                // An item that begins with a list begins where its own first item does.
                items.entry(block.span.start).or_insert(at);
            }
            _ => {}
        }
    }
    (tables, items)
}

/// What the item before is part of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    None,
    Table(usize),
    /// The block of the item.
    List(usize),
    Other(Why),
}

struct Gather<'d> {
    document: &'d Document<'d>,
    runs: Vec<Run>,
    last: Last,
}

impl Gather<'_> {
    fn row(&mut self, index: usize, head: usize, vocabulary: &Vocabulary) {
        if self.last != Last::Table(head) {
            let page = self.document.page();
            let table = Table::read(page, head);
            let why = (!begins_line(self.document, &page.blocks()[head])).then_some(Why::Quoted);
            let columns = Columns::read(page, &table, vocabulary);
            let why = if columns.is_none() { Some(Why::Unsure) } else { why };
            self.runs.push(Run::new(columns.map(|columns| (table, columns)), why));
            self.last = Last::Table(head);
        }
        self.push(index);
    }

    fn item(&mut self, index: usize, at: usize) {
        let blocks = self.document.page().blocks();
        let block = &blocks[at];
        let goes_on = matches!(self.last, Last::List(before) if follows(self.document, before, at));
        if !goes_on {
            let before = at.checked_sub(1).map(|before| &blocks[before]);
            let is_first = before.is_none_or(|before| !is_beside(self.document, before, block));
            self.runs.push(Run::new(None, (!is_first).then_some(Why::Mixed)));
        }
        let why = if !begins_line(self.document, block) || block.quoted {
            Some(Why::Quoted)
        } else if block.depth != 1 {
            Some(Why::Deep)
        } else {
            let next = blocks.get(at + 1);
            let nested = next.is_some_and(|next| next.span.start < block.span.end);
            let stranger = next.is_some_and(|next| {
                is_beside(self.document, block, next) && !self.is_action(index + 1, next)
            });
            nested.then_some(Why::Nested).or(stranger.then_some(Why::Mixed))
        };
        self.last = Last::List(at);
        self.push(index);
        if let Some(run) = self.runs.last_mut() {
            run.blocks.push(at);
            run.cut.push(false);
            run.why = run.why.or(why);
        }
    }

    fn other(&mut self, index: usize, why: Why) {
        if self.last != Last::Other(why) {
            self.runs.push(Run::new(None, Some(why)));
            self.last = Last::Other(why);
        }
        self.push(index);
    }

    fn push(&mut self, index: usize) {
        if let Some(run) = self.runs.last_mut() {
            run.actions.push(index);
        }
    }

    fn is_action(&self, index: usize, block: &Block) -> bool {
        let action: Option<&Action> = self.document.actions().get(index);
        action.is_some_and(|action| action.span.start == block.span.start)
    }
}

/// Whether item `at` is the next of the same list: behind the other with all that is nested in it, and nothing between.
fn follows(document: &Document<'_>, before: usize, at: usize) -> bool {
    let blocks = document.page().blocks();
    let inside = blocks[before + 1..].iter().take_while(|block| block.span.start < blocks[before].span.end);
    before + 1 + inside.count() == at && is_beside(document, &blocks[before], &blocks[at])
}

/// Whether two items of lists stand side by side, with nothing but blanks between them.
fn is_beside(document: &Document<'_>, one: &Block, other: &Block) -> bool {
    let is_item = |block: &Block| matches!(block.kind, BlockKind::Item { .. });
    let between = document.text().get(one.span.end..other.span.start);
    is_item(one)
        && is_item(other)
        && one.depth == other.depth
        && between.is_some_and(|between| between.trim().is_empty())
}

/// Whether nothing but blanks stands before a block on its line.
fn begins_line(document: &Document<'_>, block: &Block) -> bool {
    let text = document.text();
    text[line_start(text, block.span.start)..block.span.start]
        .trim_start_matches('\u{feff}')
        .trim()
        .is_empty()
}

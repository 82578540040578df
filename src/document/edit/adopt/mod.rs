//! Action items of any layout get numbers, and columns for owner, priority, due date and status; every word stays.
//!
//! What an edit is worth is told by reading its result: where an item would be another one than before, the edit is
//! not made, and the place is named.

mod list;
pub(super) mod runs;
pub(super) mod table;
#[cfg(test)]
mod tests;
pub(super) mod verify;

use std::fmt;

use super::{Edit, apply};
use crate::document::parse::{Document, Source, parse};
use crate::document::vocabulary::Vocabulary;
use runs::Run;

/// How often the result is read before what is left is left: each time one place less is tried.
const ROUNDS: usize = 48;

/// What can be done for the action items of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Adoption {
    /// The edits; none where nothing is to be done.
    pub edits: Vec<Edit>,
    /// How many items get what.
    pub gains: Gains,
    /// Items that stay as they are.
    pub left: Vec<Left>,
}

/// How many items get a place for what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Gains {
    /// A number of their own.
    pub number: usize,
    /// A cell for the owner.
    pub owner: usize,
    /// A cell for the priority.
    pub priority: usize,
    /// A cell for the due date.
    pub due: usize,
    /// A cell for the status.
    pub status: usize,
}

/// Items that stay as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    /// The line of the first.
    pub line: u32,
    /// How many.
    pub items: usize,
    /// Why.
    pub why: Why,
}

/// Why items stay as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// A cell has one line, and no place for what is nested in an item: it gets a number and nothing more.
    Nested,
    /// The list stands in another.
    Deep,
    /// Between the items stand lines that are none.
    Mixed,
    /// Each is a paragraph.
    Paragraph,
    /// Each is a heading with its fields below.
    Heading,
    /// It stands in a quotation, or otherwise not at the beginning of its lines.
    Quoted,
    /// A row has more cells than its table has columns: a further column would show them.
    Ragged,
    /// The number of an item stands twice in the document, and is kept as it is.
    Numbers,
    /// HTML is read and never edited.
    Html,
    /// The bytes of the file cannot spell the words of the new cells.
    Spelling,
    /// Read again, an item would be another one.
    Unsure,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nested => "more is nested below an item than a cell holds",
            Self::Deep => "the list is nested in another",
            Self::Mixed => "lines that are no items stand between the items",
            Self::Paragraph => "the item is a paragraph",
            Self::Heading => "the item is a heading with its fields below",
            Self::Quoted => "it does not stand at the beginning of its lines",
            Self::Ragged => "a row has more cells than the table has columns",
            Self::Numbers => "a number stands twice in the document",
            Self::Spelling => "the file's encoding cannot spell the new cells; save it as UTF-8 first",
            Self::Html => "HTML is never edited (--twin prints it as markdown)",
            Self::Unsure => "in a table it would not read as it does now",
        })
    }
}

impl Adoption {
    /// All items of a document stay as they are, for one reason.
    #[must_use]
    pub fn none(document: &Document<'_>, why: Why) -> Self {
        let actions = document.actions();
        let left = actions.first().map(|first| Left { line: first.item.line, items: actions.len(), why });
        Self { left: left.into_iter().collect(), ..Self::default() }
    }
}

impl Gains {
    fn add(&mut self, other: Self) {
        self.number += other.number;
        self.owner += other.owner;
        self.priority += other.priority;
        self.due += other.due;
        self.status += other.status;
    }
}

/// What is to be done for one run.
#[derive(Debug, Default)]
struct Proposal {
    edits: Vec<Edit>,
    gains: Gains,
}

/// Says what can be done for the items of a document of this name. Columns get their names from `names`, which is the
/// vocabulary in the document's language.
#[must_use]
pub fn adopt(document: &Document<'_>, name: &str, vocabulary: &Vocabulary, names: &Vocabulary) -> Adoption {
    if document.is_html() {
        return Adoption::none(document, Why::Html);
    }
    let mut runs = runs::of(document, vocabulary);
    let before = document.postmortem();
    for _ in 0..ROUNDS {
        let mut edits = Vec::new();
        let mut gains = Gains::default();
        for run in &mut runs {
            let proposal = propose(document, names, run);
            run.tried = !proposal.edits.is_empty();
            edits.extend(proposal.edits);
            gains.add(proposal.gains);
        }
        if edits.is_empty() {
            break;
        }
        let text = apply(document.text(), &edits);
        let after = parse(&Source { name, bytes: text.as_bytes() }, vocabulary).into_postmortem();
        if verify::same(&before, &after) {
            gains.number = verify::numbered(&after).saturating_sub(verify::numbered(&before));
            return Adoption { edits, gains, left: left(document, &runs) };
        }
        verify::retreat(&mut runs, &before, &after);
    }
    runs.iter_mut().filter(|run| run.tried).for_each(|run| run.why = Some(Why::Unsure));
    Adoption { left: left(document, &runs), ..Adoption::default() }
}

fn propose(document: &Document<'_>, names: &Vocabulary, run: &mut Run) -> Proposal {
    match run.why {
        None => {}
        // What no cell can hold gets at least a number.
        Some(Why::Nested) => return list::number(document, run),
        Some(_) => return Proposal::default(),
    }
    let proposal = match &run.table {
        Some((table, columns)) => table::propose(document, names, run, table, columns),
        None => list::propose(document, names, run),
    };
    proposal.unwrap_or_else(|why| {
        run.why = Some(why);
        Proposal::default()
    })
}

/// What stays as it is: whole runs, and rows whose own number does not tell them apart.
fn left(document: &Document<'_>, runs: &[Run]) -> Vec<Left> {
    let line = |index: usize| document.actions()[index].item.line;
    let mut left = Vec::new();
    for run in runs {
        if let Some((why, first)) = run.why.zip(run.actions.first()) {
            left.push(Left { line: line(*first), items: run.actions.len(), why });
            continue;
        }
        let twice = run.table.iter().flat_map(|(table, columns)| {
            run.actions.iter().filter(|index| table::is_numbered_in_vain(document, table, columns, **index))
        });
        let twice: Vec<usize> = twice.copied().collect();
        if let Some(first) = twice.first() {
            left.push(Left { line: line(*first), items: twice.len(), why: Why::Numbers });
        }
    }
    left
}

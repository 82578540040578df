//! What the text of an item says besides the promise: owner, due date, status, priority, label.

mod bracket;
mod due;
mod marks;
mod opening;
mod reason;
mod short;
mod struck;
mod trailing;

pub(super) use trailing::cut;

use std::borrow::Cow;

use chrono::NaiveDate;

use super::{blank, owners};
use crate::document::blocks::{Block, PieceKind};
use crate::document::dates::Calendar;
use crate::document::language::Column;
use crate::document::plain::{Page, Run};
use crate::document::vocabulary::Vocabulary;
use crate::model::{ActionItem, Inferred, Status};

/// Where the text stands, which decides what it may open with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A cell of a table: other cells name owner and label.
    Cell,
    /// A list item or a paragraph.
    Free,
}

/// An item as its text has it, and its own label.
pub(super) struct Read {
    pub(super) item: ActionItem,
    pub(super) label: Option<String>,
}

/// Reads the text of an item.
pub(super) fn read(
    page: Page<'_>,
    block: &Block,
    vocabulary: &Vocabulary,
    calendar: Calendar<'_>,
    place: Place,
) -> Read {
    let run = Page::run(block);
    let mut reader = Inline { vocabulary, calendar, item: blank(String::new()), label: None };
    let struck = struck::of(page, run.clone());
    let mut text = if place == Place::Free {
        reader.opening(page, run.clone())
    } else {
        page.block_text(block).into_owned()
    };
    if let Some(done) = block.task {
        reader.item.status = if done { Status::Done } else { Status::Open };
        reader.item.state = Some(if done { "x" } else { " " }.to_owned());
    }
    let reason = reader.reasoned(&mut text);
    let lined = |standing| {
        let mut lined = struck::lined(page, run.clone(), standing);
        let end = lined.len().saturating_sub(reason);
        lined.truncate((0..=end).rev().find(|end| lined.is_char_boundary(*end)).unwrap_or(0));
        Cow::Owned(lined)
    };
    // What is struck through no longer holds; lines end what a mark says.
    let said = match struck {
        struck::Struck::Nothing if !has_lines(page, run.clone()) => Cow::Borrowed(text.as_str()),
        struck::Struck::Nothing => lined(false),
        struck::Struck::Words | struck::Struck::Promise => lined(true),
    };
    let closing = reader.marks(&said);
    reader.done_in_passing(&said);
    reader.done_in_brackets(&said);
    if struck == struck::Struck::Words {
        let whole = page.plain(run.clone());
        let opening = whole.strip_suffix(text.as_str()).unwrap_or("");
        let said = said.strip_prefix(opening).unwrap_or(&said);
        text = said.split_whitespace().collect::<Vec<_>>().join(" ");
    } else if struck == struck::Struck::Nothing
        && let Some(closing) = closing
    {
        // The lines of the text are as long as the text, but for what it opened with.
        let kept = text.len().saturating_sub(said.len() - closing);
        trailing::cut(&mut text, kept);
        // `What: … Who: … When: …`
        if let Some(start) = reader.what(&text) {
            text.drain(..start);
        }
    }
    reader.leading_mark(&mut text);
    reader.trailing(&mut text);
    reader.hedge(&text);
    if struck == struck::Struck::Promise {
        reader.struck_through(&struck::lined(page, run, true), block.task);
    }
    reader.item.text = text;
    Read { item: reader.item, label: reader.label }
}

/// Reads the lines of a detail that is nested in an item, or stands below it, where each opens with a mark.
/// Says whether anything was one.
pub(super) fn detail(
    page: Page<'_>,
    run: Run,
    vocabulary: &Vocabulary,
    calendar: Calendar<'_>,
    item: &mut ActionItem,
) -> bool {
    let text = struck::lined(page, run, true);
    if !text.contains([':', '：', '=']) && text.len() > 40 {
        return false;
    }
    let mut reader =
        Inline { vocabulary, calendar, item: std::mem::replace(item, blank(String::new())), label: None };
    let mut any = false;
    for line in text.lines() {
        any |= reader.detail_line(line.trim());
    }
    *item = reader.item;
    any
}

/// The text of a cell without what is struck through.
pub(super) fn standing(page: Page<'_>, run: Run) -> Cow<'_, str> {
    if struck::of(page, run.clone()) == struck::Struck::Nothing {
        return page.plain(run);
    }
    Cow::Owned(struck::lined(page, run, true))
}

fn has_lines(page: Page<'_>, run: Run) -> bool {
    page.pieces(run).iter().any(|piece| matches!(piece.kind, PieceKind::Break | PieceKind::Hard))
}

/// A tick or a cross alone.
pub(super) fn status_mark(text: &str) -> Option<Status> {
    match text.trim().chars().next()? {
        '✅' | '✔' | '✓' | '☑' | '🟢' | '👍' => Some(Status::Done),
        '❌' | '✖' | '☐' | '⬜' | '🔲' | '🔴' => Some(Status::Open),
        '🚧' | '🔄' | '⏳' | '🟡' => Some(Status::Doing),
        '🚫' => Some(Status::Cancelled),
        _ => None,
    }
}

struct Inline<'v> {
    vocabulary: &'v Vocabulary,
    calendar: Calendar<'v>,
    item: ActionItem,
    label: Option<String>,
}

impl Inline<'_> {
    /// Where the text behind a label like `What:` begins.
    fn what(&self, text: &str) -> Option<usize> {
        let (colon, _) = text.char_indices().take(24).find(|(_, c)| matches!(c, ':' | '：'))?;
        let (column, _) = self.vocabulary.columns.look_up(&text[..colon])?;
        let start = text.len() - text[colon..].trim_start_matches([':', '：', ' ']).len();
        (column == Column::Action && start < text.len()).then_some(start)
    }

    fn due(&mut self, day: NaiveDate, whole: bool) {
        self.item.due = Some(day);
        self.item.unclear_due = None;
        if !whole {
            self.item.inferred.push(Inferred::Due);
        }
    }

    fn status_word(&mut self, word: &str) -> bool {
        let Some(status) = self.vocabulary.status.look_up(word) else { return false };
        if self.item.status == Status::Open {
            self.item.status = status;
        }
        self.item.state = Some(word.to_owned());
        true
    }

    fn priority_word(&mut self, word: &str) -> bool {
        let Some(grade) = self.vocabulary.priority(word) else { return false };
        self.item.priority.get_or_insert(grade);
        true
    }

    fn owner(&mut self, owner: &str) {
        if self.item.owner.is_none() && !self.vocabulary.is_placeholder(owner) {
            self.item.owner = Some(owner.to_owned());
        }
    }
}

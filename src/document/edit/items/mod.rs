//! Changing one action item where it stands, in whatever layout a document keeps its items.
//!
//! For each part of an item there are several ways to write it: a cell, a mark behind the text, a line below it. Each is
//! tried by reading its result, and the first is taken by which the item says what was asked and nothing else in the
//! document means anything else. Where there is none, nothing is written.

mod add;
mod context;
mod free;
mod remove;
mod row;
mod status;
#[cfg(test)]
mod tests;
mod text;
mod wanted;

use std::fmt;

use chrono::NaiveDate;

use super::adopt::verify::{is_same, same_but_items};
use super::{Edit, apply};
use crate::document::parse::{Document, Source, parse};
use crate::document::vocabulary::Vocabulary;
use crate::model::{ActionItem, Effort, Grade, Postmortem, Status};
pub use add::add_item;
use context::Context;
pub(super) use text::sheltered;
use wanted::{Wanted, folded};
pub use wanted::{is_same_item, says_already};

/// How a document is read and worded.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'v> {
    /// The file's name, of which a date may be read.
    pub name: &'v str,
    /// The words by which it is read.
    pub vocabulary: &'v Vocabulary,
    /// The words in the document's own language, by which it is written.
    pub names: &'v Vocabulary,
}

/// What an item shall say; what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ItemChange {
    /// What is promised.
    pub text: Option<String>,
    /// Where it stands.
    pub status: Option<Status>,
    /// Why it was cancelled: one line.
    pub reason: Option<String>,
    /// Who promised it; empty: nobody.
    pub owner: Option<String>,
    /// Until when; `Some(None)`: no day.
    pub due: Option<Option<NaiveDate>>,
    /// How urgent; `Some(None)`: not ranked.
    pub priority: Option<Option<Grade>>,
    /// How much work; `Some(None)`: not estimated.
    pub effort: Option<Option<Effort>>,
}

/// A part of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemPart {
    /// What is promised.
    Text,
    /// Where it stands.
    Status,
    /// Who promised it.
    Owner,
    /// Until when.
    Due,
    /// How urgent.
    Priority,
    /// How much work.
    Effort,
}

impl fmt::Display for ItemPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "text",
            Self::Status => "status",
            Self::Owner => "owner",
            Self::Due => "due date",
            Self::Priority => "priority",
            Self::Effort => "effort",
        })
    }
}

/// Why an item was not changed; nothing is written then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemError {
    /// HTML is read and never edited.
    Html,
    /// There is no item of that place.
    Gone,
    /// No way to write this part reads back as it was asked, with everything else as it was.
    NoPlace(ItemPart),
    /// A new item would not read back in any way that the document could hold it.
    NoRoom,
}

impl fmt::Display for ItemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Html => f.write_str("HTML is read and never edited"),
            Self::Gone => f.write_str("the item is not there"),
            Self::NoPlace(ItemPart::Text) => f.write_str("the text would not read back as it was typed"),
            Self::NoPlace(part) => {
                write!(f, "the {part} cannot be written there so that it reads back and all else stays")
            }
            Self::NoRoom => f.write_str("the new item would not read back as it was typed"),
        }
    }
}

impl std::error::Error for ItemError {}

/// One way to write something.
#[derive(Debug, Clone)]
struct Way {
    edits: Vec<Edit>,
    /// Words of the item's text that are others then: a date in the middle of the promise.
    swap: Option<(String, String)>,
}

impl Way {
    fn new(edits: Vec<Edit>) -> Self {
        Self { edits, swap: None }
    }
}

/// The bytes of a document with one of its items changed; the same bytes where it says all that already.
///
/// # Errors
/// [`ItemError`], and nothing is to be written then.
pub fn change_item(
    reading: Reading<'_>,
    bytes: &[u8],
    index: usize,
    change: &ItemChange,
) -> Result<Vec<u8>, ItemError> {
    let mut bytes = bytes.to_vec();
    for wanted in Wanted::of(change) {
        if let Some(changed) = step(reading, &bytes, index, &wanted)? {
            bytes = changed;
        }
    }
    Ok(bytes)
}

/// Changes one part.
fn step(
    reading: Reading<'_>,
    bytes: &[u8],
    index: usize,
    wanted: &Wanted,
) -> Result<Option<Vec<u8>>, ItemError> {
    let document = parse(&Source { name: reading.name, bytes }, reading.vocabulary);
    let item = document.actions().get(index).map(|action| &action.item).ok_or(ItemError::Gone)?;
    if wanted.is_met_by(item) {
        return Ok(None);
    }
    if document.is_html() {
        return Err(ItemError::Html);
    }
    let before = document.postmortem();
    let context = Context::new(&document, reading, index);
    for way in ways(&context, wanted) {
        let accepts = |after: &Postmortem| is_meant(&before, after, index, wanted, way.swap.as_ref());
        if let Some(written) = written(reading, &document, bytes, &way.edits, accepts) {
            return Ok(Some(written));
        }
    }
    Err(ItemError::NoPlace(wanted.part()))
}

/// Every way to write a part, the plainest first.
fn ways(context: &Context<'_>, wanted: &Wanted) -> Vec<Way> {
    match (wanted, context.is_row()) {
        (Wanted::Text(text), _) => text::ways(context, text),
        (Wanted::Status(status, reason), true) => row::status(context, *status, reason.as_deref()),
        (Wanted::Status(status, reason), false) => status::ways(context, *status, reason.as_deref()),
        (_, true) => row::value(context, wanted),
        (_, false) => free::value(context, wanted),
    }
}

/// The bytes with the edits made, where they read back as their text and mean what they should.
fn written(
    reading: Reading<'_>,
    document: &Document<'_>,
    bytes: &[u8],
    edits: &[Edit],
    accepts: impl Fn(&Postmortem) -> bool,
) -> Option<Vec<u8>> {
    let new = document.edited(bytes, edits);
    let after = parse(&Source { name: reading.name, bytes: &new }, reading.vocabulary);
    if after.text() != apply(document.text(), edits) || after.encoding() != document.encoding() {
        return None;
    }
    let is_meant = accepts(&after.into_postmortem());
    is_meant.then_some(new)
}

/// Whether one item says what was asked, and all else what it said before.
fn is_meant(
    before: &Postmortem,
    after: &Postmortem,
    index: usize,
    wanted: &Wanted,
    swap: Option<&(String, String)>,
) -> bool {
    let (Some(old), Some(new)) = (before.actions.get(index), after.actions.get(index)) else { return false };
    let others = before.actions.iter().zip(&after.actions).enumerate();
    before.actions.len() == after.actions.len()
        && wanted.is_met_by(new)
        && keeps(old, new, wanted, swap)
        && others.filter(|(at, _)| *at != index).all(|(_, (old, new))| is_same(old, new))
        && same_but_items(before, after)
}

/// Whether the other parts of the item are what they were.
fn keeps(old: &ActionItem, new: &ActionItem, wanted: &Wanted, swap: Option<&(String, String)>) -> bool {
    let is = |part: ItemPart| wanted.part() == part;
    let text = folded(&old.text) == folded(&new.text)
        || swap.is_some_and(|(was, is)| folded(&old.text.replacen(was, is, 1)) == folded(&new.text));
    old.label == new.label
        && old.numbered == new.numbered
        && (is(ItemPart::Text) || text)
        && (is(ItemPart::Status) || old.status == new.status)
        && (is(ItemPart::Owner) || old.owner == new.owner)
        && (is(ItemPart::Due) || (old.due == new.due && old.unclear_due == new.unclear_due))
        && (is(ItemPart::Priority) || old.priority == new.priority)
        && (is(ItemPart::Effort) || old.effort == new.effort)
        // What is written may name an issue; none gets lost but with the text that named it.
        && (is(ItemPart::Text) || is(ItemPart::Status) || old.refs.iter().all(|known| new.refs.contains(known)))
}

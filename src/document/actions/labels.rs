//! The names of items: a document's own where they tell items apart, else their places.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::{Action, Found};
use crate::document::fold::Fnv;
use crate::document::glance;

/// Gives each item its label: its own where that is unique in the document, else its running position. Numbers tell
/// items apart only where none stands twice: a second table that counts from one again makes them mere positions.
pub(super) fn named(text: &str, found: Vec<Found>) -> Vec<Action> {
    let mut uses = Uses::with_capacity_and_hasher(found.len(), BuildHasherDefault::default());
    for label in found.iter().filter_map(label) {
        *uses.entry(lower(&label).into_owned()).or_default() += 1;
    }
    let counted = uses.iter().all(|(label, times)| *times == 1 || !is_number(label));
    let is_own = |label: &str| uses.get(&*lower(label)) == Some(&1) && (counted || !is_number(label));
    let mut line = Lines { text, at: 0, line: 1 };
    let mut actions = Vec::with_capacity(found.len());
    let mut free = 0;
    for (position, found) in (1_usize..).zip(found) {
        let own = label(&found).filter(|label| is_own(label)).map(Cow::into_owned);
        let mut action = found.action;
        action.item.numbered = own.is_some();
        action.item.label = own.unwrap_or_else(|| {
            // A number that is another item's own label is not given twice.
            free = position.max(free + 1);
            while counted && uses.contains_key(&free.to_string()) {
                free += 1;
            }
            free.to_string()
        });
        action.item.line = line.of(action.span.start);
        actions.push(action);
    }
    actions
}

/// The label that the document gives an item: one beside it, else its number in a list.
fn label(found: &Found) -> Option<Cow<'_, str>> {
    let own = found.label.as_deref().map(Cow::Borrowed);
    own.or_else(|| found.ordinal.map(|ordinal| Cow::Owned(ordinal.to_string())))
}

fn is_number(label: &str) -> bool {
    label.bytes().all(|byte| byte.is_ascii_digit())
}

/// How often each label stands in a document.
type Uses = HashMap<String, usize, BuildHasherDefault<Fnv>>;

fn lower(label: &str) -> Cow<'_, str> {
    let is_lower = label.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_lower { Cow::Borrowed(label) } else { Cow::Owned(label.to_lowercase()) }
}

/// Counts lines forward through a text.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: u32,
}

impl Lines<'_> {
    fn of(&mut self, at: usize) -> u32 {
        if at < self.at {
            (self.at, self.line) = (0, 1);
        }
        let newlines = glance::count(&self.text.as_bytes()[self.at..at], b'\n');
        self.line = self.line.saturating_add(u32::try_from(newlines).unwrap_or(u32::MAX));
        self.at = at;
        self.line
    }
}

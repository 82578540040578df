//! One item through two versions of its document: by its label, else by its text.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::model::{ActionItem, Status};

/// What following an item needs to know of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The label in its id.
    pub label: String,
    /// Whether that is the document's own, and no mere position.
    pub numbered: bool,
    /// Its text without differences of case and blanks.
    pub text: String,
    /// What the row says.
    pub status: Status,
    /// Until when the row promises it.
    pub due: Option<NaiveDate>,
    /// Issues and pages that it points to.
    pub refs: Vec<String>,
}

impl Item {
    /// Takes an item as it was read, without the due date that an SLA would give it: that is no promise of the row's.
    #[must_use]
    pub fn of(action: &ActionItem) -> Self {
        let text: Vec<String> = action.text.split_whitespace().map(str::to_lowercase).collect();
        Self {
            label: action.label.clone(),
            numbered: action.numbered,
            text: text.join(" "),
            status: action.status,
            due: action.due,
            refs: action.refs.clone(),
        }
    }

    /// Whether a typed label names it.
    #[must_use]
    pub fn is_called(&self, label: &str) -> bool {
        self.label.eq_ignore_ascii_case(label)
    }
}

/// For each item of the older version, the one that it is in the newer version. A row that keeps label and text is
/// itself; of the others, one whose text stands elsewhere has moved (rows were numbered anew); what is left under a label
/// of the document's own was worded anew. A mere position names nothing across versions.
#[must_use]
pub fn pair(old: &[Item], new: &[Item]) -> Vec<Option<usize>> {
    let mut found: Vec<Option<usize>> = vec![None; old.len()];
    let mut taken = vec![false; new.len()];
    let by_label: HashMap<(&str, bool), usize> =
        new.iter().enumerate().rev().map(|(at, item)| ((item.label.as_str(), item.numbered), at)).collect();
    let same_label = |item: &Item| by_label.get(&(item.label.as_str(), item.numbered)).copied();
    for (at, item) in old.iter().enumerate() {
        let same = same_label(item).filter(|to| new[*to].text == item.text && !taken[*to]);
        if let Some(to) = same {
            (found[at], taken[to]) = (Some(to), true);
        }
    }
    let mut by_text: HashMap<&str, Vec<usize>> = HashMap::new();
    for (to, item) in new.iter().enumerate().filter(|(to, _)| !taken[*to]) {
        by_text.entry(&item.text).or_default().push(to);
    }
    for (at, item) in old.iter().enumerate().filter(|(at, _)| found[*at].is_none()).collect::<Vec<_>>() {
        // Of several with the same text, they come in the order in which they stood.
        let to = by_text.get_mut(item.text.as_str()).filter(|all| !all.is_empty()).map(|all| all.remove(0));
        if let Some(to) = to {
            (found[at], taken[to]) = (Some(to), true);
        }
    }
    for (at, item) in old.iter().enumerate() {
        let to = same_label(item).filter(|to| item.numbered && found[at].is_none() && !taken[*to]);
        if let Some(to) = to {
            (found[at], taken[to]) = (Some(to), true);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(rows: &[(&str, &str)]) -> Vec<Item> {
        let item = |(label, text): &(&str, &str)| Item {
            label: label.trim_start_matches('~').to_owned(),
            numbered: !label.starts_with('~'),
            text: (*text).to_owned(),
            status: Status::Open,
            due: None,
            refs: Vec::new(),
        };
        rows.iter().map(item).collect()
    }

    /// The older rows, the newer ones, and which is which.
    type Case = (
        &'static [(&'static str, &'static str)],
        &'static [(&'static str, &'static str)],
        &'static [Option<usize>],
    );

    #[test]
    fn a_row_is_followed_by_its_label_else_by_its_text() {
        let table: &[Case] = &[
            (&[("1", "a"), ("2", "b")], &[("1", "a"), ("2", "b, better")], &[Some(0), Some(1)]),
            // Numbered anew with a row in front.
            (&[("1", "a"), ("2", "b")], &[("1", "new"), ("2", "a"), ("3", "b")], &[Some(1), Some(2)]),
            // Two rows that changed places.
            (&[("1", "a"), ("2", "b")], &[("1", "b"), ("2", "a")], &[Some(1), Some(0)]),
            // Gone, and the rest closed up.
            (&[("1", "a"), ("2", "b")], &[("1", "b")], &[None, Some(0)]),
            // Gone.
            (&[("1", "a"), ("2", "b")], &[("1", "a")], &[Some(0), None]),
            // Mere positions.
            (&[("~1", "a"), ("~2", "b")], &[("~1", "new"), ("~2", "a"), ("~3", "b")], &[Some(1), Some(2)]),
            (&[("~1", "a")], &[("~1", "other")], &[None]),
            // Numbers were put in front of what had none.
            (&[("~1", "a"), ("~2", "b")], &[("AI-1", "a"), ("AI-2", "b")], &[Some(0), Some(1)]),
            // The same words twice.
            (&[("1", "a"), ("2", "a")], &[("3", "a"), ("4", "a")], &[Some(0), Some(1)]),
        ];
        for (old, new, expected) in table {
            assert_eq!(pair(&items(old), &items(new)), *expected, "{old:?} to {new:?}");
        }
    }
}

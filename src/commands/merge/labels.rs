//! What the promises of the draft that goes away are called in the one that took them in.

use std::collections::BTreeSet;

use crate::document::merge::Remark;
use crate::model::{ActionItem, Former, Postmortem};

/// The former names of FROM, and its own, for the document that took it in: each with the labels of its promises there
/// and here.
pub(super) fn names(from: &Postmortem, id: &str, merged: &Postmortem, remarks: &[Remark]) -> Vec<Former> {
    let pairs = pairs(&from.actions, &merged.actions, remarks);
    let before = from.formerly.iter().map(|former| former.taken_in(&pairs));
    before.chain([Former { id: id.to_owned(), labels: Some(pairs.clone()) }]).collect()
}

/// Labels of the promises in `ours`, and of the same ones in `merged`: by their words, and of equal words by the number
/// that the merge says it gave, else by the old one.
fn pairs(ours: &[ActionItem], merged: &[ActionItem], remarks: &[Remark]) -> Vec<(String, String)> {
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    let mut pairs = Vec::new();
    for item in ours {
        let given: Vec<&str> = remarks
            .iter()
            .filter_map(|remark| match remark {
                Remark::Renumbered { old, new, .. } if *old == item.label => Some(new.as_str()),
                _ => None,
            })
            .collect();
        let is_free = |at: &usize| !taken.contains(at) && merged[*at].text == item.text;
        let rank = |at: &usize| {
            let label = merged[*at].label.as_str();
            (!given.contains(&label), label != item.label)
        };
        if let Some(at) = (0..merged.len()).filter(is_free).min_by_key(rank) {
            taken.insert(at);
            pairs.push((item.label.clone(), merged[at].label.clone()));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Source, Vocabulary, parse};

    fn read(rows: &str) -> Postmortem {
        let text = format!("# A\n\n## Action Items\n\n| # | Action |\n|---|---|\n{rows}");
        parse(&Source { name: "a.md", bytes: text.as_bytes() }, &Vocabulary::default()).into_postmortem()
    }

    #[test]
    fn promises_are_found_again_by_their_words_and_new_numbers() {
        let from = read("| 1 | Add a test |\n| 2 | Page earlier |\n| 3 | Gone since |\n");
        let merged = read("| 1 | Page earlier |\n| 2 | Other |\n| 3 | Add a test |\n| 4 | Page earlier |\n");
        let remark = Remark::Renumbered { section: "Action Items".into(), old: "2".into(), new: "4".into() };
        let names = names(&from, "2026-03-08-from", &merged, &[remark]);
        let words: Vec<String> = names.iter().map(ToString::to_string).collect();
        assert_eq!(words, ["2026-03-08-from#1=3#2=4"]);
    }
}

//! Whether a document says after the edits what it said before.

use super::{Run, Why};
use crate::model::{ActionItem, Postmortem};

/// Whether nothing means anything else.
pub(super) fn same(before: &Postmortem, after: &Postmortem) -> bool {
    same_but_items(before, after) && differing(before, after).is_empty()
}

/// How many items have a number of their own.
pub(super) fn numbered(postmortem: &Postmortem) -> usize {
    postmortem.actions.iter().filter(|item| item.numbered).count()
}

/// Tries less: what opens an item's text is cut off where it came to be part of it; otherwise its run is left.
pub(super) fn retreat(runs: &mut [Run], before: &Postmortem, after: &Postmortem) {
    let mut wrong = differing(before, after);
    if before.actions.len() != after.actions.len() {
        // Items behind the first that differs are compared with others.
        wrong.truncate(1);
    }
    let mut any = false;
    let is_count = before.actions.len() == after.actions.len();
    for index in &wrong {
        any |= retreat_from(runs, *index, is_count);
    }
    if !any || !same_but_items(before, after) {
        runs.iter_mut().filter(|run| run.tried).for_each(|run| run.why = Some(Why::Unsure));
    }
}

/// The run of an item that differs, or the last one before it, is changed less; says whether there is one.
fn retreat_from(runs: &mut [Run], index: usize, may_cut: bool) -> bool {
    let begins = |run: &Run| run.actions.first().is_some_and(|first| *first <= index);
    let Some(run) = runs.iter_mut().rfind(|run| run.tried && begins(run)) else { return false };
    let at = run.actions.iter().position(|own| *own == index);
    match at.and_then(|at| run.cut.get_mut(at)) {
        Some(cut) if may_cut && !*cut => *cut = true,
        _ => run.why = Some(Why::Unsure),
    }
    true
}

/// The items that are not what they were.
fn differing(before: &Postmortem, after: &Postmortem) -> Vec<usize> {
    let longest = before.actions.len().max(after.actions.len());
    let is_other = |at: &usize| match (before.actions.get(*at), after.actions.get(*at)) {
        (Some(before), Some(after)) => !is_same(before, after),
        _ => true,
    };
    (0..longest).filter(is_other).collect()
}

/// Whether two items say the same, on whichever line.
pub(in crate::document::edit) fn is_same(before: &ActionItem, after: &ActionItem) -> bool {
    let refs = |item: &ActionItem| {
        let mut refs = item.refs.clone();
        refs.sort_unstable();
        refs
    };
    before.label == after.label
        && before.text == after.text
        && before.owner == after.owner
        && before.due == after.due
        && before.unclear_due == after.unclear_due
        && before.priority == after.priority
        && before.effort == after.effort
        && before.status == after.status
        && refs(before) == refs(after)
}

/// Whether all that is no action item is what it was.
pub(in crate::document::edit) fn same_but_items(before: &Postmortem, after: &Postmortem) -> bool {
    let bare = |postmortem: &Postmortem| Postmortem { actions: Vec::new(), ..postmortem.clone() };
    bare(before) == bare(after)
}

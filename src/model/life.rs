//! The life of a promise: what changed of one action item from version to version of its document.

use chrono::NaiveDate;

use super::{ActionItem, Status};

/// One thing that changed of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// It stands in the document for the first time, as the version says.
    Promised,
    /// It was taken out.
    Removed,
    /// It came back.
    Returned,
    /// Its due date moved.
    Due(Option<NaiveDate>, Option<NaiveDate>),
    /// Its status changed; with the new status as written, which may give a reason.
    Status(Status, Status, Option<String>),
    /// Somebody else has it.
    Owner(Option<String>, Option<String>),
    /// It became more or less urgent.
    Priority(Option<String>, Option<String>),
    /// It became more or less work.
    Effort(Option<&'static str>, Option<&'static str>),
    /// Other words.
    Text(String, String),
}

impl Turn {
    /// Whether the due date moved to a later day, or away: then the promise was put off.
    #[must_use]
    pub fn is_put_off(&self) -> bool {
        match self {
            Self::Due(Some(from), to) => to.is_none_or(|to| to > *from),
            _ => false,
        }
    }
}

/// What one version changed of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter<'v> {
    /// Which of the versions.
    pub version: usize,
    /// What changed; at least one thing.
    pub turns: Vec<Turn>,
    /// The item as the version has it; `None` where it was taken out.
    pub item: Option<&'v ActionItem>,
}

/// Tells the life of an item by the versions of its document, the oldest first; `wanted` is the item as the newest
/// version that has it says it. A version that changed nothing of it has no chapter.
#[must_use]
pub fn life<'v>(versions: &'v [Vec<ActionItem>], wanted: &ActionItem) -> Vec<Chapter<'v>> {
    let mut chapters = Vec::new();
    let mut last: Option<&ActionItem> = None;
    let mut is_there = false;
    for (version, item) in traced(versions, wanted).into_iter().enumerate() {
        let turns = match (last, item) {
            (None, None) => Vec::new(),
            (None, Some(_)) => vec![Turn::Promised],
            (Some(_), None) if is_there => vec![Turn::Removed],
            (Some(_), None) => Vec::new(),
            (Some(before), Some(after)) => {
                let returned = (!is_there).then_some(Turn::Returned);
                returned.into_iter().chain(turns(before, after)).collect()
            }
        };
        is_there = item.is_some();
        last = item.or(last);
        if !turns.is_empty() {
            chapters.push(Chapter { version, turns, item });
        }
    }
    chapters
}

/// The item in each version. It is followed back in time: by its own label, else by its text. Beyond a version without
/// it only the same words are the same promise: another row never inherits a label.
fn traced<'v>(versions: &'v [Vec<ActionItem>], wanted: &ActionItem) -> Vec<Option<&'v ActionItem>> {
    let mut known = wanted.clone();
    let mut is_gap = false;
    let mut trace: Vec<Option<&ActionItem>> = vec![None; versions.len()];
    let mut was_met = false;
    for (version, items) in versions.iter().enumerate().rev() {
        let same_text = |item: &&ActionItem| item.text == known.text;
        let same_label = |item: &&ActionItem| {
            item.numbered && known.numbered && item.label.eq_ignore_ascii_case(&known.label)
        };
        let both = items.iter().find(|item| same_text(item) && item.label == known.label);
        let text = both.or_else(|| items.iter().find(same_text));
        let found = if is_gap { text } else { text.or_else(|| items.iter().find(same_label)) };
        if let Some(found) = found {
            known = found.clone();
            was_met = true;
        }
        is_gap = was_met && found.is_none();
        trace[version] = found;
    }
    trace
}

fn turns(before: &ActionItem, after: &ActionItem) -> Vec<Turn> {
    let mut turns = Vec::new();
    if before.status != after.status {
        turns.push(Turn::Status(before.status, after.status, after.state.clone()));
    }
    if before.due != after.due {
        turns.push(Turn::Due(before.due, after.due));
    }
    if before.owner != after.owner {
        turns.push(Turn::Owner(before.owner.clone(), after.owner.clone()));
    }
    let priority = |item: &ActionItem| item.priority.as_ref().map(|grade| grade.written.clone());
    if priority(before) != priority(after) {
        turns.push(Turn::Priority(priority(before), priority(after)));
    }
    let effort = |item: &ActionItem| item.effort.map(super::Effort::word);
    if before.effort != after.effort {
        turns.push(Turn::Effort(effort(before), effort(after)));
    }
    if before.text != after.text {
        turns.push(Turn::Text(before.text.clone(), after.text.clone()));
    }
    turns
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(label: &str, text: &str, due: &str, status: Status) -> ActionItem {
        ActionItem {
            label: label.to_owned(),
            numbered: label.parse::<u32>().is_ok(),
            text: text.to_owned(),
            owner: None,
            due: due.parse().ok(),
            unclear_due: None,
            priority: None,
            effort: None,
            status,
            state: None,
            refs: Vec::new(),
            line: 1,
            inferred: Vec::new(),
        }
    }

    fn told(versions: &[Vec<ActionItem>], wanted: &ActionItem) -> Vec<(usize, Vec<Turn>)> {
        life(versions, wanted).into_iter().map(|chapter| (chapter.version, chapter.turns)).collect()
    }

    #[test]
    fn a_promise_is_made_put_off_and_kept() {
        let open = |due| vec![item("1", "Alert", due, Status::Open)];
        let done = vec![item("1", "Alert", "2026-05-01", Status::Done)];
        let versions = [vec![], open("2026-04-01"), open("2026-04-01"), open("2026-05-01"), done.clone()];
        let day = |day: &str| day.parse::<NaiveDate>().ok();
        assert_eq!(
            told(&versions, &done[0]),
            [
                (1, vec![Turn::Promised]),
                (3, vec![Turn::Due(day("2026-04-01"), day("2026-05-01"))]),
                (4, vec![Turn::Status(Status::Open, Status::Done, None)]),
            ]
        );
        assert!(Turn::Due(day("2026-04-01"), day("2026-05-01")).is_put_off());
        assert!(Turn::Due(day("2026-04-01"), None).is_put_off());
        assert!(!Turn::Due(None, day("2026-05-01")).is_put_off());
        assert!(!Turn::Due(day("2026-04-01"), day("2026-03-01")).is_put_off());
    }

    #[test]
    fn an_item_is_followed_by_its_label_and_through_another_numbering() {
        let first = vec![item("1", "Alert", "", Status::Open), item("2", "Page", "", Status::Open)];
        let reworded = vec![item("1", "Alert at 1 %", "", Status::Open), item("2", "Page", "", Status::Open)];
        let swapped = vec![item("1", "Page", "", Status::Open), item("2", "Alert at 1 %", "", Status::Done)];
        let versions = [first, reworded, swapped];
        let alert = told(&versions, &versions[2][1]);
        assert_eq!(alert[1], (1, vec![Turn::Text("Alert".into(), "Alert at 1 %".into())]));
        assert_eq!(alert[2], (2, vec![Turn::Status(Status::Open, Status::Done, None)]));
        assert_eq!(told(&versions, &versions[2][0]), [(0, vec![Turn::Promised])]);
    }

    #[test]
    fn a_later_row_never_inherits_a_label() {
        let old = vec![item("3", "Alert", "", Status::Done)];
        let new = vec![item("3", "Page", "", Status::Open)];
        let versions = [old.clone(), vec![], new.clone()];
        assert_eq!(told(&versions, &new[0]), [(2, vec![Turn::Promised])]);
        let back = [old.clone(), vec![], old.clone(), vec![]];
        assert_eq!(
            told(&back, &old[0]),
            [
                (0, vec![Turn::Promised]),
                (1, vec![Turn::Removed]),
                (2, vec![Turn::Returned]),
                (3, vec![Turn::Removed])
            ]
        );
    }
}

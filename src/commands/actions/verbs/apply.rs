//! Changing the items of one document: each is found again in the newest text, and must still say what was read.

use crate::archive::Entry;
use crate::commands::languages::Languages;
use crate::document::edit::{
    ItemChange, ItemError, ItemPart, Reading, add_item, change_item, is_same_item, says_already,
};
use crate::document::{Source, parse};
use crate::error::CliError;
use crate::model::{ActionItem, Inferred};
use crate::render::clean;
use crate::session::Project;

/// What is asked of one item.
#[derive(Debug, Clone)]
pub(super) struct Ask {
    /// The item as it was read.
    pub(super) seen: ActionItem,
    /// What it shall say.
    pub(super) change: ItemChange,
}

/// What is to be done in one document.
#[derive(Debug, Clone)]
pub(super) struct Work<'a> {
    pub(super) entry: &'a Entry,
    pub(super) asks: Vec<Ask>,
    /// One more item.
    pub(super) new: Option<ItemChange>,
}

/// What became of an item.
#[derive(Debug, Clone)]
pub(super) struct Outcome {
    /// What it said; `None` for a new one.
    pub(super) before: Option<ActionItem>,
    pub(super) after: ActionItem,
    pub(super) changed: bool,
    /// Whether another text was asked for: otherwise it is another only where an owner or a date stands in it.
    pub(super) reworded: bool,
}

/// The document with the work done, and what became of each item. May be asked for again with a newer text.
///
/// # Errors
/// An item that changed or went meanwhile, and one that has no place for what it shall say.
pub(super) fn apply(
    project: &Project,
    work: &Work<'_>,
    bytes: &[u8],
) -> Result<(Vec<u8>, Vec<Outcome>), CliError> {
    let path = &work.entry.path;
    let language = parse(&Source { name: path, bytes }, &project.vocabulary).language();
    let mut languages = Languages::new(&project.vocabulary);
    let names = languages.names(language);
    let reading = Reading { name: path, vocabulary: &project.vocabulary, names };
    let mut bytes = bytes.to_vec();
    let mut outcomes = Vec::new();
    for ask in &work.asks {
        let items = read(project, path, &bytes);
        let id = format!("{}#{}", work.entry.name(), ask.seen.label);
        let (at, is_newer) = locate(&items, &ask.seen).ok_or_else(|| gone(&id))?;
        let before = items[at].clone();
        if !says_already(&before, &ask.change) {
            if is_newer {
                return Err(moved(&id, &before));
            }
            let refused = |error| refused(&id, path, &error, &ask.change);
            bytes = change_item(reading, &bytes, at, &ask.change).map_err(refused)?;
        }
        let after = read(project, path, &bytes).swap_remove(at);
        let changed = !is_same_item(&before, &after);
        let reworded = ask.change.text.is_some();
        outcomes.push(Outcome { before: Some(before), after, changed, reworded });
    }
    if let Some(new) = &work.new {
        let items = read(project, path, &bytes);
        let only_text = ItemChange { text: new.text.clone(), ..ItemChange::default() };
        if let Some(known) = items.into_iter().find(|item| says_already(item, &only_text)) {
            outcomes.push(Outcome {
                before: Some(known.clone()),
                after: known,
                changed: false,
                reworded: false,
            });
        } else {
            let refused = |error| refused(&work.entry.name(), path, &error, new);
            let (made, at) = add_item(reading, &bytes, new).map_err(refused)?;
            let after = read(project, path, &made).swap_remove(at);
            bytes = made;
            outcomes.push(Outcome { before: None, after, changed: true, reworded: false });
        }
    }
    Ok((bytes, outcomes))
}

fn read(project: &Project, path: &str, bytes: &[u8]) -> Vec<ActionItem> {
    parse(&Source { name: path, bytes }, &project.vocabulary).into_postmortem().actions
}

/// Where an item that was read stands in a newer text, and whether it says something else there. One without a number
/// is known by its text: its place may be another's by now.
fn locate(items: &[ActionItem], seen: &ActionItem) -> Option<(usize, bool)> {
    let is_it = |item: &&ActionItem| is_as_seen(item, seen);
    let by_label = items.iter().position(|item| item.label == seen.label);
    if let Some(at) = by_label.filter(|at| is_it(&&items[*at])) {
        return Some((at, false));
    }
    let text = |item: &ActionItem| item.text == seen.text && (item.numbered == seen.numbered);
    let mut same = items.iter().enumerate().filter(|(_, item)| text(item));
    match (same.next(), same.next()) {
        (Some((at, item)), None) if !seen.numbered => {
            let moved = ActionItem { label: item.label.clone(), ..seen.clone() };
            Some((at, !is_as_seen(item, &moved)))
        }
        _ => by_label.map(|at| (at, true)),
    }
}

/// Whether an item says what was read; a due day that the team's agreement gave is none that the document says.
fn is_as_seen(item: &ActionItem, seen: &ActionItem) -> bool {
    let by_agreement = item.due.is_none() && seen.inferred.contains(&Inferred::Due);
    let due = if by_agreement { None } else { seen.due };
    is_same_item(item, &ActionItem { due, ..seen.clone() })
}

fn gone(id: &str) -> CliError {
    CliError::new(format!("{} was removed meanwhile", clean(id)))
        .hint("nothing was written; git postmortem actions shows what is there")
}

/// Somebody else changed the row between reading and writing.
fn moved(id: &str, now: &ActionItem) -> CliError {
    let mut says = vec![format!("status {}", now.state.as_deref().unwrap_or(now.status.word()))];
    says.extend(now.owner.as_ref().map(|owner| format!("owner {owner}")));
    says.extend(now.due.map(|due| format!("due {due}")));
    says.extend(now.priority.as_ref().map(|priority| format!("priority {}", priority.written)));
    CliError::new(format!("{} changed meanwhile", clean(id)))
        .because(format!("it says now: {} ({})", clean(&now.text), clean(&says.join(", "))))
        .hint("nothing was overwritten; look at the newer text and run it again")
}

/// What cannot be written, and what to do about it.
fn refused(id: &str, path: &str, error: &ItemError, change: &ItemChange) -> CliError {
    let path = clean(path);
    let refusal = CliError::new(format!("{}: {error}", clean(id)));
    match error {
        ItemError::Html => {
            refusal.hint(format!("git postmortem adopt --twin {path} prints a markdown twin, which can be"))
        }
        ItemError::Gone => refusal.hint("run it again"),
        ItemError::NoPlace(ItemPart::Text) | ItemError::NoRoom => {
            let text = change.text.as_deref().unwrap_or_default();
            refusal
                .because(format!("'{}' has words in it that are read as owner, date or status", clean(text)))
                .hint("say these with --owner, --due, --priority, or set the text otherwise")
        }
        ItemError::NoPlace(_) => refusal
            .hint(format!("git postmortem adopt --write {path} gives its items a table with columns"))
            .hint("git postmortem edit changes the document by hand"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Vocabulary;

    fn items(rows: &str) -> Vec<ActionItem> {
        let text = format!("# X\n\n## Action Items\n\n{rows}");
        let source = Source { name: "2026-03-08-x.md", bytes: text.as_bytes() };
        parse(&source, &Vocabulary::default()).into_postmortem().actions
    }

    #[test]
    fn an_item_is_found_again_by_its_label_and_else_by_its_text() {
        let seen = items("- Alert on the disk\n- Press the red button\n").remove(1);
        let moved = items("- Order more disks\n- Alert on the disk\n- Press the red button\n");
        assert_eq!(locate(&moved, &seen), Some((2, false)));
        let owned = items("- Alert on the disk\n- Press the red button — @bo\n");
        assert_eq!(locate(&owned, &seen), Some((1, true)));
        let numbered = items("1. Alert on the disk\n2. Press the red button\n").remove(1);
        let other = items("1. Alert on the disk\n2. Pull the lever in the hall\n");
        assert_eq!(locate(&other, &numbered), Some((1, true)));
        assert_eq!(locate(&other[..1], &numbered), None);
    }

    #[test]
    fn the_newer_text_is_shown() {
        let now = items("1. Pull the lever in the hall (@bo, due 2026-05-01)\n").remove(0);
        let error = super::moved("x#1", &now);
        assert_eq!(
            error.causes,
            ["it says now: Pull the lever in the hall (status open, owner @bo, due 2026-05-01)"]
        );
    }
}

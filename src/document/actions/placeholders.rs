//! What an unfilled template leaves behind is no promise.

use super::details::action_label;
use crate::document::blocks::{Block, PieceKind};
use crate::document::glance;
use crate::document::plain::Page;
use crate::document::vocabulary::Vocabulary;

/// Whether the text of an item is a template's, not an author's.
pub(super) fn is_placeholder(page: Page<'_>, block: &Block, text: &str, vocabulary: &Vocabulary) -> bool {
    let text = text.trim();
    // `<describe the action>` is HTML to markdown: no text is left.
    let has_link = || page.pieces(Page::run(block)).iter().any(|piece| piece.kind == PieceKind::LinkStart);
    if !text.chars().any(char::is_alphanumeric) {
        return !has_link() || text.is_empty() && !page.pieces(Page::run(block)).iter().any(|p| p.owned > 0);
    }
    if is_template(text) {
        return true;
    }
    // `Example: add an alert`; but `Action: …` is a label.
    let label = if glance::may_have(text, [b':']) { text.split_once([':', '：']) } else { None };
    let head = label.map_or("", |(head, _)| head);
    if vocabulary.empty_items.look_up(head).is_some() && action_label(text, vocabulary).is_none() {
        return true;
    }
    // `Action - Owner - Due date` names what is to be filled in.
    let mut parts =
        text.split([':', '|', '–', '—']).flat_map(|part| part.split(" - ")).map(str::trim).peekable();
    let is_name = |part: &str| {
        vocabulary.empty_items.look_up(part).is_some() || vocabulary.columns.look_up(part).is_some()
    };
    if text.len() <= 60 && parts.next().is_some_and(is_name) && parts.peek().is_some() && parts.all(is_name) {
        return true;
    }
    // A long text is no placeholder; folding it would be wasted.
    text.len() <= 60 && vocabulary.empty_items.look_up(text.trim_start_matches("the ")).is_some()
}

/// `{{ summary }}`, `[Action to take]`, `<what to do>`, `...`.
fn is_template(text: &str) -> bool {
    if text.contains('{') && (text.starts_with("{{") || text.contains("{{ ") && text.contains(" }}")) {
        return true;
    }
    let wrapped = |open, close| {
        text.strip_prefix(open)
            .and_then(|rest: &str| rest.strip_suffix(close))
            .is_some_and(|inner: &str| !inner.contains([open, close]) && !inner.starts_with('@'))
    };
    wrapped('[', ']') || wrapped('<', '>') || wrapped('{', '}')
}

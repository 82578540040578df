//! The text of an item: written so that it reads back, with what stood around it.

use super::context::Context;
use super::wanted::{Wanted, folded};
use super::{Way, free, row};
use crate::document::blocks;
use crate::document::edit::Edit;
use crate::document::escape::{escape_cell, escape_line};
use crate::document::plain::Page;
use crate::model::Status;

/// The ways to write another text.
pub(super) fn ways(context: &Context<'_>, text: &str) -> Vec<Way> {
    let action = context.action();
    let own = action.text.start..context.own_end().max(action.text.start);
    let raw = &context.text()[own.clone()];
    // The signs that close what is struck through stay.
    let ends = [own.start + raw.trim_end_matches('~').len(), own.end];
    let mut ways = Vec::new();
    for words in spellings(text, context.is_row()) {
        let old = &action.item.text;
        if context.is_row() && raw == old {
            ways.push(Way::new(vec![row::filled(context.text(), own.clone(), &words)]));
        }
        // The words alone, where the text has no markup in it.
        if let Some(at) = raw.find(old.as_str()).filter(|_| !old.is_empty()) {
            let place = own.start + at..own.start + at + old.len();
            ways.push(Way::new(vec![Edit { span: place, text: words.clone() }]));
        }
        // Up to the first word of the promise, what stands before it stays: a label, an owner.
        let first = old.split_whitespace().next().unwrap_or_default();
        let starts = raw.find(first).filter(|_| !first.is_empty()).into_iter().chain([0]);
        for (start, end) in starts.flat_map(|start| ends.map(|end| (own.start + start, end))) {
            for tail in tails(context) {
                let place = start.min(end)..end;
                ways.push(Way::new(vec![Edit { span: place, text: format!("{words}{tail}") }]));
            }
        }
    }
    ways
}

/// What the old text said besides the promise, in the forms that are read.
fn tails(context: &Context<'_>) -> Vec<String> {
    let item = &context.action().item;
    let label = |column| context.labels(column).into_iter().next().unwrap_or_default();
    let mut parts = Vec::new();
    if let Some(owner) = &item.owner {
        let label = label(crate::document::language::Column::Owner);
        parts.push(if owner.starts_with('@') { owner.clone() } else { format!("{label}: {owner}") });
    }
    if let Some(due) = item.due {
        parts.push(format!("{} {due}", label(crate::document::language::Column::Due)));
    }
    parts.extend(item.priority.as_ref().map(|grade| grade.written.clone()));
    let effort = free::words(context, &Wanted::Effort(item.effort));
    let effort_label = label(crate::document::language::Column::Effort);
    parts.extend(effort.map(|word| format!("{effort_label}: {word}")));
    let mut tails = vec![String::new()];
    let said = parts.join(", ");
    let state = item.state.as_deref().filter(|state| state.chars().filter(|c| c.is_alphabetic()).count() > 1);
    let own = context.reading.names.status_name(item.status);
    let state = Some(state.unwrap_or(own)).filter(|_| item.status != Status::Open);
    if !said.is_empty() {
        tails.push(format!(" ({said})"));
    }
    if let Some(state) = state {
        tails.push(format!(" ({state})"));
        tails.push(format!(" ({said}) ({state})"));
    }
    tails
}

/// A typed text as markdown: as it is, where its first sign would be taken for a list's, and with no sign left to mean
/// anything.
pub(super) fn spellings(text: &str, cell: bool) -> Vec<String> {
    let escape = if cell { escape_cell } else { escape_line };
    let whole = escape(text.trim());
    let sheltered = sheltered(&whole);
    let literal = literal(text.trim());
    std::iter::once(whole).chain(sheltered).chain([literal]).collect()
}

/// A text whose first sign, or whose number, can no longer be taken for a list's; none where it begins with a word.
pub(in crate::document::edit) fn sheltered(text: &str) -> Option<String> {
    if text.starts_with(|c: char| c.is_ascii_punctuation()) {
        return Some(format!("\\{text}"));
    }
    let (number, rest) = text.split_at(text.find(|c: char| !c.is_ascii_digit())?);
    (!number.is_empty() && rest.starts_with(['.', ')'])).then(|| format!("{number}\\{rest}"))
}

/// Every sign of markdown escaped; lines become `<br>`.
fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\n' | '\r' => out.push_str("<br>"),
            c if c.is_ascii_punctuation()
                && !matches!(
                    c,
                    '.' | ',' | ':' | ';' | '\'' | '"' | '?' | '%' | '/' | '@' | '-' | '(' | ')'
                ) =>
            {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// A typed text as it is read: without the signs of bold type, links and code.
pub(super) fn plain(text: &str) -> String {
    // Behind a word nothing is taken for a list or a heading.
    let source = format!("x {}", escape_line(text));
    let layout = blocks::read(&source, 0);
    let page = Page { text: &source, layout: &layout };
    let read = page.blocks().first().map(|block| page.block_text(block).into_owned()).unwrap_or_default();
    folded(read.strip_prefix("x ").unwrap_or(&read))
}

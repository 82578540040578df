//! Taking a mark out of an item: with the bracket, dash or label that made it one.

use super::context::Context;
use crate::document::Span;
use crate::document::edit::{Edit, line_end, line_start};

/// What parts a mark from what stands before it.
const PARTS: [&str; 10] = [" — ", " – ", " - ", ", ", "; ", " / ", " | ", " · ", ". ", "—"];

/// The ways to take out what stands at a place, the widest that is the mark alone first.
pub(super) fn ways(context: &Context<'_>, place: &Span) -> Vec<Vec<Edit>> {
    let text = context.text();
    let cut = |span: Span| vec![Edit { span, text: String::new() }];
    let mut ways = Vec::new();
    let start = line_start(text, place.start);
    let end = line_end(text, place.start);
    if start > context.own_end() {
        // A line of its own goes with the line break before it.
        let before = text[..start].trim_end_matches(['\n', '\r']).len();
        let before = if text[before..start].matches('\n').count() > 1 { start } else { before };
        ways.push(cut(before.min(start)..end));
    }
    if let Some(bracket) = bracket(text, place, start, end) {
        ways.extend(part(text, place, &bracket).map(cut));
        let before = bracket.start - blanks_before(text, bracket.start);
        ways.push(cut(before..bracket.end));
    }
    let from = context.action().text.start.min(place.start);
    let lead = &text[from..place.start];
    let signs =
        |at: usize| at + text[at..end].len() - text[at..end].trim_start_matches(['*', '_', '~']).len();
    let mut parts: Vec<usize> = PARTS.iter().filter_map(|part| lead.rfind(part)).collect();
    parts.sort_unstable_by(|a, b| b.cmp(a));
    let begin = |at: usize| from + at - blanks_before(text, from + at);
    ways.extend(parts.iter().map(|at| cut(begin(*at)..signs(place.end))));
    // In front of the text, with what joins it to the rest.
    let behind = &text[place.end..end];
    let joints = behind.len() - behind.trim_start_matches([']', ')', ':', '-', '–', '—', ' ', '*']).len();
    ways.push(cut(from..place.end + joints));
    ways.push(cut(place.start - blanks_before(text, place.start)..place.end));
    ways
}

fn blanks_before(text: &str, at: usize) -> usize {
    text[..at].len() - text[..at].trim_end_matches(' ').len()
}

/// The bracket around a place, on its line.
fn bracket(text: &str, place: &Span, start: usize, end: usize) -> Option<Span> {
    let pairs = [('(', ')'), ('[', ']'), ('（', '）')];
    pairs.into_iter().find_map(|(open, close)| {
        let before = text[start..place.start].rfind(open).map(|at| start + at)?;
        if text[before + open.len_utf8()..place.start].contains(close) {
            return None;
        }
        let after = text[place.end..end].find(close).map(|at| place.end + at + close.len_utf8())?;
        Some(before..after)
    })
}

/// The part of a bracket that a place is in, where others stand beside it.
fn part(text: &str, place: &Span, bracket: &Span) -> Option<Span> {
    let open = bracket.start + text[bracket.start..].chars().next()?.len_utf8();
    let close = bracket.end - text[..bracket.end].chars().next_back()?.len_utf8();
    let before = text[open..place.start].rfind([',', ';']).map(|at| open + at);
    let after = text[place.end..close].find([',', ';']).map(|at| place.end + at);
    match (before, after) {
        (Some(before), after) => Some(before..after.unwrap_or(close)),
        (None, Some(after)) => {
            let rest = &text[after + 1..close];
            Some(open..after + 1 + rest.len() - rest.trim_start().len())
        }
        (None, None) => None,
    }
}

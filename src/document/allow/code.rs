//! Where code stands in a text that is told by its lines alone: fenced, between backticks, indented.

use super::line_start;
use crate::document::Span;

/// How far in a line stands that begins an item of a list.
pub(super) fn item_indent(line: &str) -> Option<usize> {
    let words = line.trim_start();
    let mark = words.split_whitespace().next()?;
    let is_number = || {
        let digits = mark.trim_end_matches(['.', ')']);
        digits.len() < mark.len() && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_item = matches!(mark, "-" | "*" | "+") || is_number();
    is_item.then_some(line.len() - words.len())
}

/// Where fenced code stands, with its fences.
pub(super) fn fences(text: &str) -> Vec<Span> {
    let mut fences: Vec<Span> = Vec::new();
    let mut open: Option<(usize, char, usize)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim_start_matches(|c: char| c.is_whitespace() || c == '>').trim_end();
        let sign = words.chars().next().filter(|sign| matches!(sign, '`' | '~'));
        let length = sign.map_or(0, |sign| words.len() - words.trim_start_matches(sign).len());
        match (open, sign) {
            (None, Some(sign)) if length >= 3 && !words[length..].contains('`') => {
                open = Some((at, sign, length));
            }
            (Some((start, mark, least)), Some(sign))
                if sign == mark && length >= least && length == words.len() =>
            {
                fences.push(start..at + line.trim_end().len());
                open = None;
            }
            _ => {}
        }
        at += line.len();
    }
    fences.extend(open.map(|(start, ..)| start..text.len()));
    fences
}

/// Whether a place stands between backticks of its line.
pub(super) fn is_code(text: &str, at: usize) -> bool {
    let first = line_start(text, at);
    text[first..at].matches('`').count() % 2 == 1 || is_indented_code(text, first, at)
}

/// Whether a line is code by its indent: four blanks below an empty line, and in no list.
fn is_indented_code(text: &str, first: usize, at: usize) -> bool {
    let indent = &text[first..at];
    if !indent.chars().all(char::is_whitespace) || indent.replace('\t', "    ").len() < 4 {
        return false;
    }
    let mut lines = text[..first].lines().rev();
    let is_far = |line: &&str| line.starts_with("    ") || line.starts_with('\t');
    let mut is_apart = false;
    let above = lines.find(|line| {
        is_apart |= line.trim().is_empty();
        !line.trim().is_empty() && !is_far(line)
    });
    is_apart && above.is_none_or(|line| item_indent(line).is_none() && !line.starts_with(' '))
}

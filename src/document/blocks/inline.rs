//! Inline text of the plain kinds: words, `code`, **bold** and links, in one pass over the bytes; anything else is
//! refused. What is taken is taken by the rules of CommonMark 0.31, which leave no choice in these cases.

use super::PieceKind;
use super::builder::Builder;
use crate::document::glance;

/// Whether a byte may be more than text: markup, a line's end, or what has a meaning only in cells.
const fn is_sign(byte: u8) -> bool {
    // `[`, `\`, `]`, `_` and the backtick stand side by side, but for `^`; so do `|` and `~`, but for `}`.
    let is_bracket = (byte.wrapping_sub(b'[') <= b'`' - b'[') & (byte != b'^');
    let is_mark = (byte == b'*') | (byte == b'<') | (byte == b'&') | (byte == b'|') | (byte == b'~');
    (byte < b' ') | is_bracket | is_mark
}

/// The same to look up: of many bytes at a time it is reckoned, of one it is known.
const SIGNS: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = is_sign(byte as u8);
        byte += 1;
    }
    table
};

/// Where inline text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Within {
    /// It ends with its line.
    Line,
    /// It ends with its cell of a table.
    Cell,
}

/// Reads from `at`, which is no blank, to the end of the line or cell, and says where that is; `None` where there is
/// anything that only a whole parser can judge.
pub(super) fn read(text: &str, at: usize, within: Within, builder: &mut Builder) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut run = at;
    let mut sign = next_sign(bytes, at);
    loop {
        let after = match bytes.get(sign) {
            None if within == Within::Line => break,
            Some(b'\n') if within == Within::Line => break,
            Some(b'|') if within == Within::Cell => break,
            Some(b'*') => {
                words(run..sign, builder);
                strong(text, sign, builder)?
            }
            Some(b'`') => {
                words(run..sign, builder);
                code(bytes, sign, within, builder)?
            }
            Some(b'[') if sign == at || bytes[sign - 1] != b'!' => {
                words(run..sign, builder);
                link(text, sign, builder)?
            }
            _ => return None,
        };
        run = after;
        sign = next_sign(bytes, after);
    }
    let blanks = bytes[run..sign].iter().rev().take_while(|byte| **byte == b' ').count();
    words(run..sign - blanks, builder);
    Some(sign)
}

fn words(span: super::Span, builder: &mut Builder) {
    if !span.is_empty() {
        builder.piece(PieceKind::Text, span, 0);
    }
}

/// The next byte that may be more than text, or the end.
fn next_sign(bytes: &[u8], from: usize) -> usize {
    let mut at = glance::position(bytes, from, is_sign, &SIGNS);
    while at < bytes.len() && is_word(bytes, at) {
        at = glance::position(bytes, at + 1, is_sign, &SIGNS);
    }
    at
}

/// Whether a sign is only text: `snake_case`, `this & that`.
fn is_word(bytes: &[u8], at: usize) -> bool {
    let is_alphanumeric = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    match bytes[at] {
        b'_' => at > 0 && is_alphanumeric(bytes.get(at - 1)) && is_alphanumeric(bytes.get(at + 1)),
        b'&' => bytes.get(at + 1) == Some(&b' '),
        _ => false,
    }
}

/// `**words**` that nothing else can be; where it ends.
fn strong(text: &str, at: usize, builder: &mut Builder) -> Option<usize> {
    let bytes = text.as_bytes();
    let inside = at + 2;
    let close = next_sign(bytes, inside);
    let opens = text.get(at..)?.strip_prefix("**")?.starts_with(char::is_alphanumeric);
    let end = close + 2;
    let is_alone = bytes.get(close..end)? == b"**" && bytes.get(end) != Some(&b'*');
    if !opens || !is_alone || (at > 0 && bytes[at - 1] == b'*') {
        return None;
    }
    // A closing run behind punctuation needs a blank, or punctuation, after it.
    let last = text.get(inside..close)?.chars().next_back()?;
    let closes = last.is_alphanumeric()
        || last.is_ascii_punctuation() && bytes.get(end).is_none_or(|next| *next == b' ' || *next == b'\n');
    if !closes {
        return None;
    }
    builder.piece(PieceKind::StrongStart, at..end, 0);
    builder.piece(PieceKind::Text, inside..close, 0);
    builder.piece(PieceKind::StrongEnd, end..end, 0);
    Some(end)
}

/// `` `code` `` between single backticks, without blanks at its ends; where it ends.
fn code(bytes: &[u8], at: usize, within: Within, builder: &mut Builder) -> Option<usize> {
    let inside = at + 1;
    let ends = |byte: &u8| matches!(byte, b'`' | b'\n' | b'|' | b'\\');
    let mut close = inside + bytes[inside..].iter().position(ends)?;
    while within == Within::Line && matches!(bytes[close], b'|' | b'\\') {
        close += 1 + bytes[close + 1..].iter().position(ends)?;
    }
    let content = &bytes[inside..close];
    let is_plain = bytes[close] == b'`' && bytes.get(close + 1) != Some(&b'`');
    let has_blanks = content.first().is_none_or(|byte| *byte == b' ') || content.last() == Some(&b' ');
    if !is_plain || has_blanks {
        return None;
    }
    builder.piece(PieceKind::Code, inside..close, 0);
    Some(close + 1)
}

/// `[words](target)`; where it ends.
fn link(text: &str, at: usize, builder: &mut Builder) -> Option<usize> {
    let bytes = text.as_bytes();
    let inside = at + 1;
    let close = next_sign(bytes, inside);
    let words = text.get(inside..close)?;
    if !words.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '#' | '@')) || words.ends_with(' ') {
        return None;
    }
    let target = text.get(close..)?.strip_prefix("](")?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._:/?#%+=,@$;".contains(c);
    let length = target.find(|c| !is_plain(c))?;
    let end = close + 2 + length + 1;
    if length == 0 || bytes[end - 1] != b')' {
        return None;
    }
    let owned = builder.own(&target[..length]);
    builder.piece(PieceKind::LinkStart, at..end, owned);
    builder.piece(PieceKind::Text, inside..close, 0);
    builder.piece(PieceKind::LinkEnd, end..end, 0);
    Some(end)
}

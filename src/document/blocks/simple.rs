//! The plain shapes that most of a document is made of — headings, paragraphs, flat lists, tables, code between fences,
//! comments — at a third of what a parser for all of markdown costs. What is taken here is read exactly as that parser
//! reads it, which a property holds both to; a place with anything else in it is left to it.

use memchr::memchr2;

use super::builder::Builder;
use super::inline::{self, Within};
use super::lists::{Marker, list, marker};
use super::tables::table;
use super::{BlockKind, PieceKind};

/// Whether parts of a text can be read by themselves: a link's definition counts everywhere, and line ends with a
/// carriage return are left to the whole parser.
pub(super) fn may_be_split(text: &str) -> bool {
    memchr2(b'\r', b']', text.as_bytes()).is_none() || !text.contains('\r') && !text.contains("]:")
}

/// Reads simple blocks of the outermost level, which `at` is at the start of, as long as there are some; where the
/// first other one begins.
pub(super) fn read(text: &str, mut at: usize, builder: &mut Builder) -> usize {
    let bytes = text.as_bytes();
    loop {
        while bytes.get(at) == Some(&b'\n') {
            at += 1;
        }
        let mark = builder.mark();
        match block(text, at, builder) {
            Some(end) => at = end,
            None => {
                builder.back_to(&mark);
                return at;
            }
        }
    }
}

/// The end of the part from `at` on that is left to the whole parser: where, behind an empty line, a line begins that can
/// only be outside of whatever was before it.
pub(super) fn resume(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let mut behind_empty = false;
    let mut line = at;
    while line < bytes.len() {
        if behind_empty && begins_anew(bytes, line) {
            return line;
        }
        let blanks = bytes[line..].iter().take_while(|byte| **byte == b' ').count();
        let written = &bytes[line + blanks..];
        let next = next_line(bytes, line);
        // Code between fences and some HTML go on over empty lines; where an item without text ends depends on more.
        let goes_on =
            written.starts_with(b"```") || written.starts_with(b"~~~") || written.first() == Some(&b'<');
        behind_empty = written.first().is_none_or(|byte| *byte == b'\n');
        if goes_on || !behind_empty && has_only_markers(&bytes[line..next]) {
            return bytes.len();
        }
        line = next;
    }
    bytes.len()
}

pub(super) fn begins_anew(bytes: &[u8], line: usize) -> bool {
    matches!(bytes.get(line), Some(b'#' | b'|'))
        || begins_text(bytes, line)
        || bytes[line..].starts_with(b"```")
}

/// Whether a line has nothing but what items and quotes begin with.
fn has_only_markers(line: &[u8]) -> bool {
    let mut words = line.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    words.all(|word| match word {
        [b'-' | b'*' | b'+' | b'>' | b'[' | b']'] | b"[x]" | b"[X]" => true,
        [digits @ .., b'.' | b')'] => digits.iter().all(u8::is_ascii_digit),
        _ => false,
    })
}

/// The start of the line after the one that holds `at`.
pub(super) fn next_line(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |newline| at + newline + 1)
}

/// One block, or a list or table; where it ends.
fn block(text: &str, at: usize, builder: &mut Builder) -> Option<usize> {
    let bytes = text.as_bytes();
    match bytes.get(at)? {
        b'#' => heading(text, at, builder),
        b'|' => table(text, at, builder),
        b'<' => comment(text, at, builder),
        b'`' if bytes[at..].starts_with(b"```") => fence(text, at, builder),
        _ => match marker(bytes, at) {
            Some(marker) => list(text, at, marker, builder),
            None => paragraph(text, at, builder),
        },
    }
}

fn heading(text: &str, at: usize, builder: &mut Builder) -> Option<usize> {
    let bytes = text.as_bytes();
    let level = heading_level(bytes, at)?;
    builder.block(BlockKind::Heading(level), at..at);
    let end = inline::read(text, at + usize::from(level) + 1, Within::Line, builder)?;
    let closing = text[at..end].trim_end_matches(' ').ends_with('#');
    if closing {
        return None;
    }
    let end = (end + 1).min(bytes.len());
    builder.close_over(at..end);
    Some(end)
}

/// The level of a heading with one blank and then text.
fn heading_level(bytes: &[u8], at: usize) -> Option<u8> {
    let marks = bytes[at..].iter().take(7).take_while(|byte| **byte == b'#').count();
    let is_heading = (1..=6).contains(&marks)
        && bytes.get(at + marks) == Some(&b' ')
        && !matches!(bytes.get(at + marks + 1), None | Some(b' ' | b'\n'));
    u8::try_from(marks).ok().filter(|_| is_heading)
}

/// Whether a line begins with what can only be text: no mark of a block, and no blank.
pub(super) fn begins_text(bytes: &[u8], at: usize) -> bool {
    match bytes.get(at) {
        Some(b'0'..=b'9') => {
            let digits = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            !matches!(bytes.get(at + digits), Some(b'.' | b')'))
        }
        Some(b'*') => {
            bytes.get(at + 1) == Some(&b'*') && bytes.get(at + 2).is_some_and(u8::is_ascii_alphanumeric)
        }
        Some(b'`') => bytes.get(at + 1).is_some_and(|byte| *byte != b'`'),
        Some(byte) => byte.is_ascii_alphabetic() || *byte >= 0x80 || b"@(\"'/$%[".contains(byte),
        None => false,
    }
}

fn paragraph(text: &str, at: usize, builder: &mut Builder) -> Option<usize> {
    let bytes = text.as_bytes();
    builder.block(BlockKind::Paragraph, at..at);
    let mut line = at;
    let end = loop {
        let newline = text_line(text, line, builder)?;
        line = newline + 1;
        match bytes.get(line) {
            None => break line.min(bytes.len()),
            Some(b'\n') => break line,
            // Headings and most items need no empty line before them.
            Some(b'#') if heading_level(bytes, line).is_some() => break line,
            Some(_) if marker(bytes, line).is_some_and(Marker::interrupts) => break line,
            Some(_) => line_break(bytes, newline, builder),
        }
    };
    builder.close_over(at..end);
    Some(end)
}

/// The text of a line that begins with text; where its newline is.
pub(super) fn text_line(text: &str, line: usize, builder: &mut Builder) -> Option<usize> {
    if begins_text(text.as_bytes(), line) { inline::read(text, line, Within::Line, builder) } else { None }
}

/// A line break inside a paragraph: two blanks make it show.
pub(super) fn line_break(bytes: &[u8], newline: usize, builder: &mut Builder) {
    let blanks = bytes[..newline].iter().rev().take_while(|byte| **byte == b' ').count();
    if blanks >= 2 {
        builder.piece(PieceKind::Hard, newline - blanks..newline + 1, 0);
    } else {
        builder.piece(PieceKind::Break, newline..newline + 1, 0);
    }
}

/// Code between fences of three backticks at the margin.
fn fence(text: &str, at: usize, builder: &mut Builder) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut line = next_line(bytes, at);
    if bytes[at + 3..line].contains(&b'`') {
        return None;
    }
    while line < bytes.len() {
        let next = next_line(bytes, line);
        let written = bytes[line..next].trim_ascii();
        if written.starts_with(b"```") {
            // Only a fence like the first at the margin ends it for sure.
            let is_plain = written.len() == 3 && bytes[line] == b'`';
            let end = line + 3;
            if !is_plain || !matches!(bytes.get(end), None | Some(b'\n')) {
                return None;
            }
            builder.block(BlockKind::Code, at..end);
            builder.close();
            return Some(next);
        }
        line = next;
    }
    None
}

/// A comment from the margin on to the end of a line.
fn comment(text: &str, at: usize, builder: &mut Builder) -> Option<usize> {
    // `<!-->` is a whole comment.
    let inside = text[at..].strip_prefix("<!--").filter(|inside| !inside.starts_with(['>', '-']))?;
    let close = at + 4 + inside.find("-->")? + 3;
    let bytes = text.as_bytes();
    if !matches!(bytes.get(close), None | Some(b'\n')) {
        return None;
    }
    let end = (close + 1).min(bytes.len());
    builder.block(BlockKind::Html, at..end);
    builder.close();
    Some(end)
}

//! The plain shapes that most of a document is made of — headings, paragraphs, flat lists, tables, code between fences,
//! comments — at a third of what a parser for all of markdown costs. What is taken here is read exactly as that parser
//! reads it, which a property holds both to; a place with anything else in it is left to it.

use super::builder::Builder;
use super::inline::{self, Within};
use super::{BlockKind, PieceKind, trimmed};
use crate::document::glance;

/// Whether parts of a text can be read by themselves: a link's definition counts everywhere, and line ends with a
/// carriage return are left to the whole parser.
pub(super) fn may_be_split(text: &str) -> bool {
    !glance::has(text, [b'\r', b']']) || !text.contains('\r') && !text.contains("]:")
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

fn begins_anew(bytes: &[u8], line: usize) -> bool {
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
fn next_line(bytes: &[u8], at: usize) -> usize {
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
fn begins_text(bytes: &[u8], at: usize) -> bool {
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
            Some(_) if marker(bytes, line).is_some_and(|marker| marker.interrupts()) => break line,
            Some(_) => line_break(bytes, newline, builder),
        }
    };
    builder.close_over(at..end);
    Some(end)
}

/// The text of a line that begins with text; where its newline is.
fn text_line(text: &str, line: usize, builder: &mut Builder) -> Option<usize> {
    if begins_text(text.as_bytes(), line) { inline::read(text, line, Within::Line, builder) } else { None }
}

/// A line break inside a paragraph: two blanks make it show.
fn line_break(bytes: &[u8], newline: usize, builder: &mut Builder) {
    let blanks = bytes[..newline].iter().rev().take_while(|byte| **byte == b' ').count();
    if blanks >= 2 {
        builder.piece(PieceKind::Hard, newline - blanks..newline + 1, 0);
    } else {
        builder.piece(PieceKind::Break, newline..newline + 1, 0);
    }
}

/// What an item begins with.
#[derive(Debug, Clone, Copy)]
struct Marker {
    /// The sign of a bullet, or what stands behind the number.
    sign: u8,
    number: Option<u64>,
    /// Bytes up to the item's text, of which one is a blank.
    width: usize,
}

impl Marker {
    fn continues(self, other: Self) -> bool {
        self.sign == other.sign && self.number.is_some() == other.number.is_some()
    }

    /// Whether an item with it ends a paragraph; a number has to be 1 for that.
    fn interrupts(self) -> bool {
        self.number.is_none_or(|number| number == 1)
    }
}

/// The marker at the start of a line whose item begins with text.
fn marker(bytes: &[u8], at: usize) -> Option<Marker> {
    let digits = bytes[at..].iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
    let sign = *bytes.get(at + digits)?;
    let number = match (digits, sign) {
        (0, b'-' | b'*' | b'+') => None,
        (1..=9, b'.' | b')') => {
            Some(bytes[at..at + digits].iter().fold(0, |number, digit| number * 10 + u64::from(digit - b'0')))
        }
        _ => return None,
    };
    let width = digits + 2;
    let content = at + width;
    let has_text = begins_text(bytes, content) || task(bytes, content).is_some();
    (bytes.get(content - 1) == Some(&b' ') && has_text).then_some(Marker { sign, number, width })
}

/// Whether the box at the start of an item is ticked.
fn task(bytes: &[u8], at: usize) -> Option<bool> {
    let ticked = match bytes.get(at..at + 4)? {
        b"[ ] " => false,
        b"[x] " | b"[X] " => true,
        _ => return None,
    };
    begins_text(bytes, at + 4).then_some(ticked)
}

/// A list of items of one paragraph each, without empty lines between them.
fn list(text: &str, at: usize, first: Marker, builder: &mut Builder) -> Option<usize> {
    let bytes = text.as_bytes();
    builder.lists.push(first.number);
    let mut line = at;
    let mut next = Some(first);
    while let Some(marker) = next {
        let end = item(text, line, marker, builder)?;
        line = end;
        next = self::marker(bytes, end).filter(|next| next.continues(first));
    }
    let end = line + bytes[line..].iter().take_while(|byte| **byte == b'\n').count();
    // An item may go on behind an empty line, and a line that is none of its own may still be the item's.
    let is_other =
        || begins_outside(bytes, end) || self::marker(bytes, end).is_some_and(|next| !next.continues(first));
    let is_over = end == bytes.len() || end > line && is_other();
    if !is_over {
        return None;
    }
    builder.close_at(end);
    builder.lists.pop();
    Some(end)
}

/// Whether a line behind an empty one is surely outside of any list.
fn begins_outside(bytes: &[u8], line: usize) -> bool {
    begins_anew(bytes, line) || bytes[line..].starts_with(b"<!--")
}

/// An item, its number or bullet included, which stays open; where its last line ends.
fn item(text: &str, at: usize, marker: Marker, builder: &mut Builder) -> Option<usize> {
    let bytes = text.as_bytes();
    builder.close_at(at);
    builder.item(at..at);
    let mut line = at + marker.width;
    if let Some(ticked) = task(bytes, line) {
        let open = builder.open?;
        builder.out.blocks[open].task = Some(ticked);
        line += 4;
    }
    loop {
        let newline = text_line(text, line, builder)?;
        let next = (newline + 1).min(bytes.len());
        let blanks = bytes[next..].iter().take_while(|byte| **byte == b' ').count();
        match bytes.get(next) {
            None | Some(b'\n') => return Some(next),
            Some(_) if blanks == 0 && self::marker(bytes, next).is_some() => return Some(next),
            // Further lines stand below the text, or at the margin.
            Some(_) if blanks == 0 || blanks == marker.width => line_break(bytes, newline, builder),
            Some(_) => return None,
        }
        line = next + blanks;
    }
}

/// A table with outer pipes, every row with as many cells as the first.
fn table(text: &str, at: usize, builder: &mut Builder) -> Option<usize> {
    let bytes = text.as_bytes();
    builder.block(BlockKind::Row { head: true }, at..at);
    let (columns, rule) = row(text, at, true, builder)?;
    if rule_columns(bytes, rule)? != columns {
        return None;
    }
    let mut line = next_line(bytes, rule);
    while bytes.get(line) == Some(&b'|') {
        builder.block(BlockKind::Row { head: false }, line..line);
        let (cells, next) = row(text, line, false, builder)?;
        if cells != columns {
            return None;
        }
        line = next;
    }
    matches!(bytes.get(line), None | Some(b'\n')).then_some(line)
}

/// The cells of a row whose block was just begun: how many, and where the next line is.
fn row(text: &str, at: usize, head: bool, builder: &mut Builder) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let row = builder.open?;
    let mut cells = 0;
    let mut pipe = at;
    loop {
        let inside = pipe + 1;
        let start = inside + bytes[inside..].iter().take_while(|byte| **byte == b' ').count();
        builder.block(BlockKind::Cell { head }, start..start);
        pipe = inline::read(text, start, Within::Cell, builder)?;
        cells += 1;
        builder.close_over(trimmed(text, inside..pipe));
        if matches!(bytes.get(pipe + 1), None | Some(b'\n')) {
            let next = (pipe + 2).min(bytes.len());
            builder.out.blocks[row].span.end = next;
            return Some((cells, next));
        }
    }
}

/// How many columns the line below a table's head rules.
fn rule_columns(bytes: &[u8], at: usize) -> Option<usize> {
    let line = &bytes[at..next_line(bytes, at)];
    let cells = line.strip_suffix(b"\n").unwrap_or(line).strip_prefix(b"|")?.strip_suffix(b"|")?;
    let is_rule = |cell: &[u8]| {
        let cell = cell.trim_ascii();
        let cell = cell.strip_prefix(b":").unwrap_or(cell);
        let cell = cell.strip_suffix(b":").unwrap_or(cell);
        !cell.is_empty() && cell.iter().all(|byte| *byte == b'-')
    };
    cells.split(|byte| *byte == b'|').all(is_rule).then(|| cells.split(|byte| *byte == b'|').count())
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

//! Flat lists: items of one paragraph each, without empty lines between them.

use super::builder::Builder;
use super::simple::{begins_anew, begins_text, line_break, text_line};

/// What an item begins with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marker {
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
    pub(super) fn interrupts(self) -> bool {
        self.number.is_none_or(|number| number == 1)
    }
}

/// The marker at the start of a line whose item begins with text.
pub(super) fn marker(bytes: &[u8], at: usize) -> Option<Marker> {
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
pub(super) fn list(text: &str, at: usize, first: Marker, builder: &mut Builder) -> Option<usize> {
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

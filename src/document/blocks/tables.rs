//! Tables with outer pipes, every row with as many cells as the first.

use super::builder::Builder;
use super::inline::{self, Within};
use super::simple::next_line;
use super::{BlockKind, trimmed};

/// A table with outer pipes, every row with as many cells as the first.
pub(super) fn table(text: &str, at: usize, builder: &mut Builder) -> Option<usize> {
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

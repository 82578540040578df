//! Marks of what was generated, by which it is told from what somebody wrote.

use std::hash::Hasher as _;

use crate::document::{Fnv, is_not_recorded};

/// Letters of a mark: no digit, so that nothing takes it for a number.
const LETTERS: u32 = 10;

/// Who gave a field its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The tool, from what was gathered and the document.
    Tool,
    /// Somebody by hand.
    Hand,
    /// Nobody.
    Nobody,
}

/// Who gave a value, by the marks beside it.
pub(super) fn by(value: &str, marks: &[String]) -> By {
    match value.lines().next() {
        _ if marks.contains(&mark(value)) => By::Tool,
        first
            if is_not_recorded(value)
                || is_not_recorded(first.unwrap_or_default()) && value.lines().count() < 2 =>
        {
            By::Nobody
        }
        _ => By::Hand,
    }
}

/// A mark of a value: a hash of its lines in letters.
pub(super) fn mark(value: &str) -> String {
    let mut hash = Fnv::default();
    for line in value.trim().lines() {
        hash.write(line.trim_end().as_bytes());
        hash.write(b"\n");
    }
    let hash = hash.finish();
    (0..LETTERS).map(|at| char::from(b'a' + ((hash >> (4 * at)) & 0xf) as u8)).collect()
}

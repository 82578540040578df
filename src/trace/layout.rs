//! Changes that only set code anew: where each line stood before them, so that its origin is asked of there.

use super::{Code, Hunk};

/// A line of a text that was only laid out anew, and a line of the text before that holds some of its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Former {
    /// The line, from 0.
    pub line: usize,
    /// The line before, from 0.
    pub before: usize,
}

/// Of some lines of a new text those that the change did not write but only lay out: wrapped, joined, commented. A file or a
/// place in it counts as laid out anew where its code, taken without blanks and comments, is the same as before.
#[must_use]
pub fn formerly(old: &Code, new: &Code, hunks: &[Hunk], lines: &[usize]) -> Vec<Former> {
    let (all_old, all_new) = (0..old.len(), 0..new.len());
    if old.run(all_old.clone()) == new.run(all_new.clone()) {
        return pair(old, new, &Hunk { old: all_old, new: all_new }, lines);
    }
    let same = hunks.iter().filter(|hunk| old.run(hunk.old.clone()) == new.run(hunk.new.clone()));
    same.flat_map(|hunk| pair(old, new, hunk, lines)).collect()
}

/// Pairs lines by how much code stands before them.
fn pair(old: &Code, new: &Code, hunk: &Hunk, lines: &[usize]) -> Vec<Former> {
    let (before, after) = (spans(old, hunk.old.clone()), spans(new, hunk.new.clone()));
    let mut pairs = Vec::new();
    for (line, start, end) in after.into_iter().filter(|(line, ..)| lines.contains(line)) {
        let meets = before.iter().filter(|(_, from, to)| *from < end && *to > start);
        pairs.extend(meets.map(|(before, ..)| Former { line, before: *before }));
    }
    pairs
}

/// Each line with code: where in the run of signs it begins and ends. Commas come and go with the layout.
fn spans(code: &Code, lines: std::ops::Range<usize>) -> Vec<(usize, usize, usize)> {
    let mut at = 0;
    let mut spans = Vec::new();
    for line in lines {
        let length = code.line(line).chars().filter(|c| *c != ',').count();
        if length > 0 {
            spans.push((line, at, at + length));
        }
        at += length;
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrapped_call_is_found_where_it_stood_in_one_line() {
        let old = Code::read("a.rs", "fn f() {\n    call(first, second);\n}\n");
        let new = Code::read("a.rs", "fn f()\n{\n    call(\n        first,\n        second,\n    );\n}\n");
        let pairs = formerly(&old, &new, &[], &[3, 4]);
        assert_eq!(pairs, [Former { line: 3, before: 1 }, Former { line: 4, before: 1 }]);
        let joined = formerly(&new, &old, &[], &[1]);
        assert_eq!(joined.iter().map(|pair| pair.before).collect::<Vec<_>>(), [2, 3, 4, 5]);
    }

    #[test]
    fn a_place_that_says_something_else_is_no_layout() {
        let old = Code::read("a.c", "a = 1;\nb(x, y);\n");
        let new = Code::read("a.c", "a = 2;\nb(x,\n  y);\n");
        let hunks = [Hunk { old: 0..1, new: 0..1 }, Hunk { old: 1..2, new: 1..3 }];
        assert_eq!(formerly(&old, &new, &hunks, &[0, 2]), [Former { line: 2, before: 1 }]);
        let whole = [Hunk { old: 0..2, new: 0..3 }];
        assert!(formerly(&old, &new, &whole, &[0, 2]).is_empty());
    }
}

//! Two texts line by line, as `diff -u` shows them.

use std::fmt::Write as _;

use super::clean_lines;
use crate::document::merge::common_lines;

/// Lines shown around what differs.
const AROUND: usize = 2;

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line<'t> {
    Same(&'t str),
    Gone(&'t str),
    New(&'t str),
}

/// The difference of two texts of a file; empty where there is none.
#[must_use]
pub fn difference(name: &str, before: &str, after: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) =
        (before.split_inclusive('\n').collect(), after.split_inclusive('\n').collect());
    let mut lines: Vec<Line<'_>> = Vec::new();
    let (mut at, mut to) = (0, 0);
    for (x, y) in common_lines(&old, &new).into_iter().chain([(old.len(), new.len())]) {
        lines.extend(old[at..x].iter().map(|line| Line::Gone(line)));
        lines.extend(new[to..y].iter().map(|line| Line::New(line)));
        lines.extend(old.get(x).map(|line| Line::Same(line)));
        (at, to) = (x + 1, y + 1);
    }
    let differs = |line: &Line<'_>| !matches!(line, Line::Same(_));
    if !lines.iter().any(differs) {
        return String::new();
    }
    let is_near =
        |at: usize| lines[at.saturating_sub(AROUND)..(at + AROUND + 1).min(lines.len())].iter().any(differs);
    let name = super::clean(name);
    let mut out = format!("--- {name}\n+++ {name}\n");
    let (mut old, mut new, mut is_open) = (1, 1, false);
    for (at, line) in lines.iter().enumerate() {
        let near = is_near(at);
        if near && !is_open {
            let length = (at..lines.len()).take_while(|at| is_near(*at)).count();
            let hunk = &lines[at..at + length];
            let of = |kept: fn(&Line<'_>) -> bool| hunk.iter().filter(|line| kept(line)).count();
            let (gone, come) =
                (of(|line| !matches!(line, Line::New(_))), of(|line| !matches!(line, Line::Gone(_))));
            let _ = writeln!(out, "@@ -{old},{gone} +{new},{come} @@");
        }
        is_open = near;
        let (sign, text) = match line {
            Line::Same(text) => (' ', text),
            Line::Gone(text) => ('-', text),
            Line::New(text) => ('+', text),
        };
        old += usize::from(sign != '+');
        new += usize::from(sign != '-');
        if near {
            let _ = writeln!(out, "{sign}{}", clean_lines(text.trim_end_matches(['\n', '\r'])));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_shown_with_what_stands_around_it() {
        let before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
        insta::assert_snapshot!(difference("x.md", before, "1\n2\n3\n4\nfive\n6\n7\n8\n9\n10\n"), @r"
        --- x.md
        +++ x.md
        @@ -3,7 +3,8 @@
         3
         4
        -5
        +five
         6
         7
         8
         9
        +10
        ");
        assert_eq!(difference("x.md", before, before), "");
        insta::assert_snapshot!(difference("x.md", "a\n", "a\nb"), @r"
        --- x.md
        +++ x.md
        @@ -1,1 +1,2 @@
         a
        +b
        ");
    }
}

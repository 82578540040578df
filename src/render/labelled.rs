//! Lines with a word in front: what a command did and what comes next.

use super::wrap::width;

/// Sets labels in a column and texts beside them; an empty label goes on with the one above.
///
/// `[("draft", "2026-…"), ("next", "git …"), ("", "git …")]`
#[must_use]
pub fn labelled(lines: &[(&str, String)]) -> String {
    let column = lines.iter().map(|(label, _)| width(label)).max().unwrap_or(0) + 2;
    let mut text = String::new();
    for (label, line) in lines {
        let blanks = " ".repeat(column - width(label));
        for (at, part) in line.lines().enumerate() {
            let lead = if at == 0 { format!("{label}{blanks}") } else { " ".repeat(column) };
            text.push_str(format!("{lead}{part}").trim_end());
            text.push('\n');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_stand_under_one_another() {
        let lines = [("draft", "a".to_owned()), ("next", "b\nc".to_owned()), ("", "d".to_owned())];
        assert_eq!(labelled(&lines), "draft  a\nnext   b\n       c\n       d\n");
    }
}

//! Lines with a word in front: what a command did and what comes next.

use super::wrap::{flow, width};

/// What separates a value from a remark about it.
const REMARK: &str = "   ";
/// Below so many columns nothing is gained by breaking lines.
const NARROWEST: usize = 20;

/// Sets labels in a column and texts beside them; an empty label goes on with the one above. Lines end at words
/// within so many columns, where there are any: a remark behind three blanks goes to a line of its own, and a command
/// (what begins with `git`) that goes on has a backslash at its end, so that it can still be copied.
///
/// `[("draft", "2026-…"), ("next", "git …"), ("", "git …")]`
#[must_use]
pub fn labelled(lines: &[(&str, String)], columns: Option<u16>) -> String {
    let column = lines.iter().map(|(label, _)| width(label)).max().unwrap_or(0) + 2;
    let room =
        columns.map_or(usize::MAX, |columns| usize::from(columns).saturating_sub(column).max(NARROWEST));
    let mut text = String::new();
    for (label, line) in lines {
        let blanks = " ".repeat(column - width(label));
        for (at, part) in line.lines().flat_map(|line| fitted(line, room)).enumerate() {
            let lead = if at == 0 { format!("{label}{blanks}") } else { " ".repeat(column) };
            text.push_str(format!("{lead}{part}").trim_end());
            text.push('\n');
        }
    }
    text
}

/// A line in as many as it needs.
fn fitted(line: &str, room: usize) -> Vec<String> {
    if width(line) <= room {
        return vec![line.to_owned()];
    }
    let text = line.trim_start();
    if text.len() < line.len() {
        let lead = &line[..line.len() - text.len()];
        let lines = fitted(text, room.saturating_sub(lead.len()).max(NARROWEST));
        return lines.into_iter().map(|line| format!("{lead}{line}")).collect();
    }
    let (said, remark) = match line.find(REMARK) {
        Some(at) => (&line[..at], line[at..].trim_start()),
        None => (line, ""),
    };
    let broken =
        |text: &str, room| if text.starts_with("git ") { command(text, room) } else { flow(text, room) };
    let mut lines = broken(said, room);
    if !remark.is_empty() {
        lines.extend(broken(remark, room - 2).into_iter().map(|line| format!("  {line}")));
    }
    lines
}

/// A command line broken between its words, each line but the last with a backslash behind it.
fn command(line: &str, room: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in shell_words(line) {
        let lead = if lines.len() == 1 { "" } else { "  " };
        let last = lines.last_mut().expect("it begins with one");
        if last.trim().is_empty() {
            *last = format!("{lead}{word}");
        } else if width(last) + 1 + width(word) + " \\".len() <= room {
            last.push(' ');
            last.push_str(word);
        } else {
            last.push_str(" \\");
            lines.push(format!("  {word}"));
        }
    }
    lines
}

/// The words of a command line, quotes and what is in them in one.
fn shell_words(line: &str) -> Vec<&str> {
    let (mut words, mut start, mut quote) = (Vec::new(), 0, None);
    for (at, c) in line.char_indices() {
        match (c, quote) {
            ('\'' | '"', None) => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            (' ', None) => {
                words.push(&line[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    words.push(&line[start..]);
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_stand_under_one_another() {
        let lines = [("draft", "a".to_owned()), ("next", "b\nc".to_owned()), ("", "d".to_owned())];
        assert_eq!(labelled(&lines, None), "draft  a\nnext   b\n       c\n       d\n");
    }

    #[test]
    fn long_lines_end_at_words_and_commands_stay_commands() {
        let lines = [
            (
                "draft",
                "2026-11-23-checkout-returns-5xx   (only on this machine; git postmortem sync shares it)"
                    .to_owned(),
            ),
            ("times", "02:41–03:12 local = 2026-11-23 01:41–02:12 UTC, 31 minutes".to_owned()),
            (
                "next",
                "git postmortem note \"error rate back to baseline\" --at '2026-11-22 03:12' -i a".to_owned(),
            ),
        ];
        insta::assert_snapshot!(labelled(&lines, Some(60)), @r#"
        draft  2026-11-23-checkout-returns-5xx
                 (only on this machine; git postmortem sync shares
                 it)
        times  02:41–03:12 local = 2026-11-23 01:41–02:12 UTC, 31
               minutes
        next   git postmortem note "error rate back to baseline" \
                 --at '2026-11-22 03:12' -i a
        "#);
    }

    #[test]
    fn a_path_is_never_broken() {
        let path = "docs/post-mortems/2026-11-23-checkout-returns-5xx.md";
        let drawn = labelled(&[("published", format!("{path}   commit 3f9c2e1"))], Some(40));
        assert_eq!(drawn, format!("published  {path}\n             commit 3f9c2e1\n"));
    }
}

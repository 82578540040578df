//! Words of lines: how alike two texts are, and the label that a line opens with.

use std::collections::HashMap;

use crate::document::fold::fold;

/// A text as it is compared.
pub(super) fn folded(text: &str) -> String {
    fold(text)
}

/// How much of their words two texts share: 0 to 1, and 1 for two without any.
pub(super) fn likeness(a: &str, b: &str) -> f64 {
    let (a, b) = (folded(a), folded(b));
    let mut counts: HashMap<&str, (usize, usize)> = HashMap::new();
    a.split(' ').filter(|word| !word.is_empty()).for_each(|word| counts.entry(word).or_default().0 += 1);
    b.split(' ').filter(|word| !word.is_empty()).for_each(|word| counts.entry(word).or_default().1 += 1);
    let shared: usize = counts.values().map(|(a, b)| *a.min(b)).sum();
    let all: usize = counts.values().map(|(a, b)| *a.max(b)).sum();
    if all == 0 { 1.0 } else { small(shared) / small(all) }
}

/// Lines as they are compared.
pub(super) fn views(lines: &[String]) -> Vec<&str> {
    lines.iter().map(String::as_str).collect()
}

/// A count of words as a number to divide by.
pub(super) fn small(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// The label of a line, `**Severity**: SEV-2` or `Severity: SEV-2`, and where its value begins.
pub(super) fn label(line: &str) -> Option<(&str, usize)> {
    let text = line.trim_start();
    let lead = line.len() - text.len();
    let bare = text.trim_start_matches(['*', '_']);
    let open = text.len() - bare.len();
    let colon = bare.find(':')?;
    let name = bare[..colon].trim_end_matches(['*', '_', ' ']);
    let behind = &bare[colon + 1..];
    let close = behind.len() - behind.trim_start_matches(['*', '_']).len();
    let value = &behind[if open > 0 { close } else { 0 }..];
    let is_name = name.chars().next().is_some_and(char::is_alphabetic)
        && name.split_whitespace().count() <= 5
        && !name.contains(['.', '|', '/', '<', '`', '(']);
    let is_apart = value.is_empty() || value.starts_with(char::is_whitespace);
    (is_name && is_apart).then_some((name, lead + open + colon + 1 + (behind.len() - value.len())))
}

/// Whether lines are a template that nobody filled: notes to the author, signs of lists without a text, labels without a
/// value, heads of tables without a row.
pub(super) fn is_bare(lines: &[&str]) -> bool {
    let mut is_note = false;
    let mut in_table = false;
    for (at, line) in lines.iter().map(|line| line.trim()).enumerate() {
        let opens = line.starts_with("<!--");
        if is_note || opens {
            let end = line.find("-->");
            if end.is_some_and(|end| !line[end + 3..].trim().is_empty()) {
                return false;
            }
            is_note = end.is_none();
            continue;
        }
        let is_rule = |line: &str| line.starts_with('|') && !line.contains(char::is_alphanumeric);
        if line.starts_with('|') {
            let is_head = !in_table && lines.get(at + 1).is_some_and(|next| is_rule(next.trim()));
            in_table = true;
            if !is_head && !is_rule(line) {
                return false;
            }
            continue;
        }
        in_table = false;
        let text = behind_sign(line);
        let is_label =
            |text: &str| label(text).is_some_and(|(_, at)| !text[at..].contains(char::is_alphanumeric));
        let is_empty = !text.contains(char::is_alphanumeric) || is_label(text);
        if !is_empty {
            return false;
        }
    }
    true
}

/// What an item says: the line behind its bullet, number and checkbox.
fn behind_sign(line: &str) -> &str {
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = if number.len() < line.len() { number.strip_prefix(['.', ')']) } else { None };
    let bullet = ["- ", "* ", "+ "].iter().find_map(|sign| line.strip_prefix(sign));
    let text = number.or(bullet).unwrap_or(line).trim_start();
    text.strip_prefix("[ ]").unwrap_or(text).trim_start()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_that_nobody_filled_is_told_from_an_answer() {
        let is_bare = |text: &str| super::is_bare(&text.lines().collect::<Vec<_>>());
        for text in [
            "",
            "<!-- Say what is known. -->\n\n- **Users affected**:\n- **Duration**: …\n",
            "<!-- two\nlines -->\n1.\n",
            "| # | Action |\n|---|---|\n",
            "- [ ]\n**Severity**: …\nAuthor:\n",
        ] {
            assert!(is_bare(text), "{text}");
        }
        for text in [
            "- **Data impact**: none",
            "<!-- note --> said",
            "| # | Action |\n|---|---|\n| 1 | do it |",
            "1. x",
            "- 42",
            "2026",
            "- [x] 7",
            "10:00 it broke",
            "Not recorded.",
            "> quoted",
            "| lone |",
        ] {
            assert!(!is_bare(text), "{text}");
        }
    }

    #[test]
    fn lines_with_a_label_are_told_from_sentences_and_times() {
        let found =
            |line| label(line).map(|(name, at): (&str, usize)| (name.to_owned(), line[at..].to_owned()));
        for (line, name, value) in [
            ("**Severity**: SEV-2", "Severity", " SEV-2"),
            ("**Due date:** today", "Due date", " today"),
            ("Author: @ana", "Author", " @ana"),
            ("__Date__:", "Date", ""),
        ] {
            assert_eq!(found(line), Some((name.to_owned(), value.to_owned())), "{line}");
        }
        for line in ["10:00 it broke", "no label", "see https://x.org", "It broke. Then: nothing", "| a: b |"]
        {
            assert_eq!(found(line), None, "{line}");
        }
    }

    #[test]
    fn texts_are_alike_by_their_words() {
        assert!(likeness("The migration locked the table", "the migration locked the orders table.") > 0.7);
        assert!(likeness("a b c", "x y z") < 0.1);
        assert!(likeness("", "…") > 0.9);
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

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

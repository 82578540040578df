//! Sentences of strangers as one line of plain text, and when two of them say the same.

use crate::model::is_hidden;

/// More characters than this are no sentence: the rest is cut off.
const LONGEST: usize = 1_000;

/// Sentences that differ in it alone would look the same.
const ZERO_WIDTH_BLANK: char = '\u{200b}';

/// The text in one line without control characters and hidden signs, blanks collapsed; and whether it was cut.
#[must_use]
pub fn tidy(text: &str) -> (String, bool) {
    let mut kept = String::with_capacity(text.len().min(LONGEST * 4));
    let mut count = 0;
    for c in text.chars() {
        if c.is_whitespace() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{85}') {
            if !kept.is_empty() && !kept.ends_with(' ') {
                kept.push(' ');
                count += 1;
            }
            continue;
        }
        if c.is_control() || is_hidden(c) || c == ZERO_WIDTH_BLANK {
            continue;
        }
        if count >= LONGEST {
            let end = kept.rfind(' ').filter(|at| *at > kept.len() / 2).unwrap_or(kept.len());
            kept.truncate(end);
            kept.push('…');
            return (kept, true);
        }
        kept.push(c);
        count += 1;
    }
    let end = kept.trim_end().len();
    kept.truncate(end);
    (kept, false)
}

/// Signs that reorder or hide their neighbours; the joiners of emoji and of Indic scripts stay.
/// The words of a sentence in lower case, whatever stands between them: two sentences with the same words say the same.
pub(super) fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(str::to_lowercase).collect();
    // Signs alone are a text too, in quotation marks or not.
    let signs = text.trim_matches(['“', '”', ' ']);
    if words.is_empty() && !signs.is_empty() { vec![signs.to_owned()] } else { words }
}

/// Whether two sentences say the same but for a slip of the pen: one letter in one longer word, and no number differs.
pub(super) fn nearly(a: &[String], b: &[String]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut other = a.iter().zip(b).filter(|(a, b)| a != b);
    let Some((a, b)) = other.next() else { return true };
    let is_word = |word: &String| word.chars().count() >= 5 && word.chars().all(char::is_alphabetic);
    other.next().is_none() && is_word(a) && is_word(b) && strsim::levenshtein(a, b) == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_one_line_without_teeth() {
        let (text, cut) = tidy("  a\u{1b}[31m\u{202e}b\r\n\tc \u{0}d  ");
        assert_eq!((text.as_str(), cut), ("a[31mb c d", false));
        assert_eq!(tidy("").0, "");
    }

    #[test]
    fn a_flood_is_cut_at_a_word() {
        let (text, cut) = tidy(&"word ".repeat(1_000_000));
        assert!(cut && text.ends_with("word…") && text.chars().count() <= LONGEST + 1);
        let (text, cut) = tidy(&"é".repeat(5_000));
        assert!(cut && text.chars().count() == LONGEST + 1);
    }

    #[test]
    fn what_differs_in_more_than_a_letter_differs() {
        let same = |a, b| nearly(&words(a), &words(b));
        assert!(same("Alert fired: **checkout**", "alert fired – checkout."));
        assert!(same("Traffic drained", "Trafic drained"));
        for (a, b) in [
            ("restarted pod 1", "restarted pod 2"),
            ("primary is up", "primary is down"),
            ("host-a is down", "host-b is down"),
            ("Deployed v1.4.0", "Deployed v1.4.1"),
            ("rollback", "rollback failed"),
            ("mitigated", "unmitigated"),
        ] {
            assert!(!same(a, b), "{a} / {b}");
        }
    }
}

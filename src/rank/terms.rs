//! The terms of a text: the beginnings of its words, and pairs of signs where a script sets no blanks between words.

use std::collections::HashMap;

/// Signs of a word that count: `alert`, `alerts` and `alerting` are one term.
const STEM: usize = 5;

/// The terms of a text, each with what it weighs for its length.
pub(super) fn terms(text: &str) -> HashMap<String, f64> {
    let mut found: HashMap<String, f64> = HashMap::new();
    let mut add = |term: String, weight: f64| {
        let known = found.entry(term).or_default();
        *known = known.max(weight);
    };
    let folded = text.to_lowercase();
    let (mut word, mut run) = (String::new(), Vec::<char>::new());
    for c in folded.chars().chain([' ']) {
        let (in_word, in_run) = (c.is_alphanumeric() && !is_unspaced(c), is_unspaced(c));
        if !in_word && !word.is_empty() {
            let signs = word.chars().count();
            add(word.chars().take(STEM).collect(), ratio(signs.min(STEM + 1), STEM + 1));
            word.clear();
        }
        if !in_run {
            for pair in run.windows(2) {
                add(pair.iter().collect(), if pair.iter().any(|c| is_kana(*c)) { 0.3 } else { 1.0 });
            }
            run.clear();
        }
        if in_word {
            word.push(c);
        } else if in_run {
            run.push(c);
        }
    }
    found
}

/// Whether a sign belongs to a script that sets no blanks between words.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
}

/// Whether it is one of the signs that Japanese joins words with.
fn is_kana(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{309f}')
}

/// Two counts by each other.
pub(super) fn ratio(one: usize, other: usize) -> f64 {
    let count = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    count(one) / count(other)
}

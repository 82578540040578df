//! The terms of a text: the beginnings of its words, and pairs of signs where a script sets no blanks between words.

/// Signs of a word that count: `alert`, `alerts` and `alerting` are one term.
const STEM: usize = 5;

/// Hands over the terms of a text, each with what it weighs for its length; one that comes again comes again.
pub(super) fn each_term(text: &str, mut hear: impl FnMut(&str, f64)) {
    let (mut word, mut signs) = (String::new(), 0);
    let mut pair = String::new();
    let mut before: Option<char> = None;
    // In lower case, sign by sign; a final blank ends the last word.
    for c in text.chars().flat_map(char::to_lowercase).chain([' ']) {
        let in_run = is_unspaced(c);
        let in_word = !in_run && c.is_alphanumeric();
        if !in_word && signs > 0 {
            hear(&word, ratio(signs.min(STEM + 1), STEM + 1));
            word.clear();
            signs = 0;
        }
        if in_word {
            if signs < STEM {
                word.push(c);
            }
            signs += 1;
        }
        if let Some(first) = before.filter(|_| in_run) {
            pair.clear();
            pair.extend([first, c]);
            hear(&pair, if is_kana(first) || is_kana(c) { 0.3 } else { 1.0 });
        }
        before = in_run.then_some(c);
    }
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

/// Sorts terms and keeps each once, with the most that it weighs.
pub(super) fn once_each<T: Ord>(terms: &mut Vec<(T, f64)>) {
    terms.sort_unstable_by(|(a, one), (b, other)| a.cmp(b).then(other.total_cmp(one)));
    terms.dedup_by(|(later, _), (kept, _)| later == kept);
}

/// What a term weighs that stands in some of all documents.
pub(super) fn rarity(all: usize, with: usize) -> f64 {
    (1.0 + ratio(all, with)).ln()
}

/// How many terms two texts share, whose terms are in order, and the sum of what these weigh in both.
pub(super) fn product(one: &[(usize, f64)], other: impl Iterator<Item = (usize, f64)>) -> (usize, f64) {
    let (mut a, mut shared, mut product) = (0, 0, 0.0);
    for (y, its) in other {
        while one.get(a).is_some_and(|(x, _)| *x < y) {
            a += 1;
        }
        if let Some((x, own)) = one.get(a)
            && *x == y
        {
            product += own * its;
            shared += 1;
            a += 1;
        }
    }
    (shared, product)
}

//! The terms of a text: the beginnings of its words, and pairs of signs where a script sets no blanks between words.

/// Signs of a word that count: `alert`, `alerts` and `alerting` are one term.
const STEM: usize = 5;

/// What a term weighs for its length, in a few bits: the order of the numbers is that of the weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Heft(u8);

impl Heft {
    /// Bits that hold any.
    pub(super) const BITS: u32 = 3;
    /// The weights, by number.
    const ALL: [f64; 7] = [1.0 / 6.0, 0.3, 2.0 / 6.0, 3.0 / 6.0, 4.0 / 6.0, 5.0 / 6.0, 1.0];
    /// Of a pair of signs with which Japanese joins words.
    const JOINS: Self = Self(1);
    /// Of a pair of other signs.
    const PAIR: Self = Self(6);

    /// Of a word of so many signs.
    fn of_word(signs: usize) -> Self {
        Self(match signs.min(STEM + 1) {
            0 | 1 => 0,
            2 => 2,
            3 => 3,
            4 => 4,
            5 => 5,
            _ => 6,
        })
    }

    /// Its number.
    pub(super) fn bits(self) -> u32 {
        self.0.into()
    }

    /// That of a number that [`Heft::bits`] gave.
    pub(super) fn from_bits(bits: u32) -> Self {
        Self(u8::try_from(bits).unwrap_or(u8::MAX).min(6))
    }

    /// The weight, 1 at most.
    pub(super) fn weight(self) -> f64 {
        Self::ALL[usize::from(self.0)]
    }
}

/// Hands over the terms of a text, each with what it weighs for its length; one that comes again comes again.
pub(super) fn each_term(text: &str, hear: impl FnMut(&str, Heft)) {
    let mut reading = Reading { word: String::new(), signs: 0, pair: String::new(), before: None, hear };
    for c in text.chars() {
        if c.is_ascii() {
            reading.sign(c.to_ascii_lowercase());
        } else {
            c.to_lowercase().for_each(|c| reading.sign(c));
        }
    }
    // A blank ends the last word.
    reading.sign(' ');
}

/// A text that is read sign by sign, in lower case.
struct Reading<F> {
    word: String,
    signs: usize,
    pair: String,
    before: Option<char>,
    hear: F,
}

impl<F: FnMut(&str, Heft)> Reading<F> {
    fn sign(&mut self, c: char) {
        let in_run = is_unspaced(c);
        let in_word = !in_run && c.is_alphanumeric();
        if !in_word && self.signs > 0 {
            (self.hear)(&self.word, Heft::of_word(self.signs));
            self.word.clear();
            self.signs = 0;
        }
        if in_word {
            if self.signs < STEM {
                self.word.push(c);
            }
            self.signs += 1;
        }
        if let Some(first) = self.before.filter(|_| in_run) {
            self.pair.clear();
            self.pair.extend([first, c]);
            (self.hear)(&self.pair, if is_kana(first) || is_kana(c) { Heft::JOINS } else { Heft::PAIR });
        }
        self.before = in_run.then_some(c);
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
fn ratio(one: usize, other: usize) -> f64 {
    let count = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    count(one) / count(other)
}

/// Sorts terms and keeps each once, with the most that it weighs.
pub(super) fn once_each<T: Ord>(terms: &mut Vec<(T, Heft)>) {
    terms.sort_unstable_by(|(a, one), (b, other)| a.cmp(b).then(other.cmp(one)));
    terms.dedup_by(|(later, _), (kept, _)| later == kept);
}

/// What a term weighs that stands in some of all documents.
pub(super) fn rarity(all: usize, with: usize) -> f64 {
    (1.0 + ratio(all, with)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_three_bits_is_the_weight_that_it_stands_for() {
        let six = |signs: usize| ratio(signs, STEM + 1);
        let expected = [six(1), 0.3, six(2), six(3), six(4), six(5), six(6)];
        let all: Vec<Heft> = (0..7).map(Heft::from_bits).collect();
        assert!(all.iter().zip(expected).all(|(heft, weight)| heft.weight().to_bits() == weight.to_bits()));
        assert!(all.windows(2).all(|two| two[0] < two[1] && two[0].weight() < two[1].weight()));
        assert!(
            all.iter().all(|heft| Heft::from_bits(heft.bits()) == *heft && heft.bits() < 1 << Heft::BITS)
        );
        assert!((1..9).all(|signs| Heft::of_word(signs).weight().to_bits() == six(signs.min(6)).to_bits()));
    }

    #[test]
    fn a_term_is_heard_in_lower_case_with_what_its_length_weighs() {
        let mut heard = Vec::new();
        each_term("Größe ÖL of Alerting x2 証明の İ", |term, heft| {
            heard.push(format!("{term} {:.2}", heft.weight()));
        });
        let expected =
            ["größe 0.83", "öl 0.33", "of 0.33", "alert 1.00", "x2 0.33", "証明 1.00", "明の 0.30"];
        assert_eq!(heard[..7], expected);
    }
}

//! Whether two short texts speak of the same: the words that they share, whatever their endings.

use std::collections::BTreeSet;
use std::ops::Bound;

use super::terms::each_term;

/// Signs of a word that count: `alert`, `alerts` and `alerting` are one.
const STEM: usize = 5;

/// The distinct words of a text by their beginnings, those left out that tell nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gist {
    stems: BTreeSet<String>,
}

impl Gist {
    /// Reads a text; some words tell nothing in any.
    #[must_use]
    pub fn new(text: &str, is_filler: impl Fn(&str) -> bool) -> Self {
        let mut stems = BTreeSet::new();
        each_term(text, |term| {
            if !is_filler(term) && !term.chars().any(is_joint) {
                stems.insert(term.chars().take(STEM).collect());
            }
        });
        Self { stems }
    }

    /// How many words it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.stems.len()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.stems.is_empty()
    }

    /// How many of its words another text has.
    #[must_use]
    pub fn shared(&self, other: &Self) -> usize {
        self.stems.iter().filter(|stem| other.has(stem)).count()
    }

    /// Whether it has a word, or one that has an ending more or less: `pool` and `pools`.
    fn has(&self, stem: &str) -> bool {
        let is_long = stem.chars().count() >= STEM - 1;
        let longer = || {
            self.stems
                .range::<str, _>((Bound::Included(stem), Bound::Unbounded))
                .next()
                .is_some_and(|next| next.starts_with(stem))
        };
        let shorter =
            || stem.char_indices().nth(STEM - 1).is_some_and(|(at, _)| self.stems.contains(&stem[..at]));
        self.stems.contains(stem) || is_long && (longer() || shorter())
    }

    /// Takes the words of another text in.
    pub fn join(&mut self, other: Self) {
        self.stems.extend(other.stems);
    }
}

/// Signs that Japanese joins words with: a pair that has one tells nothing.
fn is_joint(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{309f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(one: &str, other: &str) -> usize {
        let gist = |text| Gist::new(text, |word| matches!(word, "the" | "und" | "der"));
        gist(one).shared(&gist(other))
    }

    #[test]
    fn words_are_shared_whatever_their_endings() {
        assert_eq!(shared("The alerts of the pool", "Alerting on the pool's size"), 2);
        assert_eq!(shared("der Alarm und der Pool", "Alarme der Pools"), 2);
        assert_eq!(shared("証明書の更新", "証明書を更新する"), 3);
        assert_eq!(shared("the queue", "the pool"), 0);
    }
}

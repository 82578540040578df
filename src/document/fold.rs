//! Words as they are compared: lower case, letters and digits, single blanks between; and maps keyed by them.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Folds text piece by piece into one comparable form.
///
/// Apostrophes vanish (`didn't` is `didnt`); other punctuation, emoji and blanks separate words.
#[derive(Debug, Default)]
pub(crate) struct Fold {
    out: String,
    gap: bool,
}

impl Fold {
    /// Adds a piece of text; a word may go on from the piece before.
    pub(crate) fn push(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_ascii_alphanumeric() {
                self.separate();
                self.out.push(c.to_ascii_lowercase());
            } else if matches!(c, '\'' | '\u{2019}') {
                // `didn't` is one word.
            } else if c == '#' && self.out.is_empty() {
                // The column `#` has no other name.
                self.out.push('#');
                self.gap = true;
            } else if !c.is_ascii() && c.is_alphanumeric() {
                self.separate();
                self.out.extend(c.to_lowercase());
            } else {
                self.gap = true;
            }
        }
    }

    /// Ends a word.
    pub(crate) fn gap(&mut self) {
        self.gap = true;
    }

    /// Forgets what was folded, and keeps the memory.
    pub(crate) fn clear(&mut self) {
        self.out.clear();
        self.gap = false;
    }

    /// What was folded so far.
    pub(crate) fn as_str(&self) -> &str {
        &self.out
    }

    fn separate(&mut self) {
        if self.gap && !self.out.is_empty() {
            self.out.push(' ');
        }
        self.gap = false;
    }
}

/// The comparable form of a text.
pub(crate) fn fold(text: &str) -> String {
    let mut fold = Fold::default();
    fold.push(text);
    fold.out
}

/// FNV-1a: a few bytes a key, no seed, so that what is hashed once is the same hash tomorrow.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// A map from folded words to what they mean.
#[derive(Debug, Clone)]
pub(crate) struct Words<T> {
    map: HashMap<Box<str>, T, BuildHasherDefault<Fnv>>,
    longest: usize,
}

impl<T> Default for Words<T> {
    fn default() -> Self {
        Self { map: HashMap::default(), longest: 0 }
    }
}

impl<T: Copy> Words<T> {
    /// Adds a word unless it has a meaning already: who comes first wins.
    pub(crate) fn add(&mut self, word: &str, meaning: T) {
        let folded = fold(word);
        if !folded.is_empty() {
            self.longest = self.longest.max(folded.len());
            self.map.entry(folded.into_boxed_str()).or_insert(meaning);
        }
    }

    /// What a folded word means.
    pub(crate) fn get(&self, folded: &str) -> Option<T> {
        if folded.is_empty() || folded.len() > self.longest { None } else { self.map.get(folded).copied() }
    }

    /// What a word as written means.
    pub(crate) fn look_up(&self, written: &str) -> Option<T> {
        // Folding never makes a text longer than a few bytes more; a long text cannot be a word.
        if written.len() > self.longest * 2 + 16 { None } else { self.get(&fold(written)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_punctuation_and_emoji_do_not_matter() {
        for written in ["What went well?", "✅ WHAT went  well", "**What** went-well"] {
            assert_eq!(fold(written), "what went well");
        }
        assert_eq!(fold("What didn\u{2019}t work"), "what didnt work");
        assert_eq!(fold("#"), "#");
        assert_eq!(fold("Größe ÜBER 5"), "größe über 5");
        assert_eq!(fold("🔥"), "");
    }

    #[test]
    fn the_first_meaning_of_a_word_wins() {
        let mut words = Words::default();
        words.add("Due Date", 1);
        words.add("due-date", 2);
        assert_eq!(words.look_up("DUE DATE"), Some(1));
        assert_eq!(words.look_up("due"), None);
        assert_eq!(words.look_up(&"x".repeat(1000)), None);
    }
}

//! Maps from folded words to what they mean.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::fold::{FOLDED, Fnv, Fold, GAP, NOTHING, fold};

/// A map from folded words to what they mean.
#[derive(Debug, Clone)]
pub(crate) struct Words<T> {
    map: HashMap<Box<[u8]>, T, BuildHasherDefault<Fnv>>,
    longest: usize,
    /// What words begin with, so that most strangers are told by their first letters.
    begins: [u64; BEGINS],
}

impl<T> Default for Words<T> {
    fn default() -> Self {
        Self { map: HashMap::default(), longest: 0, begins: [0; BEGINS] }
    }
}

impl<T: Copy> Words<T> {
    /// Adds a word unless it has a meaning already: who comes first wins.
    pub(crate) fn add(&mut self, word: &str, meaning: T) {
        let folded = fold(word);
        if folded.is_empty() {
            return;
        }
        self.longest = self.longest.max(folded.len());
        let joined: Vec<u8> = folded.bytes().filter(|byte| *byte != b' ').collect();
        for word in [folded.as_bytes(), &joined] {
            let begin = begin(start_of(word));
            self.begins[begin / 64] |= 1 << (begin % 64);
        }
        self.map.entry(folded.into_bytes().into_boxed_slice()).or_insert(meaning);
    }

    /// What a folded word means.
    pub(crate) fn get(&self, folded: &str) -> Option<T> {
        self.meaning_of(folded.as_bytes())
    }

    fn meaning_of(&self, folded: &[u8]) -> Option<T> {
        if folded.is_empty() || folded.len() > self.longest || !self.begins_with(start_of(folded)) {
            return None;
        }
        self.map.get(folded).copied()
    }

    /// What a word as written means.
    pub(crate) fn look_up(&self, written: &str) -> Option<T> {
        self.find(written, false)
    }

    /// What a word means whose parts may be written together or apart: `SEV 2` is `SEV2`.
    pub(crate) fn look_up_joined(&self, written: &str) -> Option<T> {
        self.find(written, true)
    }

    /// Whether a word may stand at the beginning of a text, as its first letters tell.
    pub(crate) fn may_open(&self, text: &str) -> bool {
        match text.as_bytes().first_chunk() {
            Some(start) if start.iter().all(u8::is_ascii_alphanumeric) => {
                self.begins_with(start.map(|byte| byte.to_ascii_lowercase()))
            }
            _ => true,
        }
    }

    fn find(&self, written: &str, joined: bool) -> Option<T> {
        // Folding never makes a text much shorter; a long one cannot be a word.
        if written.len() > self.longest * 2 + 16 || !self.may_open(written) {
            return None;
        }
        let mut folded = [0_u8; BUFFER];
        let mut length = 0;
        let (mut gap, mut is_known) = (false, false);
        for byte in written.bytes() {
            let letter = match FOLDED.get(usize::from(byte)) {
                None => return self.find_foreign(written, joined),
                // The column `#` has no other name.
                Some(&GAP) if byte == b'#' && length == 0 => b'#',
                Some(&GAP) => {
                    gap = true;
                    continue;
                }
                Some(&NOTHING) => continue,
                Some(letter) => *letter,
            };
            if gap && length > 0 && !joined {
                folded[length] = b' ';
                length += 1;
            }
            folded[length] = letter;
            length += 1;
            gap = letter == b'#';
            if !is_known && let Some(start) = folded[..length].first_chunk() {
                if !self.begins_with(*start) {
                    return None;
                }
                is_known = true;
            }
            if length > self.longest || length + 2 > BUFFER {
                return if self.longest + 2 > BUFFER { self.find_foreign(written, joined) } else { None };
            }
        }
        self.meaning_of(&folded[..length])
    }

    /// The same for texts with letters beyond ASCII.
    fn find_foreign(&self, written: &str, joined: bool) -> Option<T> {
        let mut fold = Fold::default();
        fold.push(written);
        match joined {
            true => self.get(&fold.as_str().replace(' ', "")),
            false => self.get(fold.as_str()),
        }
    }

    fn begins_with(&self, start: [u8; 4]) -> bool {
        let begin = begin(start);
        self.begins[begin / 64] >> (begin % 64) & 1 == 1
    }
}

/// Room for a folded word; longer ones are rare and folded elsewhere.
const BUFFER: usize = 80;

/// The first four bytes of a folded word; noughts behind a shorter one.
fn start_of(word: &[u8]) -> [u8; 4] {
    match (word.first_chunk(), word) {
        (Some(start), _) => *start,
        (None, [a, b, c]) => [*a, *b, *c, 0],
        (None, [a, b]) => [*a, *b, 0, 0],
        (None, [a]) => [*a, 0, 0, 0],
        (None, _) => [0; 4],
    }
}

/// Words of 64 bits for what words begin with: many more than a table has words.
const BEGINS: usize = 64;

/// The place among [`BEGINS`] of a folded word's first four bytes, by Knuth's multiplicative hash.
fn begin(start: [u8; 4]) -> usize {
    let mixed = u32::from_le_bytes(start).wrapping_mul(0x9e37_79b1);
    (mixed >> (32 - (BEGINS * 64).trailing_zeros())) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_however_they_are_written() {
        let mut words = Words::default();
        let known = ["a", "p1", "2026", "Abgeschlossen", "sixteen letters0", "sixteenletters16", "z", "0"];
        known.iter().zip(0..).for_each(|(word, at)| words.add(word, at));
        for (word, at) in known.iter().zip(0..) {
            for written in
                [(*word).to_owned(), word.to_uppercase(), format!("**{word}**"), format!(" {word} ")]
            {
                assert_eq!(words.look_up(&written), Some(at), "{written}");
            }
        }
        for stranger in
            ["", "b", "p", "p10", "202", "@", "[", "`", "{", "sixteenletters1", "sixteenletters160"]
        {
            assert_eq!(words.look_up(stranger), None, "{stranger}");
        }
    }

    #[test]
    fn the_first_meaning_of_a_word_wins() {
        let mut words = Words::default();
        words.add("Due Date", 1);
        words.add("due-date", 2);
        assert_eq!(words.look_up("DUE DATE"), Some(1));
        assert_eq!(words.look_up("due"), None);
        assert_eq!(words.look_up(&"x".repeat(1000)), None);
        // `due`, `due d`, `dued`: where the first letters tell nothing, any text may.
        for (text, may) in [("Dued", true), ("DUE to", true), ("É", true), ("Duel", false), ("Dudes", false)]
        {
            assert_eq!(words.may_open(text), may, "{text}");
        }
    }
}

//! Words as they are compared: lower case, letters and digits, single blanks between; and maps keyed by them.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// What an ASCII byte is in a folded word: a lower-case letter, a digit, or one of the two below.
const FOLDED: [u8; 128] = {
    let mut table = [GAP; 128];
    let mut byte = 0_u8;
    while byte < 128 {
        if byte.is_ascii_alphanumeric() {
            table[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    table[b'\'' as usize] = NOTHING;
    table
};

/// Separates words.
const GAP: u8 = 0;
/// `didn't` is one word.
const NOTHING: u8 = 1;

/// Folds text piece by piece into one comparable form.
///
/// Apostrophes vanish (`didn't` is `didnt`); other punctuation, emoji and blanks separate words.
#[derive(Debug, Default)]
pub(crate) struct Fold {
    out: Vec<u8>,
    gap: bool,
}

impl Fold {
    /// Adds a piece of text; a word may go on from the piece before.
    pub(crate) fn push(&mut self, text: &str) {
        self.out.reserve(text.len() + 1);
        let mut at = 0;
        while let Some(byte) = text.as_bytes().get(at) {
            let rest = &text.as_bytes()[at..];
            let length = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            if length > 0 {
                self.separate();
                self.out.extend(rest[..length].iter().map(u8::to_ascii_lowercase));
                at += length;
            } else if byte.is_ascii() {
                self.sign(*byte);
                at += 1;
            } else {
                let c = text[at..].chars().next().unwrap_or_default();
                self.other(c);
                at += c.len_utf8();
            }
        }
    }

    /// What is neither letter nor digit.
    fn sign(&mut self, byte: u8) {
        // The column `#` has no other name.
        if byte == b'#' && self.out.is_empty() {
            self.out.push(b'#');
        }
        self.gap |= FOLDED[usize::from(byte)] == GAP;
    }

    fn other(&mut self, c: char) {
        if c == '\u{2019}' {
            return;
        }
        if !c.is_alphanumeric() {
            self.gap = true;
            return;
        }
        self.separate();
        let mut bytes = [0; 4];
        for lower in c.to_lowercase() {
            self.out.extend_from_slice(lower.encode_utf8(&mut bytes).as_bytes());
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
        std::str::from_utf8(&self.out).expect("only whole characters are added")
    }

    fn separate(&mut self) {
        if self.gap && !self.out.is_empty() {
            self.out.push(b' ');
        }
        self.gap = false;
    }
}

/// The comparable form of a text.
pub(crate) fn fold(text: &str) -> String {
    let mut fold = Fold { out: Vec::with_capacity(text.len()), gap: false };
    fold.push(text);
    fold.as_str().to_owned()
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

    /// A length: one step tells it as well as eight.
    fn write_usize(&mut self, n: usize) {
        self.0 = (self.0 ^ n as u64).wrapping_mul(0x0100_0000_01b3);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

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
        for start in [folded.as_bytes(), &joined].into_iter().filter_map(|word| word.first_chunk()) {
            let begin = begin(*start);
            self.begins[begin / 64] |= 1 << (begin % 64);
        }
        self.map.entry(folded.into_bytes().into_boxed_slice()).or_insert(meaning);
    }

    /// What a folded word means.
    pub(crate) fn get(&self, folded: &str) -> Option<T> {
        self.meaning_of(folded.as_bytes())
    }

    fn meaning_of(&self, folded: &[u8]) -> Option<T> {
        if folded.is_empty() || folded.len() > self.longest { None } else { self.map.get(folded).copied() }
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
        if joined {
            fold.out.retain(|byte| *byte != b' ');
        }
        self.get(fold.as_str())
    }

    fn begins_with(&self, start: [u8; 4]) -> bool {
        let begin = begin(start);
        self.begins[begin / 64] >> (begin % 64) & 1 == 1
    }
}

/// Room for a folded word; longer ones are rare and folded elsewhere.
const BUFFER: usize = 80;

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
        // `due`, `due d`, `dued`: where the first letters tell nothing, any text may.
        for (text, may) in [("Dued", true), ("DUE to", true), ("É", true), ("Duel", false), ("Dudes", false)]
        {
            assert_eq!(words.may_open(text), may, "{text}");
        }
    }
}

//! Words as they are compared: lower case, letters and digits, single blanks between.

use std::hash::Hasher;

/// What an ASCII byte is in a folded word: a lower-case letter, a digit, or one of the two below.
pub(super) const FOLDED: [u8; 128] = {
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
pub(super) const GAP: u8 = 0;
/// `didn't` is one word.
pub(super) const NOTHING: u8 = 1;

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
}

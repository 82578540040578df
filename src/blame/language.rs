//! Whether a text is English, told without a list of other languages: by its small words, and by how many words are known.

use super::words::{Word, class};

/// A text of fewer words says too little.
const ENOUGH: u32 = 10;

/// What the words of a text say of its language.
#[derive(Debug, Default)]
pub(super) struct Tongue {
    /// Words of Latin letters.
    words: u32,
    /// Those of them that English texts are full of.
    english: u32,
    /// Those of them that some list of English has, or that end as its verbs do.
    known: u32,
    /// Those of them that no list has and that are as short as the small words of a language, or have an accent.
    strange: u32,
    /// Letters of other scripts.
    letters: u32,
}

impl Tongue {
    /// Counts a word as it is written, without its `'s`.
    pub(super) fn hear(&mut self, word: &str, listed: Word, is_lower: bool) {
        let is_ascii = word.is_ascii();
        if !is_ascii {
            let others = word.chars().filter(|c| is_of_other_script(*c)).count();
            if others > 0 {
                self.letters = self.letters.saturating_add(u32::try_from(others).unwrap_or(u32::MAX));
                return;
            }
        }
        self.words += 1;
        let is_known = listed.class != 0 || listed.forms != 0;
        self.english += u32::from(listed.class & class::ENGLISH != 0);
        self.known += u32::from(is_known);
        let is_small = is_lower && word.len() <= 4;
        self.strange += u32::from(!is_known && (is_small || !is_ascii));
    }

    /// Whether the text is in another language. Of English prose every tenth word at the least is one of its small words,
    /// and most others are known; a few lines of jargon have neither, and no small words of another language.
    pub(super) fn is_foreign(&self) -> bool {
        // A word of other scripts has three letters on average, of those that put no blanks between words.
        if self.letters / 3 >= self.words.max(4) {
            return true;
        }
        let has_few =
            |count: u32, percent: u32| u64::from(count) * 100 < u64::from(self.words) * u64::from(percent);
        let is_apart = has_few(self.english, 5) && has_few(self.known, 50);
        let is_strange = !has_few(self.strange, 10) || self.letters / 3 * 4 >= self.words;
        self.words >= ENOUGH && is_apart && is_strange
    }
}

/// Whether a letter is of a script other than the Latin one; a few Greek ones are signs of mathematics.
fn is_of_other_script(c: char) -> bool {
    c >= '\u{400}'
        && c.is_alphabetic()
        && !matches!(c, '\u{1e00}'..='\u{1eff}' | '\u{2c60}'..='\u{2c7f}' | '\u{a720}'..='\u{a7ff}' | '\u{fb00}'..='\u{fb06}')
        || matches!(c, '\u{370}'..='\u{3ff}' if c != 'μ' && c != 'Δ' && c != 'σ')
}

//! Text to words, whatever the language: case folded; scripts that part no words in pairs of signs.

/// Longer words are no words.
const LONGEST: usize = 40;
/// From so many digits and letters of a hexadecimal number on, it is an object of git's.
const HASH: usize = 7;

/// Hands every word to `f`, in order.
pub(super) fn each_term(text: &str, mut f: impl FnMut(&str)) {
    let mut word = String::new();
    let mut before: Option<char> = None;
    let mut pair = String::new();
    let mut is_single = false;
    let end = |word: &mut String, f: &mut dyn FnMut(&str)| {
        if is_word(word) {
            f(word);
        }
        word.clear();
    };
    for c in text.chars().chain([' ']) {
        if is_joined(c) {
            end(&mut word, &mut f);
            if let Some(before) = before {
                pair.clear();
                pair.extend([before, c]);
                f(&pair);
            }
            is_single = before.is_none();
            before = Some(c);
            continue;
        }
        if let Some(alone) = before.take().filter(|_| is_single) {
            f(alone.encode_utf8(&mut [0; 4]));
        }
        if c.is_alphanumeric() || (c == '_' && !word.is_empty()) {
            word.extend(c.to_lowercase());
        } else {
            end(&mut word, &mut f);
        }
    }
}

/// Signs of scripts that write words without blanks between.
fn is_joined(c: char) -> bool {
    matches!(c,
        '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether a word tells anything: days, times, counts and names of objects do not; `503` does.
fn is_word(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let hex = word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let least = if word.is_ascii() && digits == 0 { 3 } else { 2 };
    word.chars().count() >= least
        && word.len() <= LONGEST * 4
        && word.chars().count() <= LONGEST
        && (digits < word.len() || digits == 3)
        // `v1` of v1.4.0
        && !(digits + 1 == word.len() && word.starts_with('v'))
        && !(hex && digits > 0 && word.len() >= HASH)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(text: &str) -> Vec<String> {
        let mut all = Vec::new();
        each_term(text, |term| all.push(term.to_owned()));
        all
    }

    #[test]
    fn words_are_folded_and_numbers_left_out() {
        assert_eq!(terms("The Pool's max_connections, GRÖSSE"), ["the", "pool", "max_connections", "grösse"]);
        assert_eq!(terms("2026-03-08 14:05 503 v1.4 d4c9f42 deadbeef 5xx"), ["503", "deadbeef", "5xx"]);
        assert_eq!(terms(""), Vec::<String>::new());
    }

    #[test]
    fn scripts_without_blanks_come_in_pairs() {
        assert_eq!(terms("決済APIが停止"), ["決済", "api", "が停", "停止"]);
        assert_eq!(terms("水"), ["水"]);
    }
}

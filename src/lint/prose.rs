//! Sentences and words of prose, counted in any language.

use crate::document::Vocabulary;

/// How many sentences a text has; words behind the last full stop are one more.
#[must_use]
pub(super) fn sentences(text: &str, vocabulary: &Vocabulary) -> u32 {
    let mut count = 0;
    let mut is_open = false;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        is_open |= c.is_alphanumeric();
        if !matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '．') || !is_open {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some((next, sign)) = chars.peek().copied()
            && matches!(
                sign,
                '.' | '!'
                    | '?'
                    | '…'
                    | '。'
                    | '！'
                    | '？'
                    | '"'
                    | '\''
                    | ')'
                    | ']'
                    | '”'
                    | '’'
                    | '»'
                    | '」'
                    | '』'
            )
        {
            end = next + sign.len_utf8();
            chars.next();
        }
        if ends_sentence(&text[..at], c, &text[end..], vocabulary) {
            count += 1;
            is_open = false;
        }
    }
    count + u32::from(is_open)
}

/// Whether a sign ends a sentence, by what stands before and behind it.
fn ends_sentence(before: &str, sign: char, behind: &str, vocabulary: &Vocabulary) -> bool {
    if matches!(sign, '。' | '！' | '？' | '．') {
        return true;
    }
    let rest = behind.trim_start();
    if rest.is_empty() {
        return true;
    }
    // `v1.4`, `example.org`; a sentence behind it begins with a capital, a number or a sign.
    if rest.len() == behind.len() || rest.starts_with(char::is_lowercase) {
        return false;
    }
    if sign != '.' {
        return true;
    }
    let word = before
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or("")
        .trim_start_matches(['(', '[', '"', '„', '“', '«']);
    let next = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    if word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit()) {
        // `am 8. März`
        return word.is_empty() || !vocabulary.is_month(next);
    }
    let signs = word.chars().count();
    let is_number = next.bytes().all(|byte| byte.is_ascii_digit()) && !next.is_empty();
    let is_initial = signs == 1 && word != "I" && word.chars().all(char::is_alphabetic);
    let is_dotted = word.contains('.')
        && !matches!(word, "a.m" | "p.m" | "A.M" | "P.M")
        && word.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic));
    // `Mar. 8`, `No. 5`
    let is_counted =
        is_number && (vocabulary.is_month(word) || matches!(word, "No" | "no" | "Nr" | "nr" | "N"));
    !(is_initial || is_dotted || is_counted || vocabulary.is_abbreviation(word))
}

/// How many words a text has; two signs of a script without blanks are one.
#[must_use]
pub(super) fn words(text: &str) -> u32 {
    let (mut spaced, mut joined) = (0, 0);
    let mut in_word = false;
    for c in text.chars() {
        if matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}') {
            joined += 1;
            in_word = false;
        } else if c.is_alphanumeric() {
            spaced += u32::from(!in_word);
            in_word = true;
        } else if c.is_whitespace() {
            in_word = false;
        }
    }
    spaced + joined / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_counted_across_full_stops_that_end_none() {
        let vocabulary = Vocabulary::default();
        for (text, expected) in [
            ("Uploads failed. The release v1.4.0 was taken back.", 2),
            ("At approx. 14:05 UTC, e.g. Frankfurt was down. It came back", 2),
            (
                "Am 8. März fielen z. B. Uploads aus. Das Release wurde ca. 40 Minuten später zurückgenommen.",
                2,
            ),
            ("On Mar. 8 it broke! Why? Nobody knew...", 3),
            ("It broke on March 8. Users saw errors.", 2),
            ("At 2 p.m. The page came.", 2),
            ("決済が停止しました。原因は証明書です。", 2),
            ("Il a échoué (« panne »). Tout est revenu.", 2),
            ("(See the dashboard.) It broke.", 2),
            ("", 0),
            ("…", 0),
            ("no stop at all", 1),
            ("M. Dupont n'est pas cité. Env. 40 clients.", 2),
        ] {
            assert_eq!(sentences(text, &vocabulary), expected, "{text}");
        }
    }

    #[test]
    fn words_are_counted_with_and_without_blanks() {
        assert_eq!((words("It's a bug - really"), words("証明書が失効"), words(" – ")), (4, 3, 0));
    }
}

//! Text cut to the columns that a terminal shows, at words.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The columns that a text takes; our own colours take none.
#[must_use]
pub fn width(text: &str) -> usize {
    if !text.contains('\u{1b}') {
        return text.width();
    }
    let behind = |part: &str| part.split_once('m').map_or(0, |(_, text)| text.width());
    let mut parts = text.split("\u{1b}[");
    parts.next().map_or(0, UnicodeWidthStr::width) + parts.map(behind).sum::<usize>()
}

/// Breaks a text into lines of at most so many columns, at blanks where it can. Where it has more than `lines`
/// lines, the last one ends in `…` behind a word.
#[must_use]
pub fn wrap(text: &str, columns: usize, lines: usize) -> Vec<String> {
    let columns = columns.max(2);
    let mut wrapped: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut taken = 0;
    for word in words(text) {
        if taken > 0 && taken + 1 + width(word) > columns {
            wrapped.push(std::mem::take(&mut line));
            taken = 0;
        }
        if wrapped.len() > lines {
            break;
        }
        if taken > 0 {
            line.push(' ');
            taken += 1;
        }
        for c in word.chars() {
            let wide = c.width().unwrap_or(0);
            if taken + wide > columns && taken > 0 {
                wrapped.push(std::mem::take(&mut line));
                taken = 0;
            }
            line.push(c);
            taken += wide;
        }
    }
    if !line.is_empty() || wrapped.is_empty() {
        wrapped.push(line);
    }
    if wrapped.len() > lines.max(1) {
        wrapped.truncate(lines.max(1));
        if let Some(last) = wrapped.last_mut() {
            *last = ended(last, columns);
        }
    }
    wrapped
}

/// Breaks a text at blanks into lines of at most so many columns; a word that is longer stays whole, and blanks
/// between words stay as many as they are.
#[must_use]
pub fn flow(text: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let blanks = rest.len() - rest.trim_start_matches(' ').len();
        let (gap, behind) = rest.split_at(blanks);
        let (word, after) = behind.split_at(behind.find(' ').unwrap_or(behind.len()));
        if !line.trim().is_empty() && width(&line) + blanks + width(word) > columns {
            lines.push(std::mem::take(&mut line));
        } else {
            line.push_str(gap);
        }
        line.push_str(word);
        rest = after;
    }
    lines.push(line);
    lines
}

/// The words of a text; `80 %` is one.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text.trim_start();
    std::iter::from_fn(move || {
        let end = |from: usize| rest[from..].find(char::is_whitespace).map_or(rest.len(), |at| from + at);
        let mut at = end(0);
        let behind = rest[at..].trim_start();
        let is_unit =
            behind.starts_with(['%', '‰', '°']) && rest[..at].ends_with(|c: char| c.is_ascii_digit());
        if is_unit {
            at = end(rest.len() - behind.len());
        }
        let word = &rest[..at];
        rest = rest[at..].trim_start();
        (!word.is_empty()).then_some(word)
    })
}

/// A text in one line of at most so many columns; a longer one ends in `…` behind a word.
#[must_use]
pub fn shorten(text: &str, columns: usize) -> String {
    wrap(text, columns, 1).pop().unwrap_or_default()
}

/// The line with `…` behind its last word that leaves room for it.
fn ended(line: &str, columns: usize) -> String {
    let mut kept = line;
    while width(kept) + 1 > columns {
        match kept.rfind(' ') {
            Some(at) => kept = kept[..at].trim_end(),
            // One word alone fills the line: cut inside it rather than show nothing.
            None => {
                let cut = kept.char_indices().next_back().map_or(0, |(at, _)| at);
                kept = &kept[..cut];
            }
        }
    }
    format!("{}…", kept.trim_end_matches([',', ';', ':', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_stay_whole() {
        assert_eq!(
            wrap("Add an integration test for migrations", 16, 9),
            ["Add an", "integration test", "for migrations"]
        );
    }

    #[test]
    fn too_long_a_text_ends_behind_a_word() {
        assert_eq!(wrap("Add an integration test, for migrations", 16, 2), ["Add an", "integration…"]);
        assert_eq!(shorten("Freeze deployments at peak hours", 22), "Freeze deployments at…");
        assert_eq!(shorten("short", 22), "short");
    }

    #[test]
    fn a_word_longer_than_the_line_is_broken() {
        assert_eq!(wrap("see https://example.com/a/b", 10, 9), ["see", "https://ex", "ample.com/", "a/b"]);
        assert_eq!(shorten("https://example.com", 8), "https:/…");
    }

    #[test]
    fn a_number_keeps_its_unit() {
        assert_eq!(wrap("Alert below 80 % again", 14, 9), ["Alert below", "80 % again"]);
        assert_eq!(wrap("50 80 % x", 4, 9), ["50", "80 %", "x"]);
    }

    #[test]
    fn wide_characters_count_double() {
        assert_eq!(wrap("日本語のテスト", 6, 9), ["日本語", "のテス", "ト"]);
        assert_eq!(width("日本"), 4);
        assert_eq!(width("a \u{1b}[31m日本\u{1b}[0m b"), 8);
    }

    proptest! {
        #[test]
        fn flowing_loses_no_word_and_breaks_none(text in "[a-zé/%-]{0,12}( {1,3}[a-zé/%-]{1,30}){0,9}", columns in 5usize..40) {
            let lines = flow(&text, columns);
            let words: Vec<&str> = lines.iter().flat_map(|line| line.split_whitespace()).collect();
            prop_assert_eq!(words, text.split_whitespace().collect::<Vec<_>>());
            prop_assert!(lines.iter().all(|line| width(line) <= columns || !line.trim().contains(' ')), "{:?}", lines);
        }

        #[test]
        fn no_line_is_too_wide_and_none_too_many(text in ".{0,200}", columns in 2usize..40, lines in 1usize..5) {
            let wrapped = wrap(&crate::render::clean(&text), columns, lines);
            prop_assert!(wrapped.len() <= lines);
            for line in wrapped {
                prop_assert!(width(&line) <= columns.max(2), "{line:?} in {columns}");
            }
        }
    }
}

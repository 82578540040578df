//! Text of strangers (documents, commits, refs) made harmless before it reaches a terminal.

use std::borrow::Cow;

use crate::model::is_hidden;

/// Makes a text fit for one line: control characters go, line breaks and tabs become one blank.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| !c.is_control() && !is_hidden(c)) {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' if !kept.ends_with(' ') => kept.push(' '),
            c if c.is_control() || is_hidden(c) => {}
            c => kept.push(c),
        }
    }
    Cow::Owned(kept)
}

/// Makes a text of several lines harmless: line feeds and tabs stay.
#[must_use]
pub fn clean_lines(text: &str) -> Cow<'_, str> {
    let stays = |c: char| matches!(c, '\n' | '\t') || !(c.is_control() || is_hidden(c));
    if text.chars().all(stays) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|c| stays(*c)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escape_sequence_loses_its_teeth() {
        assert_eq!(clean("\u{1b}[31mred\u{1b}[0m\u{7}"), "[31mred[0m");
        assert_eq!(clean("a\u{9b}31mb"), "a31mb");
    }

    #[test]
    fn direction_overrides_go() {
        assert_eq!(clean("safe\u{202e}txt.exe"), "safetxt.exe");
    }

    #[test]
    fn one_line_stays_one_line() {
        assert_eq!(clean("a\r\nb\tc"), "a b c");
        assert_eq!(clean_lines("a\r\nb\tc"), "a\nb\tc");
    }

    #[test]
    fn ordinary_text_is_not_copied() {
        assert!(matches!(clean("größer 日本 👩‍🚒"), Cow::Borrowed(_)));
    }
}

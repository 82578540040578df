//! Words of a command line as one would type them, with everything in sight that could hide in them.

use std::fmt::Write as _;

use crate::model::is_hidden;

/// A word as a shell reads it back: bare, in quotes, or with what cannot be seen spelt out.
#[must_use]
pub fn shell_word(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./:@%+=,".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    let is_unseen = |c: char| c.is_control() || is_hidden(c) || (c.is_whitespace() && c != ' ');
    if !word.chars().any(is_unseen) {
        return format!("'{}'", word.replace('\'', "'\\''"));
    }
    let mut shown = String::from("$'");
    for c in word.chars() {
        match c {
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            '\t' => shown.push_str("\\t"),
            '\'' | '\\' => shown.extend(['\\', c]),
            c if is_unseen(c) && c.is_ascii() => {
                let _ = write!(shown, "\\x{:02x}", u32::from(c));
            }
            c if is_unseen(c) => {
                let _ = write!(shown, "\\U{:08x}", u32::from(c));
            }
            c => shown.push(c),
        }
    }
    shown.push('\'');
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_reads_back_and_hides_nothing() {
        assert_eq!(shell_word("gjalla"), "gjalla");
        assert_eq!(shell_word("gjalla[mcp]"), "'gjalla[mcp]'");
        assert_eq!(shell_word(""), "''");
        assert_eq!(shell_word("it's; rm -rf ~"), "'it'\\''s; rm -rf ~'");
        assert_eq!(shell_word("a\u{1b}[2Kb\n"), "$'a\\x1b[2Kb\\n'");
        assert_eq!(shell_word("safe\u{202e}gpj\u{a0}'\\"), "$'safe\\U0000202egpj\\U000000a0\\'\\\\'");
    }
}

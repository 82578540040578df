//! Words of a text: where one ends, how it is written, and the form in which it is looked up.

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Lower,
    Capital,
    Upper,
    /// `camelCase`, `coinhall.org`, `snake_case`, `v2`.
    Mixed,
}

/// A word, and what was seen on the way to its end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scanned {
    /// Where it ends.
    pub(super) end: usize,
    /// An address, a path, an assignment: a thing, whatever it says.
    pub(super) is_thing: bool,
    /// It is of the letters a to z alone, and so its own folded form.
    pub(super) is_plain: bool,
}

/// Reads the word that begins at `at`: letters, digits and what joins them without a blank. `until` ends the text.
pub(super) fn word(text: &str, start: usize, until: usize) -> Scanned {
    let bytes = &text.as_bytes()[..until];
    let mut at = start;
    while bytes.get(at).is_some_and(u8::is_ascii_lowercase) {
        at += 1;
    }
    // Nearly all words are of small letters alone, and end at a blank or a comma.
    if at > start && bytes.get(at).is_none_or(|next| matches!(next, b' ' | b',' | b'\n' | b')')) {
        return Scanned { end: at, is_thing: false, is_plain: true };
    }
    let mut is_thing = false;
    let mut is_plain = true;
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii_lowercase() {
            at += 1;
        } else if byte.is_ascii_alphanumeric() || *byte == b'_' {
            is_plain = false;
            at += 1;
        } else if !byte.is_ascii() {
            let Some(c) = text[at..until].chars().next() else { break };
            let joins = c == '’' && text[at + c.len_utf8()..until].starts_with(char::is_alphanumeric);
            if !c.is_alphanumeric() && !joins {
                break;
            }
            is_plain = false;
            at += c.len_utf8();
        } else if matches!(byte, b'\'' | b'-' | b'.' | b'@' | b'=' | b'\\' | b'+' | b'~' | b'#' | b'&' | b'%')
        {
            if !text[at + 1..until].starts_with(char::is_alphanumeric) {
                break;
            }
            is_plain = false;
            is_thing |= matches!(byte, b'=' | b'\\') || (*byte == b'@' && at > start);
            at += 1;
        } else if *byte == b':' {
            if bytes[at..].starts_with(b"://") {
                let rest = &text[at..until];
                let end = at + rest.find(char::is_whitespace).unwrap_or(rest.len());
                return Scanned { end, is_thing: true, is_plain: false };
            }
            let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
            if at == start || !is_digit(at - 1) || !is_digit(at + 1) {
                break;
            }
            is_plain = false;
            at += 1;
        } else if *byte == b'/' && is_path(&text[at..until]) {
            (is_thing, is_plain) = (true, false);
            at += 1;
        } else {
            break;
        }
    }
    Scanned { end: at, is_thing, is_plain: is_plain && at > start }
}

/// So much behind a slash tells whether it is a path's, in bytes.
const LOOKED_AT: usize = 256;

/// `src/lib.rs` and `a/b/c` are paths; `AC/RK` and `and/or` are two words.
fn is_path(rest: &str) -> bool {
    // A path is told by its beginning: one of megabytes would be looked at from each of its slashes.
    let near = (0..=LOOKED_AT.min(rest.len())).rev().find(|at| rest.is_char_boundary(*at)).unwrap_or(0);
    let rest = &rest[..near];
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, ',' | ')' | ';')).unwrap_or(rest.len());
    let rest = &rest[1..end];
    rest.starts_with(char::is_alphanumeric)
        && rest.trim_end_matches(['.', ':']).contains(['/', '.', '_', '-', '='])
}

/// `14:05`, `13.41`, `2026-03-08`, `[14:05]`
pub(super) fn begins_with_time(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '[', '(', '*', '-', '\t', '>']);
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line.as_bytes().get(digits..).unwrap_or_default();
    matches!(digits, 1 | 2 | 4)
        && rest.first().is_some_and(|sign| matches!(sign, b':' | b'.' | b'-' | b'/'))
        && rest.get(1).is_some_and(u8::is_ascii_digit)
        && rest.get(2).is_some_and(u8::is_ascii_digit)
}

/// A word without `'s`, and whether it had one.
pub(super) fn without_possessive(word: &str) -> (&str, bool) {
    match word.as_bytes() {
        [.., b'\'', b's' | b'S'] => (&word[..word.len() - 2], true),
        // The last two bytes of the typographic apostrophe.
        [.., 0xe2, 0x80, 0x99, b's' | b'S'] => (&word[..word.len() - 4], true),
        _ => (word, false),
    }
}

/// How a word is written.
pub(super) fn shape(word: &str) -> Shape {
    let mut chars = word.chars();
    let is_first_upper = chars.next().is_some_and(char::is_uppercase);
    let (mut upper, mut lower, mut other) = (0, 0, 0);
    for c in chars {
        if c.is_uppercase() {
            upper += 1;
        } else if c.is_alphabetic() {
            lower += 1;
        } else if !matches!(c, '\'' | '’' | '-') {
            other += 1;
        }
    }
    match (is_first_upper, upper, lower) {
        _ if other > 0 => Shape::Mixed,
        (true, 0, 1..) => Shape::Capital,
        (true, _, 0) => Shape::Upper,
        (false, 0, _) => Shape::Lower,
        // `McDonald`, `Jean-Luc`
        (true, 1, 2..) if word.contains('-') || word.starts_with("Mc") => Shape::Capital,
        _ => Shape::Mixed,
    }
}

/// The form in which words are looked up: lower case, without apostrophes, hyphens and accents.
pub(super) fn fold_into(word: &str, out: &mut String) {
    out.clear();
    for c in word.chars() {
        match c {
            '\'' | '’' | '-' => {}
            _ if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            _ => out.extend(c.to_lowercase().map(without_accent)),
        }
    }
}

/// Names are listed without accents.
fn without_accent(c: char) -> char {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' => 's',
        'ù' | 'ú' | 'û' | 'ü' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        _ => c,
    }
}

//! A source file as the rules read it: code only, with comments, texts and test modules blanked out.

use std::path::{Path, PathBuf};

/// One file below `src/`.
pub(crate) struct Source {
    /// The path from the top of the repository, for messages.
    pub(crate) path: String,
    /// The file as it is.
    pub(crate) text: String,
    /// The same, line for line, with everything that is no code of the program replaced by blanks.
    pub(crate) code: String,
}

impl Source {
    /// The part of the program that the file belongs to: `git`, `session`, `cli` …
    pub(crate) fn place(&self) -> &str {
        let inner = self.path.trim_start_matches("src/");
        inner.split('/').next().unwrap_or(inner).trim_end_matches(".rs")
    }

    /// Lines of code with their numbers.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code.lines().enumerate().map(|(at, line)| (at + 1, line))
    }
}

/// Every source file of the program.
pub(crate) fn all() -> Vec<Source> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    collect(&top.join("src"), &mut paths);
    paths.sort();
    let sources = paths.into_iter().map(|path| {
        let text = std::fs::read_to_string(&path).unwrap();
        let shown = path.strip_prefix(top).unwrap().to_str().unwrap().to_owned();
        let tests_only = shown.ends_with("_tests.rs") || shown.ends_with("/tests.rs");
        let code = if tests_only { String::new() } else { without_tests(&code_of(&text)) };
        Source { path: shown, text, code }
    });
    sources.collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
}

/// Blanks comments and the insides of texts and characters; line ends stay.
pub(crate) fn code_of(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut code = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let end = match bytes[at] {
            b'/' if bytes[at..].starts_with(b"//") => line_end(bytes, at),
            b'/' if bytes[at..].starts_with(b"/*") => comment_end(bytes, at),
            b'r' | b'b' | b'c' if !is_word(bytes, at) => match raw_end(bytes, at) {
                Some(end) => end,
                None => {
                    at += 1;
                    continue;
                }
            },
            b'"' => quoted_end(bytes, at, b'"'),
            b'\'' if is_character(bytes, at) => quoted_end(bytes, at, b'\''),
            _ => {
                at += 1;
                continue;
            }
        };
        for byte in &mut code[at..end] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
        at = end;
    }
    String::from_utf8_lossy(&code).into_owned()
}

/// Whether the letter at `at` continues a word, so that it begins no raw text.
fn is_word(bytes: &[u8], at: usize) -> bool {
    at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'_')
}

/// A lifetime has no closing quote behind its first letter.
fn is_character(bytes: &[u8], at: usize) -> bool {
    match bytes.get(at + 1) {
        Some(b'\\') => true,
        Some(first) if first.is_ascii() => bytes.get(at + 2) == Some(&b'\''),
        _ => true,
    }
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |length| at + length)
}

fn comment_end(bytes: &[u8], at: usize) -> usize {
    let (mut depth, mut here) = (0, at);
    while here < bytes.len() {
        if bytes[here..].starts_with(b"/*") {
            (depth, here) = (depth + 1, here + 2);
        } else if bytes[here..].starts_with(b"*/") {
            (depth, here) = (depth - 1, here + 2);
            if depth == 0 {
                return here;
            }
        } else {
            here += 1;
        }
    }
    bytes.len()
}

fn quoted_end(bytes: &[u8], at: usize, quote: u8) -> usize {
    let mut here = at + 1;
    while here < bytes.len() {
        match bytes[here] {
            b'\\' => here += 2,
            byte if byte == quote => return here + 1,
            _ => here += 1,
        }
    }
    bytes.len()
}

/// The end of `r"…"`, `r#"…"#`, `br"…"`; none where no raw text begins.
fn raw_end(bytes: &[u8], at: usize) -> Option<usize> {
    let raw = bytes[at..].iter().take(2).position(|byte| *byte == b'r')? + at;
    let hashes = bytes[raw + 1..].iter().take_while(|byte| **byte == b'#').count();
    let open = raw + 1 + hashes;
    if bytes.get(open) != Some(&b'"') {
        return None;
    }
    let mut close = vec![b'"'];
    close.extend(std::iter::repeat_n(b'#', hashes));
    let found = bytes[open + 1..].windows(close.len()).position(|window| window == close.as_slice());
    Some(found.map_or(bytes.len(), |length| open + 1 + length + close.len()))
}

/// Blanks `#[cfg(test)] mod … { … }`; tests may print and read what they like.
pub(crate) fn without_tests(code: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut kept = code.as_bytes().to_vec();
    let mut from = 0;
    while let Some(found) = code[from..].find(MARK) {
        let start = from + found;
        let end = item_end(code.as_bytes(), start + MARK.len());
        for byte in &mut kept[start..end] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
        from = end;
    }
    String::from_utf8_lossy(&kept).into_owned()
}

/// The end of the item that begins behind `at`: its `;` or its closing brace.
fn item_end(code: &[u8], at: usize) -> usize {
    let mut depth = 0;
    for (here, byte) in code.iter().enumerate().skip(at) {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 1 => return here + 1,
            b'}' => depth -= 1,
            b';' if depth == 0 => return here + 1,
            _ => {}
        }
    }
    code.len()
}

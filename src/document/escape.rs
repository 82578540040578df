//! Text to markdown, so that what was written reads back equal: bold type, links and code of the author stay what
//! they are, everything else that markdown would swallow is escaped.

/// A text as the content of a table cell: newlines become `<br>`, `|` is escaped, inside code spans too.
#[must_use]
pub(crate) fn escape_cell(text: &str) -> String {
    escape(text, true)
}

/// A text as a heading: signs at its end would be taken for the heading's own.
#[must_use]
pub(crate) fn escape_title(text: &str) -> String {
    let escaped = escape(text, false);
    let words = escaped.trim_end_matches('#');
    if words.len() < escaped.len() && (words.is_empty() || words.ends_with(' ')) {
        format!("{words}\\{}", &escaped[words.len()..])
    } else {
        escaped
    }
}

/// A text as part of a line: newlines become `<br>`.
#[must_use]
pub(crate) fn escape_line(text: &str) -> String {
    escape(text, false)
}

/// A text of which no sign is markdown, as the content of a table cell or as part of a line.
#[must_use]
pub(crate) fn literal(text: &str, cell: bool) -> String {
    let text = plain_lines(text);
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = &text[at + c.len_utf8()..];
        // max_connections is no emphasis.
        let inside_word =
            before.is_alphanumeric() && chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        match c {
            '\n' => {
                out.push_str("<br>");
                before = c;
                continue;
            }
            '`' | '*' | '[' | '~' => out.push('\\'),
            '|' if cell => out.push('\\'),
            '_' if !inside_word => out.push('\\'),
            '\\' if next.chars().next().is_none_or(|c| c.is_ascii_punctuation() || c == '\n') => {
                out.push('\\');
            }
            '<' if next.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) => {
                out.push('\\');
            }
            '&' if is_entity(next) => out.push('\\'),
            _ => {}
        }
        out.push(c);
        before = c;
    }
    out
}

/// A text without blanks around it, with every end of a line the same.
fn plain_lines(text: &str) -> String {
    text.trim()
        .replace("\r\n", "\n")
        .replace(['\r', '\u{2028}', '\u{2029}', '\u{85}'], "\n")
        .replace('\0', "")
}

fn escape(text: &str, cell: bool) -> String {
    let text = plain_lines(text);
    let mut out = String::with_capacity(text.len() + 8);
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let next = at + c.len_utf8();
        match c {
            '`' => {
                let ticks = text[at..].bytes().take_while(|b| *b == b'`').count();
                match code_end(&text, at, ticks) {
                    Some(end) => {
                        code(&text[at + ticks..end], ticks, cell, &mut out);
                        at = end + ticks;
                    }
                    None => {
                        (0..ticks).for_each(|_| out.push_str("\\`"));
                        at += ticks;
                    }
                }
                continue;
            }
            '\n' => out.push_str("<br>"),
            '|' if cell => out.push_str("\\|"),
            '\\' if text[next..].chars().next().is_none_or(|c| c.is_ascii_punctuation() || c == '\n') => {
                out.push_str("\\\\");
            }
            '<' if opens_tag(&text[next..]) => out.push_str("\\<"),
            '&' if is_entity(&text[next..]) => out.push_str("\\&"),
            _ => out.push(c),
        }
        at = next;
    }
    out
}

/// Where the run of ticks stands that closes a code span.
fn code_end(text: &str, open: usize, ticks: usize) -> Option<usize> {
    let mut at = open + ticks;
    loop {
        let start = at + text[at..].find('`')?;
        let run = text[start..].bytes().take_while(|b| *b == b'`').count();
        if run == ticks {
            return Some(start);
        }
        at = start + run;
    }
}

/// A code span; a line break in it ends the span and begins another, for cells have no lines.
fn code(inside: &str, ticks: usize, cell: bool, out: &mut String) {
    let fence = "`".repeat(ticks);
    for (number, line) in inside.split('\n').enumerate() {
        if number > 0 {
            out.push_str("<br>");
        }
        if line.is_empty() {
            continue;
        }
        out.push_str(&fence);
        if cell {
            out.push_str(&line.replace('|', "\\|"));
        } else {
            out.push_str(line);
        }
        out.push_str(&fence);
    }
}

/// `<b>`, `</b>`, `<!--`, `<?`; but not `<https://…>`, which is a link.
fn opens_tag(rest: &str) -> bool {
    let autolink = rest.split(['>', ' ', '\n']).next().is_some_and(|inside| {
        inside.len() < rest.len() && rest.as_bytes()[inside.len()] == b'>' && inside.contains("://")
    });
    !autolink && rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'))
}

fn is_entity(rest: &str) -> bool {
    rest.split_once(';').is_some_and(|(name, _)| {
        !name.is_empty() && name.len() < 33 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#')
    })
}

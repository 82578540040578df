//! Text made harmless for the format that it goes into.

use super::clean;

/// A cell of a CSV file: quoted where needed (RFC 4180), else the text as it is.
///
/// A spreadsheet runs text that begins with `=`, `+` or `-`, or with `@` and the call of a function: only such a
/// text has an apostrophe in front. Numbers and owners (`@ana`) stay what they are for the tools that join by them.
#[must_use]
pub fn csv(text: &str) -> String {
    let text = clean(text);
    let text = text.trim();
    let guarded = if is_formula(text) { format!("'{text}") } else { text.to_owned() };
    if guarded.contains(['"', ',', ';', '\n']) {
        format!("\"{}\"", guarded.replace('"', "\"\""))
    } else {
        guarded
    }
}

/// A word that a shell takes as it is.
#[must_use]
pub fn shell(word: &str) -> String {
    let word = clean(word);
    let is_plain = |c: char| {
        c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ':' | '@' | '+' | ',' | '^' | '~')
    };
    if !word.is_empty() && word.chars().all(is_plain) {
        word.into_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

fn is_formula(text: &str) -> bool {
    match text.chars().next() {
        Some('=') => true,
        Some('+' | '-') => text.parse::<f64>().is_err(),
        Some('@') => {
            let behind =
                text[1..].trim_start_matches(|c: char| c.is_alphanumeric() || matches!(c, '.' | '_'));
            behind.starts_with('(') || behind.contains(['|', '!'])
        }
        _ => false,
    }
}

/// A cell of a markdown table: signs that mean something there lose their meaning.
#[must_use]
pub fn markdown(text: &str) -> String {
    let text = clean(text);
    let text = text.trim();
    let mut escaped = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let inside_word = before.is_alphanumeric() && chars.peek().is_some_and(|next| next.is_alphanumeric());
        match c {
            '|' | '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '~' => escaped.push('\\'),
            // max_connections is no emphasis.
            '_' if !inside_word => escaped.push('\\'),
            _ => {}
        }
        escaped.push(c);
        before = c;
    }
    escaped
}

/// A text value of an iCalendar file (RFC 5545, 3.3.11).
#[must_use]
pub fn ics(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in super::clean_lines(text).trim().chars() {
        match c {
            '\\' | ';' | ',' => {
                escaped.push('\\');
                escaped.push(c);
            }
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_stays_text() {
        for formula in ["=1+1", "+1+1", "-1*A1", "@SUM(A1)", "@cmd|' /C x'!A0", " =1", "\t=1", "- [ ] a"] {
            assert!(csv(formula).starts_with('\''), "{formula:?} gives {}", csv(formula));
        }
        assert_eq!(csv("=HYPERLINK(\"x\",\"y\")"), "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
        for text in ["@ana", "@acme/platform", "@ana (on leave)", "-1", "+1.5"] {
            assert_eq!(csv(text), text);
        }
        assert_eq!(csv("@ana, @ben"), "\"@ana, @ben\"");
        assert_eq!(csv("a, b"), "\"a, b\"");
        assert_eq!(csv("plain"), "plain");
    }

    #[test]
    fn a_markdown_cell_stays_one_cell() {
        assert_eq!(markdown("a | b\nc"), "a \\| b c");
        assert_eq!(
            markdown("set max_connections, not _this_ <b>"),
            "set max_connections, not \\_this\\_ \\<b\\>"
        );
    }

    #[test]
    fn a_calendar_text_stays_one_value() {
        assert_eq!(ics("a;b,c\\d\r\nBEGIN:VEVENT"), "a\\;b\\,c\\\\d\\nBEGIN:VEVENT");
    }
}

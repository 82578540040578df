//! Text made harmless for the format that it goes into.

use super::clean;

/// A cell of a CSV file: quoted where needed, and never a formula (a spreadsheet runs what begins with `=`, `+`,
/// `-` or `@`), which is what the apostrophe in front is for.
#[must_use]
pub fn csv(text: &str) -> String {
    let text = clean(text);
    let text = text.trim();
    let guarded = if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text.to_owned() };
    if guarded.contains(['"', ',', ';', '\n']) {
        format!("\"{}\"", guarded.replace('"', "\"\""))
    } else {
        guarded
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
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1"] {
            assert!(csv(formula).starts_with('\''), "{formula:?} gives {}", csv(formula));
        }
        assert_eq!(csv("=HYPERLINK(\"x\",\"y\")"), "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
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

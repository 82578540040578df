//! What a document tells in its own words: without the frame that all of them share.

use super::language::FieldKind;
use super::vocabulary::Vocabulary;

/// The text without headings of the template, heads of tables, fields of the metadata, comments and tags. Line by line,
/// for many documents at a time.
#[must_use]
pub fn substance(text: &str, vocabulary: &Vocabulary) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut last = 0;
    for line in text.lines() {
        let line = line.trim();
        if is_rule(line) {
            // What stands above the line of a table are the names of its columns.
            kept.truncate(last);
            continue;
        }
        last = kept.len();
        if line.starts_with('#') && vocabulary.section(line.trim_matches(['#', ' '])).is_some() {
            continue;
        }
        if is_field(line, vocabulary) {
            continue;
        }
        kept.push_str(line);
        kept.push('\n');
    }
    without_tags(&kept)
}

/// `|---|:---:|`
fn is_rule(line: &str) -> bool {
    line.len() > 2 && line.contains('-') && line.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' '))
}

/// `**Author**: @ana`: who wrote it and when is nothing that incidents have in common; what it is about is.
fn is_field(line: &str, vocabulary: &Vocabulary) -> bool {
    let Some((label, _)) = line.split_once([':', '：']) else { return false };
    if label.len() > 40 || !(line.starts_with("**") || line.starts_with("- **") || !label.contains(' ')) {
        return false;
    }
    let label = label.trim_matches(['*', '-', ' ', '_']);
    vocabulary.field(label).is_some_and(|kind| !matches!(kind, FieldKind::Title | FieldKind::Service))
}

/// The text without comments and tags of HTML.
fn without_tags(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        kept.push_str(&rest[..open]);
        rest = &rest[open..];
        let end = if rest.starts_with("<!--") {
            rest.find("-->").map(|at| at + 3)
        } else if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') {
            rest.find(['>', '\n']).filter(|at| rest.as_bytes()[*at] == b'>').map(|at| at + 1)
        } else {
            None
        };
        match end {
            Some(end) => rest = &rest[end..],
            None => {
                kept.push('<');
                rest = &rest[1..];
            }
        }
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_frame_goes_and_the_words_stay() {
        let text = "# Post-Mortem: API outage\n\n**Author**: @ana\n**Service**: checkout\n\n## Root Cause\n\n<!-- say\nwhy -->\n\
                    The pool <b>ran</b> dry: a < b.\n\n### The pool\n\n| # | Action | Owner |\n|---|---|---|\n| 1 | Widen it | @ops |\n";
        let words = substance(text, &Vocabulary::default());
        let words: Vec<&str> = words.lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(
            words,
            [
                "# Post-Mortem: API outage",
                "**Service**: checkout",
                "The pool ran dry: a < b.",
                "### The pool",
                "| 1 | Widen it | @ops |"
            ]
        );
    }
}

//! YAML or TOML between marks at the head of a document: plain keys, plain values, simple lists.

use super::language::FieldKind;
use super::metadata::{Field, Form};
use super::vocabulary::Vocabulary;
use super::{Span, Spanned};

/// Where the front matter stands, marks included; empty where there is none.
pub(crate) fn find(text: &str, from: usize) -> Span {
    let rest = &text[from..];
    let mark = ["---", "+++"].into_iter().find(|mark| is_mark(rest.lines().next().unwrap_or(""), mark));
    let Some(mark) = mark else { return from..from };
    let mut at = from;
    for (number, line) in rest.split_inclusive('\n').enumerate() {
        at += line.len();
        if number > 0 && is_mark(line, mark) {
            return from..at;
        }
        // A rule at the head of a document that merely opens with one is no front matter.
        if number == 1 && line.trim().is_empty() {
            return from..from;
        }
    }
    from..from
}

fn is_mark(line: &str, mark: &str) -> bool {
    line.trim_end() == mark
}

/// Reads the keys that the vocabulary knows, those of nested tables too where nothing above said the same.
pub(crate) fn read(text: &str, front: Span, vocabulary: &Vocabulary, fields: &mut Vec<Field>) {
    let mut at = front.start;
    let mut lines = text[front].split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let start = at;
        at += line.len();
        let nested = line.starts_with([' ', '\t']);
        let Some(separator) = line.find([':', '=']).filter(|_| !line.trim_start().starts_with(['-', '#']))
        else {
            continue;
        };
        let Some(kind) = key(&line[..separator], vocabulary) else { continue };
        if nested && (kind == FieldKind::Title || fields.iter().any(|field| field.kind == kind)) {
            continue;
        }
        let mut span = super::blocks::trimmed(text, start + separator + 1..at);
        let mut value = scalar(&text[span.clone()]);
        if value.is_empty() {
            // A list on lines of its own; of its tables the first key names what is meant.
            let mut items = Vec::new();
            while let Some(next) = lines.peek().filter(|next| is_listed(next, &items)) {
                if let Some(item) = next.trim_start().strip_prefix("- ") {
                    items.push(scalar(item.split_once(": ").map_or(item, |(_, value)| value)));
                }
                at += lines.next().map_or(0, str::len);
            }
            if !items.is_empty() {
                value = items.join(", ");
                span = super::blocks::trimmed(text, start + separator + 1..at);
            }
        }
        let line = super::blocks::trimmed(text, start..at);
        fields.push(Field { kind, value: Spanned { value, span }, line, form: Form::Front });
    }
}

/// The field that a key names: `incident_date`, `incident-date`, `incidentDate`.
fn key(written: &str, vocabulary: &Vocabulary) -> Option<FieldKind> {
    vocabulary.labels.look_up(written).or_else(|| {
        let mut apart = String::new();
        for c in written.trim().chars() {
            if c.is_uppercase() {
                apart.push(' ');
            }
            apart.push(c);
        }
        vocabulary.labels.look_up(&apart)
    })
}

/// An item of a list, or a further line of one.
fn is_listed(line: &str, items: &[String]) -> bool {
    let inner = line.trim_start();
    inner.starts_with("- ") || (!items.is_empty() && inner.len() < line.len() && !inner.trim().is_empty())
}

/// A value without its quotes, brackets and comment.
fn scalar(written: &str) -> String {
    let written = written.trim();
    if let Some(list) = written.strip_prefix('[').and_then(|list| list.strip_suffix(']')) {
        return list.split(',').map(scalar).filter(|item| !item.is_empty()).collect::<Vec<_>>().join(", ");
    }
    if let Some(quoted) = written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        return quoted.replace("\\\"", "\"").replace("\\\\", "\\");
    }
    if let Some(quoted) = written.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
        return quoted.replace("''", "'");
    }
    let plain = written.split_once(" #").map_or(written, |(value, _)| value.trim_end());
    if matches!(plain, "null" | "~") { String::new() } else { plain.to_owned() }
}

/// A value as the front matter's language writes it.
pub(crate) fn quoted(value: &str, toml: bool) -> String {
    let plain = !toml
        && !value.is_empty()
        && value.chars().next().is_some_and(|c| c.is_alphanumeric() || c == '/')
        && !value
            .contains([':', '#', '"', '\'', '[', ']', '{', '}', ',', '\\', '&', '*', '!', '|', '>', '%'])
        && !matches!(value, "null" | "true" | "false" | "yes" | "no");
    if plain { value.to_owned() } else { format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\"")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(text: &str) -> Vec<(String, String)> {
        let mut fields = Vec::new();
        read(text, find(text, 0), &Vocabulary::default(), &mut fields);
        fields.into_iter().map(|f| (format!("{:?}", f.kind), f.value.value)).collect()
    }

    #[test]
    fn yaml_and_toml_are_read() {
        let yaml =
            "---\ntitle: \"A: b\"\ndate: 2026-03-08 # day\nauthors:\n  - Ana\n  - Bo\nother: x\n---\n# T\n";
        assert_eq!(
            fields(yaml),
            [("Title", "A: b"), ("Date", "2026-03-08"), ("Authors", "Ana, Bo")]
                .map(|(k, v)| (k.to_owned(), v.to_owned()))
        );
        assert_eq!(fields("+++\r\nseverity = \"SEV-1\"\r\n+++\r\n").len(), 1);
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        for text in ["---\n\ntext\n---\n", "---\nopen: never closed", "----\na: b\n---\n", "", "---"] {
            assert_eq!(find(text, 0), 0..0, "{text:?}");
        }
    }

    #[test]
    fn a_quoted_value_reads_back() {
        for value in ["plain", "a: b", "# x", "", "say \"x\" \\ y", "[a]", "null", "- a"] {
            assert_eq!(scalar(&quoted(value, false)), value);
            assert_eq!(scalar(&quoted(value, true)), value);
        }
    }
}

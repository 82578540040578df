//! A configured value before it has found its setting, and as it is shown.

use std::fmt;

use serde::Serialize;

/// What a key can hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// A text.
    Text(String),
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Number(u32),
    /// Texts in order.
    List(Vec<String>),
}

impl Value {
    /// What it is, with its article, for messages.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Flag(_) => "true or false",
            Self::Number(_) => "a number",
            Self::List(_) => "a list of texts",
        }
    }
}

impl Value {
    /// The texts in it.
    pub(crate) fn texts(&self) -> &[String] {
        match self {
            Self::Text(text) => std::slice::from_ref(text),
            Self::List(texts) => texts,
            Self::Flag(_) | Self::Number(_) => &[],
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// As TOML writes it.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(&quoted(text)),
            Self::Flag(flag) => write!(f, "{flag}"),
            Self::Number(number) => write!(f, "{number}"),
            Self::List(texts) => {
                let shown: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
                write!(f, "[{}]", shown.join(", "))
            }
        }
    }
}

/// A TOML basic string.
fn quoted(text: &str) -> String {
    let mut shown = String::with_capacity(text.len() + 2);
    shown.push('"');
    for c in text.chars() {
        match c {
            '"' => shown.push_str("\\\""),
            '\\' => shown.push_str("\\\\"),
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            '\t' => shown.push_str("\\t"),
            c if c.is_control() => shown.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => shown.push(c),
        }
    }
    shown.push('"');
    shown
}

/// The segments of a key as TOML writes them: `services."a.b".tags`.
pub(crate) fn key_text(segments: &[String]) -> String {
    let bare = |segment: &String| {
        !segment.is_empty() && segment.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
    };
    let shown: Vec<String> = segments
        .iter()
        .map(|segment| if bare(segment) { segment.clone() } else { quoted(segment) })
        .collect();
    shown.join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_reads_back_as_toml() {
        let text = "a \"quoted\" \\ line\nnext \u{1}";
        let document = format!("key = {}", Value::Text(text.into()));
        let table: toml::Table = document.parse().unwrap();
        assert_eq!(table["key"].as_str(), Some(text));
    }

    #[test]
    fn a_segment_that_is_no_bare_word_is_quoted() {
        assert_eq!(key_text(&["services".into(), "a.b".into(), "tags".into()]), "services.\"a.b\".tags");
    }
}

//! Changes as replacements of spans, so that everything else stays byte for byte.

mod adopt;
mod events;
mod fields;
mod items;
mod links;
#[cfg(test)]
mod links_tests;
mod points;
#[cfg(test)]
mod points_tests;
mod rows;
mod section;
mod targets;
#[cfg(test)]
mod tests;
mod title;
mod twin;

use std::fmt;

use super::Span;
use super::parse::Document;

pub use adopt::{Adoption, Gains, Left, Why, adopt};
pub use events::{Misread, NewEvent, add_event, add_events, keeps_times, reads_back};
pub use fields::{add_formerly, set_field};
pub use items::{
    ItemChange, ItemError, ItemPart, Reading, add_item, change_item, is_same_item, says_already,
};
pub use links::{add_link, remove_link};
pub use points::{add_point, set_whys, whys_said};
pub use section::{append_section, set_section};
pub use targets::move_targets;
pub use title::set_title;
pub use twin::{lost, twin};

/// The replacement of a span; an empty span inserts, an empty text removes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// What comes there.
    pub text: String,
}

/// Why an edit cannot be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditError {
    /// The value of a field is one line.
    ManyLines {
        /// The field's label.
        field: String,
    },
    /// The text for a section has a heading that would end the section.
    Heading {
        /// The heading.
        name: String,
        /// The level of the section.
        level: u8,
    },
    /// What is there is no list that could go on.
    NoList {
        /// The section.
        section: String,
    },
    /// The text would not read back as it was written: something in it, or before it, is left open.
    Unreadable {
        /// What was to be written.
        what: String,
    },
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ManyLines { field } => write!(f, "the value of '{field}' has more than one line"),
            Self::Heading { name, level } => {
                write!(
                    f,
                    "the heading '{name}' would end the section; headings in it begin with more than {level} '#'"
                )
            }
            Self::NoList { section } => {
                write!(f, "what stands under '{section}' is no list that could go on")
            }
            Self::Unreadable { what } => {
                write!(f, "{what} would not read back as written; a code block or comment may be left open")
            }
        }
    }
}

impl std::error::Error for EditError {}

/// Makes the edits, in the order of their places; of two that overlap, the first is made.
#[must_use]
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let bytes = apply_bytes(text.as_bytes(), edits);
    // Edits at character boundaries keep UTF-8 whole; others are none of ours.
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// Makes the edits on the bytes of a file, which need not be UTF-8.
#[must_use]
pub fn apply_bytes(bytes: &[u8], edits: &[Edit]) -> Vec<u8> {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| edit.span.start);
    let mut out = Vec::with_capacity(bytes.len() + edits.iter().map(|edit| edit.text.len()).sum::<usize>());
    let mut at = 0;
    for edit in sorted {
        if edit.span.start < at || edit.span.end > bytes.len() || edit.span.start > edit.span.end {
            continue;
        }
        out.extend_from_slice(&bytes[at..edit.span.start]);
        out.extend_from_slice(edit.text.as_bytes());
        at = edit.span.end;
    }
    out.extend_from_slice(&bytes[at..]);
    out
}

/// How a document ends its lines.
fn newline(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// The beginning of the line that `at` stands on.
fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// The end of the line that `at` stands on, before its line break.
fn line_end(text: &str, at: usize) -> usize {
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    if text[at..end].ends_with('\r') { end - 1 } else { end }
}

/// Inserts whole lines behind the line that ends at `end`.
fn insert_after_line(document: &Document<'_>, end: usize, lines: &[String]) -> Edit {
    let newline = newline(document.text());
    let text = lines.iter().map(|line| format!("{newline}{line}")).collect();
    Edit { span: end..end, text }
}

/// Text between blank lines at `at`: before a heading, or at the end of the document.
fn insert_block(document: &Document<'_>, at: usize, block: &str) -> Edit {
    let newline = newline(document.text());
    let before = &document.text()[..at];
    let is_first = before.trim_start_matches('\u{feff}').is_empty();
    let lead = if is_first || before.ends_with("\n\n") || before.ends_with("\n\r\n") {
        ""
    } else if before.ends_with('\n') {
        newline
    } else {
        &newline.repeat(2)
    };
    let tail = if at < document.text().len() { newline.repeat(2) } else { newline.to_owned() };
    Edit { span: at..at, text: format!("{lead}{}{tail}", block.replace('\n', newline)) }
}

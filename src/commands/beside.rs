//! The links of a document to the files beside it, where its name changes.

use crate::document::edit::move_targets;
use crate::document::{Source, Vocabulary, parse};

/// The name of a document's file without folder and extension, which its folder of files has too.
#[must_use]
pub fn name_of(path: &str) -> &str {
    let file = path.rsplit('/').next().unwrap_or(path);
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// The text of a document with its links leading into the folder of its new name; `renamed` says what a file of it is
/// called there.
#[must_use]
pub fn follow(
    (path, bytes): (&str, Vec<u8>),
    vocabulary: &Vocabulary,
    (old, new): (&str, &str),
    renamed: impl Fn(&str) -> String,
) -> Vec<u8> {
    let document = parse(&Source { name: path, bytes: &bytes }, vocabulary);
    let edits = move_targets(document.text(), old, new, renamed);
    if edits.is_empty() || document.is_html() || !document.spells(&edits) {
        return bytes;
    }
    document.edited(&bytes, &edits)
}

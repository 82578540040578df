//! Documents in formats that other tools write: they are named, and not read.

/// The path that the document would have if it were markdown.
pub(super) fn as_markdown(path: &str) -> String {
    path.rsplit_once('.').map_or_else(|| path.to_owned(), |(stem, _)| format!("{stem}.md"))
}

/// Extensions of documents that other tools write.
const FOREIGN: [(&str, &str); 7] = [
    ("adoc", "AsciiDoc"),
    ("asciidoc", "AsciiDoc"),
    ("rst", "reStructuredText"),
    ("org", "Org"),
    ("docx", "Word"),
    ("doc", "Word"),
    ("pdf", "PDF"),
];

/// The name of a document format that other tools write and this one does not read.
pub(super) fn foreign_format(path: &str) -> Option<&'static str> {
    let (_, extension) = path.rsplit_once('.')?;
    let known = FOREIGN.iter().find(|(own, _)| extension.eq_ignore_ascii_case(own));
    known.map(|(_, format)| *format)
}

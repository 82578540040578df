//! Documents in formats that other tools write: they are named, and not read.

/// Extensions, and what each is called.
const FORMATS: [(&str, &str); 7] = [
    ("adoc", "AsciiDoc"),
    ("asciidoc", "AsciiDoc"),
    ("rst", "reStructuredText"),
    ("org", "Org"),
    ("docx", "Word"),
    ("doc", "Word"),
    ("pdf", "PDF"),
];

/// The name of a document format that other tools write and this one does not read, by the end of a path.
#[must_use]
pub fn foreign_format(path: &str) -> Option<&'static str> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let (_, extension) = name.rsplit_once('.')?;
    let known = FORMATS.iter().find(|(own, _)| extension.eq_ignore_ascii_case(own));
    known.map(|(_, format)| *format)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_told_by_the_last_extension_of_the_name() {
        for (path, format) in
            [("a/b.adoc", Some("AsciiDoc")), ("B.PDF", Some("PDF")), ("a.md.rst", Some("reStructuredText"))]
        {
            assert_eq!(foreign_format(path), format, "{path}");
        }
        for path in ["a.md", "org", "notes.org/page", "a.pdf.md", "adoc", ""] {
            assert_eq!(foreign_format(path), None, "{path}");
        }
    }
}

//! What must hold of any bytes that are read: the body of the property and of the fuzz target alike.

use std::collections::HashSet;
use std::sync::OnceLock;

use super::{Document, Encoding, Source, Span, Vocabulary, parse};

/// Every place lies inside the text, on the boundaries of characters; labels are unique; lines are counted right.
pub(crate) fn check_places(bytes: &[u8]) {
    static VOCABULARY: OnceLock<Vocabulary> = OnceLock::new();
    let vocabulary = VOCABULARY.get_or_init(Vocabulary::default);
    for name in ["x.md", "x.html"] {
        check(&Source { name, bytes }, vocabulary);
    }
}

fn check(source: &Source<'_>, vocabulary: &Vocabulary) {
    let bytes = source.bytes;
    let document = parse(source, vocabulary);
    let text = document.text();
    if document.encoding() == Encoding::Utf8 {
        assert_eq!(text.len(), bytes.len());
    }
    assert_eq!(document.edited(bytes, &[]).len(), bytes.len() - odd_byte(&document, bytes));
    let inside = |span: &Span| assert!(text.get(span.clone()).is_some(), "{span:?} in {text:?}");
    document.fields().iter().for_each(|f| [&f.value.span, &f.line].into_iter().for_each(inside));
    document.sections().iter().for_each(|s| [&s.heading, &s.body, &s.own].into_iter().for_each(inside));
    document.timeline().iter().for_each(|entry| inside(&entry.span));
    document.links().iter().for_each(|link| inside(&link.span));
    document.title().iter().for_each(|title| inside(&title.span));
    for action in document.actions() {
        let fields = [&action.status, &action.owner, &action.due, &action.priority, &action.effort];
        fields.into_iter().flatten().chain([&action.span, &action.text]).for_each(inside);
        assert_eq!(action.item.line, document.line_of(action.span.start));
    }
    let labels: HashSet<_> = document.actions().iter().map(|a| a.item.label.to_lowercase()).collect();
    assert_eq!(labels.len(), document.actions().len(), "labels are unique");
    let _ = document.into_postmortem();
}

/// A last byte that is half a unit of UTF-16 spells nothing.
fn odd_byte(document: &Document<'_>, bytes: &[u8]) -> usize {
    match document.encoding() {
        Encoding::Utf16Le | Encoding::Utf16Be => bytes.len() % 2,
        Encoding::Utf8 | Encoding::Windows1252 => 0,
    }
}

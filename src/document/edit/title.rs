//! Changing the title.

use super::{Edit, insert_block};
use crate::document::escape::escape_title;
use crate::document::frontmatter;
use crate::document::language::FieldKind;
use crate::document::metadata::Form;
use crate::document::parse::Document;

/// Sets the title's own words; a prefix (`Post-Mortem:`) and a leading date stay.
#[must_use]
pub fn set_title(document: &Document<'_>, title: &str) -> Vec<Edit> {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some(old) = document.title() else {
        let block = format!("# Post-Mortem: {}", escape_title(&title));
        return vec![insert_block(document, document.front().end, &block)];
    };
    if document.bare_title() == title {
        return Vec::new();
    }
    let front = document.field(FieldKind::Title).filter(|field| field.form == Form::Front);
    if front.is_some_and(|field| field.value.span == old.span) {
        let toml = document.text()[document.front()].starts_with("+++");
        return vec![Edit { span: old.span.clone(), text: frontmatter::quoted(&title, toml) }];
    }
    let prefix = old.value.strip_suffix(document.bare_title()).unwrap_or("");
    // Where markup stands in the prefix, its source is longer than its text: then the whole title is written anew.
    let source = &document.text()[old.span.clone()];
    if source.starts_with(prefix) {
        vec![Edit { span: old.span.start + prefix.len()..old.span.end, text: escape_title(&title) }]
    } else {
        vec![Edit { span: old.span.clone(), text: escape_title(&format!("{prefix}{title}")) }]
    }
}

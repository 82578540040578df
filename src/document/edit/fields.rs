//! Setting a field of the metadata, in the form in which the document keeps its metadata.

use super::{Edit, EditError, insert_after_line, insert_block, line_end, newline};
use crate::document::escape::{escape_cell, escape_line};
use crate::document::frontmatter;
use crate::document::language::FieldKind;
use crate::document::metadata::{Field, Form};
use crate::document::parse::Document;
use crate::document::vocabulary::Vocabulary;
use crate::model::Former;

/// Sets a field: the value is replaced where it stands; a new field comes behind the last one.
///
/// # Errors
/// [`EditError::ManyLines`] where the value is not one line.
pub fn set_field(
    document: &Document<'_>,
    vocabulary: &Vocabulary,
    kind: FieldKind,
    value: &str,
) -> Result<Vec<Edit>, EditError> {
    let value = value.trim();
    if value.contains(['\n', '\r']) {
        return Err(EditError::ManyLines { field: vocabulary.field_name(kind).to_owned() });
    }
    let stated = document.field(kind).filter(|field| field.form != Form::Prose);
    Ok(match stated {
        Some(field) if field.value.value == value => Vec::new(),
        Some(field) => vec![replace(document, field, value)],
        None => vec![insert(document, vocabulary, kind, value)],
    })
}

/// Adds former ids to the `Formerly` line; one that is there already changes nothing, or learns where its numbers lead.
///
/// # Errors
/// As [`set_field`].
pub fn add_formerly(
    document: &Document<'_>,
    vocabulary: &Vocabulary,
    new: &[Former],
) -> Result<Vec<Edit>, EditError> {
    let known = document.field(FieldKind::Formerly).map_or("", |field| field.value.value.as_str());
    let before: Vec<String> =
        known.split([',', ' ']).filter(|known| !known.is_empty()).map(str::to_owned).collect();
    let mut ids = before.clone();
    for former in new {
        let is_it = |word: &&mut String| Former::read(word).is_some_and(|known| known.id == former.id);
        match ids.iter_mut().find(is_it) {
            // What a name came over with says where its numbers lead.
            Some(known) if former.labels.is_some() => *known = former.to_string(),
            Some(_) => {}
            None => ids.push(former.to_string()),
        }
    }
    if ids == before {
        return Ok(Vec::new());
    }
    set_field(document, vocabulary, FieldKind::Formerly, &ids.join(", "))
}

fn replace(document: &Document<'_>, field: &Field, value: &str) -> Edit {
    let text = document.text();
    let span = field.value.span.clone();
    let written = match field.form {
        Form::Front => frontmatter::quoted(value, is_toml(document)),
        Form::Cell => escape_cell(value),
        Form::Bold | Form::Plain | Form::Heading | Form::Below | Form::Prose => escape_line(value),
    };
    // An empty value has nothing around it to keep it apart from the label.
    let before = text[..span.start].chars().next_back().is_none_or(char::is_whitespace);
    let lead = if before || span.start == 0 { "" } else { " " };
    let after = text[span.end..].starts_with('|');
    Edit { span, text: format!("{lead}{written}{}", if after { " " } else { "" }) }
}

fn is_toml(document: &Document<'_>) -> bool {
    document.text()[document.front()].starts_with("+++")
}

fn insert(document: &Document<'_>, vocabulary: &Vocabulary, kind: FieldKind, value: &str) -> Edit {
    let label = vocabulary.field_name(kind);
    // Behind the last field of the head: fields further down belong to what they stand in.
    let head = head_end(document);
    let is_head =
        |field: &&Field| field.line.start < head && !matches!(field.form, Form::Below | Form::Prose);
    let last = document.fields().iter().rfind(is_head);
    match last.map(|field| (field, field.form)) {
        Some((field, Form::Front)) => {
            let line = front_line(label, value, is_toml(document));
            insert_after_line(document, line_end(document.text(), field.line.end), &[line])
        }
        Some((field, Form::Cell)) => {
            let end = line_end(document.text(), field.line.end.saturating_sub(1));
            insert_after_line(document, end, &[format!("| {label} | {} |", escape_cell(value))])
        }
        Some((field, Form::Heading)) => {
            let hashes =
                document.text()[field.line.clone()].bytes().take_while(|b| *b == b'#').count().max(1);
            let block = format!("{} {label}: {}", "#".repeat(hashes), escape_line(value));
            insert_block(document, next_line(document.text(), field.line.end), &block)
        }
        Some((field, _)) => beside(document, field, label, value),
        None => {
            let block = format!("**{label}**: {}", escape_line(value));
            insert_block(document, behind_title(document), &block)
        }
    }
}

/// Where the first section of a post-mortem begins, or the document ends.
fn head_end(document: &Document<'_>) -> usize {
    let section = document.sections().iter().find(|section| section.kind.is_some());
    section.map_or(document.text().len(), |section| section.heading.start)
}

fn front_line(label: &str, value: &str, toml: bool) -> String {
    let key = label.to_lowercase().replace(' ', "-");
    let sign = if toml { " =" } else { ":" };
    format!("{key}{sign} {}", frontmatter::quoted(value, toml))
}

/// A line like the field before: its list marker, its emphasis, its line break.
fn beside(document: &Document<'_>, field: &Field, label: &str, value: &str) -> Edit {
    let text = document.text();
    let newline = newline(text);
    let end = line_end(text, field.line.end);
    let trailing = &text[field.line.end..end];
    let start = super::line_start(text, field.line.start);
    let marker = &text[start..field.line.start];
    let marker = if marker.trim_end().len() <= 2 { marker } else { "" };
    let line = match field.form {
        Form::Plain => format!("{marker}{label}: {}", escape_line(value)),
        _ => format!("{marker}**{label}**: {}", escape_line(value)),
    };
    // Labels in paragraphs of their own stay so.
    let previous = document
        .fields()
        .iter()
        .rfind(|other| other.line.end <= field.line.start && other.form == field.form);
    let gap = previous.is_some_and(|other| text[other.line.end..start].matches('\n').count() > 1);
    let gap = if gap { newline } else { "" };
    Edit { span: end..end, text: format!("{newline}{gap}{line}{trailing}") }
}

fn next_line(text: &str, at: usize) -> usize {
    // A heading's span may hold its line break already.
    if text[..at].ends_with('\n') {
        at
    } else {
        text[at..].find('\n').map_or(text.len(), |newline| at + newline + 1)
    }
}

/// Behind the title's heading, else at the beginning of the document.
fn behind_title(document: &Document<'_>) -> usize {
    let text = document.text();
    let Some(title) = document.title() else {
        return document.front().end;
    };
    let heading = document.sections().iter().find(|section| section.heading.contains(&title.span.start));
    let at = heading.map_or(document.front().end, |section| next_line(text, section.heading.end));
    // Behind the empty line below the title, so that one stays on either side.
    at + text[at..].len() - text[at..].trim_start_matches(['\n', '\r']).len()
}

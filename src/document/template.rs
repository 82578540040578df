//! What a new document begins as, and taking its guidance out again.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Serialize;

use super::edit::{Edit, apply};
use super::escape::{escape_cell, escape_line, escape_title};
use super::language::FieldKind;
use super::parse::Document;
use super::vocabulary::Vocabulary;
use super::{Form, Span};
use crate::model::SectionKind;

/// Stands where a value is still to come.
pub const OPEN: &str = "…";

/// A text with placeholders and guidance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    name: String,
    source: String,
}

/// Why a template could not be filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateError {
    /// The template's file or name.
    pub name: String,
    /// The line, where it is known.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "template {}:{line}: {}", self.name, self.message),
            None => write!(f, "template {}: {}", self.name, self.message),
        }
    }
}

impl std::error::Error for TemplateError {}

/// What a new document is filled in with. Texts are escaped for their place; an empty one is
/// empty, and `{{ severity or open }}` shows that it is still to come.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TemplateValues {
    /// What happened, in a few words.
    pub title: String,
    /// The day, ISO.
    pub date: String,
    /// The name of the grade.
    pub severity: String,
    /// In words: `30 minutes`.
    pub duration: String,
    /// Who writes; several separated by commas.
    pub author: String,
    /// Who will read; several separated by commas.
    pub reviewers: String,
    /// `incident` or `near-miss`.
    pub kind: String,
    /// What it is about.
    pub service: String,
    /// The id of the document.
    pub id: String,
    /// A ticket or other key.
    pub key: String,
    /// Further lines of metadata.
    pub more: Vec<Line>,
    /// First entries of the timeline.
    pub events: Vec<EventLine>,
}

/// A line of metadata.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// What it is called.
    pub label: String,
    /// What it says.
    pub value: String,
}

/// An entry of a new timeline.
#[derive(Debug, Clone, Serialize)]
pub struct EventLine {
    /// The time as it is written: `2026-03-08 14:05`.
    pub time: String,
    /// What happened.
    pub text: String,
}

#[derive(Serialize)]
struct Context<'v> {
    #[serde(flatten)]
    values: TemplateValues,
    sections: BTreeMap<String, &'v str>,
    labels: BTreeMap<&'static str, &'v str>,
    open: &'static str,
}

impl Template {
    /// Every section of a post-mortem.
    #[must_use]
    pub fn full() -> Self {
        Self::custom("full", include_str!("templates/full.md"))
    }

    /// Summary, timeline, root cause and action items, for small incidents.
    #[must_use]
    pub fn brief() -> Self {
        Self::custom("brief", include_str!("templates/brief.md"))
    }

    /// A team's own, with `{{ title }}`, `{{ date }}` and the like.
    #[must_use]
    pub fn custom(name: &str, source: &str) -> Self {
        Self { name: name.to_owned(), source: source.to_owned() }
    }

    /// The name that it was made with.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Fills it in, with the team's names of sections and labels.
    ///
    /// # Errors
    /// [`TemplateError`] for a template that cannot be read or names a placeholder that does not exist.
    pub fn render(&self, values: &TemplateValues, vocabulary: &Vocabulary) -> Result<String, TemplateError> {
        let mut environment = minijinja::Environment::new();
        let syntax = minijinja::syntax::SyntaxConfig::builder().keep_trailing_newline(true).build();
        environment.set_syntax(syntax.expect("the usual signs are valid"));
        environment.set_undefined_behavior(minijinja::UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
        let key = |kind: SectionKind| (kind.key().replace('-', "_"), vocabulary.section_name(kind));
        let context = Context {
            values: escaped(values),
            sections: SectionKind::ALL.into_iter().map(key).collect(),
            open: OPEN,
            labels: LABELS.into_iter().map(|(key, kind)| (key, vocabulary.field_name(kind))).collect(),
        };
        environment
            .render_named_str(
                &self.name,
                &self.source,
                minijinja::value::Value::from(minijinja::value::Serde(context)),
            )
            .map_err(|error| self.error(&error))
    }

    fn error(&self, error: &minijinja::Error) -> TemplateError {
        let message = match error.kind() {
            minijinja::ErrorKind::UndefinedError => {
                "a placeholder that does not exist; there are title, date, severity, duration, author, reviewers, kind, \
                 service, id, key, more, events, open, sections.* and labels.*"
                    .to_owned()
            }
            _ => error.detail().unwrap_or("cannot be read").to_owned(),
        };
        TemplateError { name: self.name.clone(), line: error.line(), message }
    }

    /// The comments that guide the author.
    fn guidance(&self) -> impl Iterator<Item = &str> {
        comments(&self.source).map(|span| &self.source[span])
    }
}

const LABELS: [(&str, FieldKind); 9] = [
    ("date", FieldKind::Date),
    ("severity", FieldKind::Severity),
    ("authors", FieldKind::Authors),
    ("reviewers", FieldKind::Reviewers),
    ("status", FieldKind::Status),
    ("kind", FieldKind::Kind),
    ("service", FieldKind::Service),
    ("duration", FieldKind::Duration),
    ("formerly", FieldKind::Formerly),
];

fn title(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    escape_title(&text)
}

fn escaped(values: &TemplateValues) -> TemplateValues {
    let line = |text: &str| {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        escape_line(&text)
    };
    TemplateValues {
        title: title(&values.title),
        date: line(&values.date),
        severity: line(&values.severity),
        duration: line(&values.duration),
        author: line(&values.author),
        reviewers: line(&values.reviewers),
        kind: line(&values.kind),
        service: line(&values.service),
        id: line(&values.id),
        key: line(&values.key),
        more: values.more.iter().map(|l| Line { label: l.label.clone(), value: line(&l.value) }).collect(),
        events: values
            .events
            .iter()
            .map(|event| EventLine { time: event.time.clone(), text: escape_cell(&event.text) })
            .collect(),
    }
}

/// Where the comments of a text stand.
fn comments(text: &str) -> impl Iterator<Item = Span> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + text[from..].find("<!--")?;
        let end = start + text[start..].find("-->")? + "-->".len();
        from = end;
        Some(start..end)
    })
}

/// Takes out exactly the comments that one of the templates wrote, with the line that a comment has to itself and
/// one of the two empty lines around it. Comments of the author, and changed ones, stay.
#[must_use]
pub fn strip_guidance(text: &str, templates: &[Template]) -> String {
    let edits: Vec<Edit> = guidance(text, templates).into_iter().map(|(_, edit)| edit).collect();
    apply(text, &edits)
}

/// Where the comments stand that one of the templates wrote, each with the edit that takes it out.
#[must_use]
pub fn guidance(text: &str, templates: &[Template]) -> Vec<(Span, Edit)> {
    let mut found = comments(text).peekable();
    if found.peek().is_none() {
        return Vec::new();
    }
    let known: Vec<String> =
        templates.iter().flat_map(Template::guidance).map(|c| c.replace("\r\n", "\n")).collect();
    let is_known = |span: &Span| known.contains(&text[span.clone()].replace("\r\n", "\n"));
    let taken_out =
        |span: Span| (span.clone(), Edit { span: with_its_line(text, span), text: String::new() });
    found.filter(is_known).map(taken_out).collect()
}

fn with_its_line(text: &str, span: Span) -> Span {
    let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[span.end..].find('\n').map_or(text.len(), |at| span.end + at + 1);
    let alone = text[start..span.start].trim().is_empty() && text[span.end..end].trim().is_empty();
    if !alone {
        return span;
    }
    let next = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
    let empty_after = end < text.len() && text[end..next].trim().is_empty();
    let empty_before = text[..start].ends_with("\n\n") || text[..start].ends_with("\n\r\n");
    if empty_before && empty_after { start..next } else { start..end }
}

/// Something that a template left open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placeholder {
    /// The label or heading.
    pub what: String,
    /// Where it stands.
    pub span: Span,
}

/// What is still to be filled in: metadata without a value, sections that say nothing.
#[must_use]
pub fn placeholders(document: &Document<'_>, vocabulary: &Vocabulary) -> Vec<Placeholder> {
    let open = |value: &str| !value.chars().any(char::is_alphanumeric) || value.contains("{{");
    let kinds: BTreeSet<FieldKind> = document.fields().iter().map(|field| field.kind).collect();
    let fields = kinds
        .into_iter()
        .filter_map(|kind| document.field(kind))
        .filter(|field| open(&field.value.value) && !matches!(field.form, Form::Below | Form::Prose))
        .map(|field| Placeholder {
            what: vocabulary.field_name(field.kind).to_owned(),
            span: field.line.clone(),
        });
    // Links and the attestation are written by commands, and a post-mortem can do without.
    let written = |kind| !matches!(kind, SectionKind::LinkedCommits | SectionKind::Attestation);
    let sections = document
        .sections()
        .iter()
        .filter(|section| section.kind.is_some_and(written) && !section.filled)
        .map(|section| Placeholder { what: section.name.clone(), span: section.heading.clone() });
    let mut all: Vec<Placeholder> = fields.chain(sections).collect();
    all.sort_by_key(|placeholder| placeholder.span.start);
    all
}

#[cfg(test)]
#[path = "template_tests.rs"]
mod tests;

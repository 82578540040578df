//! The text of a new draft: a template filled in, or a body that was handed over, with what the flags say.

use super::NewArgs;
use super::times::Times;
use crate::commands::deployed::Detected;
use crate::commands::templates;
use crate::document::edit::{self, NewEvent};
use crate::document::template::{Line, TemplateValues};
use crate::document::{self, Document, FieldKind, Source};
use crate::error::CliError;
use crate::model::{EventKind, Kind, Link, PostmortemId};
use crate::render::minutes;
use crate::session::Project;

/// Everything that goes into a draft.
pub(super) struct Brief<'a> {
    pub(super) title: &'a str,
    pub(super) id: &'a PostmortemId,
    pub(super) times: Times,
    pub(super) severity: Option<&'a str>,
    pub(super) author: &'a str,
    pub(super) links: Vec<Link>,
    /// What was looked for as live, where it was.
    pub(super) detected: Option<Detected>,
    /// A text that was handed over instead of the template.
    pub(super) body: Option<String>,
}

/// Writes the text.
///
/// # Errors
/// A template that cannot be read or filled in.
pub(super) fn compose(project: &Project, args: &NewArgs, brief: &Brief<'_>) -> Result<String, CliError> {
    let kind = args.kind.map_or(Kind::Incident, Kind::from);
    let values = values(project, args, brief, kind);
    let text = match &brief.body {
        Some(body) => with_body(project, body, &values),
        None => {
            let template = templates::choose(project, args.template.as_deref(), kind, brief.severity)?;
            template.render(&values, &project.vocabulary).map_err(|error| CliError::new(error.to_string()))?
        }
    };
    let text = events(brief).into_iter().fold(text, |text, event| {
        add(project, &text, |document| edit::add_event(document, &project.vocabulary, &event))
    });
    Ok(brief.links.iter().fold(text, |text, link| {
        add(project, &text, |document| edit::add_link(document, &project.vocabulary, link))
    }))
}

fn values(project: &Project, args: &NewArgs, brief: &Brief<'_>, kind: Kind) -> TemplateValues {
    let vocabulary = &project.vocabulary;
    let mut more = Vec::new();
    let mut line =
        |field: FieldKind, value: Option<&str>| {
            let value = value.filter(|value| !value.is_empty());
            more.extend(value.map(|value| Line {
                label: vocabulary.field_name(field).to_owned(),
                value: value.to_owned(),
            }));
        };
    line(FieldKind::Kind, Some(kind.word()).filter(|_| kind != Kind::Incident));
    line(FieldKind::Service, args.service.as_deref());
    TemplateValues {
        title: brief.title.to_owned(),
        date: brief.times.day.to_string(),
        severity: brief.severity.unwrap_or_default().to_owned(),
        duration: brief.times.minutes().map(minutes).unwrap_or_default(),
        author: brief.author.to_owned(),
        reviewers: args.reviewer.join(", "),
        kind: kind.word().to_owned(),
        service: args.service.clone().unwrap_or_default(),
        id: brief.id.to_string(),
        key: args.key.clone().unwrap_or_default(),
        more,
        events: Vec::new(),
    }
}

/// A body with a title of its own is taken whole; one without gets the title and what is known in front.
fn with_body(project: &Project, body: &str, values: &TemplateValues) -> String {
    let source = Source { name: "", bytes: body.as_bytes() };
    if document::parse(&source, &project.vocabulary).title().is_some() {
        return fill_fields(project, body.to_owned(), values);
    }
    let head = format!("# Post-Mortem: {}\n\n", values.title);
    fill_fields(project, format!("{head}{}", body.trim_start()), values)
}

/// Says what the flags say, in the places where the text keeps such things.
fn fill_fields(project: &Project, text: String, values: &TemplateValues) -> String {
    let mut fields = vec![
        (FieldKind::Date, values.date.clone()),
        (FieldKind::Duration, values.duration.clone()),
        (FieldKind::Severity, values.severity.clone()),
        (FieldKind::Authors, values.author.clone()),
        (FieldKind::Reviewers, values.reviewers.clone()),
        (FieldKind::Service, values.service.clone()),
    ];
    if values.kind != Kind::Incident.word() {
        fields.push((FieldKind::Kind, values.kind.clone()));
    }
    let said = fields.into_iter().filter(|(_, value)| !value.is_empty());
    said.fold(text, |text, (field, value)| {
        add(project, &text, |document| {
            edit::set_field(document, &project.vocabulary, field, &value).unwrap_or_default()
        })
    })
}

/// The ends of the incident, where they were typed.
fn events(brief: &Brief<'_>) -> Vec<NewEvent> {
    let ends = [
        (brief.times.start, "Impact begins", EventKind::Impact),
        (brief.times.end, "Impact ends", EventKind::Resolved),
    ];
    let event = |(at, text, kind): (Option<_>, &str, _)| {
        at.map(|at| NewEvent { at, text: text.to_owned(), kind: Some(kind), ..NewEvent::default() })
    };
    ends.into_iter().filter_map(event).collect()
}

fn add(project: &Project, text: &str, edits: impl FnOnce(&Document<'_>) -> Vec<edit::Edit>) -> String {
    let source = Source { name: "", bytes: text.as_bytes() };
    let edits = edits(&document::parse(&source, &project.vocabulary));
    edit::apply(text, &edits)
}

//! `--set field=value`: names of fields, and values brought into the form that is written.

use crate::commands::words;
use crate::document::edit::{self, Edit};
use crate::document::{Document, FieldKind, Vocabulary};
use crate::error::CliError;
use crate::session::Session;

/// A field and what it shall say, as typed.
#[derive(Debug, Clone)]
pub(super) struct Setting {
    field: String,
    value: String,
}

/// The fields that can be set, in the order in which a message names them.
const FIELDS: [(&str, FieldKind); 9] = [
    ("date", FieldKind::Date),
    ("severity", FieldKind::Severity),
    ("duration", FieldKind::Duration),
    ("authors", FieldKind::Authors),
    ("reviewers", FieldKind::Reviewers),
    ("status", FieldKind::Status),
    ("kind", FieldKind::Kind),
    ("service", FieldKind::Service),
    ("title", FieldKind::Title),
];

/// Their names.
pub(in crate::commands) fn names() -> impl Iterator<Item = &'static str> {
    FIELDS.iter().map(|(name, _)| *name)
}

/// Splits what was typed.
pub(super) fn read(typed: &[String]) -> Result<Vec<Setting>, CliError> {
    typed
        .iter()
        .map(|typed| {
            let (field, value) = typed.split_once('=').ok_or_else(|| {
                CliError::new(format!("'{typed}' sets nothing"))
                    .hint("write it as field=value: --set severity=2")
            })?;
            Ok(Setting { field: field.trim().to_owned(), value: value.trim().to_owned() })
        })
        .collect()
}

impl Setting {
    /// The edits that set it.
    pub(super) fn edits(
        &self,
        session: &Session,
        vocabulary: &Vocabulary,
        document: &Document<'_>,
    ) -> Result<Vec<Edit>, CliError> {
        let named = FIELDS.iter().find(|(name, _)| *name == self.field.to_lowercase());
        let kind = named.map(|(_, kind)| *kind).or_else(|| vocabulary.field(&self.field));
        let Some(kind) = kind else { return Err(self.unknown()) };
        if kind == FieldKind::Title {
            if !self.value.chars().any(char::is_alphanumeric) {
                return Err(CliError::new("a title needs a letter or a digit"));
            }
            return Ok(edit::set_title(document, &self.value));
        }
        let value = self.value(kind, session, vocabulary)?;
        Ok(edit::set_field(document, vocabulary, kind, &value)?)
    }

    fn unknown(&self) -> CliError {
        let names: Vec<&str> = FIELDS.iter().map(|(name, _)| *name).collect();
        let likeness = |name: &&&str| (strsim::jaro_winkler(name, &self.field) * 1000.0).round();
        let nearest = names.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
        let error = CliError::new(format!("there is no field '{}'", self.field));
        match nearest.filter(|name| likeness(name) > 800.0) {
            Some(name) => error.hint(format!("did you mean {name}?")),
            None => error.hint(format!("fields are {}", names.join(", "))),
        }
    }

    /// The value as it is written: days in ISO, severities by their name.
    fn value(&self, kind: FieldKind, session: &Session, vocabulary: &Vocabulary) -> Result<String, CliError> {
        let value = self.value.as_str();
        if value.is_empty() {
            return Ok(crate::document::template::OPEN.to_owned());
        }
        match kind {
            FieldKind::Date => words::day(session, value).map(|day| day.to_string()),
            FieldKind::Severity => words::severity(value, &vocabulary.wording().severity),
            FieldKind::Kind => {
                vocabulary.kind_of(value).map(|kind| kind.word().to_owned()).ok_or_else(|| {
                    CliError::new(format!("'{value}' is no kind")).hint("kinds are incident and near-miss")
                })
            }
            FieldKind::Authors | FieldKind::Reviewers => {
                let names: Vec<&str> =
                    value.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
                Ok(names.join(", "))
            }
            _ => Ok(value.to_owned()),
        }
    }
}

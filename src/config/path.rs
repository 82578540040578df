//! Where a new document goes: the path template `documents.output`.

use std::fmt;

use chrono::{Datelike, NaiveDate};

use super::Config;
use super::fault::{Refusal, nearest};
use super::names::is_inner_path;

/// What `documents.output` can name.
pub(crate) const PLACEHOLDERS: [&str; 9] =
    ["date", "year", "month", "slug", "id", "severity", "service", "number", "key"];

/// Those of them that tell one document from another.
const DISTINCT: [&str; 4] = ["slug", "id", "number", "key"];

/// Extensions of documents, without the dot.
pub(crate) const EXTENSIONS: [&str; 7] = ["md", "markdown", "qmd", "mdx", "txt", "html", "htm"];

/// What is known of a document that is to be published.
#[derive(Debug, Clone, Default)]
pub struct OutputParts<'a> {
    /// The day of the incident.
    pub date: Option<NaiveDate>,
    /// The slugified title.
    pub slug: &'a str,
    /// The id of the draft.
    pub id: &'a str,
    /// The severity's name on the scale.
    pub severity: Option<&'a str>,
    /// The service's name.
    pub service: Option<&'a str>,
    /// The running number that is free.
    pub number: Option<u32>,
    /// The key in another system: `INC-123`.
    pub key: Option<&'a str>,
}

/// Why a document has no path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathError {
    /// The template names something that the document does not say.
    Missing {
        /// The placeholder without its braces.
        placeholder: &'static str,
    },
    /// What came out is no path below the root.
    Impossible {
        /// What came out.
        path: String,
    },
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { placeholder } => {
                write!(f, "documents.output names {{{placeholder}}}, and the document has no {placeholder}")
            }
            Self::Impossible { path } => {
                write!(f, "documents.output gives '{path}', which is no path in the tree")
            }
        }
    }
}

impl std::error::Error for PathError {}

/// A piece of a template with `{words}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    Text(&'a str),
    Word(&'a str),
}

/// Takes a template apart; a brace without its partner is an error.
pub(crate) fn pieces(template: &str) -> Result<Vec<Piece<'_>>, String> {
    let mut found = Vec::new();
    let mut rest = template;
    while let Some(open) = rest.find(['{', '}']) {
        if rest[open..].starts_with('}') {
            return Err(format!("'}}' without '{{' in '{template}'"));
        }
        let close =
            rest[open..].find('}').ok_or_else(|| format!("'{{' without '}}' in '{template}'"))? + open;
        if open > 0 {
            found.push(Piece::Text(&rest[..open]));
        }
        found.push(Piece::Word(&rest[open + 1..close]));
        rest = &rest[close + 1..];
    }
    if !rest.is_empty() {
        found.push(Piece::Text(rest));
    }
    Ok(found)
}

/// Checks the words of a template against those that it may name.
pub(crate) fn check_words(template: &str, known: &[&str]) -> Result<(), Refusal> {
    for piece in pieces(template)? {
        if let Piece::Word(word) = piece
            && !known.contains(&word)
        {
            return Err(Refusal {
                message: format!("unknown placeholder '{{{word}}}'"),
                nearest: nearest(word, known.iter().copied()).map(|known| format!("{{{known}}}")),
            });
        }
    }
    Ok(())
}

/// Checks a value of `documents.output`.
pub(crate) fn check_output(template: &str) -> Result<(), Refusal> {
    check_words(template, &PLACEHOLDERS)?;
    let words = pieces(template)?;
    if !words.iter().any(|piece| matches!(piece, Piece::Word(word) if DISTINCT.contains(word))) {
        return Err(format!("'{template}' gives every document one path; add {{slug}} or {{id}}").into());
    }
    if !is_inner_path(template) || template.ends_with('/') {
        return Err(format!("'{template}' is no path of a file below the root").into());
    }
    match template.rsplit_once('.') {
        Some((_, "md" | "markdown" | "qmd" | "mdx" | "txt")) => Ok(()),
        _ => Err(format!("'{template}' must end in .md, .markdown, .qmd, .mdx or .txt").into()),
    }
}

impl Config {
    /// The path of a new document.
    ///
    /// # Errors
    /// [`PathError::Missing`] where the template names what the document does not say.
    pub fn output_path(&self, parts: &OutputParts<'_>) -> Result<String, PathError> {
        let template = self.documents.output.as_str();
        let mut path = String::new();
        // A template that is no template was refused where it was read; what is left stays as it is.
        for piece in pieces(template).unwrap_or_else(|_| vec![Piece::Text(template)]) {
            match piece {
                Piece::Text(text) => path.push_str(text),
                Piece::Word(word) => path.push_str(&fill(word, parts)?),
            }
        }
        if is_inner_path(&path) { Ok(path) } else { Err(PathError::Impossible { path }) }
    }
}

fn fill(word: &str, parts: &OutputParts<'_>) -> Result<String, PathError> {
    let missing = |placeholder| PathError::Missing { placeholder };
    let date = || parts.date.ok_or(missing("date"));
    let slugged = |text: Option<&str>, placeholder| {
        text.map(slug::slugify).filter(|text| !text.is_empty()).ok_or(missing(placeholder))
    };
    match word {
        "date" => Ok(date()?.format("%Y-%m-%d").to_string()),
        "year" => Ok(format!("{:04}", date()?.year())),
        "month" => Ok(format!("{:02}", date()?.month())),
        "slug" => slugged(Some(parts.slug), "slug"),
        "id" => slugged(Some(parts.id), "id"),
        "severity" => slugged(parts.severity, "severity"),
        "service" => slugged(parts.service, "service"),
        "number" => Ok(format!("{:04}", parts.number.ok_or(missing("number"))?)),
        // A key keeps its case: `INC-123`.
        _ => {
            let safe = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_') { c } else { '-' };
            let key = parts.key.map(|key| key.trim().chars().map(safe).collect::<String>());
            key.filter(|key| !key.is_empty()).ok_or(missing("key"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts() -> OutputParts<'static> {
        OutputParts {
            date: NaiveDate::from_ymd_opt(2026, 3, 8),
            slug: "api-outage",
            id: "2026-03-08-api-outage",
            severity: Some("SEV-2"),
            number: Some(42),
            ..OutputParts::default()
        }
    }

    fn path(template: &str) -> Result<String, PathError> {
        let mut config = Config::default();
        config.documents.output = template.into();
        config.output_path(&parts())
    }

    #[test]
    fn every_placeholder_is_filled() {
        assert_eq!(
            path("docs/post-mortems/{date}-{slug}.md").unwrap(),
            "docs/post-mortems/2026-03-08-api-outage.md"
        );
        assert_eq!(
            path("{year}/{month}/{severity}/{id}.md").unwrap(),
            "2026/03/sev-2/2026-03-08-api-outage.md"
        );
        assert_eq!(path("pm/{number}-{slug}.md").unwrap(), "pm/0042-api-outage.md");
    }

    #[test]
    fn what_the_document_does_not_say_is_named() {
        assert_eq!(path("{service}/{slug}.md"), Err(PathError::Missing { placeholder: "service" }));
        assert_eq!(path("{key}.md"), Err(PathError::Missing { placeholder: "key" }));
    }

    #[test]
    fn a_key_cannot_leave_its_folder() {
        let mut config = Config::default();
        config.documents.output = "pm/{key}.md".into();
        let parts = OutputParts { key: Some("../../INC 1"), ..parts() };
        assert_eq!(config.output_path(&parts).unwrap(), "pm/------INC-1.md");
    }

    #[test]
    fn impossible_templates_are_refused() {
        let message = |template| check_output(template).unwrap_err();
        assert_eq!(message("pm/{dat}-{slug}.md").nearest.as_deref(), Some("{date}"));
        for wrong in
            ["pm/{date}.md", "/pm/{slug}.md", "../{slug}.md", "pm/{slug}", "pm/{slug.md", "pm/slug}.md"]
        {
            assert!(check_output(wrong).is_err(), "{wrong}");
        }
        assert_eq!(check_output("pm/{year}/{date}-{slug}.md"), Ok(()));
    }
}

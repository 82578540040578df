//! The templates of this repository: the built-in ones and the team's own.

use crate::archive::template_text;
use crate::document::template::Template;
use crate::error::CliError;
use crate::model::Kind;
use crate::session::Project;

/// The name of the team's template for documents that no other one is for.
const DEFAULT: &str = "default";

/// The template that a new document is made from: the one that was named; else the team's for its kind, its
/// severity or all documents; else the full one.
///
/// # Errors
/// A name that no template has, or a file that cannot be read.
pub fn choose(
    project: &Project,
    named: Option<&str>,
    kind: Kind,
    severity: Option<&str>,
) -> Result<Template, CliError> {
    let own = &project.config.documents.templates;
    if let Some(name) = named {
        return match own.get(name) {
            Some(path) => read(project, name, path),
            None if name == "full" => Ok(Template::full()),
            None if name == "brief" => Ok(Template::brief()),
            None => Err(unknown(name, own.keys().map(String::as_str))),
        };
    }
    let wanted = [Some(kind.word()).filter(|_| kind != Kind::Incident), severity, Some(DEFAULT)];
    let found = wanted
        .into_iter()
        .flatten()
        .find_map(|name| own.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)));
    found.map_or_else(|| Ok(Template::full()), |(name, path)| read(project, name, path))
}

fn read(project: &Project, name: &str, path: &str) -> Result<Template, CliError> {
    let missing = || {
        CliError::new(format!("template '{name}' cannot be read"))
            .because(format!("{path} is neither in the work tree nor in HEAD"))
            .hint("[documents.templates] of .postmortem.toml names it")
    };
    let text = template_text(&project.repo, project.commit.as_ref(), path);
    text.map(|text| Template::custom(path, &text)).ok_or_else(missing)
}

fn unknown<'a>(name: &str, own: impl Iterator<Item = &'a str>) -> CliError {
    let names: Vec<&str> = ["full", "brief"].into_iter().chain(own).collect();
    CliError::new(format!("no template is called '{name}'")).hint(format!("there are {}", names.join(", ")))
}

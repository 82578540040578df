//! Who said what, and who wins.

use std::fmt;

use super::convention::Convention;
use super::fault::{Fault, Refusal};
use super::value::{Value, key_text};
use super::{Config, gate, judged, keys};
use crate::model::Scale;

/// Documents at the root: names that begin with a day.
const AT_ROOT: &str = "/[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]*";

/// Where a value comes from, weakest first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// Built in.
    Default,
    /// The documents that are there: their folder.
    Convention(String),
    /// A file of the repository.
    File {
        /// Its name.
        name: String,
        /// The line from 1.
        line: u32,
    },
    /// git's own configuration.
    Git {
        /// `system`, `global`, `local`, `worktree` or `command`.
        scope: String,
    },
    /// An environment variable.
    Environment(String),
    /// A flag of this run.
    Flag(String),
}

impl Origin {
    /// The kind of source, as JSON has it.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Convention(_) => "convention",
            Self::File { .. } => "file",
            Self::Git { .. } => "git",
            Self::Environment(_) => "environment",
            Self::Flag(_) => "flag",
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::Convention(folder) if folder.is_empty() => f.write_str("found in the repository"),
            Self::Convention(folder) => write!(f, "found in {folder}"),
            Self::File { name, line } => write!(f, "{name}:{line}"),
            Self::Git { scope } => write!(f, "git config ({scope})"),
            Self::Environment(name) => f.write_str(name),
            Self::Flag(name) => f.write_str(name),
        }
    }
}

/// One value that somebody gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) key: Vec<String>,
    pub(crate) value: Value,
    pub(crate) origin: Origin,
    pub(crate) place: Option<(u32, u32)>,
}

/// Values of one source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layer {
    pub(crate) values: Vec<Said>,
}

impl Layer {
    /// What the documents that are there suggest.
    #[must_use]
    pub fn of_convention(found: &Convention) -> Self {
        let origin = Origin::Convention(found.folders.first().cloned().unwrap_or_default());
        let said = |key: &str, value| Said {
            key: vec!["documents".into(), key.into()],
            value,
            origin: origin.clone(),
            place: None,
        };
        // The root as a folder is everything: there only what has a date in its name is read.
        let place = |folder: &String| if folder.is_empty() { AT_ROOT.to_owned() } else { folder.clone() };
        let folders = found.folders.iter().map(place).collect();
        let values =
            vec![said("output", Value::Text(found.output.clone())), said("include", Value::List(folders))];
        Self { values }
    }

    /// What a flag of this run says: the flag as typed, the key (`drafts.branch`) and its value.
    ///
    /// # Errors
    /// A fault where the value is impossible.
    pub fn of_flag(flag: &str, key: &str, value: Value) -> Result<Self, Vec<Fault>> {
        let key = key.split('.').map(str::to_owned).collect();
        let said = Said { key, value, origin: Origin::Flag(flag.to_owned()), place: None };
        Trial::default()
            .check(said, flag)
            .map(|said| Self { values: vec![said] })
            .map_err(|fault| vec![fault])
    }
}

/// A value in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The key as TOML writes it.
    pub key: String,
    /// The value.
    pub value: Value,
    /// Who gave it.
    pub origin: Origin,
    /// What the key is for.
    pub doc: &'static str,
}

/// What is in force.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Resolved {
    /// The settings.
    pub config: Config,
    said: Vec<Said>,
}

impl Resolved {
    /// Every value with its origin, in the table's order.
    #[must_use]
    pub fn settings(&self) -> Vec<Setting> {
        list(&self.config, &self.said)
    }
}

/// The known key that is likest to a typed one.
#[must_use]
pub fn nearest_key(typed: &str) -> Option<String> {
    keys::likest(&typed.split('.').map(str::to_owned).collect::<Vec<_>>())
}

/// Whether a typed key is one, or the beginning of one: `drafts.branch`, `drafts`, `services.payments`.
#[must_use]
pub fn is_key(typed: &str) -> bool {
    let segments: Vec<String> = typed.split('.').map(str::to_owned).collect();
    keys::find(&segments).is_some() || keys::is_table(&segments)
}

/// Tries values on: a configuration that counts for nothing, made where there is a value at all.
#[derive(Default)]
pub(crate) struct Trial(Option<Box<Config>>);

impl Trial {
    /// Checks that a key exists and takes its value.
    pub(crate) fn check(&mut self, said: Said, source: &str) -> Result<Said, Fault> {
        let fault =
            |message: String, nearest| Fault { file: source.to_owned(), place: said.place, message, nearest };
        let Some((key, names)) = keys::find(&said.key) else {
            return Err(fault(format!("unknown key '{}'", key_text(&said.key)), keys::likest(&said.key)));
        };
        match key.set(self.0.get_or_insert_default(), &names, &said.value) {
            Ok(()) => Ok(said),
            Err(Refusal { message, nearest }) => {
                Err(fault(format!("'{}': {message}", key_text(&said.key)), nearest))
            }
        }
    }
}

/// Lays the layers over one another, weakest first, and checks what only all of them together can tell.
///
/// # Errors
/// Every fault, not only the first.
pub fn resolve(layers: Vec<Layer>) -> Result<Resolved, Vec<Fault>> {
    let said = layers.into_iter().flat_map(|layer| layer.values).filter(|said| !hides_what_was_found(said));
    let said: Vec<Said> = said.collect();
    let mut config = Config::default();
    let mut faults = Vec::new();
    for one in &said {
        if let Some((key, names)) = keys::find(&one.key)
            && let Err(Refusal { message, nearest }) = key.set(&mut config, &names, &one.value)
        {
            faults.push(fault_at(one, &message, nearest));
        }
    }
    faults.extend(check_scales(&mut config, &said));
    faults.extend(gate::check(&config, &said));
    faults.extend(judged::check(&config, &said));
    faults.sort_by_key(|fault| fault.place);
    if faults.is_empty() { Ok(Resolved { config, said }) } else { Err(faults) }
}

/// An empty `documents.include` in the file adds nothing; it does not hide the documents that are there, as the
/// example taken whole would.
fn hides_what_was_found(said: &Said) -> bool {
    let empty = matches!(&said.value, Value::List(items) if items.is_empty());
    empty && matches!(said.origin, Origin::File { .. }) && said.key == ["documents", "include"]
}

pub(super) fn fault_at(said: &Said, message: &str, nearest: Option<String>) -> Fault {
    let file = match &said.origin {
        Origin::File { name, .. } => name.clone(),
        other => other.to_string(),
    };
    Fault { file, place: said.place, message: format!("'{}': {message}", key_text(&said.key)), nearest }
}

/// Aliases and spans must name a level that is there. Built-in aliases of levels that the team does not have go
/// silently: nobody asked for them.
fn check_scales(config: &mut Config, said: &[Said]) -> Vec<Fault> {
    let severity = Scale::new(config.severity.levels.clone(), &[]);
    let priority = config.priority_scale();
    let own_priority = Scale::new(config.actions.priorities.clone(), &[]);
    let mut faults = Vec::new();
    let mut check = |said: &Said, scale: &Scale, level: &str, what: &str| {
        if scale.rank(level).is_none() {
            let known: Vec<&str> = scale.levels().iter().map(String::as_str).collect();
            let message = format!("'{level}' is no {what}; there are {}", known.join(", "));
            let Refusal { message, nearest } = Refusal::of(message, level, &known);
            faults.push(fault_at(said, &message, nearest));
        }
    };
    for one in said {
        let key: Vec<&str> = one.key.iter().map(String::as_str).collect();
        match (key.as_slice(), &one.value) {
            (["severity", "aliases", _], Value::Text(level)) => check(one, &severity, level, "severity"),
            (["actions", "priority-aliases", _], Value::Text(level)) => {
                check(one, &own_priority, level, "priority");
            }
            (["actions", "sla", level], _) => check(one, &priority, level, "priority"),
            _ => {}
        }
    }
    // git knows only `actions.sla.p1`: from here on the level is called what the scale calls it.
    let spans = std::mem::take(&mut config.actions.sla);
    config.actions.sla = spans
        .into_iter()
        .filter_map(|(level, span)| Some((priority.name(priority.rank(&level)?)?.to_owned(), span)))
        .collect();
    config.severity.aliases.retain(|_, level| severity.rank(level).is_some());
    config.actions.priority_aliases.retain(|_, level| own_priority.rank(level).is_some());
    faults
}

fn list(config: &Config, said: &[Said]) -> Vec<Setting> {
    let mut settings = Vec::new();
    for key in keys::all() {
        for (names, value) in (key.show)(config) {
            let segments = key.filled(&names);
            let is_it = |one: &&Said| {
                one.key.len() == segments.len()
                    && one.key.iter().zip(&segments).all(|(one, segment)| one.eq_ignore_ascii_case(segment))
            };
            let origin = said.iter().rev().find(is_it).map(|one| one.origin.clone());
            settings.push(Setting {
                key: key_text(&segments),
                value,
                origin: origin.unwrap_or(Origin::Default),
                doc: key.doc,
            });
        }
    }
    settings
}

#[cfg(test)]
#[path = "layers_tests.rs"]
mod tests;

//! Which of a server's tools answers a question, and what its arguments are called: names differ between versions, so both are
//! looked up in what the server itself says of its tools. Tools that change anything are never taken.

use serde_json::{Map, Value};

use super::Offered;

/// A question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Context,
    File,
    Impact,
}

impl Kind {
    /// The name that its tool has in the versions that are known.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Context => "get_context",
            Self::File => "get_file_context",
            Self::Impact => "get_impact",
        }
    }

    /// What may stand behind a word for reading.
    fn wordings(self) -> &'static [&'static str] {
        match self {
            Self::Context => &["context", "project_context", "repo_context", "repository_context"],
            Self::File => &["file_context", "files_context", "context_for_file", "context_for_files"],
            Self::Impact => &["impact", "change_impact", "impact_of_changes"],
        }
    }
}

/// Words that a tool which only reads begins with.
const READING: [&str; 8] = ["get", "read", "fetch", "show", "describe", "query", "lookup", "find"];
/// Words in front of a name that say whose tool it is.
const WHOSE: [&str; 2] = ["gjalla", "mcp"];
/// Arguments that take several files.
const ALL_FILES: [&str; 5] = ["file_paths", "files", "paths", "filepaths", "file_names"];
/// Arguments that take one file, the likest first.
const ONE_FILE: [&str; 8] =
    ["file_path", "filepath", "path", "file", "filename", "file_name", "relative_path", "target_file"];
/// Arguments that take the top of the work tree.
const TOP: [&str; 12] = [
    "repo_path",
    "repository_path",
    "repo_root",
    "repository_root",
    "repo_dir",
    "project_path",
    "project_root",
    "workspace_path",
    "workspace_root",
    "root_path",
    "working_directory",
    "cwd",
];
/// The same, where nothing else could be meant: it has to be given.
const TOP_IF_REQUIRED: [&str; 4] = ["repo", "repository", "root", "workspace"];

/// How a tool takes files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Files {
    /// One at a time, by an argument of this name.
    One(String),
    /// All of them.
    All(String),
}

/// A tool that can be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found<'a> {
    pub(super) tool: &'a str,
    /// The names of the arguments that take the top of the work tree.
    pub(super) top: Vec<String>,
    pub(super) files: Option<Files>,
}

/// The tool for a question: of the known name, else of one that means the same; and only one all of whose required arguments
/// are known here.
pub(super) fn find<'a>(tools: &[Offered<'a>], kind: Kind) -> Option<Found<'a>> {
    let exact = tools.iter().filter(|(name, _)| *name == kind.name());
    let alike = tools.iter().filter(|(name, _)| *name != kind.name() && is_alike(name, kind));
    exact.chain(alike).find_map(|(name, schema)| callable(name, schema, kind))
}

fn is_alike(name: &str, kind: Kind) -> bool {
    let words = snake(name);
    let mut rest = words.as_str();
    while let Some(behind) = WHOSE.iter().find_map(|whose| rest.strip_prefix(whose)?.strip_prefix('_')) {
        rest = behind;
    }
    let read = READING.iter().find_map(|verb| rest.strip_prefix(verb)?.strip_prefix('_'));
    kind.wordings().contains(&read.unwrap_or(rest))
}

fn callable<'a>(tool: &'a str, schema: &Map<String, Value>, kind: Kind) -> Option<Found<'a>> {
    let empty = Map::new();
    let properties = schema.get("properties").and_then(Value::as_object).unwrap_or(&empty);
    let required: Vec<&str> = schema
        .get("required")
        .and_then(Value::as_array)
        .map(|names| names.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default();
    let is_required = |name: &String| required.contains(&name.as_str());
    let takes = |name: &String, what: &str| takes(&properties[name], schema, what, 0);
    let is_top = |name: &&String| {
        let own = snake(name);
        takes(name, "string")
            && (TOP.contains(&own.as_str()) || (is_required(name) && TOP_IF_REQUIRED.contains(&own.as_str())))
    };
    let top: Vec<String> = properties.keys().filter(is_top).cloned().collect();
    let named = |known: &[&str], what: &str| {
        let of = |known: &&str| properties.keys().find(|name| snake(name) == *known && takes(name, what));
        known.iter().find_map(of).cloned()
    };
    let mut others = properties.keys().filter(|name| is_required(name) && !top.contains(name));
    let sole = others.next().filter(|_| others.next().is_none());
    let files = if kind == Kind::File {
        let of_sole = || {
            let name = sole?;
            let one = takes(name, "string").then(|| Files::One(name.clone()));
            one.or_else(|| takes(name, "array").then(|| Files::All(name.clone())))
        };
        let known = named(&ALL_FILES, "array").map(Files::All);
        Some(known.or_else(|| named(&ONE_FILE, "string").map(Files::One)).or_else(of_sole)?)
    } else {
        None
    };
    let given = |name: &str| {
        top.iter().any(|top| top == name)
            || matches!(&files, Some(Files::One(file) | Files::All(file)) if file == name)
    };
    required.iter().all(|name| given(name)).then_some(Found { tool, top, files })
}

/// Whether an argument takes a value of a type; one that does not say takes any. A reference is followed, but not for ever.
fn takes(property: &Value, schema: &Map<String, Value>, what: &str, depth: u8) -> bool {
    let Some(property) = property.as_object().filter(|_| depth < 8) else { return true };
    if let Some(reference) = property.get("$ref").and_then(Value::as_str) {
        let path = reference.strip_prefix("#/").unwrap_or_default();
        let mut steps = path.split('/');
        let first = steps.next().and_then(|step| schema.get(step));
        let target = steps.fold(first, |at, step| at?.get(step));
        return target.is_none_or(|target| takes(target, schema, what, depth + 1));
    }
    for choice in ["anyOf", "oneOf"] {
        if let Some(choices) = property.get(choice).and_then(Value::as_array) {
            return choices.iter().any(|one| takes(one, schema, what, depth + 1));
        }
    }
    match property.get("type") {
        Some(Value::String(one)) => one == what,
        Some(Value::Array(some)) => some.iter().any(|one| one == what),
        _ => true,
    }
}

/// A name in small letters with `_` between its words: `filePath` is `file_path`.
fn snake(name: &str) -> String {
    let mut own = String::with_capacity(name.len() + 4);
    let mut before = None;
    for c in name.chars() {
        if !c.is_alphanumeric() {
            if !own.ends_with('_') && !own.is_empty() {
                own.push('_');
            }
        } else {
            if c.is_uppercase() && before.is_some_and(|c: char| c.is_lowercase() || c.is_numeric()) {
                own.push('_');
            }
            own.extend(c.to_lowercase());
        }
        before = Some(c);
    }
    own
}

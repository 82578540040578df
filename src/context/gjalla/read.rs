//! What gjalla's answers mean. Shapes differ between versions and may differ tomorrow: what is there is taken, in any of the
//! shapes that make sense, and nothing is an error.

use serde_json::{Map, Value};

use super::{About, Told};
use crate::context::system::{Element, Impact, SystemContext, SystemRule};

/// Who told it.
const NAME: &str = "gjalla";
/// Keys under which an answer may be wrapped.
const WRAPPED: [&str; 3] = ["data", "result", "context"];
/// Parts of the state that may stand without a frame around them.
const PARTS: [&str; 6] =
    ["architecture", "data_model", "capabilities", "tech_stack", "surface_area", "services"];
/// No text is taken at greater length, and no list.
const LONGEST: usize = 1_000;
const MOST: usize = 1_000;

/// What has been understood so far.
#[derive(Default)]
pub(super) struct Reader {
    system: SystemContext,
    guidance: Option<String>,
    refused: Option<String>,
    unread: usize,
}

impl Reader {
    pub(super) fn refuse(&mut self, words: &str) {
        self.refused.get_or_insert_with(|| sentence(words));
    }

    /// Reads an answer.
    pub(super) fn take(&mut self, about: &About, text: &str) {
        let Some(answer) = json(text) else {
            self.unread += 1;
            return;
        };
        let guided = answer.get("guidance").and_then(Value::as_str).map(sentence);
        let is_guided = guided.is_some();
        if self.guidance.is_none() {
            self.guidance = guided;
        }
        let answer = unwrapped(&answer);
        match (about, answer) {
            (_, Value::Null) => {}
            (About::Everything, Value::Object(answer)) => self.everything(answer),
            (About::Uncommitted, Value::Object(answer)) => self.impact(answer),
            (About::Files(files), answer) => self.files(files, answer, is_guided),
            _ => self.unread += 1,
        }
    }

    pub(super) fn told(mut self) -> Told {
        let own = &self.system;
        let is_known = !own.state.is_empty()
            || !own.parts.is_empty()
            || !own.elements.is_empty()
            || !own.rules.is_empty()
            || own.impact.is_some();
        NAME.clone_into(&mut self.system.provider);
        Told {
            system: is_known.then_some(self.system),
            guidance: self.guidance,
            refused: self.refused,
            unread: self.unread,
        }
    }

    fn everything(&mut self, answer: &Map<String, Value>) {
        for (name, value) in answer.get("metadata").and_then(Value::as_object).into_iter().flatten() {
            if let Some(value) = scalar(value) {
                self.system.state.push((name.clone(), value));
            }
        }
        let framed = ["state", "rules_summary", "counts"].map(|frame| answer.get(frame));
        let framed = framed.into_iter().flatten().filter_map(Value::as_object).flatten();
        let bare = answer.iter().filter(|(name, _)| PARTS.contains(&name.as_str()));
        for (name, value) in framed.chain(bare) {
            if let Some(count @ 1..) = size(value) {
                self.system.parts.push((name.clone(), count));
            }
        }
    }

    /// The answer about one file, or about several.
    fn files(&mut self, asked: &[String], answer: &Value, is_guided: bool) {
        let inner = answer.get("files").filter(|files| files.is_array() || files.is_object());
        match inner.unwrap_or(answer) {
            Value::Array(each) => {
                for (place, one) in each.iter().enumerate().take(MOST) {
                    let named = name_of(one, &["file", "path", "file_path"]);
                    let file = named.or_else(|| asked.get(place).cloned()).unwrap_or_default();
                    self.file(asked, &file, one, is_guided);
                }
            }
            Value::Object(map) if inner.is_some() || (asked.len() > 1 && !map.contains_key("elements")) => {
                for (file, one) in map.iter().take(MOST) {
                    self.file(asked, file, one, is_guided);
                }
            }
            one => {
                let named = asked.first().cloned();
                let file = named.or_else(|| name_of(one, &["file", "path"])).unwrap_or_default();
                self.file(asked, &file, one, is_guided);
            }
        }
    }

    fn file(&mut self, asked: &[String], file: &str, answer: &Value, is_guided: bool) {
        // What was not asked about is not taken for an answer.
        let Some(file) = asked.iter().find(|own| own.as_str() == file) else { return };
        let Value::Object(answer) = answer else {
            self.unread += usize::from(!answer.is_null());
            return;
        };
        let is_guided = is_guided || answer.contains_key("guidance");
        let elements = each(answer.get("elements"));
        let rules = each(answer.get("rules"));
        if elements.is_empty() && rules.is_empty() && !is_guided {
            self.system.unknown_files.push(file.clone());
        }
        for (name, value) in &elements {
            let Some(name) =
                name.clone().or_else(|| name_of(value, &["id", "name", "element", "key", "slug"]))
            else {
                continue;
            };
            let element = self.element(&name);
            add(&mut element.files, file.clone());
            let own = ["description", "facts"].map(|key| value.get(key)).into_iter().flatten();
            own.for_each(|own| statements(own, &mut element.facts));
        }
        for (name, value) in each(answer.get("facts")) {
            if let Some(name) = name.or_else(|| name_of(&value, &["element"])) {
                statements(&value, &mut self.element(&name).facts);
            }
        }
        for (name, value) in rules {
            self.rule(name, &value, file);
        }
    }

    fn element(&mut self, name: &str) -> &mut Element {
        let elements = &mut self.system.elements;
        let known = elements.iter().position(|element| element.name == name);
        let place = known.unwrap_or_else(|| {
            elements.push(Element { name: short(name), ..Element::default() });
            elements.len() - 1
        });
        &mut elements[place]
    }

    fn rule(&mut self, key: Option<String>, value: &Value, file: &str) {
        let Some(name) = name_of(value, &["slug", "id", "name", "key", "title"]).or(key) else { return };
        let text = |keys: &[&str]| name_of(value.as_object().map_or(&Value::Null, |_| value), keys);
        let kind = text(&["type", "kind", "rule_type"]).unwrap_or_default();
        let label = text(&["label", "description", "title", "statement"]).unwrap_or_default();
        let rules = &mut self.system.rules;
        let known = rules.iter().position(|rule| rule.name == name && rule.kind == kind);
        let place = known.unwrap_or_else(|| {
            rules.push(SystemRule { name, kind, label, files: Vec::new() });
            rules.len() - 1
        });
        add(&mut rules[place].files, file.to_owned());
    }

    fn impact(&mut self, answer: &Map<String, Value>) {
        let names = |key: &str, of: &[&str]| {
            let mut names: Vec<String> = Vec::new();
            for (name, value) in each(answer.get(key)) {
                name_of(&value, of).or(name).into_iter().for_each(|name| add(&mut names, name));
            }
            names
        };
        let impact = Impact {
            touched: each(answer.get("touched_elements"))
                .into_iter()
                .filter_map(|(name, value)| name.or_else(|| name_of(&value, &["id", "name", "element"])))
                .collect(),
            rules: names("triggered_rules", &["slug", "id", "name", "title"]),
            unmapped_files: names("unmapped_files", &["file", "path"]),
        };
        if impact != Impact::default() {
            self.system.impact = Some(impact);
        }
    }
}

/// JSON, also between the fences that some tools put around it.
fn json(text: &str) -> Option<Value> {
    let text = text.trim();
    let inner = text.strip_prefix("```").and_then(|text| text.strip_suffix("```"));
    let inner = inner.map_or(text, |inner| inner.strip_prefix("json").unwrap_or(inner));
    serde_json::from_str(inner.trim()).ok()
}

/// What is below the frame around an answer, if it has one.
fn unwrapped(answer: &Value) -> &Value {
    let own = answer.as_object().and_then(|map| {
        let frame = WRAPPED.iter().find_map(|frame| map.get(*frame))?;
        let is_frame = frame.is_null() || frame.is_object() || frame.is_array();
        is_frame.then_some(frame)
    });
    own.unwrap_or(answer)
}

/// The members of a list or of a map, the latter with their names.
fn each(value: Option<&Value>) -> Vec<(Option<String>, Value)> {
    match value {
        Some(Value::Array(items)) => items.iter().take(MOST).map(|item| (None, item.clone())).collect(),
        Some(Value::Object(map)) => {
            map.iter().take(MOST).map(|(name, item)| (Some(short(name)), item.clone())).collect()
        }
        _ => Vec::new(),
    }
}

/// A text itself, or the first of these members that is one.
fn name_of(value: &Value, keys: &[&str]) -> Option<String> {
    let text = match value {
        Value::String(text) => Some(short(text)),
        Value::Object(map) => keys.iter().find_map(|key| scalar(map.get(*key)?)),
        _ => None,
    };
    text.filter(|text| !text.trim().is_empty())
}

/// Sentences of a fact in any shape.
fn statements(value: &Value, facts: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().take(MOST).for_each(|item| statements(item, facts)),
        other => {
            let keys = ["statement", "fact", "text", "description", "label", "value", "name"];
            name_of(other, &keys).into_iter().for_each(|fact| add(facts, fact));
        }
    }
}

/// How many: a number, `12 entries`, or what can be counted.
fn size(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => {
            let digits: String = text.trim().chars().take_while(char::is_ascii_digit).collect();
            digits.parse().ok()
        }
        Value::Array(items) => u64::try_from(items.len()).ok(),
        Value::Object(map) => {
            let total = ["count", "total"].iter().find_map(|key| map.get(*key)?.as_u64());
            total.or_else(|| u64::try_from(map.len()).ok())
        }
        _ => None,
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(short(text)),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

fn add(list: &mut Vec<String>, text: String) {
    if list.len() < MOST && !list.contains(&text) {
        list.push(text);
    }
}

fn short(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

/// The first sentence of a text.
fn sentence(text: &str) -> String {
    let line = text.trim().lines().next().unwrap_or_default();
    let end = line.find(". ").unwrap_or(line.len());
    line[..end].trim_end_matches(['.', ':']).chars().take(200).collect()
}

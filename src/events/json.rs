//! Records in JSON: an array of them, an object around them, or one a line. A broken one does not hide the others.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

/// Members of an object that hold records.
const HOLDERS: [&str; 5] = ["log_entries", "messages", "alerts", "deploys", "events"];

/// Records with the lines that they begin on, and what stands around them.
#[derive(Debug, Default)]
pub(super) struct Records<'t> {
    pub(super) records: Vec<(usize, &'t str)>,
    /// The member that held them.
    pub(super) holder: Option<&'static str>,
    /// Its neighbours.
    pub(super) around: BTreeMap<String, Value>,
    /// Where the text ends to be JSON.
    pub(super) broken: Option<(usize, String)>,
}

/// Takes a text apart.
pub(super) fn records(text: &str) -> Records<'_> {
    let body = text.trim_start();
    let first = body.lines().next().unwrap_or_default().trim_end();
    // A line that is no end of anything belongs to a text that is set out over many.
    let is_spread = first.ends_with(['{', '[', ',']);
    if !body.starts_with('[') && !is_spread && body.trim_end().contains('\n') {
        return lines(text);
    }
    let mut found = Found::default();
    let mut deserializer = serde_json::Deserializer::from_str(body);
    let read = deserializer.deserialize_any(Outermost(&mut found)).and_then(|()| deserializer.end());
    let above = text[..text.len() - body.len()].bytes().filter(|byte| *byte == b'\n').count();
    let why = |error: &serde_json::Error| format!("what follows is no JSON: {}", without_line(error));
    let broken = read.err().map(|error| (error.line() + above, why(&error)));
    if found.holder.is_none() && !body.starts_with('[') {
        found.elements = vec![body.trim_end()];
        let records = placed(text, &found.elements);
        return Records { records, ..Records::default() };
    }
    let records = placed(text, &found.elements);
    Records { records, holder: found.holder, around: found.around, broken }
}

/// A record a line.
fn lines(text: &str) -> Records<'_> {
    let numbered = text.lines().enumerate().map(|(at, line)| (at + 1, line.trim()));
    Records { records: numbered.filter(|(_, line)| !line.is_empty()).collect(), ..Records::default() }
}

/// What was met before the text ended, or ended to be JSON.
#[derive(Default)]
struct Found<'t> {
    elements: Vec<&'t str>,
    holder: Option<&'static str>,
    around: BTreeMap<String, Value>,
}

/// The array or the object that a text is.
struct Outermost<'f, 't>(&'f mut Found<'t>);

impl<'t> Visitor<'t> for Outermost<'_, 't> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array or an object")
    }

    fn visit_seq<A: SeqAccess<'t>>(self, seq: A) -> Result<(), A::Error> {
        Elements(&mut self.0.elements).visit_seq(seq)
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            match HOLDERS.into_iter().find(|holder| *holder == name && self.0.holder.is_none()) {
                Some(holder) => {
                    self.0.holder = Some(holder);
                    map.next_value_seed(Elements(&mut self.0.elements))?;
                }
                None => drop(self.0.around.insert(name, map.next_value()?)),
            }
        }
        Ok(())
    }
}

/// The elements of an array.
struct Elements<'f, 't>(&'f mut Vec<&'t str>);

impl<'t> Visitor<'t> for Elements<'_, 't> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'t>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(raw) = seq.next_element::<&'t RawValue>()? {
            self.0.push(raw.get());
        }
        Ok(())
    }
}

impl<'t> DeserializeSeed<'t> for Elements<'_, 't> {
    type Value = ();

    fn deserialize<D: Deserializer<'t>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

/// What an error says, without the line, which is told apart.
fn without_line(error: &serde_json::Error) -> String {
    let said = error.to_string();
    said.rsplit_once(" at line ").map_or_else(|| said.clone(), |(what, _)| what.to_owned())
}

/// Each part with its line, counted once from the top.
fn placed<'t>(text: &'t str, parts: &[&'t str]) -> Vec<(usize, &'t str)> {
    let (mut at, mut line) = (0, 1);
    let base = text.as_ptr() as usize;
    let place = |part: &&'t str| {
        let start = (part.as_ptr() as usize).saturating_sub(base).min(text.len());
        line += text.as_bytes()[at.min(start)..start].iter().filter(|byte| **byte == b'\n').count();
        at = start;
        (line, *part)
    };
    parts.iter().map(place).collect()
}

/// A record as a value; why it is none.
pub(super) fn value(record: &str) -> Result<Value, String> {
    match serde_json::from_str::<Value>(record) {
        Ok(value @ Value::Object(_)) => Ok(value),
        Ok(_) => Err("it is no JSON object".to_owned()),
        Err(error) => {
            let said = without_line(&error);
            Err(format!("it is no JSON: {said} at its character {}", error.column()))
        }
    }
}

/// A text at a path; empty where there is none.
pub(super) fn text<'v>(value: &'v Value, path: &str) -> &'v str {
    value.pointer(path).and_then(Value::as_str).unwrap_or_default()
}

/// The first text that says something.
pub(super) fn first<'v>(value: &'v Value, paths: &[&str]) -> &'v str {
    paths.iter().map(|path| text(value, path)).find(|text| !text.trim().is_empty()).unwrap_or_default()
}

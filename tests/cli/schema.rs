//! Real JSON held to the published schemas, by the part of JSON Schema that they use. Stricter in one respect: a
//! member that a schema does not describe is a fault here, because it would be one that nobody documented.

use std::path::Path;

use serde_json::Value;

use crate::sandbox::Sandbox;
use crate::stories::three_published_and_a_draft;

/// Fails unless a command's output is what its schema says; hands back what it read.
#[track_caller]
pub(crate) fn assert_fits(output: &str, schema: &str) -> Value {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema").join(format!("{schema}.json"));
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let value: Value = serde_json::from_str(output).unwrap();
    assert_is(&value, &schema);
    value
}

/// Fails unless a value is what a schema says.
#[track_caller]
pub(crate) fn assert_is(value: &Value, schema: &Value) {
    let mut faults = Vec::new();
    check(value, schema, "$", &mut faults);
    assert!(faults.is_empty(), "{}\n{value}", faults.join("\n"));
}

fn check(value: &Value, schema: &Value, at: &str, faults: &mut Vec<String>) {
    if let Some(constant) = schema.get("const")
        && constant != value
    {
        faults.push(format!("{at}: {value} is not {constant}"));
    }
    if let Some(known) = schema.get("enum").and_then(Value::as_array)
        && !known.contains(value)
    {
        faults.push(format!("{at}: {value} is none of {known:?}"));
    }
    let types: Vec<&str> = match schema.get("type") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    if !types.is_empty() && !types.contains(&kind(value)) {
        faults.push(format!("{at}: {value} is {}, not {types:?}", kind(value)));
    }
    match value {
        Value::Object(members) => {
            for required in schema.get("required").and_then(Value::as_array).into_iter().flatten() {
                if !members.contains_key(required.as_str().unwrap()) {
                    faults.push(format!("{at}: without {required}"));
                }
            }
            for (name, member) in members {
                match schema.pointer("/properties").and_then(|known| known.get(name)) {
                    Some(schema) => check(member, schema, &format!("{at}.{name}"), faults),
                    None if schema.get("additionalProperties") == Some(&Value::Bool(true)) => {}
                    None => faults.push(format!("{at}.{name}: not in the schema")),
                }
            }
        }
        Value::Array(items) => {
            let Some(schema) = schema.get("items") else { return };
            for (index, item) in items.iter().enumerate() {
                check(item, schema, &format!("{at}[{index}]"), faults);
            }
        }
        _ => {}
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_i64() || number.is_u64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

#[test]
fn every_json_output_fits_its_schema() {
    let sandbox = three_published_and_a_draft();
    for (arguments, schema) in [
        (&["actions", "--status", "all", "--json"][..], "actions"),
        (&["actions", "--rank", "--drafts", "--json"], "actions"),
        (&["list", "--json"], "postmortems"),
        (&["adopt", "--json"], "adoptions"),
        (&["log", "api-outage", "--json"], "revisions"),
        (&["list", "--grep", "broke", "--json"], "postmortems"),
        (&["list", "--like", "dns", "--json"], "postmortems"),
        (&["show", "api-outage", "--json"], "documents"),
        (&["config", "--json"], "settings"),
        (&["mcp", "--list"], "tools"),
        (&["note", "it broke", "--at", "2026-11-23T09:00Z", "-i", "queue", "--json"], "edits"),
        (&["edit", "queue", "--set", "severity=2", "--json"], "edits"),
        (&["timeline", "queue", "--git", "--write", "--json"], "edits"),
        (&["rename", "--json", "queue", "Queue jammed"], "edits"),
        (&["discard", "queue-jammed", "--json"], "edits"),
        (&["restore", "queue-jammed", "--json"], "edits"),
        (&["link", "queue", "--fix", "HEAD", "--url", "https://x.example/1", "--json"], "links"),
        (&["list", "--for", "HEAD", "--json"], "postmortems"),
    ] {
        let output = sandbox.run(arguments).ok().stdout;
        let read = assert_fits(&output, schema);
        assert!(!read[schema].as_array().unwrap().is_empty(), "{arguments:?}");
    }
}

#[test]
fn an_empty_repository_fits_the_schemas_too() {
    let sandbox = Sandbox::new();
    sandbox.git(&["init", "-q"]);
    for (arguments, schema) in [
        (&["actions", "--json"][..], "actions"),
        (&["list", "--json"], "postmortems"),
        (&["adopt", "--json"], "adoptions"),
        (&["config", "--json"], "settings"),
    ] {
        assert_fits(&sandbox.run(arguments).ok().stdout, schema);
    }
}

#[test]
fn the_check_itself_can_fail() {
    let schema = serde_json::json!({"type": "object", "required": ["a"], "properties": {"a": {"enum": [1]}}});
    let mut faults = Vec::new();
    check(&serde_json::json!({"a": 2, "b": 1}), &schema, "$", &mut faults);
    check(&serde_json::json!({}), &schema, "$", &mut faults);
    assert_eq!(faults.len(), 3, "{faults:?}");
}

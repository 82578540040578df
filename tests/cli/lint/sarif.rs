//! SARIF held to the schema that OASIS has published, by the part of JSON Schema that it uses.

use serde_json::Value;

use super::lacking;

/// Words of a schema that judge nothing.
const SILENT: [&str; 7] = ["description", "title", "default", "$schema", "$id", "definitions", "format"];

struct Schema {
    root: Value,
}

impl Schema {
    fn sarif() -> Self {
        Self { root: serde_json::from_str(include_str!("../../schemas/sarif-2.1.0.json")).unwrap() }
    }

    fn faults(&self, value: &Value, schema: &Value, at: &str) -> Vec<String> {
        let mut faults = Vec::new();
        for (word, judge) in schema.as_object().unwrap() {
            let fits = match (word.as_str(), value) {
                (silent, _) if SILENT.contains(&silent) => true,
                ("$ref", _) => {
                    let place = judge.as_str().unwrap().strip_prefix('#').unwrap();
                    faults.extend(self.faults(value, self.root.pointer(place).unwrap(), at));
                    true
                }
                ("type", _) => is_a(value, judge),
                ("enum", _) => judge.as_array().unwrap().contains(value),
                ("anyOf" | "oneOf", _) => {
                    judge.as_array().unwrap().iter().any(|one| self.faults(value, one, at).is_empty())
                }
                ("required", Value::Object(members)) => {
                    judge.as_array().unwrap().iter().all(|name| members.contains_key(name.as_str().unwrap()))
                }
                ("properties", Value::Object(members)) => {
                    for (name, member) in members {
                        if let Some(schema) = judge.get(name) {
                            faults.extend(self.faults(member, schema, &format!("{at}.{name}")));
                        }
                    }
                    true
                }
                ("additionalProperties", Value::Object(members)) => {
                    let known = schema.get("properties").and_then(Value::as_object);
                    let mut others = members
                        .iter()
                        .filter(|(name, _)| known.is_none_or(|known| !known.contains_key(*name)));
                    match judge {
                        Value::Bool(allowed) => *allowed || others.next().is_none(),
                        judge => others.all(|(name, member)| {
                            self.faults(member, judge, &format!("{at}.{name}")).is_empty()
                        }),
                    }
                }
                ("items", Value::Array(items)) => {
                    for (number, item) in items.iter().enumerate() {
                        faults.extend(self.faults(item, judge, &format!("{at}[{number}]")));
                    }
                    true
                }
                ("minItems", Value::Array(items)) => items.len() as u64 >= judge.as_u64().unwrap(),
                ("uniqueItems", Value::Array(items)) => {
                    items.iter().enumerate().all(|(number, item)| !items[..number].contains(item))
                }
                ("minimum", Value::Number(number)) => number.as_f64() >= judge.as_f64(),
                ("maximum", Value::Number(number)) => number.as_f64() <= judge.as_f64(),
                ("pattern", Value::String(text)) => {
                    regex::Regex::new(judge.as_str().unwrap()).unwrap().is_match(text)
                }
                (
                    "required" | "properties" | "additionalProperties" | "items" | "minItems" | "uniqueItems",
                    _,
                ) => true,
                ("minimum" | "maximum" | "pattern", _) => true,
                (other, _) => panic!("the schema says '{other}', which this test does not know"),
            };
            if !fits {
                faults.push(format!("{at}: {word} {judge} is not met by {value}"));
            }
        }
        faults
    }
}

fn is_a(value: &Value, kinds: &Value) -> bool {
    let is = |kind: &str| match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("no kind {other}"),
    };
    match kinds {
        Value::String(kind) => is(kind),
        kinds => kinds.as_array().unwrap().iter().any(|kind| is(kind.as_str().unwrap())),
    }
}

#[track_caller]
fn assert_sarif(text: &str) -> Value {
    let schema = Schema::sarif();
    let log: Value = serde_json::from_str(text).unwrap();
    let faults = schema.faults(&log, &schema.root, "$");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    log
}

#[test]
fn the_log_is_what_the_published_schema_says() {
    let sandbox = lacking();
    sandbox.write("größe b.md", "# x\n\n## Summary\n\nIt was mended.\n");
    sandbox.write("binary.md", b"\0");
    let answer = sandbox.run(&["lint", "--format", "sarif", "größe b.md", "queue", "binary.md"]).status(2);
    let run = &assert_sarif(&answer.stdout)["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 2);
    let place = &results[0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "gr%C3%B6%C3%9Fe%20b.md");
    assert_eq!(
        place["region"],
        serde_json::json!({"startLine": 5, "startColumn": 4, "endLine": 5, "endColumn": 14})
    );
    let rule = &run["tool"]["driver"]["rules"][results[0]["ruleIndex"].as_u64().unwrap() as usize];
    assert_eq!((&rule["id"], &results[0]["ruleId"]), (&"ACME1".into(), &"ACME1".into()));
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
}

#[test]
fn a_log_without_results_is_one_too() {
    let sandbox = crate::sandbox::Sandbox::with_repository();
    let log = assert_sarif(&sandbox.run(&["lint", "--format", "sarif"]).ok().stdout);
    assert_eq!(log["runs"][0]["results"], serde_json::json!([]));
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    assert!(rules.iter().all(|rule| rule["help"]["markdown"].as_str().unwrap().contains("### Why")));
}

#[test]
fn the_check_itself_can_fail() {
    let schema = Schema::sarif();
    for (wrong, count) in [
        (serde_json::json!({"version": "2.1.0"}), 1),
        (serde_json::json!({"version": "3", "runs": []}), 1),
        (
            serde_json::json!({"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}}, "results": [{"level": "bad"}]}]}),
            2,
        ),
        (serde_json::json!({"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}}, "odd": 1}]}), 1),
    ] {
        assert_eq!(schema.faults(&wrong, &schema.root, "$").len(), count, "{wrong}");
    }
}

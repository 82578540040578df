//! What is asked of which tool, and what answers of both known versions, and of none, tell.

use serde_json::{Map, Value, json};

use super::*;

#[allow(clippy::needless_pass_by_value, reason = "it reads as what it is")]
fn schema(properties: Value, required: &[&str]) -> Map<String, Value> {
    let schema = json!({ "type": "object", "properties": properties, "required": required });
    schema.as_object().unwrap().clone()
}

fn optional(kind: &str) -> Value {
    json!({ "anyOf": [{ "type": kind }, { "type": "null" }], "default": null })
}

/// The tools of 0.5.3 and 0.11.4 that matter here.
fn known() -> Vec<(String, Map<String, Value>)> {
    let text = || optional("string");
    vec![
        ("get_context".into(), schema(json!({ "scope": text(), "path": text(), "repo_path": text() }), &[])),
        (
            "get_file_context".into(),
            schema(json!({ "file_path": { "type": "string" }, "repo_path": text() }), &["file_path"]),
        ),
        ("get_impact".into(), schema(json!({ "repo_path": text() }), &[])),
        ("get_system_context".into(), schema(json!({ "system_id": { "type": "string" } }), &["system_id"])),
        ("sync".into(), schema(json!({ "repo_path": text() }), &[])),
    ]
}

fn offered(tools: &[(String, Map<String, Value>)]) -> Vec<Offered<'_>> {
    tools.iter().map(|(name, schema)| (name.as_str(), schema)).collect()
}

fn files() -> Vec<String> {
    vec!["src/a.rs".into(), "src/b.rs".into()]
}

/// The questions, one a line, and what was missing.
fn planned(tools: &[(String, Map<String, Value>)], uncommitted: bool) -> String {
    let files = files();
    let inquiry = Inquiry { files: &files, top: "/top", uncommitted };
    let (planned, missing) = plan(&offered(tools), &inquiry);
    let lines = planned.iter().map(|one| format!("{} {}", one.tool, Value::from(one.arguments.clone())));
    let missing = missing.iter().map(|name| format!("missing {name}"));
    lines.chain(missing).collect::<Vec<_>>().join("\n")
}

#[test]
fn known_tools_are_asked_with_the_names_of_their_schemas() {
    insta::assert_snapshot!(planned(&known(), true), @r#"
    get_context {"repo_path":"/top"}
    get_file_context {"file_path":"src/a.rs","repo_path":"/top"}
    get_file_context {"file_path":"src/b.rs","repo_path":"/top"}
    get_impact {"repo_path":"/top"}
    "#);
    assert!(!planned(&known(), false).contains("get_impact"), "nothing is uncommitted");
}

#[test]
fn renamed_tools_and_arguments_are_found() {
    let tools = vec![
        ("gjalla.getContext".into(), schema(json!({ "cwd": { "type": "string" } }), &["cwd"])),
        (
            "gjalla_fetch_file_context".into(),
            schema(json!({ "path": {}, "repositoryPath": optional("string") }), &["path"]),
        ),
        ("change-impact".into(), Map::new()),
    ];
    insta::assert_snapshot!(planned(&tools, true), @r#"
    gjalla.getContext {"cwd":"/top"}
    gjalla_fetch_file_context {"path":"src/a.rs","repositoryPath":"/top"}
    gjalla_fetch_file_context {"path":"src/b.rs","repositoryPath":"/top"}
    change-impact {}
    "#);
}

#[test]
fn a_tool_that_takes_a_list_of_files_is_asked_once() {
    let reference = json!({ "$ref": "#/$defs/Paths" });
    let mut own = schema(json!({ "what": reference }), &["what"]);
    own.insert("$defs".into(), json!({ "Paths": { "type": "array", "items": { "type": "string" } } }));
    let listed = schema(json!({ "files": { "type": ["array", "null"] }, "file": optional("string") }), &[]);
    for (schema, name) in [(own, "what"), (listed, "files")] {
        let asked = planned(&[("get_file_context".into(), schema)], false);
        let expected =
            format!("get_file_context {{\"{name}\":[\"src/a.rs\",\"src/b.rs\"]}}\nmissing get_context");
        assert_eq!(asked, expected);
    }
}

#[test]
fn what_changes_something_or_asks_for_more_than_is_known_is_left_alone() {
    let any = || schema(json!({}), &[]);
    let tools = vec![
        ("update_context".into(), any()),
        ("delete_file_context".into(), schema(json!({ "file_path": {} }), &["file_path"])),
        ("get_context".into(), schema(json!({ "project_id": { "type": "integer" } }), &["project_id"])),
        ("get_impact".into(), schema(json!({ "repo_path": {}, "since": {} }), &["repo_path", "since"])),
        ("clear_impact".into(), any()),
    ];
    assert_eq!(planned(&tools, true), "missing get_context\nmissing get_file_context\nmissing get_impact");
}

/// What is told of answers to the known tools, in their order.
fn told(answers: &[&str]) -> Told {
    let files = files();
    let inquiry = Inquiry { files: &files, top: "/top", uncommitted: true };
    let (planned, _) = plan(&offered(&known()), &inquiry);
    let answers: Vec<Answered<'_>> = answers.iter().map(|text| Answered::Text(text)).collect();
    read(&planned, &answers)
}

const CONTEXT: &str = r#"{
  "state": {"architecture": "2 entries", "capabilities": "1 entries", "services": "0 entries"},
  "metadata": {"serial": 7, "commit": "abc1234", "captured_at": "2026-03-01T10:00:00Z"},
  "rules_summary": {"principles": 1, "adrs": 0}
}"#;
const FILE: &str = r#"{
  "file": "src/a.rs",
  "elements": ["architecture.payment-service", "capabilities.charge-card"],
  "rules": [{"slug": "no-card-numbers", "type": "invariant", "label": "No card number is stored."}],
  "facts": {"architecture.payment-service": ["Retries a charge three times.", {"statement": "Asks the bank."}]}
}"#;
const UNKNOWN: &str = r#"{"file": "src/b.rs", "elements": [], "rules": [], "facts": {}}"#;
const IMPACT: &str = r#"{
  "touched_elements": {"architecture.payment-service": ["src/a.rs"]},
  "triggered_rules": {"no-card-numbers": {"slug": "no-card-numbers", "type": "invariant", "label": "x"}},
  "unmapped_files": ["new.rs"]
}"#;

#[test]
#[allow(clippy::too_many_lines, reason = "all that is understood, in one view")]
fn the_answers_of_known_versions_are_understood() {
    let told = told(&[CONTEXT, FILE, UNKNOWN, IMPACT]);
    let system = told.system.unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(&system).unwrap(), @r#"
    {
      "provider": "gjalla",
      "state": [
        [
          "captured_at",
          "2026-03-01T10:00:00Z"
        ],
        [
          "commit",
          "abc1234"
        ],
        [
          "serial",
          "7"
        ]
      ],
      "parts": [
        [
          "architecture",
          2
        ],
        [
          "capabilities",
          1
        ],
        [
          "principles",
          1
        ]
      ],
      "elements": [
        {
          "name": "architecture.payment-service",
          "facts": [
            "Retries a charge three times.",
            "Asks the bank."
          ],
          "files": [
            "src/a.rs"
          ]
        },
        {
          "name": "capabilities.charge-card",
          "facts": [],
          "files": [
            "src/a.rs"
          ]
        }
      ],
      "rules": [
        {
          "name": "no-card-numbers",
          "kind": "invariant",
          "label": "No card number is stored.",
          "files": [
            "src/a.rs"
          ]
        }
      ],
      "impact": {
        "touched": [
          "architecture.payment-service"
        ],
        "rules": [
          "no-card-numbers"
        ],
        "unmapped_files": [
          "new.rs"
        ]
      },
      "unknown_files": [
        "src/b.rs"
      ]
    }
    "#);
    assert_eq!((told.guidance, told.refused, told.unread), (None, None, 0));
}

#[test]
fn guidance_in_place_of_data_is_no_data_and_no_error() {
    let none = r#"{"data": null, "guidance": "No architecture data cached yet. Options:\n1. Call `sync`"}"#;
    let file = r#"{"file": "src/a.rs", "elements": [], "rules": [], "facts": {}, "guidance": "No gjallamap cached."}"#;
    let impact = r#"{"touched_elements": {}, "triggered_rules": {}, "unmapped_files": [], "guidance": "x"}"#;
    let told = told(&[none, file, file, impact]);
    assert_eq!(told.system, None);
    assert_eq!(told.guidance.as_deref(), Some("No architecture data cached yet"));
    assert_eq!(told.unread, 0);
}

#[test]
fn other_shapes_of_the_same_are_understood() {
    let context = r#"{"data": {"architecture": {"a": {}, "b": {}}, "metadata": {"version": "3"}}}"#;
    let file = "```json\n{\"result\": {\"elements\": [{\"id\": \"core\", \"description\": \"The core.\"}], \
                \"rules\": {\"r1\": {\"kind\": \"adr\", \"title\": \"One pool\"}, \"r2\": null}}}\n```";
    let impact = r#"{"touched_elements": ["core", {"name": "edge"}], "triggered_rules": ["r1"]}"#;
    let system = told(&[context, file, "null", impact]).system.unwrap();
    assert_eq!(system.parts, [("architecture".to_owned(), 2)]);
    assert_eq!(system.elements[0].facts, ["The core."]);
    let rules: Vec<_> = system.rules.iter().map(|rule| (rule.name.as_str(), rule.kind.as_str())).collect();
    assert_eq!(rules, [("One pool", "adr"), ("r2", "")]);
    assert_eq!(system.impact.unwrap().touched, ["core", "edge"]);
}

#[test]
fn a_list_of_files_is_answered_as_a_list_or_as_a_map() {
    let tool = ("get_file_context".to_owned(), schema(json!({ "files": { "type": "array" } }), &["files"]));
    let files = files();
    let inquiry = Inquiry { files: &files, top: "/top", uncommitted: false };
    let (planned, _) = plan(&[(&tool.0, &tool.1)], &inquiry);
    let list = r#"[{"file": "src/b.rs", "elements": ["b"]}, {"file": "src/a.rs", "elements": []}]"#;
    let map = r#"{"src/b.rs": {"elements": ["b"]}, "src/a.rs": {"elements": []}, "/etc/passwd": {"elements": ["x"]}}"#;
    let framed = format!("{{\"files\": {list}}}");
    for answer in [list, map, &framed] {
        let system = read(&planned, &[Answered::Text(answer)]).system.unwrap();
        assert_eq!(system.elements.len(), 1, "{answer}");
        assert_eq!(system.elements[0].files, ["src/b.rs"], "{answer}");
        assert_eq!(system.unknown_files, ["src/a.rs"], "{answer}");
    }
}

#[test]
fn nonsense_is_counted_and_harms_nobody() {
    let deep = "[".repeat(500);
    let told = told(&["Hello", "[1, 2]", r#"{"elements": 7, "rules": "x", "facts": [[[]]]}"#, &deep]);
    assert_eq!(told.system, None);
    assert_eq!(told.unread, 3);
    let long = format!(r#"{{"metadata": {{"x": "{}"}}}}"#, "y".repeat(5_000));
    assert_eq!(super::read(&[], &[]).system, None);
    let system = self::told(&[&long]).system.unwrap();
    assert_eq!(system.state[0].1.len(), 1_000);
}

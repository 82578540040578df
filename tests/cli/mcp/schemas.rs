//! The arguments of the tools are those of the commands: whatever a schema allows, the command line takes.

use clap::error::ErrorKind;
use git_postmortem::cli;
use serde_json::{Value, json};

use super::client::Client;
use crate::sandbox::Sandbox;

/// Arguments of tools that stand for something else on the command line.
const TEXTS: [(&str, &str); 3] = [("text", "file"), ("records", "import"), ("fields", "set")];

/// What clap says to `git postmortem` with these words.
fn typed(words: &[String]) -> Option<ErrorKind> {
    let words = ["git-postmortem".to_owned()].into_iter().chain(words.iter().cloned());
    cli::command().try_get_matches_from(words).err().map(|error| error.kind())
}

/// The words that a value of an argument is typed as.
fn words(command: &clap::Command, name: &str, value: Option<&str>) -> Vec<String> {
    let long = name.replace('_', "-");
    let is_option = command.get_arguments().any(|arg| arg.get_long() == Some(&long));
    match (is_option, value) {
        (true, None) => vec![format!("--{long}")],
        (true, Some(value)) => vec![format!("--{long}={value}")],
        (false, value) => vec![value.unwrap_or("x").to_owned()],
    }
}

#[test]
fn each_argument_is_one_of_the_command_and_takes_the_same_values() {
    let printed = Sandbox::with_repository().run(&["mcp", "--list"]).ok().stdout;
    let printed: Value = serde_json::from_str(&printed).unwrap();
    for tool in printed["tools"].as_array().unwrap() {
        let fixed: Vec<String> =
            tool["command"].as_str().unwrap().split(' ').skip(2).map(str::to_owned).collect();
        let mut command = cli::command();
        for word in fixed.iter().take_while(|word| !word.starts_with('-')) {
            command = command.find_subcommand(word).unwrap().clone();
        }
        for (name, schema) in tool["input"]["properties"].as_object().unwrap() {
            let at = format!("{} of {}", name, tool["name"]);
            assert!(schema["description"].as_str().is_some_and(|about| about.len() > 8), "{at}");
            let mapped = TEXTS.iter().find(|(text, _)| text == name);
            let mapped =
                mapped.filter(|(_, to)| command.get_arguments().any(|arg| arg.get_long() == Some(to)));
            let name = mapped.map_or(name.as_str(), |(_, to)| to);
            let items = if schema["type"] == "array" { &schema["items"] } else { schema };
            let known: Vec<&str> =
                items["enum"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            let values: Vec<Option<&str>> = match schema["type"].as_str() {
                Some("boolean") => vec![None],
                _ if !known.is_empty() => known.into_iter().map(Some).collect(),
                _ if items["minimum"] == 0 => vec![Some("0"), Some("7")],
                _ if items["type"] == "integer" => vec![Some("1"), Some("7")],
                _ if name == "set" && tool["name"] == "attest" => vec![Some("gaps=x")],
                _ if name == "set" => vec![Some("severity=1")],
                _ if name == "kind" => {
                    ["impact", "detected", "acknowledged", "mitigated", "resolved"].map(Some).to_vec()
                }
                _ if name == "status" || name == "missing" => vec![None],
                _ => vec![Some("x")],
            };
            let wrong = [
                ErrorKind::UnknownArgument,
                ErrorKind::InvalidValue,
                ErrorKind::ValueValidation,
                ErrorKind::TooManyValues,
            ];
            for value in values {
                let said = typed(&[fixed.clone(), words(&command, name, value)].concat());
                // An option without its value is not this test's matter.
                let accepted = said.is_none_or(|kind| !wrong.contains(&kind));
                assert!(
                    accepted || value.is_none() && schema["type"] != "boolean",
                    "{at} {value:?}: {said:?}"
                );
            }
            let value =
                items["enum"][0].as_str().or(Some(if items["type"] == "integer" { "1" } else { "x" }));
            let is_option = words(&command, name, value)[0].starts_with("--");
            if is_option && schema["type"] == "array" {
                let twice = [words(&command, name, value), words(&command, name, value)].concat();
                let said = typed(&[fixed.clone(), twice].concat());
                assert_ne!(said, Some(ErrorKind::ArgumentConflict), "{at} is given once alone");
            }
        }
    }
}

#[test]
fn what_a_tool_does_is_announced_as_the_protocol_has_it() {
    let sandbox = Sandbox::with_repository();
    let mut client = Client::begin(&sandbox);
    let tools = client.tools();
    let hints = |name: &str| {
        let tool = tools.iter().find(|tool| tool["name"] == name).unwrap();
        let hints = &tool["annotations"];
        ["readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint"]
            .map(|hint| hints[hint].as_bool().unwrap())
    };
    for name in [
        "list",
        "show",
        "actions",
        "lint",
        "context",
        "candidates",
        "timeline",
        "trace",
        "gate",
        "lint_rule",
        "attest_verify",
    ] {
        assert_eq!(hints(name), [true, false, true, false], "{name}");
    }
    for name in ["note", "timeline_write", "actions_add", "whys"] {
        assert_eq!(hints(name), [false, false, true, false], "{name}");
    }
    assert_eq!(hints("new"), [false, false, false, false]);
    assert_eq!(hints("edit_section"), [false, true, true, false]);
    assert_eq!(hints("discard"), [false, true, false, false]);
    for tool in &tools {
        let description = tool["description"].as_str().unwrap();
        assert!(description.contains("Use it") && !description.contains("  "), "{description}");
        assert_eq!(tool["inputSchema"]["additionalProperties"], json!(false));
        assert!(!tool["title"].as_str().unwrap().is_empty());
    }
    assert_eq!(client.end(), 0);
}

#[test]
fn a_reading_tool_changes_no_ref_and_no_file() {
    let sandbox = crate::stories::three_published_and_a_draft();
    let refs = || sandbox.git(&["for-each-ref", "refs/heads", "refs/postmortem", "refs/tags"]);
    let before = refs();
    let mut client = Client::begin(&sandbox);
    let tools = client.tools();
    for tool in tools.iter().filter(|tool| tool["annotations"]["readOnlyHint"] == true) {
        let needed = tool["inputSchema"]["required"].as_array().unwrap();
        let arguments: serde_json::Map<String, Value> = needed
            .iter()
            .map(|name| {
                (name.as_str().unwrap().to_owned(), json!(if name == "rule" { "PM101" } else { "queue" }))
            })
            .collect();
        client.call(tool["name"].as_str().unwrap(), &arguments.into());
    }
    assert_eq!(client.end(), 0);
    assert_eq!(refs(), before);
    assert_eq!(sandbox.status(), "");
}

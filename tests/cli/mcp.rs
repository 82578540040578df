//! The server of tools, spoken to line by line: what it announces, what it answers, and what it never does.

mod client;
mod hostile;
mod schemas;

use serde_json::{Value, json};

use crate::sandbox::Sandbox;
use crate::schema::assert_is;
use crate::stories::three_published_and_a_draft;
use client::Client;

/// Three releases with a revert, so that there is a candidate and something to trace.
fn a_bad_release(sandbox: &mut Sandbox) {
    let pool = |size: u32| format!("[pool]\nmin = 1\nsize = {size}\nwait = 5\n");
    sandbox.at_time("2026-11-20T08:00:00Z").commit("pool.toml", pool(40), "pool: forty connections");
    sandbox.git(&["tag", "v2.3.0"]);
    sandbox.at_time("2026-11-21T12:00:00Z").commit("pool.toml", pool(4), "pool: keep fewer connections open");
    sandbox.git(&["tag", "v2.3.1"]);
    sandbox.at_time("2026-11-21T12:50:00Z");
    sandbox.git(&["revert", "--no-edit", "HEAD"]);
    sandbox.git(&["tag", "v2.3.2"]);
}

/// The draft that the calls below begin.
const BEGUN: &str = "2026-11-21-checkout-returns-5xx";

/// Calls that look around.
fn looking() -> Vec<(&'static str, Value)> {
    vec![
        ("candidates", json!({"since": "30d"})),
        ("list", json!({"state": ["published", "draft"], "severity": ["SEV-1", "SEV-4"]})),
        ("list", json!({"like": "queue", "limit": 2})),
        ("list", json!({"for": "docs/post-mortems"})),
        ("show", json!({"id": "api-outage", "section": "summary"})),
        ("context", json!({"subject": "v2.3.0..v2.3.1"})),
        ("actions", json!({"status": ["all"], "rank": true, "drafts": true})),
        ("gate", json!({"rev": "v2.3.1"})),
    ]
}

/// Calls that make a draft, each on what the one before has left.
fn writing() -> Vec<(&'static str, Value)> {
    let records = "time,event\n2026-11-21T12:20:00Z,pager went off\n";
    let id = BEGUN;
    vec![
        (
            "new",
            json!({"title": "Checkout returns 5xx", "severity": 2, "start": "2026-11-21T12:10Z", "end": "2026-11-21T12:52Z",
                   "reviewer": ["@ana"], "deploy": ["v2.3.1"], "fix": ["v2.3.2"]}),
        ),
        ("trace", json!({"subjects": [id]})),
        (
            "note",
            json!({"id": id, "text": "the pool was empty", "at": "2026-11-21T12:15Z", "kind": "detected"}),
        ),
        ("timeline", json!({"id": id, "git": true, "records": records, "from": "csv"})),
        ("timeline_write", json!({"id": id, "git": true, "records": records, "from": "csv"})),
        ("link", json!({"id": id, "introduced": ["v2.3.1"], "url": ["https://chat.example.com/c/1"]})),
        (
            "edit_section",
            json!({"id": id, "section": "Summary", "text": "Checkout was down.", "append": false}),
        ),
        ("edit_section", json!({"id": id, "section": "Summary", "text": "It is up again.", "append": true})),
        (
            "edit_fields",
            json!({"id": id, "fields": {"duration": "42 minutes", "reviewers": ["@ana", "@bo"]}}),
        ),
        ("actions_add", json!({"id": id, "text": "Alert on an empty pool", "owner": "@ops", "due": "+2w"})),
        ("actions_set", json!({"ids": [format!("{id}#1")], "priority": "P1", "effort": "small"})),
        ("lint", json!({"documents": [id], "level": "info"})),
        ("lint_rule", json!({"rule": "PM101"})),
        ("lint_fix", json!({"documents": [id]})),
        (
            "whys",
            json!({"id": id, "why": ["The pool was empty", "Nothing limits connections"], "factor": true}),
        ),
        (
            "whys",
            json!({"id": id, "why": ["Nothing compares the limits"], "from": 2, "chain": 1, "action": "Compare them"}),
        ),
        ("attest", json!({"ids": [id], "set": ["gaps=No alert on pool usage"]})),
        ("attest_verify", json!({"ids": [id]})),
        ("rename", json!({"id": id, "title": "Checkout was down"})),
        ("merge", json!({"from": "queue", "into": "checkout-was-down"})),
        ("discard", json!({"id": "checkout-was-down"})),
        ("restore", json!({"id": "checkout-was-down"})),
    ]
}

#[test]
fn every_tool_answers_as_its_schema_announces() {
    let mut sandbox = three_published_and_a_draft();
    a_bad_release(&mut sandbox);
    let mut client = Client::begin(&sandbox);
    let tools = client.tools();
    let mut called: Vec<&str> = Vec::new();
    for (name, arguments) in looking().iter().chain(&writing()) {
        let tool = tools.iter().find(|tool| tool["name"] == *name).unwrap();
        let answer = client.call(name, arguments);
        assert_eq!(answer["isError"], json!(false), "{name} {arguments}: {answer}");
        let structured = &answer["structuredContent"];
        assert_is(structured, &tool["outputSchema"]);
        let text: Value = serde_json::from_str(answer["content"][0]["text"].as_str().unwrap()).unwrap();
        assert_eq!(text, *structured, "{name}");
        called.push(*name);
    }
    let blob = client.call("show", &json!({"id": "checkout-was-down"}))["structuredContent"]["documents"][0]
        ["blob"]
        .clone();
    let whole = json!({"id": "checkout-was-down", "text": "# Post-Mortem: Checkout\n\n## Summary\n\nIt broke.\n", "base": blob});
    let answer = client.call("edit_text", &whole);
    assert_is(
        &answer["structuredContent"],
        &tools.iter().find(|tool| tool["name"] == "edit_text").unwrap()["outputSchema"],
    );
    called.push("edit_text");
    // What was read is not what is there any more.
    assert_eq!(client.call("edit_text", &whole)["isError"], true);
    let announced: Vec<&str> = tools.iter().map(|tool| tool["name"].as_str().unwrap()).collect();
    for name in announced {
        assert!(called.contains(&name), "{name} was never called");
    }
    assert_eq!(client.end(), 0);
    assert_eq!(sandbox.status(), "");
    sandbox.assert_sound(&sandbox.repo());
}

#[test]
fn what_the_tools_wrote_is_what_the_commands_read() {
    let sandbox = Sandbox::with_repository();
    let mut client = Client::begin(&sandbox);
    let begun = client
        .call("new", &json!({"title": "Queue stuck", "start": "2026-11-22T09:00Z", "template": "brief"}));
    let id = begun["structuredContent"]["postmortems"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(id, "2026-11-22-queue-stuck");
    let odd = "a `b | c` cell\r\nand \"quotes\", ümläut, 日本";
    client.call("edit_section", &json!({"id": id, "section": "Summary", "text": odd}));
    client.call("note", &json!({"id": id, "text": "--at=now | not a flag", "at": "2026-11-22T09:05:00Z"}));
    client.call("actions_add", &json!({"id": id, "text": "-x | y", "owner": "@ops"}));
    assert_eq!(client.end(), 0);
    let shown = sandbox.run(&["show", &id, "--json"]).ok().stdout;
    let shown: Value = serde_json::from_str(&shown).unwrap();
    let document = &shown["documents"][0];
    assert!(
        document["text"].as_str().unwrap().contains("a `b | c` cell\nand \"quotes\", ümläut, 日本"),
        "{document}"
    );
    let events = document["timeline"].as_array().unwrap();
    assert!(events.iter().any(|event| event["text"] == "--at=now | not a flag"), "{events:?}");
    assert_eq!(document["actions"][0]["text"], "-x | y");
}

#[test]
fn a_failing_call_says_what_the_prompt_says_and_the_server_lives_on() {
    let sandbox = three_published_and_a_draft();
    let mut client = Client::begin(&sandbox);
    for (name, arguments, typed) in [
        ("show", json!({"id": "nothing-like-it"}), &["show", "--json", "nothing-like-it"][..]),
        ("context", json!({"subject": "v9.9.9"}), &["context", "--json", "v9.9.9"]),
        ("new", json!({"title": "!!!"}), &["new", "--json", "!!!"]),
        (
            "note",
            json!({"id": "queue", "text": "x", "at": "soon"}),
            &["note", "--id=queue", "--at=soon", "x"],
        ),
        (
            "edit_fields",
            json!({"id": "queue", "fields": {"severty": "1"}}),
            &["edit", "queue", "--set=severty=1"],
        ),
        (
            "actions_set",
            json!({"ids": ["queue#9"], "owner": "@a"}),
            &["actions", "set", "queue#9", "--owner=@a"],
        ),
    ] {
        let answer = client.call(name, &arguments);
        assert_eq!(answer["isError"], true, "{name}: {answer}");
        assert!(answer.get("structuredContent").is_none(), "{answer}");
        let said = sandbox.run(typed).status(2).stderr;
        assert_eq!(answer["content"][0]["text"], json!(said), "{name}");
    }
    assert_eq!(client.call("list", &json!({}))["isError"], false);
    assert_eq!(client.end(), 0);
}

#[test]
fn the_configuration_and_the_documents_are_read_anew_for_each_call() {
    let sandbox = three_published_and_a_draft();
    let mut client = Client::begin(&sandbox);
    let count = |answer: &Value| answer["structuredContent"]["postmortems"].as_array().unwrap().len();
    assert_eq!(count(&client.call("list", &json!({}))), 4);
    sandbox.run(&["new", "Another", "--deploy", "none"]).ok();
    assert_eq!(count(&client.call("list", &json!({}))), 5);
    sandbox.write(".postmortem.toml", "nonsense = 1\n");
    let answer = client.call("list", &json!({}));
    assert!(
        answer["content"][0]["text"].as_str().unwrap().contains("1 fault in the configuration"),
        "{answer}"
    );
    std::fs::remove_file(sandbox.repo().join(".postmortem.toml")).unwrap();
    assert_eq!(count(&client.call("list", &json!({}))), 5);
    assert_eq!(client.end(), 0);
}

#[test]
fn calls_that_come_at_once_are_all_answered_and_nothing_is_lost() {
    let sandbox = three_published_and_a_draft();
    let mut client = Client::begin(&sandbox);
    for minute in 0..20 {
        let arguments = json!({"id": "queue", "text": format!("event {minute}"), "at": format!("2026-11-22T09:{minute:02}Z")});
        client.ask("tools/call", &json!({"name": "note", "arguments": arguments}));
        client.ask("tools/call", &json!({"name": "show", "arguments": {"id": "api-outage"}}));
    }
    // The input ends before an answer was read: what was asked is answered all the same.
    let answers = client.rest();
    assert_eq!(answers.len(), 40);
    assert!(answers.iter().all(|answer| answer["result"]["isError"] == false), "{answers:?}");
    let shown: Value = serde_json::from_str(&sandbox.run(&["show", "queue", "--json"]).ok().stdout).unwrap();
    assert_eq!(shown["documents"][0]["timeline"].as_array().unwrap().len(), 20);
}

#[test]
fn the_end_of_the_input_ends_it() {
    let sandbox = Sandbox::with_repository();
    let said = sandbox.run_with(&["mcp"], "").ok();
    assert_eq!((said.stdout.as_str(), said.stderr.as_str()), ("", ""));
    // In the middle of a word, too.
    sandbox.run_with(&["mcp"], "{\"jsonrpc\":\"2.0\",\"id\":1,").ok();
    assert_eq!(Client::begin(&sandbox).end(), 0);
}

#[test]
fn outside_a_repository_it_serves_and_each_call_says_so() {
    let sandbox = Sandbox::new();
    let mut client = Client::begin(&sandbox);
    let answer = client.call("list", &json!({}));
    assert!(answer["content"][0]["text"].as_str().unwrap().contains("not a git repository"), "{answer}");
    assert_eq!(client.end(), 0);
}

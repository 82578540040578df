//! Messages that are none, and arguments that want out.

use std::os::unix::fs::symlink;

use serde_json::json;

use super::client::Client;
use crate::sandbox::Sandbox;
use crate::stories::three_published_and_a_draft;

const PUBLISHED: &str = "2026-03-08-api-outage";

#[test]
fn what_is_no_request_ends_nothing() {
    let sandbox = three_published_and_a_draft();
    let mut client = Client::silent(&sandbox);
    // Before the first request, which the protocol does not allow for.
    for line in [
        "",
        "hello",
        "{",
        "[]",
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":7}}",
    ] {
        client.line(line);
    }
    let hello = json!({"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "a test", "version": "1"}});
    assert!(client.request("initialize", &hello).get("result").is_some());
    for line in [
        "\u{0}",
        "null",
        "{\"id\":1}",
        "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"tools/list\"}",
        "{\"jsonrpc\":\"1.0\",\"id\":5,\"method\":\"tools/list\"}",
        "{\"jsonrpc\":\"2.0\",\"method\":\"textDocument/didOpen\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":900,\"result\":{}}",
    ] {
        client.line(line);
    }
    let unknown = client.request("tools/destroy", &json!({}));
    assert_eq!(unknown["error"]["code"], -32601, "{unknown}");
    let unknown = client.request("tools/call", &json!({"name": "publish", "arguments": {}}));
    let words = unknown["error"]["message"].as_str().unwrap();
    assert!(words.starts_with("there is no tool 'publish'; tools are candidates, list"), "{words}");
    let wrong = client.request("tools/call", &json!({"name": "list", "arguments": [1]}));
    assert!(wrong.get("error").is_some(), "{wrong}");
    assert_eq!(client.call("list", &json!({}))["isError"], false);
    assert_eq!(client.end(), 0);
}

#[test]
fn arguments_that_do_not_fit_are_told_kindly() {
    let sandbox = three_published_and_a_draft();
    let mut client = Client::begin(&sandbox);
    for (name, arguments, words) in [
        ("list", json!({"bogus": 1}), "error: list takes no argument 'bogus'\nhint: it takes words, state"),
        ("list", json!({"state": ["gone"]}), "error: invalid value 'gone' for '--state <STATE>'"),
        ("list", json!({"limit": "many"}), "error: invalid value 'many' for '--limit <N>'"),
        ("list", json!({"grep": {"a": 1}}), "error: the argument 'grep' takes text"),
        ("lint", json!({"documents": ["-"]}), "error: '-' names nothing here\nhint: "),
        ("actions_set", json!({"ids": ["-"], "owner": "@a"}), "error: '-' names nothing here\nhint: "),
        ("show", json!({}), "error: show needs the argument 'id'"),
        ("show", json!({"id": ["a", "b"]}), "error: the argument 'id' takes one value"),
        ("timeline", json!({"id": "queue", "git": "yes"}), "error: the argument 'git' takes true or false"),
        (
            "edit_fields",
            json!({"id": "queue", "fields": "severity=1"}),
            "error: the argument 'fields' takes an object",
        ),
        ("edit_fields", json!({"id": "queue", "fields": {"a=b": "1"}}), "error: there is no field 'a=b'"),
        (
            "note",
            json!({"id": "queue", "text": "a\u{0}b", "at": "now"}),
            "error: the argument 'text' has a character NUL",
        ),
        (
            "edit_section",
            json!({"id": "queue", "section": "Summary", "text": "x".repeat(5 << 20)}),
            "error: the argument 'text' is longer than 4 MiB",
        ),
    ] {
        let answer = client.call(name, &arguments);
        let said = answer["content"][0]["text"].as_str().unwrap();
        assert!(answer["isError"] == true && said.starts_with(words), "{said}");
        assert!(!said.contains("Usage:"), "{said}");
    }
    assert_eq!(client.end(), 0);
}

#[test]
fn no_argument_leads_out_of_the_repository() {
    let sandbox = three_published_and_a_draft();
    let secret = "# Post-Mortem: Secret\n\nthe-hidden-word\n";
    std::fs::write(sandbox.at("secret.md"), secret).unwrap();
    std::fs::create_dir(sandbox.at("elsewhere")).unwrap();
    std::fs::write(sandbox.at("elsewhere/secret.md"), secret).unwrap();
    symlink(sandbox.at("secret.md"), sandbox.repo().join("link.md")).unwrap();
    symlink(sandbox.at("elsewhere"), sandbox.repo().join("folder")).unwrap();
    sandbox.write(".git/secret.md", secret);
    let absolute = sandbox.at("secret.md").to_string_lossy().into_owned();
    let mut client = Client::begin(&sandbox);
    for path in [
        absolute.as_str(),
        "../secret.md",
        "docs/../../secret.md",
        "link.md",
        "folder",
        "folder/secret.md",
        ".git/secret.md",
        "../not-there.md",
        "/not/there",
    ] {
        for (name, arguments) in [
            ("lint", json!({"documents": [path]})),
            ("list", json!({"like": path})),
            ("list", json!({"for": path})),
            ("context", json!({"subject": path})),
            ("lint_fix", json!({"documents": [path]})),
        ] {
            let answer = client.call(name, &arguments);
            let said = answer["content"][0]["text"].as_str().unwrap();
            assert_eq!(answer["isError"], true, "{name} {path}: {said}");
            assert!(!answer.to_string().contains("the-hidden-word"), "{name} {path}: {said}");
        }
        for (name, arguments) in [
            ("show", json!({"id": path})),
            ("discard", json!({"id": path})),
            ("link", json!({"id": "queue", "fix": [path]})),
            ("timeline", json!({"id": path})),
            ("new", json!({"title": "Escape", "deploy": [path]})),
            ("new", json!({"title": "Escape", "template": path})),
        ] {
            assert_eq!(client.call(name, &arguments)["isError"], true, "{name} {path}");
        }
    }
    // What is inside may be looked at.
    let answer = client.call("lint", &json!({"documents": ["docs/post-mortems"]}));
    assert_eq!(answer["isError"], false, "{answer}");
    // A title leads nowhere.
    let answer = client.call("new", &json!({"title": "../../etc/passwd", "deploy": ["none"]}));
    assert_eq!(answer["structuredContent"]["postmortems"][0]["id"], "2026-11-23-etc-passwd");
    assert_eq!(client.end(), 0);
    assert_eq!(std::fs::read_to_string(sandbox.at("secret.md")).unwrap(), secret);
}

#[test]
fn published_documents_branches_and_the_work_tree_stay_as_they_are() {
    let sandbox = three_published_and_a_draft();
    let head = sandbox.git(&["rev-parse", "HEAD"]);
    let mut client = Client::begin(&sandbox);
    for (name, arguments) in [
        ("note", json!({"id": PUBLISHED, "text": "x", "at": "2026-11-22T09:00Z"})),
        (
            "timeline_write",
            json!({"id": PUBLISHED, "records": "time,event\n2026-03-08T12:20:00Z,pager\n", "from": "csv"}),
        ),
        ("link", json!({"id": PUBLISHED, "fix": ["HEAD"]})),
        ("edit_section", json!({"id": PUBLISHED, "section": "Summary", "text": "x"})),
        ("edit_fields", json!({"id": PUBLISHED, "fields": {"severity": "3"}})),
        (
            "edit_text",
            json!({"id": PUBLISHED, "text": "# x\n", "base": sandbox.git(&["rev-parse", &format!("HEAD:docs/post-mortems/{PUBLISHED}.md")])}),
        ),
        ("actions_add", json!({"id": PUBLISHED, "text": "x"})),
        ("actions_set", json!({"ids": [format!("{PUBLISHED}#1")], "owner": "@a"})),
        ("rename", json!({"id": PUBLISHED, "title": "Other"})),
        ("merge", json!({"from": "queue", "into": PUBLISHED})),
        ("discard", json!({"id": PUBLISHED})),
        ("restore", json!({"id": PUBLISHED, "at": "HEAD~1"})),
    ] {
        let answer = client.call(name, &arguments);
        let said = answer["content"][0]["text"].as_str().unwrap();
        assert!(answer["isError"] == true && said.contains("hint: "), "{name}: {said}");
    }
    let answer = client.call("note", &json!({"id": PUBLISHED, "text": "x", "at": "2026-11-22T09:00Z"}));
    let said = answer["content"][0]["text"].as_str().unwrap();
    assert!(
        said.starts_with("error: 2026-03-08-api-outage is published, and only drafts are changed here\n"),
        "{said}"
    );
    client.call("lint_fix", &json!({"documents": [PUBLISHED]}));
    assert_eq!(client.end(), 0);
    assert_eq!(sandbox.git(&["rev-parse", "HEAD"]), head);
    assert_eq!(sandbox.status(), "");
}

#[test]
fn hooks_and_settings_that_print_stay_out_of_the_protocol() {
    let mut sandbox = Sandbox::with_repository();
    sandbox.hook("reference-transaction", "echo on standard output; cat >/dev/null");
    sandbox.set("GIT_PAGER_IN_USE", "true").set("COLUMNS", "40").unset("NO_COLOR").set("GIT_EDITOR", "false");
    sandbox.git(&["config", "color.ui", "always"]);
    let mut client = Client::begin(&sandbox);
    let answer = client.call("new", &json!({"title": "Queue stuck", "deploy": ["none"]}));
    assert_eq!(answer["isError"], false, "{answer}");
    let answer = client.call("show", &json!({"id": "nothing"}));
    assert!(!answer.to_string().contains("\\u001b"), "{answer}");
    assert_eq!(client.end(), 0);
}

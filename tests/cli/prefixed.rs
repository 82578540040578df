//! Ids and revisions of another repository, typed with its name in front.

use crate::sandbox::Sandbox;
use crate::schema::assert_fits;

/// A repository of code beside one of documents, which it calls `incidents`.
fn code_and_documents() -> Sandbox {
    let sandbox = Sandbox::with_repository();
    let there = sandbox.at("incidents");
    sandbox.git(&["init", "-q", "-b", "main", "../incidents"]);
    let page = |status: &str| {
        format!(
            "# API outage\n\n**Date**: 2026-03-08\n\n## Action Items\n\n| # | Action | Due Date | Status |\n|---|---|---|---|\n| 1 | Limit the retries | 2026-11-20 | {status} |\n"
        )
    };
    let path = "docs/post-mortems/2026-03-08-api-outage.md";
    for (status, tag) in [("open", "v1"), ("done", "v2")] {
        sandbox.write(&format!("../incidents/{path}"), page(status));
        sandbox.git_in(&there, &["add", "."]);
        sandbox.git_in(&there, &["commit", "-q", "-m", status]);
        sandbox.git_in(&there, &["tag", tag]);
    }
    sandbox.commit(
        ".postmortem.toml",
        "[repos]\nincidents = \"../incidents\"\naway = \"https://example.org/away.git\"\n",
        "config",
    );
    sandbox
}

#[test]
fn an_id_with_a_repository_in_front_is_read_there() {
    let sandbox = code_and_documents();
    let shown = sandbox.run(&["show", "incidents:api-outage"]).ok().stdout;
    assert!(shown.starts_with("# API outage") && shown.contains("| done |"), "{shown}");
    let log = sandbox.run(&["log", "incidents:api-outage"]).ok().stdout;
    assert_eq!(log.lines().filter(|line| line.contains(" published ")).count(), 2, "{log}");
    let life = sandbox.run(&["log", "incidents:api-outage#1", "--json"]).ok().stdout;
    assert_eq!(assert_fits(&life, "turns")["turns"].as_array().unwrap().len(), 2);
    for typed in ["incidents:api-outage#1", "incidents:api-outage:1", "incidents:api-outage"] {
        let ids = sandbox.run(&["actions", typed, "--status", "all", "--ids"]).ok().stdout;
        assert_eq!(ids, "incidents:2026-03-08-api-outage#1\n", "{typed}");
    }
}

#[test]
fn a_revision_with_a_repository_in_front_is_one_of_that_repository() {
    let sandbox = code_and_documents();
    let shown = sandbox.run(&["show", "api-outage", "--rev", "incidents:v1"]).ok().stdout;
    assert!(shown.contains("| open |"), "{shown}");
    let listed = sandbox.run(&["list", "--rev", "incidents:v1", "--json"]).ok().stdout;
    assert_eq!(assert_fits(&listed, "postmortems")["postmortems"][0]["id"], "2026-03-08-api-outage");
    let ids = |rev: &str| sandbox.run(&["actions", "--rev", rev, "--ids"]).ok().stdout;
    assert_eq!(ids("incidents:v1"), "incidents:2026-03-08-api-outage#1\n");
    assert_eq!(ids("incidents:v2"), "");
    sandbox.run(&["show", "incidents:api-outage", "--rev", "incidents:v1"]).ok();
}

#[test]
fn what_is_not_at_hand_is_not_resolved_here() {
    let sandbox = code_and_documents();
    let refused = sandbox.run(&["show", "away:api-outage"]).status(2);
    insta::assert_snapshot!(refused.stderr.replace(&sandbox.repo().display().to_string(), "REPO"), @r"
    error: away:api-outage is not resolved here
      caused by: there is no folder REPO/https://example.org/away.git
    hint: git config postmortem.repo.away FOLDER says where it is on this machine
    ");
    for command in [&["show", "--rev"][..], &["list", "--rev"], &["actions", "--rev"]] {
        let refused = sandbox.run(&[command, &["nowhere:v1"]].concat()).status(2);
        assert!(refused.stderr.contains("nowhere:v1 is not resolved here"), "{}", refused.stderr);
        assert!(refused.stderr.contains("git config postmortem.repo.nowhere FOLDER"), "{}", refused.stderr);
    }
    sandbox.git(&["config", "postmortem.repo.away", &sandbox.at("incidents").display().to_string()]);
    sandbox.run(&["show", "away:api-outage"]).ok();
    let two = sandbox.run(&["show", "away:api-outage", "--rev", "incidents:v1"]).status(2);
    assert!(two.stderr.contains("away and incidents are two repositories"), "{}", two.stderr);
    // An id and a label with a colon between are no repository, and neither is a time of day.
    let unknown = sandbox.run(&["log", "api-outage:1"]).status(2);
    assert!(!unknown.stderr.contains("not resolved here"), "{}", unknown.stderr);
    sandbox.run(&["list", "--rev", "HEAD@{2026-11-23 12:00}"]).ok();
}

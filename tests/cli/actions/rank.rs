//! The same idea in other documents: found, told, and ranked higher.

use serde_json::Value;

use crate::sandbox::Sandbox;
use crate::schema::assert_fits;

fn document(sandbox: &Sandbox, day: &str, name: &str, rows: &[&str]) {
    let mut text = format!(
        "# {name}\n\n**Date**: {day}\n**Severity**: SEV-3\n\n## Action Items\n\n| # | Action | Priority | Effort | Status |\n|---|---|---|---|---|\n"
    );
    rows.iter().for_each(|row| text.push_str(&format!("| {row} |\n")));
    sandbox.commit(&format!("docs/post-mortems/{day}-{name}.md"), text, name);
}

/// Four incidents: one idea is promised in three of them in other words, another one twice, and decoys share their verbs.
fn recurring() -> Sandbox {
    let sandbox = Sandbox::with_repository();
    document(
        &sandbox,
        "2026-02-01",
        "queue",
        &[
            "1 | Add an alert on queue depth | P2 | small | done",
            "2 | Update the runbook of the mailer | P3 | small | open",
        ],
    );
    document(
        &sandbox,
        "2026-04-01",
        "disk",
        &[
            "1 | Add an alert on disk space | P3 | small | open",
            "2 | Rotate the gateway's certificates automatically | P3 | small | cancelled",
        ],
    );
    document(
        &sandbox,
        "2026-06-01",
        "mail",
        &[
            "1 | Alert on the depth of the queue | P4 | small | open",
            "2 | Automatic rotation of the gateway's certificates | P2 | small | open",
        ],
    );
    document(
        &sandbox,
        "2026-08-01",
        "late",
        &[
            "1 | Alerting on queue depth | P5 | small | open",
            "2 | Update the dashboard of the scheduler | P3 | small | open",
        ],
    );
    sandbox
}

#[test]
fn an_idea_that_was_promised_before_says_where_and_comes_first() {
    let sandbox = recurring();
    let answer = sandbox.run(&["actions", "--rank", "--json"]).ok();
    let read = assert_fits(&answer.stdout, "actions");
    let told: Vec<String> = read["actions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| format!("{} {}", row["id"].as_str().unwrap(), row["reason"].as_str().unwrap()))
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    2026-06-01-mail#2 P2, small: a quick win; promised before in 2026-04-01-disk#2
    2026-06-01-mail#1 P4, small: a quick win; promised before in 2026-02-01-queue#1 and 1 more
    2026-08-01-late#1 P5, small: a quick win; promised before in 2026-06-01-mail#1 and 1 more
    2026-08-01-late#2 P3, small: a fill-in
    2026-04-01-disk#1 P3, small: a fill-in
    2026-02-01-queue#2 P3, small: a fill-in
    ");
    let recurs = |id: &str| {
        let row = read["actions"].as_array().unwrap().iter().find(|row| row["id"] == id).unwrap().clone();
        row["recurs"].clone()
    };
    assert_eq!(recurs("2026-06-01-mail#1"), serde_json::json!(["2026-02-01-queue#1", "2026-08-01-late#1"]));
    assert_eq!(recurs("2026-04-01-disk#1"), Value::Null);
    let plain = sandbox.run(&["actions", "--json"]).ok().stdout;
    assert!(!plain.contains("recurs"), "only where ranking is asked: {plain}");
}

#[test]
fn the_reason_stands_in_markdown_and_csv_too() {
    let sandbox = recurring();
    let why = "P2, small: a quick win; promised before in 2026-04-01-disk#2";
    let markdown = sandbox.run(&["actions", "mail", "--rank", "--format", "markdown"]).ok().stdout;
    assert!(
        markdown.starts_with("| Id | Action | Owner | Priority | Due | Status | Post-mortem | Why |\n"),
        "{markdown}"
    );
    assert!(markdown.lines().any(|line| line.ends_with(&format!("| {why} |"))), "{markdown}");
    assert!(!sandbox.run(&["actions", "--format", "markdown"]).ok().stdout.contains("Why"));
    let csv = sandbox.run(&["actions", "mail", "--rank", "--format", "csv"]).ok().stdout;
    assert!(csv.lines().next().unwrap().ends_with(",line,reason"), "{csv}");
    assert!(csv.lines().any(|line| line.ends_with(&format!(",\"{why}\""))), "{csv}");
}

#[test]
fn what_was_just_published_hears_of_what_was_promised_before() {
    let sandbox = recurring();
    let text = "# Queue again\n\n**Date**: 2026-11-20\n**Severity**: SEV-3\n\n## Action Items\n\n| # | Action | Owner | Priority | Effort | Status |\n|---|---|---|---|---|---|\n| 1 | Put an alert on the queue's depth | @ana | P4 | small | open |\n";
    sandbox.run(&["new", "Queue again"]).ok();
    sandbox.run_with(&["edit", "queue-again", "-F", "-"], text).ok();
    let told = sandbox.run(&["publish", "queue-again", "--no-lint"]).ok().stdout;
    assert!(told.contains("a quick win; promised before in 2026-08-01-late#1 and 2 more"), "{told}");
}

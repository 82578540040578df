//! `git postmortem list`.

use crate::sandbox::Sandbox;
use crate::stories::{document, draft, three_published_and_a_draft};

#[test]
fn drafts_and_published_stand_in_one_list() {
    let sandbox = three_published_and_a_draft();
    let answer = sandbox.run(&["list"]).ok();
    insta::assert_snapshot!(answer.stdout, @r"
    ID                         SEV    STATE      ACTIONS            TITLE
    2026-11-22-queue-stuck     SEV-4  draft      1 open, 1 overdue  Queue stuck
    2026-11-19-cache-stampede  SEV-2  published  1 open, 1 overdue  Cache stampede
    2026-03-08-api-outage      SEV-1  published  1 open, 1 overdue  API outage
    2025-04-01-dns             SEV-3  published  1 open, 1 overdue  DNS
    ");
    assert_eq!(answer.stderr, "\n4 post-mortems: 1 draft, 3 published\n");
}

#[test]
fn a_draft_on_a_review_branch_is_in_review() {
    let sandbox = three_published_and_a_draft();
    sandbox.git(&["switch", "-q", "-c", "review/queue"]);
    sandbox.commit(
        "docs/post-mortems/2026-11-22-queue-stuck.md",
        document("Queue stuck", "2026-11-22", "SEV-4"),
        "review",
    );
    sandbox.git(&["switch", "-q", "main"]);
    let answer = sandbox.run(&["list", "--state", "in-review"]).ok();
    assert!(answer.stdout.contains("review/queue"), "{}", answer.stdout);
    assert_eq!(answer.stderr, "\n1 post-mortem: 1 in review\n");
}

#[test]
fn filters_add_up() {
    let sandbox = three_published_and_a_draft();
    let ids = |arguments: &[&str]| -> Vec<String> {
        let all = [&["list"], arguments].concat();
        let lines = sandbox.run(&all).ok().stdout;
        lines.lines().skip(1).map(|line| line.split_whitespace().next().unwrap().to_owned()).collect()
    };
    assert_eq!(ids(&["--severity", "sev1,2"]), ["2026-11-19-cache-stampede", "2026-03-08-api-outage"]);
    assert_eq!(ids(&["--since", "2026-11-20"]), ["2026-11-22-queue-stuck"]);
    assert_eq!(ids(&["--state", "published", "outage"]), ["2026-03-08-api-outage"]);
    assert_eq!(ids(&["--as-of", "2026-11-23"]).len(), 3);
    let unknown = sandbox.run(&["list", "--severity", "enormous"]).status(2);
    assert!(unknown.stderr.contains("there are SEV-1, SEV-2"), "{}", unknown.stderr);
}

#[test]
fn a_draft_with_other_content_than_its_published_namesake_is_told() {
    let sandbox = three_published_and_a_draft();
    draft(&sandbox, "2026-03-08-api-outage", "# Another\n", "other");
    let answer = sandbox.run(&["list", "api-outage"]).ok();
    assert!(answer.stdout.contains("with other content"), "{}", answer.stdout);
    assert_eq!(answer.stdout.lines().count(), 2, "{}", answer.stdout);
}

#[test]
fn nothing_yet_says_how_to_begin() {
    let answer = Sandbox::with_repository().run(&["list"]).ok();
    assert_eq!(answer.stdout, "");
    assert!(answer.stderr.contains("git postmortem new"), "{}", answer.stderr);
}

#[test]
fn a_draft_about_a_template_is_no_template() {
    let sandbox = Sandbox::with_repository();
    crate::drafts::save(&sandbox, "email-template", crate::drafts::TEXT);
    let listed = sandbox.run(&["list"]).ok().stdout;
    assert!(listed.contains("3 open") && listed.contains("Checkout returns 5xx"), "{listed}");
    let items = sandbox.run(&["actions", "--drafts", "--ids"]).ok().stdout;
    assert_eq!(items, "email-template#2\nemail-template#3\nemail-template#1\n");
}

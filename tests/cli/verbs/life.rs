//! `git postmortem log ACTION-ID`.

use super::API;
use crate::schema::assert_fits;
use crate::stories::three_published_and_a_draft;

#[test]
fn a_promise_has_a_life() {
    let mut sandbox = three_published_and_a_draft();
    for (day, words) in [
        ("2026-11-24", &["set", "api-outage#1", "--due", "2026-12-01"][..]),
        ("2026-11-25", &["set", "api-outage#1", "--due", "2026-12-24", "--owner", "@eve"]),
        ("2026-11-26", &["done", "api-outage#1"]),
    ] {
        sandbox.at_time(&format!("{day}T08:00:00Z"));
        sandbox.run(&[&["actions"], words].concat()).ok();
    }
    sandbox.git(&["mv", API, "docs/post-mortems/2026-03-08-api.md"]);
    sandbox.git(&["commit", "-qm", "rename it"]);
    let answer = sandbox.run(&["log", "2026-03-08-api#1"]).ok();
    let shown: Vec<String> =
        answer.stdout.lines().map(|line| line.get(9..).unwrap_or("").to_owned()).collect();
    insta::assert_snapshot!(shown.join("\n"), @r"
    DATE (UTC)        PROMISE                                        CHANGE
    2026-11-23 09:00  promised: open, @platform, P1, due 2026-10-30  post-mortem: API outage
    2026-11-24 08:00  put off: due 2026-12-01, was 2026-10-30        post-mortem: change action 1 of 2026-03-08-api-outage
    2026-11-25 08:00  put off: due 2026-12-24, was 2026-12-01        post-mortem: change action 1 of 2026-03-08-api-outage
                      owner @eve, was @platform
    2026-11-26 08:00  status done, was open                          post-mortem: close action 1 of 2026-03-08-api-outage
    ");
    assert!(answer.stderr.contains("first promised for 2026-10-30, put off twice"), "{}", answer.stderr);
    assert!(!answer.stdout.contains("Ana Author"));
    let json = sandbox.run(&["log", "2026-03-08-api:1", "--json"]).ok();
    let value = assert_fits(&json.stdout, "turns");
    assert_eq!(value["turns"].as_array().unwrap().len(), 5);
    assert_eq!(value["action"], "2026-03-08-api#1");
}

#[test]
fn what_a_draft_says_is_local() {
    let sandbox = three_published_and_a_draft();
    sandbox.run(&["actions", "set", "queue-stuck#1", "--due", "2027-01-02"]).ok();
    let answer = sandbox.run(&["log", "#1"]).ok();
    assert_eq!(answer.stdout.lines().filter(|line| line.ends_with("local")).count(), 2, "{}", answer.stdout);
    assert!(answer.stderr.contains("a draft so far"), "{}", answer.stderr);
    let refused = sandbox.run(&["log", "queue-stuck#9"]).status(2);
    assert!(refused.stderr.starts_with("error: 2026-11-22-queue-stuck never had an action item '9'\n"));
}

//! What the verbs say to programs.

use serde_json::{Value, json};

use crate::sandbox::Sandbox;
use crate::schema::assert_fits;
use crate::stories::three_published_and_a_draft;

#[track_caller]
fn said(sandbox: &Sandbox, arguments: &[&str]) -> Value {
    let answer = sandbox.run(&[&["actions"], arguments, &["--json"]].concat()).ok();
    assert_fits(&answer.stdout, "changes")
}

#[test]
fn each_verb_says_what_it_changed_where_it_is_and_the_way_back() {
    let sandbox = three_published_and_a_draft();
    let done = said(&sandbox, &["done", "api-outage#1"]);
    let row = &done["changes"][0];
    assert_eq!((&row["id"], &row["change"]), (&json!("2026-03-08-api-outage#1"), &json!("done")));
    assert_eq!((&row["before"]["status"], &row["after"]["status"]), (&json!("open"), &json!("done")));
    assert_eq!(done["commit"], sandbox.git(&["rev-parse", "HEAD"]));
    assert_eq!(done["undo"], json!(["git postmortem actions set api-outage#1 --status open"]));
    let again = said(&sandbox, &["done", "api-outage#1"]);
    assert_eq!((&again["commit"], &again["changes"][0]["change"]), (&Value::Null, &json!("unchanged")));
    let cancelled = said(&sandbox, &["cancel", "api-outage#1", "-r", "the vendor is gone"]);
    assert_eq!(cancelled["changes"][0]["after"]["reason"], "the vendor is gone");
    let reopened = said(&sandbox, &["set", "api-outage#1", "--status", "open", "--due", "2027-01-15"]);
    assert_eq!(reopened["changes"][0]["change"], "reopened");
    assert_eq!(reopened["changes"][0]["after"]["due"], "2027-01-15");
    let added = said(&sandbox, &["add", "api-outage", "Alert on it", "--owner", "@ana", "--no-commit"]);
    assert_eq!((&added["commit"], &added["changes"][0]["before"]), (&Value::Null, &Value::Null));
    assert_eq!(added["staged"], json!(["docs/post-mortems/2026-03-08-api-outage.md"]));
    assert_eq!(added["changes"][0]["after"]["owner"], "@ana");
}

#[test]
fn nothing_on_standard_input_is_an_answer_without_rows() {
    let sandbox = three_published_and_a_draft();
    let answer = sandbox.run_with(&["actions", "done", "-", "--json"], "").ok();
    assert_eq!(assert_fits(&answer.stdout, "changes")["changes"], json!([]));
}

#[test]
fn an_import_says_what_it_left_and_what_nothing_names() {
    let sandbox = super::import::project();
    let said = said(&sandbox, &["import", "../jira.csv"]);
    let ids: Vec<&str> =
        said["changes"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["2026-03-08-api-outage#1", "2026-03-08-api-outage#2"]);
    assert_eq!(said["unmatched"], json!(["PAY-99"]));
    assert_eq!(said["left"], json!(["differs: api-outage#2  owner @ops, PAY-13 says Bo Li"]));
    assert!(said["undo"][0].as_str().unwrap().starts_with("git revert "), "{said}");
}

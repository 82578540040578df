//! `show`: the text, a section, what was understood.

use crate::drafts::{ID, PATH, TEXT, save};
use crate::sandbox::Sandbox;

#[test]
fn the_text_is_the_answer() {
    let sandbox = Sandbox::with_repository();
    save(&sandbox, ID, TEXT);
    assert_eq!(sandbox.run(&["show"]).ok().stdout, TEXT);
    let said = sandbox.run(&["show", "-v", "checkout", "--section", "root cause"]).ok();
    assert_eq!(said.stdout, "The migration locked the orders table.\n");
    let blob = sandbox.git(&["rev-parse", &format!("postmortem/drafts:{ID}.md")]);
    assert_eq!(said.stderr, format!("{ID}: draft, {ID}.md {blob}\n"));
}

#[test]
fn a_section_that_is_not_there_is_named_with_those_that_are() {
    let sandbox = Sandbox::with_repository();
    sandbox.commit(PATH, TEXT, "publish");
    let said = sandbox.run(&["show", "checkout", "--section", "impact"]).status(2);
    assert_eq!(
        said.stderr,
        "error: it has no section 'impact'\nhint: it has Summary, Root Cause, Action Items\n"
    );
}

#[test]
fn control_characters_are_shown_only_raw() {
    let sandbox = Sandbox::with_repository();
    let text = "\u{feff}# A\u{1b}[31m\r\n\r\n\u{7}b";
    sandbox.commit("docs/post-mortems/a.md", text, "publish");
    let shown = sandbox.run(&["show", "a"]).ok().stdout;
    assert!(!shown.contains('\u{1b}') && !shown.contains('\r') && shown.ends_with('\n'), "{shown:?}");
    assert_eq!(sandbox.run(&["show", "a", "--raw"]).ok().stdout, text);
}

#[test]
fn json_holds_text_and_meaning() {
    let sandbox = Sandbox::with_repository();
    sandbox.commit(PATH, TEXT, "publish");
    let said = sandbox.run(&["show", "checkout", "--json"]).ok().stdout;
    let read: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(read["schema"], "git-postmortem/documents");
    let row = &read["documents"][0];
    assert_eq!(
        (row["id"].as_str(), row["state"].as_str(), row["path"].as_str()),
        (Some(ID), Some("published"), Some(PATH))
    );
    assert_eq!(row["text"], TEXT);
    assert_eq!(row["actions"].as_array().unwrap().len(), 3);
}

#[test]
fn an_older_revision_is_shown() {
    let sandbox = Sandbox::with_repository();
    let first = sandbox.commit(PATH, TEXT, "publish");
    sandbox.commit(PATH, TEXT.replace("SEV-2", "SEV-1"), "graver");
    assert!(sandbox.run(&["show", "checkout", "--rev", &first]).ok().stdout.contains("SEV-2"));
    assert!(sandbox.run(&["show", "checkout"]).ok().stdout.contains("SEV-1"));
}

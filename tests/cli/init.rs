//! `git postmortem init`.

use crate::sandbox::Sandbox;
use crate::stories::{document, three_published_and_a_draft};

#[test]
fn writes_what_was_found_and_changes_nothing_else() {
    let sandbox = Sandbox::with_repository();
    sandbox.commit("docs/incidents/2026/2026-03-08-api.md", document("API", "2026-03-08", "SEV-1"), "a");
    sandbox.commit("ops/post-mortems/dns.md", document("DNS", "2025-03-08", "SEV-2"), "b");
    let before = sandbox.run(&["config", "documents"]).ok().stdout;
    let answer = sandbox.run(&["init"]).ok();
    insta::assert_snapshot!(answer.stdout, @r#"
    found  2 post-mortems in ops/post-mortems, docs/incidents, 2 open action items
    wrote  .postmortem.toml
    next   git add .postmortem.toml && git commit -m "Say where post-mortems are"
           git postmortem actions --overdue
    "#);
    insta::assert_snapshot!(sandbox.read(".postmortem.toml"), @r#"
    # Post-mortems of this repository. `git postmortem config --example` shows every key with its default.

    [documents]
    # Where a new document goes.
    output = "ops/post-mortems/{date}-{slug}.md"
    # What is read besides that folder.
    include = ["docs/incidents"]
    "#);
    assert_eq!(sandbox.status(), "?? .postmortem.toml");
    let values = |text: &str| -> Vec<String> {
        text.lines().map(|line| line.split("  ").take(2).collect::<Vec<_>>().concat()).collect()
    };
    let after = sandbox.run(&["config", "documents.output"]).ok().stdout;
    assert!(before.contains(after.trim()), "{before}{after}");
    assert_eq!(values(&sandbox.run(&["list"]).ok().stdout).len(), 3);
}

#[test]
fn refuses_to_write_over_a_file() {
    let sandbox = Sandbox::with_repository();
    sandbox.write(".postmortem.toml", "[drafts]\nsign = true\n");
    let answer = sandbox.run(&["init"]).status(2);
    assert!(
        answer.stderr.starts_with("error: .postmortem.toml is there already\nhint: "),
        "{}",
        answer.stderr
    );
    assert_eq!(sandbox.read(".postmortem.toml"), "[drafts]\nsign = true\n");
}

#[test]
fn says_where_documents_will_go_when_there_are_none() {
    let sandbox = Sandbox::with_repository();
    let answer = sandbox.run(&["init", "--output", "incidents/{year}/{slug}.md"]).ok();
    assert!(answer.stdout.starts_with("found  no post-mortems here yet\n"), "{}", answer.stdout);
    assert_eq!(sandbox.run(&["config", "documents.output"]).ok().stdout, "incidents/{year}/{slug}.md\n");
}

#[test]
fn an_impossible_path_writes_nothing() {
    let sandbox = Sandbox::with_repository();
    let answer = sandbox.run(&["init", "--output", "incidents/{slugg}.md"]).status(2);
    assert!(
        answer.stderr.contains("unknown placeholder '{slugg}' (nearest is '{slug}')"),
        "{}",
        answer.stderr
    );
    assert_eq!(sandbox.status(), "");
}

#[test]
fn a_dry_run_prints_the_file() {
    let sandbox = three_published_and_a_draft();
    let answer = sandbox.run(&["init", "--dry-run"]).ok();
    assert!(answer.stdout.contains("output = \"docs/post-mortems/{date}-{slug}.md\""), "{}", answer.stdout);
    assert_eq!(sandbox.status(), "");
}

#[test]
fn a_bare_repository_has_no_place_for_it() {
    let sandbox = Sandbox::new();
    sandbox.git(&["init", "-q", "--bare"]);
    sandbox.run(&["init"]).status(2);
}

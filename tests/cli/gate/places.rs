//! Documents in one repository and code in another; repositories without a work tree.

use super::{OVERDUE, PAGE, ROWS, broken, ids, page, verdict};
use crate::sandbox::{Sandbox, write};

/// Code in `repo/` with a rule, and documents in `incidents/`.
fn apart() -> Sandbox {
    let sandbox = Sandbox::with_repository();
    let there = sandbox.at("incidents");
    std::fs::create_dir(&there).unwrap();
    sandbox.git_in(&there, &["init", "-q", "-b", "main"]);
    commit_there(&sandbox, &page("", &ROWS), "the document");
    sandbox.commit(
        ".postmortem.toml",
        format!("{OVERDUE}\n[repos]\nincidents = \"../incidents\"\n"),
        "the gate",
    );
    sandbox
}

fn commit_there(sandbox: &Sandbox, text: &str, message: &str) {
    let there = sandbox.at("incidents");
    write(&there.join(PAGE), text);
    sandbox.git_in(&there, &["add", "."]);
    sandbox.git_in(&there, &["commit", "-q", "-m", message]);
}

#[test]
fn documents_of_another_repository_are_judged_by_the_rules_of_this_one() {
    let sandbox = apart();
    verdict(&sandbox, &[], 0);
    let row = verdict(&sandbox, &["--documents", "incidents"], 1);
    let head = sandbox.git_in(&sandbox.at("incidents"), &["rev-parse", "HEAD"]);
    assert_eq!(
        (row["documents"]["repo"].as_str(), row["documents"]["commit"].as_str()),
        (Some("incidents"), Some(head.as_str()))
    );
    let blocker = &row["blockers"][0];
    assert_eq!(blocker["closes"], "Closes-Action: incidents:2026-03-08-api-outage#1");
    let said = sandbox.run(&["gate", "--documents", "incidents"]).status(1).stdout;
    assert!(said.contains(&format!("documents of incidents at {}", &head[..7])), "{said}");
    assert!(said.contains("git postmortem gate waive incidents:api-outage:1 --until 2w"), "{said}");
    let path = sandbox.at("incidents").display().to_string();
    verdict(&sandbox, &["--documents", &path], 1);
    sandbox.run(&["gate", "waive", "incidents:api-outage:1", "--until", "2w", "--reason", "late"]).ok();
    verdict(&sandbox, &["--documents", "incidents"], 0);
    sandbox.commit(
        ".postmortem.toml",
        format!("{OVERDUE}\n[gate]\ndocuments = \"../incidents\"\n"),
        "a path",
    );
    std::fs::create_dir_all(sandbox.repo().join("src/deep")).unwrap();
    sandbox.run_in(&sandbox.repo().join("src/deep"), &["gate"]).status(1);
}

#[test]
fn a_fix_in_the_code_closes_what_the_documents_elsewhere_promise() {
    let mut sandbox = apart();
    let gate = ["HEAD", "--as", "v1.1.0", "--documents", "incidents"];
    sandbox.git(&["tag", "v1.0.0"]);
    sandbox.at_time("2026-11-23T09:10:00Z");
    let message = "Limit the retries\n\nCloses-Action: incidents:api-outage#1";
    let fix = sandbox.commit("src/retry.rs", "//\n", message);
    let row = verdict(&sandbox, &gate, 0);
    assert_eq!(row["carried"][0]["closed_by"].as_str(), Some(fix.as_str()));
    verdict(&sandbox, &["v1.0.0", "--documents", "incidents"], 1);
    sandbox.at_time("2026-11-23T09:20:00Z");
    sandbox.git(&["revert", "--no-edit", "HEAD"]);
    verdict(&sandbox, &gate, 1);
    sandbox.at_time("2026-11-23T09:30:00Z");
    sandbox.git(&["revert", "--no-edit", "HEAD"]);
    verdict(&sandbox, &gate, 0);
    // The row is newer once it is opened again there.
    sandbox.at_time("2026-11-23T09:40:00Z");
    commit_there(
        &sandbox,
        &page("", &["1 | Limit the retries | @ana | P1 | 2026-11-20 | doing"]),
        "not quite",
    );
    verdict(&sandbox, &gate, 1);
    sandbox.at_time("2026-11-23T09:50:00Z");
    sandbox.commit("src/retry.rs", "// 2\n", message);
    verdict(&sandbox, &gate, 0);
}

#[test]
fn a_promise_that_the_documents_say_is_kept_is_kept_until_the_code_takes_it_back() {
    let mut sandbox = apart();
    commit_there(&sandbox, &page("", &["1 | Limit the retries | @ana | P1 | 2026-11-20 | done"]), "kept");
    let gate = ["--documents", "incidents"];
    assert_eq!(ids(&verdict(&sandbox, &gate, 0), "carried"), ["0"; 0], "no commit of this release did it");
    sandbox.at_time("2026-11-23T09:10:00Z");
    sandbox.commit("src/retry.rs", "//\n", "It was not enough\n\nReopens-Action: incidents:api-outage#1");
    verdict(&sandbox, &gate, 1);
}

#[test]
fn a_revision_of_the_documents_can_be_named() {
    let sandbox = apart();
    commit_there(&sandbox, &page("", &[]), "all of it was a mistake");
    verdict(&sandbox, &["--documents", "incidents"], 0);
    verdict(&sandbox, &["--documents", "incidents@HEAD~1"], 1);
    let answer = sandbox.run(&["gate", "--documents", "incidents@nowhere"]).status(2);
    assert!(answer.stderr.contains("no commit is called 'nowhere'"), "{}", answer.stderr);
    let answer = sandbox.run(&["gate", "--documents", "elsewhere"]).status(2);
    assert!(
        answer.stderr.starts_with("error: the documents of elsewhere cannot be read"),
        "{}",
        answer.stderr
    );
}

#[test]
fn the_configuration_can_say_where_they_are_and_a_waiver_reaches_them() {
    let sandbox = apart();
    let config = sandbox.read(".postmortem.toml") + "\n[gate]\ndocuments = \"incidents\"\n";
    sandbox.commit(".postmortem.toml", config, "where they are");
    verdict(&sandbox, &[], 1);
    let message = "Release\n\nPostmortem-Waiver: incidents:api-outage#1 until 2026-11-30: the vendor is late";
    sandbox.git(&["tag", "-a", "v1.0.0", "-m", message]);
    verdict(&sandbox, &["v1.0.0"], 0);
    sandbox.run(&["gate", "waive", "incidents:api-outage:1", "--until", "2w", "--reason", "late"]).ok();
    assert_eq!(ids(&verdict(&sandbox, &[], 0), "waived"), ["incidents:2026-03-08-api-outage#1"]);
}

#[test]
fn a_bare_repository_is_judged_like_any_other() {
    let sandbox = broken();
    sandbox.git(&["tag", "-a", "v1.0.0", "-m", "Release"]);
    sandbox.git_in(&sandbox.root(), &["clone", "-q", "--bare", "repo", "bare.git"]);
    let answer = sandbox.run_in(&sandbox.at("bare.git"), &["gate", "v1.0.0"]).status(1);
    assert_eq!(answer.stdout, sandbox.run(&["gate", "v1.0.0"]).status(1).stdout);
    let answer = sandbox.run_in(
        &sandbox.at("bare.git"),
        &["gate", "waive", "api-outage:1", "--until", "2w", "--reason", "x"],
    );
    assert!(answer.status(2).stderr.contains("bare"));
}

#[test]
fn a_sha256_repository_and_a_tag_of_a_tag_are_judged_too() {
    let sandbox = Sandbox::new();
    sandbox.git(&["init", "-q", "-b", "main", "--object-format=sha256"]);
    sandbox.commit(".postmortem.toml", OVERDUE, "the gate");
    sandbox.commit(PAGE, page("", &ROWS), "the document");
    sandbox.git(&["tag", "-a", "v1.0.0", "-m", "Release"]);
    sandbox.git(&[
        "tag",
        "-a",
        "v1.0.0-signed",
        "-m",
        "Postmortem-Waiver: api-outage#1 until 2026-12-01: x",
        "v1.0.0",
    ]);
    verdict(&sandbox, &["v1.0.0"], 1);
    verdict(&sandbox, &["v1.0.0-signed"], 0);
}

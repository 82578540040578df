//! The gate at the release tag, with real git.

mod history;
mod places;
mod rules;
mod scope;
mod waive;
mod waivers;

use serde_json::Value;

use crate::sandbox::Sandbox;
use crate::schema::assert_fits;

/// Where the document of most tests is.
pub(crate) const PAGE: &str = "docs/post-mortems/2026-03-08-api-outage.md";

/// A configuration with one rule.
pub(crate) const OVERDUE: &str =
    "[[gate.rules]]\nname = \"no overdue P1\"\nstate = \"overdue\"\npriority = [\"P1\"]\n";

/// A document with action items: `| 1 | … |` rows behind number, text, owner, priority, due date and status.
pub(crate) fn page(head: &str, rows: &[&str]) -> String {
    let mut text = format!(
        "# Post-Mortem: API outage\n\n**Date**: 2026-03-08\n**Severity**: SEV-1\n{head}\n## Summary\n\nIt was down.\n\n\
         ## Action Items\n\n| # | Action | Owner | Priority | Due | Status |\n|---|---|---|---|---|---|\n"
    );
    rows.iter().for_each(|row| text.push_str(&format!("| {row} |\n")));
    text
}

/// A promise that is three days over when the clock stands, and one that is not due.
pub(crate) const ROWS: [&str; 2] = [
    "1 | Limit the retries | @ana | P1 | 2026-11-20 | open",
    "2 | Alert on it | @bob | P1 | 2026-12-20 | open",
];

/// A repository whose promise is broken: the document of 1 November, a rule, and one commit of code.
pub(crate) fn broken() -> Sandbox {
    let mut sandbox = Sandbox::new();
    sandbox.at_time("2026-11-01T09:00:00Z");
    sandbox.git(&["init", "-q", "-b", "main"]);
    sandbox.commit(".postmortem.toml", OVERDUE, "the gate");
    sandbox.commit(PAGE, page("", &ROWS), "the document");
    sandbox.at_time("2026-11-23T09:00:00Z");
    sandbox.commit("src/main.rs", "fn main() {}\n", "code");
    sandbox
}

/// The verdict as JSON, with the exit status that it must have.
#[track_caller]
pub(crate) fn verdict(sandbox: &Sandbox, arguments: &[&str], code: i32) -> Value {
    let arguments = [&["gate"], arguments, &["--json"]].concat();
    let read = assert_fits(&sandbox.run(&arguments).status(code).stdout, "gate");
    assert_eq!(read["gate"].as_array().unwrap().len(), 1);
    let row = read["gate"][0].clone();
    assert_eq!(row["verdict"], if code == 0 { "open" } else { "closed" });
    row
}

/// The ids of a list of promises.
pub(crate) fn ids(row: &Value, list: &str) -> Vec<String> {
    let all = row[list].as_array().unwrap().iter();
    all.map(|promise| promise["id"].as_str().unwrap().trim_start_matches("2026-03-08-").to_owned()).collect()
}

#[test]
fn a_refusal_names_what_blocks_why_and_what_opens_it() {
    let sandbox = broken();
    sandbox.git(&["tag", "-a", "v1.0.0", "-m", "Release"]);
    let answer = sandbox.run(&["gate", "v1.0.0"]).status(1);
    let commit = sandbox.git(&["rev-parse", "--short=7", "HEAD"]);
    insta::assert_snapshot!(answer.stdout.replace(&commit, "COMMIT"), @r#"
    v1.0.0 may not be released: 1 promise is broken

      api-outage#1  Limit the retries
                    P1, @ana, due 2026-11-20, 3 days over
                    docs/post-mortems/2026-03-08-api-outage.md:14, rule "no overdue P1"
      to open it    merge a commit that says   Closes-Action: 2026-03-08-api-outage#1
      or waive it   git postmortem gate waive api-outage:1 --until 2w --reason "…"

    judged on 2026-11-23, at COMMIT (git postmortem gate v1.0.0 repeats it)
    "#);
    assert_eq!(answer.stderr, "");
}

#[test]
fn every_format_ends_alike() {
    let sandbox = broken();
    for format in [&[][..], &["--json"], &["--format", "json"], &["--format", "text"], &["-q"], &["-v"]] {
        sandbox.run(&[&["gate"], format].concat()).status(1);
        sandbox.run(&[&["gate", "--as-of", "2026-11-20"], format].concat()).ok();
    }
}

#[test]
fn an_open_gate_says_so() {
    let sandbox = broken();
    let answer = sandbox.run(&["gate", "--as-of", "2026-11-20"]).ok();
    assert!(
        answer
            .stdout
            .starts_with("HEAD may be released: no promise is in the way\njudged on 2026-11-20, at ")
    );
}

#[test]
fn without_a_configuration_or_a_rule_it_is_open() {
    let sandbox = broken();
    sandbox.git(&["rm", "-q", ".postmortem.toml"]);
    sandbox.git(&["commit", "-q", "-m", "no gate"]);
    assert_eq!(verdict(&sandbox, &["HEAD"], 0)["because"], "no-configuration");
    let said = sandbox.run(&["gate"]).ok().stdout;
    assert!(said.contains("it has no .postmortem.toml"), "{said}");
    sandbox.commit(".postmortem.toml", "[drafts]\nbranch = \"d\"\n", "no rules");
    assert_eq!(verdict(&sandbox, &["HEAD"], 0)["because"], "no-rules");
    assert_eq!(verdict(&sandbox, &["HEAD~2"], 1)["because"], Value::Null, "the tree that is judged counts");
}

#[test]
fn what_it_cannot_answer_it_refuses() {
    let sandbox = broken();
    let blob = sandbox.git(&["rev-parse", "HEAD:src/main.rs"]);
    sandbox.git(&["tag", "not-a-commit", &blob]);
    for (revision, said) in [
        ("not-a-commit", "error: 'not-a-commit' is no commit, but a blob"),
        ("v9", "error: no commit is called 'v9'"),
        ("", "error: no commit is called ''"),
        ("--", "error: no commit is called"),
    ] {
        let arguments = if revision == "--" { vec!["gate", "--", "--all"] } else { vec!["gate", revision] };
        let answer = sandbox.run(&arguments).status(2);
        assert!(answer.stderr.starts_with(said), "{revision}: {}", answer.stderr);
        assert_eq!(answer.stdout, "");
    }
    sandbox.commit(
        ".postmortem.toml",
        "[[gate.rules]]\nstat = \"overdue\"\n\n[[gate.waivers]]\nreason = \"\"\n",
        "bad",
    );
    let answer = sandbox.run(&["gate"]).status(2);
    for said in [
        ".postmortem.toml:2:1: unknown key 'gate.rules.1.stat' (nearest is 'gate.rules.1.state')",
        ".postmortem.toml:5:1: 'gate.waivers.1.reason': a waiver needs a reason",
    ] {
        assert!(answer.stderr.contains(said), "{}", answer.stderr);
    }
    sandbox.write(".postmortem.toml", OVERDUE);
    sandbox.run(&["gate"]).status(2);
}

#[test]
fn personal_settings_are_not_heard_and_that_is_said() {
    let mut sandbox = broken();
    sandbox.git(&["config", "postmortem.actions.time-zone", "Pacific/Kiritimati"]);
    sandbox.git(&["config", "postmortem.drafts.branch", "mine"]);
    sandbox.set("GIT_POSTMORTEM_GATE_SINCE", "2026-11-01");
    let answer = sandbox.run(&["gate"]).status(1);
    assert!(answer.stderr.contains("actions.time-zone of git config (local)"), "{}", answer.stderr);
    assert!(answer.stderr.contains("gate.since of GIT_POSTMORTEM_GATE_SINCE"), "{}", answer.stderr);
    assert!(!answer.stderr.contains("drafts"), "{}", answer.stderr);
    sandbox.git(&["config", "postmortem.nonsense.key", "1"]);
    assert_eq!(
        sandbox.run(&["gate"]).status(1).stdout,
        answer.stdout,
        "a personal fault is no fault of the release"
    );
}

/// Hands lines to the hook as git would at a push; what it says.
fn pushed(sandbox: &Sandbox, lines: &[(&str, &str)]) -> crate::sandbox::Answer {
    let none = "0".repeat(40);
    let input: String = lines
        .iter()
        .map(|(tag, object)| format!("refs/tags/{tag} {object} refs/tags/{tag} {none}\n"))
        .collect();
    sandbox.run_with(&["hook", "run", "pre-push", "origin", "url"], &input)
}

#[test]
fn tags_on_one_commit_are_refused_together() {
    let sandbox = broken();
    for tag in ["v1.0.0", "v1.0.1", "v1"] {
        sandbox.git(&["tag", tag]);
    }
    let head = sandbox.git(&["rev-parse", "HEAD"]);
    let answer = pushed(&sandbox, &[("v1.0.0", &head), ("v1.0.1", &head), ("v1", &head)]).status(1);
    assert!(
        answer.stderr.contains("git-postmortem: v1.0.0, v1.0.1 and v1 may not be released"),
        "{}",
        answer.stderr
    );
    assert_eq!(answer.stderr.matches("Limit the retries").count(), 1, "{}", answer.stderr);
    assert!(answer.stderr.ends_with("nothing was pushed\n"), "{}", answer.stderr);
    let gone = "1".repeat(40);
    let answer = pushed(&sandbox, &[("v1.0.0", &gone), ("v1.0.1", &gone), ("v1", &head)]).status(1);
    assert_eq!(answer.stderr.matches("may not be released").count(), 1, "{}", answer.stderr);
    assert!(answer.stderr.contains("could not be judged"), "{}", answer.stderr);
}

#[test]
fn what_is_no_commit_passes_under_a_name_that_no_pattern_takes_and_no_other() {
    let sandbox = broken();
    let blob = sandbox.git(&["rev-parse", "HEAD:src/main.rs"]);
    let tree = sandbox.git(&["rev-parse", "HEAD^{tree}"]);
    sandbox.git(&["tag", "-a", "-m", "a key", "maintainer-key", &blob]);
    let tag = sandbox.git(&["rev-parse", "maintainer-key"]);
    for object in [&blob, &tree, &tag] {
        let answer = pushed(&sandbox, &[("maintainer-key", object)]).ok();
        assert_eq!(answer.stderr, "");
        pushed(&sandbox, &[("v1.0.0", object)]).status(2);
    }
    // Neither does it pass where nothing says which names are judged.
    sandbox.write(".postmortem.toml", "[gate\n");
    sandbox.git(&["commit", "-qam", "broken"]);
    pushed(&sandbox, &[("maintainer-key", &blob)]).status(2);
}

//! `git postmortem actions import`.

use super::{commits, told};
use crate::sandbox::Sandbox;

const PATH: &str = "docs/post-mortems/2026-03-08-api-outage.md";

const JIRA: &str = "Summary,Issue key,Status,Status Category,Assignee,Due date,Resolution\n\
    Test it,PAY-12,In Review,In Progress,Ana Lee,15/Jan/27 12:00 AM,\n\
    Page,PAY-13,Closed,Done,Bo Li,,Won't Do\n\
    Else,PAY-99,Closed,Done,,,Done\n";

const GITHUB: &str = r#"[
    {"assignees":[{"login":"carl"}],"closedAt":"2026-11-01T00:00:00Z","labels":[],"milestone":null,"number":45,"state":"CLOSED","title":"Order","url":"https://github.com/acme/shop/issues/45"},
    {"assignees":[],"number":46,"state":"OPEN","title":"New thing","url":"https://github.com/acme/shop/issues/46"}]"#;

pub(super) fn project() -> Sandbox {
    let sandbox = Sandbox::with_repository();
    let text = "# API outage\n\n## Action Items\n\n| # | Action | Owner | Due | Status | Ticket |\n|---|---|---|---|---|---|\n\
                | 1 | Add a test |  |  | open | PAY-12 |\n\
                | 2 | Page at 80 % | @ops | 2026-12-01 | open | [PAY-13](https://acme.example/browse/PAY-13) |\n\
                | 3 | Order disks |  |  | open | #45 |\n| 4 | Write it down |  |  | open |  |\n";
    sandbox.commit(PATH, text, "publish");
    sandbox.write("../jira.csv", JIRA);
    sandbox
}

#[test]
fn rows_that_name_an_issue_say_what_the_tracker_says_in_one_commit() {
    let sandbox = project();
    let answer = sandbox.run(&["actions", "import", "../jira.csv"]).ok();
    insta::assert_snapshot!(told(&answer.stdout), @r"
    updated  api-outage#1  Add a test
               PAY-12: status doing, was open; owner Ana Lee; due 2027-01-15
    updated  api-outage#2  Page at 80 %
               PAY-13: status cancelled, was open; reason won't do in PAY-13
    differs  api-outage#2  owner @ops, PAY-13 says Bo Li
    no item  PAY-99  Else
    commit   COMMIT   docs/post-mortems/2026-03-08-api-outage.md
    undo     git revert COMMIT
    ");
    assert_eq!(answer.stderr, "2 of 3 issues named by 2 items\n");
    let text = sandbox.read(PATH);
    assert!(text.contains("| 1 | Add a test | Ana Lee | 2027-01-15 | doing | PAY-12 |\n"), "{text}");
    assert!(
        text.contains("| 2 | Page at 80 % | @ops | 2026-12-01 | cancelled: won't do in PAY-13 | [PAY-13]"),
        "{text}"
    );
    assert_eq!(commits(&sandbox), "3");
    let again = sandbox.run(&["actions", "import", "../jira.csv"]).ok();
    assert!(!again.stdout.contains("updated"), "{}", again.stdout);
    assert_eq!(commits(&sandbox), "3");
    sandbox.run(&["actions", "import", "../jira.csv", "--overwrite"]).ok();
    assert!(sandbox.read(PATH).contains("| 2 | Page at 80 % | Bo Li | 2026-12-01 |"));
}

#[test]
fn issues_of_github_are_read_from_standard_input() {
    let sandbox = project();
    sandbox.run_with(&["actions", "import", "-"], GITHUB).ok();
    assert!(
        sandbox.read(PATH).contains("| 3 | Order disks | @carl |  | done | #45 |\n"),
        "{}",
        sandbox.read(PATH)
    );
    let message = sandbox.git(&["log", "-1", "--format=%B"]);
    assert!(message.starts_with("post-mortem: update action 3 of 2026-03-08-api-outage\n"), "{message}");
    assert!(message.ends_with("\n\nCloses-Action: 2026-03-08-api-outage#3"), "{message}");
}

#[test]
fn a_dry_run_is_a_patch_and_changes_nothing() {
    let sandbox = project();
    let answer = sandbox.run(&["actions", "import", "../jira.csv", "--dry-run"]).ok();
    assert_eq!((commits(&sandbox), sandbox.status()), ("2".to_owned(), String::new()));
    assert!(answer.stderr.contains("no item  PAY-99"), "{}", answer.stderr);
    sandbox.write("import.patch", &answer.stdout);
    sandbox.git(&["apply", "import.patch"]);
    let by_hand = sandbox.read(PATH);
    sandbox.git(&["checkout", "-q", "--", PATH]);
    sandbox.run(&["actions", "import", "../jira.csv", "--no-commit"]).ok();
    assert_eq!(sandbox.read(PATH), by_hand);
    assert_eq!(sandbox.status().lines().next(), Some(&*format!("M  {PATH}")));
}

#[test]
fn what_is_no_export_changes_nothing() {
    let sandbox = project();
    for (text, expected) in [
        ("", "error: the export is empty\n"),
        ("a,b\n1,2\n", "error: the export has no columns 'Issue key' and 'Status'\n"),
        ("{\"issues\": [", "error: the export is no whole JSON\n"),
        ("[{\"number\": 1}]", "error: the export has no issues that are understood\n"),
    ] {
        let refused = sandbox.run_with(&["actions", "import", "-"], text).status(2);
        assert!(refused.stderr.starts_with(expected), "{text}: {}", refused.stderr);
    }
    sandbox.run(&["actions", "import", "nowhere.csv"]).status(2);
    assert_eq!(sandbox.status(), "");
}

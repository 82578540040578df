//! `git postmortem adopt`.

use crate::sandbox::Sandbox;
use crate::schema::assert_fits;

const TASKS: &str = "docs/incidents/2024/disk-full.md";
const TABLE: &str = "docs/incidents/2023/queue-stalls.md";
const PROSE: &str = "docs/incidents/2023/login-slow.md";

/// Three documents as a team wrote them before it knew us.
fn old_documents() -> Sandbox {
    let sandbox = Sandbox::with_repository();
    sandbox.write("docs/incidents/README.md", "# How we learn\n");
    sandbox.write(
        TASKS,
        "# Disk full on db-1\n\nDate: 2024-02-11\n\n## Action items\n\n- [x] Grow the disk to 2 TB\n\
         - [ ] Page when the disk is 80 % full. Owner: @ops, due 2024-03-01\n- [ ] Write the runbook\n",
    );
    sandbox.write(
        TABLE,
        "# Queue stalls\n\n**Date**: 2023-01-10\n**Severity**: SEV-2\n\n## Follow-ups\n\n\
         | Action | Owner | Due |\n|---|:---:|---|\n| Alert on depth \\| all | @ana | 03/04/2023 |\n\
         | Add back-pressure | | |\n\nThat is all.\n",
    );
    sandbox.write(
        PROSE,
        "# Login slow\n\n## Action Items\n\n**AC** Move the alert to the gateway.\n\n\
         **BD** Shorten the session query.\n",
    );
    sandbox.git(&["add", "."]);
    sandbox.git(&["commit", "-q", "-m", "years of post-mortems"]);
    sandbox
}

#[test]
fn the_report_says_what_was_understood_and_what_is_missing() {
    let sandbox = old_documents();
    let answer = sandbox.run(&["adopt"]).ok();
    insta::assert_snapshot!(answer.stdout, @r"
    read     3 post-mortems, 7 action items, 6 open
    layout   task list      3 items in 1 post-mortem
             paragraph      2 items in 1 post-mortem
             table          2 items in 1 post-mortem
    missing  date           1 of 3 post-mortems
             severity       2 of 3 post-mortems
             owner          2 of 6 open items
             due date       5 of 6 open items
             priority       6 of 6 open items
             status         4 of 7 items
             number         7 of 7 items
    unclear  docs/incidents/2023/queue-stalls.md:10   due date '03/04/2023'
    next     git postmortem actions --missing owner,due
    ");
    assert_eq!(sandbox.status(), "");
}

#[test]
fn a_path_is_a_file_or_a_folder_from_where_one_stands() {
    let sandbox = old_documents();
    let paths = |answer: String| {
        let read = assert_fits(&answer, "adoptions");
        let rows = read["adoptions"].as_array().unwrap();
        rows.iter().map(|row| row["path"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(paths(sandbox.run(&["adopt", "docs/incidents/2023", "--json"]).ok().stdout), [PROSE, TABLE]);
    let inside = sandbox.repo().join("docs/incidents/2023");
    let both = sandbox.run_in(&inside, &["adopt", "login-slow.md", "../2024", "--json"]).ok();
    assert_eq!(paths(both.stdout), [PROSE, TASKS]);
}

#[test]
fn a_path_without_a_post_mortem_is_an_error() {
    let sandbox = old_documents();
    let answer = sandbox.run(&["adopt", "docs/incidents/README.md"]).status(2);
    assert!(answer.stderr.contains("it is a contents page"), "{}", answer.stderr);
    let answer = sandbox.run(&["adopt", "nowhere"]).status(2);
    assert!(answer.stderr.contains("no committed post-mortem at nowhere"), "{}", answer.stderr);
    let answer = sandbox.run(&["adopt", ".."]).status(2);
    assert!(answer.stderr.contains("outside the work tree"), "{}", answer.stderr);
}

#[test]
fn a_repository_without_documents_says_so() {
    let sandbox = Sandbox::with_repository();
    let answer = sandbox.run(&["adopt"]).ok();
    assert!(answer.stderr.contains("no post-mortem is committed here yet"), "{}", answer.stderr);
}

//! `git postmortem log`.

use crate::stories::{document, draft, three_published_and_a_draft};

#[test]
fn the_history_runs_from_the_draft_to_the_newest_change() {
    let mut sandbox = three_published_and_a_draft();
    let id = "2026-11-22-queue-stuck";
    sandbox.at_time("2026-11-22T08:00:00+01:00");
    draft(&sandbox, id, &document("Queue stuck", "2026-11-22", "SEV-3"), "edit: severity");
    sandbox.at_time("2026-11-24T08:00:00Z");
    sandbox.commit(
        &format!("docs/post-mortems/{id}.md"),
        document("Queue stuck", "2026-11-22", "SEV-3"),
        "publish it",
    );
    sandbox.at_time("2026-11-25T08:00:00Z");
    sandbox.git(&["mv", &format!("docs/post-mortems/{id}.md"), "docs/post-mortems/2026-11-22-queue.md"]);
    sandbox.git(&["commit", "-qm", "rename it"]);
    sandbox.commit(
        "docs/post-mortems/2026-11-22-queue.md",
        document("Queue stuck", "2026-11-22", "SEV-3") + "\nFormerly: 2026-11-22-queue-stuck\n",
        "say so",
    );
    let answer = sandbox.run(&["log", "2026-11-22-queue"]).ok();
    let shown: Vec<String> =
        answer.stdout.lines().map(|line| line.get(9..).unwrap_or("").to_owned()).collect();
    insta::assert_snapshot!(shown.join("\n"), @r"
    DATE (UTC)        STATE      CHANGE          AUTHOR      PATH
    2026-11-25 08:00  published  say so          Ana Author  docs/post-mortems/2026-11-22-queue.md
    2026-11-25 08:00  published  rename it       Ana Author
    2026-11-24 08:00  published  publish it      Ana Author  docs/post-mortems/2026-11-22-queue-stuck.md
    2026-11-23 09:00  draft      draft           Ana Author  2026-11-22-queue-stuck.md
    2026-11-22 07:00  draft      edit: severity  Ana Author
    ");
}

#[test]
fn what_is_gone_still_has_a_history() {
    let sandbox = three_published_and_a_draft();
    sandbox.git(&["rm", "-q", "docs/post-mortems/2025-04-01-dns.md"]);
    sandbox.git(&["commit", "-qm", "remove it"]);
    let answer = sandbox.run(&["log", "2025-04-01-dns"]).ok();
    assert!(answer.stdout.contains("published (removed)"), "{}", answer.stdout);
    assert_eq!(answer.stdout.lines().count(), 3, "{}", answer.stdout);
}

#[test]
fn an_unknown_name_is_refused() {
    let answer = three_published_and_a_draft().run(&["log", "nothing-like-it"]).status(2);
    assert!(
        answer.stderr.starts_with("error: no post-mortem matches 'nothing-like-it'"),
        "{}",
        answer.stderr
    );
}

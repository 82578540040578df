//! What the history closes and opens again.

use super::{PAGE, ROWS, broken, ids, page, verdict};

#[test]
fn the_release_that_carries_the_fix_passes_and_says_so() {
    let sandbox = broken();
    sandbox.git(&["tag", "v1.0.0"]);
    let fix = sandbox.commit("src/retry.rs", "//\n", "Limit the retries\n\nCloses-Action: api-outage#1");
    let row = verdict(&sandbox, &["HEAD", "--as", "v1.1.0"], 0);
    assert_eq!(ids(&row, "carried"), ["api-outage#1"]);
    assert_eq!(
        (row["carried"][0]["closed_by"].as_str(), row["previous"].as_str()),
        (Some(fix.as_str()), Some("v1.0.0"))
    );
    let said = sandbox.run(&["gate", "HEAD", "--as", "v1.1.0"]).ok().stdout;
    let told = format!("api-outage#1   kept by {}: this is the release that carries the fix", &fix[..7]);
    assert!(said.contains(&told), "{said}");
    verdict(&sandbox, &["v1.0.0"], 1);
    sandbox.git(&["tag", "v1.1.0"]);
    sandbox.commit("src/more.rs", "//\n", "more");
    assert_eq!(ids(&verdict(&sandbox, &["v1.1.0"], 0), "carried"), ["api-outage#1"]);
    assert_eq!(
        ids(&verdict(&sandbox, &["HEAD", "--as", "v1.2.0"], 0), "carried"),
        ["0"; 0],
        "an earlier one did"
    );
}

#[test]
fn a_reverted_fix_closes_the_gate_again_and_its_revert_opens_it() {
    let sandbox = broken();
    sandbox.commit("src/retry.rs", "//\n", "Limit the retries\n\nCloses-Action: api-outage#1");
    verdict(&sandbox, &[], 0);
    sandbox.git(&["revert", "--no-edit", "HEAD"]);
    assert_eq!(ids(&verdict(&sandbox, &[], 1), "blockers"), ["api-outage#1"]);
    sandbox.git(&["revert", "--no-edit", "HEAD"]);
    verdict(&sandbox, &[], 0);
}

#[test]
fn a_fix_on_a_branch_that_is_not_merged_opens_nothing() {
    let sandbox = broken();
    sandbox.git(&["switch", "-q", "-c", "fix"]);
    sandbox.commit("src/retry.rs", "//\n", "Limit the retries\n\nCloses-Action: api-outage#1");
    sandbox.git(&["switch", "-q", "main"]);
    verdict(&sandbox, &["main"], 1);
    verdict(&sandbox, &["fix"], 0);
    sandbox.git(&["merge", "-q", "--squash", "fix"]);
    sandbox.git(&["commit", "-q", "--no-edit"]);
    verdict(&sandbox, &["main"], 0);
}

#[test]
fn a_row_that_is_set_to_done_is_a_fix_too() {
    let sandbox = broken();
    sandbox.git(&["tag", "v1.0.0"]);
    sandbox.commit(
        PAGE,
        page("", &["1 | Limit the retries | @ana | P1 | 2026-11-20 | done", ROWS[1]]),
        "done",
    );
    let row = verdict(&sandbox, &["HEAD", "--as", "v1.1.0"], 0);
    assert_eq!(ids(&row, "carried"), ["api-outage#1"]);
}

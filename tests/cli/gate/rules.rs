//! Rules of the configuration, and which day is now.

use super::{PAGE, ROWS, broken, ids, page, verdict};
use crate::sandbox::Sandbox;

#[test]
fn an_annotated_tag_is_judged_as_of_its_day_and_everything_else_as_of_now() {
    let mut sandbox = broken();
    sandbox.at_time("2026-11-20T23:30:00Z");
    sandbox.git(&["tag", "-a", "v1.0.0", "-m", "in time"]);
    sandbox.git(&["tag", "v1.0.1"]);
    let row = verdict(&sandbox, &["v1.0.0"], 0);
    assert_eq!((row["day"].as_str(), row["day_from"].as_str()), (Some("2026-11-20"), Some("tagger")));
    let row = verdict(&sandbox, &["v1.0.1"], 1);
    assert_eq!((row["day"].as_str(), row["day_from"].as_str()), (Some("2026-11-23"), Some("now")));
    let row = verdict(&sandbox, &["v1.0.0", "--as", "v1.0.2"], 1);
    assert_eq!((row["tag"].as_str(), row["day_from"].as_str()), (Some("v1.0.2"), Some("now")));
    let row = verdict(&sandbox, &["v1.0.1", "--as-of", "2026-11-20"], 0);
    assert_eq!(row["day_from"], "as-of");
    verdict(&sandbox, &["v1.0.0", "--as-of", "2026-11-21"], 1);
}

#[test]
fn the_day_ends_where_the_team_is() {
    let mut sandbox = broken();
    let config = format!("[actions]\ntime-zone = \"Asia/Tokyo\"\n\n{}", super::OVERDUE);
    sandbox.commit(".postmortem.toml", config, "in Tokyo");
    sandbox.at_time("2026-11-20T23:30:00Z");
    sandbox.git(&["tag", "-a", "v1.0.0", "-m", "the next morning there"]);
    assert_eq!(verdict(&sandbox, &["v1.0.0"], 1)["day"], "2026-11-21");
}

#[test]
fn the_verdict_is_of_the_tree_of_the_revision() {
    let sandbox = broken();
    sandbox.git(&["tag", "v1.0.0"]);
    sandbox.commit(PAGE, page("", &["1 | Limit the retries | @ana | P1 | 2026-11-20 | done"]), "done");
    verdict(&sandbox, &["v1.0.0"], 1);
    verdict(&sandbox, &[], 0);
    sandbox.write(PAGE, page("", &ROWS));
    verdict(&sandbox, &[], 0);
}

/// The blockers under a rule, of a document with a row for each kind.
#[track_caller]
fn blocked_by(rule: &str) -> Vec<String> {
    let sandbox = broken();
    sandbox.commit(
        PAGE,
        page(
            "",
            &[
                "1 | Limit the retries | @ana | P1 | 2026-11-20 | open",
                "2 | Alert on it | @bob | P2 | 2026-11-01 | doing",
                "3 | Write it down | | P1 | 2026-12-20 | open",
                "4 | Ask the vendor | @ana | P1 | | open",
                "5 | Think about it | @ana | P1 | 2026-11-01 | proposed",
                "6 | Rework src/gone.rs | @ana | P2 | 2026-12-24 | open",
                "7 | Do the rest | @ana | P1 | 2026-11-01 | done",
            ],
        ),
        "the document again",
    );
    sandbox.commit("src/gone.rs", "//\n", "a file");
    sandbox.git(&["rm", "-q", "src/gone.rs"]);
    sandbox.git(&["commit", "-q", "-m", "it goes"]);
    sandbox.commit(".postmortem.toml", format!("[[gate.rules]]\n{rule}\n"), "the rule");
    let answer = sandbox.run(&["gate", "--json"]);
    let read: serde_json::Value = serde_json::from_str(&answer.stdout).expect(&answer.stderr);
    let found = ids(&read["gate"][0], "blockers");
    assert_eq!(answer.code, i32::from(!found.is_empty()));
    found.into_iter().map(|id| id.rsplit('#').next().unwrap().to_owned()).collect()
}

#[test]
fn each_word_of_a_rule_narrows_it() {
    for (rule, expected) in [
        ("name = \"everything late\"", &["1", "2"][..]),
        ("state = \"overdue\"\npriority = \"high\"", &["1"]),
        ("state = [\"overdue\", \"undated\"]\npriority = [\"P1\"]", &["1", "4"]),
        ("state = \"open\"", &["1", "3", "4", "6"]),
        ("state = \"doing\"", &["2"]),
        ("state = \"unowned\"", &["3"]),
        ("state = \"stale\"", &["6"]),
        ("state = \"slipped\"", &["6"; 0]),
        ("grace = \"1w\"", &["2"]),
        ("severity = \"sev2\"", &["1"; 0]),
        ("severity = \"sev1\"", &["1", "2"]),
        ("older-than = \"22d\"", &["1", "2"]),
        ("older-than = \"23d\"", &["1"; 0]),
    ] {
        assert_eq!(blocked_by(rule), expected, "{rule}");
    }
}

#[test]
fn what_was_put_off_is_told_and_can_be_asked_for() {
    let mut sandbox = broken();
    for (when, due) in [("2026-11-02", "2026-11-25"), ("2026-11-03", "2026-11-21")] {
        sandbox.at_time(&format!("{when}T09:00:00Z"));
        sandbox.commit(
            PAGE,
            page("", &[&format!("1 | Limit the retries | @ana | P1 | {due} | open")]),
            "moved",
        );
    }
    let row = verdict(&sandbox, &[], 1);
    assert_eq!(
        (row["blockers"][0]["slipped"].as_u64(), row["blockers"][0]["first_due"].as_str()),
        (Some(1), Some("2026-11-20"))
    );
    let said = sandbox.run(&["gate"]).status(1).stdout;
    assert!(said.contains("2 days over, put off once (first promised 2026-11-20)"), "{said}");
    sandbox.commit(".postmortem.toml", "[[gate.rules]]\nstate = \"slipped\"\n", "a rule");
    verdict(&sandbox, &["--as-of", "2026-11-10"], 1);
}

#[test]
fn old_debts_are_not_judged() {
    let sandbox = broken();
    let with_since = |day: &str| format!("[gate]\nsince = {day}\n\n{}", super::OVERDUE);
    sandbox.commit(".postmortem.toml", with_since("2026-03-09"), "a new beginning");
    assert_eq!(verdict(&sandbox, &[], 0)["not_judged"], 1);
    sandbox.commit(".postmortem.toml", with_since("2026-03-08"), "a day earlier");
    verdict(&sandbox, &[], 1);
    sandbox.commit(".postmortem.toml", with_since("2026-11-24"), "from tomorrow");
    let row = verdict(&sandbox, &[], 0);
    assert_eq!(row["because"], "before-since", "the commit is older");
}

#[test]
fn what_only_a_tracker_knows_and_drafts_close_nothing() {
    let sandbox = broken();
    sandbox.commit(PAGE, page("", &[]), "nothing promised");
    sandbox.run_with(&["new", "Cache stampede", "-s", "SEV-1", "-F", "-"], &page("", &ROWS)).ok();
    let row = verdict(&sandbox, &[], 0);
    assert_eq!(row["drafts"].as_array().unwrap().len(), 1);
    let said = sandbox.run(&["gate"]).ok().stderr;
    assert!(said.contains("1 promise of drafts would be in the way, and drafts close no gate: "), "{said}");
    let config = format!("{}\n[actions.tracker]\npattern = [\"PAY-[0-9]*\"]\n", super::OVERDUE);
    sandbox.commit(".postmortem.toml", config, "a tracker");
    sandbox.commit(PAGE, page("", &["1 | Limit the retries PAY-7 | @ana | P1 | 2026-11-20 | "]), "tracked");
    assert_eq!(ids(&verdict(&sandbox, &[], 0), "blockers"), ["0"; 0]);
}

#[test]
fn a_document_that_is_not_read_closes_an_open_gate() {
    let sandbox = broken();
    sandbox.commit(PAGE, page("", &[]), "nothing promised");
    sandbox.commit("docs/post-mortems/2026-05-01-other.adoc", "= Other\n", "another format");
    let answer = sandbox.run(&["gate"]).status(2);
    assert!(answer.stderr.contains("not every document could be read"), "{}", answer.stderr);
    sandbox.commit(PAGE, page("", &ROWS), "promised again");
    sandbox.run(&["gate"]).status(1);
}

#[test]
fn a_date_that_cannot_be_told_is_said() {
    let sandbox = broken();
    sandbox.commit(PAGE, page("", &["1 | Limit the retries | @ana | P1 | 03/04/2026 | open"]), "which day");
    let answer = sandbox.run(&["gate"]).ok();
    let said = "warning: no due date could be told of 2026-03-08-api-outage#1: '03/04/2026' may be ";
    assert!(answer.stderr.starts_with(said), "{}", answer.stderr);
}

#[test]
fn commands_that_are_printed_can_be_typed() {
    let sandbox = broken();
    sandbox.git(&["tag", "v1;x$(y)"]);
    let said = sandbox.run(&["gate", "v1;x$(y)"]).status(1).stdout;
    assert!(said.contains("(git postmortem gate 'v1;x$(y)' --as-of 2026-11-23 repeats it)"), "{said}");
}

#[test]
fn a_shallow_history_is_too_short_to_judge_by() {
    let sandbox = broken();
    let origin = format!("file://{}", sandbox.repo().display());
    sandbox.git_in(&sandbox.root(), &["clone", "-q", "--depth", "1", &origin, "shallow"]);
    let answer = sandbox.run_in(&sandbox.at("shallow"), &["gate"]).status(2);
    insta::assert_snapshot!(answer.stderr, @r"
    error: the history here is too short to judge by
      caused by: the clone is shallow: older history was not seen
    hint: git fetch --unshallow brings the rest; in CI, check out the whole history (fetch-depth: 0)
    ");
}

#[test]
fn an_empty_repository_has_no_head_to_judge() {
    let sandbox = Sandbox::new();
    sandbox.git(&["init", "-q"]);
    sandbox.run(&["gate"]).status(2);
}

//! `gate waive`: the entry in the configuration, committed.

use super::{OVERDUE, broken, ids, verdict};

const WAIVE: [&str; 7] = ["gate", "waive", "api-outage:1", "--until", "2w", "--reason", "it's \"late\""];

#[test]
fn it_adds_an_entry_commits_it_and_opens_the_gate() {
    let sandbox = broken();
    sandbox.write("src/main.rs", "fn main() { half() }\n");
    let answer = sandbox.run(&[&WAIVE[..], &["--who", "release board"]].concat()).ok();
    assert!(
        answer.stdout.starts_with("waived  2026-03-08-api-outage#1   until 2026-12-07\ncommit  "),
        "{}",
        answer.stdout
    );
    let added = "\n[[gate.waivers]]\naction = \"2026-03-08-api-outage#1\"\nreason = \"it's \\\"late\\\"\"\nuntil = 2026-12-07\nwho = \"release board\"\n";
    assert_eq!(sandbox.read(".postmortem.toml"), format!("{OVERDUE}{added}"));
    insta::assert_snapshot!(sandbox.git(&["log", "-1", "--format=%B", "--name-only"]), @r#"
    post-mortem: waive 2026-03-08-api-outage#1

    Until 2026-12-07: it's "late"


    .postmortem.toml
    "#);
    assert_eq!(sandbox.status(), " M src/main.rs", "what else was changed stays as it is");
    assert_eq!(ids(&verdict(&sandbox, &[], 0), "waived"), ["api-outage#1"]);
}

#[test]
fn the_same_again_changes_nothing() {
    let sandbox = broken();
    sandbox.run(&WAIVE).ok();
    let head = sandbox.git(&["rev-parse", "HEAD"]);
    let answer = sandbox.run(&WAIVE).ok();
    assert!(answer.stdout.starts_with("unchanged  2026-03-08-api-outage#1"), "{}", answer.stdout);
    assert_eq!(sandbox.git(&["rev-parse", "HEAD"]), head);
}

#[test]
fn every_other_byte_stays() {
    let sandbox = broken();
    let text =
        "# ours\r\n[[gate.rules]] # late\r\nstate = \"overdue\"\r\n\r\n[drafts]\r\nbranch = 'd' # no end";
    sandbox.commit(".postmortem.toml", text, "by hand");
    sandbox.run(&[&WAIVE[..], &["--no-commit"]].concat()).ok();
    let new = sandbox.read(".postmortem.toml");
    assert!(new.starts_with(text) && new.ends_with("until = 2026-12-07\r\n"), "{new:?}");
    assert!(!new.replace("\r\n", "").contains('\n'));
    assert_eq!(sandbox.status(), " M .postmortem.toml");
    verdict(&sandbox, &[], 1);
    sandbox.git(&["commit", "-q", "-a", "-m", "waived"]);
    verdict(&sandbox, &[], 0);
}

#[test]
fn what_cannot_be_waived_is_refused() {
    let sandbox = broken();
    let head = sandbox.git(&["rev-parse", "HEAD"]);
    let waive = |action: &str, until: &str, reason: &str| {
        sandbox.run(&["gate", "waive", action, "--until", until, "--reason", reason]).status(2).stderr
    };
    for (action, until, reason, said) in [
        ("api-outage:9", "2w", "why", "has no action item '9'"),
        ("nothing:1", "2w", "why", "no post-mortem matches 'nothing'"),
        ("api-outage", "2w", "why", "is no id of an action item"),
        ("api-outage:1", "2026-11-22", "why", "2026-11-22 is over"),
        ("api-outage:1", "whenever", "why", "whenever"),
        ("api-outage:1", "2w", " ", "a waiver needs a reason"),
        ("api-outage:1", "2w", "…", "a waiver needs a reason"),
    ] {
        let told = waive(action, until, reason);
        assert!(told.starts_with("error: ") && told.contains(said), "{action} {until}: {told}");
    }
    sandbox.write(".postmortem.toml", format!("{OVERDUE}# half a sentence"));
    let told = waive("api-outage:1", "2w", "why");
    assert!(told.contains("has changes that are not committed") && told.contains("--no-commit"), "{told}");
    assert_eq!(sandbox.git(&["rev-parse", "HEAD"]), head);
}

#[test]
fn a_list_in_brackets_is_left_to_its_author() {
    let sandbox = broken();
    let text = "[gate]\nrules = [{ state = \"overdue\" }]\nwaivers = []\n";
    sandbox.commit(".postmortem.toml", text, "in brackets");
    verdict(&sandbox, &[], 1);
    let told = sandbox.run(&WAIVE).status(2).stderr;
    assert!(told.contains("cannot tell where a waiver belongs"), "{told}");
    assert_eq!(sandbox.read(".postmortem.toml"), text);
}

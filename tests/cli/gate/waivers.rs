//! Waivers in the configuration and in the message of the tag.

use super::{OVERDUE, broken, ids, verdict};

fn with_waiver(action: &str, until: &str) -> String {
    format!(
        "{OVERDUE}\n[[gate.waivers]]\naction = \"{action}\"\nreason = \"the vendor's fix lands soon\"\nuntil = {until}\nwho = \"release board\"\n"
    )
}

#[test]
fn a_waiver_of_the_tree_counts_to_the_end_of_its_day() {
    let sandbox = broken();
    sandbox.git(&["tag", "v1.0.0"]);
    sandbox.commit(".postmortem.toml", with_waiver("2026-03-08-api-outage#1", "2026-11-23"), "waived");
    let row = verdict(&sandbox, &[], 0);
    assert_eq!(ids(&row, "waived"), ["api-outage#1"]);
    assert_eq!(row["waived"][0]["waiver"]["who"], "release board");
    let said = sandbox.run(&["gate"]).ok().stdout;
    let told =
        "api-outage#1   until 2026-11-23: the vendor's fix lands soon, release board (.postmortem.toml)";
    assert!(said.contains(told), "{said}");
    verdict(&sandbox, &["v1.0.0"], 1);
    let row = verdict(&sandbox, &["--as-of", "2026-11-24"], 1);
    assert_eq!(row["blockers"][0]["waived_until"], "2026-11-23", "it closes again, and that is told");
    let said = sandbox.run(&["gate", "--as-of", "2026-11-24"]).status(1).stdout;
    assert!(said.contains("4 days over, its waiver ended 2026-11-23"), "{said}");
}

#[test]
fn a_waiver_of_the_tag_counts_for_that_tag_alone() {
    let mut sandbox = broken();
    let message = "Release\n\nPostmortem-Waiver: api-outage#1 until 2026-11-30: the vendor is late";
    sandbox.git(&["tag", "-a", "v1.0.0", "-m", message]);
    sandbox.git(&["tag", "-a", "v1.0.1", "-m", "Release"]);
    let row = verdict(&sandbox, &["v1.0.0"], 0);
    let waiver = &row["waived"][0]["waiver"];
    assert_eq!(
        (waiver["reason"].as_str(), waiver["who"].as_str(), waiver["place"].as_str()),
        (Some("the vendor is late"), Some("Carl Committer"), Some("the tag's message"))
    );
    verdict(&sandbox, &["v1.0.1"], 1);
    verdict(&sandbox, &["v1.0.0^{commit}"], 1);
    verdict(&sandbox, &["v1.0.0", "--as", "v1.0.3"], 1);
    sandbox.at_time("2026-12-01T09:00:00Z");
    sandbox.git(&["tag", "-a", "v1.0.2", "-m", message]);
    assert_eq!(verdict(&sandbox, &["v1.0.2"], 1)["blockers"][0]["waived_until"], "2026-11-30");
}

#[test]
fn a_waiver_that_is_not_whole_or_names_nothing_is_told_and_opens_nothing() {
    let sandbox = broken();
    for (line, said) in [
        ("api-outage#1 until soon: please", "its day is no date like 2026-05-31"),
        ("api-outage#1 until 2026-11-30", "it has no reason behind the day"),
        ("api-outage until 2026-11-30: all of it", "write Postmortem-Waiver: 2026-03-08-api-outage#3 until"),
        ("api-outage#9 until 2026-11-30: a slip", "2026-03-08-api-outage has no action item '9'"),
        ("cache#1 until 2026-11-30: a slip", "no post-mortem matches 'cache'"),
    ] {
        sandbox.git(&["tag", "-f", "-a", "v1.0.0", "-m", &format!("Release\n\nPostmortem-Waiver: {line}")]);
        let answer = sandbox.run(&["gate", "v1.0.0"]).status(1);
        assert!(
            answer.stderr.starts_with("warning: ") && answer.stderr.contains(said),
            "{line}: {}",
            answer.stderr
        );
    }
}

#[test]
fn a_waiver_of_the_configuration_is_whole_or_a_fault() {
    let sandbox = broken();
    let text = format!("{OVERDUE}\n[[gate.waivers]]\naction = \"api-outage#1\"\nreason = \"soon\"\n");
    sandbox.commit(".postmortem.toml", text, "no day");
    let answer = sandbox.run(&["gate"]).status(2);
    assert!(
        answer.stderr.contains(".postmortem.toml:7:1: 'gate.waivers.1' has no until"),
        "{}",
        answer.stderr
    );
    sandbox.commit(".postmortem.toml", with_waiver("api-outage#7", "2026-12-01"), "no such item");
    assert_eq!(verdict(&sandbox, &[], 1)["remarks"].as_array().unwrap().len(), 1);
}

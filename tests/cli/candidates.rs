//! `git postmortem candidates`: a year whose incidents are known.

mod year;

use serde_json::Value;

use crate::sandbox::Sandbox;
use crate::schema::assert_fits;
use year::{Year, a_year};

/// What `candidates --json` answers.
#[track_caller]
fn found(sandbox: &Sandbox, arguments: &[&str]) -> Value {
    let arguments = [&["candidates", "--json"], arguments].concat();
    assert_fits(&sandbox.run(&arguments).ok().stdout, "candidates")
}

/// An incident as its date, the kinds of its events, and its title.
fn short(row: &Value) -> String {
    let kinds: Vec<&str> =
        row["events"].as_array().unwrap().iter().map(|event| event["kind"].as_str().unwrap()).collect();
    format!("{} {}: {}", row["date"].as_str().unwrap(), kinds.join("+"), row["title"].as_str().unwrap())
}

#[test]
fn of_a_year_exactly_the_twelve_incidents_are_found_each_with_its_reason() {
    let year = a_year();
    let answer = found(&year.sandbox, &["--since", "2026-01-01"]);
    let rows = answer["candidates"].as_array().unwrap();
    let short: Vec<String> = rows.iter().map(short).collect();
    insta::assert_snapshot!(short.join("\n"), @r"
    2026-01-09 revert: Add retries had to be taken back
    2026-01-25 revert: Faster search had to be taken back
    2026-02-08 revert: Use the new cache had to be taken back
    2026-02-24 revert: Merge topic had to be taken back
    2026-03-13 rollback: Rollback of v1.6.0
    2026-04-20 hotfix: Fix sessions that never end
    2026-05-12 rollback: Rollback of v1.8.0
    2026-06-01 fix: Do not divide by zero
    2026-06-15 fix+fix: Fix negative stock
    2026-08-11 pick: Refund once
    2026-08-21 pick: Send bills once
    2026-08-30 revert+revert+pick: Ship twice as fast had to be taken back
    ");
    assert_eq!(rows.len(), 12);
    let reasons = rows.iter().flat_map(|row| row["events"].as_array().unwrap()).map(|event| {
        let reason = event["reason"].as_str().unwrap().split(' ');
        // Names of commits are others with every git.
        let is_name = |word: &str| word.len() == 7 && word.chars().all(|c| c.is_ascii_hexdigit());
        reason.map(|word| if is_name(word) { "COMMIT" } else { word }).collect::<Vec<_>>().join(" ")
    });
    insta::assert_snapshot!(reasons.collect::<Vec<_>>().join("\n"), @r#"
    COMMIT takes back COMMIT "Add retries", 3 days after v1.1.0 brought it
    COMMIT takes back COMMIT "Faster search (#11)", 5 days after v1.2.0 brought it
    COMMIT takes back COMMIT "Use the new cache", 5 days after v1.3.0 brought it
    COMMIT takes back COMMIT "Merge topic", 7 days after v1.4.0 brought it
    the tag rollback-2026-03-13 says that something was rolled back
    the tag v1.6.1-hotfix is a hotfix
    v1.8.1 leads back to the commit of v1.7.0
    COMMIT mends src/tax.rs 3 hours after v1.10.0, which changed it
    COMMIT mends src/stock.rs 2 hours after v1.11.0, which changed it
    COMMIT mends src/cart.rs 4 hours after v1.11.0, which changed it
    COMMIT was picked to release/2.0 after v2.0.0, from COMMIT
    COMMIT was picked to release/2.0 after v2.0.0, from COMMIT
    COMMIT takes back COMMIT "Ship twice as fast", 4 days after v2.1.0 brought it
    COMMIT takes back COMMIT "Ship twice as fast", 4 days after v2.1.0 brought it
    COMMIT was picked to release/2.1 after v2.1.0, from COMMIT
    "#);
    let mut told: Vec<&str> =
        answer["told"].as_array().unwrap().iter().map(|told| told["postmortem"].as_str().unwrap()).collect();
    told.sort_unstable();
    assert_eq!(told, ["2026-10-05-mail-loop", "2026-10-12-login-down", "2026-10-19-queue-stuck"]);
}

#[test]
fn the_line_to_paste_begins_the_draft_and_the_incident_is_told_then() {
    let year = a_year();
    let before = found(&year.sandbox, &["--since", "2026-01-01"]);
    let row = &before["candidates"][0];
    let line = row["command"].as_str().unwrap();
    let bin = std::path::Path::new(env!("CARGO_BIN_EXE_git-postmortem")).parent().unwrap();
    let script = format!("PATH={}:$PATH; export PATH; {line}", bin.display());
    let mut shell = year.sandbox.command("sh", &year.sandbox.repo());
    let said = crate::sandbox::answer(shell.args(["-c", &script]), None).ok().stdout;
    assert!(said.starts_with("draft   2026-01-09-add-retries-had-to-be-taken-back"), "{said}");
    let after = found(&year.sandbox, &["--since", "2026-01-01"]);
    assert_eq!(after["candidates"].as_array().unwrap().len(), 11);
    assert_ne!(after["candidates"][0], *row);
}

#[test]
fn people_read_reasons_a_line_to_paste_and_when_to_write_one() {
    let mut year = Year::new();
    year.at("2026-11-02T10:00:00Z").commit("src/cart.rs", "Add carts");
    year.at("2026-11-03T10:00:00Z").tag("v1.0.0");
    year.at("2026-11-03T13:00:00Z").commit("src/cart.rs", "fix(cart): don't lose the last row");
    let answer = year.sandbox.run(&["candidates"]).ok();
    let head = year.sandbox.git(&["rev-parse", "--short=7", "HEAD"]);
    insta::assert_snapshot!(answer.stdout.replace(&head, "COMMIT"), @r"
    what  2026-11-03  Don't lose the last row
    why   COMMIT mends src/cart.rs 3 hours after v1.0.0, which changed it
    next  git postmortem new --date 2026-11-03 --deploy v1.0.0 --fix COMMIT 'Don'\''t lose the last row'
    ");
    insta::assert_snapshot!(answer.stderr.trim_start(), @r"
    1 probable incident without a post-mortem between 2026-08-25 and 2026-11-23
    hint: write one for an outage that users felt, a bug in production however soon it was caught, an emergency, a near-miss, data lost or exposed, a deployment rolled back; a small one takes --template brief
    ");
    year.sandbox.run(&["candidates", "--exit-code"]).status(1);
    year.sandbox.run(&["candidates", "--exit-code", "--until", "2026-10-01"]).status(0);
}

#[test]
fn an_empty_window_and_bad_words_are_told() {
    let mut year = Year::new();
    year.at("2026-11-02T10:00:00Z").commit("src/cart.rs", "Add carts");
    let answer = year.sandbox.run(&["candidates", "--since", "2026-11-10"]).ok();
    insta::assert_snapshot!(answer.stderr, @"nothing was committed between 2026-11-10 and 2026-11-23");
    assert_eq!(answer.stdout, "");
    let answer =
        year.sandbox.run(&["candidates", "--since", "2026-11-10", "--until", "2026-11-01"]).status(2);
    insta::assert_snapshot!(answer.stderr, @r"
    error: nothing is since 2026-11-10 and until 2026-11-01
    hint: the earlier day belongs to --since
    ");
    let answer = year.sandbox.run(&["candidates", "--service", "payments"]).status(2);
    insta::assert_snapshot!(answer.stderr, @r"
    error: 'payments' is no service
    hint: none is configured ([services.NAME] in .postmortem.toml)
    ");
    let empty = Sandbox::new();
    empty.git(&["init", "-q"]);
    found(&empty, &[]);
    let url = format!("file://{}", year.sandbox.repo().display());
    year.at("2026-11-03T10:00:00Z").commit("src/cart.rs", "Go on");
    year.sandbox.git_in(&year.sandbox.root(), &["clone", "-q", "--depth=1", &url, "shallow"]);
    let answer = year.sandbox.run_in(&year.sandbox.at("shallow"), &["candidates"]).ok();
    assert!(answer.stderr.contains("warning: the clone is shallow"), "{}", answer.stderr);
}

#[test]
fn a_team_says_what_counts_and_services_have_releases_of_their_own() {
    let mut year = Year::new();
    year.at("2026-11-01T10:00:00Z").commit("pay/api.rs", "Add payments");
    year.at("2026-11-02T10:00:00Z").tag("pay-1.0");
    year.at("2026-11-02T11:00:00Z").tag("web-1.0");
    year.at("2026-11-02T13:00:00Z").commit("pay/api.rs", "Behoben: doppelte Buchung");
    year.at("2026-11-09T13:00:00Z").tag("zurueck-pay");
    let config = "[services.pay]\ntags = [\"pay-*\"]\npaths = [\"pay\"]\n[services.web]\ntags = [\"web-*\"]\n\
        [candidates]\nfix-words = [\"behoben\"]\nrollback-tags = [\"zurueck-*\"]\n";
    year.sandbox.write(".postmortem.toml", config);
    let rows = found(&year.sandbox, &[])["candidates"].clone();
    let rows: Vec<String> = rows.as_array().unwrap().iter().map(short).collect();
    insta::assert_snapshot!(rows.join("\n"), @r"
    2026-11-02 fix: Behoben: doppelte Buchung
    2026-11-09 rollback: Rollback of pay-1.0
    ");
    let pay = found(&year.sandbox, &["--service", "pay"]);
    assert!(
        pay["candidates"][0]["command"].as_str().unwrap().contains("--service pay --deploy pay-1.0"),
        "{pay}"
    );
    assert!(found(&year.sandbox, &["--service", "web"])["candidates"].as_array().unwrap().is_empty());
    year.sandbox.write(".postmortem.toml", "[candidates]\nwithin = \"soon\"\n");
    let answer = year.sandbox.run(&["candidates"]).status(2);
    assert!(answer.stderr.contains("'soon' is no span; write hours or days: 24h, 3d"), "{}", answer.stderr);
}

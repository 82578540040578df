//! `timeline`: the view, what git and records offer, and what is written.

use serde_json::Value;

use crate::drafts::{ID, PATH, TEXT, save};
use crate::sandbox::{Answer, Sandbox, write};
use crate::schema::assert_fits;

/// A record among the test data.
fn record(name: &str) -> String {
    format!("{}/tests/records/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn with_timeline(rows: &str) -> String {
    TEXT.replace("## Root Cause", &format!("## Timeline\n\n{rows}\n\n## Root Cause"))
}

const ROWS: &str = "| Time | Event |\n|---|---|\n| 2026-11-23 08:33 | **impact:** Checkout answers 5xx |\n| 2026-11-23 09:02 |  **resolved:** error rate at baseline   |";

fn drafted(text: &str) -> Sandbox {
    let sandbox = Sandbox::with_repository();
    save(&sandbox, ID, text);
    sandbox
}

fn text(sandbox: &Sandbox) -> String {
    sandbox.git(&["show", &format!("postmortem/drafts:{ID}.md")])
}

fn events(answer: &Answer) -> Vec<Value> {
    assert_fits(&answer.stdout, "events")["events"].as_array().unwrap().clone()
}

/// A morning with a release, a merge, a squashed pull request, a fix, a revert, and noise around it.
fn morning(sandbox: &mut Sandbox) -> (String, String) {
    sandbox.at_time("2026-11-22T08:00:00Z");
    sandbox.commit("old.txt", "1", "Old (#1)");
    sandbox.at_time("2026-11-23T08:00:00Z").git(&["switch", "-q", "-c", "ana/pool"]);
    sandbox.commit("pool.txt", "small", "Keep fewer connections");
    sandbox.git(&["switch", "-q", "main"]);
    sandbox.at_time("2026-11-23T08:05:00Z");
    sandbox.git(&[
        "merge",
        "-q",
        "--no-ff",
        "-m",
        "Merge pull request #41 from ana/pool\n\nShrink the pool",
        "ana/pool",
    ]);
    sandbox.at_time("2026-11-23T08:10:00Z").git(&["tag", "-a", "-m", "release", "v1.4.0"]);
    sandbox.git(&["tag", "nightly-7"]);
    sandbox.at_time("2026-11-23T08:50:00Z");
    let fix = sandbox.commit("pool.txt", "derived", "Derive the pool from the workers");
    sandbox.at_time("2026-11-23T08:55:00Z");
    sandbox.commit("limit.txt", "5", "Limit retries (#42)");
    sandbox.git(&["tag", "v1.4.1"]);
    sandbox.commit("noise.txt", "1", "Noise");
    sandbox.at_time("2026-11-23T08:58:00Z").git(&["revert", "--no-edit", "HEAD~1"]);
    (fix, sandbox.git(&["rev-parse", "HEAD"]))
}

#[test]
fn git_offers_what_happened_in_the_window_without_names() {
    let mut sandbox = Sandbox::with_repository();
    let (fix, _) = morning(&mut sandbox);
    let links = format!(
        "## Linked Commits\n\n| Role | Revision | Commit | Date (UTC) | Subject |\n|---|---|---|---|---|\n\
         | fix | HEAD~3 | {fix} | 2026-11-23 08:50 | Derive the pool from the workers |\n\
         | fix | gone | {} | 2026-11-23 08:51 | Gone |\n",
        "12345678".repeat(5)
    );
    save(&sandbox, ID, &format!("{}\n{links}", with_timeline(ROWS)));
    let said = sandbox.run(&["timeline", "--git"]).ok();
    let hidden = |text: &str| {
        let is_hash = |word: &str| word.len() == 7 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
        let words = text.split(' ').map(|word| {
            let bare = word.trim_end();
            if is_hash(bare) { word.replace(bare, "1234567") } else { word.to_owned() }
        });
        words.collect::<Vec<_>>().join(" ")
    };
    let told: String = said.stdout.split('\n').map(hidden).collect::<Vec<_>>().join("\n");
    insta::assert_snapshot!(told, @r"
       TIME (UTC)        KIND      EVENT                                            SOURCE
    +  2026-11-23 08:05            Merged #41: Shrink the pool                      git 1234567
    +  2026-11-23 08:10            Released v1.4.0                                  git tag v1.4.0
       2026-11-23 08:33  impact    Checkout answers 5xx
    +  2026-11-23 08:50            Fix committed: Derive the pool from the workers  git 1234567
    +  2026-11-23 08:55            Released v1.4.1                                  git tag v1.4.1, date of its commit
    +  2026-11-23 08:55            Merged #42: Limit retries                        git 1234567
    +  2026-11-23 08:58            Reverted: Limit retries (#42)                    git 1234567
       2026-11-23 09:02  resolved  error rate at baseline

    resolved  29 minutes after the impact began
    duration  29 minutes; the document says 31 minutes
    next      git postmortem edit checkout-returns-5xx --set duration='29 minutes'
    ");
    insta::assert_snapshot!(said.stderr.trim(), @r"
    8 events: 2 in the document, 6 offered (--write puts them into it)
    1 linked commit is not in this clone
    git was asked about 2026-11-23 02:33 – 2026-11-23 10:02 UTC
    ");
    for name in ["Ana", "ana", "Carl"] {
        assert!(!said.stdout.contains(name), "{name}: {}", said.stdout);
    }
    let later = sandbox.run(&["timeline", "--git", "--since", "2026-11-23T08:54Z"]).ok();
    assert!(!later.stdout.contains("v1.4.0") && later.stdout.contains("v1.4.1"), "{}", later.stdout);
    let wider = sandbox.run(&["timeline", "--git", "--since", "2026-11-22"]).ok();
    assert!(wider.stdout.contains("Merged #1: Old"), "{}", wider.stdout);
}

#[test]
fn deploys_of_the_pipelines_own_record_are_offered_with_what_git_saw() {
    let mut sandbox = Sandbox::with_repository();
    sandbox.at_time("2026-11-23T08:10:00Z").git(&["tag", "-a", "-m", "release", "v1.4.0"]);
    let deploys = "{\"time\":\"2026-11-23T08:12:00Z\",\"environment\":\"production\",\"revision\":\"v1.4.0\"}\n\
                   {\"time\":\"2026-11-23T08:13:00Z\",\"environment\":\"staging\",\"revision\":\"v1.5.0\"}\n\
                   {\"time\":\"2026-11-23T08:14:00Z\",\"env\":\"prod\",\"sha\":\"c0ffee1\",\"status\":\"failed\"}\n\
                   {\"time\":\"2026-11-20T08:14:00Z\",\"revision\":\"v1.3.0\"}\nno json\n";
    sandbox.write("deploys.jsonl", deploys);
    save(&sandbox, ID, &with_timeline(ROWS));
    let answer = sandbox.run(&["timeline", "--git", "--json"]).ok();
    let offered: Vec<String> = events(&answer)
        .iter()
        .filter(|event| event["in_document"] == false)
        .map(|event| format!("{} {}", event["text"].as_str().unwrap(), event["sources"]))
        .collect();
    assert_eq!(
        offered,
        ["Released v1.4.0 [\"git tag v1.4.0\"]", "Deployed v1.4.0 to production [\"deploys.jsonl\"]"]
    );
    assert!(answer.stdout.contains("deploys.jsonl:5 is no JSON"), "{}", answer.stdout);
    // The same file as a record tells nothing twice; a record is taken whole, whatever the window.
    let again = sandbox.run(&["timeline", "--git", "--import", "deploys.jsonl", "--json"]).ok();
    let deployed: Vec<String> = events(&again).iter().map(|event| event["text"].to_string()).collect();
    let deployed: Vec<&String> = deployed.iter().filter(|text| text.contains("Deployed")).collect();
    assert_eq!(deployed, ["\"Deployed v1.3.0\"", "\"Deployed v1.4.0 to production\""]);
}

#[test]
fn an_empty_window_says_so() {
    let sandbox = drafted(TEXT);
    let said = sandbox.run(&["timeline", "--git", "--since", "2026-01-01", "--until", "2026-01-02"]).ok();
    assert_eq!(said.stdout, "");
    assert!(
        said.stderr.contains("git saw nothing in 2026-01-01 00:00 – 2026-01-02 23:59 UTC"),
        "{}",
        said.stderr
    );
    let written =
        sandbox.run(&["timeline", "--git", "--since", "2026-01-01", "--until", "2026-01-02", "--write"]).ok();
    assert!(written.stdout.starts_with("unchanged"), "{}", written.stdout);
    let turned = sandbox.run(&["timeline", "--since", "2026-01-02", "--until", "2026-01-01"]).status(2);
    assert!(turned.stderr.contains("is before --since"), "{}", turned.stderr);
    save(&sandbox, "unknown", "# Nothing is known\n");
    let blank = sandbox.run(&["timeline", "unknown", "--git", "-q"]).status(2);
    assert!(blank.stderr.contains("neither a day nor a timeline"), "{}", blank.stderr);
}

#[test]
fn what_is_written_keeps_its_source_and_a_second_time_changes_nothing() {
    let sandbox = drafted(&with_timeline(ROWS));
    let (slack, pagerduty) = (record("slack.json"), record("pagerduty.json"));
    let arguments = ["timeline", "--import", &slack, "--import", &pagerduty, "--write"];
    let said = sandbox.run(&arguments).ok();
    insta::assert_snapshot!(said.stdout, @r"
    written       2026-11-23-checkout-returns-5xx   in the drafts
    events        10 events added to 2 events
    detected      1 minute after the impact began
    acknowledged  2 minutes
    mitigated     19 minutes
    resolved      29 minutes
    duration      29 minutes; the document says 31 minutes
    next          git postmortem edit checkout-returns-5xx --set duration='29 minutes'
    ");
    let after = text(&sandbox);
    let start = after.find("## Timeline").unwrap();
    insta::assert_snapshot!(&after[start..after.find("## Root Cause").unwrap()], @r"
    ## Timeline

    | Time | Event |
    |---|---|
    | 2026-11-23 08:33 | **impact:** Checkout answers 5xx |
    | 2026-11-23 08:33 | checkout answers 5xx for about one order in five, see the dashboard (https://grafana.harbour.example/d/checkout) (source: Slack) |
    | 2026-11-23 08:34 | HighErrorRate is firing for checkout (source: Slack) |
    | 2026-11-23 08:34 | **detected:** PagerDuty triggered incident #1234: Checkout 5xx above 5 % (source: PagerDuty #1234) |
    | 2026-11-23 08:34 | On-call was notified of incident #1234 (source: PagerDuty #1234) |
    | 2026-11-23 08:35 | Acknowledged: someone and I look at the pool & the workers \<now> (source: Slack) |
    | 2026-11-23 08:36 | Incident #1234 was acknowledged (source: PagerDuty #1234) |
    | 2026-11-23 08:50 | The pool is exhausted. (source: PagerDuty #1234) |
    | 2026-11-23 08:52 | Mitigated: rolled back to v1.3.0, @here (source: Slack) |
    | 2026-11-23 09:02 |  **resolved:** error rate at baseline   |
    | 2026-11-23 09:02 | Resolved: error rate back to baseline (source: Slack) |
    | 2026-11-23 09:02 | Incident #1234 was resolved (source: PagerDuty #1234) |
    ");
    for line in with_timeline(ROWS).lines() {
        assert!(after.lines().any(|other| other == line), "{line}");
    }
    let tip = sandbox.git(&["rev-parse", "postmortem/drafts"]);
    let again = sandbox.run(&arguments).ok();
    assert!(again.stdout.starts_with("unchanged"), "{}", again.stdout);
    assert_eq!(sandbox.git(&["rev-parse", "postmortem/drafts"]), tip);
    let view = events(&sandbox.run(&["timeline", "--json"]).ok());
    assert!(view.iter().all(|event| event["in_document"] == true));
    let sourced = view.iter().filter(|event| event["sources"][0] == "PagerDuty #1234").count();
    assert_eq!(sourced, 5);
}

#[test]
fn without_write_nothing_changes() {
    let sandbox = drafted(&with_timeline(ROWS));
    let tip = sandbox.git(&["rev-parse", "postmortem/drafts"]);
    sandbox.run(&["timeline", "--git", "--import", &record("slack.json")]).ok();
    assert_eq!(sandbox.git(&["rev-parse", "postmortem/drafts"]), tip);
    assert_eq!(sandbox.status(), "");
}

#[test]
fn a_published_document_gets_a_commit_of_its_path_alone() {
    let sandbox = Sandbox::with_repository();
    sandbox.commit(PATH, with_timeline(ROWS), "publish");
    sandbox.write("staged.txt", "x\n");
    sandbox.git(&["add", "staged.txt"]);
    let deploys = record("deploys.jsonl");
    let said = sandbox.run(&["timeline", "checkout", "--import", &deploys, "--write"]).ok();
    assert!(said.stdout.contains(&format!("{PATH}   commit ")), "{}", said.stdout);
    assert_eq!(sandbox.git(&["show", "--name-only", "--format="]), PATH);
    assert_eq!(sandbox.status(), "A  staged.txt");
    let diff = sandbox.git(&["show", "--format=", "-U0"]);
    assert!(!diff.lines().any(|line| line.starts_with("-|")), "{diff}");
    let head = sandbox.git(&["rev-parse", "HEAD"]);
    sandbox.run(&["timeline", "checkout", "--import", &deploys, "--write"]).ok();
    assert_eq!(sandbox.git(&["rev-parse", "HEAD"]), head);
    let uncommitted = sandbox
        .run(&["timeline", "checkout", "--import", &record("slack.json"), "--write", "--no-commit"])
        .ok();
    assert!(uncommitted.stdout.contains("not committed"), "{}", uncommitted.stdout);
    assert_eq!(sandbox.git(&["rev-parse", "HEAD"]), head);
    assert!(sandbox.status().contains(&format!(" M {PATH}")));
}

#[test]
fn timelines_in_other_layouts_are_gone_on_with() {
    for (rows, expected) in [
        (
            "| Uhrzeit | Art | Ereignis | Quelle | Wer |\n|---|---|---|---|---|\n| 2026-11-23 08:33 | impact | Kasse gestört |  | @ana |",
            "| 2026-11-23 08:52 | mitigated | Mitigated: rolled back to v1.3.0, @here | Slack |  |",
        ),
        (
            "- 2026-11-23 08:33 UTC – it began",
            "- 2026-11-23 08:52 UTC – Mitigated: rolled back to v1.3.0, @here (source: Slack)",
        ),
        (
            "* 08:33 it began\n* 09:30 it ended",
            "* 2026-11-23 08:52 UTC – Mitigated: rolled back to v1.3.0, @here (source: Slack)",
        ),
        (
            "### 08:33\n\nIt began.",
            "### 2026-11-23 08:52 UTC\n\nMitigated: rolled back to v1.3.0, @here (source: Slack)",
        ),
        ("08:33 it began", "2026-11-23 08:52 UTC Mitigated: rolled back to v1.3.0, @here (source: Slack)"),
    ] {
        let sandbox = drafted(&with_timeline(rows));
        let arguments = ["timeline", "--import", &record("slack.json"), "--write"];
        sandbox.run(&arguments).ok();
        let after = text(&sandbox);
        assert!(after.contains(expected) && after.contains(rows.lines().next().unwrap()), "{after}");
        let view = events(&sandbox.run(&["timeline", "--json"]).ok());
        assert_eq!(view.iter().filter(|event| event["sources"][0] == "Slack").count(), 5, "{after}");
        assert!(sandbox.run(&arguments).ok().stdout.starts_with("unchanged"), "{after}");
    }
}

#[test]
fn turning_points_are_written_and_read_in_every_layout() {
    for rows in [
        "- 2026-11-23 08:33 UTC – it began",
        "* 08:33 it began\n* 08:36 **Everything is down.** We look.",
        "- **08:33** – it began\n- **08:36** – it went on",
        "- **08:33 UTC**: **It began.**",
        "### 08:33\n\nIt began.",
        "### 08:33 – It began\n\nNobody knew.",
        "08:33 it began",
        "**08:33** it began\n\n**08:36** it went on",
        "**08:33**\nit began\n\n**08:36**\n**Everything** is down.",
    ] {
        let sandbox = drafted(&with_timeline(rows));
        let arguments = ["timeline", "--import", &record("pagerduty.json"), "--write"];
        sandbox.run(&arguments).ok();
        let after = text(&sandbox);
        for line in rows.lines() {
            assert!(after.contains(line), "{line:?} of\n{after}");
        }
        let view = events(&sandbox.run(&["timeline", "--json"]).ok());
        let detected: Vec<_> = view.iter().filter(|event| event["kind"] == "detected").collect();
        assert_eq!(detected.len(), 1, "{after}");
        assert_eq!(
            detected[0]["text"], "PagerDuty triggered incident #1234: Checkout 5xx above 5 %",
            "{after}"
        );
        assert!(sandbox.run(&arguments).ok().stdout.starts_with("unchanged"), "{after}");
    }
}

#[test]
fn what_git_told_before_does_not_widen_what_it_is_asked_about() {
    let mut sandbox = drafted(&with_timeline(ROWS));
    for (hour, tag) in [("03", "v1.1.0"), ("01", "v1.0.0")] {
        sandbox.at_time(&format!("2026-11-23T{hour}:00:00Z")).git(&["tag", "-a", "-m", "release", tag]);
    }
    sandbox.at_time("2026-11-24T08:00:00Z");
    let write = || sandbox.run(&["timeline", "--git", "--write"]).ok().stdout;
    assert!(write().contains("1 event added"), "v1.0.0 is 7 hours before the first event");
    assert!(write().starts_with("unchanged"));
}

#[test]
fn a_day_as_the_end_is_meant_to_its_end() {
    let mut sandbox = drafted(&with_timeline(ROWS));
    sandbox.at_time("2026-11-24T18:00:00Z").git(&["tag", "-a", "-m", "release", "v1.5.0"]);
    let until = |typed: &str| sandbox.run(&["timeline", "--git", "--until", typed]).ok();
    let by_day = until("2026-11-24");
    assert!(by_day.stdout.contains("Released v1.5.0"), "{}", by_day.stdout);
    assert!(by_day.stderr.contains("2026-11-24 23:59 UTC"), "{}", by_day.stderr);
    assert!(!until("2026-11-24T17:00Z").stdout.contains("v1.5.0"));
}

#[test]
fn every_record_is_told_by_its_content_and_its_broken_lines_are_listed() {
    let sandbox = drafted(TEXT);
    for (name, read, unread) in [
        ("slack.json", 5, 1),
        ("pagerduty.json", 5, 1),
        ("alertmanager.jsonl", 3, 1),
        ("events.csv", 4, 3),
        ("events.jsonl", 4, 4),
        ("deploys.jsonl", 2, 2),
    ] {
        let answer = sandbox.run(&["timeline", "--json", "--import", &record(name)]).ok();
        let value = assert_fits(&answer.stdout, "events");
        assert_eq!(value["events"].as_array().unwrap().len(), read, "{name}: {value}");
        assert_eq!(value["unread"].as_array().unwrap().len(), unread, "{name}: {value}");
        assert_eq!(value["complete"], false, "{name}");
        let told = sandbox.run(&["timeline", "--import", &record(name)]).ok().stderr;
        assert_eq!(told.matches(" was not read: ").count(), unread, "{name}: {told}");
    }
    let piped = std::fs::read_to_string(record("events.jsonl")).unwrap();
    let answer = sandbox.run_with(&["timeline", "--import", "-", "--json"], &piped).ok();
    assert_eq!(events(&answer).len(), 4);
}

#[test]
fn zones_are_stated_and_unknown_ones_refused() {
    let sandbox = drafted(TEXT);
    write(&sandbox.at("e.csv"), "time,event\n2026-11-23 09:00,x\n2026-07-23 09:00,y\n");
    let file = sandbox.at("e.csv").display().to_string();
    let times = |arguments: &[&str]| -> Vec<String> {
        let all = [&["timeline", "--json", "--import", file.as_str()], arguments].concat();
        let rows = events(&sandbox.run(&all).ok());
        rows.iter().map(|row| row["at"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(times(&[]), ["2026-07-23T09:00:00Z", "2026-11-23T09:00:00Z"]);
    assert_eq!(times(&["--zone", "Europe/Berlin"]), ["2026-07-23T07:00:00Z", "2026-11-23T08:00:00Z"]);
    assert_eq!(times(&["--zone", "-05:00"]), ["2026-07-23T14:00:00Z", "2026-11-23T14:00:00Z"]);
    let said = sandbox.run(&["timeline", "--import", &file]).ok().stderr;
    assert!(said.contains("2 times without a zone read as UTC (--zone names another)"), "{said}");
    let refused = sandbox.run(&["timeline", "--import", &file, "--zone", "Europe/Berln"]).status(2);
    assert_eq!(refused.stderr, "error: 'Europe/Berln' is no zone\nhint: did you mean Europe/Berlin?\n");
}

#[test]
fn what_cannot_be_read_at_all_is_an_error() {
    let sandbox = drafted(TEXT);
    for (content, expected) in [
        ("", "is empty"),
        ("who,where\na,b\n", "has no columns of times and events"),
        ("{\"a\":1}\n{\"b\":2}\n", "nothing could be read of"),
    ] {
        write(&sandbox.at("x"), content);
        let said = sandbox.run(&["timeline", "--import", sandbox.at("x").to_str().unwrap()]).status(2);
        assert!(said.stderr.contains(expected) && said.stderr.contains("error: "), "{}", said.stderr);
    }
    sandbox.run(&["timeline", "--import", "nowhere.json"]).status(2);
    sandbox.run(&["timeline", "nothing-like-it"]).status(2);
    sandbox.run(&["timeline", "--zone", "UTC"]).status(2);
}

#[test]
fn hostile_texts_end_escaped_and_read_back_equal() {
    let hostile = [
        "a | b || c",
        "<script>alert(1)</script> & &amp; <!-- c -->",
        "**bold** _it_ `code | x` ~~no~~ [l](u) ![i](u)",
        "# heading",
        "- item",
        "1. one",
        "> quote",
        "```",
        "---",
        "| --- | --- |",
        "[x]: http://y",
        "14:05 again",
        "=SUM(A1)",
        "\\",
        "ends with \\",
        "API is down",
        "CET is a zone",
        "+5 % errors",
        "(source: not mine)",
        "Resolved: <b>all</b> | well",
        "–",
        "größe 日本 👩‍🚒",
    ];
    let line = |text: &str| serde_json::json!({ "time": "2026-11-23T09:00:00Z", "text": text }).to_string();
    let mut file: Vec<String> = hostile.iter().map(|text| line(text)).collect();
    file.push(line("\u{1b}[31mred\u{7}\u{202e} text\nof\ttwo lines\r\n"));
    file.push(line(&"flood ".repeat(100_000)));
    let flood = format!("{}…", "flood ".repeat(166).trim_end());
    let expected: Vec<&str> =
        hostile.iter().copied().chain(["[31mred text of two lines", flood.trim()]).collect();
    for rows in [ROWS, "- 2026-11-23 08:33 UTC – it began", "### 08:33\n\nIt began.", "08:33 it began"] {
        let sandbox = drafted(&with_timeline(rows));
        let arguments = ["timeline", "--import", "-", "--write"];
        sandbox.run_with(&arguments, &file.join("\n")).ok();
        let after = text(&sandbox);
        let read = events(&sandbox.run(&["timeline", "--json"]).ok());
        let read: Vec<String> = read
            .iter()
            .filter(|event| event["at"] == "2026-11-23T09:00:00Z")
            .map(|event| event["text"].as_str().unwrap().trim_matches(['“', '”']).to_owned())
            .collect();
        assert_eq!(read, expected, "{after}");
        assert!(!after.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{after}");
        let again = sandbox.run_with(&arguments, &file.join("\n")).ok();
        assert!(again.stdout.starts_with("unchanged"), "{}", again.stdout);
        let sections = |text: &str| text.lines().filter(|line| line.starts_with("## ")).count();
        assert_eq!(sections(&after), sections(&with_timeline(rows)));
    }
}

#[test]
fn fifty_thousand_events_are_written_and_read() {
    use std::fmt::Write as _;
    let sandbox = drafted(&with_timeline(ROWS));
    let mut file = String::from("time,event\n");
    for at in 0..50_000 {
        let _ = writeln!(
            file,
            "2026-11-{:02}T{:02}:{:02}:00Z,event {at}",
            1 + at / 1440 % 28,
            at / 60 % 24,
            at % 60
        );
    }
    let said = sandbox.run_with(&["timeline", "--import", "-", "--write"], &file).ok();
    assert!(said.stdout.contains("50000 events added to 2 events"), "{}", said.stdout);
    let said = sandbox.run_with(&["timeline", "--import", "-", "--write"], &file).ok();
    assert!(said.stdout.starts_with("unchanged"), "{}", said.stdout);
}

#[test]
fn the_duration_is_computed_compared_and_offered() {
    let sandbox = drafted(&with_timeline(ROWS));
    let said = sandbox.run(&["timeline"]).ok().stdout;
    let expected = "duration  29 minutes; the document says 31 minutes\n\
                    next      git postmortem edit checkout-returns-5xx --set duration='29 minutes'\n";
    assert!(said.ends_with(expected), "{said}");
    sandbox.run(&["edit", "checkout-returns-5xx", "--set", "duration=29 minutes"]).ok();
    let said = sandbox.run(&["timeline"]).ok().stdout;
    assert!(said.ends_with("duration  29 minutes; as the document says\n"), "{said}");
    sandbox.run(&["note", "the alert fires", "--at", "2026-11-23T08:36Z"]).ok();
    sandbox.run(&["note", "the alert fires", "--at", "2026-11-23T08:36Z", "--kind", "detected"]).ok();
    let said = sandbox.run(&["timeline"]).ok().stdout;
    assert_eq!(said.matches("the alert fires").count(), 1, "{said}");
    assert!(said.contains("detected  3 minutes after the impact began"), "{said}");
}

#[test]
fn a_view_as_csv_is_a_record_again() {
    let sandbox = drafted(&with_timeline(ROWS));
    let csv = sandbox.run(&["timeline", "--format", "csv"]).ok().stdout;
    insta::assert_snapshot!(csv, @r"
    time,kind,event,source,in_document
    2026-11-23T08:33:00Z,impact,Checkout answers 5xx,,true
    2026-11-23T09:02:00Z,resolved,error rate at baseline,,true
    ");
    save(&sandbox, "2026-11-23-other", "# Other\n\n**Date**: 2026-11-23\n");
    sandbox.run_with(&["timeline", "2026-11-23-other", "--import", "-", "--write"], &csv).ok();
    let read = events(&sandbox.run(&["timeline", "2026-11-23-other", "--json"]).ok());
    assert_eq!(read.iter().map(|e| e["kind"].as_str().unwrap()).collect::<Vec<_>>(), ["impact", "resolved"]);
    let markdown = sandbox.run(&["timeline", ID, "--format", "markdown"]).ok().stdout;
    assert!(markdown.contains("| 2026-11-23 08:33 | impact | Checkout answers 5xx |"), "{markdown}");
}

#[test]
fn names_of_people_are_kept_where_that_is_asked_for() {
    let sandbox = drafted(TEXT);
    let named = sandbox.run(&["timeline", "--import", &record("slack.json"), "--names"]).ok().stdout;
    assert!(named.contains("ben: Acknowledged: @ana and I look"), "{named}");
    let neutral = sandbox
        .run(&["timeline", "--import", &record("slack.json"), "--import", &record("pagerduty.json")])
        .ok()
        .stdout;
    for name in ["Ana", "Ben", "U02"] {
        assert!(!neutral.contains(name), "{neutral}");
    }
}

#[test]
fn a_page_of_html_is_read_and_not_written() {
    let sandbox = Sandbox::with_repository();
    let page = "<html><body><h1>API outage</h1><p>2026-11-23</p><h2>Timeline</h2><ul><li>09:00 it broke</li></ul></body></html>";
    sandbox.commit("docs/post-mortems/2026-11-23-api.html", page, "publish");
    let listed = sandbox.run(&["timeline", "2026-11-23-api"]).ok();
    assert!(listed.stdout.contains("it broke"), "{}", listed.stdout);
    let said =
        sandbox.run(&["timeline", "2026-11-23-api", "--import", &record("slack.json"), "--write"]).status(2);
    assert!(said.stderr.contains("never edited") && said.stderr.contains("--twin"), "{}", said.stderr);
    assert_eq!(sandbox.status(), "");
}

#[test]
fn an_entry_that_would_move_others_is_not_written() {
    let rows = "- 09:05 CET it began\n- 10:05 it ended";
    let sandbox = drafted(&with_timeline(rows));
    let tip = sandbox.git(&["rev-parse", "postmortem/drafts"]);
    let said = sandbox.run(&["timeline", "--import", &record("slack.json"), "--write"]).status(2);
    assert!(said.stderr.contains("'it ended' would be read as of another time"), "{}", said.stderr);
    let said = sandbox.run(&["note", "paged", "--at", "2026-11-23T08:30Z"]).status(2);
    assert!(said.stderr.contains("nothing was written"), "{}", said.stderr);
    assert_eq!(sandbox.git(&["rev-parse", "postmortem/drafts"]), tip);
}

#[test]
fn an_evening_is_gone_on_with_over_midnight() {
    let rows = "| Time | Event |\n|---|---|\n| 23:50 | it began |\n| 00:10 | it ended |";
    let sandbox = drafted(&with_timeline(rows));
    // Before the first entry, a day of its own would be that of all behind it.
    sandbox.run(&["note", "looked at", "--at", "2026-11-22T23:55Z"]).status(2);
    let sandbox = drafted(&with_timeline(rows).replace("2026-11-23", "2026-11-20"));
    let event = r#"{"time":"2026-11-20T23:55:00Z","text":"looked at"}"#;
    sandbox.run_with(&["timeline", "--import", "-", "--write"], event).ok();
    let times: Vec<String> = events(&sandbox.run(&["timeline", "--json"]).ok())
        .iter()
        .map(|row| row["at"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(times, ["2026-11-20T23:50:00Z", "2026-11-20T23:55:00Z", "2026-11-21T00:10:00Z"]);
}

//! The same rows for people, programs, spreadsheets, wikis and calendars.

use std::io::Read;
use std::process::Stdio;

use super::promises;
use crate::sandbox::Sandbox;
use crate::schema::assert_fits;

/// A document that tries everything on whoever reads it.
fn hostile() -> Sandbox {
    let sandbox = Sandbox::with_repository();
    sandbox.commit(
        "docs/post-mortems/2026-04-01-evil.md",
        "# Evil \u{1b}]0;title\u{7}\u{9b}31m \u{202e}title\n\n**Date**: 2026-04-01\n**Severity**: bad\u{1b}[2J\n\
         **Service**: a\u{1b}[1mb\n\n## Action Items\n\n\
         | # | Action | Owner | Due | Priority |\n|---|---|---|---|---|\n\
         | x\u{1b}[31m | =cmd() \u{1b}[2J a \\| b <script>, \"q\"; [l](javascript:1) | @e\u{1b}vil | 2026-05-01 | P\u{9b}1 |\n\
         | 2 | Größe 日本 `a \\| b` | +1 | 2026-05-02 | |\n",
        "evil",
    );
    sandbox
}

fn assert_harmless(text: &str) {
    let control =
        |c: char| (c.is_control() && !matches!(c, '\n' | '\r')) || matches!(c, '\u{202a}'..='\u{202e}');
    assert!(!text.contains(control), "{text:?}");
}

#[test]
fn control_characters_never_come_out() {
    let sandbox = hostile();
    for arguments in [
        &["actions"][..],
        &["actions", "--rank"],
        &["actions", "--group-by", "owner"],
        &["actions", "--group-by", "postmortem"],
        &["actions", "--ids"],
        &["actions", "--json"],
        &["actions", "--format", "csv"],
        &["actions", "--format", "markdown"],
        &["actions", "--group-by", "service", "--format", "markdown"],
        &["actions", "--format", "ics"],
        &["list"],
        &["list", "--json"],
        &[],
    ] {
        let answer = sandbox.run(arguments).ok();
        assert!(!answer.stdout.is_empty(), "{arguments:?}");
        assert_harmless(&answer.stdout);
        assert_harmless(&answer.stderr);
    }
    let read = assert_fits(&sandbox.run(&["actions", "--json"]).ok().stdout, "actions");
    assert!(read["actions"][0]["text"].as_str().unwrap().contains('\u{1b}'), "JSON loses nothing");
}

#[test]
fn csv_reads_back_and_runs_nothing() {
    let out = hostile().run(&["actions", "--format", "csv"]).ok().stdout;
    let rows: Vec<&str> = out.lines().collect();
    assert_eq!(rows.len(), 3, "{out}");
    let columns = rows[0].split(',').count();
    assert!(rows[1].contains(r#""'=cmd()"#), "{out}");
    assert!(rows[1].contains(r#"""q"""#), "{out}");
    assert!(rows[2].contains(",+1,"), "{out}");
    assert_eq!(rows[2].split(',').count(), columns, "{out}");
}

#[test]
fn markdown_stays_one_table() {
    let out = hostile().run(&["actions", "--format", "markdown"]).ok().stdout;
    for line in out.lines() {
        let bars = line.replace("\\|", "").matches('|').count();
        assert_eq!(bars, 8, "{out}");
    }
    assert!(!out.contains("<script>") && !out.contains("](javascript"), "{out}");
}

#[test]
fn a_calendar_has_what_is_owed_and_dated() {
    let sandbox = promises();
    let answer = sandbox.run(&["actions", "--status", "all", "--format", "ics"]).ok();
    assert_eq!(answer.stdout.matches("BEGIN:VEVENT").count(), 4);
    assert_eq!(answer.stderr, "left out of the calendar: 1 item without a due date\n");
    assert!(answer.stdout.lines().all(|line| line.len() <= 75));
    assert_eq!(answer.stdout.matches("\r\n").count(), answer.stdout.matches('\n').count());
    assert!(answer.stdout.contains("UID:2026-03-08-api-outage#1@git-postmortem\r\n"), "{}", answer.stdout);
    assert!(answer.stdout.contains("DTSTART;VALUE=DATE:20261030\r\nDTEND;VALUE=DATE:20261031\r\n"));
}

#[test]
fn json_has_every_field() {
    let sandbox = promises();
    let read = assert_fits(&sandbox.run(&["actions", "--overdue", "--json"]).ok().stdout, "actions");
    assert_eq!(
        read["actions"][0],
        serde_json::json!({
            "id": "2026-03-08-api-outage#1", "text": "Test migrations", "owner": "@acme/platform",
            "due": "2026-10-30", "due_unclear": null, "priority": "P1", "effort": "large", "status": "open", "overdue": true,
            "days_over": 24, "closed_by": null, "released_in": null, "postmortem": "2026-03-08-api-outage",
            "title": "API outage", "severity": "SEV-1", "date": "2026-03-08", "service": "payments",
            "state": "published", "path": "docs/post-mortems/2026-03-08-api-outage.md", "line": 11,
            "numbered": true, "inferred": [], "refs": []
        })
    );
    assert_eq!(read["summary"], serde_json::json!({"open": 2, "overdue": 2, "settled": 0, "postmortems": 2}));
    assert_eq!(read["actions"][1]["numbered"], false);
}

#[test]
fn nothing_found_prints_no_headings() {
    let sandbox = promises();
    let answer = sandbox.run(&["actions", "--owner", "nobody"]).ok();
    assert_eq!(answer.stdout, "");
    assert_eq!(answer.stderr, "no such action item in 2 post-mortems\n");
    assert_eq!(
        sandbox.run(&["actions", "--owner", "nobody", "--format", "csv"]).ok().stdout.lines().count(),
        1
    );
    let json = sandbox.run(&["actions", "--owner", "nobody", "--json"]).ok().stdout;
    assert!(assert_fits(&json, "actions")["actions"].as_array().unwrap().is_empty());
}

#[test]
fn narrow_screens_cut_texts_and_never_the_id() {
    let mut sandbox = promises();
    sandbox.commit(
        "docs/post-mortems/2026-09-01-long.md",
        format!(
            "# {}\n\n**Date**: 2026-09-01\n\n## Action Items\n\n- [ ] {} (@someone-with-a-long-name, due 2026-10-01)\n",
            "A very long title ".repeat(8),
            "Teach every service to shed load before it falls over ".repeat(6)
        ),
        "long",
    );
    sandbox.set("GIT_PAGER_IN_USE", "1");
    for columns in [20_usize, 30, 40, 60, 80, 100, 200] {
        sandbox.set("COLUMNS", columns.to_string());
        let out = sandbox.run(&["actions", "--color", "never"]).ok().stdout;
        for id in ["long#1", "api-outage#1", "api-outage#2", "api-outage#3", "api-outage#7", "latency#1"] {
            let starts = |line: &str| line.split_whitespace().next() == Some(id);
            assert!(out.lines().any(starts), "{columns}: {id}\n{out}");
        }
        if columns >= 40 {
            let widest = out.lines().map(|line| line.chars().count()).max().unwrap();
            assert!(widest <= columns, "{columns}: {widest}\n{out}");
        }
        if columns >= 60 {
            assert!(out.contains("53 days over"), "overdue stands out at {columns}:\n{out}");
        }
        assert!(columns > 100 || out.contains('…'), "{columns}\n{out}");
    }
}

#[test]
fn a_pipe_gets_no_colour_and_no_wrapping() {
    let mut sandbox = promises();
    sandbox.unset("NO_COLOR").set("COLUMNS", "30");
    let piped = sandbox.run(&["actions"]).ok().stdout;
    assert!(!piped.contains('\u{1b}'));
    assert_eq!(piped.lines().count(), 6, "{piped}");
    let coloured = sandbox.run(&["actions", "--color", "always"]).ok().stdout;
    assert!(coloured.contains("\u{1b}[31m"), "{coloured:?}");
}

#[test]
fn a_reader_that_leaves_early_is_no_failure() {
    let sandbox = Sandbox::with_repository();
    let rows: String =
        (1..4000).map(|n| format!("- [ ] Do this and that and something else, number {n}\n")).collect();
    sandbox.commit(
        "docs/post-mortems/2026-04-01-many.md",
        format!("# M\n\n## Action Items\n\n{rows}"),
        "many",
    );
    for format in ["table", "json", "csv", "markdown"] {
        let mut command = sandbox.binary(&sandbox.repo());
        command.args(["actions", "--format", format]).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut some = [0; 10];
        child.stdout.take().unwrap().read_exact(&mut some).unwrap();
        let output = child.wait_with_output().unwrap();
        let talk = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{format}: {talk}");
        assert!(!talk.contains("error") && !talk.contains("panicked"), "{format}: {talk}");
    }
}

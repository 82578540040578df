//! `inspect`: what was understood of any file, anywhere.

use crate::drafts::TEXT;
use crate::sandbox::{Sandbox, write};

fn outside() -> Sandbox {
    let sandbox = Sandbox::new();
    write(&sandbox.at("notes/a.md"), TEXT);
    write(
        &sandbox.at("notes/sub/2026-03-08-b.txt"),
        "Outage\n======\n\nActions\n-------\n\n- [x] Mend the broken pump (@bo)\n",
    );
    write(&sandbox.at("notes/c.rst"), "x");
    sandbox
}

#[test]
fn it_works_outside_of_repositories() {
    let sandbox = outside();
    let said = sandbox.run_in(&sandbox.root(), &["inspect", "notes/a.md"]).ok();
    insta::assert_snapshot!(said.stdout, @r"
    notes/a.md
    title      Checkout returns 5xx
    date       2026-11-23
    severity   SEV-2
    duration   31 minutes
    authors    @ana
    reviewers  @bo
    status     -
    sections   Summary, Root Cause, Action Items
    timeline   0 events
    actions    3 action items
               #1  open  Test migrations against full-size data  @platform  P1  2026-12-20
               #2  open  Roll back on error rate above 1 %  @ana  P1  2026-12-04
               #3  open  Update the rollback runbook  P3  2026-12-11
    ");
}

#[test]
fn verbose_tells_what_was_concluded() {
    let sandbox = outside();
    let said = sandbox.run_in(&sandbox.root(), &["inspect", "-v", "notes/sub/2026-03-08-b.txt"]).ok();
    insta::assert_snapshot!(said.stdout, @r"
    notes/sub/2026-03-08-b.txt
    title      Outage   (line 1)
    date       2026-03-08   (inferred from the file name)
    severity   -
    duration   -
    authors    -
    reviewers  -
    status     -
    sections   Actions
    timeline   0 events
    actions    1 action item
               #1 (position)  done  Mend the broken pump  @bo   (line 7)
    ");
}

#[test]
fn json_lines_name_files_relative_to_the_root() {
    let sandbox = outside();
    let arguments = ["inspect", "--format", "jsonl", "--root", "notes", "notes/sub", "notes/a.md"];
    let said = sandbox.run_in(&sandbox.root(), &arguments).ok();
    let rows: Vec<serde_json::Value> =
        said.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows.len(), 2);
    assert_eq!(
        (rows[0]["file"].as_str(), rows[1]["file"].as_str()),
        (Some("sub/2026-03-08-b.txt"), Some("a.md"))
    );
    for key in [
        "file",
        "title",
        "date",
        "severity",
        "severity_level",
        "authors",
        "reviewers",
        "status",
        "kind",
        "duration_minutes",
        "timeline_events",
        "timeline",
        "impact",
        "sections",
        "actions",
    ] {
        assert!(rows[1].get(key).is_some(), "{key}");
    }
    for key in
        ["id", "text", "owner", "due", "priority", "effort", "status", "state", "refs", "line", "numbered"]
    {
        assert!(rows[1]["actions"][0].get(key).is_some(), "{key}");
    }
}

#[test]
fn what_cannot_be_read_is_said_and_stops_nothing() {
    let sandbox = outside();
    let said =
        sandbox.run_in(&sandbox.root(), &["inspect", "notes/none.md", "notes/c.rst", "notes/a.md"]).status(2);
    assert!(said.stdout.starts_with("notes/a.md\n"));
    assert!(said.stderr.contains("warning: cannot read notes/none.md: "), "{}", said.stderr);
    assert!(
        said.stderr.contains("warning: notes/c.rst is reStructuredText, which is not read\n"),
        "{}",
        said.stderr
    );
}

#[test]
fn the_words_of_the_repository_count() {
    let sandbox = Sandbox::with_repository();
    sandbox.write(".postmortem.toml", "[documents.synonyms]\naction-items = [\"Promises\"]\n");
    sandbox.write("x.md", "# T\n\n## Promises\n\n- Mend it\n");
    let said = sandbox.run(&["inspect", "--json", "x.md"]).ok().stdout;
    let read: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(read["postmortems"][0]["actions"][0]["text"], "Mend it");
}

#[test]
fn documents_of_older_editors_are_read_and_named() {
    let sandbox = Sandbox::new();
    std::fs::write(
        sandbox.at("old.md"),
        b"# Ausfall\n\n**Datum:** 8. M\xe4rz 2026\n\n## Ma\xdfnahmen\n\n- Gr\xf6\xdfe pr\xfcfen, Frist: bald\n",
    )
    .unwrap();
    let said = sandbox.run_in(&sandbox.root(), &["inspect", "old.md"]).ok();
    insta::assert_snapshot!(said.stdout, @r"
    old.md
    title      Ausfall
    date       2026-03-08
    severity   -
    duration   -
    authors    -
    reviewers  -
    status     -
    sections   Maßnahmen
    timeline   0 events
    actions    1 action item
               #1 (position)  open  Größe prüfen, Frist: bald
    unclear    line 7: due date 'bald' cannot be read
    encoding   Windows-1252, not UTF-8
    ");
}

#[test]
fn a_file_without_anything_in_it_says_so_in_a_line() {
    let sandbox = Sandbox::new();
    sandbox.write("empty.md", "");
    let said = sandbox.run(&["inspect", "empty.md"]).ok().stdout;
    assert_eq!(said, "empty.md\nnothing  was understood: no title, no date, no sections, no action items\n");
    let gone = sandbox.run(&["inspect", "gone.md"]).status(2);
    assert_eq!(gone.stderr, "error: cannot read gone.md: No such file or directory\n");
    assert_eq!(gone.stdout, "");
}

//! What was not read is said, on every way out.

use super::promises;
use crate::sandbox::Sandbox;
use crate::schema::assert_fits;

/// The sentences about what was not seen, and the same from every other format.
#[track_caller]
fn unseen(sandbox: &Sandbox) -> Vec<String> {
    let read = assert_fits(&sandbox.run(&["actions", "--json"]).ok().stdout, "actions");
    let said: Vec<String> =
        read["incomplete"].as_array().unwrap().iter().map(|why| why.as_str().unwrap().to_owned()).collect();
    assert_eq!(read["complete"], said.is_empty());
    for arguments in
        [&["--format", "csv"][..], &["--format", "markdown"], &["--format", "ics"], &["--ids"], &["-q"]]
    {
        let answer = sandbox.run(&[&["actions"], arguments].concat()).ok();
        for why in &said {
            assert!(
                answer.stderr.contains(&format!("warning: {why}\n")),
                "{arguments:?} {why}\n{}",
                answer.stderr
            );
        }
    }
    said
}

#[test]
fn a_repository_that_was_read_whole_says_nothing() {
    assert_eq!(unseen(&promises()), [""; 0]);
}

#[test]
fn other_formats_and_unreadable_files_are_named() {
    let sandbox = promises();
    sandbox.commit("docs/post-mortems/old/export.rst", "Export", "rst");
    sandbox.commit("docs/post-mortems/scan.PDF", "%PDF", "pdf");
    sandbox.commit("docs/post-mortems/image.png", "png", "an attachment is no document");
    assert_eq!(
        unseen(&sandbox),
        [
            "docs/post-mortems/old/export.rst was not read: reStructuredText is not supported",
            "docs/post-mortems/scan.PDF was not read: PDF is not supported"
        ]
    );
}

#[test]
fn a_damaged_object_takes_only_its_document_away() {
    let sandbox = promises();
    let blob = sandbox.git(&["rev-parse", "HEAD:docs/post-mortems/2026-08-02-latency.md"]);
    let file = sandbox.repo().join(".git/objects").join(&blob[..2]).join(&blob[2..]);
    std::fs::remove_file(&file).unwrap();
    let said = unseen(&sandbox);
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].starts_with("docs/post-mortems/2026-08-02-latency.md could not be read: "), "{said:?}");
    assert_eq!(sandbox.run(&["actions", "--ids"]).ok().stdout.lines().count(), 4);
    sandbox.run(&["actions", "--owner", "nobody", "--exit-code"]).status(2);
    // The bare command does not hide it either.
    let overview = sandbox.run(&[]).ok();
    assert!(overview.stderr.contains("2026-08-02-latency.md could not be read"), "{}", overview.stderr);
}

#[test]
fn what_is_not_committed_does_not_count_and_is_named() {
    let sandbox = promises();
    sandbox.write("docs/post-mortems/2026-11-20-new.md", "# New\n\n## Action Items\n\n- [ ] Not yet\n");
    assert_eq!(unseen(&sandbox), ["docs/post-mortems/2026-11-20-new.md has uncommitted changes"]);
    std::fs::remove_file(sandbox.repo().join("docs/post-mortems/2026-08-02-latency.md")).unwrap();
    let said = unseen(&sandbox);
    assert_eq!(said, ["docs/post-mortems/2026-08-02-latency.md and 1 more have uncommitted changes"]);
    assert_eq!(
        sandbox.run(&["actions", "--ids"]).ok().stdout.lines().count(),
        5,
        "HEAD counts, not the files"
    );
}

#[test]
fn a_branch_behind_its_upstream_says_so() {
    let sandbox = promises();
    sandbox.git_in(&sandbox.root(), &["clone", "-q", "repo", "clone"]);
    sandbox.commit("x", "x", "one more");
    let clone = sandbox.at("clone");
    sandbox.git_in(&clone, &["fetch", "-q"]);
    let answer = sandbox.run_in(&clone, &["actions"]).ok();
    assert!(
        answer.stderr.contains("warning: 1 commit of origin/main is not merged here"),
        "{}",
        answer.stderr
    );
    let past = sandbox.run_in(&clone, &["actions", "--rev", "HEAD"]).ok();
    assert!(!past.stderr.contains("warning"), "a revision is read as it is: {}", past.stderr);
}

#[test]
fn pages_that_are_no_post_mortems_are_told_with_v() {
    let sandbox = promises();
    sandbox.commit(
        "docs/post-mortems/README.md",
        "# Post-mortems\n\n- [API](2026-03-08-api-outage.md)\n",
        "index",
    );
    assert_eq!(unseen(&sandbox), [""; 0]);
    let answer = sandbox.run(&["actions", "-v"]).ok();
    assert!(answer.stderr.contains("docs/post-mortems/README.md is left out: "), "{}", answer.stderr);
}

#[test]
fn a_name_that_is_no_text_is_read_or_named() {
    use std::os::unix::ffi::OsStrExt;
    let sandbox = promises();
    let name = std::ffi::OsStr::from_bytes(b"docs/post-mortems/2026-09-09-\xff.md");
    std::fs::write(sandbox.repo().join(name), "# N\n\n## Action Items\n\n- [ ] Do it\n").unwrap();
    sandbox.git(&["add", "."]);
    sandbox.git(&["commit", "-q", "-m", "name"]);
    let rows = sandbox.run(&["actions", "--ids"]).ok();
    let named = rows.stdout.lines().count() == 6 || rows.stderr.contains("2026-09-09");
    assert!(named, "{}\n{}", rows.stdout, rows.stderr);
}

#[test]
fn nothing_at_all_is_no_error() {
    let sandbox = Sandbox::new();
    sandbox.git(&["init", "-q"]);
    let unborn = sandbox.run(&["actions", "--exit-code"]).ok();
    assert_eq!(unborn.stdout, "");
    assert_eq!(unborn.stderr, "no post-mortem is committed here yet\n");
    sandbox.commit("docs/post-mortems/2026-01-01-a.md", "# A\n\n## Action Items\n\n- [x] Done\n", "a");
    assert_eq!(sandbox.run(&["actions"]).ok().stderr, "nothing is open in 1 post-mortem\n");
    let outside = sandbox.run_in(&sandbox.root(), &["actions"]).status(2);
    assert!(outside.stderr.starts_with("error: not a git repository"), "{}", outside.stderr);
}

#[test]
fn a_due_date_that_cannot_be_told_is_said_and_not_guessed() {
    let sandbox = Sandbox::with_repository();
    sandbox.commit(
        "docs/post-mortems/2026-03-08-keys.md",
        "# Keys\n\n## Actions\n\n- Rotate the deploy keys, due 03/04/2026\n- Count the deploy keys\n  - Due: next sprint\n",
        "keys",
    );
    let answer = sandbox.run(&["actions"]).ok();
    insta::assert_snapshot!(answer.stderr, @r"

    2 open, 0 overdue, in 1 post-mortem
    warning: no due date could be told of 2026-03-08-keys#1: '03/04/2026' may be 2026-04-03 or 2026-03-04, and 1 more
    hint: actions.date-order says which of day and month comes first
    ");
    let read = assert_fits(&sandbox.run(&["actions", "--json"]).ok().stdout, "actions");
    assert_eq!(read["actions"][0]["due_unclear"], "03/04/2026");
    assert_eq!(read["actions"][1]["due_unclear"], "next sprint");
    sandbox.write(".postmortem.toml", "[actions]\ndate-order = \"day-first\"\n");
    let read = assert_fits(&sandbox.run(&["actions", "--json"]).ok().stdout, "actions");
    assert_eq!(read["actions"][0]["due"], "2026-04-03");
}

#[test]
fn exported_pages_are_read() {
    let sandbox = Sandbox::with_repository();
    sandbox.commit(
        "docs/post-mortems/2026-03-08-locks.html",
        "<html><body><h1>Locks</h1><h2>Action items</h2><ul><li>Add an index (@ana, due 2026-12-24)</li></ul></body></html>",
        "export",
    );
    let read = assert_fits(&sandbox.run(&["actions", "--json"]).ok().stdout, "actions");
    let item = &read["actions"][0];
    assert_eq!((item["owner"].as_str(), item["due"].as_str()), (Some("@ana"), Some("2026-12-24")));
    assert_eq!(item["id"], "2026-03-08-locks#1");
}

//! `git postmortem adopt`.

use crate::sandbox::Sandbox;
use crate::schema::assert_fits;

const TASKS: &str = "docs/incidents/2024/disk-full.md";
const TABLE: &str = "docs/incidents/2023/queue-stalls.md";
const PROSE: &str = "docs/incidents/2023/login-slow.md";

/// Three documents as a team wrote them before it knew us.
fn old_documents() -> Sandbox {
    let sandbox = Sandbox::with_repository();
    sandbox.write("docs/incidents/README.md", "# How we learn\n");
    sandbox.write(
        TASKS,
        "# Disk full on db-1\n\nDate: 2024-02-11\n\n## Action items\n\n- [x] Grow the disk to 2 TB\n\
         - [ ] Page when the disk is 80 % full. Owner: @ops, due 2024-03-01\n- [ ] Write the runbook\n",
    );
    sandbox.write(
        TABLE,
        "# Queue stalls\n\n**Date**: 2023-01-10\n**Severity**: SEV-2\n\n## Follow-ups\n\n\
         | Action | Owner | Due |\n|---|:---:|---|\n| Alert on depth \\| all | @ana | 03/04/2023 |\n\
         | Add back-pressure | | |\n\nThat is all.\n",
    );
    sandbox.write(
        PROSE,
        "# Login slow\n\n## Action Items\n\n**AC** Move the alert to the gateway.\n\n\
         **BD** Shorten the session query.\n",
    );
    sandbox.git(&["add", "."]);
    sandbox.git(&["commit", "-q", "-m", "years of post-mortems"]);
    sandbox
}

#[test]
fn the_report_says_what_was_understood_and_what_is_missing() {
    let sandbox = old_documents();
    let answer = sandbox.run(&["adopt"]).ok();
    insta::assert_snapshot!(answer.stdout, @r"
    read     3 post-mortems, 7 action items, 6 open
    layout   task list      3 items in 1 post-mortem
             paragraph      2 items in 1 post-mortem
             table          2 items in 1 post-mortem
    missing  date           1 of 3 post-mortems
             severity       2 of 3 post-mortems
             owner          2 of 6 open items
             due date       5 of 6 open items
             priority       6 of 6 open items
             status         4 of 7 items
             number         7 of 7 items
    unclear  docs/incidents/2023/queue-stalls.md:10   due date '03/04/2023'
    to gain  5 numbers, columns for owner, priority, due date and status in 2 post-mortems
    stays    docs/incidents/2023/login-slow.md:5   2 items: the item is a paragraph
    next     git postmortem adopt --dry-run
    ");
    assert_eq!(sandbox.status(), "");
}

#[test]
fn a_path_is_a_file_or_a_folder_from_where_one_stands() {
    let sandbox = old_documents();
    let paths = |answer: String| {
        let read = assert_fits(&answer, "adoptions");
        let rows = read["adoptions"].as_array().unwrap();
        rows.iter().map(|row| row["path"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(paths(sandbox.run(&["adopt", "docs/incidents/2023", "--json"]).ok().stdout), [PROSE, TABLE]);
    let inside = sandbox.repo().join("docs/incidents/2023");
    let both = sandbox.run_in(&inside, &["adopt", "login-slow.md", "../2024", "--json"]).ok();
    assert_eq!(paths(both.stdout), [PROSE, TASKS]);
}

#[test]
fn a_path_without_a_post_mortem_is_an_error() {
    let sandbox = old_documents();
    let answer = sandbox.run(&["adopt", "docs/incidents/README.md"]).status(2);
    assert!(answer.stderr.contains("it is a contents page"), "{}", answer.stderr);
    let answer = sandbox.run(&["adopt", "nowhere"]).status(2);
    assert!(answer.stderr.contains("no committed post-mortem at nowhere"), "{}", answer.stderr);
    let answer = sandbox.run(&["adopt", ".."]).status(2);
    assert!(answer.stderr.contains("outside the work tree"), "{}", answer.stderr);
}

#[test]
fn a_repository_without_documents_says_so() {
    let sandbox = Sandbox::with_repository();
    let answer = sandbox.run(&["adopt"]).ok();
    assert!(answer.stderr.contains("no post-mortem is committed here yet"), "{}", answer.stderr);
}

/// What every item is, whatever it is written in.
fn items(sandbox: &Sandbox) -> Vec<String> {
    let json = sandbox.run(&["actions", "--status", "all", "--json"]).ok().stdout;
    let read: serde_json::Value = serde_json::from_str(&json).unwrap();
    let fields = ["id", "text", "owner", "due", "priority", "effort", "status"];
    let say = |row: &serde_json::Value| fields.map(|field| row[field].to_string()).join(" ");
    read["actions"].as_array().unwrap().iter().map(say).collect()
}

#[test]
fn the_edits_are_one_commit_and_the_second_run_changes_nothing() {
    let sandbox = old_documents();
    sandbox.write("other.txt", "staged\n");
    sandbox.git(&["add", "other.txt"]);
    let before = items(&sandbox);
    let shown = sandbox.run(&["adopt", "--dry-run"]).ok();
    assert!(shown.stdout.contains("+| 2 | Page when the disk is 80 % full."), "{}", shown.stdout);
    assert!(shown.stdout.contains("+since = 2026-11-23"), "{}", shown.stdout);
    assert_eq!(sandbox.status(), "A  other.txt");
    let answer = sandbox.run(&["adopt", "--write"]).ok();
    assert!(
        answer.stdout.contains("login-slow.md:5   2 items: the item is a paragraph"),
        "{}",
        answer.stdout
    );
    insta::assert_snapshot!(sandbox.read(TASKS), @r"
    # Disk full on db-1

    Date: 2024-02-11

    ## Action items

    | # | Action | Owner | Priority | Effort | Due Date | Status |
    |---|---|---|---|---|---|---|
    | 1 | Grow the disk to 2 TB |  |  |  |  | done |
    | 2 | Page when the disk is 80 % full. Owner: @ops, due 2024-03-01 | @ops |  |  | 2024-03-01 | open |
    | 3 | Write the runbook |  |  |  |  | open |
    ");
    assert_eq!(
        sandbox.read(".postmortem.toml"),
        "[lint]\nsince = 2026-11-23\n\n[gate]\nsince = 2026-11-23\n"
    );
    assert_eq!(
        sandbox.git(&["show", "--format=%s", "--name-only", "HEAD"]),
        format!("post-mortem: adopt 2 post-mortems\n\n.postmortem.toml\n{TABLE}\n{TASKS}")
    );
    assert_eq!(items(&sandbox), before);
    assert_eq!(sandbox.status(), "A  other.txt");
    let head = sandbox.git(&["rev-parse", "HEAD"]);
    let again = sandbox.run(&["adopt", "--write"]).ok();
    assert!(again.stderr.contains("nothing to do"), "{}", again.stderr);
    assert_eq!(sandbox.git(&["rev-parse", "HEAD"]), head);
}

#[test]
fn one_folder_is_adopted_and_the_days_may_stay_unset() {
    let sandbox = old_documents();
    sandbox.run(&["adopt", "--write", "--no-since", "docs/incidents/2024"]).ok();
    assert_eq!(
        sandbox.git(&["show", "--format=%s", "--name-only", "HEAD"]),
        format!("post-mortem: adopt disk-full\n\n{TASKS}")
    );
}

#[test]
fn a_document_with_changes_of_ones_own_is_refused_or_built_on() {
    let sandbox = old_documents();
    sandbox.write(TASKS, sandbox.read(TASKS).replace("runbook", "whole runbook"));
    let head = sandbox.git(&["rev-parse", "HEAD"]);
    let answer = sandbox.run(&["adopt", "--write"]).status(2);
    assert!(answer.stderr.contains("has changes that are not committed"), "{}", answer.stderr);
    assert!(!sandbox.read(TABLE).contains("| # |"), "nothing half-done stays behind");
    sandbox.run(&["adopt", "--write", "--no-commit"]).ok();
    assert!(sandbox.read(TASKS).contains("| 3 | Write the whole runbook |"));
    assert_eq!(sandbox.git(&["rev-parse", "HEAD"]), head);
}

#[test]
fn edits_can_be_staged() {
    let sandbox = old_documents();
    sandbox.run(&["adopt", "--write", "--stage", "--no-since", "docs"]).ok();
    assert_eq!(sandbox.status(), format!("M  {TABLE}\nM  {TASKS}"));
}

#[test]
fn html_is_never_edited() {
    let sandbox = Sandbox::with_repository();
    let page =
        "<html><body><h1>Mail lost</h1><h2>Action Items</h2><ul><li>Keep mail</li></ul></body></html>\n";
    sandbox.commit("docs/post-mortems/2024-11-20-mail-lost.html", page, "a page");
    let answer = sandbox.run(&["adopt", "--write", "--no-since"]).ok();
    assert!(answer.stdout.contains("1 item: HTML is never edited"), "{}", answer.stdout);
    assert_eq!(sandbox.read("docs/post-mortems/2024-11-20-mail-lost.html"), page);
}

#[test]
fn a_file_that_cannot_spell_a_cell_is_left_and_named() {
    let sandbox = Sandbox::with_repository();
    sandbox.write(".postmortem.toml", "[documents]\nlanguage = \"ja\"\n");
    let page = b"# Caf\xe9\n\n## Action Items\n\n- Qwertz uiop\n- Asdf caf\xe9\n";
    std::fs::create_dir_all(sandbox.repo().join("docs/post-mortems")).unwrap();
    let path = "docs/post-mortems/2024-11-20-coffee.md";
    std::fs::write(sandbox.repo().join(path), page).unwrap();
    sandbox.git(&["add", "."]);
    sandbox.git(&["commit", "-q", "-m", "a page"]);
    for args in [&["adopt"][..], &["adopt", "--write", "--no-since"]] {
        let answer = sandbox.run(args).ok();
        let said = "2024-11-20-coffee.md:5   2 items: the file's encoding cannot spell the new cells";
        assert!(answer.stdout.contains(said), "{}", answer.stdout);
    }
    assert_eq!(std::fs::read(sandbox.repo().join(path)).unwrap(), page);
}

#[test]
fn a_twin_loses_no_word_of_the_page() {
    let sandbox = Sandbox::with_repository();
    let body = "<h1>Mail lost &lt;again&gt;</h1><blockquote><p>We are sorry.</p></blockquote>\
        <p>See <img src='g.png' alt='the graph'> and <a href='https://x.example/1'>the <b>ticket</b></a>, <del>old</del> \
        <code>a|b`c</code> snake_case _em_ 2 * 3.</p><dl><dt>Term</dt><dd>Meaning</dd></dl>\
        <details><summary>More</summary><p>Hidden words</p></details>\
        <ul><li>one<ul><li>inner</li></ul></li><li><p>two</p><p>its second part</p></li></ul>\
        <ol start='3'><li>three</li><li># four</li><li>5. five</li></ol><p>1. first</p><p>- dash</p><p># hash</p>\
        <pre><code>line &amp;&amp; x\nline <b>y</b></code></pre>\
        <table><caption>Caption</caption><tr><th>A</th><th>B</th></tr><tr><td><ul><li>l1</li><li>l2</li></ul></td>\
        <td><pre>code in\ncell</pre></td></tr><tr><td rowspan='2'>r</td><td>x<table><tr><td>n1</td><td>n2</td></tr></table>\
        </td></tr><tr><td>last</td></tr></table><h2>Action Items</h2><ul><li>1. do a thing of worth</li><li>+ plus a thing</li></ul>";
    let page = format!("<html><head><title>no word of it</title></head><body>{body}</body></html>\n");
    sandbox.commit("docs/post-mortems/2024-11-20-mail-lost.html", &page, "a page");
    let answer = sandbox.run(&["adopt", "--twin"]).ok();
    assert!(!answer.stderr.contains("warning"), "{}\n{}", answer.stderr, answer.stdout);
    // Tags cut off by the roughest means, so that nothing of the reader decides what counts.
    let plain: String = body
        .split('<')
        .map(|part| part.split_once('>').map_or(part, |(_, text)| text))
        .collect::<Vec<_>>()
        .join(" ");
    let plain = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
        words.map(str::to_owned).collect()
    };
    let said = words(&answer.stdout.replace('\\', ""));
    for word in words(&plain).iter().chain(&words("the graph https x example g png")) {
        assert!(said.contains(word), "{word}: {}", answer.stdout);
    }
}

#[test]
fn a_twin_of_a_page_says_the_same_in_markdown() {
    let sandbox = Sandbox::with_repository();
    let page = "<html><body><h1>Post-Mortem: Mail lost</h1><p><b>Date</b>: 2024-11-20</p><h2>Summary</h2>\
                <p>Mail was <em>lost</em> &amp; found, 2 * 3 times.</p><pre>a &lt; b\n  <b>c</b></pre><h2>Action Items</h2><table>\
                <tr><th>Action</th><th>Owner</th></tr><tr><td>Keep | mail</td><td>@ana</td></tr></table></body></html>\n";
    sandbox.commit("docs/post-mortems/2024-11-20-mail-lost.html", page, "a page");
    let answer = sandbox.run(&["adopt", "--twin"]).ok();
    assert!(!answer.stderr.contains("warning"), "{}", answer.stderr);
    assert_eq!(sandbox.status(), "");
    insta::assert_snapshot!(answer.stdout, @r"
    # Post-Mortem: Mail lost

    **Date**: 2024-11-20

    ## Summary

    Mail was *lost* \& found, 2 \* 3 times.

    ```
    a < b
      c
    ```

    ## Action Items

    | Action | Owner |
    |---|---|
    | Keep \| mail | @ana |
    ");
}

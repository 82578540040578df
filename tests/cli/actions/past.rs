//! What history tells of items: who closed them, which release has them, how often they were put off, who is gone.

use serde_json::Value;

use crate::sandbox::Sandbox;
use crate::schema::assert_fits;

/// Label, words, owner, due date and status.
type Cells = (&'static str, &'static str, &'static str, &'static str, &'static str);

/// A document with rows.
fn document(service: &str, rows: &[(&str, &str, &str, &str, &str)]) -> String {
    let mut text = format!(
        "# Post-Mortem: Outage\n\n**Date**: 2026-03-08\n**Severity**: SEV-1\n{service}\n## Summary\n\nIt was down for a \
         while, and everybody saw it.\n\n## Action Items\n\n| # | Action | Owner | Due Date | Status |\n|---|---|---|---|---|\n"
    );
    for (label, words, owner, due, status) in rows {
        text.push_str(&format!("| {label} | {words} | {owner} | {due} | {status} |\n"));
    }
    text
}

const PAGE: &str = "docs/post-mortems/2026-03-08-outage.md";

fn json(sandbox: &Sandbox, arguments: &[&str]) -> Vec<Value> {
    let answer = sandbox.run(&[&["actions", "--json"], arguments].concat()).ok();
    assert_fits(&answer.stdout, "actions")["actions"].as_array().unwrap().clone()
}

fn field(rows: &[Value], name: &str) -> Vec<String> {
    rows.iter().map(|row| row[name].as_str().map_or_else(|| row[name].to_string(), str::to_owned)).collect()
}

/// A fix, a release that has it, and one that was made from a branch of fixes.
fn released() -> Sandbox {
    let mut sandbox = Sandbox::with_repository();
    sandbox.at_time("2026-04-01T08:00:00Z");
    let rows = [
        ("1", "Limit it", "@ana", "2026-06-01", "Open"),
        ("2", "Test it", "@bob", "2026-06-01", "Open"),
        ("3", "Watch it", "@bob", "2026-06-01", "Open"),
    ];
    sandbox.commit(PAGE, document("", &rows), "the document");
    sandbox.git(&["tag", "v1.0.0"]);
    sandbox.at_time("2026-05-01T08:00:00Z");
    sandbox.commit("src/a", "a", "Limit\n\nCloses-Action: outage#1");
    sandbox.at_time("2026-05-02T08:00:00Z");
    sandbox.git(&["tag", "-a", "-m", "candidate", "v1.1.0-rc1"]);
    sandbox.git(&["tag", "-a", "-m", "release", "v1.1.0"]);
    sandbox.git(&["tag", "nightly-1"]);
    sandbox.commit("src/b", "b", "more");
    sandbox.git(&["tag", "v1.2.0"]);
    sandbox.at_time("2026-05-03T08:00:00Z");
    sandbox.commit("src/c", "c", "Test\n\nCloses-Action: outage#2");
    sandbox
}

#[test]
fn the_first_release_that_has_the_closing_commit_is_told() {
    let sandbox = released();
    let rows = json(&sandbox, &["--status", "all", "--sort", "postmortem"]);
    assert_eq!(field(&rows, "status"), ["done", "done", "open"]);
    assert_eq!(field(&rows, "released_in"), ["v1.1.0-rc1", "null", "null"]);
    assert_eq!(field(&rows, "closed_by")[0], sandbox.git(&["rev-parse", "v1.1.0^{commit}"]));
    assert_eq!(field(&json(&sandbox, &["--status", "released"]), "id"), ["2026-03-08-outage#1"]);
    assert_eq!(field(&json(&sandbox, &["--status", "unreleased"]), "id"), ["2026-03-08-outage#2"]);
    let table = sandbox.run(&["actions", "--status", "done"]).ok().stdout;
    assert!(table.contains("done, in v1.1.0-rc1"), "{table}");
    // A new tag counts at once.
    sandbox.git(&["tag", "v1.3.0"]);
    let rows = json(&sandbox, &["--status", "all", "--sort", "postmortem"]);
    assert_eq!(field(&rows, "released_in"), ["v1.1.0-rc1", "v1.3.0", "null"]);
}

#[test]
fn verbose_says_which_commit_closed_what() {
    let sandbox = released();
    let answer = sandbox.run(&["actions", "-v"]).ok();
    assert!(!answer.stdout.contains("Limit it"), "{}", answer.stdout);
    let closing = sandbox.git(&["rev-parse", "--short=7", "v1.1.0^{commit}"]);
    let told = format!(
        "2026-03-08-outage#1: closed by {closing} of 2026-05-01 (a line in the message), first released in v1.1.0-rc1; its row says open\n"
    );
    assert!(answer.stderr.contains(&told), "{}", answer.stderr);
    assert!(answer.stderr.contains("in no release yet; its row says open"), "{}", answer.stderr);
    let plain = sandbox.run(&["actions"]).ok();
    assert!(!plain.stderr.contains("closed by"), "{}", plain.stderr);
    sandbox.git(&["revert", "--no-edit", &closing]);
    let told = sandbox.run(&["actions", "outage", "-v"]).ok();
    assert!(
        told.stdout.contains("Limit it") && told.stderr.contains("outage#1: opened again by "),
        "{}",
        told.stderr
    );
}

#[test]
fn a_past_day_knows_no_later_closings_and_tags() {
    let sandbox = released();
    let at = |day: &str| json(&sandbox, &["--as-of", day, "--status", "all", "--sort", "postmortem"]);
    assert_eq!(field(&at("2026-04-15"), "status"), ["open", "open", "open"]);
    assert_eq!(field(&at("2026-05-01"), "released_in"), ["null", "null", "null"]);
    assert_eq!(field(&at("2026-05-02"), "released_in"), ["v1.1.0-rc1", "null", "null"]);
    let rows = json(&sandbox, &["--rev", "v1.0.0", "--status", "all"]);
    assert_eq!(field(&rows, "status"), ["open", "open", "open"]);
}

#[test]
fn each_service_has_releases_of_its_own() {
    let sandbox = Sandbox::with_repository();
    sandbox.commit(
        ".postmortem.toml",
        "[services.payments]\ntags = [\"payments-v*\"]\n\n[services.search]\ntags = [\"search/*\"]\n",
        "config",
    );
    let row = [("1", "Limit it", "@ana", "2026-06-01", "Done")];
    sandbox.commit(PAGE, document("**Service**: payments\n", &row), "one");
    sandbox.commit("docs/post-mortems/2026-04-01-slow.md", document("**Service**: Search\n", &row), "two");
    sandbox.commit(
        "docs/post-mortems/2026-05-01-both.md",
        document("**Service**: payments, search\n", &row),
        "three",
    );
    sandbox.commit("docs/post-mortems/2026-06-01-none.md", document("", &row), "four");
    sandbox.git(&["tag", "search/2026/a"]);
    sandbox.commit("a", "a", "five");
    sandbox.git(&["tag", "payments-v1"]);
    sandbox.git(&["tag", "v9.0"]);
    let rows = json(&sandbox, &["--status", "done", "--sort", "postmortem"]);
    let told: Vec<_> = field(&rows, "postmortem").into_iter().zip(field(&rows, "released_in")).collect();
    let told: Vec<_> = told.iter().map(|(id, tag)| (&id[11..], tag.as_str())).collect();
    assert_eq!(
        told,
        [("outage", "payments-v1"), ("slow", "search/2026/a"), ("both", "search/2026/a"), ("none", "v9.0")]
    );
}

/// An item that is put off twice and brought forward once, over a new name and a new number.
fn put_off() -> Sandbox {
    let mut sandbox = Sandbox::with_repository();
    let versions: [&[Cells]; 4] = [
        &[("1", "Limit it", "@ana", "2026-04-15", "Open"), ("2", "Test it", "@bob", "2026-12-01", "Open")],
        &[("1", "Limit it", "@ana", "2026-06-30", "Open"), ("2", "Test it", "@bob", "2026-11-01", "Open")],
        &[
            ("1", "New", "", "", "Open"),
            ("2", "Limit it", "@ana", "2026-06-30", "In progress"),
            ("3", "Test it", "@bob", "2026-11-01", "Open"),
        ],
        &[
            ("1", "New", "", "", "Open"),
            ("2", "Limit it", "@ana", "2026-10-30", "In progress"),
            ("3", "Test it", "@bob", "2026-11-01", "Open"),
        ],
    ];
    for (at, rows) in versions.iter().enumerate() {
        sandbox.at_time(&format!("2026-0{}-10T08:00:00Z", at + 4));
        if at == 2 {
            sandbox.git(&["mv", PAGE, "docs/post-mortems/2026-03-08-api-down.md"]);
            sandbox.git(&["commit", "-q", "-m", "rename"]);
        }
        let page = if at < 2 { PAGE } else { "docs/post-mortems/2026-03-08-api-down.md" };
        sandbox.commit(page, document("", rows), "the document");
    }
    sandbox
}

#[test]
fn what_was_put_off_is_told_with_its_first_promise() {
    let sandbox = put_off();
    let answer = sandbox.run(&["actions", "--slipped"]).ok();
    insta::assert_snapshot!(answer.stdout, @r"
    ACTION                OWNER  STATUS  DUE                       WHY                                                         POST-MORTEM
    api-down#2  Limit it  @ana   doing   2026-10-30  24 days over  put off twice, first due 2026-04-15, promised 227 days ago  SEV-1 Outage
    ");
    let rows = json(&sandbox, &["--slipped"]);
    assert_eq!(field(&rows, "slipped"), ["2"]);
    assert_eq!(field(&rows, "first_due"), ["2026-04-15"]);
    assert_eq!(field(&rows, "promised"), ["2026-04-10"]);
    // Known now, so that the usual list can say it.
    let answer = sandbox.run(&["actions", "--overdue"]).ok();
    assert_eq!(answer.stderr, "\n2 overdue of 3 open, in 1 post-mortem; 1 was put off before (--slipped)\n");
    std::fs::remove_dir_all(sandbox.repo().join(".git/postmortem")).unwrap();
    let answer = sandbox.run(&["actions", "--overdue"]).ok();
    assert_eq!(answer.stderr, "\n2 overdue of 3 open, in 1 post-mortem\n");
}

#[test]
fn drafts_never_slip() {
    let sandbox = Sandbox::with_repository();
    sandbox.run(&["new", "Outage", "--date", "2026-03-08"]).ok();
    for due in ["2026-04-15", "2026-06-30"] {
        let row = [("1", "Limit it", "@ana", due, "Open")];
        sandbox.run_with(&["edit", "outage", "-F", "-"], &document("", &row)).ok();
    }
    assert_eq!(json(&sandbox, &["--drafts", "--slipped"]), [] as [Value; 0]);
    assert_eq!(json(&sandbox, &["--drafts"]).len(), 1);
}

#[test]
fn what_nobody_works_on_says_why() {
    let mut sandbox = Sandbox::with_repository();
    sandbox.at_time("2026-02-01T08:00:00Z");
    sandbox.set("GIT_AUTHOR_NAME", "Bob Builder").set("GIT_AUTHOR_EMAIL", "bob@old.example.org");
    sandbox.commit("src/cache.rs", "x", "cache");
    sandbox.at_time("2026-11-01T08:00:00Z");
    sandbox.set("GIT_AUTHOR_NAME", "Ana Author").set("GIT_AUTHOR_EMAIL", "ana@example.org");
    sandbox.git(&["rm", "-q", "src/cache.rs"]);
    sandbox.git(&["commit", "-q", "-m", "gone"]);
    let rows = [
        ("1", "Mend `src/cache.rs`", "@ana", "", "Open"),
        ("2", "Test it", "@bob", "", "Open"),
        ("3", "Write `src/new.rs`", "@stranger", "", "Open"),
        ("4", "Done long ago", "@bob", "", "Done"),
    ];
    sandbox.commit(PAGE, document("", &rows), "the document");
    let answer = sandbox.run(&["actions", "--stale", "--sort", "postmortem"]).ok();
    insta::assert_snapshot!(answer.stdout, @r"
    ACTION                       OWNER  WHY                                   POST-MORTEM
    outage#1  Mend src/cache.rs  @ana   src/cache.rs is gone                  SEV-1 Outage
    outage#2  Test it            @bob   @bob has made no commit for 295 days  SEV-1 Outage
    ");
    assert_eq!(field(&json(&sandbox, &["--stale", "--sort", "postmortem"]), "stale").len(), 2);
    // The mailmap says that Bob is Ana.
    sandbox.commit(".mailmap", "Ana Author <ana@example.org> <bob@old.example.org>\n", "mailmap");
    assert_eq!(json(&sandbox, &["--stale", "--owner", "@bob"]), [] as [Value; 0]);
    sandbox.commit(".github/CODEOWNERS", "* @acme/core @ana\n", "owners");
    let stale = json(&sandbox, &["--stale", "--owner", "@stranger"]);
    assert_eq!(field(&stale, "stale"), ["@stranger is not in CODEOWNERS"]);
}

#[test]
fn a_tracker_closes_by_its_own_words_where_it_is_configured() {
    let sandbox = Sandbox::with_repository();
    let rows = [
        ("1", "Limit it, PAY-12", "@ana", "", ""),
        ("2", "Test it (#45)", "@ana", "", "Open"),
        ("3", "Watch it, PAY-13", "@ana", "", ""),
    ];
    sandbox.commit(PAGE, document("", &rows), "the document");
    sandbox.commit("src/a", "a", "fix: limit\n\nFixes PAY-12 and closes #45.");
    assert_eq!(json(&sandbox, &[]).len(), 3, "nobody said that this means anything");
    sandbox.commit(
        ".postmortem.toml",
        "[actions.tracker]\npattern = [\"PAY-[0-9]*\", \"#[0-9]*\"]\n",
        "config",
    );
    let rows = json(&sandbox, &["--status", "all", "--sort", "postmortem"]);
    assert_eq!(field(&rows, "status"), ["done", "done", "open"]);
    assert_eq!(field(&rows, "tracked"), ["null", "null", "true"]);
    assert_eq!(field(&json(&sandbox, &["--status", "tracked"]), "id"), ["2026-03-08-outage#3"]);
    let answer = sandbox.run(&["actions"]).ok();
    assert!(answer.stdout.contains("tracked"), "{}", answer.stdout);
}

#[test]
fn a_history_that_is_cut_off_or_replaced_is_not_remembered() {
    let sandbox = released();
    let clone = sandbox.at("shallow");
    let from = format!("file://{}", sandbox.repo().display());
    sandbox.git(&["clone", "-q", "--depth", "1", "--no-tags", &from, clone.to_str().unwrap()]);
    let answer = sandbox.run_in(&clone, &["actions", "--json"]).ok();
    let read = assert_fits(&answer.stdout, "actions");
    assert_eq!(read["complete"], false);
    assert_eq!(
        read["actions"].as_array().unwrap().len(),
        2,
        "what the cut left out is not known to be closed"
    );
    sandbox.git_in(&clone, &["fetch", "-q", "--unshallow"]);
    let read = assert_fits(&sandbox.run_in(&clone, &["actions", "--json"]).ok().stdout, "actions");
    assert_eq!((read["complete"].as_bool(), read["actions"].as_array().unwrap().len()), (Some(true), 1));
    // A replaced commit says something else, and no more once it is itself again.
    assert_eq!(json(&sandbox, &[]).len(), 1);
    let head = sandbox.git(&["rev-parse", "HEAD"]);
    let other = sandbox.git(&["commit-tree", "HEAD^{tree}", "-p", "HEAD~1", "-m", "nothing is closed"]);
    sandbox.git(&["replace", &head, &other]);
    assert_eq!(json(&sandbox, &[]).len(), 2);
    sandbox.git(&["replace", "-d", &head]);
    assert_eq!(json(&sandbox, &[]).len(), 1);
}

#[test]
fn a_damaged_memory_of_the_history_is_made_anew() {
    let sandbox = released();
    let expected = json(&sandbox, &["--status", "all"]);
    let file = sandbox.repo().join(".git/postmortem/history.bin");
    let whole = std::fs::read(&file).unwrap();
    for at in (0..whole.len()).step_by(whole.len() / 12 + 1) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x5a;
        std::fs::write(&file, &damaged).unwrap();
        assert_eq!(json(&sandbox, &["--status", "all"]), expected, "byte {at}");
    }
    std::fs::write(&file, &whole[..whole.len() / 2]).unwrap();
    sandbox.commit("src/d", "d", "Watch\n\nCloses-Action: outage#3");
    assert_eq!(json(&sandbox, &[]), [] as [Value; 0]);
    // Commits that were forgotten since are in nobody's way.
    sandbox.git(&["reset", "-q", "--hard", "HEAD~1"]);
    sandbox.git(&["reflog", "expire", "--expire=now", "--all"]);
    sandbox.git(&["gc", "-q", "--prune=now"]);
    sandbox.commit("src/e", "e", "other");
    assert_eq!(json(&sandbox, &["--status", "all"]), expected);
}

#[test]
fn a_document_that_was_moved_into_the_folder_brings_its_history_along() {
    let mut sandbox = Sandbox::with_repository();
    let old = "wiki/2026-03-08-outage.md";
    let rows = |due: &'static str| -> [Cells; 2] {
        [("1", "Limit it", "@ana", due, "Open"), ("2", "Test it", "@bob", "2026-06-01", "Open")]
    };
    sandbox.at_time("2026-03-10T08:00:00Z");
    sandbox.commit(old, document("", &rows("2026-04-01")), "the page");
    sandbox.at_time("2026-04-02T08:00:00Z");
    sandbox.commit(old, document("", &rows("2026-05-01")), "put off");
    sandbox.at_time("2026-04-10T08:00:00Z");
    let fix = sandbox.commit("src/a", "a", "Test\n\nCloses-Action: outage#2");
    sandbox.at_time("2026-05-10T08:00:00Z");
    std::fs::create_dir_all(sandbox.repo().join("docs/post-mortems")).unwrap();
    sandbox.git(&["mv", old, PAGE]);
    sandbox.git(&["commit", "-q", "-m", "moved"]);
    // Asked with and without what was learnt the first time.
    for _ in 0..2 {
        let all = json(&sandbox, &["--status", "all", "--sort", "owner"]);
        assert_eq!(field(&all, "status"), ["open", "done"]);
        assert_eq!(field(&all, "closed_by"), ["null", fix.as_str()]);
        assert_eq!(field(&all, "promised"), ["2026-03-10", "2026-03-10"]);
        assert_eq!(field(&all, "first_due"), ["2026-04-01", "2026-06-01"]);
        assert_eq!(field(&all, "slipped"), ["1", "0"]);
    }
    // Without a flag too: the fix is older than the move, and the row is not younger than the page.
    assert_eq!(field(&json(&sandbox, &[]), "id"), ["2026-03-08-outage#1"]);
}

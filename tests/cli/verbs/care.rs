//! What verbs refuse, and what they leave alone.

use super::{API, CACHE, commits};
use crate::stories::three_published_and_a_draft;

#[test]
fn what_names_nothing_or_several_is_refused() {
    let sandbox = three_published_and_a_draft();
    for (words, expected) in [
        (
            &["done", "api-outage#9"][..],
            "error: 2026-03-08-api-outage has no action item '9'\nhint: it has 1, 2\n",
        ),
        (
            &["done", "api-outage"],
            "error: 'api-outage' names no action item: which one of it?\nhint: it has 1, 2\n",
        ),
        (&["done", "2026-#1"], "error: '2026-' names 3 post-mortems\nhint: say which: "),
        (&["done", "nothing-at-all#1"], "error: no post-mortem matches 'nothing-at-all'\n"),
        (&["set", "api-outage#1"], "error: nothing to set\n"),
        (&["set", "api-outage#1", "--priority", "P9"], "error: 'P9' is no priority\nhint: there are P0"),
        (&["set", "api-outage#1", "--effort", "much"], "error: 'much' is no effort\n"),
        (&["set", "api-outage#1", "--due", "someday"], "error: "),
        (&["set", "api-outage#1", "--owner", "TBD"], "error: 'TBD' is read as nobody\n"),
        (&["set", "api-outage#1", "--reason", "why"], "error: --reason is for what is cancelled\n"),
        (
            &["set", "api-outage#1", "--status", "done", "--reason", "why"],
            "error: --reason is for what is cancelled\n",
        ),
        (
            &["set", "api-outage#1", "cache#1", "--text", "x y z"],
            "error: --text is for one item, and 2 are named\n",
        ),
        (&["add", "api-outage", "…"], "error: what is promised?\n"),
    ] {
        let refused = sandbox.run(&[&["actions"], words].concat()).status(2);
        assert!(refused.stderr.starts_with(expected), "{words:?}: {}", refused.stderr);
    }
    // One that is not there keeps the others as they were.
    sandbox.run(&["actions", "done", "api-outage#1", "cache#9"]).status(2);
    assert_eq!((commits(&sandbox), sandbox.status()), ("4".to_owned(), String::new()));
}

#[test]
fn work_in_other_places_survives_and_in_the_document_it_is_refused() {
    let sandbox = three_published_and_a_draft();
    sandbox.write("staged.txt", "a");
    sandbox.git(&["add", "staged.txt"]);
    sandbox.write(CACHE, sandbox.read(CACHE) + "\nA half sentence\n");
    let status = sandbox.status();
    sandbox.run(&["actions", "done", "api-outage#1"]).ok();
    assert_eq!(sandbox.status(), status);
    let refused = sandbox.run(&["actions", "done", "cache#1"]).status(2);
    assert!(refused.stderr.contains("has changes that are not committed"), "{}", refused.stderr);
    assert!(refused.stderr.contains("commit it first"), "{}", refused.stderr);
    assert!(refused.stderr.contains("or use --no-commit"), "{}", refused.stderr);
    assert_eq!(sandbox.status(), status);
}

#[test]
fn no_commit_stages_the_row_and_nothing_else() {
    let sandbox = three_published_and_a_draft();
    let committed = sandbox.read(CACHE);
    sandbox.write(CACHE, committed.clone() + "\nA half sentence\n");
    let answer = sandbox.run(&["actions", "done", "cache#1", "--no-commit"]).ok();
    insta::assert_snapshot!(answer.stdout, @r"
    done    cache-stampede#1  Add a test for Cache stampede
    staged  docs/post-mortems/2026-11-19-cache-stampede.md   git commit
    undo    git postmortem actions set cache-stampede#1 --status open --no-commit
    ");
    let row = committed.replace("| Open |", "| Done |");
    let index = sandbox.try_git_in(&sandbox.repo(), &["show", &format!(":{CACHE}")]).stdout;
    assert_eq!(index, row);
    assert_eq!(sandbox.read(CACHE), row.clone() + "\nA half sentence\n");
    // Another one goes on from there.
    sandbox.run(&["actions", "set", "cache#2", "--owner", "@eve", "--no-commit"]).ok();
    let index = sandbox.try_git_in(&sandbox.repo(), &["show", &format!(":{CACHE}")]).stdout;
    assert_eq!(index, row.replace("@ops", "@eve"));
    assert_eq!(commits(&sandbox), "4");
    let again = sandbox.run(&["actions", "done", "cache#1", "--no-commit"]).ok();
    assert!(again.stdout.starts_with("unchanged "), "{}", again.stdout);
}

#[test]
fn a_merge_a_detached_head_and_a_bare_repository_are_told_apart() {
    let sandbox = three_published_and_a_draft();
    let head = sandbox.git(&["rev-parse", "HEAD"]);
    sandbox.write(".git/MERGE_HEAD", format!("{head}\n"));
    let refused = sandbox.run(&["actions", "done", "api-outage#1"]).status(2);
    assert!(refused.stderr.starts_with("error: a merge is in progress\n"), "{}", refused.stderr);
    std::fs::remove_file(sandbox.repo().join(".git/MERGE_HEAD")).unwrap();
    sandbox.git(&["checkout", "-q", "--detach"]);
    let refused = sandbox.run(&["actions", "done", "api-outage#1"]).status(2);
    assert!(refused.stderr.starts_with("error: HEAD is on no branch"), "{}", refused.stderr);
    sandbox.git(&["clone", "-q", "--bare", ".", "../bare.git"]);
    let refused = sandbox.run_in(&sandbox.at("bare.git"), &["actions", "done", "api-outage#1"]).status(2);
    assert!(refused.stderr.starts_with("error: this repository is bare"), "{}", refused.stderr);
    assert_eq!(sandbox.status(), "");
}

#[test]
fn a_hook_that_says_no_leaves_everything_as_it_was() {
    let sandbox = three_published_and_a_draft();
    let before = sandbox.read(API);
    sandbox.hook("pre-commit", "echo not on a Monday >&2; exit 1");
    let refused = sandbox.run(&["actions", "done", "api-outage#1"]).status(2);
    assert!(refused.stderr.contains("not on a Monday"), "{}", refused.stderr);
    assert_eq!((sandbox.read(API), sandbox.status()), (before, String::new()));
}

#[test]
fn a_page_of_html_is_never_edited() {
    let sandbox = three_published_and_a_draft();
    let page = "<html><body><h1>Post-mortem: Disk full</h1><h2>Action Items</h2><table><tr><th>Action</th>\
                <th>Owner</th><th>Status</th></tr><tr><td>Alert on the disk</td><td>@ana</td><td>Open</td></tr>\
                </table></body></html>";
    sandbox.commit("docs/post-mortems/2024-01-02-disk-full.html", page, "page");
    let refused = sandbox.run(&["actions", "done", "disk-full#1"]).status(2);
    assert!(refused.stderr.contains("HTML is read and never edited"), "{}", refused.stderr);
    assert!(
        refused.stderr.contains("adopt --twin docs/post-mortems/2024-01-02-disk-full.html"),
        "{}",
        refused.stderr
    );
}

/// Somebody else's commit comes between reading and writing: the lock is held by a command whose hook waits.
#[cfg(target_os = "linux")]
#[test]
fn a_row_that_changed_meanwhile_is_refused_with_the_newer_text() {
    let sandbox = three_published_and_a_draft();
    let (began, go) = (sandbox.at("began"), sandbox.at("go"));
    sandbox.hook(
        "pre-commit",
        &format!("touch '{}'; while ! test -e '{}'; do sleep 0.02; done", began.display(), go.display()),
    );
    let spawn = |words: &[&str]| {
        let mut command = sandbox.binary(&sandbox.repo());
        command.args(words).stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
        command.spawn().unwrap()
    };
    let first = spawn(&["actions", "set", "api-outage#1", "--owner", "@eve"]);
    while !began.exists() {
        std::thread::yield_now();
    }
    let second = spawn(&["actions", "done", "api-outage#1"]);
    let other = spawn(&["actions", "done", "cache#1"]);
    for child in [&second, &other] {
        // It has read everything by the time that it asks for the lock.
        let waits = || {
            let open = std::fs::read_dir(format!("/proc/{}/fd", child.id())).unwrap().flatten();
            let mut links = open.filter_map(|entry| std::fs::read_link(entry.path()).ok());
            links.any(|link| link.ends_with("work.lock"))
        };
        while !waits() {
            std::thread::yield_now();
        }
    }
    std::fs::write(&go, "").unwrap();
    assert!(first.wait_with_output().unwrap().status.success());
    assert!(other.wait_with_output().unwrap().status.success());
    let refused = second.wait_with_output().unwrap();
    assert_eq!(refused.status.code(), Some(2));
    insta::assert_snapshot!(String::from_utf8(refused.stderr).unwrap(), @r"
    error: 2026-03-08-api-outage#1 changed meanwhile
      caused by: it says now: Add a test for API outage (status Open, owner @eve, due 2026-10-30, priority P1)
    hint: nothing was overwritten; look at the newer text and run it again
    ");
    assert_eq!(commits(&sandbox), "6");
}

//! `git postmortem actions add|done|cancel|set`.

mod care;
mod import;
mod json;
mod life;

use crate::sandbox::Sandbox;
use crate::stories::{document, three_published_and_a_draft};

const API: &str = "docs/post-mortems/2026-03-08-api-outage.md";
const CACHE: &str = "docs/post-mortems/2026-11-19-cache-stampede.md";

/// The lines of a command's answer without the names of commits.
fn told(stdout: &str) -> String {
    let is_commit = |word: &str| word.len() == 7 && word.bytes().all(|b| b.is_ascii_hexdigit());
    let line = |line: &str| {
        line.split(' ')
            .map(|word| if is_commit(word) { "COMMIT" } else { word })
            .collect::<Vec<_>>()
            .join(" ")
    };
    stdout.lines().map(line).collect::<Vec<_>>().join("\n")
}

fn commits(sandbox: &Sandbox) -> String {
    sandbox.git(&["rev-list", "--count", "HEAD"])
}

#[test]
fn done_writes_the_row_and_the_line_that_closes_it() {
    let sandbox = three_published_and_a_draft();
    let before = sandbox.read(API);
    let answer = sandbox.run(&["actions", "done", "api-outage#1"]).ok();
    insta::assert_snapshot!(told(&answer.stdout), @r"
    done    api-outage#1  Add a test for API outage
    commit  COMMIT   docs/post-mortems/2026-03-08-api-outage.md
    undo    git postmortem actions set api-outage#1 --status open
    ");
    assert_eq!(sandbox.read(API), before.replace("| Open |", "| Done |"));
    insta::assert_snapshot!(sandbox.git(&["log", "-1", "--format=%B"]), @r"
    post-mortem: close action 1 of 2026-03-08-api-outage

    1: Add a test for API outage
      status done, was open

    Closes-Action: 2026-03-08-api-outage#1
    ");
    let count = commits(&sandbox);
    let again = sandbox.run(&["actions", "done", "api-outage:1"]).ok();
    assert_eq!(again.stdout, "unchanged  api-outage#1  Add a test for API outage   is done already\n");
    assert_eq!(commits(&sandbox), count);
    assert_eq!(sandbox.status(), "");
}

#[test]
fn what_is_typed_as_undo_brings_every_byte_back() {
    let sandbox = three_published_and_a_draft();
    let before = sandbox.read(API);
    for words in [
        &["done", "api-outage#1"][..],
        &["cancel", "api-outage#1", "-r", "it's | gone"],
        &[
            "set",
            "api-outage#1",
            "--owner",
            "Ana Lee",
            "--due",
            "none",
            "--priority",
            "P0",
            "--effort",
            "small",
        ],
        &["set", "api-outage#1", "--text", "Say \"hello\" | twice"],
        &["set", "api-outage#1", "api-outage#2", "--owner", "@eve"],
    ] {
        let answer = sandbox.run(&[&["actions"], words].concat()).ok();
        assert_ne!(sandbox.read(API), before, "{words:?}");
        let label = answer.stdout.lines().position(|line| line.starts_with("undo ")).unwrap();
        let undo = answer.stdout.lines().skip(label).map(|line| line.trim_start_matches("undo").trim());
        for line in undo {
            let line = line.replace("git postmortem", env!("CARGO_BIN_EXE_git-postmortem"));
            let mut shell = sandbox.command("sh", &sandbox.repo());
            crate::sandbox::answer(shell.args(["-c", &line]), None).ok();
        }
        // The document has its words with a capital, as its other rows do.
        assert_eq!(sandbox.read(API), before, "{words:?}: {}", answer.stdout);
    }
}

#[test]
fn cancelling_needs_a_reason_and_keeps_it() {
    let sandbox = three_published_and_a_draft();
    sandbox.run(&["actions", "cancel", "api-outage#1"]).status(2);
    let refused = sandbox.run(&["actions", "set", "api-outage#1", "--status", "cancelled"]).status(2);
    assert!(refused.stderr.starts_with("error: cancelling needs a reason\nhint: "), "{}", refused.stderr);
    sandbox.run(&["actions", "cancel", "api-outage#1", "-r", "the vendor | is gone"]).ok();
    assert!(sandbox.read(API).contains("| Cancelled: the vendor \\| is gone |"), "{}", sandbox.read(API));
    assert!(sandbox.git(&["log", "-1", "--format=%B"]).ends_with("  reason the vendor | is gone"));
    let open = sandbox.run(&["actions", "set", "api-outage#1", "--status", "open"]).ok();
    assert!(open.stdout.starts_with("reopened  api-outage#1"), "{}", open.stdout);
    let message = sandbox.git(&["log", "-1", "--format=%B"]);
    assert!(message.ends_with("\n\nReopens-Action: 2026-03-08-api-outage#1"), "{message}");
}

#[test]
fn several_items_of_several_documents_are_one_commit() {
    let sandbox = three_published_and_a_draft();
    let count: u32 = commits(&sandbox).parse().unwrap();
    let ids = sandbox.run(&["actions", "--ids"]).ok().stdout;
    let answer = sandbox.run_with(&["actions", "done", "-"], &format!("{ids}\nqueue-stuck:1\n")).ok();
    assert_eq!(
        answer.stdout.lines().filter(|line| line.starts_with("done ")).count(),
        4,
        "{}",
        answer.stdout
    );
    assert_eq!(commits(&sandbox), (count + 1).to_string());
    let message = sandbox.git(&["log", "-1", "--format=%B"]);
    assert!(message.starts_with("post-mortem: close 3 actions of 3 post-mortems\n"), "{message}");
    assert_eq!(message.lines().filter(|line| line.starts_with("Closes-Action: ")).count(), 3, "{message}");
    assert!(sandbox.run(&["actions", "--drafts"]).ok().stderr.contains("nothing is open"));
    let none = sandbox.run_with(&["actions", "set", "-", "--due", "+1w"], "").ok();
    assert!(none.stderr.contains("names no action item"), "{}", none.stderr);
}

#[test]
fn an_item_is_added_with_the_next_number() {
    let sandbox = three_published_and_a_draft();
    let words =
        ["actions", "add", "cache", "Alert on `a|b`", "below 80 %", "--owner", "@ana", "--due", "+2w"];
    let answer = sandbox.run(&words).ok();
    insta::assert_snapshot!(told(&answer.stdout), @r"
    added   cache-stampede#3  Alert on a|b below 80 %
              owner @ana
              due 2026-12-07
    commit  COMMIT   docs/post-mortems/2026-11-19-cache-stampede.md
    undo    git revert COMMIT
    ");
    let row = "| 3 | Alert on `a\\|b` below 80 % | @ana |  |  | 2026-12-07 | Open |\n";
    assert!(sandbox.read(CACHE).ends_with(row), "{}", sandbox.read(CACHE));
    let again = sandbox.run(&words).ok();
    assert!(again.stdout.starts_with("unchanged  cache-stampede#3"), "{}", again.stdout);
    sandbox.run(&["actions", "add", "dns", "red \u{1b}[31malarm", "--owner", "@a\tb"]).ok();
    let dns = sandbox.read("docs/post-mortems/2025-04-01-dns.md");
    assert!(dns.ends_with("| 3 | red  [31malarm | @a b |  |  |  | Open |\n"), "{dns:?}");
    sandbox.run(&["actions", "add", "queue-stuck", "Drain it by hand", "--effort", "small"]).ok();
    let draft = sandbox.git(&["show", "postmortem/drafts:2026-11-22-queue-stuck.md"]);
    assert!(draft.contains("| 3 | Drain it by hand |  |  | small |  | Open |"), "{draft}");
    assert_eq!(
        sandbox.git(&["log", "-1", "--format=%s", "postmortem/drafts"]),
        "add an action to 2026-11-22-queue-stuck"
    );
}

#[test]
fn a_draft_is_changed_where_it_lives() {
    let sandbox = three_published_and_a_draft();
    let answer = sandbox.run(&["actions", "done", ":1"]).ok();
    insta::assert_snapshot!(answer.stdout, @r"
    done   queue-stuck#1  Add a test for Queue stuck
    saved  in the drafts
    undo   git postmortem actions set queue-stuck#1 --status open
    ");
    let log = sandbox.git(&["log", "-1", "--format=%s", "postmortem/drafts"]);
    assert_eq!(log, "close action 1 of 2026-11-22-queue-stuck");
    assert_eq!(sandbox.status(), "");
}

#[test]
fn the_team_words_the_commit() {
    let sandbox = three_published_and_a_draft();
    sandbox.commit(
        ".postmortem.toml",
        "[commit]\nmessage = \"docs({id}): {verb} it\"\ntrailers = [\"Post-Mortem: {id}\", \"Ticket: {key}\"]\n",
        "words",
    );
    sandbox.run(&["actions", "done", "api-outage#1"]).ok();
    let message = sandbox.git(&["log", "-1", "--format=%B"]);
    assert!(message.starts_with("docs(2026-03-08-api-outage): close action 1 of it\n"), "{message}");
    let trailers = "\n\nCloses-Action: 2026-03-08-api-outage#1\nPost-Mortem: 2026-03-08-api-outage";
    assert!(message.ends_with(trailers), "{message}");
}

#[test]
fn a_document_that_is_called_like_a_verb_is_reached() {
    let sandbox = Sandbox::with_repository();
    sandbox.commit("docs/post-mortems/2026-01-02-done.md", document("Done", "2026-01-02", "SEV-3"), "x");
    for words in [&["actions", "--", "done"][..], &["actions", "02-done"], &["action", "2026-01-02-done"]] {
        assert!(sandbox.run(words).ok().stdout.contains("done#1"), "{words:?}");
    }
    sandbox.run(&["actions", "done", "done#1"]).ok();
    assert!(sandbox.run(&["action", "--", "done"]).ok().stdout.is_empty());
}

#[test]
fn documents_of_other_layouts_are_changed_before_and_after_they_are_adopted() {
    let sandbox = Sandbox::with_repository();
    let layouts = [
        ("tasks", "- [ ] Grow the disk to 2 TB\n- [ ] Page at 80 %. Owner: @ops, due 2024-03-01\n"),
        ("bullets", "* Warm the cache before the start\n* Measure the hit rate of it\n"),
        ("numbers", "1. Check the expiry each day\n2. Renew before the last week\n"),
        (
            "table",
            "| Action | Owner |\n|---|---|\n| Alert on depth \\| all | @ana |\n| Add back-pressure | |\n",
        ),
    ];
    for (name, section) in layouts {
        let text = format!("# {name}\n\nDate: 2024-02-11\n\n## Action items\n\n{section}");
        sandbox.write(&format!("docs/incidents/{name}.md"), text.replace('\n', "\r\n"));
    }
    sandbox.git(&["add", "."]);
    sandbox.git(&["commit", "-q", "-m", "years of post-mortems"]);
    let change = |owner: &str| {
        for (name, _) in layouts {
            let second = format!("{name}#2");
            sandbox.run(&["actions", "done", &format!("{name}#1")]).ok();
            sandbox.run(&["actions", "set", &second, "--owner", owner, "--due", "2027-01-02"]).ok();
            let shown = sandbox.run(&["actions", &second, "--json"]).ok().stdout;
            assert!(shown.contains(&format!("\"owner\":\"{owner}\"")), "{name}: {shown}");
            assert!(shown.contains("\"due\":\"2027-01-02\""), "{name}: {shown}");
            let text = sandbox.read(&format!("docs/incidents/{name}.md"));
            assert!(!text.replace("\r\n", "").contains('\n'), "{name}: {text:?}");
        }
        let open = sandbox.run(&["actions", "--ids"]).ok().stdout;
        assert_eq!(open, "bullets#2\nnumbers#2\ntable#2\ntasks#2\n");
    };
    change("@eve");
    sandbox.run(&["adopt", "--write", "--no-since"]).ok();
    sandbox.run(&["actions", "set", "bullets#1", "numbers#1", "table#1", "tasks#1", "--status", "open"]).ok();
    change("@bo");
    assert_eq!(sandbox.status(), "");
}

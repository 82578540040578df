//! Drafts that several people write at once.

use insta::assert_snapshot;

use super::{assert_in_step, clones, draft, files, run, save, sharing, store, sync, sync_all, text};
use crate::drafts::{ID, PATH, TEXT};

#[test]
fn two_that_change_different_sections_lose_nothing() {
    let sandbox = sharing();
    let ours = TEXT.replace("locked the orders table", "locked the orders table for ten minutes");
    save(&sandbox, "repo", ID, &ours);
    save(&sandbox, "bob", ID, &TEXT.replace("One in five", "One in six"));
    sync(&sandbox, "bob").ok();
    assert_snapshot!(sync(&sandbox, "repo").ok().stdout, @"
    joined  2026-11-23-checkout-returns-5xx   changed here and at origin
    pushed  2 commits to origin/postmortem/drafts
    ");
    sync_all(&sandbox);
    for name in ["repo", "bob", "cy", "origin.git"] {
        assert_eq!(draft(&sandbox, name), ours.replace("One in five", "One in six"), "{name}");
    }
    // The text of the join is one that can be had back.
    save(&sandbox, "repo", ID, TEXT);
    let join = sandbox.git(&["log", "-1", "--merges", "--format=%h", super::BRANCH]);
    let log = sandbox.run(&["log", "checkout"]).ok().stdout;
    assert!(log.contains("sync with origin: join 1 draft"), "{log}");
    sandbox.run(&["restore", "checkout", "--at", &join]).ok();
    assert_eq!(draft(&sandbox, "repo"), ours.replace("One in five", "One in six"));
    let bare = sandbox.run(&[]).ok();
    let listed = sandbox.run(&["list"]).ok();
    for said in [&bare.stdout, &bare.stderr, &listed.stdout, &listed.stderr] {
        assert!(!said.contains("another text") && !said.contains("remote"), "{said}");
    }
    sandbox.git(&["switch", "-qc", "work"]);
    sandbox.run(&["publish"]).ok();
}

#[test]
fn two_that_change_different_rows_and_cells_lose_nothing() {
    let sandbox = sharing();
    run(&sandbox, "repo", &["actions", "set", "checkout#3", "--owner", "@cy"]).ok();
    run(&sandbox, "repo", &["actions", "add", "checkout", "Alert on the error rate"]).ok();
    run(&sandbox, "bob", &["actions", "set", "checkout#2", "--due", "2026-12-08"]).ok();
    run(&sandbox, "bob", &["actions", "set", "checkout#3", "--priority", "P2"]).ok();
    run(&sandbox, "bob", &["actions", "add", "checkout", "Page the owner of the service"]).ok();
    sync(&sandbox, "bob").ok();
    assert_snapshot!(sync(&sandbox, "repo").ok().stdout, @"
    joined  2026-11-23-checkout-returns-5xx   changed here and at origin
              Action Items: row 4 is row 5 now
    pushed  3 commits to origin/postmortem/drafts
    ");
    sync_all(&sandbox);
    let text = draft(&sandbox, "cy");
    let rows: Vec<&str> =
        text.lines().filter(|line| line.starts_with("| ") && !line.contains("Action")).collect();
    assert_snapshot!(rows.join("\n"), @"
    | 1 | Test migrations against full-size data | @platform | P1 | large | 2026-12-20 | Open |
    | 2 | Roll back on error rate above 1 % | @ana | P1 | small | 2026-12-08 | Open |
    | 3 | Update the rollback runbook | @cy | P2 | small | 2026-12-11 | Open |
    | 4 | Page the owner of the service |  |  |  |  | Open |
    | 5 | Alert on the error rate |  |  |  |  | Open |
    ");
}

#[test]
fn two_that_change_the_same_row_have_both_texts_in_it() {
    let sandbox = sharing();
    run(&sandbox, "repo", &["actions", "set", "checkout#2", "--owner", "@cy"]).ok();
    run(&sandbox, "bob", &["actions", "set", "checkout#2", "--owner", "@bo"]).ok();
    sync(&sandbox, "bob").ok();
    assert_snapshot!(sync(&sandbox, "repo").status(1).stdout, @"
    conflict  2026-11-23-checkout-returns-5xx   both texts stand in 1 place: Action Items (row 2, Owner)
    pushed    2 commits to origin/postmortem/drafts
    next      git postmortem edit 2026-11-23-checkout-returns-5xx -e   keep one text, take the marks out
    ");
    sync_all(&sandbox);
    for name in ["repo", "bob", "cy", "origin.git"] {
        let row = "| 2 | Roll back on error rate above 1 % | <<<<<<< @cy ======= @bo >>>>>>> | P1 |";
        assert!(draft(&sandbox, name).contains(row), "{name}: {}", draft(&sandbox, name));
    }
    let refused = run(&sandbox, "cy", &["publish"]).status(2);
    assert_snapshot!(refused.stderr, @"
    error: 2026-11-23-checkout-returns-5xx has a conflict in line 23
      caused by: both texts stand there between marks (<<<<<<<, =======, >>>>>>>)
    hint: git postmortem edit checkout-returns-5xx -e settles it: keep one text and take the marks out
    ");
    run(&sandbox, "cy", &["actions", "set", "checkout#2", "--owner", "@bo"]).ok();
    sync(&sandbox, "cy").ok();
    sync(&sandbox, "bob").ok();
    sync(&sandbox, "repo").ok();
    assert_in_step(&sandbox);
    assert!(!draft(&sandbox, "repo").contains("<<<"));
}

#[test]
fn first_drafts_made_apart_meet_at_the_first_sync() {
    let sandbox = clones();
    save(&sandbox, "repo", "2026-11-20-ours", "# Ours\n");
    save(&sandbox, "bob", "2026-11-21-bobs", "# Bobs\n");
    save(&sandbox, "cy", "2026-11-22-cys", "# Cys\n");
    sync(&sandbox, "bob").ok();
    assert_snapshot!(sync(&sandbox, "repo").ok().stdout, @"
    sent      2026-11-20-ours
    received  2026-11-21-bobs
    pushed    2 commits to origin/postmortem/drafts
    ");
    sync_all(&sandbox);
    assert_eq!(files(&sandbox, "cy"), ["2026-11-20-ours.md", "2026-11-21-bobs.md", "2026-11-22-cys.md"]);
}

#[test]
fn the_same_id_with_another_text_becomes_a_second_one() {
    let sandbox = clones();
    save(&sandbox, "bob", ID, "# Bobs\n");
    store(
        &sandbox,
        "repo",
        &[
            (&format!("{ID}.md"), Some(format!("# Ours\n\n![graph]({ID}/graph.png)\n").as_bytes())),
            (&format!("{ID}/graph.png"), Some(b"\x89\0")),
        ],
    );
    save(&sandbox, "cy", "2026-11-20-cys", "# Cys\n");
    save(&sandbox, "cy", ID, "# Bobs\n");
    sync(&sandbox, "bob").ok();
    assert_snapshot!(sync(&sandbox, "repo").ok().stdout, @"
    renamed  2026-11-23-checkout-returns-5xx-2   origin has another text called 2026-11-23-checkout-returns-5xx
    sent     2026-11-23-checkout-returns-5xx-2
    pushed   2 commits to origin/postmortem/drafts
    ");
    // The very same text is no other one.
    assert_snapshot!(sync(&sandbox, "cy").ok().stdout, @"
    sent      2026-11-20-cys
    received  2026-11-23-checkout-returns-5xx-2
    pushed    3 commits to origin/postmortem/drafts
    ");
    sync_all(&sandbox);
    let (first, second) =
        (text(&sandbox, "cy", &format!("{ID}.md")), text(&sandbox, "cy", &format!("{ID}-2.md")));
    let ours = format!("# Ours\n\n![graph]({ID}-2/graph.png)\n");
    assert_eq!((first.as_str(), second), ("# Bobs\n", ours), "its picture is still its own");
    assert!(files(&sandbox, "bob").contains(&format!("{ID}-2/graph.png")));
    let bare = run(&sandbox, "bob", &[]).ok().stdout;
    assert!(bare.contains("saved today") && !bare.contains("days ago"), "{bare}");
    assert_eq!(files(&sandbox, "bob").len(), 4);
}

#[test]
fn published_here_and_edited_there_is_a_draft_with_a_warning() {
    let sandbox = sharing();
    sandbox.git(&["switch", "-qc", "work"]);
    run(&sandbox, "repo", &["publish"]).ok();
    run(&sandbox, "bob", &["edit", "--set", "severity=SEV-1"]).ok();
    sync(&sandbox, "bob").ok();
    let answer = sync(&sandbox, "repo").ok();
    assert_snapshot!(answer.stdout, @"
    kept    2026-11-23-checkout-returns-5xx   taken away here, changed at origin meanwhile
    pushed  2 commits to origin/postmortem/drafts
    ");
    assert_snapshot!(answer.stderr, @"warning: 2026-11-23-checkout-returns-5xx is published (docs/post-mortems/2026-11-23-checkout-returns-5xx.md), and its draft was changed since: it stays a draft (git postmortem publish checkout-returns-5xx takes the changes in)");
    sync_all(&sandbox);
    assert!(draft(&sandbox, "cy").contains("SEV-1"));
    assert!(sandbox.read(PATH).contains("SEV-2"));
    // A conflict in it is settled there, and not in the published document.
    let torn = draft(&sandbox, "repo").replace("One in five", "\n<<<<<<< a\nOne\n=======\nTwo\n>>>>>>> b");
    save(&sandbox, "repo", ID, &torn);
    let refused = run(&sandbox, "repo", &["publish", "checkout"]).status(2).stderr;
    assert!(refused.contains("git postmortem edit checkout-returns-5xx --draft -e settles it"), "{refused}");
    let settled = draft(&sandbox, "cy").replace("One in five", "Two in five");
    sandbox.run_with(&["edit", "checkout", "--draft", "-F", "-"], &settled).ok();
    assert!(sandbox.read(PATH).contains("One in five"));
    run(&sandbox, "repo", &["publish", "checkout"]).ok();
    assert!(sandbox.read(PATH).contains("Two in five") && sandbox.read(PATH).contains("SEV-1"));
    sync(&sandbox, "repo").ok();
    save(&sandbox, "bob", ID, TEXT);
    sync(&sandbox, "bob").ok();
    sync_all(&sandbox);
    // And the other way round.
    run(&sandbox, "bob", &["discard", "checkout"]).ok();
    sync(&sandbox, "bob").ok();
    run(&sandbox, "cy", &["edit", "--set", "severity=SEV-4"]).ok();
    let answer = sync(&sandbox, "cy").ok();
    assert_snapshot!(answer.stdout, @"
    kept    2026-11-23-checkout-returns-5xx   taken away at origin, changed here meanwhile
    pushed  2 commits to origin/postmortem/drafts
    ");
    assert_snapshot!(answer.stderr, @"warning: 2026-11-23-checkout-returns-5xx was taken away at origin (discard 2026-11-23-checkout-returns-5xx)");
}

#[test]
fn what_one_discards_and_nobody_changes_is_gone_everywhere() {
    let sandbox = sharing();
    store(&sandbox, "repo", &[(&format!("{ID}/log.txt"), Some(b"x"))]);
    sync_all(&sandbox);
    run(&sandbox, "bob", &["discard", "checkout"]).ok();
    sync(&sandbox, "bob").ok();
    save(&sandbox, "repo", "2026-11-20-other", "# Other\n");
    assert_snapshot!(sync(&sandbox, "repo").ok().stdout, @"
    sent     2026-11-20-other
    removed  2026-11-23-checkout-returns-5xx   as at origin
    pushed   2 commits to origin/postmortem/drafts
    ");
    sync_all(&sandbox);
    assert_eq!(files(&sandbox, "cy"), ["2026-11-20-other.md"]);
    // Nothing is lost for good.
    run(&sandbox, "cy", &["restore", "checkout"]).ok();
    assert_eq!(draft(&sandbox, "cy"), TEXT);
}

#[test]
fn a_draft_that_was_renamed_takes_in_what_others_wrote_under_its_old_name() {
    let sandbox = sharing();
    run(&sandbox, "repo", &["rename", "checkout", "Orders", "fail"]).ok();
    save(&sandbox, "bob", ID, &TEXT.replace("One in five", "One in six"));
    store(&sandbox, "bob", &[(&format!("{ID}/graph.svg"), Some(b"<svg/>"))]);
    sync(&sandbox, "repo").ok();
    sync(&sandbox, "bob").ok();
    sync_all(&sandbox);
    assert_eq!(files(&sandbox, "cy"), ["2026-11-23-orders-fail.md", "2026-11-23-orders-fail/graph.svg"]);
    let joined = text(&sandbox, "cy", "2026-11-23-orders-fail.md");
    assert!(joined.contains("One in six") && joined.contains("# Post-Mortem: Orders fail"), "{joined}");
    assert!(joined.contains(&format!("**Formerly**: {ID}")), "{joined}");

    // Renamed on both sides: theirs stays, and every name finds it.
    run(&sandbox, "bob", &["rename", "orders-fail", "Bobs", "name"]).ok();
    run(&sandbox, "repo", &["rename", "orders-fail", "Anas", "name"]).ok();
    sync(&sandbox, "bob").ok();
    let answer = sync(&sandbox, "repo");
    assert!(answer.code < 2, "{answer:?}");
    sync_all(&sandbox);
    assert_eq!(files(&sandbox, "cy"), ["2026-11-23-bobs-name.md", "2026-11-23-bobs-name/graph.svg"]);
    for name in [ID, "2026-11-23-orders-fail", "2026-11-23-anas-name"] {
        run(&sandbox, "cy", &["show", name]).ok();
    }
}

#[test]
fn files_beside_a_draft_are_joined_one_by_one() {
    let sandbox = sharing();
    let path = |name: &str| format!("{ID}/{name}");
    store(&sandbox, "repo", &[(&path("both.png"), Some(b"\0base")), (&path("gone"), Some(b"x"))]);
    sync_all(&sandbox);
    store(
        &sandbox,
        "repo",
        &[(&path("both.png"), Some(b"\0ours")), (&path("ours.log"), Some(b"o")), (&path("gone"), None)],
    );
    store(&sandbox, "bob", &[(&path("both.png"), Some(b"\0bobs")), (&path("bobs.log"), Some(b"b"))]);
    sync(&sandbox, "bob").ok();
    assert_snapshot!(sync(&sandbox, "repo").ok().stdout, @"
    file    2026-11-23-checkout-returns-5xx/both-2.png   origin has another both.png
    pushed  2 commits to origin/postmortem/drafts
    ");
    sync_all(&sandbox);
    let names = ["bobs.log", "both-2.png", "both.png", "ours.log"].map(path);
    assert_eq!(files(&sandbox, "cy")[1..], names);
    assert_eq!(
        (text(&sandbox, "cy", &names[1]), text(&sandbox, "cy", &names[2])),
        ("\0ours".into(), "\0bobs".into())
    );
}

#[test]
fn drafts_that_are_no_text_both_stay() {
    let sandbox = sharing();
    let wide = |text: &str| {
        [&b"\xff\xfe"[..], &text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()].concat()
    };
    store(&sandbox, "repo", &[(&format!("{ID}.md"), Some(&wide("# Ours")))]);
    store(&sandbox, "bob", &[(&format!("{ID}.md"), Some(&wide("# Bobs")))]);
    sync(&sandbox, "bob").ok();
    let answer = sync(&sandbox, "repo").ok();
    assert!(answer.stdout.contains(&format!("renamed  {ID}-2")), "{}", answer.stdout);
    sync_all(&sandbox);
    assert_eq!(files(&sandbox, "cy"), [format!("{ID}-2.md"), format!("{ID}.md")]);
}

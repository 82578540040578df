//! `merge`: two drafts of one incident.

use insta::assert_snapshot;

use super::{BRANCH, clone_of, clones, files, run, save, sharing, store, sync, text};
use crate::drafts::{ID, TEXT};
use crate::sandbox::Sandbox;

const FROM: &str = "2026-11-23-orders-fail";

/// Two people wrote about one incident.
fn twice() -> Sandbox {
    let sandbox = sharing();
    let other = "# Post-Mortem: Orders fail\n\n**Date**: 2026-11-23\n**Severity**: SEV-3\n**Author**: @bo\n\n\
        ## Summary\n\nOrders failed, as [the graph](2026-11-23-orders-fail/graph.png) shows.\n\n## Action Items\n\n\
        | # | Action | Owner | Priority | Effort | Due Date | Status |\n|---|---|---|---|---|---|---|\n\
        | 1 | Retry orders | @bo | P2 | small | 2026-12-01 | Open |\n\
        | 2 | Update the rollback runbook | @bo | P3 | small | 2026-12-11 | Open |\n";
    store(
        &sandbox,
        "repo",
        &[
            (&format!("{FROM}.md"), Some(other.as_bytes())),
            (&format!("{FROM}/graph.png"), Some(b"\0a")),
            (&format!("{ID}/graph.png"), Some(b"\0b")),
        ],
    );
    sandbox
}

#[test]
fn into_takes_in_what_from_says_and_the_old_id_stays_valid() {
    let sandbox = twice();
    let before = text(&sandbox, "repo", &format!("{ID}.md"));
    let dry = sandbox.run(&["merge", "orders-fail", "checkout", "--dry-run"]).ok();
    assert!(
        dry.stdout.contains("+| 4 | Retry orders | @bo | P2 | small | 2026-12-01 | Open |"),
        "{}",
        dry.stdout
    );
    assert_eq!(text(&sandbox, "repo", &format!("{ID}.md")), before);
    let answer = sandbox.run(&["merge", "orders-fail", "checkout"]).ok().stdout;
    let commit = sandbox.git(&["rev-parse", "--short=7", &format!("{BRANCH}~2")]);
    assert_snapshot!(answer.replace(&commit, "COMMIT"), @"
    merged    2026-11-23-orders-fail into 2026-11-23-checkout-returns-5xx
              title: 'Post-Mortem: Checkout returns 5xx' stays, and not 'Post-Mortem: Orders fail'
              Severity: 'SEV-2' stays, and not 'SEV-3'
              Action Items: row 1 is row 4 now
              Action Items: row 2 is row 3 now
              graph.png of 2026-11-23-orders-fail is graph-2.png: 2026-11-23-checkout-returns-5xx has another file of that name
    formerly  2026-11-23-orders-fail   stays valid
    undo      git postmortem restore 2026-11-23-orders-fail
              git postmortem restore 2026-11-23-checkout-returns-5xx --at COMMIT
    ");
    assert_eq!(
        files(&sandbox, "repo"),
        [format!("{ID}.md"), format!("{ID}/graph-2.png"), format!("{ID}/graph.png")]
    );
    let joined = text(&sandbox, "repo", &format!("{ID}.md"));
    let expected = TEXT
        .replace(
            "**Author**: @ana\n**Reviewers**: @bo\n",
            &format!("**Author**: @ana, @bo\n**Reviewers**: @bo\n**Formerly**: {FROM}#1=4#2=3\n"),
        )
        .replace(
            "orders failed.\n\n",
            &format!("orders failed.\n\nOrders failed, as [the graph]({ID}/graph-2.png) shows.\n\n"),
        )
        .replace("runbook |  | P3", "runbook | @bo | P3");
    assert_eq!(joined, expected + "| 4 | Retry orders | @bo | P2 | small | 2026-12-01 | Open |\n");
    // Both names find it, and every step back is as printed.
    sandbox.run(&["show", FROM]).ok();
    sandbox.run(&["restore", FROM]).ok();
    sandbox.run(&["restore", ID, "--at", &commit]).ok();
    assert_eq!(text(&sandbox, "repo", &format!("{ID}.md")), before);
    assert!(text(&sandbox, "repo", &format!("{FROM}.md")).contains(&format!("({FROM}/graph.png)")));
}

#[test]
fn numbers_of_the_draft_that_went_away_lead_to_the_same_promises() {
    let sandbox = twice();
    sandbox.run(&["merge", "orders-fail", "checkout"]).ok();
    sandbox.git(&["switch", "-qc", "work"]);
    sandbox.run(&["publish", "checkout", "--no-lint"]).ok();
    sandbox.git(&["commit", "-q", "--allow-empty", "-m", &format!("retry\n\nCloses-Action: {FROM}#1")]);
    let rows = |id: &str| sandbox.run(&["actions", id]).ok().stdout;
    assert!(rows(&format!("{FROM}#1")).contains("Retry orders"), "{}", rows(&format!("{FROM}#1")));
    assert!(rows(&format!("{FROM}#1")).contains("done"), "the line in the commit closed it");
    assert!(!rows(&format!("{ID}#1")).contains("done"), "and nothing else");
    sandbox.run(&["actions", "done", &format!("{FROM}#2")]).ok();
    assert!(rows(&format!("{ID}#3")).contains("done"));
    assert!(sandbox.run(&["log", &format!("{FROM}#1")]).ok().stderr.contains("Retry orders"));
    assert_snapshot!(sandbox.run(&["actions", "done", &format!("{FROM}#7")]).status(2).stderr, @"
    error: 2026-11-23-checkout-returns-5xx took in 2026-11-23-orders-fail, and no action item '7' of it
    hint: git postmortem actions checkout-returns-5xx --status all lists those that it has
    ");
    // A second name, and a second merge, lead on.
    sandbox.run(&["unpublish", "checkout"]).ok();
    sandbox.run(&["rename", "checkout", "Checkout down"]).ok();
    sandbox.run(&["new", "third", "view"]).ok();
    sandbox.run(&["merge", "checkout-down", "third-view"]).ok();
    for id in [format!("{FROM}#1"), format!("{ID}#4"), "2026-11-23-checkout-down#4".to_owned()] {
        let row = sandbox.run(&["actions", "--drafts", &id]).ok().stdout;
        assert!(row.contains("Retry orders"), "{id}: {row}");
    }
    let gone = sandbox.run(&["actions", "--drafts", &format!("{ID}#9")]).status(2).stderr;
    assert!(gone.contains("took in"), "{gone}");
}

#[test]
fn what_others_wrote_to_the_merged_one_meanwhile_stays_a_draft() {
    let sandbox = twice();
    sync(&sandbox, "repo").ok();
    sync(&sandbox, "bob").ok();
    sandbox.run(&["merge", "orders-fail", "checkout"]).ok();
    sync(&sandbox, "repo").ok();
    run(&sandbox, "bob", &["edit", "--set", "severity=SEV-1", FROM]).ok();
    let answer = sync(&sandbox, "bob").ok().stdout;
    assert!(answer.contains(&format!("kept      {FROM}   taken away at origin")), "{answer}");
}

#[test]
fn what_cannot_be_merged_is_refused() {
    let sandbox = twice();
    let refused = |from: &str, into: &str| sandbox.run(&["merge", from, into]).status(2).stderr;
    assert!(refused("checkout", "checkout").contains("cannot be merged into itself"));
    sandbox.run(&["new", "quiet", "matter", "--private"]).ok();
    assert_snapshot!(refused("quiet", "checkout"), @"
    error: 2026-11-23-quiet-matter is private, and 2026-11-23-checkout-returns-5xx is not
      caused by: what it says would be shared with the next sync
    hint: git postmortem merge checkout-returns-5xx quiet-matter keeps both private
    ");
    sandbox.run(&["merge", "orders-fail", "quiet"]).ok();
    assert_eq!(files(&sandbox, "repo"), [format!("{ID}.md"), format!("{ID}/graph.png")]);
    let private = sandbox.git(&["ls-tree", "-r", "--name-only", "refs/postmortem/private"]);
    assert_eq!(private, "2026-11-23-quiet-matter.md\n2026-11-23-quiet-matter/graph.png");
    sandbox.git(&["switch", "-qc", "work"]);
    sandbox.run(&["publish", "checkout"]).ok();
    assert_snapshot!(refused("quiet", "checkout"), @"
    error: 2026-11-23-checkout-returns-5xx is published, and no draft
    hint: git postmortem unpublish checkout-returns-5xx makes it a draft again
    ");
    let torn = clones();
    save(&torn, "repo", ID, &TEXT.replace("One in five", "\n<<<<<<< a\nOne\n=======\nTwo\n>>>>>>> b"));
    save(&torn, "repo", FROM, "# X\n");
    assert!(torn.run(&["merge", FROM, ID]).status(2).stderr.contains("has a conflict in line 13"));
    assert!(clone_of(&torn, "bob").exists());
}

#[test]
fn times_of_another_zone_mean_the_same_instant_afterwards() {
    let sandbox = clones();
    let with = |zone: &str, rows: &str| {
        format!(
            "# X\n\n**Date**: 2026-11-23\n\n## Timeline\n\nAll times in {zone}.\n\n| Time | Event |\n|---|---|\n{rows}"
        )
    };
    save(&sandbox, "repo", ID, &with("UTC", "| 09:00 | deploy |\n"));
    save(&sandbox, "repo", FROM, &with("CET", "| 10:30 | paged |\n"));
    let answer = sandbox.run(&["merge", FROM, ID]).ok();
    let joined = text(&sandbox, "repo", &format!("{ID}.md"));
    assert!(joined.ends_with("All times in UTC.\n\n| Time | Event |\n|---|---|\n| 09:00 | deploy |\n| 2026-11-23 09:30 UTC | paged |\n"), "{joined}");
    assert_eq!(answer.stderr, "");
    assert!(answer.stdout.contains("its times are written in UTC"), "{}", answer.stdout);
}

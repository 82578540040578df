//! `unpublish`: the document becomes a draft again.

use insta::assert_snapshot;

use crate::drafts::{ID, PATH, TEXT, busy, left, save, store};
use crate::sandbox::Sandbox;

#[test]
fn an_unpushed_commit_is_dropped() {
    let (sandbox, status) = busy();
    let before = sandbox.git(&["rev-parse", "HEAD"]);
    sandbox.run(&["publish"]).ok();
    let answer = sandbox.run(&["unpublish", "checkout"]).ok();
    assert_snapshot!(answer.stdout, @r#"
    draft    2026-11-23-checkout-returns-5xx   (only on this machine)
    removed  docs/post-mortems/2026-11-23-checkout-returns-5xx.md   its commit was in nobody else's hands, and is dropped
    undo     git postmortem publish checkout-returns-5xx
    "#);
    assert_eq!(sandbox.git(&["rev-parse", "HEAD"]), before);
    assert_eq!(sandbox.status(), status);
    assert_eq!(left(&sandbox), format!("{ID}.md"));
    sandbox.run(&["publish"]).ok();
    assert_eq!(sandbox.read(PATH), TEXT);
}

#[test]
fn a_pushed_one_is_followed_by_its_removal() {
    let (sandbox, status) = busy();
    sandbox.run(&["publish"]).ok();
    sandbox.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
    sandbox.run(&["unpublish"]).ok();
    assert_eq!(sandbox.git(&["log", "-1", "--format=%s"]), format!("post-mortem: unpublish {ID}"));
    assert_eq!(sandbox.status(), status);
    assert_eq!(left(&sandbox), format!("{ID}.md"));
    sandbox.assert_sound(&sandbox.repo());
}

#[test]
fn a_refusing_hook_leaves_document_and_drafts_as_they_were() {
    let (sandbox, status) = busy();
    sandbox.run(&["publish"]).ok();
    sandbox.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
    sandbox.hook("pre-commit", "exit 1");
    sandbox.run(&["unpublish", ID]).status(2);
    assert_eq!((sandbox.status(), left(&sandbox)), (status, String::new()));
    assert_eq!(sandbox.read(PATH), TEXT);
}

#[test]
fn a_draft_that_says_something_else_is_not_overwritten() {
    let (sandbox, _) = busy();
    sandbox.run(&["publish"]).ok();
    save(&sandbox, ID, "# Post-Mortem: other words\n");
    let refused = sandbox.run(&["unpublish", ID]).status(2);
    assert_snapshot!(refused.stderr, @r#"
    error: a draft 2026-11-23-checkout-returns-5xx says something else than the document
    hint: git postmortem discard checkout-returns-5xx throws that draft away
    "#);
    assert_eq!(sandbox.read(PATH), TEXT);
}

#[test]
fn after_a_note_the_removal_is_committed_and_the_newest_text_is_the_draft() {
    let (sandbox, status) = busy();
    sandbox.run(&["publish"]).ok();
    sandbox.run(&["note", "back to baseline", "--at", "09:30", "-i", ID]).ok();
    let newest = sandbox.read(PATH);
    assert!(newest.contains("back to baseline"), "{newest}");
    let note = sandbox.git(&["rev-parse", "HEAD"]);
    sandbox.run(&["unpublish", ID]).ok();
    assert_eq!(sandbox.git(&["rev-parse", "HEAD~1"]), note);
    assert_eq!(sandbox.git(&["ls-files", "--", PATH]), "");
    assert!(!sandbox.repo().join(PATH).exists());
    assert_eq!(sandbox.status(), status);
    assert_eq!(sandbox.git(&["show", &format!("postmortem/drafts:{ID}.md")]), newest.trim_end());
}

#[test]
fn the_documents_folder_can_be_where_one_stands() {
    for pushed in [false, true] {
        let (sandbox, status) = busy();
        sandbox.run(&["publish"]).ok();
        if pushed {
            sandbox.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
        }
        let folder = sandbox.repo().join("docs/post-mortems");
        sandbox.run_in(&folder, &["unpublish", ID]).ok();
        assert!(folder.is_dir());
        assert_eq!((sandbox.status(), left(&sandbox)), (status, format!("{ID}.md")));
        sandbox.run_in(&folder, &["publish", ID]).ok();
        assert_eq!(sandbox.read(PATH), TEXT);
    }
}

/// What is among the private drafts.
fn kept_private(sandbox: &Sandbox) -> String {
    sandbox.git(&["ls-tree", "-r", "--name-only", "refs/postmortem/private"])
}

#[test]
fn a_private_draft_becomes_private_again() {
    for (pushed, says) in [
        (false, "private again: no push sends it"),
        (true, "private again, but the history keeps what was published"),
    ] {
        let sandbox = Sandbox::with_repository();
        let files =
            [(format!("{ID}.md"), Some(TEXT.into())), (format!("{ID}/graph.png"), Some(b"png".to_vec()))];
        store(&sandbox, &files, true);
        let planned = sandbox.run(&["publish", "--dry-run"]).ok();
        assert!(planned.stdout.contains("private       no longer: whoever gets main"), "{}", planned.stdout);
        let answer = sandbox.run(&["publish"]).ok();
        assert!(
            answer.stdout.contains("private    no longer: whoever gets main can read it\n"),
            "{}",
            answer.stdout
        );
        if pushed {
            sandbox.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
        }
        let back = sandbox.run(&["unpublish", "checkout"]).ok();
        assert!(back.stdout.contains(says), "{}", back.stdout);
        assert_eq!(kept_private(&sandbox), format!("{ID}.md\n{ID}/graph.png"));
        assert_eq!(sandbox.git(&["for-each-ref", "refs/heads/postmortem"]), "");
    }
}

#[test]
fn a_private_draft_comes_back_whatever_it_was_called_since() {
    let sandbox = Sandbox::with_repository();
    store(&sandbox, &[(format!("{ID}.md"), Some(TEXT.into()))], true);
    sandbox.run(&["publish", "--id", "2026-11-23-till"]).ok();
    sandbox.run(&["rename", "till", "Payment", "down"]).ok();
    sandbox.run(&["unpublish", "payment-down"]).ok();
    assert_eq!(kept_private(&sandbox), "2026-11-23-payment-down.md");
    assert_eq!(sandbox.git(&["for-each-ref", "refs/heads/postmortem"]), "");
}

#[test]
fn a_draft_that_was_shared_since_is_shared_again() {
    let mut sandbox = Sandbox::with_repository();
    store(&sandbox, &[(format!("{ID}.md"), Some(TEXT.into()))], true);
    sandbox.run(&["discard"]).ok();
    sandbox.at_time("2026-11-23T09:30:00Z");
    save(&sandbox, ID, TEXT);
    sandbox.run(&["publish"]).ok();
    sandbox.run(&["unpublish", ID]).ok();
    assert_eq!((kept_private(&sandbox), left(&sandbox)), (String::new(), format!("{ID}.md")));
}

/// Two documents of one name in two folders; beside one a post-mortem of its own, notes and a picture.
fn namesakes() -> Sandbox {
    let sandbox = Sandbox::with_repository();
    for folder in ["a", "b"] {
        sandbox.commit(&format!("docs/post-mortems/{folder}/db.md"), TEXT.replace("Checkout", folder), "db");
    }
    sandbox.commit("docs/post-mortems/b/db/2026-01-02-nested.md", TEXT, "nested");
    sandbox.commit("docs/post-mortems/b/db/notes.md", "# Notes\n\nSome words.\n", "notes");
    sandbox.commit("docs/post-mortems/b/db/graph.png", "png", "graph");
    sandbox
}

#[test]
fn a_document_below_a_folder_keeps_its_id_there_and_back() {
    let sandbox = namesakes();
    let before = sandbox.git(&["rev-parse", "HEAD^{tree}"]);
    let answer = sandbox.run(&["unpublish", "b/db"]).ok();
    assert!(answer.stdout.starts_with("draft    b/db "), "{}", answer.stdout);
    assert!(sandbox.run(&["list", "--state", "draft"]).ok().stdout.contains(" b/db "));
    assert_eq!(left(&sandbox), "b%2Fdb.md\nb%2Fdb/graph.png\nb%2Fdb/notes.md");
    sandbox.run(&["discard", "b/db"]).ok();
    let back = sandbox.run(&["restore", "b/db"]).ok();
    assert!(back.stdout.starts_with("draft  b/db "), "{}", back.stdout);
    sandbox.run(&["publish", "b/db"]).ok();
    assert_eq!(sandbox.git(&["rev-parse", "HEAD^{tree}"]), before);
    assert!(sandbox.run(&["show", "a/db"]).code == 0);
}

#[test]
fn post_mortems_in_the_folder_of_its_name_stay_where_they_are() {
    let nested = "docs/post-mortems/b/db/2026-01-02-nested.md";
    let sandbox = namesakes();
    sandbox.run(&["rename", "b/db", "Other"]).ok();
    let files = sandbox.git(&["ls-files", "docs/post-mortems/b"]);
    assert_eq!(
        files.lines().collect::<Vec<_>>(),
        [
            nested,
            "docs/post-mortems/b/other.md",
            "docs/post-mortems/b/other/graph.png",
            "docs/post-mortems/b/other/notes.md"
        ]
    );
    sandbox.run(&["unpublish", "other"]).ok();
    assert_eq!(sandbox.git(&["ls-files", "docs/post-mortems/b"]), nested);
}

#[test]
fn a_draft_is_said_to_be_one() {
    let sandbox = Sandbox::with_repository();
    sandbox.run(&["new", "Queue stuck"]).ok();
    let refused = sandbox.run(&["unpublish", "queue"]).status(2);
    assert!(refused.stderr.contains("2026-11-23-queue-stuck is a draft already"), "{}", refused.stderr);
}

#[test]
fn a_draft_that_is_there_still_gets_the_files_that_only_the_document_has() {
    let (sandbox, _) = busy();
    sandbox.run(&["publish", "--branch", "review/till"]).ok();
    sandbox.git(&["stash", "--include-untracked"]);
    sandbox.git(&["merge", "-q", "review/till"]);
    let graph = PATH.replace(".md", "/graph.png");
    sandbox.commit(&graph, "png", "a graph");
    sandbox.run(&["unpublish", ID]).ok();
    assert!(!sandbox.repo().join(&graph).exists());
    assert_eq!(left(&sandbox), format!("{ID}.md\n{ID}/graph.png"));
    sandbox.run(&["publish", ID]).ok();
    assert_eq!(sandbox.read(&graph), "png");
    sandbox.commit(&graph, "another", "a newer graph");
    store(
        &sandbox,
        &[(format!("{ID}.md"), Some(TEXT.into())), (format!("{ID}/graph.png"), Some(b"png".to_vec()))],
        false,
    );
    let refused = sandbox.run(&["unpublish", ID]).status(2);
    assert!(refused.stderr.contains("has another graph.png than the document"), "{}", refused.stderr);
    assert_eq!(sandbox.read(&graph), "another");
}

#[test]
fn a_whole_id_means_no_other_document_whose_name_it_is_a_part_of() {
    let sandbox = Sandbox::with_repository();
    sandbox.run(&["new", "API", "outage", "--date", "2026-11-20", "--deploy", "none"]).ok();
    sandbox.run(&["publish", "api-outage", "--no-lint"]).ok();
    sandbox.run(&["new", "API", "outage", "two", "--date", "2026-11-20", "--deploy", "none"]).ok();
    let answer = sandbox.run(&["discard", "2026-11-20-api-outage"]).status(2);
    assert!(
        answer.stderr.starts_with("error: 2026-11-20-api-outage is published, and no draft"),
        "{answer:?}"
    );
    let answer = sandbox.run(&["publish", "2026-11-20-api-outage"]).ok();
    assert!(answer.stdout.contains("already") || answer.stderr.contains("already"), "{answer:?}");
    sandbox.run(&["publish", "2026-11-20-api-outage-two", "--no-lint"]).ok();
    sandbox.run(&["unpublish", "2026-11-20-api-outage"]).ok();
    let answer = sandbox.run(&["unpublish", "2026-11-20-api-outage"]).status(2);
    assert!(answer.stderr.starts_with("error: 2026-11-20-api-outage is a draft already"), "{answer:?}");
    let published = sandbox.git(&["ls-tree", "--name-only", "HEAD", "docs/post-mortems/"]);
    assert_eq!(published, "docs/post-mortems/2026-11-20-api-outage-two.md");
}

//! `unpublish`: the document becomes a draft again.

use insta::assert_snapshot;

use crate::drafts::{ID, PATH, TEXT, busy, left, save};

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

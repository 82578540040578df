//! `discard` and `restore`: every way back.

use insta::assert_snapshot;

use crate::drafts::{ID, PATH, TEXT, busy, left, save, store};
use crate::sandbox::Sandbox;

#[test]
fn a_discarded_draft_comes_back_with_its_attachments() {
    let (sandbox, _) = busy();
    store(&sandbox, &[(format!("{ID}/graph.png"), Some(b"png".to_vec()))], false);
    let answer = sandbox.run(&["discard"]).ok();
    assert_snapshot!(answer.stdout, @r#"
    discarded  2026-11-23-checkout-returns-5xx
    undo       git postmortem restore checkout-returns-5xx
    "#);
    assert_eq!(left(&sandbox), "");
    let answer = sandbox.run(&["restore", "checkout"]).ok();
    let commit = sandbox.git(&["rev-parse", "--short=7", "postmortem/drafts~2"]);
    assert_snapshot!(answer.stdout.replace(&commit, "0000000"), @r#"
    draft  2026-11-23-checkout-returns-5xx   as of 0000000
    undo   git postmortem discard checkout-returns-5xx
    "#);
    assert_eq!(left(&sandbox), format!("{ID}.md\n{ID}/graph.png"));
    assert_eq!(sandbox.git(&["show", &format!("postmortem/drafts:{ID}.md")]), TEXT.trim_end());
}

#[test]
fn a_private_draft_comes_back_as_a_private_one() {
    let (sandbox, _) = busy();
    store(&sandbox, &[("2026-11-01-secret.md".into(), Some(b"# Post-Mortem: Secret\n".to_vec()))], true);
    sandbox.run(&["discard", "secret"]).ok();
    sandbox.run(&["restore", "secret"]).ok();
    assert_eq!(sandbox.git(&["ls-tree", "--name-only", "refs/postmortem/private"]), "2026-11-01-secret.md");
    assert_eq!(left(&sandbox), format!("{ID}.md"));
}

#[test]
fn an_older_text_comes_back_and_so_does_the_newer() {
    let (sandbox, _) = busy();
    let old = sandbox.git(&["rev-parse", "postmortem/drafts"]);
    save(&sandbox, ID, "# Post-Mortem: newer\n");
    let answer = sandbox.run(&["restore", ID, "--at", &old]).ok();
    assert_eq!(sandbox.git(&["show", &format!("postmortem/drafts:{ID}.md")]), TEXT.trim_end());
    let undo = answer.stdout.lines().find_map(|line| line.strip_prefix("undo")).unwrap().trim().to_owned();
    let words: Vec<&str> = undo.split_whitespace().skip(2).collect();
    sandbox.run(&words).ok();
    assert_eq!(sandbox.git(&["show", &format!("postmortem/drafts:{ID}.md")]), "# Post-Mortem: newer");
}

#[test]
fn a_published_document_gets_an_older_text_by_a_commit() {
    let (sandbox, status) = busy();
    sandbox.run(&["publish"]).ok();
    sandbox.git(&["tag", "first"]);
    sandbox.commit(PATH, "# Post-Mortem: shorter\n", "shorter");
    let refused = sandbox.run(&["restore", ID]).status(2);
    assert_snapshot!(refused.stderr, @r#"
    error: 2026-11-23-checkout-returns-5xx is published: there is nothing to bring back
    hint: git postmortem restore checkout-returns-5xx --at REV brings an older text back; git postmortem log lists them
    "#);
    sandbox.run(&["restore", ID, "--at", "first"]).ok();
    assert_eq!((sandbox.read(PATH).as_str(), sandbox.status()), (TEXT, status));
}

#[test]
fn a_document_that_was_removed_comes_back_as_a_draft() {
    let (sandbox, _) = busy();
    sandbox.run(&["publish"]).ok();
    sandbox.git(&["rm", "-q", PATH]);
    sandbox.git(&["commit", "-qm", "away", "--", PATH]);
    sandbox.git(&["update-ref", "-d", "refs/heads/postmortem/drafts"]);
    sandbox.run(&["restore", "checkout"]).ok();
    assert_eq!(left(&sandbox), format!("{ID}.md"));
}

#[test]
fn what_never_was_is_not_found() {
    let (sandbox, _) = busy();
    assert_snapshot!(sandbox.run(&["restore", "chekout"]).status(2).stderr, @r#"
    error: no post-mortem matches 'chekout'
    hint: nearest is 2026-11-23-checkout-returns-5xx
    "#);
    assert_snapshot!(sandbox.run(&["discard", "nothing-like-it"]).status(2).stderr, @r#"
    error: no post-mortem matches 'nothing-like-it'
    hint: git postmortem list shows every one
    "#);
    sandbox.run(&["publish"]).ok();
    assert_snapshot!(sandbox.run(&["discard", "checkout"]).status(2).stderr, @r#"
    error: 2026-11-23-checkout-returns-5xx is published, and no draft
    hint: git postmortem unpublish checkout-returns-5xx makes it a draft again
    "#);
}

fn draft(sandbox: &Sandbox, id: &str) -> String {
    sandbox.git(&["show", &format!("postmortem/drafts:{id}.md")])
}

/// Removes a path by a commit of its own.
fn remove(sandbox: &Sandbox, path: &str) {
    sandbox.git(&["rm", "-q", path]);
    sandbox.git(&["commit", "-qm", "away", "--", path]);
}

#[test]
fn a_document_comes_back_with_what_was_noted_after_its_publication() {
    for later in [false, true] {
        let (mut sandbox, _) = busy();
        let first = sandbox.git(&["rev-parse", "postmortem/drafts"]);
        sandbox.run(&["publish"]).ok();
        sandbox.run(&["note", "VERYNEW", "--at", "09:30", "-i", ID]).ok();
        if later {
            sandbox.at_time("2026-11-23T09:50:00Z");
        }
        remove(&sandbox, PATH);
        sandbox.run(&["restore", ID]).ok();
        assert!(draft(&sandbox, ID).contains("VERYNEW"));
        sandbox.run(&["discard", ID]).ok();
        sandbox.run(&["restore", ID, "--at", &first]).ok();
        assert_eq!(draft(&sandbox, ID), TEXT.trim_end());
    }
}

#[test]
fn a_draft_discarded_after_its_document_went_comes_back_with_its_own_text() {
    let (mut sandbox, _) = busy();
    sandbox.run(&["publish"]).ok();
    sandbox.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
    sandbox.run(&["unpublish", ID]).ok();
    sandbox.at_time("2026-11-23T09:50:00Z");
    sandbox.run(&["note", "VERYNEW", "--at", "09:30", "-i", ID]).ok();
    sandbox.run(&["discard", ID]).ok();
    sandbox.run(&["restore", ID]).ok();
    assert!(draft(&sandbox, ID).contains("VERYNEW"));
}

#[test]
fn an_index_page_comes_back_under_the_name_of_its_folder() {
    for (path, typed, name) in [
        ("docs/post-mortems/2026-03-08-cache/README.md", "2026-03-08-cache", "2026-03-08-cache"),
        ("docs/post-mortems/2026/db-outage/index.md", "2026/db-outage", "2026%2Fdb-outage"),
    ] {
        let sandbox = Sandbox::with_repository();
        sandbox.commit(path, TEXT, "document");
        remove(&sandbox, path);
        sandbox.run(&["restore", typed]).ok();
        assert_eq!(left(&sandbox), format!("{name}.md"));
        assert_eq!(draft(&sandbox, name), TEXT.trim_end());
        sandbox.run(&["discard", typed]).ok();
        assert_eq!(left(&sandbox), "");
    }
}

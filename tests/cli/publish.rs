//! `publish` on the checked-out branch.

use insta::assert_snapshot;

use crate::drafts::{ID, PATH, TEXT, busy, left, save, store};
use crate::sandbox::Sandbox;

#[test]
fn commits_that_document_alone_and_says_what_to_do_first() {
    let (sandbox, status) = busy();
    let answer = sandbox.run(&["publish", "checkout", "--no-lint"]).ok();
    let commit = sandbox.git(&["rev-parse", "--short=7", "HEAD"]);
    assert_snapshot!(answer.stdout.replace(&commit, "0000000"), @r#"
    published  docs/post-mortems/2026-11-23-checkout-returns-5xx.md   commit 0000000
    do first   #2  Roll back on error rate above 1 %                     P1, small: a quick win
               #1  Test migrations against full-size data                P1, large: a big bet
               #3  Update the rollback runbook                           P3, small: a fill-in
    unowned    #3  Update the rollback runbook                           git postmortem edit checkout-returns-5xx -e
    undo       git postmortem unpublish checkout-returns-5xx
    "#);
    assert_eq!(answer.stderr, "");
    assert_eq!(
        sandbox.git(&["show", "--format=%an: %s", "--name-only", "HEAD"]),
        format!("Ana Author: post-mortem: publish {ID}\n\n{PATH}")
    );
    assert_eq!(sandbox.read(PATH), TEXT);
    assert_eq!(sandbox.status(), status);
    assert_eq!(left(&sandbox), "");
    sandbox.assert_sound(&sandbox.repo());
}

#[test]
fn the_same_command_again_changes_nothing() {
    let (sandbox, _) = busy();
    sandbox.run(&["publish", "checkout"]).ok();
    let head = sandbox.git(&["rev-parse", "HEAD"]);
    let again = sandbox.run(&["publish", "checkout"]).ok();
    assert!(again.stdout.starts_with(&format!("published  {PATH}   already\n")), "{}", again.stdout);
    assert_eq!(sandbox.git(&["rev-parse", "HEAD"]), head);
}

#[test]
fn a_run_that_was_killed_before_the_draft_went_is_completed() {
    let (sandbox, status) = busy();
    sandbox.run(&["publish", "checkout"]).ok();
    save(&sandbox, ID, TEXT);
    let head = sandbox.git(&["rev-parse", "HEAD"]);
    sandbox.run(&["publish", "checkout"]).ok();
    assert_eq!((sandbox.git(&["rev-parse", "HEAD"]), left(&sandbox)), (head, String::new()));
    assert_eq!(sandbox.status(), status);
}

#[test]
fn a_dry_run_changes_nothing() {
    let (sandbox, status) = busy();
    let answer = sandbox.run(&["publish", "--dry-run"]).ok();
    assert_snapshot!(answer.stdout, @r#"
    would commit  docs/post-mortems/2026-11-23-checkout-returns-5xx.md
    on            main
    message       post-mortem: publish 2026-11-23-checkout-returns-5xx
    nothing       was changed
    "#);
    assert_eq!((sandbox.status(), left(&sandbox)), (status, format!("{ID}.md")));
}

#[test]
fn a_refusing_hook_leaves_everything_as_it_was() {
    let (sandbox, status) = busy();
    sandbox.hook("pre-commit", "echo 'tests are red' >&2; exit 1");
    let refused = sandbox.run(&["publish", "--no-lint"]).status(2);
    assert_snapshot!(refused.stderr, @r#"
    error: git commit refused: tests are red
    hint: nothing was changed; the draft is as it was
    "#);
    assert_eq!((sandbox.status(), left(&sandbox)), (status, format!("{ID}.md")));
    assert!(!sandbox.repo().join("docs").exists());
}

#[test]
fn staging_leaves_commit_and_draft_to_the_author() {
    let (sandbox, _) = busy();
    let answer = sandbox.run(&["publish", "--stage"]).ok();
    assert_snapshot!(answer.stdout, @r#"
    staged  docs/post-mortems/2026-11-23-checkout-returns-5xx.md
    draft   2026-11-23-checkout-returns-5xx   stays until the document is committed
    next    git commit
            git postmortem publish checkout-returns-5xx   then takes the draft away
    undo    git rm --cached -f -- 'docs/post-mortems/2026-11-23-checkout-returns-5xx.md' && rm -- 'docs/post-mortems/2026-11-23-checkout-returns-5xx.md'
    "#);
    assert!(sandbox.status().contains(&format!("A  {PATH}")));
    assert_eq!(left(&sandbox), format!("{ID}.md"));
    sandbox.git(&["commit", "-qm", "mine"]);
    sandbox.run(&["publish"]).ok();
    assert_eq!(left(&sandbox), "");
}

#[test]
fn only_what_the_draft_began_from_is_overwritten() {
    let (sandbox, _) = busy();
    sandbox.commit(PATH, "# Post-Mortem: Another one\n", "theirs");
    let refused = sandbox.run(&["publish", "checkout"]).status(2);
    assert_snapshot!(refused.stderr, @r#"
    error: 'docs/post-mortems/2026-11-23-checkout-returns-5xx.md' is published already, with other content
      caused by: the draft 2026-11-23-checkout-returns-5xx did not begin from it
    hint: git postmortem publish checkout-returns-5xx --id NEW publishes it under another id
    hint: git show HEAD:docs/post-mortems/2026-11-23-checkout-returns-5xx.md shows the other text
    "#);
    sandbox.run(&["publish", "checkout", "--id", "2026-11-23-checkout-again"]).ok();
    assert_eq!(sandbox.read("docs/post-mortems/2026-11-23-checkout-again.md"), TEXT);

    save(&sandbox, ID, "# Post-Mortem: Another one\n");
    save(&sandbox, ID, &TEXT.replace("31 minutes", "32 minutes"));
    let answer = sandbox.run(&["publish", ID]).ok();
    assert!(sandbox.read(PATH).contains("32 minutes"));
    let undo = answer.stdout.lines().last().unwrap().trim_start_matches("undo").trim().to_owned();
    sandbox.run(&undo.split_whitespace().skip(2).collect::<Vec<_>>()).ok();
    assert_eq!(sandbox.read(PATH), "# Post-Mortem: Another one\n");
}

#[test]
fn attachments_and_links_to_them_come_along() {
    let (sandbox, _) = busy();
    store(&sandbox, &[(format!("{ID}/graph.png"), Some(b"\x89PNG".to_vec()))], false);
    sandbox.run(&["publish"]).ok();
    assert_eq!(
        std::fs::read(sandbox.repo().join(format!("docs/post-mortems/{ID}/graph.png"))).unwrap(),
        b"\x89PNG"
    );
    assert_eq!(left(&sandbox), "");
    sandbox.run(&["unpublish", "checkout"]).ok();
    assert_eq!(left(&sandbox), format!("{ID}.md\n{ID}/graph.png"));
    assert!(!sandbox.repo().join("docs").exists());
}

#[test]
fn what_the_template_told_its_author_is_taken_out() {
    let (sandbox, _) = busy();
    let guidance = git_postmortem::document::template::Template::full();
    let values = git_postmortem::document::template::TemplateValues::default();
    let filled = guidance.render(&values, &git_postmortem::document::Vocabulary::default()).unwrap();
    assert!(filled.contains("<!--"));
    save(&sandbox, "2026-11-20-new", &filled);
    let answer = sandbox.run(&["publish", "2026-11-20-new", "--dry-run"]);
    sandbox.run(&["publish", "2026-11-20-new", "--no-lint"]).ok();
    let published = sandbox.read("docs/post-mortems/2026-11-20-new.md");
    assert!(!published.contains("<!--"), "{published}");
    assert!(answer.stderr.contains("still to be filled in: "), "{}", answer.stderr);
}

#[test]
fn a_private_draft_is_published_too() {
    let sandbox = Sandbox::with_repository();
    store(&sandbox, &[(format!("{ID}.md"), Some(TEXT.as_bytes().to_vec()))], true);
    sandbox.run(&["publish"]).ok();
    assert_eq!(sandbox.git(&["ls-tree", "--name-only", "refs/postmortem/private"]), "");
}

#[test]
fn where_no_commit_can_be_made_it_says_what_to_do() {
    let (sandbox, status) = busy();
    sandbox.git(&["checkout", "-q", "--detach"]);
    assert_snapshot!(sandbox.run(&["publish"]).status(2).stderr, @r#"
    error: HEAD is on no branch (detached)
    hint: git switch a branch first, or publish with --branch
    "#);
    sandbox.git(&["checkout", "-q", "main"]);
    sandbox.write(".git/MERGE_HEAD", sandbox.git(&["rev-parse", "HEAD"]));
    assert_snapshot!(sandbox.run(&["publish"]).status(2).stderr, @r#"
    error: a merge is in progress
    hint: finish or abort the merge first (git status says how)
    "#);
    std::fs::remove_file(sandbox.repo().join(".git/MERGE_HEAD")).unwrap();
    std::fs::write(sandbox.repo().join(".git/info/exclude"), "docs/\n").unwrap();
    assert_snapshot!(sandbox.run(&["publish", "--no-lint"]).status(2).stderr, @r#"
    error: 'docs/post-mortems/2026-11-23-checkout-returns-5xx.md' is ignored by .git/info/exclude:1:docs/
    hint: change that rule, or documents.output in .postmortem.toml
    "#);
    assert_eq!((sandbox.status(), left(&sandbox)), (status, format!("{ID}.md")));
}

#[test]
fn in_a_bare_repository_it_says_what_to_do() {
    let (sandbox, _) = busy();
    let bare = sandbox.at("bare");
    sandbox.git(&["clone", "-q", "--mirror", ".", &bare.display().to_string()]);
    assert_snapshot!(sandbox.run_in(&bare, &["publish"]).status(2).stderr, @r#"
    error: this repository is bare: it has no work tree to write to
    hint: git worktree add FOLDER makes a work tree; drafts and reports work without one
    "#);
}

#[test]
fn without_an_identity_nothing_is_touched() {
    let (mut sandbox, status) = busy();
    for name in ["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"] {
        sandbox.unset(name);
    }
    sandbox.git(&["config", "user.useConfigOnly", "true"]);
    let refused = sandbox.run(&["publish"]).status(2);
    assert!(refused.stderr.contains("git config --global user.name"), "{}", refused.stderr);
    assert_eq!(sandbox.status(), status);
}

#[test]
fn the_path_follows_the_configured_layout_and_keeps_the_id() {
    let sandbox = Sandbox::with_repository();
    sandbox.commit(
        ".postmortem.toml",
        "[documents]\noutput = \"pm/{year}/{severity}/{slug}.md\"\n",
        "layout",
    );
    save(&sandbox, ID, TEXT);
    let answer = sandbox.run(&["publish"]).ok();
    assert!(answer.stdout.contains("pm/2026/sev-2/2026-11-23-checkout-returns-5xx.md"), "{}", answer.stdout);
}

#[test]
fn a_superseded_draft_promises_no_way_back_that_there_is_not() {
    let (sandbox, _) = busy();
    sandbox.run(&["publish"]).ok();
    sandbox.run(&["note", "back to baseline", "--at", "09:30", "-i", ID]).ok();
    let newest = sandbox.read(PATH);
    save(&sandbox, ID, TEXT);
    let answer = sandbox.run(&["publish", ID]).ok();
    assert_snapshot!(answer.stdout, @r#"
    published  docs/post-mortems/2026-11-23-checkout-returns-5xx.md   already, and changed since
    draft      removed: the document has everything that it said
    "#);
    assert_eq!((sandbox.read(PATH), left(&sandbox)), (newest, String::new()));
}

#[test]
fn another_id_keeps_the_day_of_the_naming() {
    let (sandbox, _) = busy();
    let said = sandbox.run(&["publish", "checkout", "--id", "Orders fail"]).ok();
    let path = "docs/post-mortems/2026-11-23-orders-fail.md";
    assert!(said.stdout.starts_with(&format!("published  {path}   commit ")), "{}", said.stdout);
    save(&sandbox, ID, TEXT);
    let said = sandbox.run(&["publish", "checkout", "--id", "2026-11-22-own-day", "-n"]).ok();
    assert!(said.stdout.contains("docs/post-mortems/2026-11-22-own-day.md"), "{}", said.stdout);
}

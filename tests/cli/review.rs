//! `publish --branch`: review, and what comes back from it.

use insta::assert_snapshot;

use crate::drafts::{ID, PATH, TEXT, busy, left, save};
use crate::sandbox::Sandbox;

pub(crate) const BRANCH: &str = "review/checkout-returns-5xx";

/// A reviewer commits on the branch, in a work tree of their own.
pub(crate) fn review(sandbox: &Sandbox, from: &str, to: &str) {
    let tree = sandbox.at("reviewer");
    sandbox.git(&["worktree", "add", "-q", &tree.display().to_string(), BRANCH]);
    let text = std::fs::read_to_string(tree.join(PATH)).unwrap();
    assert!(text.contains(from));
    std::fs::write(tree.join(PATH), text.replace(from, to)).unwrap();
    sandbox.git_in(&tree, &["commit", "-qam", "a reviewer's word"]);
    sandbox.git(&["worktree", "remove", &tree.display().to_string()]);
}

fn on_branch(sandbox: &Sandbox) -> String {
    sandbox.git(&["show", &format!("{BRANCH}:{PATH}")])
}

#[test]
fn a_review_begins_with_nothing_checked_out() {
    let (sandbox, status) = busy();
    sandbox.git(&["remote", "add", "origin", "git@github.com:acme/shop.git"]);
    let answer = sandbox.run(&["publish", "--branch"]).ok();
    let commit = sandbox.git(&["rev-parse", "--short=7", BRANCH]);
    assert_snapshot!(answer.stdout.replace(&commit, "0000000"), @r#"
    review   review/checkout-returns-5xx   commit 0000000, 1 commit ahead
             docs/post-mortems/2026-11-23-checkout-returns-5xx.md
    push     git push -u origin review/checkout-returns-5xx
    request  gh pr create --base main --head review/checkout-returns-5xx --title 'Post-mortem: Checkout returns 5xx' --body-file -
    undo     git branch -D review/checkout-returns-5xx

    Post-mortem: Checkout returns 5xx

    Checkout answered 5xx for 31 minutes after a deploy. One in five orders failed.

    Action items, what to do first on top:

    - Roll back on error rate above 1 % (@ana, due 2026-12-04): P1, small: a quick win
    - Test migrations against full-size data (@platform, due 2026-12-20): P1, large: a big bet
    - Update the rollback runbook (no owner yet, due 2026-12-11): P3, small: a fill-in
    "#);
    assert_eq!(sandbox.status(), status);
    assert_eq!(left(&sandbox), format!("{ID}.md"));
    assert_eq!(on_branch(&sandbox), TEXT.trim_end());
    assert_eq!(
        sandbox.git(&["log", "--format=%s", &format!("main..{BRANCH}")]),
        format!("post-mortem: review {ID}")
    );
}

#[test]
fn a_second_call_merges_what_reviewers_changed() {
    let (sandbox, _) = busy();
    sandbox.run(&["publish", "--branch"]).ok();
    review(&sandbox, "One in five orders failed.", "One in six orders failed.");
    save(&sandbox, ID, &TEXT.replace("**Duration**: 31", "**Duration**: 33"));
    sandbox.run(&["publish", "--branch"]).ok();
    let merged = on_branch(&sandbox);
    assert!(merged.contains("One in six") && merged.contains("33 minutes"), "{merged}");
    assert_eq!(sandbox.git(&["show", &format!("postmortem/drafts:{ID}.md")]), merged);
    assert_eq!(sandbox.git(&["rev-list", "--count", &format!("main..{BRANCH}")]), "3");
    let again = sandbox.run(&["publish", "--branch"]).ok();
    assert!(again.stdout.contains("nothing new"), "{}", again.stdout);
    assert_eq!(sandbox.git(&["rev-list", "--count", &format!("main..{BRANCH}")]), "3");

    // Once the default branch has it, the draft has done its work.
    sandbox.git(&["stash", "-q"]);
    sandbox.git(&["merge", "-q", "--squash", BRANCH]);
    sandbox.git(&["commit", "-qm", "reviewed"]);
    sandbox.run(&["publish", "checkout"]).ok();
    assert_eq!(left(&sandbox), "");
    assert_eq!(sandbox.git(&["for-each-ref", "refs/postmortem"]), "");
}

#[test]
fn a_team_that_reviews_everything_says_so_once() {
    let (sandbox, _) = busy();
    sandbox.commit(".postmortem.toml", "[documents]\npublish = \"branch\"\n", "review everything");
    sandbox.run(&["publish"]).ok();
    assert_eq!(on_branch(&sandbox), TEXT.trim_end());
    sandbox.run(&["publish", "--commit"]).ok();
    assert_eq!(sandbox.read(PATH), TEXT);
}

#[test]
fn reviewers_changes_alone_come_into_the_draft() {
    let (sandbox, _) = busy();
    sandbox.run(&["publish", "--branch"]).ok();
    review(&sandbox, "One in five", "One in six");
    sandbox.run(&["publish", "--branch"]).ok();
    assert!(sandbox.git(&["show", &format!("postmortem/drafts:{ID}.md")]).contains("One in six"));
    assert_eq!(sandbox.git(&["rev-list", "--count", &format!("main..{BRANCH}")]), "2");
}

#[test]
fn a_conflict_is_left_to_the_author_and_settled_once() {
    let (sandbox, _) = busy();
    sandbox.run(&["publish", "--branch"]).ok();
    review(&sandbox, "One in five", "One in six");
    save(&sandbox, ID, &TEXT.replace("One in five", "One in seven"));
    let tip = sandbox.git(&["rev-parse", BRANCH]);
    let refused = sandbox.run(&["publish", "--branch"]).status(2);
    assert_snapshot!(refused.stderr, @r#"
    error: the draft and review/checkout-returns-5xx changed the same lines in 1 place
      caused by: both versions stand in the draft now, between conflict marks; the branch is as it was
    hint: git postmortem edit checkout-returns-5xx -e, then git postmortem publish checkout-returns-5xx --branch review/checkout-returns-5xx
    "#);
    assert_eq!(sandbox.git(&["rev-parse", BRANCH]), tip);
    let torn = sandbox.run(&["publish", "--branch"]).status(2);
    assert_snapshot!(torn.stderr, @r#"
    error: 2026-11-23-checkout-returns-5xx has a conflict in line 12
      caused by: both texts stand there between marks (<<<<<<<, =======, >>>>>>>)
    hint: git postmortem edit checkout-returns-5xx -e settles it: keep one text and take the marks out
    "#);
    save(&sandbox, ID, &TEXT.replace("One in five", "One in six or seven"));
    sandbox.run(&["publish", "--branch"]).ok();
    assert!(on_branch(&sandbox).contains("One in six or seven"));
}

#[test]
fn a_branch_that_somebody_has_checked_out_is_refused() {
    let (sandbox, _) = busy();
    sandbox.run(&["publish", "--branch", "review/x"]).ok();
    let tree = sandbox.at("tree");
    sandbox.git(&["worktree", "add", "-q", &tree.display().to_string(), "review/x"]);
    save(&sandbox, ID, &TEXT.replace("31", "32"));
    let refused = sandbox.run(&["publish", ID, "--branch", "review/x"]).status(2);
    assert!(refused.stderr.contains("is checked out in"), "{}", refused.stderr);
    assert_eq!(sandbox.git_in(&tree, &["status", "--porcelain"]), "");
}

#[test]
fn it_begins_where_it_is_told_to() {
    let (sandbox, _) = busy();
    sandbox.git(&["tag", "v1", "HEAD~1"]);
    sandbox.run(&["publish", "--branch", "review/x", "--base", "v1"]).ok();
    assert_eq!(sandbox.git(&["rev-parse", "review/x~1"]), sandbox.git(&["rev-parse", "v1"]));
    sandbox.run(&["publish", "--base", "v1"]).status(2);
}

#[test]
fn what_reviewers_pushed_counts_as_soon_as_it_is_fetched() {
    let (sandbox, _) = busy();
    sandbox.git(&["remote", "add", "origin", "."]);
    sandbox.run(&["publish", "--branch"]).ok();
    let ours = sandbox.git(&["rev-parse", BRANCH]);
    review(&sandbox, "One in five", "One in six");
    sandbox.git(&["update-ref", &format!("refs/remotes/origin/{BRANCH}"), BRANCH]);
    sandbox.git(&["update-ref", &format!("refs/heads/{BRANCH}"), &ours]);
    save(&sandbox, ID, &TEXT.replace("**Duration**: 31", "**Duration**: 33"));
    sandbox.run(&["publish", "--branch"]).ok();
    assert_eq!(sandbox.git(&["rev-list", "--count", &format!("{BRANCH}..origin/{BRANCH}")]), "0");
    assert!(on_branch(&sandbox).contains("One in six") && on_branch(&sandbox).contains("33 minutes"));
    let told = sandbox.run(&["list"]).ok().stdout;
    assert!(!told.contains("to take in"), "it has been taken in, and only waits to be pushed: {told}");

    let aside = sandbox.git(&["commit-tree", "-m", "x", "-p", &ours, "HEAD^{tree}"]);
    sandbox.git(&["update-ref", &format!("refs/remotes/origin/{BRANCH}"), &aside]);
    let refused = sandbox.run(&["publish", "--branch"]).status(2);
    assert!(refused.stderr.contains("went separate ways"), "{}", refused.stderr);
}

#[test]
fn a_name_that_cannot_be_is_refused_with_the_way_out() {
    let (sandbox, _) = busy();
    sandbox.git(&["branch", "review"]);
    assert_snapshot!(sandbox.run(&["publish", "--branch", "--no-lint"]).status(2).stderr, @r#"
    error: branch 'review/checkout-returns-5xx' cannot exist beside the branch 'review'
    hint: git postmortem publish --branch NAME takes another name
    "#);
}

#[test]
fn the_branch_of_the_drafts_takes_no_review() {
    let (sandbox, status) = busy();
    let before = sandbox.git(&["rev-parse", "postmortem/drafts"]);
    let refused = sandbox.run(&["publish", "--branch", "postmortem/drafts"]).status(2);
    assert_snapshot!(refused.stderr, @r#"
    error: 'postmortem/drafts' is the branch of the drafts, and takes no review
    hint: git postmortem publish --branch NAME takes another name
    "#);
    assert_eq!((sandbox.git(&["rev-parse", "postmortem/drafts"]), sandbox.status()), (before, status));
}

#[test]
fn a_draft_is_not_taken_for_a_branch() {
    let sandbox = crate::sandbox::Sandbox::with_repository();
    sandbox.run(&["new", "Login", "loop"]).ok();
    sandbox.run(&["new", "Other", "thing"]).ok();
    let refused = sandbox.run(&["publish", "--branch", "login"]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("publish login-loop --branch"), "{}", refused.stderr);
    assert!(sandbox.git(&["branch", "--list", "login"]).is_empty());
}

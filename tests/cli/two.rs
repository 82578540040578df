//! Two people with a clone each and one origin: drafts that went separate ways, and reviews over the remote.

use insta::assert_snapshot;

use crate::drafts::{ID, TEXT, busy, left, save};
use crate::sandbox::{Answer, Sandbox};

/// Ana's clone is `repo/`; Bob's stands beside it, and has fetched everything that Ana pushed.
fn two() -> Sandbox {
    let (sandbox, _) = busy();
    let origin = sandbox.at("origin.git");
    sandbox.git(&["clone", "-q", "--bare", ".", &origin.display().to_string()]);
    sandbox.git(&["remote", "add", "origin", &origin.display().to_string()]);
    sandbox.git(&["push", "-q", "origin", "main", "postmortem/drafts"]);
    sandbox.git(&["fetch", "-q"]);
    let bob = sandbox.at("bob");
    sandbox.git(&["clone", "-q", &origin.display().to_string(), &bob.display().to_string()]);
    sandbox
}

/// Our binary, run by Bob.
fn bob(sandbox: &Sandbox, arguments: &[&str]) -> Answer {
    sandbox.run_in(&sandbox.at("bob"), arguments)
}

/// git, run by Bob.
fn bobs_git(sandbox: &Sandbox, arguments: &[&str]) -> String {
    sandbox.git_in(&sandbox.at("bob"), arguments)
}

/// Both have another text of the draft, and Ana knows it.
fn diverged() -> Sandbox {
    let sandbox = two();
    bob(&sandbox, &["edit", "--set", "severity=SEV-1"]).ok();
    bob(&sandbox, &["new", "Only", "bobs"]).ok();
    bobs_git(&sandbox, &["push", "-q", "origin", "postmortem/drafts"]);
    save(&sandbox, ID, &TEXT.replace("**Severity**: SEV-2", "**Severity**: SEV-3"));
    sandbox.git(&["fetch", "-q"]);
    sandbox
}

#[test]
fn a_draft_that_both_changed_is_told_and_not_taken_away() {
    let sandbox = diverged();
    for command in [&[][..], &["list"]] {
        let answer = sandbox.run(command).ok();
        assert!(answer.stdout.contains("another text on origin/postmortem/drafts"), "{}", answer.stdout);
        assert!(
            answer.stderr.contains("git -C ../drafts merge origin/postmortem/drafts"),
            "{}",
            answer.stderr
        );
    }
    let before = (sandbox.git(&["rev-parse", "postmortem/drafts", "main"]), sandbox.status());
    assert_snapshot!(sandbox.run(&["publish", "checkout"]).status(2).stderr, @r"
    error: '2026-11-23-checkout-returns-5xx.md' has one text on postmortem/drafts and another on origin/postmortem/drafts
      caused by: until both are joined, 2026-11-23-checkout-returns-5xx would come back from the remote
    hint: git diff postmortem/drafts origin/postmortem/drafts -- ':/2026-11-23-checkout-returns-5xx.md' shows both texts
    hint: git worktree add ../drafts postmortem/drafts && git -C ../drafts merge origin/postmortem/drafts && git worktree remove ../drafts joins them
    ");
    sandbox.run(&["publish", "checkout", "--branch"]).status(2);
    sandbox.run(&["discard", "checkout"]).status(2);
    let others = sandbox.run(&["discard", "only-bobs"]).status(2);
    assert!(others.stderr.contains("only-bobs would come back from the remote"), "{}", others.stderr);
    assert_eq!((sandbox.git(&["rev-parse", "postmortem/drafts", "main"]), sandbox.status()), before);
    let noted = sandbox.run(&["note", "seen", "--at", "09:30", "-i", "checkout"]).ok();
    assert!(noted.stdout.contains("in the drafts; origin/postmortem/drafts has another text"));
}

#[test]
fn what_is_told_about_diverged_drafts_helps() {
    let sandbox = diverged();
    let hints = sandbox.run(&["publish", "checkout"]).status(2).stderr;
    let joining = hints.lines().find_map(|line| line.strip_prefix("hint: git worktree")).unwrap();
    let joining = joining.trim_end_matches(" joins them").replace(" merge ", " merge -q -X ours ");
    let mut shell = sandbox.command("sh", &sandbox.repo());
    crate::sandbox::answer(shell.args(["-c", &format!("git worktree{joining}")]), None).ok();
    assert!(!sandbox.run(&[]).ok().stdout.contains("another text"));
    sandbox.run(&["discard", "only-bobs"]).ok();
    sandbox.run(&["publish", "checkout"]).ok();
    assert_eq!(left(&sandbox), "");
    assert_eq!(sandbox.run(&["list", "--state", "draft"]).ok().stdout, "");
}

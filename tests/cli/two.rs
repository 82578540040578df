//! Two people with a clone each and one origin: drafts that went separate ways, and reviews over the remote.

use insta::assert_snapshot;

use crate::drafts::{ID, PATH, TEXT, busy, left, save};
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
        assert!(answer.stderr.contains("hint: git postmortem sync joins them\n"), "{}", answer.stderr);
    }
    let before = (sandbox.git(&["rev-parse", "postmortem/drafts", "main"]), sandbox.status());
    assert_snapshot!(sandbox.run(&["publish", "checkout"]).status(2).stderr, @r"
    error: '2026-11-23-checkout-returns-5xx.md' has one text on postmortem/drafts and another on origin/postmortem/drafts
      caused by: until both are joined, 2026-11-23-checkout-returns-5xx would come back from the remote
    hint: git diff postmortem/drafts origin/postmortem/drafts -- ':/2026-11-23-checkout-returns-5xx.md' shows both texts
    hint: git postmortem sync joins them
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
    assert!(hints.contains("hint: git postmortem sync joins them"), "{hints}");
    // Each set another severity: both stand there, and one of them has to go.
    sandbox.run(&["sync"]).status(1);
    save(&sandbox, ID, TEXT);
    assert!(!sandbox.run(&[]).ok().stdout.contains("another text"));
    sandbox.run(&["discard", "only-bobs"]).ok();
    sandbox.run(&["publish", "checkout"]).ok();
    assert_eq!(left(&sandbox), "");
    assert_eq!(sandbox.run(&["list", "--state", "draft"]).ok().stdout, "");
}

const BRANCH: &str = "review/checkout-returns-5xx";

/// Ana pushed her review; Bob changed a line on it and pushed that.
fn reviewed_by_bob() -> Sandbox {
    let sandbox = two();
    sandbox.run(&["publish", "--branch"]).ok();
    sandbox.git(&["push", "-q", "origin", BRANCH]);
    bobs_git(&sandbox, &["fetch", "-q"]);
    bobs_git(&sandbox, &["switch", "-q", BRANCH]);
    let path = sandbox.at("bob").join(PATH);
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("One in five", "One in six")).unwrap();
    bobs_git(&sandbox, &["commit", "-qam", "six"]);
    bobs_git(&sandbox, &["push", "-q"]);
    sandbox
}

#[test]
fn a_review_that_only_the_remote_has_is_one() {
    let sandbox = two();
    sandbox.run(&["publish", "--branch"]).ok();
    sandbox.git(&["push", "-q", "origin", BRANCH]);
    bobs_git(&sandbox, &["fetch", "-q"]);
    let listed = bob(&sandbox, &["list"]).ok().stdout;
    assert!(
        listed.contains(&format!(
            "in review  3 open   Checkout returns 5xx  only on the remote; origin/{BRANCH}"
        )),
        "{listed}"
    );
}

#[test]
fn what_a_reviewer_pushed_comes_into_draft_and_branch() {
    let sandbox = reviewed_by_bob();
    assert!(!sandbox.run(&[]).ok().stdout.contains("take in"), "nothing was fetched yet");
    sandbox.git(&["fetch", "-q"]);
    let bare = sandbox.run(&[]).ok().stdout;
    assert!(bare.contains(&format!("{BRANCH}, changes to take in on origin/{BRANCH}\n")), "{bare}");
    let answer = sandbox.run(&["publish", "--branch"]).ok();
    let told: Vec<&str> = answer.stdout.lines().take_while(|line| !line.is_empty()).collect();
    assert_snapshot!(told.join("\n"), @r"
    review  review/checkout-returns-5xx   2 commits ahead
            docs/post-mortems/2026-11-23-checkout-returns-5xx.md
    with    what changed on origin/review/checkout-returns-5xx
    ");
    assert_eq!(sandbox.git(&["rev-parse", BRANCH]), sandbox.git(&["rev-parse", &format!("origin/{BRANCH}")]));
    assert!(sandbox.git(&["show", &format!("postmortem/drafts:{ID}.md")]).contains("One in six"));
    save(&sandbox, ID, &TEXT.replace("One in five", "One in six").replace("31 minutes", "33 minutes"));
    sandbox.run(&["publish", "--branch"]).ok();
    sandbox.git(&["push", "-q", "origin", BRANCH]);
}

#[test]
fn a_review_that_both_went_on_with_is_joined() {
    let sandbox = reviewed_by_bob();
    save(&sandbox, ID, &TEXT.replace("**Duration**: 31", "**Duration**: 33"));
    sandbox.run(&["publish", "--branch"]).ok();
    sandbox.git(&["fetch", "-q"]);
    sandbox.run(&["publish", "--branch"]).ok();
    let text = sandbox.git(&["show", &format!("{BRANCH}:{PATH}")]);
    assert!(text.contains("One in six") && text.contains("33 minutes"), "{text}");
    sandbox.git(&["push", "-q", "origin", BRANCH]);
    assert!(sandbox.run(&["publish", "--branch"]).ok().stdout.contains("nothing new"));

    // What else was done on the branch is not ours to merge.
    bobs_git(&sandbox, &["commit", "-q", "--allow-empty", "-m", "more"]);
    bobs_git(&sandbox, &["pull", "-q", "--rebase"]);
    bobs_git(&sandbox, &["push", "-q", "-f"]);
    let tree = sandbox.at("tree");
    sandbox.git(&["worktree", "add", "-q", &tree.display().to_string(), BRANCH]);
    std::fs::write(tree.join("other.txt"), "x").unwrap();
    sandbox.git_in(&tree, &["add", "."]);
    sandbox.git_in(&tree, &["commit", "-qm", "other"]);
    sandbox.git(&["worktree", "remove", &tree.display().to_string()]);
    sandbox.git(&["fetch", "-q"]);
    let refused = sandbox.run(&["publish", "--branch"]).status(2);
    assert!(refused.stderr.contains("went separate ways"), "{}", refused.stderr);
}

#[test]
fn a_document_that_only_the_remotes_default_branch_has_is_not_published_twice() {
    let sandbox = reviewed_by_bob();
    bobs_git(&sandbox, &["switch", "-q", "main"]);
    bobs_git(&sandbox, &["merge", "-q", "--squash", BRANCH]);
    bobs_git(&sandbox, &["commit", "-qm", "reviewed"]);
    bobs_git(&sandbox, &["push", "-q"]);
    sandbox.git(&["fetch", "-q"]);
    let bare = sandbox.run(&[]).ok().stdout;
    assert!(
        bare.starts_with(&format!("drafts  {ID}   SEV-2,")) && bare.contains("origin/main has it already"),
        "{bare}"
    );
    assert_snapshot!(sandbox.run(&["publish", "checkout"]).status(2).stderr, @r"
    error: origin/main has 2026-11-23-checkout-returns-5xx already
    hint: git pull, then git postmortem publish checkout-returns-5xx takes the draft away
    ");
    sandbox.git(&["stash", "-q"]);
    sandbox.git(&["merge", "-q", "origin/main"]);
    sandbox.run(&["publish", "checkout"]).ok();
    assert_eq!(left(&sandbox), "");
    assert!(sandbox.read(PATH).contains("One in six"));
}

#[test]
fn on_the_branch_in_review_the_draft_is_not_left_over() {
    let sandbox = reviewed_by_bob();
    sandbox.git(&["switch", "-q", BRANCH]);
    let bare = sandbox.run(&[]).ok().stdout;
    assert!(!bare.contains("left over"), "{bare}");
    sandbox.git(&["switch", "-q", "main"]);

    // A branch with other work on it is nobody's to remove.
    sandbox.git(&["fetch", "-q"]);
    sandbox.run(&["publish", "--branch"]).ok();
    let tree = sandbox.at("tree");
    sandbox.git(&["worktree", "add", "-q", &tree.display().to_string(), BRANCH]);
    std::fs::write(tree.join("other.txt"), "x").unwrap();
    sandbox.git_in(&tree, &["add", "."]);
    sandbox.git_in(&tree, &["commit", "-qm", "other"]);
    let answer = sandbox.run(&["publish", "checkout"]).ok();
    assert!(!answer.stdout.contains("git branch -D"), "{}", answer.stdout);
    assert!(sandbox.read(PATH).contains("One in six"));
}

#[test]
fn only_what_is_not_here_is_only_on_the_remote() {
    let sandbox = two();
    bob(&sandbox, &["edit", "--set", "severity=SEV-1"]).ok();
    bob(&sandbox, &["new", "Only", "bobs"]).ok();
    bobs_git(&sandbox, &["push", "-q", "origin", "postmortem/drafts"]);
    sandbox.git(&["fetch", "-q"]);
    let listed = sandbox.run(&["list"]).ok().stdout;
    let of = |id: &str| listed.lines().find(|line| line.contains(id)).unwrap().contains("only on the remote");
    assert_eq!((of(ID), of("only-bobs"), listed.contains("SEV-1")), (false, true, true), "{listed}");
}

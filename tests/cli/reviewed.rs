//! What reviewers changed comes into the document, whichever way it is published; and what counts as in review.

use insta::assert_snapshot;

use crate::drafts::{ID, PATH, TEXT, busy, left, save};
use crate::review::{BRANCH, review};
use crate::sandbox::Sandbox;

/// A draft in review; a reviewer changed a line, and the draft another one since.
fn both_changed() -> Sandbox {
    let (sandbox, _) = busy();
    sandbox.run(&["publish", "--branch"]).ok();
    review(&sandbox, "One in five orders failed.", "One in six orders failed.");
    save(&sandbox, ID, &TEXT.replace("**Duration**: 31", "**Duration**: 33"));
    sandbox
}

fn has_both(text: &str) -> bool {
    text.contains("One in six") && text.contains("33 minutes")
}

#[test]
fn publishing_takes_in_what_reviewers_changed() {
    let sandbox = both_changed();
    let planned = sandbox.run(&["publish", "--dry-run"]).ok();
    assert!(planned.stdout.contains("with          what changed on review/checkout"), "{}", planned.stdout);
    let answer = sandbox.run(&["publish"]).ok();
    let commit = sandbox.git(&["rev-parse", "--short=7", "HEAD"]);
    let told: Vec<&str> =
        answer.stdout.lines().filter(|line| !line.contains('#') && !line.starts_with("unowned")).collect();
    assert_snapshot!(told.join("\n").replace(&commit, "0000000"), @r"
    published  docs/post-mortems/2026-11-23-checkout-returns-5xx.md   commit 0000000
    with       what changed on review/checkout-returns-5xx
    review     over: git branch -D review/checkout-returns-5xx removes its branch
    undo       git postmortem unpublish checkout-returns-5xx
    ");
    assert!(has_both(&sandbox.read(PATH)), "{}", sandbox.read(PATH));
    assert_eq!(
        (left(&sandbox), sandbox.git(&["for-each-ref", "refs/postmortem"])),
        (String::new(), String::new())
    );
}

#[test]
fn staging_takes_it_in_too() {
    let sandbox = both_changed();
    sandbox.run(&["publish", "--stage"]).ok();
    assert!(has_both(&sandbox.git(&["show", &format!(":{PATH}")])));
}

#[test]
fn a_conflict_refuses_the_publication_and_is_settled_in_the_draft() {
    let (sandbox, status) = busy();
    sandbox.run(&["publish", "--branch"]).ok();
    review(&sandbox, "One in five", "One in six");
    save(&sandbox, ID, &TEXT.replace("One in five", "One in seven"));
    let head = sandbox.git(&["rev-parse", "HEAD"]);
    let planned = sandbox.run(&["publish", "--dry-run"]).status(2);
    assert!(planned.stderr.contains("nothing was changed"), "{}", planned.stderr);
    let draft = || sandbox.git(&["show", &format!("postmortem/drafts:{ID}.md")]);
    assert!(!draft().contains("<<<<<<<"));
    assert_snapshot!(sandbox.run(&["publish"]).status(2).stderr, @r"
    error: the draft and review/checkout-returns-5xx changed the same lines in 1 place
      caused by: both versions stand in the draft now, between conflict marks; the branch is as it was
    hint: git postmortem edit checkout-returns-5xx -e, then git postmortem publish checkout-returns-5xx
    ");
    assert!(draft().contains("One in six") && draft().contains("One in seven"));
    assert_snapshot!(sandbox.run(&[]).ok().stdout, @r"
    in review  2026-11-23-checkout-returns-5xx   review/checkout-returns-5xx, a conflict to settle in the draft
    next       git postmortem edit checkout-returns-5xx -e
    ");
    assert_eq!((sandbox.git(&["rev-parse", "HEAD"]), sandbox.status()), (head, status));
    save(&sandbox, ID, &TEXT.replace("One in five", "One in six or seven"));
    sandbox.run(&["publish"]).ok();
    assert!(sandbox.read(PATH).contains("One in six or seven"));
}

#[test]
fn a_review_with_something_to_take_in_is_told() {
    let sandbox = both_changed();
    assert_snapshot!(sandbox.run(&[]).ok().stdout, @r"
    in review  2026-11-23-checkout-returns-5xx   review/checkout-returns-5xx, changes to take in
    next       git postmortem publish checkout-returns-5xx --branch
    ");
    let listed = sandbox.run(&["list"]).ok().stdout;
    assert!(listed.contains("changes to take in; review/checkout-returns-5xx"), "{listed}");
    assert_snapshot!(sandbox.run(&["show", "checkout", "-s", "root cause"]).ok().stderr, @r"
    review/checkout-returns-5xx has changes that this draft lacks
    hint: git postmortem publish checkout-returns-5xx --branch takes them in
    ");
    sandbox.run(&["publish", "--branch"]).ok();
    let bare = sandbox.run(&[]).ok().stdout;
    assert!(bare.starts_with(&format!("in review  {ID}   {BRANCH}\n")), "{bare}");
    save(&sandbox, ID, &TEXT.replace("**Duration**: 31", "**Duration**: 35"));
    assert!(!sandbox.run(&[]).ok().stdout.contains("take in"), "the draft is ahead, not the branch");
    assert_eq!(sandbox.run(&["show", "checkout"]).ok().stderr, "");
}

/// A draft with the template's guidance in it, which neither branch nor document has.
fn guided() -> (Sandbox, String) {
    let sandbox = Sandbox::with_repository();
    sandbox.run(&["new", "Login", "loop", "--date", "2026-11-20"]).ok();
    let text = sandbox.git(&["show", "postmortem/drafts:2026-11-20-login-loop.md"]) + "\n";
    assert!(text.contains("<!--"));
    sandbox.run(&["publish", "--branch", "--no-lint"]).ok();
    (sandbox, text)
}

#[test]
fn an_edited_draft_is_published_after_its_merged_review() {
    for squash in [true, false] {
        let (sandbox, text) = guided();
        if squash {
            sandbox.git(&["merge", "-q", "--squash", "review/login-loop"]);
            sandbox.git(&["commit", "-qm", "reviewed"]);
        } else {
            sandbox.git(&["merge", "-q", "--no-ff", "-m", "reviewed", "review/login-loop"]);
        }
        let listed = sandbox.run(&["list"]).ok();
        assert!(!listed.stdout.contains("other content"), "only the guidance differs: {}", listed.stdout);
        save(&sandbox, "2026-11-20-login-loop", &text.replace("## Summary\n", "## Summary\n\nIt looped.\n"));
        let bare = sandbox.run(&[]).ok().stdout;
        assert!(
            bare.contains("left over  2026-11-20-login-loop   published, and the draft differs"),
            "{bare}"
        );
        sandbox.run(&["publish", "login", "--no-lint"]).ok();
        let published = sandbox.read("docs/post-mortems/2026-11-20-login-loop.md");
        assert!(published.contains("It looped.") && !published.contains("<!--"), "{published}");
        assert_eq!(left(&sandbox), "");
    }
}

#[test]
fn what_was_changed_at_the_merge_is_kept_too() {
    let sandbox = both_changed();
    sandbox.git(&["stash", "-q"]);
    sandbox.git(&["merge", "-q", "--squash", BRANCH]);
    let merged = sandbox.read(PATH).replace("orders table", "shop table");
    sandbox.write(PATH, &merged);
    sandbox.git(&["commit", "-qam", "reviewed"]);
    let answer = sandbox.run(&["publish", "checkout"]).ok();
    assert!(answer.stdout.contains("with       what changed on main\n"), "{}", answer.stdout);
    let text = sandbox.read(PATH);
    assert!(has_both(&text) && text.contains("shop table"), "{text}");
}

#[test]
fn a_branch_that_merely_still_has_the_document_is_no_review() {
    for (squash, edited) in [(false, false), (true, false), (true, true)] {
        let (sandbox, _) = busy();
        sandbox.run(&["publish", "--branch"]).ok();
        sandbox.git(&["stash", "-q"]);
        let option = if squash { "--squash" } else { "--ff" };
        sandbox.git(&["merge", "-q", option, BRANCH]);
        if edited {
            sandbox.write(PATH, sandbox.read(PATH).replace("orders table", "shop table"));
        }
        if squash {
            sandbox.git(&["commit", "-qam", "reviewed"]);
        }
        sandbox.git(&["branch", "feature"]);
        sandbox.run(&["publish", "checkout"]).ok();
        sandbox.run(&["unpublish", "checkout"]).ok();
        assert_eq!(left(&sandbox), format!("{ID}.md"));
        let bare = sandbox.run(&[]).ok().stdout;
        assert!(bare.starts_with("drafts ") && !bare.contains("in review"), "squash {squash}: {bare}");
    }
}

#[test]
fn a_review_that_was_merged_and_taken_back_begins_anew() {
    let (sandbox, _) = busy();
    sandbox.run(&["publish", "--branch"]).ok();
    sandbox.git(&["stash", "-q"]);
    sandbox.git(&["merge", "-q", "--ff", BRANCH]);
    sandbox.run(&["publish", "checkout"]).ok();
    sandbox.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
    sandbox.run(&["unpublish", "checkout"]).ok();
    let answer = sandbox.run(&["publish", "checkout", "--branch"]).ok();
    assert!(!answer.stdout.contains("nothing new"), "{}", answer.stdout);
    assert_eq!(sandbox.git(&["rev-parse", &format!("{BRANCH}~1")]), sandbox.git(&["rev-parse", "HEAD"]));
    sandbox.git(&["merge", "-q", BRANCH]);
    assert_eq!(sandbox.read(PATH), TEXT);
}

#[test]
fn a_review_is_found_in_any_layout() {
    for output in
        ["pm/{year}/{severity}/{slug}.md", "{service}/pm/{slug}.md", "docs/pm/{date}-{slug}/README.md"]
    {
        let sandbox = Sandbox::with_repository();
        sandbox.commit(".postmortem.toml", format!("[documents]\noutput = \"{output}\"\n"), "layout");
        save(&sandbox, ID, &TEXT.replace("**Author**", "**Service**: shop\n**Author**"));
        sandbox.run(&["publish", "--branch", "for/review"]).ok();
        let listed = sandbox.run(&["list"]).ok().stdout;
        assert!(listed.contains("in review") && listed.contains("for/review"), "{output}: {listed}");
    }
}

/// A picture beside the draft in review, and the folder of a reviewer's work tree on the branch.
fn with_a_picture() -> (Sandbox, std::path::PathBuf) {
    let (sandbox, _) = busy();
    attach(&sandbox, "ours");
    sandbox.run(&["publish", "--branch"]).ok();
    let tree = sandbox.at("reviewer");
    sandbox.git(&["worktree", "add", "-q", &tree.display().to_string(), BRANCH]);
    let folder = tree.join(PATH.trim_end_matches(".md"));
    (sandbox, folder)
}

fn attach(sandbox: &Sandbox, text: &str) {
    std::fs::write(sandbox.at("graph.png"), text).unwrap();
    sandbox.run(&["edit", "checkout", "--attach", "../graph.png"]).ok();
}

fn commit_there(sandbox: &Sandbox, folder: &std::path::Path) {
    sandbox.git_in(folder, &["add", "."]);
    sandbox.git_in(folder, &["commit", "-qm", "a reviewer's pictures"]);
    sandbox.git(&["worktree", "remove", &sandbox.at("reviewer").display().to_string()]);
}

#[test]
fn pictures_that_a_reviewer_changed_and_added_come_in() {
    for branch in [true, false] {
        let (sandbox, folder) = with_a_picture();
        std::fs::write(folder.join("graph.png"), "theirs").unwrap();
        std::fs::write(folder.join("more.png"), "more").unwrap();
        commit_there(&sandbox, &folder);
        assert!(sandbox.run(&[]).ok().stdout.contains(&format!("{BRANCH}, changes to take in\n")));
        let place = if branch {
            sandbox.run(&["publish", "--branch"]).ok();
            format!("postmortem/drafts:{ID}")
        } else {
            sandbox.run(&["publish"]).ok();
            format!("HEAD:{}", PATH.trim_end_matches(".md"))
        };
        let read = |name: &str| sandbox.git(&["show", &format!("{place}/{name}")]);
        assert_eq!((read("graph.png").as_str(), read("more.png").as_str()), ("theirs", "more"));
    }
}

#[test]
fn a_picture_that_both_changed_is_for_the_author_to_choose() {
    let (sandbox, folder) = with_a_picture();
    std::fs::write(folder.join("graph.png"), "theirs").unwrap();
    commit_there(&sandbox, &folder);
    attach(&sandbox, "ours again");
    let refused = sandbox.run(&["publish"]).status(2);
    assert_snapshot!(refused.stderr, @r"
    error: the draft and review/checkout-returns-5xx both changed graph.png
      caused by: nothing was changed
    hint: git show 'review/checkout-returns-5xx:docs/post-mortems/2026-11-23-checkout-returns-5xx/graph.png' > graph.png gets theirs
    hint: git postmortem edit checkout-returns-5xx --attach graph.png takes it; attach yours again to keep that
    ");
    attach(&sandbox, "theirs");
    attach(&sandbox, "ours again");
    sandbox.run(&["publish"]).ok();
    assert_eq!(sandbox.read(&format!("{}/graph.png", PATH.trim_end_matches(".md"))), "ours again");
}

#[test]
fn a_newer_picture_goes_over_the_published_one() {
    let (sandbox, _) = busy();
    attach(&sandbox, "old");
    sandbox.run(&["publish"]).ok();
    save(&sandbox, ID, &TEXT.replace("31 minutes", "33 minutes"));
    attach(&sandbox, "new");
    sandbox.run(&["publish", "checkout"]).ok();
    assert_eq!(sandbox.read(&format!("{}/graph.png", PATH.trim_end_matches(".md"))), "new");
    assert!(sandbox.read(PATH).contains("33 minutes"));
}

#[test]
fn a_document_that_reviewers_moved_is_not_written_again_at_its_old_place() {
    let (sandbox, _) = busy();
    sandbox.run(&["publish", "--branch"]).ok();
    let tree = sandbox.at("reviewer");
    sandbox.git(&["worktree", "add", "-q", &tree.display().to_string(), BRANCH]);
    sandbox.git_in(&tree, &["mv", PATH, "docs/post-mortems/2026-11-23-till.md"]);
    sandbox.git_in(&tree, &["commit", "-qm", "a better name"]);
    let pushed = format!("refs/remotes/origin/{BRANCH}");
    sandbox.git(&["update-ref", &pushed, BRANCH]);
    sandbox.git(&["worktree", "remove", &tree.display().to_string()]);
    sandbox.git(&["remote", "add", "origin", "."]);
    let (old, new) = (sandbox.git(&["rev-parse", "--short=7", &format!("{BRANCH}~1")]), BRANCH);
    let renaming = sandbox.git(&["rev-parse", "--short=7", new]);
    let refused = sandbox.run(&["publish", "--branch"]).status(2);
    assert_snapshot!(refused.stderr.replace(&old, "0000000").replace(&renaming, "1111111"), @r"
    error: 'docs/post-mortems/2026-11-23-checkout-returns-5xx.md' is no longer on origin/review/checkout-returns-5xx
      caused by: 1111111 a better name
    hint: git diff -M --summary 0000000 origin/review/checkout-returns-5xx shows what became of it
    hint: git postmortem rename checkout-returns-5xx TITLE lets the draft follow; git postmortem discard checkout-returns-5xx ends it
    ");
    // Where only the remote has the new name, the old one is no better on the checked-out branch.
    sandbox.git(&["update-ref", &format!("refs/heads/{BRANCH}"), &format!("{BRANCH}~1")]);
    let refused = sandbox.run(&["publish"]).status(2);
    assert!(refused.stderr.contains(&format!("is no longer on origin/{BRANCH}")), "{}", refused.stderr);
}

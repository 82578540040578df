//! What a document's file is beside its text: line ends of a checkout, its mode, and marks that hide it from git.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use crate::drafts::{ID, PATH, TEXT, busy, left, save};
use crate::sandbox::{Answer, Sandbox};

/// A published document.
fn published() -> Sandbox {
    let sandbox = Sandbox::with_repository();
    sandbox.commit(PATH, TEXT, "document");
    sandbox
}

fn note(sandbox: &Sandbox) -> Answer {
    sandbox.run(&["note", "-i", ID, "the disk was full", "--at", "2026-11-23T02:00:00Z"])
}

fn mode(sandbox: &Sandbox, path: &str) -> u32 {
    fs::metadata(sandbox.repo().join(path)).unwrap().permissions().mode() & 0o777
}

#[test]
fn the_file_keeps_the_line_ends_of_a_checkout() {
    let sandbox = published();
    sandbox.commit(".gitattributes", "*.md eol=crlf\n", "line ends");
    fs::remove_file(sandbox.repo().join(PATH)).unwrap();
    sandbox.git(&["checkout", "-q", "--", PATH]);
    assert!(sandbox.read(PATH).contains("\r\n"));
    note(&sandbox).ok();
    for arguments in [&["note", "-i", ID, "again", "--no-commit"][..], &["toc"]] {
        sandbox.run(arguments).ok();
    }
    let (file, page) = (sandbox.read(PATH), sandbox.read("docs/post-mortems/README.md"));
    for text in [&file, &page] {
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "{text:?}");
    }
    assert!(file.contains("the disk was full") && file.contains("again"));
    let changed = sandbox.git(&["show", "--numstat", "--format=", "HEAD^", "--", PATH]);
    assert!(changed.ends_with(&format!("\t0\t{PATH}")), "lines came, none changed: {changed}");
    let stored = sandbox.git(&["show", &format!("HEAD:{PATH}")]);
    assert!(!stored.contains('\r') && stored.contains("the disk was full"));
}

#[test]
fn a_blob_with_crlf_that_git_leaves_alone_is_left_alone() {
    let sandbox = Sandbox::with_repository();
    sandbox.commit(PATH, TEXT.replace('\n', "\r\n"), "document");
    sandbox.commit(".gitattributes", "* text=auto\n", "line ends, from now on");
    assert_eq!(sandbox.status(), "");
    note(&sandbox).ok();
    assert_eq!(sandbox.status(), "");
    let changed = sandbox.git(&["show", "--numstat", "--format=", "HEAD"]);
    assert!(changed.ends_with(&format!("\t0\t{PATH}")), "lines came, none changed: {changed}");
}

#[test]
fn a_draft_with_other_line_ends_than_the_repository_is_published_once() {
    let sandbox = Sandbox::with_repository();
    sandbox.commit(".gitattributes", "* text=auto\n", "line ends");
    let draft = TEXT.replace('\n', "\r\n");
    save(&sandbox, ID, &draft);
    sandbox.run(&["publish", "checkout"]).ok();
    assert!(!sandbox.git(&["show", &format!("HEAD:{PATH}")]).contains('\r'));
    // Killed before the draft went: the second run completes the first.
    save(&sandbox, ID, &draft);
    let head = sandbox.git(&["rev-parse", "HEAD"]);
    let answer = sandbox.run(&["publish", "checkout"]).ok();
    assert!(answer.stdout.contains("git postmortem unpublish checkout"), "{}", answer.stdout);
    assert_eq!((sandbox.git(&["rev-parse", "HEAD"]), left(&sandbox)), (head, String::new()));
    assert_eq!(sandbox.status(), "");
    // Changed after it was staged and committed by hand, it is still known for what the document came from.
    let staged = draft.replace("31 minutes", "32 minutes").replace("5xx", "6xx");
    save(&sandbox, "2026-11-23-other", &staged);
    sandbox.run(&["publish", "other", "--stage"]).ok();
    sandbox.git(&["commit", "-q", "-m", "by hand"]);
    save(&sandbox, "2026-11-23-other", &staged.replace("32 minutes", "33 minutes"));
    sandbox.run(&["publish", "other"]).ok();
    assert!(sandbox.read("docs/post-mortems/2026-11-23-other.md").contains("33 minutes"));
}

#[test]
fn a_change_of_mode_is_somebodys_work() {
    let sandbox = published();
    let file = sandbox.repo().join(PATH);
    fs::set_permissions(&file, Permissions::from_mode(0o755)).unwrap();
    let answer = note(&sandbox).status(2);
    insta::assert_snapshot!(answer.stderr, @r"
    error: 'docs/post-mortems/2026-11-23-checkout-returns-5xx.md' has a change of its mode that is not committed
    hint: commit it first (git commit -- docs/post-mortems/2026-11-23-checkout-returns-5xx.md), or use --no-commit
    ");
    fs::set_permissions(&file, Permissions::from_mode(0o644)).unwrap();
    sandbox.git(&["update-index", "--chmod=+x", PATH]);
    let answer = note(&sandbox).status(2);
    assert!(answer.stderr.contains("has a staged change of its mode"), "{}", answer.stderr);
    sandbox.git(&["update-index", "--chmod=-x", PATH]);
    sandbox.git(&["config", "core.fileMode", "false"]);
    fs::set_permissions(&file, Permissions::from_mode(0o755)).unwrap();
    note(&sandbox).ok();
    assert!(sandbox.git(&["ls-files", "-s", PATH]).starts_with("100644 "));
}

#[test]
fn an_executable_document_stays_one_under_another_name_and_when_a_hook_refuses() {
    let sandbox = published();
    let tool = "docs/post-mortems/2026-11-23-checkout-returns-5xx/repeat.sh";
    sandbox.write(tool, "#!/bin/sh\n");
    for path in [PATH, tool] {
        fs::set_permissions(sandbox.repo().join(path), Permissions::from_mode(0o755)).unwrap();
    }
    sandbox.git(&["add", "docs"]);
    sandbox.git(&["commit", "-q", "-m", "executable"]);
    sandbox.hook("pre-commit", "exit 1");
    sandbox.run(&["rename", ID, "Disk", "full"]).status(2);
    assert_eq!((mode(&sandbox, PATH), sandbox.status()), (0o755, String::new()));
    sandbox.hook("pre-commit", "exit 0");
    sandbox.run(&["rename", ID, "Disk", "full"]).ok();
    let listed = sandbox.git(&["ls-tree", "-r", "HEAD", "docs"]);
    assert_eq!(listed.matches("100755 blob").count(), 2, "{listed}");
    assert_eq!(sandbox.status(), "");
}

#[test]
fn marks_that_hide_a_file_from_git_outlive_an_edit() {
    for (option, letter) in [("--skip-worktree", "S"), ("--assume-unchanged", "h")] {
        let sandbox = published();
        sandbox.git(&["update-index", option, PATH]);
        let marked = format!("{letter} {PATH}");
        sandbox.hook("pre-commit", "exit 1");
        note(&sandbox).status(2);
        assert_eq!(sandbox.git(&["ls-files", "-v", PATH]), marked, "after a refusal");
        assert_eq!(sandbox.read(PATH), TEXT);
        sandbox.hook("pre-commit", "exit 0");
        // From a folder below: paths are taken from the top.
        let folder = sandbox.repo().join("docs/post-mortems");
        sandbox.run_in(&folder, &["note", "-i", ID, "the disk was full"]).ok();
        assert_eq!(sandbox.git(&["ls-files", "-v", PATH]), marked, "after a commit");
        assert!(sandbox.git(&["show", "HEAD"]).contains("the disk was full"));
        sandbox.write(PATH, "somebody's own, hidden from git\n");
        let answer = note(&sandbox).status(2);
        assert!(answer.stderr.contains("has changes that are not committed"), "{}", answer.stderr);
        assert_eq!(sandbox.git(&["ls-files", "-v", PATH]), marked);
        for clear in ["--no-skip-worktree", "--no-assume-unchanged"] {
            sandbox.git(&["update-index", clear, PATH]);
        }
        sandbox.git(&["checkout", "-q", "--", PATH]);
        sandbox.git(&["update-index", option, PATH]);
        sandbox.run(&["unpublish", ID]).ok();
        assert_eq!(sandbox.status(), "");
    }
}

#[test]
fn a_draft_is_published_with_the_line_ends_that_a_checkout_would_write() {
    let (sandbox, _) = busy();
    sandbox.commit(".gitattributes", "*.md eol=crlf\n", "line ends");
    sandbox.run(&["publish", "checkout"]).ok();
    assert_eq!(sandbox.read(PATH), TEXT.replace('\n', "\r\n"));
    assert_eq!(left(&sandbox), "");
}

//! What `edit` takes care of: nobody types in vain, and nobody's file is replaced unseen.

use std::os::unix::process::CommandExt;

use crate::drafts::{ID, PATH, TEXT, save};
use crate::sandbox::{Sandbox, answer};

fn published() -> Sandbox {
    let sandbox = Sandbox::with_repository();
    sandbox.commit(PATH, TEXT, "document");
    sandbox
}

#[test]
fn the_editor_stays_shut_where_its_text_could_not_be_saved() {
    let mut sandbox = published();
    let editor = sandbox.script("editor", "touch ../opened");
    sandbox.set("GIT_EDITOR", editor);
    sandbox.write(PATH, format!("{TEXT}half a sentence"));
    let answer = sandbox.run(&["edit", ID, "-e"]).status(2);
    insta::assert_snapshot!(answer.stderr, @r"
    error: 'docs/post-mortems/2026-11-23-checkout-returns-5xx.md' has changes that are not committed
    hint: commit it first (git commit -- docs/post-mortems/2026-11-23-checkout-returns-5xx.md), or use --no-commit
    ");
    sandbox.git(&["checkout", "-q", "--", PATH]);
    sandbox.git(&["switch", "-q", "--detach"]);
    sandbox.run(&["edit", ID, "-e"]).status(2);
    assert!(!sandbox.at("opened").exists());
    sandbox.run(&["edit", ID, "-e", "--no-commit"]).ok();
    assert!(sandbox.at("opened").exists());
}

#[test]
fn what_cannot_be_left_uncommitted_is_not_told_to_be() {
    let sandbox = published();
    sandbox.write(PATH, format!("{TEXT}half a sentence"));
    for arguments in [&["unpublish", ID][..], &["rename", ID, "Another"], &["restore", ID, "--at", "HEAD"]] {
        let answer = sandbox.run(arguments).status(2);
        assert!(!answer.stderr.contains("--no-commit"), "{arguments:?} {}", answer.stderr);
    }
    sandbox.git(&["checkout", "-q", "--", PATH]);
    sandbox.hook("pre-commit", "exit 1");
    let answer = sandbox.run(&["edit", ID, "--set", "severity=1"]).status(2);
    assert_eq!(answer.stderr, "error: git commit refused\nhint: nothing was changed\n");
}

#[test]
fn a_key_that_ends_the_editor_leaves_us_to_say_where_the_text_is() {
    let mut sandbox = Sandbox::with_repository();
    save(&sandbox, ID, TEXT);
    let editor = sandbox.script("editor", "echo typed >> \"$1\"; kill -INT 0; sleep 60");
    sandbox.set("GIT_EDITOR", editor);
    let ended = answer(sandbox.binary(&sandbox.repo()).args(["edit", "-e"]).process_group(0), None).status(2);
    assert!(ended.stderr.contains("was ended by a signal"), "{}", ended.stderr);
    let kept = sandbox.repo().join(format!(".git/postmortem/edit/{ID}.md"));
    assert!(ended.stderr.contains(&format!("hint: the text is in {}", kept.display())), "{}", ended.stderr);
    assert_eq!(std::fs::read_to_string(&kept).unwrap(), format!("{TEXT}typed\n"));
    // It is not forgotten either.
    sandbox.set("GIT_EDITOR", "true");
    let next = sandbox.run(&["edit", "-e"]).ok();
    assert!(next.stderr.contains(&kept.display().to_string()), "{}", next.stderr);
}

#[test]
fn a_section_whose_editor_failed_is_saved_as_a_section() {
    let mut sandbox = Sandbox::with_repository();
    save(&sandbox, ID, TEXT);
    let editor = sandbox.script("editor", "echo typed >> \"$1\"; exit 3");
    sandbox.set("GIT_EDITOR", editor);
    let failed = sandbox.run(&["edit", "-e", "--section", "Summary"]).status(2);
    assert!(failed.stderr.contains("--section 'Summary' -F"), "{}", failed.stderr);
}

#[test]
fn an_attachment_that_is_replaced_is_named_with_its_way_back() {
    for place in ["draft", "document"] {
        let sandbox = if place == "draft" { Sandbox::with_repository() } else { published() };
        if place == "draft" {
            save(&sandbox, ID, TEXT);
        }
        let attach = |bytes: &str| {
            std::fs::write(sandbox.at("log"), bytes).unwrap();
            sandbox.run(&["edit", ID, "--attach", "../log"]).ok().stdout
        };
        assert!(!attach("theirs").contains("replaced"));
        assert_eq!(attach("theirs"), format!("unchanged  {ID}\n"));
        let said = attach("ours");
        let path = if place == "draft" { format!("{ID}/log") } else { PATH.replace(".md", "/log") };
        let line = said.lines().find(|line| line.starts_with("replaced")).unwrap_or_default();
        let blob = line.split(' ').skip_while(|word| *word != "blob").nth(1).unwrap_or_default();
        assert_eq!(line, format!("replaced  {path}   git cat-file blob {blob} > 'log' gets the other back"));
        assert_eq!(sandbox.git(&["cat-file", "blob", blob]), "theirs");
        assert_eq!(sandbox.status(), "");
    }
}

#[test]
fn a_file_without_an_end_is_not_read_to_it() {
    let sandbox = Sandbox::with_repository();
    save(&sandbox, ID, TEXT);
    for arguments in [&["edit", ID, "-F", "/dev/zero"][..], &["edit", ID, "--attach", "/dev/zero"]] {
        let answer = sandbox.run(arguments).status(2);
        assert_eq!(answer.stderr, "error: cannot read /dev/zero\n  caused by: it holds more than 64 MiB\n");
    }
}

//! The team's own hooks around our commits: what they leave running, and what they call of ours.

use crate::drafts::{ID, busy, left};
use crate::sandbox::{answer, write};

const PROGRAM: &str = env!("CARGO_BIN_EXE_git-postmortem");

#[test]
fn what_a_hook_leaves_running_keeps_nobody_waiting() {
    let (sandbox, _) = busy();
    for hook in ["post-commit", "reference-transaction"] {
        sandbox.hook(hook, &format!("sleep 60 &\necho $! >> ../{hook}"));
    }
    sandbox.run(&["publish", "checkout"]).ok();
    // The lock went with the commit: the next one does not wait either.
    sandbox.run(&["note", "-i", ID, "later"]).ok();
    for hook in ["post-commit", "reference-transaction"] {
        let started = std::fs::read_to_string(sandbox.at(hook)).unwrap();
        let started: Vec<&str> = started.split_whitespace().collect();
        let script = format!("kill {}", started.join(" "));
        let killed = answer(sandbox.command("sh", &sandbox.repo()).args(["-c", &script]), None);
        assert_eq!((killed.code, started.len() >= 2), (0, true), "{hook} was waited for: {}", killed.stderr);
    }
}

#[test]
fn a_command_inside_a_hook_of_our_own_commit_says_that_it_cannot_wait_for_it() {
    let (sandbox, _) = busy();
    sandbox.run(&["publish", "checkout"]).ok();
    let toc =
        format!("'{PROGRAM}' toc >../said 2>&1; echo $? >>../said; '{PROGRAM}' new From a hook >../begun");
    sandbox.hook("pre-commit", &toc);
    sandbox.run(&["note", "-i", ID, "later"]).ok();
    let said = std::fs::read_to_string(sandbox.at("said")).unwrap();
    insta::assert_snapshot!(said, @r"
    error: git postmortem is making a commit here, and a hook of that commit started this command
    hint: run it when the commit is made; a hook can save drafts, and leave itself out where $GIT_POSTMORTEM_COMMITTING is set
    2
    ");
    assert!(std::fs::read_to_string(sandbox.at("begun")).unwrap().contains("from-a-hook"));
    // Of another repository it is free to do what it likes.
    let apart = sandbox.at("apart");
    std::fs::create_dir(&apart).unwrap();
    sandbox.git_in(&apart, &["init", "-q", "-b", "main"]);
    write(&apart.join("docs/post-mortems/x.md"), "# X\n");
    sandbox.git_in(&apart, &["add", "docs"]);
    sandbox.git_in(&apart, &["commit", "-q", "-m", "begin"]);
    sandbox
        .hook("pre-commit", &format!("unset GIT_INDEX_FILE; cd ../apart && '{PROGRAM}' toc >../said 2>&1"));
    sandbox.run(&["note", "-i", ID, "again"]).ok();
    assert!(apart.join("docs/post-mortems/README.md").exists());
}

#[test]
fn a_file_attached_while_a_hook_runs_is_not_taken_away_with_the_draft() {
    let (sandbox, _) = busy();
    write(&sandbox.at("graph.png"), "a graph");
    let attach = "[ -e ../attached ] || { touch ../attached; ";
    let attach = format!("{attach}env -u GIT_INDEX_FILE '{PROGRAM}' edit checkout --attach ../graph.png; }}");
    sandbox.hook("pre-commit", &attach);
    let told = sandbox.run(&["publish", "checkout", "--no-lint"]);
    assert_eq!(told.code, 2);
    insta::assert_snapshot!(told.stderr, @r"
    error: graph.png was attached while 2026-11-23-checkout-returns-5xx was published
      caused by: the document is published, and the draft is still there
    hint: git postmortem publish 2026-11-23-checkout-returns-5xx
    ");
    sandbox.run(&["publish", "checkout"]).ok();
    assert_eq!(left(&sandbox), "");
    let held = sandbox.git(&["ls-tree", "-r", "--name-only", "HEAD", "docs"]);
    assert!(held.contains(&format!("docs/post-mortems/{ID}/graph.png")), "{held}");
}

#[test]
fn what_is_written_to_the_document_while_a_hook_says_no_can_be_had_back() {
    let (sandbox, _) = busy();
    sandbox.hook("pre-commit", &format!("echo mine > docs/post-mortems/{ID}.md; exit 1"));
    let told = sandbox.run(&["publish", "checkout", "--no-lint"]);
    let said = told.stderr.replace(blob_of(&told.stderr), "BLOB");
    insta::assert_snapshot!(said, @r"
    error: git commit refused
    hint: nothing was changed; the draft is as it was
    hint: something else wrote 'docs/post-mortems/2026-11-23-checkout-returns-5xx.md' meanwhile: git cat-file -p BLOB shows that text
    ");
    assert_eq!(sandbox.git(&["cat-file", "-p", blob_of(&told.stderr)]).trim(), "mine");
    assert!(!sandbox.repo().join(format!("docs/post-mortems/{ID}.md")).exists());
}

/// The blob that a hint names.
fn blob_of(said: &str) -> &str {
    said.split("cat-file -p ").nth(1).and_then(|rest| rest.split(' ').next()).unwrap()
}

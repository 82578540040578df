//! The team's own hooks around our commits: what they leave running, and what they call of ours.

use crate::drafts::{ID, busy};
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

//! `publish` killed at twenty instants, our process alone and its whole group; run again, it completes.

use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::drafts::{ID, PATH, TEXT, busy, left};
use crate::sandbox::Sandbox;

const INSTANTS: u32 = 20;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Victim {
    /// Our process; the git that it started runs on.
    Alone,
    /// Our process and everything that it started.
    Group,
}

fn start(sandbox: &Sandbox) -> Child {
    let mut command = sandbox.binary(&sandbox.repo());
    command.args(["publish", "checkout"]).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
    command.spawn().unwrap()
}

fn kill(sandbox: &Sandbox, child: &mut Child, victim: Victim) {
    let id = child.id();
    let whom = if victim == Victim::Group { format!("-{id}") } else { id.to_string() };
    // It may have ended by itself; then there is nobody to kill.
    drop(
        sandbox.command("kill", &sandbox.repo()).args(["-KILL", "--", &whom]).stderr(Stdio::null()).status(),
    );
    child.wait().unwrap();
}

/// How long an undisturbed run takes.
fn measure(hook: bool) -> Duration {
    let sandbox = world(hook).0;
    let begin = Instant::now();
    start(&sandbox).wait().unwrap();
    begin.elapsed()
}

fn world(hook: bool) -> (Sandbox, String) {
    let (sandbox, status) = busy();
    if hook {
        sandbox.hook("pre-commit", "sleep 0.05");
    }
    (sandbox, status)
}

/// The lock files that a killed git left behind.
fn locks(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            locks(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "lock")
            && !path.ends_with("work.lock")
        {
            found.push(path);
        }
    }
}

fn survives(victim: Victim, hook: bool) {
    let whole = measure(hook);
    let mut named = false;
    for instant in 0..INSTANTS {
        let (sandbox, status) = world(hook);
        let mut child = start(&sandbox);
        // The first third only reads.
        std::thread::sleep(whole * (INSTANTS + 2 * instant) / (3 * INSTANTS));
        kill(&sandbox, &mut child, victim);
        let mut left_behind = Vec::new();
        if victim == Victim::Group {
            locks(&sandbox.repo().join(".git"), &mut left_behind);
        }
        if !named && left_behind.iter().any(|lock| lock.ends_with("index.lock")) {
            // Once is enough: it waits for ten seconds before it gives up.
            let refused = sandbox.run(&["publish", "checkout"]).status(2);
            assert!(
                refused.stderr.contains("index.lock is held by another process, since"),
                "{}",
                refused.stderr
            );
            named = true;
        }
        left_behind.iter().for_each(|lock| std::fs::remove_file(lock).unwrap());
        sandbox.run(&["publish", "checkout"]).ok();
        let told = format!("{victim:?} at instant {instant}");
        assert_eq!(sandbox.git(&["show", &format!("HEAD:{PATH}")]), TEXT.trim_end(), "{told}");
        assert_eq!(sandbox.git(&["rev-list", "--count", "main"]), "3", "{told}");
        assert_eq!(sandbox.git(&["ls-tree", "-r", "--name-only", "HEAD", "docs"]), PATH, "{told}");
        assert_eq!(left(&sandbox), "", "{told}");
        assert_eq!(sandbox.status(), status, "{told}");
        sandbox.assert_sound(&sandbox.repo());
    }
}

#[test]
fn our_process_alone() {
    survives(Victim::Alone, false);
}

#[test]
fn our_process_alone_while_a_hook_runs() {
    survives(Victim::Alone, true);
}

#[test]
fn the_whole_group() {
    survives(Victim::Group, false);
}

#[test]
fn the_whole_group_while_a_hook_runs() {
    survives(Victim::Group, true);
}

#[test]
fn a_lock_that_is_left_is_named_and_once_removed_the_run_completes() {
    let (sandbox, status) = busy();
    let lock = sandbox.repo().join(".git/index.lock");
    std::fs::write(&lock, "").unwrap();
    let refused = sandbox.run(&["publish"]).status(2);
    assert!(
        refused.stderr.contains(&format!("{} is held by another process, since", lock.display())),
        "{}",
        refused.stderr
    );
    assert!(
        refused.stderr.contains("hint: wait for the other git; if none is running, remove "),
        "{}",
        refused.stderr
    );
    assert!(lock.exists());
    std::fs::remove_file(&lock).unwrap();
    sandbox.run(&["publish"]).ok();
    assert_eq!((sandbox.status(), left(&sandbox)), (status, String::new()));
    assert_eq!(sandbox.git(&["log", "-1", "--format=%s"]), format!("post-mortem: publish {ID}"));
}

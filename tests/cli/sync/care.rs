//! Many at once, and kills at any instant: the branch is whole, and another run completes it.

use std::os::unix::process::CommandExt;
use std::process::Stdio;
use std::time::{Duration, Instant};

use super::{assert_in_step, clone_of, draft, files, run, save, sharing, sync, sync_all};
use crate::drafts::{ID, TEXT};

const ROUNDS: usize = 5;

#[test]
fn three_that_note_and_sync_in_loops_lose_nothing() {
    let sandbox = sharing();
    std::thread::scope(|scope| {
        for name in ["repo", "bob", "cy"] {
            let sandbox = &sandbox;
            scope.spawn(move || {
                for round in 0..ROUNDS {
                    run(
                        sandbox,
                        name,
                        &["note", &format!("{name} saw {round}"), "--at", "09:30", "-i", "checkout"],
                    )
                    .ok();
                    run(sandbox, name, &["new", &format!("of {name} {round}")]).ok();
                    let answer = sync(sandbox, name);
                    assert_eq!(answer.code, 0, "{name} {round}: {answer:?}");
                }
            });
        }
    });
    sync_all(&sandbox);
    let text = draft(&sandbox, "origin.git");
    for name in ["repo", "bob", "cy"] {
        for round in 0..ROUNDS {
            assert_eq!(text.matches(&format!("{name} saw {round}")).count(), 1, "{name} {round}: {text}");
            assert!(files(&sandbox, "cy").contains(&format!("2026-11-23-of-{name}-{round}.md")));
        }
    }
}

#[test]
fn killed_at_any_instant_it_is_whole_and_the_next_run_completes() {
    let begin = |sandbox: &crate::sandbox::Sandbox| {
        let mut command = sandbox.binary(&clone_of(sandbox, "repo"));
        command.arg("sync").stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
        command.spawn().unwrap()
    };
    let world = || {
        let sandbox = sharing();
        save(&sandbox, "bob", ID, &TEXT.replace("five", "six"));
        sync(&sandbox, "bob").ok();
        save(&sandbox, "repo", ID, &TEXT.replace("**Duration**: 31", "**Duration**: 33"));
        sandbox
    };
    let started = Instant::now();
    begin(&world()).wait().unwrap();
    let whole = started.elapsed().min(Duration::from_millis(600));
    for instant in 0..8_u32 {
        let sandbox = world();
        let mut child = begin(&sandbox);
        std::thread::sleep(whole * instant / 8);
        let group = format!("-{}", child.id());
        let mut kill = sandbox.command("kill", &sandbox.repo());
        drop(kill.args(["-KILL", "--", &group]).stderr(Stdio::null()).status());
        child.wait().unwrap();
        sandbox.assert_sound(&sandbox.repo());
        // A git that was killed may have left a lock of its own, which is nobody's to remove but the user's.
        for lock in [
            "refs/heads/postmortem/drafts.lock",
            "refs/remotes/origin/postmortem/drafts.lock",
            "packed-refs.lock",
        ] {
            for place in [sandbox.repo().join(".git"), sandbox.at("origin.git")] {
                drop(std::fs::remove_file(place.join(lock)));
            }
        }
        sync(&sandbox, "repo").ok();
        sync_all(&sandbox);
        assert_eq!(
            draft(&sandbox, "cy"),
            TEXT.replace("five", "six").replace("**Duration**: 31", "**Duration**: 33"),
            "at {instant}"
        );
        assert_in_step(&sandbox);
    }
}

#[test]
fn a_hook_of_this_clone_that_stops_the_push_is_named() {
    let sandbox = sharing();
    save(&sandbox, "repo", ID, &TEXT.replace("**Duration**: 31", "**Duration**: 33"));
    sandbox.hook("pre-push", "echo 'not on a Friday' >&2\nexit 1");
    insta::assert_snapshot!(sync(&sandbox, "repo").status(2).stderr, @"
    error: the hook pre-push of this clone stopped the push; nothing was sent
      caused by: not on a Friday
    hint: what origin had is joined here; what the hook objects to is its own to say
    ");
}

#[test]
fn who_is_beaten_to_it_joins_and_sends_again() {
    let sandbox = sharing();
    save(&sandbox, "repo", ID, &TEXT.replace("**Duration**: 31", "**Duration**: 33"));
    save(&sandbox, "bob", ID, &TEXT.replace("five", "six"));
    // Bob pushes between the fetch of Ana's sync and its push.
    let bob = clone_of(&sandbox, "bob").display().to_string();
    let mark = sandbox.at("once").display().to_string();
    sandbox.hook(
        "pre-push",
        &format!("[ -e '{mark}' ] && exit 0\n: > '{mark}'\ngit -C '{bob}' push -q origin postmortem/drafts"),
    );
    let answer = sync(&sandbox, "repo").ok().stdout;
    assert!(answer.contains("joined"), "{answer}");
    assert_eq!(
        draft(&sandbox, "origin.git"),
        TEXT.replace("**Duration**: 31", "**Duration**: 33").replace("five", "six")
    );
    sync_all(&sandbox);
}

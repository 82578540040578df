//! Twenty processes that write ten drafts each: two hundred drafts, two hundred commits, nothing lost.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::sandbox::Sandbox;

const PROCESSES: usize = 20;
const DRAFTS: usize = 10;

/// Ends the other work also when a test fails, or it would never end.
struct Over<'a>(&'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Every process begins its drafts one after the other, all processes at once.
fn write(sandbox: &Sandbox) {
    std::thread::scope(|scope| {
        for process in 0..PROCESSES {
            scope.spawn(move || {
                for draft in 0..DRAFTS {
                    sandbox.run(&["new", &format!("outage {process} of {draft}")]).ok();
                }
            });
        }
    });
}

fn assert_complete(sandbox: &Sandbox) {
    let drafts = sandbox.git(&["ls-tree", "--name-only", "postmortem/drafts"]);
    assert_eq!(drafts.lines().count(), PROCESSES * DRAFTS);
    let commits = sandbox.git(&["rev-list", "--count", "postmortem/drafts"]);
    assert_eq!(commits, (PROCESSES * DRAFTS).to_string());
    let roots = sandbox.git(&["rev-list", "--max-parents=0", "--count", "postmortem/drafts"]);
    assert_eq!(roots, "1");
    assert_eq!(sandbox.status(), "");
    sandbox.assert_sound(&sandbox.repo());
}

#[test]
fn two_hundred_drafts_at_once() {
    let sandbox = Sandbox::with_repository();
    write(&sandbox);
    assert_complete(&sandbox);
}

#[test]
fn two_hundred_drafts_while_refs_are_packed() {
    let sandbox = Sandbox::with_repository();
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let packing = scope.spawn(|| {
            while !over.load(Ordering::Relaxed) {
                // It may lose a race for the lock itself; that is no fault of ours.
                sandbox.try_git_in(&sandbox.repo(), &["pack-refs", "--all"]);
            }
        });
        let over = Over(&over);
        write(&sandbox);
        drop(over);
        packing.join().unwrap();
    });
    assert_complete(&sandbox);
}

#[test]
fn one_name_typed_twenty_times_at_once_makes_one_draft() {
    let sandbox = Sandbox::with_repository();
    let answers: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..20).map(|_| scope.spawn(|| sandbox.run(&["new", "one outage"]))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(answers.iter().filter(|answer| answer.code == 0).count(), 1);
    assert!(answers.iter().all(|answer| matches!(answer.code, 0 | 2)));
    assert_eq!(sandbox.git(&["rev-list", "--count", "postmortem/drafts"]), "1");
}

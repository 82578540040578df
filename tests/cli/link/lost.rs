//! Commits that were rewritten, or are gone, and tags that moved.

use super::{ID, rows, story};
use crate::sandbox::Sandbox;
use crate::schema::assert_fits;

/// The first link in JSON.
fn first(sandbox: &Sandbox) -> serde_json::Value {
    assert_fits(&sandbox.run(&["link", "checkout", "--json"]).ok().stdout, "links")["links"][0].clone()
}

/// A commit on a branch, and its twin: the same change, rebased.
fn rewritten() -> (Sandbox, String, String) {
    let mut sandbox = story();
    sandbox.git(&["switch", "-q", "-c", "mend", "main~1"]);
    let old = sandbox.commit("mended", "line one\nline two\n", "Mend it for good");
    sandbox.run(&["link", "checkout", "--fix", &old[..10]]).ok();
    sandbox.at_time("2026-11-23T09:30:00Z");
    sandbox.git(&["rebase", "-q", "main"]);
    let new = sandbox.git(&["rev-parse", "mend"]);
    sandbox.git(&["switch", "-q", "main"]);
    assert_ne!(old, new);
    (sandbox, old, new)
}

#[test]
fn a_rewritten_commit_is_told_with_the_one_that_makes_the_same_change() {
    let (sandbox, old, new) = rewritten();
    let link = first(&sandbox);
    assert_eq!((link["state"].as_str(), link["twin"]["by"].as_str()), (Some("unreachable"), Some("patch")));
    assert_eq!(link["twin"]["commit"], new.as_str());
    let said = sandbox.run(&["link", "checkout"]).ok();
    assert!(
        said.stdout.contains(&format!("in no branch or tag: {} has the same change", &new[..7])),
        "{}",
        said.stdout
    );
    assert!(
        said.stderr.contains("1 link of 2026-11-23-checkout-returns-5xx; 1 leads nowhere that lasts"),
        "{}",
        said.stderr
    );
    assert!(
        said.stderr.contains(&format!("--fix {}, then --remove {}", &new[..7], &old[..7])),
        "{}",
        said.stderr
    );
    let refused = sandbox.run(&["link", "checkout", "--revert", &old]).status(2).stderr;
    assert!(refused.starts_with(&format!("error: {} is in no branch and no tag\n", &old[..7])), "{refused}");
    assert!(
        refused.contains(&format!("hint: {} makes the same change: Mend it for good", &new[..7])),
        "{refused}"
    );
    // What the list proposes is what helps.
    sandbox.run(&["link", "checkout", "--fix", &new[..7]]).ok();
    sandbox.run(&["link", "checkout", "--remove", &old[..7]]).ok();
    assert_eq!(rows(&sandbox).len(), 1);
    assert_eq!(first(&sandbox)["state"], "reachable");
}

#[test]
fn a_commit_that_is_gone_is_known_by_its_subject() {
    let (sandbox, old, new) = rewritten();
    sandbox.git(&["reflog", "expire", "--expire=now", "--all"]);
    sandbox.git(&["gc", "-q", "--prune=now"]);
    assert_ne!(sandbox.try_git_in(&sandbox.repo(), &["cat-file", "-e", &old]).code, 0, "it is gone");
    let link = first(&sandbox);
    assert_eq!((link["state"].as_str(), link["twin"]["by"].as_str()), (Some("vanished"), Some("subject")));
    assert_eq!(link["twin"]["commit"], new.as_str());
}

#[test]
fn a_commit_of_no_branch_without_a_twin_is_refused_with_what_keeps_it() {
    let sandbox = story();
    sandbox.git(&["switch", "-q", "--detach"]);
    let alone = sandbox.commit("alone", "alone", "Nobody else did this");
    let said = sandbox.run(&["link", "checkout", "--fix", "HEAD"]).ok().stdout;
    assert!(said.contains("Nobody else did this"), "HEAD keeps it\n{said}");
    sandbox.git(&["switch", "-q", "main"]);
    let refused = sandbox.run(&["link", "checkout", "--fix", &alone]).status(2).stderr;
    assert!(refused.contains(&format!("hint: git branch NAME {} keeps it", &alone[..7])), "{refused}");
    let link = first(&sandbox);
    assert_eq!((link["state"].as_str(), link["twin"].is_null()), (Some("unreachable"), true));
}

#[test]
fn a_tag_that_moved_is_told_and_linked_anew_by_linking_it_again() {
    let sandbox = story();
    sandbox.run(&["link", "checkout", "--deploy", "v1.5.0"]).ok();
    sandbox.git(&["tag", "-f", "-a", "-m", "again", "v1.5.0", "main"]);
    let now = sandbox.git(&["rev-parse", "main"]);
    let link = first(&sandbox);
    assert_eq!((link["state"].as_str(), link["now"].as_str()), (Some("moved"), Some(now.as_str())));
    let said = sandbox.run(&["link", "checkout"]).ok().stdout;
    assert!(said.contains(&format!("the tag names {} now", &now[..7])), "{said}");
    sandbox.run(&["link", "checkout", "--deploy", "v1.5.0"]).ok();
    assert_eq!(rows(&sandbox).len(), 1);
    assert_eq!(first(&sandbox)["commit"], now.as_str());
}

#[test]
fn a_shallow_clone_says_what_it_does_not_see() {
    let sandbox = story();
    sandbox.run(&["link", "checkout", "--deploy", "v1.4.0", "--fix", "#14"]).ok();
    let url = format!("file://{}", sandbox.repo().display());
    sandbox.git_in(
        &sandbox.root(),
        &["clone", "-q", "--depth", "1", "--no-single-branch", "--no-tags", &url, "shallow"],
    );
    let shallow = sandbox.at("shallow");
    let answer = sandbox.run_in(&shallow, &["link", "checkout", "--json"]).ok().stdout;
    let read = assert_fits(&answer, "links");
    assert_eq!(read["complete"], false);
    let states: Vec<_> =
        read["links"].as_array().unwrap().iter().map(|link| link["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["unseen", "reachable"]);
    let refused = sandbox.run_in(&shallow, &["link", ID, "--deploy", "v1.3.0"]).status(2).stderr;
    assert!(refused.contains("the clone is shallow: git fetch --unshallow --tags"), "{refused}");
}

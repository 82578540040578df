//! A short walk is told by the objects, a long one by git: both tell the same.

use std::collections::BTreeSet;

use git_postmortem::git::{CommitId, Repo, Route, Walked};

use crate::open;
use crate::sandbox::Sandbox;

fn walk(repo: &Repo, tips: &[CommitId], known: &[CommitId]) -> Vec<Walked> {
    let (wanted, progress) = (&|_: &[u8]| false, &|_| ());
    let route =
        Route { tips, known, has: &|_| false, since: None, folders: &[], files: false, wanted, progress };
    repo.walk_history(&route).unwrap().commits
}

/// What git lists, line by line: date, commit, parents.
fn agrees(sandbox: &Sandbox, tips: &[&str], known: &[&str]) -> usize {
    let repo = open(sandbox, &sandbox.repo());
    let ids = |names: &[&str]| -> Vec<CommitId> {
        names.iter().map(|name| sandbox.git(&["rev-parse", name]).parse().unwrap()).collect()
    };
    let walked = walk(&repo, &ids(tips), &ids(known));
    let told = |walked: &Walked| {
        let parents: String = walked.parents.iter().map(|parent| format!(" {parent}")).collect();
        format!("{} {}{parents}", walked.committed, walked.id)
    };
    let hidden: Vec<String> = known.iter().map(|name| format!("^{name}")).collect();
    let hidden: Vec<&str> = hidden.iter().map(String::as_str).collect();
    let listed = sandbox.git(&[&["rev-list", "--parents", "--timestamp"], tips, hidden.as_slice()].concat());
    let listed: Vec<&str> = listed.lines().collect();
    let walked: Vec<String> = walked.iter().map(told).collect();
    let all = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(walked.iter().cloned().collect::<BTreeSet<_>>(), all(&listed), "{tips:?} without {known:?}");
    assert_eq!(walked.len(), listed.len());
    if !listed.is_empty() {
        assert_eq!(walked[0], listed[0], "the newest comes first");
    }
    listed.len()
}

#[test]
fn a_few_commits_are_walked_as_git_lists_them() {
    let mut sandbox = Sandbox::with_repository();
    let mut minute = 0;
    let mut commit = |sandbox: &mut Sandbox, path: &str| {
        minute += 1;
        sandbox.at_time(&format!("2026-11-23T10:{minute:02}:00Z"));
        sandbox.commit(path, "x", path);
    };
    for path in ["one", "two", "three"] {
        commit(&mut sandbox, path);
    }
    sandbox.git(&["tag", "known"]);
    let first = agrees(&sandbox, &["main"], &[]);
    assert_eq!(agrees(&sandbox, &["main"], &["known"]), 0);
    for path in ["four", "five"] {
        commit(&mut sandbox, path);
    }
    assert_eq!(agrees(&sandbox, &["main"], &["known"]), 2, "one after another");
    sandbox.git(&["checkout", "-q", "-b", "side", "known~1"]);
    commit(&mut sandbox, "six");
    sandbox.git(&["checkout", "-q", "main"]);
    commit(&mut sandbox, "seven");
    sandbox.git(&["merge", "-q", "--no-ff", "-m", "merge", "side"]);
    assert_eq!(agrees(&sandbox, &["main"], &[]), first + 5);
    assert_eq!(agrees(&sandbox, &["main"], &["known"]), 5, "a merge, which git lists");
    sandbox.git(&["commit-graph", "write", "--reachable"]);
    assert_eq!(agrees(&sandbox, &["main"], &["known"]), 5, "the same by the commit-graph");
    assert_eq!(agrees(&sandbox, &["main", "side"], &["known", "side"]), 4);
    assert_eq!(agrees(&sandbox, &["side"], &["main"]), 0, "back to what was");
    assert_eq!(agrees(&sandbox, &["main", "side", "known"], &[]), first + 5, "each once");
    sandbox.git(&["checkout", "-q", "--orphan", "other"]);
    sandbox.commit("file", "x", "another root");
    assert_eq!(agrees(&sandbox, &["other"], &["known"]), 1);
    assert_eq!(agrees(&sandbox, &["other", "main"], &[]), first + 6);
}

#[test]
fn what_is_gone_is_an_error_in_a_short_walk_too() {
    let sandbox = Sandbox::with_repository();
    let first = sandbox.commit("a", "x", "first");
    sandbox.commit("a", "y", "second");
    let repo = open(&sandbox, &sandbox.repo());
    let head: [CommitId; 1] = [sandbox.git(&["rev-parse", "HEAD"]).parse().unwrap()];
    let gone: [CommitId; 1] = ["1".repeat(40).parse().unwrap()];
    let (wanted, progress) = (&|_: &[u8]| false, &|_| ());
    let route = |known| Route {
        tips: &head,
        known,
        has: &|_| false,
        since: None,
        folders: &[],
        files: false,
        wanted,
        progress,
    };
    assert!(repo.walk_history(&route(&[])).is_ok());
    assert!(repo.walk_history(&route(&gone)).is_err(), "a known commit that is gone");
    std::fs::remove_file(sandbox.repo().join(".git/objects").join(&first[..2]).join(&first[2..])).unwrap();
    let repo = open(&sandbox, &sandbox.repo());
    assert!(repo.walk_history(&route(&[])).is_err(), "a commit that is gone");
}

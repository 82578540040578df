//! What objects and refs tell is not asked of git, and what is broken in them ends in an answer.

use std::fs;

use super::heard::Heard;
use crate::sandbox::write;

#[test]
fn a_release_on_a_merge_and_in_an_alternate_is_told_without_git() {
    let heard = Heard::new();
    let sandbox = &heard.sandbox;
    sandbox.git(&["update-ref", "-d", "refs/heads/postmortem/drafts"]);
    sandbox.git(&["checkout", "-q", "-b", "side"]);
    sandbox.commit("src/side", "x", "side");
    sandbox.git(&["checkout", "-q", "main"]);
    sandbox.commit("src/main", "x", "main");
    sandbox.git(&["merge", "-q", "--no-ff", "-m", "merge", "side"]);
    sandbox.git(&["tag", "-a", "-m", "two", "v2"]);
    sandbox.git(&["tag", "-a", "-m", "of a tag", "v3", "v2"]);
    heard.settle();
    heard.run(&["list", "--for", "v1"]);
    for tag in ["v2", "v3"] {
        assert_eq!(
            heard.run(&["list", "--for", tag]).1,
            ["log"],
            "without a commit-graph git tells of a merge"
        );
    }
    sandbox.git(&["gc", "-q"]);
    sandbox.git(&["commit-graph", "write", "--reachable"]);
    for tag in ["v1", "v2", "v3"] {
        assert_eq!(heard.run(&["list", "--for", tag]).1, [""; 0], "{tag}");
    }
    // Nothing of it is here, and everything at hand.
    let objects = sandbox.repo().join(".git/objects");
    fs::rename(&objects, sandbox.at("elsewhere")).unwrap();
    fs::create_dir_all(objects.join("info")).unwrap();
    write(&objects.join("info/alternates"), format!("{}\n", sandbox.at("elsewhere").display()));
    let (answer, asked) = heard.run(&["list", "--for", "v1"]);
    assert_eq!((answer.code, asked), (0, Vec::new()), "{}", answer.stderr);
}

#[test]
fn a_tag_that_leads_to_itself_or_to_nothing_ends() {
    let heard = Heard::new();
    let sandbox = &heard.sandbox;
    heard.settle();
    let tag = sandbox.git(&["rev-parse", "HEAD"]);
    let objects = sandbox.repo().join(".git/objects");
    let other = "ab".repeat(20);
    // An object under another one's name, as a bad copy leaves it.
    fs::create_dir_all(objects.join("ab")).unwrap();
    fs::copy(objects.join(&tag[..2]).join(&tag[2..]), objects.join("ab").join(&other[2..])).unwrap();
    let (answer, _) = heard.run(&["list", "--for", &other]);
    assert!(answer.code != 101 && answer.stdout.is_empty(), "{answer:?}");
}

#[test]
fn a_few_new_commits_are_read_without_git() {
    let heard = Heard::new();
    let sandbox = &heard.sandbox;
    let text = "# Outage\n\n## Action Items\n\n- [ ] mend it\n";
    sandbox.commit("docs/post-mortems/2026-03-08-outage.md", text, "publish");
    heard.settle();
    let listed = || {
        let (answer, asked) = heard.run(&["actions"]);
        assert_eq!(answer.code, 0, "{}", answer.stderr);
        asked.iter().any(|word| word == "rev-list")
    };
    assert!(!listed(), "a short history");
    sandbox.commit("src/a", "x", "one more");
    assert!(!listed());
    sandbox.git(&["commit", "-q", "--amend", "-m", "another word for it"]);
    assert!(!listed(), "what was known is on a line that was left");
    sandbox.commit("src/b", "x", "and one");
    assert!(!listed());
    sandbox.git(&["checkout", "-q", "-b", "side", "HEAD~1"]);
    sandbox.commit("src/c", "x", "beside");
    sandbox.git(&["checkout", "-q", "main"]);
    sandbox.git(&["merge", "-q", "--no-ff", "-m", "merge", "side"]);
    assert!(listed(), "what a merge brought is git's to list without a commit-graph");
}

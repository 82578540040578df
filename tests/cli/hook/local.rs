//! `hook install --local`: `git tag` is refused, and everything else that moves tags goes on.

use std::fs;

use super::{World, assert_clean};
use crate::sandbox::answer;

fn closed() -> World {
    let world = World::new();
    world.sandbox.git(&["tag", "old"]);
    world.sandbox.git(&["tag", "-a", "-m", "gone", "going"]);
    world.install(&["--local"]).ok();
    assert_clean(&world.sandbox, &world.hooks().join("reference-transaction"));
    world.verdict(1);
    world
}

#[test]
fn a_tag_is_refused_however_it_is_made() {
    let world = closed();
    let sandbox = &world.sandbox;
    sandbox.git(&["config", "alias.release", "tag"]);
    sandbox.git(&["config", "alias.mark", "!git tag"]);
    let ways: [&[&str]; 9] = [
        &["tag", "v1"],
        &["tag", "-a", "-m", "one", "v1"],
        &["tag", "-f", "old", "HEAD~0^{tree}"],
        &["-c", "user.name=A B", "--no-pager", "tag", "v1"],
        &["-C", ".", "tag", "v1", "HEAD"],
        &["--git-dir", ".git", "tag", "v1"],
        &["release", "v1"],
        &["mark", "v1"],
        &["update-ref", "refs/tags/v1", "HEAD"],
    ];
    for way in ways {
        let said = world.git(way);
        assert_ne!(said.code, 0, "{way:?}");
        assert!(said.stderr.contains("ref updates aborted by hook"), "{way:?}: {}", said.stderr);
        assert_eq!(world.starts(), 1, "{way:?}");
        assert_eq!(sandbox.git(&["tag"]), "going\nold", "{way:?}");
    }
    world.verdict(2);
    world.git(&["tag", "v1"]).status(128);
    world.verdict(0);
    world.git(&["tag", "v1"]).ok();
    let head = sandbox.git(&["rev-parse", "HEAD"]);
    let asked = world.asked();
    let line = format!("{} {head} refs/tags/v1\n", "0".repeat(40));
    assert!(asked.ends_with(&format!("asked: hook run reference-transaction prepared\n{line}")), "{asked}");
}

#[test]
fn fetch_clone_gc_pack_refs_and_deletion_are_unharmed() {
    let world = closed();
    let sandbox = &world.sandbox;
    let other = sandbox.at("other");
    sandbox.git_in(&sandbox.root(), &["clone", "-q", "there.git", "other"]);
    for tag in ["tag", "v1", "update-ref"] {
        sandbox.git_in(&other, &["tag", tag]);
    }
    sandbox.git_in(&other, &["tag", "-a", "-m", "two", "v2"]);
    sandbox.git_in(&other, &["push", "-q", "--tags", "origin"]);
    for deed in [
        &["fetch", "-q", "--tags", "origin"][..],
        &["fetch", "-q", "origin", "tag", "tag"],
        &["fetch", "-q", "--prune", "--prune-tags", "origin"],
        &["fetch", "-q", "../other", "refs/tags/*:refs/tags/*"],
        &["tag", "local-list", "--list"],
        &["pack-refs", "--all"],
        &["gc", "-q"],
        &["repack", "-q", "-a", "-d"],
        &["tag", "-d", "v1"],
        &["update-ref", "-d", "refs/tags/v2"],
        &["branch", "tag"],
        &["commit", "-q", "--allow-empty", "-m", "tag v9"],
        &["pull", "-q", "--tags", "--no-rebase", "--no-edit", "origin", "main"],
        &["maintenance", "run", "--task", "pack-refs"],
    ] {
        let said = world.git(deed);
        assert_eq!(said.code, 0, "{deed:?}: {}", said.stderr);
    }
    assert_eq!(world.asked(), "");
    // A clone whose hooks come from a template with ours in it.
    let template = format!("--template={}", sandbox.repo().join(".git").display());
    let cloned = sandbox.at("cloned");
    fs::create_dir(sandbox.at("template")).unwrap();
    let copy = ["-r", "repo/.git/hooks", "template/hooks"];
    answer(sandbox.command("cp", &sandbox.root()).args(copy), None).ok();
    let template = template.replace("repo/.git", "template");
    sandbox.git_in(&sandbox.root(), &["clone", "-q", &template, "there.git", "cloned"]);
    assert!(cloned.join(".git/hooks/reference-transaction").exists());
    assert!(sandbox.git_in(&cloned, &["tag"]).contains("v2"));
    // Somebody pushes tags to us.
    sandbox.git_in(&other, &["push", "-q", "../repo", "refs/tags/v2:refs/tags/pushed"]);
    assert_eq!(world.asked(), "");
}

#[test]
fn without_the_program_only_new_tags_wait() {
    let mut world = closed();
    world.without_program();
    let said = world.git(&["tag", "v1"]).status(128);
    assert!(said.stderr.contains("only tags wait for it"), "{}", said.stderr);
    for deed in
        [&["tag", "-d", "old"][..], &["pack-refs", "--all"], &["fetch", "-q", "--tags"], &["branch", "b"]]
    {
        world.git(deed).ok();
    }
}

#[test]
fn a_transaction_hook_that_was_there_sees_every_state_with_its_lines() {
    let world = World::new();
    world.sandbox.hook("reference-transaction", "{ echo \"$1\"; cat; } >>../theirs");
    let transact = || {
        world.sandbox.git(&["tag", "-f", "v1"]);
        world.sandbox.git(&["branch", "-f", "b"]);
        let seen = fs::read_to_string(world.sandbox.at("theirs")).unwrap();
        fs::remove_file(world.sandbox.at("theirs")).unwrap();
        world.sandbox.git(&["tag", "-d", "v1"]);
        world.sandbox.git(&["branch", "-D", "b"]);
        fs::remove_file(world.sandbox.at("theirs")).unwrap();
        seen
    };
    let before = transact();
    world.install(&["--local"]).ok();
    assert_eq!(transact(), before);
    assert!(before.contains("prepared") && before.contains("committed"));
    assert_eq!(world.starts(), 1);
}

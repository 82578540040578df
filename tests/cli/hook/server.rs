//! `hook install --server`: tags are refused where they arrive, whatever the client has installed.

use std::fs;

use super::{World, assert_clean, everything};

#[test]
fn the_bare_repository_refuses_tags_ref_by_ref_and_the_client_has_no_hook() {
    let world = World::new();
    let sandbox = &world.sandbox;
    let there = sandbox.at("there.git");
    let before = everything(&there.join("hooks"));
    let said = sandbox.run_in(&there, &["hook", "install", "--server"]).ok();
    insta::assert_snapshot!(said.stdout, @r"
    update  written    hooks/update
    next    git postmortem hook status   what passes beside it
    undo    git postmortem hook uninstall
    ");
    assert_clean(sandbox, &there.join("hooks/update"));
    sandbox.commit("a.txt", "a\n", "more");
    world.git(&["push", "-q", "origin", "main"]).ok();
    assert_eq!(world.asked(), "");
    sandbox.git(&["tag", "-a", "-m", "one", "v1"]);
    let tag = sandbox.git(&["rev-parse", "v1"]);
    world.git(&["push", "-q", "origin", "v1"]).ok();
    assert_eq!(world.asked(), format!("asked: hook run update refs/tags/v1 {} {tag}\n", "0".repeat(40)));
    world.verdict(1);
    sandbox.git(&["tag", "v2"]);
    let refused = world.git(&["push", "origin", "v2", "main:refs/heads/other"]).status(1);
    assert!(refused.stderr.contains("! [remote rejected] v2 -> v2 (hook declined)"), "{}", refused.stderr);
    assert_eq!(world.arrived(), "v1");
    sandbox.git_in(&there, &["rev-parse", "--verify", "-q", "other"]);
    world.git(&["push", "-q", "origin", ":refs/tags/v1"]).ok();
    assert_eq!(world.starts(), 1);
    sandbox.run_in(&there, &["hook", "status"]).ok();
    sandbox.run_in(&there, &["hook", "uninstall"]).ok();
    assert_eq!(everything(&there.join("hooks")), before);
}

#[test]
fn an_update_hook_that_was_there_goes_on_behind_it() {
    let world = World::new();
    let hook = world.sandbox.at("there.git/hooks/update");
    fs::rename(world.sandbox.script("theirs", "echo \"$1\" >>../seen"), &hook).unwrap();
    world.sandbox.run_in(&world.sandbox.at("there.git"), &["hook", "install", "--server"]).ok();
    world.sandbox.git(&["tag", "v1"]);
    world.git(&["push", "-q", "origin", "v1"]).ok();
    assert_eq!(fs::read_to_string(world.sandbox.at("seen")).unwrap(), "refs/tags/v1\n");
    assert_eq!(world.starts(), 1);
}

#[test]
fn a_server_without_the_program_lets_branches_in() {
    let mut world = World::new();
    world.sandbox.run_in(&world.sandbox.at("there.git"), &["hook", "install", "--server"]).ok();
    world.without_program();
    world.sandbox.git(&["tag", "v1"]);
    world.git(&["push", "-q", "origin", "main:refs/heads/other"]).ok();
    let said = world.git(&["push", "-q", "origin", "v1"]).status(1);
    assert!(said.stderr.contains("remote: error: release tags are judged here"), "{}", said.stderr);
}

#[test]
fn a_repository_with_a_work_tree_is_no_server() {
    let world = World::new();
    let said = world.install(&["--server"]).status(2);
    insta::assert_snapshot!(said.stderr, @r"
    error: --server is for the bare repository that pushes arrive in, and this one has a work tree
    hint: git postmortem hook install guards pushes from here
    ");
}

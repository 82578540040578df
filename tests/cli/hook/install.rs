//! What is put where, and that all of it is as before when it is taken away.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

use super::{World, assert_clean, everything};
use crate::sandbox::write;

/// Writes down its arguments and its standard input, and ends as `ends` says.
const THEIRS: &str = "#!/bin/sh -eu\nset -- \"$@\" end\necho \"args: $*\" >>../theirs\ncat >>../theirs\nexit \"$(cat ../ends 2>/dev/null || echo 0)\"";

fn theirs(world: &World) -> String {
    let file = world.sandbox.at("theirs");
    let text = fs::read_to_string(&file).unwrap_or_default();
    drop(fs::remove_file(file));
    text
}

#[test]
fn into_nothing_and_away_again() {
    let world = World::new();
    let before = everything(&world.hooks());
    let said = world.install(&[]).ok();
    insta::assert_snapshot!(said.stdout, @r"
    pre-push  written    .git/hooks/pre-push
    next      git postmortem hook status   what passes beside it
    undo      git postmortem hook uninstall
    ");
    assert_clean(&world.sandbox, &world.hooks().join("pre-push"));
    let installed = everything(&world.hooks());
    let again = world.install(&[]).ok();
    assert!(again.stdout.starts_with("pre-push  in place   .git/hooks/pre-push\n"), "{}", again.stdout);
    assert_eq!(everything(&world.hooks()), installed);
    insta::assert_snapshot!(world.uninstall().ok().stdout, @"pre-push  removed    .git/hooks/pre-push");
    assert_eq!(everything(&world.hooks()), before);
    let nothing = world.uninstall().ok();
    insta::assert_snapshot!(nothing.stderr, @"nothing to take away: no hook of this repository asks the gate");
}

#[test]
fn a_folder_that_was_not_there_goes_with_the_hook() {
    let world = World::new();
    fs::remove_dir_all(world.hooks()).unwrap();
    world.install(&["--local"]).ok();
    world.sandbox.git(&["tag", "v1"]);
    assert_eq!(world.starts(), 1);
    world.uninstall().ok();
    assert!(!world.hooks().exists());
}

#[test]
fn a_script_keeps_its_input_its_arguments_and_its_say() {
    let world = World::new();
    let hook = world.hooks().join("pre-push");
    write(&hook, THEIRS);
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o750)).unwrap();
    let before = everything(&world.hooks());
    let said = world.install(&[]).ok();
    assert!(said.stdout.starts_with("pre-push  inserted   .git/hooks/pre-push\n"), "{}", said.stdout);
    assert_clean(&world.sandbox, &hook);
    let head = world.sandbox.git(&["rev-parse", "HEAD"]);
    world.sandbox.git(&["tag", "v1"]);
    world.git(&["push", "-q", "origin", "v1"]).ok();
    let line = format!("refs/tags/v1 {head} refs/tags/v1 {}\n", "0".repeat(40));
    assert_eq!(theirs(&world), format!("args: origin ../there.git end\n{line}"));
    assert_eq!(world.starts(), 1);
    // Nothing to push: nothing on standard input either.
    world.git(&["push", "-q", "origin", "main"]).ok();
    assert_eq!(theirs(&world), "args: origin ../there.git end\n");
    // Their no stops the push, and is not heard where ours has stopped it.
    fs::write(world.sandbox.at("ends"), "3").unwrap();
    world.git(&["push", "-q", "origin", "main:refs/heads/other"]).status(1);
    assert!(theirs(&world).contains("refs/heads/other"));
    fs::remove_file(world.sandbox.at("ends")).unwrap();
    world.verdict(1);
    world.git(&["push", "-q", "origin", "main:refs/tags/v2"]).status(1);
    assert_eq!(theirs(&world), "");
    let installed = everything(&world.hooks());
    world.install(&[]).ok();
    assert_eq!(everything(&world.hooks()), installed);
    world.uninstall().ok();
    assert_eq!(everything(&world.hooks()), before);
}

#[test]
fn what_a_push_of_many_refs_says_is_handed_on_whole() {
    let world = World::new();
    write(&world.hooks().join("pre-push"), THEIRS);
    fs::set_permissions(world.hooks().join("pre-push"), fs::Permissions::from_mode(0o755)).unwrap();
    world.install(&[]).ok();
    let head = world.sandbox.git(&["rev-parse", "HEAD"]);
    // More than a pipe holds.
    let refs: String =
        (0..1500).map(|n| format!("create refs/heads/a-branch-of-some-length-{n} {head}\n")).collect();
    let input = world.sandbox.at("refs");
    fs::write(&input, refs).unwrap();
    let mut git = world.sandbox.command("git", &world.sandbox.repo());
    assert!(
        git.args(["update-ref", "--stdin"]).stdin(fs::File::open(input).unwrap()).status().unwrap().success()
    );
    world.sandbox.git(&["tag", "v1"]);
    world.git(&["push", "-q", "--all", "origin"]).ok();
    assert_eq!(world.asked(), "");
    assert_eq!(theirs(&world).lines().count(), 1501);
    world.git(&["push", "-q", "origin", "refs/heads/*:refs/heads/again/*", "v1"]).ok();
    assert_eq!(theirs(&world).lines().count(), 1503);
    assert_eq!(world.asked().lines().count(), 1503);
}

#[test]
fn a_hook_in_another_language_runs_behind_ours() {
    let world = World::new();
    let hook = world.hooks().join("pre-push");
    let awk = "#!/usr/bin/awk -f\nBEGIN { print ARGV[1], ARGV[2] >\"../theirs\"; while ((getline line < \"-\") > 0) print line >\"../theirs\"; exit 0 }\n";
    write(&hook, awk);
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    let before = everything(&world.hooks());
    let said = world.install(&[]).ok();
    insta::assert_snapshot!(said.stdout, @r"
    pre-push  written    .git/hooks/pre-push
              it starts the hook that was there, now .git/hooks/pre-push.kept-by-git-postmortem
    next      git postmortem hook status   what passes beside it
    undo      git postmortem hook uninstall
    ");
    assert_clean(&world.sandbox, &hook);
    let installed = everything(&world.hooks());
    world.install(&[]).ok();
    assert_eq!(everything(&world.hooks()), installed);
    world.sandbox.git(&["tag", "v1"]);
    world.git(&["push", "-q", "origin", "v1"]).ok();
    let seen = theirs(&world);
    assert!(seen.starts_with("origin ../there.git\nrefs/tags/v1 "), "{seen}");
    assert!(world.uninstall().ok().stdout.starts_with("pre-push  restored   .git/hooks/pre-push"));
    assert_eq!(everything(&world.hooks()), before);
}

#[test]
fn a_link_stays_a_link_and_what_git_skipped_stays_skipped() {
    for executable in [true, false] {
        let world = World::new();
        let hook = world.hooks().join("pre-push");
        if executable {
            let script = world.sandbox.script("shared-hook", "echo linked >>../theirs");
            symlink(script, &hook).unwrap();
        } else {
            write(&hook, THEIRS);
        }
        let before = everything(&world.hooks());
        world.install(&[]).ok();
        world.sandbox.git(&["tag", "v1"]);
        world.git(&["push", "-q", "origin", "v1"]).ok();
        assert_eq!(world.starts(), 1);
        assert_eq!(theirs(&world), if executable { "linked\n" } else { "" });
        world.uninstall().ok();
        assert_eq!(everything(&world.hooks()), before);
    }
}

#[test]
fn what_somebody_wrote_around_our_lines_stays() {
    let world = World::new();
    let hook = world.hooks().join("pre-push");
    world.install(&[]).ok();
    let ours = fs::read_to_string(&hook).unwrap();
    write(&hook, format!("{ours}echo mine >>../theirs\n"));
    world.install(&[]).ok();
    world.sandbox.git(&["tag", "v1"]);
    world.git(&["push", "-q", "origin", "v1"]).ok();
    assert_eq!((world.starts(), theirs(&world).as_str()), (1, "mine\n"));
    world.uninstall().ok();
    assert_eq!(fs::read_to_string(&hook).unwrap(), "#!/bin/sh\necho mine >>../theirs\n");
}

#[test]
fn lines_of_another_version_are_renewed_in_their_place() {
    let world = World::new();
    let hook = world.hooks().join("pre-push");
    write(&hook, "#!/bin/sh\necho mine\n");
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    world.install(&[]).ok();
    let ours = fs::read_to_string(&hook).unwrap();
    write(&hook, ours.replace("unset git_postmortem", "true git_postmortem"));
    let said = world.install(&[]).ok();
    assert!(said.stdout.starts_with("pre-push  renewed    .git/hooks/pre-push\n"), "{}", said.stdout);
    assert_eq!(fs::read_to_string(&hook).unwrap(), ours);
}

#[test]
fn an_edited_hook_with_another_beside_it_is_left_to_its_owner() {
    let world = World::new();
    let hook = world.hooks().join("pre-push");
    write(&hook, "#!/usr/bin/awk -f\nBEGIN {}\n");
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    world.install(&[]).ok();
    let ours = fs::read_to_string(&hook).unwrap();
    write(&hook, format!("{ours}echo mine\n"));
    let edited = everything(&world.hooks());
    let said = world.uninstall().status(2);
    assert!(said.stderr.contains("pre-push was edited, and "), "{}", said.stderr);
    assert_eq!(everything(&world.hooks()), edited);
}

#[test]
fn a_linked_work_tree_shares_the_hook() {
    let world = World::new();
    let sandbox = &world.sandbox;
    sandbox.git(&["worktree", "add", "-q", "../linked"]);
    let linked = sandbox.at("linked");
    fs::create_dir(linked.join("sub")).unwrap();
    let said = sandbox.run_in(&linked.join("sub"), &["hook", "install", "--local"]).ok();
    assert!(said.stdout.contains("repo/.git/hooks/pre-push"), "{}", said.stdout);
    sandbox.try_git_in(&linked, &["tag", "v1"]).ok();
    sandbox.try_git_in(&linked, &["push", "-q", "origin", "v1"]).ok();
    assert_eq!(world.starts(), 2);
    world.verdict(1);
    world.git(&["push", "-q", "origin", "v1:refs/tags/v2"]).status(1);
    sandbox.run_in(&linked, &["hook", "uninstall"]).ok();
    world.git(&["push", "-q", "origin", "v1:refs/tags/v2"]).ok();
}

#[test]
fn outside_a_repository_nothing_is_installed() {
    let world = World::new();
    let said = world.sandbox.run_in(&world.sandbox.at("home"), &["hook", "install"]).status(2);
    assert!(said.stderr.starts_with("error: "), "{}", said.stderr);
}

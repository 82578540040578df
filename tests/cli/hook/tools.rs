//! Tools that manage hooks, as they leave a repository: husky, lefthook, pre-commit, and folders of a team's own.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::{World, assert_clean, everything};
use crate::sandbox::write;

/// What husky 9 makes of a repository.
fn husky(world: &World) {
    let sandbox = &world.sandbox;
    sandbox.git(&["config", "core.hooksPath", ".husky/_"]);
    sandbox.write(".husky/_/h", "#!/usr/bin/env sh\nn=$(basename \"$0\")\ns=$(dirname \"$(dirname \"$0\")\")/$n\n[ ! -f \"$s\" ] && exit 0\nsh -e \"$s\" \"$@\"\nexit $?\n");
    sandbox.write(".husky/_/pre-push", "#!/usr/bin/env sh\n. \"$(dirname \"$0\")/h\"");
    sandbox.write(".husky/_/.gitignore", "*");
    let stub = sandbox.repo().join(".husky/_/pre-push");
    fs::set_permissions(stub, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn husky_gets_the_lines_in_its_tracked_script() {
    let world = World::new();
    let sandbox = &world.sandbox;
    husky(&world);
    sandbox.write(".husky/pre-push", "cat >>../theirs\n");
    let before = everything(&sandbox.repo().join(".husky"));
    let said = world.install(&[]).ok();
    assert!(said.stdout.starts_with("pre-push  inserted   .husky/pre-push\n"), "{}", said.stdout);
    assert!(said.stderr.contains("commit .husky/pre-push"), "{}", said.stderr);
    sandbox.git(&["tag", "v1"]);
    world.git(&["push", "-q", "origin", "v1"]).ok();
    assert_eq!(world.starts(), 1);
    assert!(fs::read_to_string(sandbox.at("theirs")).unwrap().starts_with("refs/tags/v1 "));
    world.verdict(1);
    world.git(&["push", "-q", "origin", "v1:refs/tags/v2"]).status(1);
    world.status().ok();
    world.uninstall().ok();
    assert_eq!(everything(&sandbox.repo().join(".husky")), before);
    // Where there was none, the file goes; the hook that cannot tell who asks is not pretended.
    fs::remove_file(sandbox.repo().join(".husky/pre-push")).unwrap();
    world.install(&[]).ok();
    world.git(&["push", "-q", "origin", "v1:refs/tags/v2"]).status(1);
    let local = world.install(&["--local"]).status(2);
    assert!(local.stderr.starts_with("error: husky manages the hooks here"), "{}", local.stderr);
    world.uninstall().ok();
    assert!(!sandbox.repo().join(".husky/pre-push").exists());
}

#[test]
fn husky_8_runs_a_hook_twice_and_the_gate_is_asked_once() {
    let world = World::new();
    let sandbox = &world.sandbox;
    sandbox.git(&["config", "core.hooksPath", ".husky"]);
    // As husky 8 does it: what sources this is run again by a shell, and its status is the hook's.
    sandbox.write(
        ".husky/_/husky.sh",
        "#!/usr/bin/env sh\nif [ -z \"$husky_skip_init\" ]; then\n  readonly husky_skip_init=1\n  export husky_skip_init\n  sh -e \"$0\" \"$@\"\n  exit $?\nfi\n",
    );
    sandbox.write(
        ".husky/pre-push",
        "#!/usr/bin/env sh\n. \"$(dirname -- \"$0\")/_/husky.sh\"\n\ncat >>../theirs\n",
    );
    let script = sandbox.repo().join(".husky/pre-push");
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    world.install(&[]).ok();
    assert_clean(sandbox, &script);
    sandbox.git(&["tag", "v1"]);
    world.git(&["push", "-q", "origin", "v1"]).ok();
    assert_eq!(world.starts(), 1);
    assert!(fs::read_to_string(sandbox.at("theirs")).unwrap().starts_with("refs/tags/v1 "));
    // A no is a no, and another question is asked anew, also of a hook that inherits the answer.
    world.verdict(1);
    world.git(&["push", "-q", "origin", "v1:refs/tags/v2"]).status(1);
    world.verdict(0);
    let other = "cat >/dev/null\n[ -n \"${inner-}\" ] || inner=1 git push -q origin v1:refs/tags/v4\n";
    let text = fs::read_to_string(&script)
        .unwrap()
        .replace("cat >>../theirs\n", &other.replace("inner=1", "inner=1 husky_skip_init="));
    fs::write(&script, text).unwrap();
    let before = world.starts();
    world.git(&["push", "-q", "origin", "v1:refs/tags/v3"]).ok();
    assert!(world.starts() >= 2, "the push within a push is judged too ({before} before)");
    assert_eq!(world.arrived(), "v1 v3 v4");
}

#[test]
fn lefthook_gets_a_script_and_the_lines_to_add() {
    let world = World::new();
    let sandbox = &world.sandbox;
    sandbox.write("lefthook.yml", "pre-commit:\n  jobs:\n    - run: true\n");
    let said = world.install(&[]).status(1);
    insta::assert_snapshot!(said.stdout, @r#"
    pre-push  written    .lefthook/pre-push/release-gate.sh
    add       these lines to lefthook.yml; lefthook starts it from then on
              pre-push:
                scripts:
                  "release-gate.sh":
                    runner: sh
                    use_stdin: true
    next      lefthook install && git postmortem hook status
    undo      git postmortem hook uninstall
    "#);
    assert_clean(sandbox, &sandbox.repo().join(".lefthook/pre-push/release-gate.sh"));
    let idle = world.status().status(1);
    assert!(idle.stdout.contains("lefthook.yml does not name it"), "{}", idle.stdout);
    world.uninstall().ok();
    assert_eq!(sandbox.status(), "?? lefthook.yml");
    assert!(!sandbox.repo().join(".lefthook").exists());
    sandbox.write(
        "lefthook.yml",
        "source_dir: hooks # ours\npre-push:\n  scripts:\n    \"release-gate.sh\":\n      runner: sh\n",
    );
    let said = world.install(&[]).ok();
    assert!(
        said.stdout.starts_with("pre-push  written    hooks/pre-push/release-gate.sh\nnext"),
        "{}",
        said.stdout
    );
    let idle = world.status().status(1);
    assert!(idle.stdout.contains("lefthook install does"), "{}", idle.stdout);
}

#[test]
fn pre_commit_is_started_behind_ours_and_once_when_it_installs_again() {
    let world = World::new();
    let hook = world.hooks().join("pre-push");
    // As pre-commit does: what it finds as .legacy runs first, with the same input.
    let generated = "#!/usr/bin/env bash\n# File generated by pre-commit: https://pre-commit.com\nHERE=\"$(cd \"$(dirname \"$0\")\" && pwd)\"\ninput=$(cat)\necho ran >>../theirs\n[ ! -x \"$HERE/pre-push.legacy\" ] || printf '%s\\n' \"$input\" | \"$HERE/pre-push.legacy\" \"$@\"\n";
    write(&hook, generated);
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    world.install(&[]).ok();
    world.sandbox.git(&["tag", "v1"]);
    world.git(&["push", "-q", "origin", "v1"]).ok();
    assert_eq!(
        (world.starts(), fs::read_to_string(world.sandbox.at("theirs")).unwrap().as_str()),
        (1, "ran\n")
    );
    // pre-commit install -t pre-push
    fs::rename(&hook, world.hooks().join("pre-push.legacy")).unwrap();
    write(&hook, generated);
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    fs::remove_file(world.sandbox.at("theirs")).unwrap();
    world.git(&["push", "-q", "origin", "v1:refs/tags/v2"]).ok();
    assert_eq!(
        (world.starts(), fs::read_to_string(world.sandbox.at("theirs")).unwrap().as_str()),
        (1, "ran\n")
    );
    let status = world.status().ok();
    assert!(status.stdout.contains("asks   .git/hooks/pre-push.legacy"), "{}", status.stdout);
    world.verdict(1);
    world.git(&["push", "-q", "origin", "v1:refs/tags/v3"]).status(1);
    // Ours goes from where it was moved to; what was kept is pre-commit's own, as it writes it again.
    world.uninstall().ok();
    assert!(!world.hooks().join("pre-push.legacy").exists());
    world.git(&["push", "-q", "origin", "v1:refs/tags/v3"]).ok();
}

#[test]
fn a_folder_of_the_teams_own_is_used_wherever_one_stands() {
    for (value, folder) in [
        (".githooks", "repo/.githooks"),
        ("~/hooks", "home/hooks"),
        ("tools/git/hooks", "repo/tools/git/hooks"),
    ] {
        let world = World::new();
        let sandbox = &world.sandbox;
        sandbox.git(&["config", "core.hooksPath", value]);
        fs::create_dir_all(sandbox.repo().join("sub/folder")).unwrap();
        let said = sandbox.run_in(&sandbox.repo().join("sub/folder"), &["hook", "install"]).ok();
        let file = sandbox.at(folder).join("pre-push");
        assert!(file.exists(), "{value}: {}", said.stdout);
        assert_eq!(said.stderr.contains("commit "), folder.starts_with("repo"), "{value}: {}", said.stderr);
        sandbox.git(&["tag", "v1"]);
        world.git(&["push", "-q", "origin", "v1"]).ok();
        assert_eq!(world.starts(), 1, "{value}");
        world.uninstall().ok();
        assert!(!sandbox.at(folder).exists(), "{value}");
    }
}

#[test]
fn a_folder_for_all_repositories_is_told_and_no_folder_is_refused() {
    let mut world = World::new();
    let global = world.sandbox.at("home/.gitconfig");
    write(&global, "[core]\n\thooksPath = ~/all\n");
    world.sandbox.set("GIT_CONFIG_GLOBAL", &global);
    let said = world.install(&[]).ok();
    assert!(said.stderr.contains("the hook serves every repository that it does"), "{}", said.stderr);
    world.uninstall().ok();
    write(&global, "[core]\n\thooksPath = /dev/null\n");
    let said = world.install(&[]).status(2);
    insta::assert_snapshot!(said.stderr, @r"
    error: git runs no hooks here: /dev/null is no folder
    hint: core.hooksPath names it (git config --global --unset core.hooksPath)
    ");
}
